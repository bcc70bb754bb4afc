//! A row that cannot be read.

use std::fmt;

/// One finding in one row. Its household gets no answer: deciding without one of its members would be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The row of the table, from 1; a CSV's heading does not count.
    pub row: u64,
    /// The column's name.
    pub column: String,
    /// What stands there.
    pub found: String,
    /// What is wrong and what to do.
    pub why: String,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 行，“{}”这一列{}", self.row, self.column, self.why)
    }
}
