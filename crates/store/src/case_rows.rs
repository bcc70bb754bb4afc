//! Cases on their way out of the database: a row of a list, a whole document.

use casework::case::{Case, Status};
use sqlx::Row;
use sqlx::any::AnyRow;
use values::{AreaCode, CaseId, Day, HouseholdId};

use crate::rows::from_json;
use crate::{StoreError, register};

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Id.
    pub id: CaseId,
    /// Number.
    pub number: String,
    /// Household.
    pub household: HouseholdId,
    /// Village.
    pub village: AreaCode,
    /// Leading programme.
    pub programme: String,
    /// Where it is.
    pub status: Status,
    /// 交表.
    pub handed_in_on: Day,
    /// The promise's last day; none while paused.
    pub promise_due_on: Option<Day>,
    /// The law's last day.
    pub statute_due_on: Option<Day>,
    /// Decided.
    pub decided_on: Option<Day>,
    /// Trips of the resident.
    pub trips: i64,
}

pub(crate) const CASE_ROW: &str = "SELECT case_id, number, household, village, programme, status, handed_in_on, promise_due_on, statute_due_on, decided_on, trips FROM case_file";

pub(crate) fn case_row(row: &AnyRow) -> Result<CaseRow, StoreError> {
    let day = |at: usize| row.get::<Option<String>, _>(at).map(|text| text.parse()).transpose();
    let unreadable = |_| StoreError::unreadable("日期")("不是日期".into());
    let status: String = row.get(5);
    Ok(CaseRow {
        id: CaseId(row.get(0)),
        number: row.get(1),
        household: HouseholdId(row.get(2)),
        village: register::area(row, 3)?,
        programme: row.get(4),
        status: Status::from_code(&status).ok_or_else(|| StoreError::unreadable("办理状态")(status.clone()))?,
        handed_in_on: register::day(row, 6)?,
        promise_due_on: day(7).map_err(unreadable)?,
        statute_due_on: day(8).map_err(unreadable)?,
        decided_on: day(9).map_err(unreadable)?,
        trips: row.get(10),
    })
}

pub(crate) fn read_case(row: &AnyRow) -> Result<Case, StoreError> {
    from_json("办件", &row.get::<String, _>(0))
}
