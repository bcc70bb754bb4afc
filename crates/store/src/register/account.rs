//! Accounts (收款账户): entered by one person, verified by another; the old one stays in the history.

use sqlx::Row;
use values::{AreaCode, PersonId};

use super::AccountIn;
use crate::audit::{self, Pile};
use crate::db::Writing;
use crate::{Hand, Store, StoreError};

/// What of an account's version counts in the chain.
pub(crate) fn account_digest(account: &AccountIn, entered_by: &str, verified_by: &str) -> String {
    audit::digest([&account.holder, &account.number, &account.bank, entered_by, verified_by])
}

impl Store {
    /// Changes the account of a person: two people put their names to it, the old one stays in the history.
    ///
    /// # Errors
    /// The database cannot be written to.
    ///
    /// # Panics
    /// When the same person enters and verifies: callers judge that first.
    pub async fn correct_account(
        &self,
        county: AreaCode,
        person: PersonId,
        account: &AccountIn,
        verified_by: &str,
        hand: Hand,
    ) -> Result<(), StoreError> {
        let mut writing = self.write(county, hand).await?;
        writing.correct_account(person, account, verified_by).await?;
        writing.commit().await
    }
}

impl Writing<'_> {
    pub(crate) async fn correct_account(
        &mut self,
        person: PersonId,
        account: &AccountIn,
        verified_by: &str,
    ) -> Result<(), StoreError> {
        assert_ne!(self.hand.by, verified_by, "an account is entered and verified by two people");
        let failed = |cause| StoreError::Database { doing: "更正账户", cause };
        let newest = sqlx::query("SELECT MAX(version) FROM account_history WHERE county = $1 AND person = $2")
            .bind(&self.county)
            .bind(person.0)
            .fetch_one(&mut *self.tx)
            .await
            .map_err(failed)?;
        let version = newest.get::<Option<i64>, _>(0).unwrap_or(0) + 1;
        let batch = format!("person-{person}-{version}");
        sqlx::query(
            "INSERT INTO account_history (county, person, version, holder, number, bank, entered_by, verified_by, at, batch) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
        )
        .bind(&self.county)
        .bind(person.0)
        .bind(version)
        .bind(&account.holder)
        .bind(&account.number)
        .bind(&account.bank)
        .bind(&self.hand.by)
        .bind(verified_by)
        .bind(&self.hand.at)
        .bind(&batch)
        .execute(&mut *self.tx)
        .await
        .map_err(failed)?;
        sqlx::query(
            "INSERT INTO account (county, person, version, holder, number, bank, is_frozen) VALUES ($1,$2,$3,$4,$5,$6,0) \
             ON CONFLICT (county, person) DO UPDATE SET version = excluded.version, holder = excluded.holder, number = excluded.number, bank = excluded.bank, is_frozen = 0",
        )
        .bind(&self.county)
        .bind(person.0)
        .bind(version)
        .bind(&account.holder)
        .bind(&account.number)
        .bind(&account.bank)
        .execute(&mut *self.tx)
        .await
        .map_err(failed)?;
        let mut pile = Pile::default();
        pile.add(person.0, version, account_digest(account, &self.hand.by, verified_by));
        self.audit("correct_account", &format!("accounts:{batch}"), &pile.finish()).await
    }
}
