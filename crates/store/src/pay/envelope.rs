//! Envelopes: locked with their lines in one transaction, then moved by compare-and-set, each move with its entries.

use ledger::{Computed, Control, Entry, Envelope, Line};
use sqlx::{Any, Row, Transaction};
use values::{AreaCode, EnvelopeId, Fen, Month};

use crate::audit::{self, RowDigest};
use crate::db::Writing;
use crate::rows::{Rows, from_json, unique_means_paid};
use crate::{Hand, Store, StoreError};

/// Everything a lock writes.
#[derive(Clone, Copy, Debug)]
pub struct Locking<'a> {
    /// The envelope, as locked.
    pub envelope: &'a Envelope,
    /// Its lines and who is left out.
    pub computed: &'a Computed,
    /// What is newly owed, with the entry's number.
    pub entry: Option<(i64, &'a Entry)>,
}

/// A bank file of an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankFile {
    /// From 1.
    pub file_no: i64,
    /// Name.
    pub name: String,
    /// Digest of its bytes.
    pub digest: String,
    /// Lines and sum.
    pub control: Control,
    /// Name of the bank profile it was written by; empty in files older than the column.
    pub profile: String,
}

impl Store {
    /// Writes a locked envelope and its lines. The database itself refuses a second payment of the same.
    ///
    /// # Errors
    /// [`StoreError::PaidAlready`]; [`StoreError::Conflict`] when the month has its envelope; the database cannot be written to.
    pub async fn lock_envelope(&self, locking: Locking<'_>, hand: Hand) -> Result<(), StoreError> {
        let envelope = locking.envelope;
        let mut writing = self.write(envelope.county, hand).await?;
        let county = writing.county.clone();
        sqlx::query(
            "INSERT INTO envelope (county, envelope, month, state, line_count, line_sum, returned_count, returned_sum, version, document) \
             VALUES ($1,$2,$3,$4,$5,$6,0,0,1,$7)",
        )
        .bind(&county)
        .bind(envelope.id.0)
        .bind(envelope.month.to_string())
        .bind(envelope.state.code())
        .bind(i64::from(envelope.control.count))
        .bind(envelope.control.sum.fen())
        .bind(serde_json::to_string(envelope).expect("an envelope is plain"))
        .execute(&mut *writing.tx)
        .await
        .map_err(|cause| match cause.as_database_error() {
            Some(error) if error.is_unique_violation() => StoreError::Conflict { what: "这个月的发放批次" },
            _ => StoreError::Database { doing: "写发放批次", cause },
        })?;
        let digest = write_lines(&mut writing.tx, &county, envelope.id, &locking.computed.lines).await?;
        write_exclusions(&mut writing.tx, &county, envelope.id, locking.computed).await?;
        writing.audit("lock_envelope", &format!("envelope:{}", envelope.id), &digest).await?;
        writing.stands(envelope).await?;
        if let Some((number, entry)) = locking.entry {
            writing.entry(number, entry).await?;
        }
        writing.commit().await
    }

    /// Moves an envelope on, if it still is as `before`; `entries` are booked with it, `files` kept.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else moved it; the database cannot be written to.
    pub async fn move_envelope(
        &self,
        before: &Envelope,
        after: &Envelope,
        entries: &[(i64, Entry)],
        files: &[BankFile],
        hand: Hand,
    ) -> Result<(), StoreError> {
        let mut writing = self.write(after.county, hand).await?;
        move_on(&mut writing.tx, &writing.county.clone(), before, after).await?;
        for file in files {
            sqlx::query("INSERT INTO bank_file (county, envelope, file_no, name, digest, line_count, line_sum, written_at, profile) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)")
                .bind(&writing.county)
                .bind(after.id.0)
                .bind(file.file_no)
                .bind(&file.name)
                .bind(&file.digest)
                .bind(i64::from(file.control.count))
                .bind(file.control.sum.fen())
                .bind(&writing.hand.at)
                .bind(&file.profile)
                .execute(&mut *writing.tx)
                .await
                .map_err(StoreError::database("登记银行文件"))?;
        }
        for (number, entry) in entries {
            writing.entry(*number, entry).await?;
        }
        writing.stands(after).await?;
        writing.commit().await
    }

