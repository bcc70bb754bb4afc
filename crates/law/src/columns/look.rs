//! What a batch of columns looks like before its numbers are read.

use super::parts::Width;
use super::table::{Columns, DATES, Lanes};
use crate::form::{FactKind, OneForm};
use crate::library::MAX_MEMBERS;

/// What is known of a fact's column before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// No column: unknown for everybody.
    Absent,
    /// The width of its lanes, the span of its numbers, and whether some lane is unknown.
    Present { lanes: Width, span: (i64, i64), gaps: bool },
}

/// What a batch of columns looks like: one arithmetic serves all batches of a look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    /// Of each fact of the form.
    pub(super) shapes: Vec<Shape>,
    /// No household has more members.
    pub(super) largest: i64,
}

impl Look {
    /// What these columns look like. Spans are widened to a few sizes, so that most batches of a file look alike.
    pub(super) fn of(columns: &Columns<'_>, form: &OneForm) -> Look {
        let shapes = form.facts().map(|(fact, decl)| {
            let Some(held) = columns.held(fact) else { return Shape::Absent };
            let lanes = match held.column.lanes {
                Lanes::U8(_) => Width::Mask,
                Lanes::I32(_) => Width::Narrow,
                Lanes::I64(_) => Width::Wide,
            };
            let span = match decl.kind {
                FactKind::Date => DATES,
                _ => (if held.span.0 < 0 { -size(held.span.0) } else { 0 }, size(held.span.1.max(0))),
            };
            Shape::Present { lanes, span, gaps: held.column.known.is_some() }
        });
        let largest = [8, 16, 32].into_iter().find(|size| columns.largest() <= *size).unwrap_or(MAX_MEMBERS);
        Look { shapes: shapes.collect(), largest: largest as i64 }
    }
}

/// The next of a few round sizes.
fn size(number: i64) -> i64 {
    let bits = 64 - number.unsigned_abs().leading_zeros();
    let round = [8, 17, 20, 23, 26, 29, 31, 40].into_iter().find(|round| bits <= *round);
    (1 << round.expect("a fact's number is limited by the form")) - 1
}
