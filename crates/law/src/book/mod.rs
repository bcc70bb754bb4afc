//! A book taken in: its own data (书目), its figures (参数), its items, its procedure (步骤, 期限) and its worked cases.

mod cases;
mod figures;
mod layer;
mod read;
mod services;
mod steps;

pub(crate) use cases::{CaseText, Expected, ExpectedOutcome, read as read_cases};
pub(crate) use figures::{FigureRow, not_a_value};
pub(crate) use layer::{Changes, Full, Placed, layered};
pub(crate) use read::{Benefit, Book};

use serde::{Deserialize, Serialize};

/// For whom a programme decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProgrammeUnit {
    /// 家庭: one answer a household.
    Household,
    /// 人: one answer a member.
    Person,
}
