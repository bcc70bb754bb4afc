//! The audit chain (审计链), one a county: each row holds the digest of what was written and the hash of the row before it.

mod forms;
mod kept;
mod recount;
mod verify;

use sm3::{Digest, Sm3};
use sqlx::{Any, Row, Transaction};

use crate::{Hand, StoreError};

pub use verify::{Broken, Head, Verification};

/// SM3 over fields, each with its length, so that no two lists of fields look alike.
pub(crate) fn digest<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let mut sm3 = Sm3::new();
    for field in fields {
        sm3.update((field.len() as u64).to_be_bytes());
        sm3.update(field.as_bytes());
    }
    hex::encode(sm3.finalize())
}

/// Digest over many rows, row by row.
#[derive(Clone, Default)]
pub(crate) struct RowDigest(Sm3);

impl RowDigest {
    pub(crate) fn field(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }

    pub(crate) fn number(&mut self, number: i64) {
        self.0.update(number.to_be_bytes());
    }

    pub(crate) fn finish(self) -> String {
        hex::encode(self.0.finalize())
    }
}

/// Digests of many rows that are written in any order and read back in order of their two numbers.
#[derive(Clone, Default)]
pub(crate) struct Pile(Vec<(i64, i64, String)>);

impl Pile {
    pub(crate) fn add(&mut self, first: i64, second: i64, row: String) {
        self.0.push((first, second, row));
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn finish(mut self) -> String {
        self.0.sort_unstable();
        let mut digest = RowDigest::default();
        for (first, second, row) in &self.0 {
            digest.number(*first);
            digest.number(*second);
            digest.field(row);
        }
        digest.finish()
    }
}

/// Digest of what is kept as it stands now (a case, an envelope): its state, and the document behind it.
pub(crate) fn as_it_stands(state: &str, document: &str) -> String {
    digest([state, document])
}

/// Adds a row to a county's chain. Takes the county's head first: two writers of one county follow one another.
pub(crate) async fn add(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    hand: &Hand,
    act: &str,
    subject: &str,
    payload: &str,
) -> Result<(), StoreError> {
    let failed = |cause| StoreError::Database { doing: "写审计记录", cause };
    let head = sqlx::query(
        "INSERT INTO audit_head (county, seq, hash) VALUES ($1, 1, '') \
         ON CONFLICT (county) DO UPDATE SET seq = audit_head.seq + 1 RETURNING seq, hash",
    )
    .bind(county)
    .fetch_one(&mut **tx)
    .await
    .map_err(failed)?;
    let (seq, prev): (i64, String) = (head.get(0), head.get(1));
    let hash = row_hash(county, seq, [&hand.at, &hand.by, act, subject, payload], &prev);
    sqlx::query("INSERT INTO audit (county, seq, at, actor, act, subject, payload, prev, hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)")
        .bind(county)
        .bind(seq)
        .bind(&hand.at)
        .bind(&hand.by)
        .bind(act)
        .bind(subject)
        .bind(payload)
        .bind(&prev)
        .bind(&hash)
        .execute(&mut **tx)
        .await
        .map_err(failed)?;
    sqlx::query("UPDATE audit_head SET hash = $1 WHERE county = $2")
        .bind(&hash)
        .bind(county)
        .execute(&mut **tx)
        .await
        .map_err(failed)?;
    Ok(())
}

fn row_hash(county: &str, seq: i64, fields: [&str; 5], prev: &str) -> String {
    let number = seq.to_string();
    digest([county, &number].into_iter().chain(fields).chain([prev]))
}
