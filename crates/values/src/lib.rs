//! The words that all rooms share, each impossible to build wrong.
//!
//! In: text and numbers as people, files and departments write them. Out: values that hold what their name says, or a
//! refusal that says what is wrong. Not here on purpose: clocks, disks, law, and anything that a single room alone uses.

mod area;
mod area_names;
mod area_tree;
mod calendar;
mod day;
mod fen;
mod ids;
mod month;

pub use area::{AreaCode, AreaCodeError, AreaLevel};
pub use area_tree::{Area, AreaTree, AreaTreeError};
pub use calendar::{BeyondCalendar, CalendarError, WorkCalendar};
pub use day::{Day, DayError};
pub use fen::{Fen, FenError};
pub use ids::{AwardId, CaseId, EnvelopeId, HouseholdId, IdMint, PersonId};
pub use month::{Month, MonthError};
