//! What is wrong in a file, row by row, and what a person should look at.

use std::collections::BTreeMap;

/// One wrong cell, or one wrong row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Row as the spreadsheet program shows it.
    pub row: u32,
    /// Heading of the column; empty when the row as a whole is meant.
    pub column: String,
    /// What is wrong and what to do, in Chinese, without names and numbers of people.
    pub what: String,
}

/// `第 12 行“身份证号”：…`.
impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Finding { row, column, what } = self;
        match column.as_str() {
            "" => write!(f, "第 {row} 行：{what}"),
            column => write!(f, "第 {row} 行“{column}”：{what}"),
        }
    }
}

/// Rows that share a warning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warned {
    /// How many rows.
    pub count: usize,
    /// The first of them.
    pub first_rows: Vec<u32>,
}

/// Everything found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Errors in the order of the rows, at most [`MAX_ERRORS`] of them.
    pub errors: Vec<Finding>,
    /// All errors, those not kept included.
    pub error_count: usize,
    /// Warnings by their text.
    pub warnings: BTreeMap<String, Warned>,
}

/// A file with more errors than this has one cause, and the first ten thousand show it.
pub const MAX_ERRORS: usize = 10_000;

/// So many rows are named for a warning.
const ROWS_NAMED: usize = 20;

impl Findings {
    /// True when nothing stands against the import.
    pub fn is_clean(&self) -> bool {
        self.error_count == 0
    }

    pub(crate) fn error(&mut self, row: u32, column: &str, what: impl ToString) {
        self.error_count += 1;
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(Finding { row, column: column.to_owned(), what: what.to_string() });
        }
    }

    pub(crate) fn warn(&mut self, row: u32, text: &str) {
        if !self.warnings.contains_key(text) {
            self.warnings.insert(text.to_owned(), Warned::default());
        }
        let warned = self.warnings.get_mut(text).expect("it was inserted above");
        warned.count += 1;
        if warned.first_rows.len() < ROWS_NAMED {
            warned.first_rows.push(row);
        }
    }

    pub(crate) fn sort(&mut self) {
        self.errors.sort_by_key(|finding| finding.row);
    }
}
