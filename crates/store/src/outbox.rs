//! Messages that follow from a write, kept in the same transaction and delivered later, at least once.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::db::Writing;
use crate::{Hand, Store, StoreError};
use values::AreaCode;

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

    /// Messages of a county that wait, the oldest first. A message stays until [`Store::message_sent`].
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn waiting_messages(&self, county: AreaCode, limit: i64) -> Result<Vec<Message>, StoreError> {
        let rows = sqlx::query(
            "SELECT message, topic, subject, payload FROM outbox WHERE county = $1 AND sent_at IS NULL ORDER BY message LIMIT $2",
        )
        .bind(county.county().as_str())
        .bind(limit)
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读待发消息"))?;
        let message =
            |row: &AnyRow| Message { id: row.get(0), topic: row.get(1), subject: row.get(2), payload: row.get(3) };
        Ok(rows.iter().map(message).collect())
    }

    /// Marks a message as delivered.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was delivered already; the database cannot be written to.
    pub async fn message_sent(&self, county: AreaCode, message: i64, hand: Hand) -> Result<(), StoreError> {
        let mut writing = self.write(county, hand).await?;
        let done = sqlx::query("UPDATE outbox SET sent_at = $1 WHERE county = $2 AND message = $3 AND sent_at IS NULL")
            .bind(&writing.hand.at)
            .bind(&writing.county)
            .bind(message)
            .execute(&mut *writing.tx)
            .await
            .map_err(StoreError::database("登记消息已发"))?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Conflict { what: "这条消息" });
        }
        writing.audit("message_sent", &format!("message:{message}"), "").await?;
        writing.commit().await
    }
}
