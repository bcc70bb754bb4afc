//! Supervision (督办): what lies open by township and step, what is late and why, and what families were asked.

use casework::case::Role;
use sqlx::Row;
use values::{AreaCode, Day};

use crate::register;
use crate::rows::range;
use crate::{Store, StoreError};

/// What lies open at one step in one township.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenStep {
    /// The township.
    pub township: AreaCode,
    /// The book's name of the step.
    pub step: String,
    /// Cases.
    pub open: i64,
    /// Past the promise.
    pub late: i64,
    /// Past the step's own time.
    pub step_late: i64,
    /// Due by the day asked for, and not late.
    pub soon: i64,
    /// Standing still for a named reason.
    pub paused: i64,
}

/// A late case, with its cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateCase {
    /// Number.
    pub number: String,
    /// Where.
    pub village: AreaCode,
    /// Programme id.
    pub programme: String,
    /// The step it lies at.
    pub step: String,
    /// Since when.
    pub step_since: Option<Day>,
    /// The step's last day; none while it stands still.
    pub step_due_on: Option<Day>,
    /// The promise's last day; none while it stands still.
    pub promise_due_on: Option<Day>,
    /// Whose desk; none for nobody's.
    pub held_by: Option<Role>,
    /// Who took it; empty while it lies in the queue.
    pub holder: String,
    /// What it waits for; empty while it runs.
    pub waits_for: String,
}

/// What families were asked since a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Applications.
    pub applications: i64,
    /// Questions asked.
    pub asked: i64,
    /// Questions answered from what the government held.
    pub prefilled: i64,
    /// Answers used again by further cases of the same application.
    pub reused: i64,
    /// Applications whose family went more than once.
    pub second_trips: i64,
}

impl Store {
    /// Open cases of an area by township and step, in order; `soon` is the last day of the warning.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn open_steps(&self, within: AreaCode, today: Day, soon: Day) -> Result<Vec<OpenStep>, StoreError> {
        let (from, until) = range(within);
        let rows = sqlx::query(
            "SELECT SUBSTR(village, 1, 9), step, COUNT(*), \
             CAST(SUM(CASE WHEN promise_due_on < $3 THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN step_due_on < $3 THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN promise_due_on >= $3 AND promise_due_on <= $4 THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN waits_for <> '' THEN 1 ELSE 0 END) AS BIGINT) \
             FROM case_file WHERE decided_on IS NULL AND status <> 'withdrawn' AND village >= $1 AND village < $2 \
             GROUP BY SUBSTR(village, 1, 9), step ORDER BY SUBSTR(village, 1, 9), step",
        )
        .bind(from)
        .bind(until)
        .bind(today.to_string())
        .bind(soon.to_string())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("督办"))?;
        rows.iter()
            .map(|row| {
                let code: String = row.get(0);
                Ok(OpenStep {
                    township: code.parse().map_err(|_| StoreError::unreadable("区划代码")(code.clone()))?,
                    step: row.get(1),
                    open: row.get(2),
                    late: row.get(3),
                    step_late: row.get(4),
                    soon: row.get(5),
                    paused: row.get(6),
                })
            })
            .collect()
    }

    /// Cases past the promise or past their step's time, the latest first, at most `limit`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn late_cases(&self, within: AreaCode, today: Day, limit: i64) -> Result<Vec<LateCase>, StoreError> {
        let (from, until) = range(within);
        let rows = sqlx::query(
            "SELECT number, village, programme, step, step_since, step_due_on, promise_due_on, held_by, holder, waits_for \
             FROM case_file WHERE decided_on IS NULL AND status <> 'withdrawn' AND village >= $1 AND village < $2 \
             AND (promise_due_on < $3 OR step_due_on < $3) ORDER BY COALESCE(promise_due_on, step_due_on), number LIMIT $4",
        )
        .bind(from)
        .bind(until)
        .bind(today.to_string())
        .bind(limit)
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读超期办件"))?;
        rows.iter()
            .map(|row| {
                let day = |at: usize| row.get::<Option<String>, _>(at).map(|text| text.parse()).transpose();
                let unreadable = |_| StoreError::unreadable("日期")("不是日期".into());
                let desk: String = row.get(7);
                Ok(LateCase {
                    number: row.get(0),
                    village: register::area(row, 1)?,
                    programme: row.get(2),
                    step: row.get(3),
                    step_since: day(4).map_err(unreadable)?,
                    step_due_on: day(5).map_err(unreadable)?,
                    promise_due_on: day(6).map_err(unreadable)?,
                    held_by: Role::of_code(&desk),
                    holder: row.get(8),
                    waits_for: row.get(9),
                })
            })
            .collect()
    }

    /// What families of an area were asked in applications handed in since a day.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn asked_since(&self, within: AreaCode, since: Day) -> Result<Asked, StoreError> {
        let (from, until) = range(within);
        let row = sqlx::query(
            "SELECT COUNT(*), CAST(COALESCE(SUM(a.asked), 0) AS BIGINT), CAST(COALESCE(SUM(a.prefilled), 0) AS BIGINT), \
             CAST(COALESCE(SUM(a.reused), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN c.trips > 1 THEN 1 ELSE 0 END), 0) AS BIGINT) \
             FROM application a JOIN case_file c ON c.county = a.county AND c.number = a.number \
             WHERE a.handed_in_on >= $1 AND a.village >= $2 AND a.village < $3",
        )
        .bind(since.to_string())
        .bind(from)
        .bind(until)
        .fetch_one(self.read())
        .await
        .map_err(StoreError::database("清点提问"))?;
        Ok(Asked {
            applications: row.get(0),
            asked: row.get(1),
            prefilled: row.get(2),
            reused: row.get(3),
            second_trips: row.get(4),
        })
    }
}