    /// The envelope of a county and month.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn envelope_of(&self, county: AreaCode, month: Month) -> Result<Option<Envelope>, StoreError> {
        let row = sqlx::query("SELECT document FROM envelope WHERE county = $1 AND month = $2")
            .bind(county.county().as_str())
            .bind(month.to_string())
            .fetch_optional(self.read())
            .await
            .map_err(StoreError::database("读发放批次"))?;
        row.map(|row| from_json("发放批次", &row.get::<String, _>(0))).transpose()
    }

    /// The envelope of that id.
    ///
    /// # Errors
    /// Not there, or the database cannot be read.
    pub async fn envelope(&self, county: AreaCode, id: EnvelopeId) -> Result<Envelope, StoreError> {
        let row = sqlx::query("SELECT document FROM envelope WHERE county = $1 AND envelope = $2")
            .bind(county.county().as_str())
            .bind(id.0)
            .fetch_optional(self.read())
            .await
            .map_err(StoreError::database("读发放批次"))?
            .ok_or(StoreError::NotFound("这个发放批次"))?;
        from_json("发放批次", &row.get::<String, _>(0))
    }

    /// All envelopes of a month, by county; all months' newest first when `month` is none.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn envelopes(&self, month: Option<Month>) -> Result<Vec<Envelope>, StoreError> {
        let rows = sqlx::query("SELECT document FROM envelope WHERE $1 = '' OR month = $1 ORDER BY month DESC, county")
            .bind(month.map(|month| month.to_string()).unwrap_or_default())
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("读发放批次"))?;
        rows.iter().map(|row| from_json("发放批次", &row.get::<String, _>(0))).collect()
    }

    /// How many lines were held back when the envelope was locked (暂缓).
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn held_lines(&self, county: AreaCode, id: EnvelopeId) -> Result<u32, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM exclusion WHERE county = $1 AND envelope = $2")
            .bind(county.county().as_str())
            .bind(id.0)
            .fetch_one(self.read())
            .await
            .map_err(StoreError::database("读暂缓的明细"))?;
        Ok(u32::try_from(row.get::<i64, _>(0)).expect("an envelope holds fewer than four billion lines"))
    }

    /// The bank files of an envelope.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn bank_files(&self, county: AreaCode, id: EnvelopeId) -> Result<Vec<BankFile>, StoreError> {
        let rows = sqlx::query("SELECT file_no, name, digest, line_count, line_sum, profile FROM bank_file WHERE county = $1 AND envelope = $2 ORDER BY file_no")
            .bind(county.county().as_str())
            .bind(id.0)
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("读银行文件"))?;
        Ok(rows
            .iter()
            .map(|row| BankFile {
                file_no: row.get(0),
                name: row.get(1),
                digest: row.get(2),
                control: Control { count: u32::try_from(row.get::<i64, _>(3)).unwrap_or(0), sum: Fen::new(row.get(4)) },
                profile: row.get(5),
            })
            .collect())
    }
}

impl Writing<'_> {
    /// Says in the chain how an envelope stands from now on.
    pub(crate) async fn stands(&mut self, envelope: &Envelope) -> Result<(), StoreError> {
        let document = serde_json::to_string(envelope).expect("an envelope is plain");
        let digest = audit::as_it_stands(envelope.state.code(), &document);
        self.audit("move_envelope", &format!("state:{}:{}", envelope.id, envelope.state.code()), &digest).await
    }
}

/// Sets state, totals and document, if the version is the one of `before`.
pub(crate) async fn move_on(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    before: &Envelope,
    after: &Envelope,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE envelope SET state = $1, returned_count = $2, returned_sum = $3, version = version + 1, document = $4 \
         WHERE county = $5 AND envelope = $6 AND document = $7",
    )
    .bind(after.state.code())
    .bind(i64::from(after.returned.count))
    .bind(after.returned.sum.fen())
    .bind(serde_json::to_string(after).expect("an envelope is plain"))
    .bind(county)
    .bind(after.id.0)
    .bind(serde_json::to_string(before).expect("an envelope is plain"))
    .execute(&mut **tx)
    .await
    .map_err(StoreError::database("推进发放批次"))?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "这个发放批次" }) }
}

async fn write_lines(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    envelope: EnvelopeId,
    lines: &[Line],
) -> Result<String, StoreError> {
    let mut rows = Rows::new(
        "INSERT INTO payment_line (county, envelope, no, person, household, village, programme, month, kind, attempt, amount, award, account_name, account, replaces_envelope, replaces_no)",
        16,
        "",
    );
    let mut digest = RowDigest::default();
    for line in lines {
        digest.line(line);
        let row = [
            county.into(),
            envelope.0.into(),
            i64::from(line.no).into(),
            line.person.0.into(),
            line.household.0.into(),
            line.village.as_str().into(),
            line.programme.as_str().into(),
            line.month.to_string().into(),
            line.kind.code().into(),
            i64::from(line.attempt).into(),
            line.amount.fen().into(),
            line.award.0.into(),
            line.account_name.as_str().into(),
            line.account.as_str().into(),
            line.replaces.map(|(envelope, _)| envelope.0).into(),
            line.replaces.map(|(_, no)| i64::from(no)).into(),
        ];
        rows.add(tx, row).await?;
    }
    rows.finish(tx).await?;
    Ok(digest.finish())
}

async fn write_exclusions(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    envelope: EnvelopeId,
    computed: &Computed,
) -> Result<(), StoreError> {
    for held in &computed.excluded {
        let reason = serde_json::to_value(held.reason).expect("a reason is plain");
        sqlx::query(
            "INSERT INTO exclusion (county, envelope, person, programme, month, reason, amount) VALUES ($1,$2,$3,$4,$5,$6,$7) \
             ON CONFLICT (county, envelope, person, programme, month) DO NOTHING",
        )
        .bind(county)
        .bind(envelope.0)
        .bind(held.person.0)
        .bind(&held.programme)
        .bind(held.month.to_string())
        .bind(reason.as_str().unwrap_or_default())
        .bind(held.amount.fen())
        .execute(&mut **tx)
        .await
        .map_err(unique_means_paid)?;
    }
    Ok(())
}
