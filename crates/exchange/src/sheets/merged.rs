//! Merged cells: only the first of them holds the content, so the others look empty.

use super::column_letters;
use super::row::parse_reference;

/// A range of merged cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// First row, from 1.
    pub first_row: u32,
    /// Last row.
    pub last_row: u32,
    /// First column, from 0.
    pub first_column: usize,
    /// Last column.
    pub last_column: usize,
}

impl Merged {
    pub(super) fn parse(range: &str) -> Option<Merged> {
        let (first, last) = range.split_once(':')?;
        let (first_column, first_row) = parse_reference(first)?;
        let (last_column, last_row) = parse_reference(last)?;
        (first_row <= last_row && first_column <= last_column).then_some(Merged {
            first_row,
            last_row,
            first_column,
            last_column,
        })
    }
}

/// `B5:B8`.
impl std::fmt::Display for Merged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (first, last) = (column_letters(self.first_column), column_letters(self.last_column));
        write!(f, "{first}{}:{last}{}", self.first_row, self.last_row)
    }
}
