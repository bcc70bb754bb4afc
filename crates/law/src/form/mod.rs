//! 一张表 (the one form): every fact the city may know of a person or household, declared once in `policy/one-form.md`.
//!
//! In: the form's tables, texts as people and departments write them. Out: typed facts, packed so that a whole city fits
//! in memory. A fact that is absent is *unknown*: never zero, never no.

mod contest;
mod decl;
mod facts;
mod json;
mod read;
mod text;
mod value;

pub use decl::{Belongs, FactDecl, FactKind, OneForm, SourceDecl, Towards};
pub use facts::{Fact, FactRow, Facts};
pub use json::FactsError;
pub(crate) use value::{MAX_MAGNITUDE, plain_yuan};
pub use value::{Ratio, Value, ValueError};

use serde::{Deserialize, Serialize};

/// A fact's number: its place in the form's table. Valid for the form that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FactId(pub u16);

/// A source's number: its place in the form's table of sources. Valid for the form that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub u8);

/// A form declares at most so many facts: a row keeps one bit for each.
pub const MAX_FACTS: usize = 128;
