//! The words that all rooms share, each impossible to build wrong.
//!
//! In: text and numbers as people, files and departments write them. Out: values that hold what their name says, or a
//! refusal that says what is wrong. Not here on purpose: clocks, disks, law, and anything that a single room alone uses.

mod area;
mod area_names;
mod area_tree;
mod bank_account;
mod calendar;
mod checked;
mod cite;
mod day;
mod disability_card;
mod fen;
mod folding;
mod id_number;
mod ids;
mod month;
mod name_characters;
mod person_name;
mod phone;
mod uscc;

pub use area::{AreaCode, AreaCodeError, AreaLevel};
pub use area_tree::{Area, AreaTree, AreaTreeError};
pub use bank_account::{BankAccount, BankAccountError};
pub use calendar::{BeyondCalendar, CalendarError, WorkCalendar};
pub use checked::{Checked, Warning};
pub use cite::Cite;
pub use day::{Day, DayError};
pub use disability_card::{DisabilityCard, DisabilityCardError, DisabilityCategory, DisabilityGrade};
pub use fen::{Fen, FenError};
pub use id_number::{IdKind, IdNumber, IdNumberError, Sex};
pub use ids::{AwardId, CaseId, EnvelopeId, HouseholdId, IdMint, PersonId};
pub use month::{Month, MonthError};
pub use person_name::{PersonName, PersonNameError};
pub use phone::{Phone, PhoneError};
pub use uscc::{Uscc, UsccError};
