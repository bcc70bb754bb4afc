//! Where a table lies and how it is written down.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::failure::BulkError;

/// How a table is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow IPC: a stream, or a file with its footer. Which of both is seen from the first bytes.
    Arrow,
    /// Commas, a first line of names, money in yuan. Written as UTF-8; read as UTF-8, UTF-16 with its mark, or GB 18030.
    Csv,
}

/// A file, or standard input and output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `-`: standard input or output.
    Standard,
    /// A file.
    File(PathBuf),
}

impl Place {
    /// The format the name ends in; Arrow for `-`.
    ///
    /// # Errors
    /// An ending that says none.
    pub fn format(&self) -> Result<Format, BulkError> {
        let Place::File(path) = self else { return Ok(Format::Arrow) };
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_ascii_lowercase();
        ending.parse().map_err(|()| BulkError::Format { name: self.to_string() })
    }

    /// The file's path, unless it is a standard stream.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Place::Standard => None,
            Place::File(path) => Some(path),
        }
    }
}

impl FromStr for Place {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Place, Self::Err> {
        Ok(if text == "-" { Place::Standard } else { Place::File(text.into()) })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Standard => f.write_str("标准输入输出"),
            Place::File(path) => path.display().fmt(f),
        }
    }
}

/// `parquet`, `arrow` or `ipc`, `csv`.
impl FromStr for Format {
    type Err = ();
    fn from_str(text: &str) -> Result<Format, ()> {
        match text {
            "parquet" => Ok(Format::Parquet),
            "arrow" | "ipc" => Ok(Format::Arrow),
            "csv" => Ok(Format::Csv),
            _ => Err(()),
        }
    }
}
