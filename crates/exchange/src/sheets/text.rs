//! Text tables: which separator, which encoding, and a line that never ends.

use std::cell::Cell as Shared;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::SheetRefusal;
use super::encoding::{self, Found, Utf8Text};
use super::limits::{MAX_CELL_CHARS, MAX_COLUMNS, MAX_LINE_BYTES, MAX_ROWS};
use super::row::{CellKind, Row, column_letters};
use super::xlsx::OnRow;

/// A text file that was looked at: its encoding and separator are known.
#[derive(Debug)]
pub(super) struct TextTable {
    path: PathBuf,
    found: Found,
    separator: u8,
}

/// Separators that bureaus use; of equals the first wins.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// How much of the start is looked at for the separator.
const LOOKED_AT: u64 = 64 << 10;

impl TextTable {
    pub(super) fn open(path: &Path) -> Result<TextTable, SheetRefusal> {
        let found = encoding::find(path)?;
        let mut start = Vec::new();
        let text = Utf8Text::open(path, found).map_err(|error| SheetRefusal::disk(&error))?;
        // a broken character far below is told when its line is reached
        let read = text.take(LOOKED_AT).read_to_end(&mut start);
        if let Err(error) = read
            && error.kind() != io::ErrorKind::InvalidData
        {
            return Err(SheetRefusal::disk(&error));
        }
        if start.contains(&0) {
            return Err(SheetRefusal::Binary);
        }
        Ok(TextTable { path: path.to_owned(), found, separator: separator(&start) })
    }

    pub(super) fn read(&self, on_row: OnRow<'_>) -> Result<(), SheetRefusal> {
        let text = Utf8Text::open(&self.path, self.found).map_err(|error| SheetRefusal::disk(&error))?;
        let handed_out = Rc::new(Shared::new(0));
        let source = LineGuard { text, handed_out: Rc::clone(&handed_out), after_return: false };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .buffer_capacity(16 << 10)
            .from_reader(source);
        let (mut record, mut row) = (csv::StringRecord::new(), Row::default());
        loop {
            handed_out.set(0);
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(false) => return Ok(()),
                Ok(true) => fill(&mut row, &record)?,
                Err(error) => return Err(refusal(&error, line)),
            }
            if on_row(&row).is_break() {
                return Ok(());
            }
        }
    }
}

fn fill(row: &mut Row, record: &csv::StringRecord) -> Result<(), SheetRefusal> {
    let line = record.position().map_or(0, csv::Position::line);
    let number =
        u32::try_from(line).ok().filter(|&line| line <= MAX_ROWS).ok_or(SheetRefusal::TooManyRows(MAX_ROWS))?;
    row.start(number);
    for (column, text) in record.iter().enumerate() {
        if text.is_empty() {
            continue;
        }
        if column >= MAX_COLUMNS {
            return Err(SheetRefusal::TooManyColumns { row: number, column: column + 1, limit: MAX_COLUMNS });
        }
        if text.len() > MAX_CELL_CHARS && text.chars().count() > MAX_CELL_CHARS {
            let place = format!("{}{number} 单元格", column_letters(column));
            return Err(SheetRefusal::CellTooLong { place, limit: MAX_CELL_CHARS });
        }
        row.put(column, CellKind::Text, as_text(text));
    }
    Ok(())
}

/// `="430302…"`: how some programs keep the digits of a number from being counted with.
fn as_text(cell: &str) -> &str {
    cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell)
}

fn refusal(error: &csv::Error, line: u64) -> SheetRefusal {
    match error.kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => SheetRefusal::Encoding { line },
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            SheetRefusal::LineTooLong { line, limit: MAX_LINE_BYTES >> 10 }
        }
        csv::ErrorKind::Io(error) => SheetRefusal::disk(error),
        csv::ErrorKind::Utf8 { .. } => SheetRefusal::Encoding { line },
        _ => SheetRefusal::Broken(format!("第 {line} 行")),
    }
}

/// The separator that stands most often in the first lines.
fn separator(start: &[u8]) -> u8 {
    let count = |separator: u8| start.iter().filter(|&&byte| byte == separator).count();
    SEPARATORS.into_iter().rev().max_by_key(|&separator| count(separator)).unwrap_or(b',')
}

/// Hands out at most a line's worth of bytes between two rows, and ends every line with `\n` alone: the parser counts those.
struct LineGuard {
    text: Utf8Text,
    handed_out: Rc<Shared<usize>>,
    after_return: bool,
}

impl Read for LineGuard {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.handed_out.get() > MAX_LINE_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        loop {
            let count = self.text.read(out)?;
            let kept = self.with_plain_line_ends(&mut out[..count]);
            if kept > 0 || count == 0 {
                self.handed_out.set(self.handed_out.get() + kept);
                return Ok(kept);
            }
        }
    }
}

impl LineGuard {
    fn with_plain_line_ends(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes[at];
            let ends_a_pair = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if !ends_a_pair {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }
}
