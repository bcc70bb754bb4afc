//! Why a bulk run ends early, in words that say where and what to do.

use std::path::PathBuf;

use crate::reject::Reject;

/// Why a run stopped. Nothing half done is left behind.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// A programme that no book has.
    #[error("没有项目“{asked}”；现有：{known}")]
    Programme {
        /// What was asked.
        asked: String,
        /// What there is.
        known: String,
    },
    /// The name says no format.
    #[error("{name} 看不出是什么格式：文件名应以 .parquet、.arrow、.ipc 或 .csv 结尾，或者用 --format 写明")]
    Format {
        /// The file as it was given.
        name: String,
    },
    /// A file cannot be opened or made.
    #[error("{} 打不开：{cause}", path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The input breaks off or is not of its format.
    #[error("{name} 读不下去：{cause}")]
    Read {
        /// The input's name.
        name: String,
        /// Why, as the library says it.
        cause: String,
    },
    /// The output cannot be written.
    #[error("{name} 写不下去：{cause}")]
    Write {
        /// The output's name.
        name: String,
        /// Why, as the library says it.
        cause: String,
    },
    /// Columns that are missing, doubled or of the wrong type: all of them.
    #[error("{name} 的列有问题：\n{}", findings.join("\n"))]
    Columns {
        /// The input's name.
        name: String,
        /// One sentence each.
        findings: Vec<String>,
    },
    /// The first row that cannot be read.
    #[error("{name} {reject}\n改好这一行再算；要把读不懂的行放到一边、先算其余的，用 --reject 文件")]
    BadRow {
        /// The input's name.
        name: String,
        /// Row, column, and what is wrong.
        reject: Reject,
    },
    /// Receipts of different runs do not add up.
    #[error("凭据不能相加：{0}")]
    Receipts(String),
    /// Somebody pressed Ctrl-C.
    #[error("已中断，没有留下半个文件")]
    Interrupted,
}

impl BulkError {
    /// A failure of the input's library.
    pub(crate) fn read(name: &str, cause: impl ToString) -> BulkError {
        BulkError::Read { name: name.to_owned(), cause: cause.to_string() }
    }

    /// A failure of the output's library.
    pub(crate) fn write(name: &str, cause: impl ToString) -> BulkError {
        BulkError::Write { name: name.to_owned(), cause: cause.to_string() }
    }
}
