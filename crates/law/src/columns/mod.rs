//! Millions of households as columns: the same books, the same meaning, no words.
//!
//! [`Columns`] holds the facts of many households of one area, a column a fact. A [`Plan`] binds programmes to a month and
//! an area; it answers with [`Answers`], a column each for outcome, amount and reason. A test holds the answers equal, bit
//! for bit, to those of [`Library::determine`](crate::Library::determine), missing facts included.

mod answers;
mod arithmetic;
mod build;
mod choose;
mod code;
mod compare;
mod decide;
mod ground;
mod kernels;
mod look;
mod parts;
mod plan;
mod run;
mod sums;
mod table;

pub use answers::{Answers, NO_REASON};
pub use plan::{Asked, Plan};
pub use table::{Column, ColumnError, Columns, Lanes, allowed, day_number, number};
