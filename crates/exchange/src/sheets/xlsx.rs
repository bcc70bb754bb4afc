//! The rows of one sheet, streamed: a row is read, handed on and forgotten.

use std::ops::ControlFlow;

use quick_xml::events::{BytesStart, Event};

use super::limits::*;
use super::package::{Package, SheetEntry, attribute, local};
use super::row::{CellKind, Row, parse_reference};
use super::shared::SharedStrings;
use super::xml_text::{push_text, without_sheet_escapes};
use super::{Merged, SheetRefusal, column_letters};

/// Who takes the rows; breaking off ends the reading.
pub type OnRow<'f> = &'f mut dyn FnMut(&Row) -> ControlFlow<()>;

/// True when some cell of the sheet holds something. Reads up to the first such cell.
pub(super) fn has_content(package: &mut Package, sheet: &SheetEntry) -> Result<bool, SheetRefusal> {
    let mut found = false;
    package.read_events(&sheet.part, MAX_PART_BYTES, &mut |event| {
        if let Event::Start(element) = event {
            found = matches!(local(element), "v" | "f" | "is");
        }
        Ok(!found)
    })?;
    Ok(found)
}

/// Streams the rows, then tells which cells were merged.
pub(super) fn read_rows(
    package: &mut Package,
    sheet: &SheetEntry,
    strings: &SharedStrings,
    on_row: OnRow<'_>,
) -> Result<Vec<Merged>, SheetRefusal> {
    let mut rows =
        Rows { strings, on_row, row: Row::default(), cell: CellAt::default(), text: String::new(), merged: Vec::new() };
    package.read_events(&sheet.part, MAX_PART_BYTES, &mut |event| rows.take(event))?;
    Ok(rows.merged)
}

struct Rows<'a> {
    strings: &'a SharedStrings,
    on_row: OnRow<'a>,
    row: Row,
    cell: CellAt,
    text: String,
    merged: Vec<Merged>,
}

/// The cell that is being read.
#[derive(Default)]
struct CellAt {
    column: usize,
    next_column: usize,
    kind: Written,
    has_formula: bool,
    takes_text: bool,
    is_phonetic: bool,
}

/// How the file writes the content of a cell.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Written {
    #[default]
    Number,
    Shared,
    Inline,
    Text,
    YesNo,
    Error,
    Date,
}

impl Rows<'_> {
    fn take(&mut self, event: &Event<'_>) -> Result<bool, SheetRefusal> {
        match event {
            Event::Start(element) => self.start(element)?,
            Event::Empty(element) => match local(element) {
                "c" => self.start_cell(element)?,
                "row" => self.start_row(element)?,
                "f" => self.cell.has_formula = true,
                "mergeCell" => self.merged.extend(attribute(element, "ref").and_then(|range| Merged::parse(&range))),
                _ => {}
            },
            Event::End(element) => match element.name().0.rsplit(':').next() {
                Some("v" | "t") => self.cell.takes_text = false,
                Some("rPh") => self.cell.is_phonetic = false,
                Some("c") => self.end_cell()?,
                Some("row") => return Ok((self.on_row)(&self.row).is_continue()),
                _ => {}
            },
            event if self.cell.takes_text => push_text(&mut self.text, event),
            _ => {}
        }
        Ok(true)
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), SheetRefusal> {
        match local(element) {
            "row" => self.start_row(element)?,
            "c" => self.start_cell(element)?,
            "f" => self.cell.has_formula = true,
            "v" => self.cell.takes_text = self.cell.kind != Written::Inline,
            "t" => self.cell.takes_text = self.cell.kind == Written::Inline && !self.cell.is_phonetic,
            "rPh" => self.cell.is_phonetic = true,
            _ => {}
        }
        Ok(())
    }

    fn start_row(&mut self, element: &BytesStart<'_>) -> Result<(), SheetRefusal> {
        let said = plain_attribute(element, "r").and_then(|number| number.parse().ok());
        let number: u32 = said.unwrap_or(self.row.number + 1);
        if number > MAX_ROWS || number <= self.row.number {
            return Err(if number > MAX_ROWS {
                SheetRefusal::TooManyRows(MAX_ROWS)
            } else {
                SheetRefusal::Broken(format!("第 {number} 行出现了两次或次序颠倒"))
            });
        }
        self.row.start(number);
        self.cell.next_column = 0;
        Ok(())
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) -> Result<(), SheetRefusal> {
        let mut column = self.cell.next_column;
        let mut kind = Written::Number;
        for found in element.attributes().with_checks(false).flatten() {
            match found.key.0 {
                "r" => column = parse_reference(&found.value).map_or(column, |(column, _)| column),
                "t" => kind = written(&found.value),
                _ => {}
            }
        }
        self.cell = CellAt { column, next_column: column + 1, kind, ..CellAt::default() };
        self.text.clear();
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), SheetRefusal> {
        let (column, row) = (self.cell.column, self.row.number);
        let has_content = !self.text.is_empty() || self.cell.has_formula;
        if !has_content {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            return Err(SheetRefusal::TooManyColumns { row, column: column + 1, limit: MAX_COLUMNS });
        }
        let shared;
        let (kind, text) = match self.cell.kind {
            Written::Shared => {
                shared = self.text.trim().parse().ok().and_then(|at| self.strings.get(at));
                let missing = || SheetRefusal::Broken(format!("{}{row} 引用的文字不存在", column_letters(column)));
                (CellKind::Text, shared.ok_or_else(missing)?)
            }
            Written::Inline | Written::Text => {
                without_sheet_escapes(&mut self.text);
                self.check_length(column)?;
                (CellKind::Text, self.text.as_str())
            }
            Written::Number => (CellKind::Number, self.text.as_str()),
            Written::YesNo => (CellKind::Text, if self.text.trim() == "1" { "是" } else { "否" }),
            Written::Error => (CellKind::Error, self.text.as_str()),
            Written::Date => (CellKind::Text, self.text.split('T').next().unwrap_or_default()),
        };
        let kind = if self.cell.has_formula { CellKind::Formula } else { kind };
        self.row.put(column, kind, text);
        Ok(())
    }

    fn check_length(&self, column: usize) -> Result<(), SheetRefusal> {
        if self.text.len() <= MAX_CELL_CHARS || self.text.chars().count() <= MAX_CELL_CHARS {
            return Ok(());
        }
        let place = format!("{}{} 单元格", column_letters(column), self.row.number);
        Err(SheetRefusal::CellTooLong { place, limit: MAX_CELL_CHARS })
    }
}

fn written(kind: &str) -> Written {
    match kind {
        "s" => Written::Shared,
        "inlineStr" => Written::Inline,
        "str" => Written::Text,
        "b" => Written::YesNo,
        "e" => Written::Error,
        "d" => Written::Date,
        _ => Written::Number,
    }
}

fn plain_attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<std::borrow::Cow<'e, str>> {
    element.attributes().with_checks(false).flatten().find(|found| found.key.0 == name).map(|found| found.value)
}
