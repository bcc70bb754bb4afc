//! What supervision asks of the registry.

use store::supervise::{Asked, LateCase, OpenStep};
use values::{AreaCode, Day};

use super::Registry;
use crate::answer::Turned;

/// Working days of warning before a due day.
const WARNING: u32 = 2;
/// Late cases of one page, at most.
const LATE: i64 = 200;

/// The figures of one supervision page.
#[derive(Clone, Debug, Default)]
pub struct Supervised {
    /// By township and step.
    pub steps: Vec<OpenStep>,
    /// Late ones, the latest first.
    pub late: Vec<LateCase>,
    /// What families were asked this month.
    pub asked: Asked,
}

impl Registry {
    /// What lies open within an area on a day.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn supervised(&self, within: &AreaCode, today: Day) -> Result<Supervised, Turned> {
        let soon = self.calendar.plus_working_days(today, WARNING).unwrap_or(today.plus_days(i64::from(WARNING)));
        Ok(Supervised {
            steps: self.store.open_steps(*within, today, soon).await?,
            late: self.store.late_cases(*within, today, LATE).await?,
            asked: self.store.asked_since(*within, today.month().first_day()).await?,
        })
    }
}
