//! What the day's own run reads: notices whose last day is over, cases that reached the county.

use casework::case::Case;
use serde::{Deserialize, Serialize};
use values::{AreaCode, Day};

use crate::apply::read_case;
use crate::register;
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

    /// The days before `today` on which cases reached the county's desk that still lie there, in order: the closed lists.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn days_of_arrival(&self, today: Day) -> Result<Vec<Day>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT step_since FROM case_file WHERE status = 'county_review' AND step_since < $1 ORDER BY step_since",
        )
        .bind(today.to_string())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读报县的日子"))?;
        rows.iter().map(|row| register::day(row, 0)).collect()
    }

    /// The seed of a draw: the digest of the day's closed list.
    pub fn seed_of(list: &str) -> ([u8; 32], String) {
        let text = audit::digest([list]);
        let mut seed = [0; 32];
        hex::decode_to_slice(&text, &mut seed).expect("a digest is 32 bytes");
        (seed, text)
    }

    /// The draw that was recorded for a county and day; none when nothing was drawn yet.
    ///
    /// # Errors
    /// The database cannot be read, or what was recorded cannot.
    pub async fn drawn(&self, county: AreaCode, of: Day) -> Result<Option<Draw>, StoreError> {
        let recorded = self.answered(county, &draw_key(of)).await?;
        recorded.map(|text| crate::rows::from_json("抽查", &text)).transpose()
    }

    /// Records a county's draw in its chain, once a county and day, before anybody is visited; answers the one that counts: this, or
    /// the one that was recorded before.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn record_draw(&self, county: AreaCode, of: Day, draw: Draw, hand: Hand) -> Result<Draw, StoreError> {
        let mut writing = self.write(county, hand).await?;
        let text = serde_json::to_string(&draw).expect("texts are JSON");
        if !writing.first_time(&draw_key(of), &text).await? {
            drop(writing);
            return self.drawn(county, of).await?.ok_or(StoreError::NotFound("抽查记录"));
        }
        let subject = format!("sample:{of}:{}", draw.numbers.len());
        writing.audit("sample_drawn", &subject, &audit::digest([text.as_str()])).await?;
        writing.commit().await?;
        Ok(draw)
    }
}

/// What was drawn of one closed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Digest of the list.
    pub list: String,
    /// Numbers of the cases drawn.
    pub numbers: Vec<String>,
}

fn draw_key(of: Day) -> String {
    format!("sample-{of}")
}
