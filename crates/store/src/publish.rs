//! publish: what hangs on the boards. Whether a notice runs or has expired is computed from the day, never stored.

use sqlx::Row;
use values::{AreaCode, Day, Fen};

use casework::case::Notice;

use crate::register;
use crate::rows::{gives_of, range};
use crate::{Store, StoreError};

impl Store {
    /// The notices that hang on `today` within an area, newest first; expired and withdrawn ones are not among them.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn board(&self, within: AreaCode, today: Day, limit: i64) -> Result<Vec<Notice>, StoreError> {
        let (from, until) = range(within);
        let rows = sqlx::query(
            "SELECT number, village, programme, persons, amount, posted_on, until_on, gives FROM notice \
             WHERE village >= $1 AND village < $2 AND posted_on <= $3 AND until_on >= $3 AND withdrawn_on IS NULL \
             ORDER BY posted_on DESC, number LIMIT $4",
        )
        .bind(from)
        .bind(until)
        .bind(today.to_string())
        .bind(limit)
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读公示"))?;
        rows.iter()
            .map(|row| {
                Ok(Notice {
                    number: row.get(0),
                    village: register::area(row, 1)?,
                    programme: row.get(2),
                    persons: u32::try_from(row.get::<i64, _>(3)).unwrap_or(0),
                    amount: Fen::new(row.get(4)),
                    gives: gives_of(&row.get::<String, _>(7))?,
                    posted_on: register::day(row, 5)?,
                    until: register::day(row, 6)?,
                })
            })
            .collect()
    }
}
