//! Spreadsheets and text tables as bureaus really have them: rows in, or a refusal in plain Chinese.
//!
//! In: `.xlsx`, and `.csv` in UTF-8, GB 18030 or UTF-16 with any usual separator. Out: rows of text, one at a time, with the
//! number the spreadsheet program shows at their left. The package is weighed before it is opened and counted while it is
//! read, so that memory stays bounded whatever the file claims. Not here on purpose: what the columns mean.

mod encoding;
pub mod limits;
mod merged;
mod metered;
mod package;
mod refusal;
mod row;
mod shared;
mod text;
mod xlsx;
mod xml_text;

pub use merged::Merged;
pub use refusal::SheetRefusal;
pub use row::{Cell, CellKind, Row, column_letters};
pub use xlsx::OnRow;

use std::path::Path;

use package::{Looks, Package, SheetEntry};
use text::TextTable;

/// A table that was opened: one sheet of a workbook, or a text file.
pub struct Sheet {
    /// The sheet's name; empty for a text file.
    pub name: String,
    /// Day numbers count from 1904-01-01, not from 1899-12-30.
    pub counts_from_1904: bool,
    source: Source,
}

enum Source {
    Workbook { package: Package, entry: SheetEntry, strings: Option<shared::SharedStrings> },
    Text(TextTable),
}

impl Sheet {
    /// Opens the one sheet that has content, or the one asked for.
    ///
    /// # Errors
    /// [`SheetRefusal`]: what is wrong with the file as a whole.
    pub fn open(path: &Path, asked: Option<&str>) -> Result<Sheet, SheetRefusal> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let is_named_text = matches!(ending.as_str(), "csv" | "txt" | "tsv");
        match package::sniff(path)? {
            Looks::Compound => Err(package::compound_refusal(path)),
            Looks::Package if is_named_text => Err(SheetRefusal::WorkbookNamedText),
            Looks::Package if ending == "xlsm" => Err(SheetRefusal::Macros),
            Looks::Package => Sheet::open_workbook(path, asked),
            Looks::Text if ending.starts_with("xls") => Err(SheetRefusal::TextNamedWorkbook),
            Looks::Text => {
                let source = Source::Text(TextTable::open(path)?);
                Ok(Sheet { name: String::new(), counts_from_1904: false, source })
            }
        }
    }

    fn open_workbook(path: &Path, asked: Option<&str>) -> Result<Sheet, SheetRefusal> {
        let mut package = Package::open(path)?;
        let workbook = package.workbook()?;
        let mut filled = Vec::new();
        for entry in &workbook.sheets {
            if xlsx::has_content(&mut package, entry)? {
                if entry.is_hidden {
                    return Err(SheetRefusal::HiddenSheet(entry.name.clone()));
                }
                filled.push(entry.clone());
            }
        }
        if let Some(name) = asked {
            filled.retain(|entry| entry.name == name);
            if filled.is_empty() {
                return Err(SheetRefusal::NoSuchSheet(name.to_owned()));
            }
        }
        match filled.len() {
            0 => Err(SheetRefusal::NoContent),
            1 => {
                let entry = filled.remove(0);
                let name = entry.name.clone();
                let counts_from_1904 = workbook.counts_from_1904;
                Ok(Sheet { name, counts_from_1904, source: Source::Workbook { package, entry, strings: None } })
            }
            _ => Err(SheetRefusal::SeveralSheets(filled.into_iter().map(|entry| entry.name).collect())),
        }
    }

    /// Hands every row on, in order, and says at the end which cells were merged. May be called again from the start.
    ///
    /// # Errors
    /// [`SheetRefusal`] where the file cannot be read on; rows before it were handed on already.
    pub fn read(&mut self, on_row: OnRow<'_>) -> Result<Vec<Merged>, SheetRefusal> {
        match &mut self.source {
            Source::Workbook { package, entry, strings } => {
                let strings = match strings {
                    Some(strings) => strings,
                    None => strings.insert(shared::SharedStrings::read(package)?),
                };
                xlsx::read_rows(package, entry, strings, on_row)
            }
            Source::Text(table) => table.read(on_row).map(|()| Vec::new()),
        }
    }
}
