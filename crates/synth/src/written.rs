//! Writing the city as files: what was written, what can go wrong, how far it is.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::city::City;

/// Told now and then while files are written: file, rows done, rows in all.
pub type Progress<'a> = &'a mut dyn FnMut(&str, usize, usize);

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWritten {
    /// Path below the directory asked.
    pub name: String,
    /// Rows below the heading.
    pub rows: usize,
    /// Size.
    pub bytes: u64,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk refused.
    #[error("写文件 {path} 失败")]
    Disk {
        /// Which file.
        path: PathBuf,
        /// What the disk said.
        source: std::io::Error,
    },
    /// The workbook refused.
    #[error("写工作簿 {path} 失败")]
    Workbook {
        /// Which file.
        path: PathBuf,
        /// What the library said.
        source: rust_xlsxwriter::XlsxError,
    },
}

/// The code page a department exports in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodePage {
    Gb18030,
    Utf8,
    Utf8WithMark,
}

impl City {
    /// Writes every file of the city into a directory, which is made when it is not there.
    ///
    /// # Errors
    /// [`WriteError`] names the file.
    pub fn write_files(&self, dir: &Path, progress: Progress<'_>) -> Result<Vec<FileWritten>, WriteError> {
        let bank = dir.join("bank");
        fs::create_dir_all(&bank).map_err(|source| WriteError::Disk { path: bank, source })?;
        let mut files = vec![
            crate::rosters::write_households(self, dir, progress)?,
            crate::rosters::write_payments(self, dir, progress)?,
        ];
        files.extend(crate::extracts::write(self, dir, progress)?);
        files.extend(crate::bank::write(self, dir, progress)?);
        Ok(files)
    }
}

/// A table of text, written row by row in a department's code page.
pub(crate) struct TextTable {
    name: String,
    path: PathBuf,
    out: csv::Writer<Vec<u8>>,
    file: BufWriter<File>,
    page: CodePage,
    rows: usize,
}

impl TextTable {
    pub(crate) fn create(dir: &Path, name: &str, page: CodePage, headings: &[&str]) -> Result<TextTable, WriteError> {
        let path = dir.join(name);
        let disk = |source| WriteError::Disk { path: path.clone(), source };
        let mut file = BufWriter::new(File::create(&path).map_err(disk)?);
        if page == CodePage::Utf8WithMark {
            file.write_all("\u{feff}".as_bytes()).map_err(disk)?;
        }
        let mut table = TextTable { name: name.to_owned(), out: line_writer(), file, page, rows: 0, path };
        table.put(headings)?;
        table.rows = 0;
        Ok(table)
    }

    /// Adds a row.
    pub(crate) fn put(&mut self, cells: &[&str]) -> Result<(), WriteError> {
        self.rows += 1;
        self.out.write_record(cells).expect("a row of text fits a table in memory");
        if self.rows.is_multiple_of(512) {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        let lines = std::mem::replace(&mut self.out, line_writer()).into_inner().expect("memory does not refuse");
        let text = std::str::from_utf8(&lines).expect("text was written");
        let written = match self.page {
            CodePage::Gb18030 => self.file.write_all(&encoding_rs::GB18030.encode(text).0),
            CodePage::Utf8 | CodePage::Utf8WithMark => self.file.write_all(text.as_bytes()),
        };
        written.map_err(|source| WriteError::Disk { path: self.path.clone(), source })
    }

    /// Ends the file.
    pub(crate) fn finish(mut self, progress: Progress<'_>) -> Result<FileWritten, WriteError> {
        self.flush()?;
        self.file.flush().map_err(|source| WriteError::Disk { path: self.path.clone(), source })?;
        progress(&self.name, self.rows, self.rows);
        let bytes = size_of(&self.path)?;
        Ok(FileWritten { name: self.name, rows: self.rows, bytes })
    }
}

fn line_writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

pub(crate) fn size_of(path: &Path) -> Result<u64, WriteError> {
    fs::metadata(path).map(|data| data.len()).map_err(|source| WriteError::Disk { path: path.to_owned(), source })
}
