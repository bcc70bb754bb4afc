//! The audit chain (审计链), one a county: each row holds the digest of what was written and the hash of the row before it.

use sm3::{Digest, Sm3};
use sqlx::{Any, Row, Transaction};

use crate::{Hand, Store, StoreError};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verification {
    /// Rows checked.
    pub rows: u64,
    /// County → number and hash of its newest row; keep these elsewhere to find deleted newest rows later.
    pub heads: Vec<Head>,
    /// The first row that does not fit; none when all fit.
    pub broken: Option<Broken>,
}

/// The newest row of a county's chain.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Head {
    /// County.
    pub county: String,
    /// Its number.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// The first broken row.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Broken {
    /// County.
    pub county: String,
    /// Row.
    pub seq: i64,
    /// What does not fit, in plain Chinese.
    pub what: String,
}

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

pub(crate) async fn add(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    hand: &Hand,
    act: &str,
    subject: &str,
    payload: &str,
) -> Result<(), StoreError> {
    let failed = |cause| StoreError::Database { doing: "写审计记录", cause };
    let newest = sqlx::query("SELECT seq, hash FROM audit WHERE county = $1 ORDER BY seq DESC LIMIT 1")
        .bind(county)
        .fetch_optional(&mut **tx)
        .await
        .map_err(failed)?;
    let (seq, prev) = newest.map_or((1, String::new()), |row| (row.get::<i64, _>(0) + 1, row.get::<String, _>(1)));
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
    Ok(())
}

fn row_hash(county: &str, seq: i64, fields: [&str; 5], prev: &str) -> String {
    let number = seq.to_string();
    digest([county, &number].into_iter().chain(fields).chain([prev]))
}

impl Store {
    /// A number that grows with every write, because every write has its audit row: as long as it stands, nothing has changed.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn audit_mark(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM audit").fetch_one(self.read()).await;
        Ok(row.map_err(StoreError::database("查看审计链"))?.get(0))
    }

    /// Recomputes every chain, and the digests of what the rows speak of; names the first row that does not fit.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn verify_audit(&self) -> Result<Verification, StoreError> {
        let failed = |cause| StoreError::Database { doing: "验算审计链", cause };
        let rows = sqlx::query(
            "SELECT county, seq, at, actor, act, subject, payload, prev, hash FROM audit ORDER BY county, seq",
        )
        .fetch_all(self.read())
        .await
        .map_err(failed)?;
        let mut found = Verification { rows: rows.len() as u64, heads: Vec::new(), broken: None };
        for row in &rows {
            let text = |at: usize| row.get::<String, _>(at);
            let (county, seq) = (text(0), row.get::<i64, _>(1));
            let before = found.heads.last().filter(|head| head.county == county);
            let (expected_seq, expected_prev) =
                before.map_or((1, String::new()), |head| (head.seq + 1, head.hash.clone()));
            let what = if seq != expected_seq {
                Some(format!("审计链缺第 {expected_seq} 号记录"))
            } else if text(7) != expected_prev
                || text(8) != row_hash(&county, seq, [&text(2), &text(3), &text(4), &text(5), &text(6)], &expected_prev)
            {
                Some("这条审计记录被改过".to_owned())
            } else {
                self.broken_subject(&county, &text(5), &text(6)).await?
            };
            if let Some(what) = what {
                found.broken = Some(Broken { county, seq, what });
                return Ok(found);
            }
            match found.heads.last_mut().filter(|head| head.county == county) {
                Some(head) => (head.seq, head.hash) = (seq, text(8)),
                None => found.heads.push(Head { county, seq, hash: text(8) }),
            }
        }
        Ok(found)
    }

    /// Whether what an audit row speaks of still has the digest that stands in the row.
    async fn broken_subject(&self, county: &str, subject: &str, payload: &str) -> Result<Option<String>, StoreError> {
        let parts: Vec<&str> = subject.split(':').collect();
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<i64>().ok()).unwrap_or_default();
        let (now, name) = match parts[0] {
            "event" => (self.event_digest(county, number(1), number(2)).await?, "办件事件"),
            "envelope" => (self.lines_digest(county, number(1)).await?, "发放明细"),
            "entry" => (self.entry_digest(county, number(1)).await?, "总账分录"),
            "awards" => (self.awards_digest(county, parts.get(1).copied().unwrap_or_default()).await?, "待遇台账"),
            "return" => (
                self.returns_digest(county, number(1), parts.get(2).copied().unwrap_or_default()).await?,
                "银行退回记录",
            ),
            _ => return Ok(None),
        };
        Ok((now != payload).then(|| format!("{name}（{subject}）的内容与当时写入的不一致")))
    }
}
