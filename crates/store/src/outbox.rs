//! Messages that follow from a write, kept in the same transaction and delivered later, at least once.

use sqlx::Row;

use crate::db::Writing;
use crate::{Store, StoreError};

/// A message waiting to be delivered. No personal data: the receiver looks the subject up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: i64,
    /// What kind, `case.confirmed`.
    pub topic: String,
    /// What it is about, `case:123`.
    pub subject: String,
    /// JSON.
    pub payload: String,
}

impl Writing<'_> {
    /// Adds a message to the transaction.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn send(&mut self, message: &Message) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO outbox (county, message, topic, subject, payload, created_at, sent_at) VALUES ($1,$2,$3,$4,$5,$6,NULL)")
            .bind(&self.county)
            .bind(message.id)
            .bind(&message.topic)
            .bind(&message.subject)
            .bind(&message.payload)
            .bind(&self.hand.at)
            .execute(&mut *self.tx)
            .await
            .map_err(StoreError::database("写待发消息"))?;
        Ok(())
    }
}

impl Store {
    /// How many messages wait to be delivered.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn messages_waiting(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL").fetch_one(self.read()).await;
        Ok(row.map_err(StoreError::database("清点待发消息"))?.get(0))
    }
}
