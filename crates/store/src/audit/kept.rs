//! Heads that were kept elsewhere. Who can rewrite a whole database can rewrite a whole chain, but not what others wrote down.

use sqlx::Row;

use super::{Broken, Head};
use crate::{Store, StoreError};

impl Store {
    /// Whether every head that was kept still stands in its chain, however long the chain has grown; names the first that does not.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn compare_heads(&self, kept: &[Head]) -> Result<Option<Broken>, StoreError> {
        for head in kept {
            let row = sqlx::query("SELECT hash FROM audit WHERE county = $1 AND seq = $2")
                .bind(&head.county)
                .bind(head.seq)
                .fetch_optional(self.read())
                .await
                .map_err(StoreError::database("核对抄存的链头"))?;
            let what = match row.map(|row| row.get::<String, _>(0)) {
                Some(hash) if hash == head.hash => continue,
                Some(_) => "与抄存的链头不同，这个县区的审计链被重写过",
                None => "是抄存的链头，现在没有了，最新的审计记录被删过",
            };
            return Ok(Some(Broken { county: head.county.clone(), seq: head.seq, what: what.to_owned() }));
        }
        Ok(None)
    }
}
