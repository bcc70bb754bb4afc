//! What the day's own run reads: notices whose last day is over, cases that reached the county.

use casework::case::Case;
use values::{AreaCode, Day};

use crate::apply::read_case;
use crate::{Hand, Store, StoreError, audit};

impl Store {
    /// Cases whose notice has hung its whole time before `today` and is not ended yet.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn expired_notices(&self, today: Day) -> Result<Vec<Case>, StoreError> {
        let rows = sqlx::query(
            "SELECT c.document FROM notice n JOIN case_file c ON c.county = n.county AND c.case_id = n.case_id \
             WHERE c.status = 'published' AND n.withdrawn_on IS NULL AND n.until_on < $1 ORDER BY n.county, n.case_id",
        )
        .bind(today.to_string())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读到期的公示"))?;
        rows.iter().map(read_case).collect()
    }

    /// Cases that have been at the county's desk since a day, in order of county and number: the day's closed list.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn arrived_at_county(&self, since: Day) -> Result<Vec<Case>, StoreError> {
        let rows = sqlx::query(
            "SELECT document FROM case_file WHERE status = 'county_review' AND step_since = $1 ORDER BY county, number",
        )
        .bind(since.to_string())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读当天报县的办件"))?;
        rows.iter().map(read_case).collect()
    }

    /// The seed of a draw: the digest of the day's closed list.
    pub fn seed_of(list: &str) -> ([u8; 32], String) {
        let text = audit::digest([list]);
        let mut seed = [0; 32];
        hex::decode_to_slice(&text, &mut seed).expect("a digest is 32 bytes");
        (seed, text)
    }

    /// Records a county's draw in its chain: the digest of the closed list, its day, how many were drawn; once a county and day.
    /// True when this list is the one that counts: recorded now, or the same as before.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn record_draw(
        &self,
        county: AreaCode,
        of: Day,
        digest: &str,
        drawn: usize,
        hand: Hand,
    ) -> Result<bool, StoreError> {
        let mut writing = self.write(county, hand).await?;
        let key = format!("sample-{of}");
        if !writing.first_time(&key, digest).await? {
            drop(writing);
            return Ok(self.answered(county, &key).await?.as_deref() == Some(digest));
        }
        writing.audit("sample_drawn", &format!("sample:{of}:{drawn}"), digest).await?;
        writing.commit().await?;
        Ok(true)
    }
}
