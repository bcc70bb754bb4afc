//! The workbook of rows that were refused: as they were, with what is wrong, to be corrected and handed in again.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::findings::Findings;
use crate::headings::Headings;
use crate::sheets::{Sheet, SheetRefusal};

/// Writes `<name>-错误.xlsx` beside the file. Every cell is typed text: no number loses digits, no formula runs.
pub(crate) fn write(
    path: &Path,
    sheet: &mut Sheet,
    headings: &Headings,
    findings: &Findings,
) -> Result<PathBuf, SheetRefusal> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let target = path.with_file_name(format!("{stem}-错误.xlsx"));
    let mut wrong: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for finding in &findings.errors {
        let what = match finding.column.as_str() {
            "" => finding.what.clone(),
            column => format!("{column}：{}", finding.what),
        };
        wrong.entry(finding.row).or_default().push(what);
    }
    let mut book = Workbook::new();
    fill(&mut book, sheet, headings, &wrong)?;
    let temporary = tempfile::Builder::new()
        .prefix(".错误-")
        .suffix(".xlsx")
        .tempfile_in(target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
        .map_err(|error| SheetRefusal::disk(&error))?;
    book.save_to_writer(std::io::BufWriter::new(temporary.as_file())).map_err(|error| unwritten(&error))?;
    temporary.persist(&target).map_err(|error| SheetRefusal::disk(&error.error))?;
    Ok(target)
}

fn fill(
    book: &mut Workbook,
    sheet: &mut Sheet,
    headings: &Headings,
    wrong: &BTreeMap<u32, Vec<String>>,
) -> Result<(), SheetRefusal> {
    let out = book.add_worksheet_with_low_memory().map_err(|error| unwritten(&error))?;
    let width = headings.columns.len();
    let bold = Format::new().set_bold();
    let texts = headings.columns.iter().map(|(text, _)| text.as_str()).chain(["原行号", "错误说明"]);
    for (column, text) in texts.enumerate() {
        out.write_string_with_format(0, column as u16, text, &bold).map_err(|error| unwritten(&error))?;
    }
    let (mut next, mut fault) = (1, None);
    sheet.read(&mut |row| {
        let Some(what) = wrong.get(&row.number) else { return ControlFlow::Continue(()) };
        let cells = row.cells().iter().take(width).map(|cell| cell.text.as_str());
        match write_row(out, next, cells, width, row.number, what) {
            Ok(()) => {
                next += 1;
                ControlFlow::Continue(())
            }
            Err(error) => {
                fault = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    fault.map_or(Ok(()), |error| Err(unwritten(&error)))
}

fn write_row<'c>(
    out: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = &'c str>,
    width: usize,
    number: u32,
    what: &[String],
) -> Result<(), XlsxError> {
    for (column, text) in cells.enumerate() {
        out.write_string(row, column as u16, text)?;
    }
    out.write_string(row, width as u16, number.to_string())?;
    out.write_string(row, width as u16 + 1, what.join("\n").chars().take(2_000).collect::<String>())?;
    Ok(())
}

fn unwritten(error: &XlsxError) -> SheetRefusal {
    SheetRefusal::Disk(match error {
        XlsxError::IoError(error) => error.to_string(),
        _ => "错误清单写不出来".to_owned(),
    })
}
