//! Requests by the page's own key (幂等键): a button pressed twice writes once.

use sqlx::Row;
use values::AreaCode;

use crate::db::Writing;
use crate::{Store, StoreError};

impl Store {
    /// What a request with this key was answered, when it was written before.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn answered(&self, county: AreaCode, key: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT answer FROM idempotency WHERE county = $1 AND request = $2")
            .bind(county.county().as_str())
            .bind(key)
            .fetch_optional(self.read())
            .await
            .map_err(StoreError::database("查请求登记"))?;
        Ok(row.map(|row| row.get(0)))
    }
}

impl Writing<'_> {
    /// False when a request with this key was written before.
    pub(crate) async fn first_time(&mut self, key: &str, answer: &str) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO idempotency (county, request, answer, at) VALUES ($1,$2,$3,$4) ON CONFLICT (county, request) DO NOTHING",
        )
        .bind(&self.county)
        .bind(key)
        .bind(answer)
        .bind(&self.hand.at)
        .execute(&mut *self.tx)
        .await
        .map_err(StoreError::database("登记请求"))?;
        Ok(done.rows_affected() == 1)
    }
}
