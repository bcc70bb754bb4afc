//! Where answers go: complete, or not at all.

mod columns;
mod comma;
mod ipc;
mod pages;
mod parquet;
mod target;

use std::io::Write;

use crate::answer::Answered;
use crate::desk::Desk;
use crate::failure::BulkError;
use crate::place::{Format, Place};

pub(crate) use target::Target;

/// A table of answers that is being written.
pub(crate) trait Sink {
    /// Puts rows behind.
    fn write(&mut self, rows: Answered) -> Result<(), BulkError>;

    /// The table is complete, and only now has its name.
    fn finish(&mut self) -> Result<(), BulkError>;
}

/// The words of the table's dictionaries.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// 项目 of each question.
    pub(crate) programmes: Vec<String>,
    /// 月 of each question.
    pub(crate) months: Vec<String>,
    /// 理由.
    pub(crate) reasons: Vec<String>,
    /// True when 户 is text.
    pub(crate) text_keys: bool,
}

impl Words {
    /// The words a desk can answer with.
    pub(crate) fn of(desk: &Desk<'_>, text_keys: bool) -> Words {
        Words {
            programmes: desk.asked.iter().map(|asked| asked.programme.clone()).collect(),
            months: desk.asked.iter().map(|asked| asked.month.to_string()).collect(),
            reasons: desk.reasons.clone(),
            text_keys,
        }
    }
}

/// The columns of the table of answers.
pub(crate) const NAMES: [&str; 8] = ["户", "成员", "项目", "月", "结果", "金额", "理由", "保障人口"];

/// Begins a table; `standard` is where `-` writes.
///
/// # Errors
/// A folder that takes no file.
pub(crate) fn create(
    place: &Place,
    format: Format,
    standard: Box<dyn Write + Send>,
    words: Words,
) -> Result<Box<dyn Sink>, BulkError> {
    let target = Target::create(place, standard)?;
    match format {
        Format::Parquet => Ok(Box::new(parquet::ParquetSink::new(target, words)?)),
        Format::Arrow => ipc::create(target, words),
        Format::Csv => Ok(Box::new(comma::CommaSink::new(target, words)?)),
    }
}
