//! The bank's answers: read once, whatever the file is called; each refusal a row of its own.

use ledger::{Control, Entry, Envelope};
use sqlx::Row;
use values::{AreaCode, EnvelopeId, Fen};

use super::envelope::move_on;
use crate::audit::RowDigest;
use crate::rows::Rows;
use crate::{Hand, Store, StoreError};

/// One line that the bank sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankReturn {
    /// Line of the envelope.
    pub no: u32,
    /// The bank's code.
    pub code: String,
    /// Its meaning by the bank's profile.
    pub meaning: String,
    /// Fen.
    pub amount: Fen,
}

/// The bank's answer to one file of an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankAnswer {
    /// Which file of the envelope.
    pub file_no: i64,
    /// What arrived.
    pub confirmed: Control,
    /// What came back.
    pub returned: Vec<BankReturn>,
    /// Digest of the answer's bytes.
    pub digest: String,
    /// Name of the answer's file.
    pub name: String,
}

impl Store {
    /// True when a file of that content was read before, whatever it was called.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn was_received(&self, digest: &str) -> Result<bool, StoreError> {
        let row =
            sqlx::query("SELECT COUNT(*) FROM inbox_file WHERE digest = $1").bind(digest).fetch_one(self.read()).await;
        Ok(row.map_err(StoreError::database("查收件登记"))?.get::<i64, _>(0) > 0)
    }

    /// Keeps the bank's answer to one file. When `settled` is given, this was the envelope's last open file: it moves on and its
    /// entries are booked in the same transaction. The same content a second time writes nothing and answers `false`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else moved the envelope; the database cannot be written to.
    pub async fn keep_answer(
        &self,
        envelope: &Envelope,
        answer: &BankAnswer,
        settled: Option<(&Envelope, &[(i64, Entry)])>,
        hand: Hand,
    ) -> Result<bool, StoreError> {
        let mut writing = self.write(envelope.county, hand).await?;
        let fresh = sqlx::query(
            "INSERT INTO inbox_file (digest, name, kind, received_at, outcome) VALUES ($1,$2,'bank_return',$3,$4) ON CONFLICT (digest) DO NOTHING",
        )
        .bind(&answer.digest)
        .bind(&answer.name)
        .bind(&writing.hand.at)
        .bind(format!("退回 {} 笔", answer.returned.len()))
        .execute(&mut *writing.tx)
        .await
        .map_err(StoreError::database("登记收件"))?;
        if fresh.rows_affected() == 0 {
            return Ok(false);
        }
        let county = writing.county.clone();
        writing.hold(envelope.id).await?;
        let digest = writing.returns(envelope.id, answer).await?;
        writing.must_settle_exactly_now(envelope.id, settled.is_some()).await?;
        if let Some((after, entries)) = settled {
            move_on(&mut writing.tx, &county, envelope, after).await?;
            writing.stands(after).await?;
            for (number, entry) in entries {
                writing.entry(*number, entry).await?;
            }
        }
        let subject = format!("return:{}:{}", envelope.id, answer.digest);
        writing.audit("bank_answer", &subject, &digest).await?;
        writing.commit().await?;
        Ok(true)
    }

    /// What the bank has answered so far: files answered, confirmed and returned.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn answers(&self, county: AreaCode, envelope: EnvelopeId) -> Result<(i64, Control, Control), StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*), CAST(COALESCE(SUM(confirmed_count), 0) AS BIGINT), CAST(COALESCE(SUM(confirmed_sum), 0) AS BIGINT), \
             CAST(COALESCE(SUM(returned_count), 0) AS BIGINT), CAST(COALESCE(SUM(returned_sum), 0) AS BIGINT) \
             FROM bank_answer WHERE county = $1 AND envelope = $2",
        )
        .bind(county.county().as_str())
        .bind(envelope.0)
        .fetch_one(self.read())
        .await
        .map_err(StoreError::database("读银行回盘"))?;
        let control = |count: usize| Control {
            count: u32::try_from(row.get::<i64, _>(count)).unwrap_or(0),
            sum: Fen::new(row.get(count + 1)),
        };
        Ok((row.get(0), control(1), control(3)))
    }
}

/// A file has one answer, and a line comes back once.
fn answered_before(cause: sqlx::Error) -> StoreError {
    match cause.as_database_error() {
        Some(error) if error.is_unique_violation() => StoreError::Conflict { what: "这个银行文件的回盘" },
        _ => StoreError::Database { doing: "登记银行回盘", cause },
    }
}

impl crate::db::Writing<'_> {
    /// Takes the envelope's row, so that answers to it follow one another.
    async fn hold(&mut self, envelope: EnvelopeId) -> Result<(), StoreError> {
        sqlx::query("UPDATE envelope SET version = version + 1 WHERE county = $1 AND envelope = $2")
            .bind(&self.county)
            .bind(envelope.0)
            .execute(&mut *self.tx)
            .await
            .map_err(StoreError::database("登记银行回盘"))?;
        Ok(())
    }

    /// The last open file's answer settles the envelope, no other does: two who bring the last two answers at once both believe
    /// that one is still missing, and the second must look again.
    async fn must_settle_exactly_now(&mut self, envelope: EnvelopeId, settles: bool) -> Result<(), StoreError> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM bank_file WHERE county = $1 AND envelope = $2), \
             (SELECT COUNT(*) FROM bank_answer WHERE county = $1 AND envelope = $2)",
        )
        .bind(&self.county)
        .bind(envelope.0)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(StoreError::database("清点银行回盘"))?;
        let is_last = row.get::<i64, _>(0) == row.get::<i64, _>(1);
        if is_last == settles { Ok(()) } else { Err(StoreError::Conflict { what: "这个批次的银行回盘" }) }
    }

    /// Writes refusals and totals of an answer; the digest is over the refusals in order of line.
    async fn returns(&mut self, envelope: EnvelopeId, answer: &BankAnswer) -> Result<String, StoreError> {
        let mut sorted: Vec<&BankReturn> = answer.returned.iter().collect();
        sorted.sort_by_key(|back| back.no);
        let mut rows =
            Rows::new("INSERT INTO bank_return (county, envelope, no, code, meaning, amount, file_digest, at)", 8, "");
        let mut digest = RowDigest::default();
        let mut returned = Control::default();
        for back in sorted {
            digest.refusal(i64::from(back.no), &back.code, back.amount.fen());
            returned.count += 1;
            returned.sum += back.amount;
            let row = [
                self.county.as_str().into(),
                envelope.0.into(),
                i64::from(back.no).into(),
                back.code.as_str().into(),
                back.meaning.as_str().into(),
                back.amount.fen().into(),
                answer.digest.as_str().into(),
                self.hand.at.as_str().into(),
            ];
            rows.add(&mut self.tx, row).await?;
        }
        rows.finish(&mut self.tx).await?;
        sqlx::query(
            "INSERT INTO bank_answer (county, envelope, file_no, confirmed_count, confirmed_sum, returned_count, returned_sum, file_digest, at) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
        )
        .bind(&self.county)
        .bind(envelope.0)
        .bind(answer.file_no)
        .bind(i64::from(answer.confirmed.count))
        .bind(answer.confirmed.sum.fen())
        .bind(i64::from(returned.count))
        .bind(returned.sum.fen())
        .bind(&answer.digest)
        .bind(&self.hand.at)
        .execute(&mut *self.tx)
        .await
        .map_err(answered_before)?;
        digest.answer(answer.file_no, i64::from(answer.confirmed.count), answer.confirmed.sum.fen());
        Ok(digest.finish())
    }
}
