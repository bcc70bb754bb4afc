//! The general ledger: entries are added, never changed; balances are sums.

use std::collections::BTreeMap;

use ledger::{Account, Control, Entry, Envelope, FundSource, Totals};
use sqlx::Row;
use sqlx::any::AnyRow;
use values::{AreaCode, Fen};

use crate::audit::RowDigest;
use crate::db::Writing;
use crate::register::day;
use crate::rows::Rows;
use crate::{Hand, Store, StoreError};

/// A posting of an account's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// Number of the entry.
    pub entry: i64,
    /// Day.
    pub on: values::Day,
    /// What happened.
    pub memo: String,
    /// Source.
    pub fund: FundSource,
    /// Programme.
    pub programme: String,
    /// Debit positive.
    pub amount: Fen,
}

impl Store {
    /// Books one entry of a county (an allocation of funds, a correction).
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn book(&self, county: AreaCode, number: i64, entry: &Entry, hand: Hand) -> Result<(), StoreError> {
        let mut writing = self.write(county, hand).await?;
        writing.entry(number, entry).await?;
        writing.commit().await
    }

    /// Balances of a county (of all when none) by account and source; debit positive.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn trial_balance(
        &self,
        county: Option<AreaCode>,
    ) -> Result<BTreeMap<(Account, FundSource), Fen>, StoreError> {
        let rows = sqlx::query(
            "SELECT account, fund, CAST(SUM(amount) AS BIGINT) FROM ledger_posting WHERE $1 = '' OR county = $1 GROUP BY account, fund",
        )
        .bind(county.map(|county| county.county().to_string()).unwrap_or_default())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读总账余额"))?;
        rows.iter().map(|row| Ok(((account(row, 0)?, fund(row, 1)?), Fen::new(row.get(2))))).collect()
    }

    /// What a county has at hand, by source.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn funds_at_hand(&self, county: AreaCode) -> Result<BTreeMap<FundSource, Fen>, StoreError> {
        let balances = self.trial_balance(Some(county)).await?;
        Ok(balances
            .into_iter()
            .filter(|((account, _), _)| *account == Account::FundsAtHand)
            .map(|((_, fund), sum)| (fund, sum))
            .collect())
    }

    /// Every posting of an account in a county, oldest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn account_history(&self, county: AreaCode, of: Account) -> Result<Vec<HistoryRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT e.entry, e.on_day, e.memo, p.fund, p.programme, p.amount FROM ledger_posting p \
             JOIN ledger_entry e ON e.county = p.county AND e.entry = p.entry \
             WHERE p.county = $1 AND p.account = $2 ORDER BY e.entry, p.no",
        )
        .bind(county.county().as_str())
        .bind(of.code())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读总账明细"))?;
        rows.iter()
            .map(|row| {
                Ok(HistoryRow {
                    entry: row.get(0),
                    on: day(row, 1)?,
                    memo: row.get(2),
                    fund: fund(row, 3)?,
                    programme: row.get(4),
                    amount: Fen::new(row.get(5)),
                })
            })
            .collect()
    }

    /// What the five books say about an envelope, each recounted from its own rows.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn totals(&self, envelope: &Envelope) -> Result<Totals, StoreError> {
        let county = envelope.county.county();
        let failed = |cause| StoreError::Database { doing: "对账", cause };
        let row = sqlx::query(
            "SELECT COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN kind = 'reissue' THEN 0 ELSE amount END), 0) AS BIGINT) \
             FROM payment_line WHERE county = $1 AND envelope = $2",
        )
        .bind(county.as_str())
        .bind(envelope.id.0)
        .fetch_one(self.read())
        .await
        .map_err(failed)?;
        let lines = Control { count: u32::try_from(row.get::<i64, _>(0)).unwrap_or(0), sum: Fen::new(row.get(1)) };
        let filed = self.bank_files(county, envelope.id).await?.iter().fold(Control::default(), |sum, file| Control {
            count: sum.count + file.control.count,
            sum: sum.sum + file.control.sum,
        });
        let (_, confirmed, returned) = self.answers(county, envelope.id).await?;
        let booked = self.booked_for(county, envelope).await?;
        let sides = |account: Account| booked.iter().filter(move |(a, _)| *a == account).map(|(_, sum)| *sum);
        Ok(Totals {
            lines,
            locked: envelope.control,
            filed,
            confirmed,
            returned,
            granted: Fen::new(row.get(2)),
            ledger_granted: sides(Account::ReliefGranted).sum(),
            ledger_settled: sides(Account::OwedToPersons).filter(|sum| *sum > Fen::ZERO).sum(),
            ledger_in_transit: sides(Account::InTransit).sum(),
        })
    }

    /// Debits and credits of an envelope's entries, each by itself.
    async fn booked_for(&self, county: AreaCode, envelope: &Envelope) -> Result<Vec<(Account, Fen)>, StoreError> {
        let rows = sqlx::query(
            "SELECT p.account, CAST(SUM(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN p.amount < 0 THEN p.amount ELSE 0 END) AS BIGINT) FROM ledger_posting p \
             JOIN ledger_entry e ON e.county = p.county AND e.entry = p.entry \
             WHERE e.county = $1 AND e.envelope = $2 GROUP BY p.account",
        )
        .bind(county.as_str())
        .bind(envelope.id.0)
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("对账"))?;
        let mut booked = Vec::new();
        for row in &rows {
            let account = account(row, 0)?;
            booked.push((account, Fen::new(row.get(1))));
            booked.push((account, Fen::new(row.get(2))));
        }
        Ok(booked)
    }
}

impl Writing<'_> {
    /// Books an entry under `number`.
    pub(crate) async fn entry(&mut self, number: i64, entry: &Entry) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO ledger_entry (county, entry, on_day, memo, envelope, corrects) VALUES ($1,$2,$3,$4,$5,$6)",
        )
        .bind(&self.county)
        .bind(number)
        .bind(entry.on.to_string())
        .bind(&entry.memo)
        .bind(entry.envelope.map(|envelope| envelope.0))
        .bind(entry.corrects)
        .execute(&mut *self.tx)
        .await
        .map_err(StoreError::database("记总账"))?;
        let mut rows =
            Rows::new("INSERT INTO ledger_posting (county, entry, no, account, fund, programme, month, amount)", 8, "");
        let mut digest = RowDigest::default();
        let on = entry.on.to_string();
        for (at, posting) in entry.postings.iter().enumerate() {
            digest.posting(&on, &entry.memo, posting);
            let row = [
                self.county.as_str().into(),
                number.into(),
                i64::try_from(at + 1).expect("few postings").into(),
                posting.account.code().into(),
                posting.fund.code().into(),
                posting.programme.as_str().into(),
                posting.month.to_string().into(),
                posting.amount.fen().into(),
            ];
            rows.add(&mut self.tx, row).await?;
        }
        rows.finish(&mut self.tx).await?;
        self.audit("book", &format!("entry:{number}"), &digest.finish()).await
    }
}

pub(crate) fn account(row: &AnyRow, at: usize) -> Result<Account, StoreError> {
    let code: String = row.get(at);
    Account::from_code(&code).ok_or_else(|| StoreError::unreadable("会计科目")(code))
}

pub(crate) fn fund(row: &AnyRow, at: usize) -> Result<FundSource, StoreError> {
    let code: String = row.get(at);
    FundSource::from_code(&code).ok_or_else(|| StoreError::unreadable("资金来源")(code))
}
