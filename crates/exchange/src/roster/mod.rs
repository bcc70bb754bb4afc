//! The bureau's rosters (花名册、档案): read whole, checked whole, imported whole or not at all.
//!
//! In: a workbook or text table with the headings a bureau happens to use. Out: a preview, findings by row and column, and,
//! when nothing stands against it, a batch for the register. Not here on purpose: who is entitled to anything.

mod batch;
mod gather;
mod line;
mod places;
mod preview;
mod programmes;
mod register;

pub use batch::{RosterAward, RosterBatch, RosterHousehold, RosterPerson};
pub use preview::Preview;
pub use register::{ImportContext, ImportRefusal, Imported};

use std::ops::ControlFlow;
use std::path::Path;

use law::form::OneForm;
use values::{AreaCode, AreaTree};

use crate::digest::of_file;
use crate::fact_cells::Written;
use crate::findings::Findings;
use crate::headings::{Headings, LOOKED_AT, Meaning};
use crate::sheets::{Merged, Row, Sheet, SheetRefusal};
use gather::{Gathering, Known};
use line::Lines;
use places::Places;

/// What reading a roster stands on.
pub struct RosterContext<'a> {
    /// 一张表.
    pub form: &'a OneForm,
    /// Areas.
    pub tree: &'a AreaTree,
    /// The bureau's own city or county: names of places are looked for in it.
    pub home: AreaCode,
    /// Where rows belong that name no place (`--area`).
    pub area: Option<AreaCode>,
    /// Which sheet, when several have content.
    pub sheet: Option<&'a str>,
}

/// A roster that was read.
#[derive(Debug)]
pub struct RosterRead {
    /// What a person looks at before the import.
    pub preview: Preview,
    /// What is wrong, what to look at.
    pub findings: Findings,
    /// For the register; nothing while there is an error.
    pub batch: Option<RosterBatch>,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
}

/// Why a roster is refused as a whole, before any row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterRefusal {
    /// The file.
    #[error(transparent)]
    Sheet(#[from] SheetRefusal),
    /// No row looks like headings.
    #[error("前 {LOOKED_AT} 行里找不到表头；表头里至少要有“姓名”和“身份证号”两列，请核对")]
    NoHeadings,
    /// A column without which no row can be read.
    #[error("缺少“{0}”这一列；请补上这一列，或把表头改成这个名称")]
    ColumnMissing(&'static str),
    /// Two columns of one meaning.
    #[error("“{0}”和“{1}”两列说的是同一件事，不知道以哪一列为准；请删掉一列或改表头")]
    ColumnDoubled(String, String),
    /// Money in another unit than yuan.
    #[error("“{0}”的单位是“{1}”，系统不自动换算；请换算成元（按月的写每月多少元），改好表头再导入")]
    UnitStrange(String, String),
    /// Neither facts nor money.
    #[error("表里既没有“救助项目”和“月金额”，也没有一张表里的事实（例如“关系”“户口”）；请核对是不是选错了文件")]
    NothingToImport,
    /// The form in use does not know the source of rosters.
    #[error("一张表里没有来源“花名册”；请补在 policy/one-form.md 的来源表里")]
    SourceUnknown,
}

/// Reads and checks a roster. Nothing is imported by this.
///
/// # Errors
/// [`RosterRefusal`] for the file as a whole; what is wrong in rows stands in the findings.
pub fn read(path: &Path, context: &RosterContext<'_>) -> Result<RosterRead, RosterRefusal> {
    let mut sheet = Sheet::open(path, context.sheet)?;
    let headings = find_headings(&mut sheet, context.form)?;
    let source = context.form.source("花名册").ok_or(RosterRefusal::SourceUnknown)?;
    let mut lines = Lines {
        headings: &headings,
        form: context.form,
        tree: context.tree,
        places: Places::new(context.tree, context.home, context.area),
        written: Written { source, on: None, counts_from_1904: sheet.counts_from_1904 },
        findings: Findings::default(),
    };
    let has_facts = headings.facts().next().is_some();
    let mut gathering = Gathering::new(context.form, Known::of(context.form, source), has_facts);
    let mut preview = Preview::of(&sheet.name, &headings);
    let mut last_data_row = 0;
    let merged = sheet.read(&mut |row| {
        if row.number <= headings.last_row || headings.are_repeated_in(row) {
            return ControlFlow::Continue(());
        }
        match kind_of(row, &headings) {
            RowKind::Empty => {}
            RowKind::Ending => lines.findings.warn(row.number, "像是合计或签名的行，没有导入"),
            RowKind::Data => {
                last_data_row = row.number;
                preview.add(row, &headings);
                if let Some(line) = lines.read(row) {
                    gathering.add(line, &mut lines.findings);
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    let mut findings = lines.findings;
    check_merged(&merged, &headings, last_data_row, &mut findings);
    if last_data_row == 0 {
        return Err(RosterRefusal::Sheet(SheetRefusal::NoContent));
    }
    let batch = gathering.finish(&mut findings);
    findings.sort();
    preview.count(&batch);
    let digest = of_file(path)?;
    let batch = findings.is_clean().then_some(batch);
    Ok(RosterRead { preview, findings, batch, digest })
}

/// Writes `<name>-错误.xlsx` beside the file: every row with an error, as it was, with what is wrong. Says where.
///
/// # Errors
/// [`RosterRefusal`] when the file cannot be read again or the folder cannot be written.
pub fn write_errors(
    path: &Path,
    context: &RosterContext<'_>,
    findings: &Findings,
) -> Result<std::path::PathBuf, RosterRefusal> {
    let mut sheet = Sheet::open(path, context.sheet)?;
    let headings = find_headings(&mut sheet, context.form)?;
    Ok(crate::error_book::write(path, &mut sheet, &headings, findings)?)
}

fn find_headings(sheet: &mut Sheet, form: &OneForm) -> Result<Headings, RosterRefusal> {
    let headings = crate::headings::of_sheet(sheet, form)?.ok_or(RosterRefusal::NoHeadings)?;
    for (meaning, name) in [(Meaning::Name, "姓名"), (Meaning::Id, "身份证号")] {
        headings.column(meaning).ok_or(RosterRefusal::ColumnMissing(name))?;
    }
    if let Some((one, other)) = headings.doubled() {
        return Err(RosterRefusal::ColumnDoubled(one.to_owned(), other.to_owned()));
    }
    if let Some((heading, unit)) = headings.strange_unit(form) {
        return Err(RosterRefusal::UnitStrange(heading.to_owned(), unit));
    }
    let has_facts = headings.facts().next().is_some();
    match (headings.column(Meaning::Programme), headings.column(Meaning::Amount)) {
        (Some(_), None) => Err(RosterRefusal::ColumnMissing("月金额")),
        (None, Some(_)) => Err(RosterRefusal::ColumnMissing("救助项目")),
        (None, None) if !has_facts => Err(RosterRefusal::NothingToImport),
        _ => Ok(headings),
    }
}

/// Words with which a table ends: sums and signatures.
const ENDINGS: [&str; 13] =
    ["合计", "总计", "小计", "共计", "本页", "制表", "填表", "审核", "经办", "负责人", "备注", "说明", "注："];

/// What a row below the headings is.
enum RowKind {
    /// Nothing in any column that matters.
    Empty,
    /// A sum or signatures.
    Ending,
    /// A person.
    Data,
}

fn kind_of(row: &Row, headings: &Headings) -> RowKind {
    let matters = |meaning: Option<Meaning>| meaning.is_some_and(|meaning| meaning != Meaning::Ignored);
    let has_content = headings
        .columns
        .iter()
        .enumerate()
        .any(|(at, (_, meaning))| matters(*meaning) && !row.cell(at).text.is_empty());
    let has_number = headings.column(Meaning::Id).is_some_and(|at| !row.cell(at).text.is_empty());
    let first = row.cells().iter().map(|cell| cell.text.as_str()).find(|text| !text.is_empty()).unwrap_or_default();
    let first: String = first.chars().filter(|c| !c.is_whitespace()).collect();
    let is_ending = !has_number && ENDINGS.iter().any(|ending| first.starts_with(ending));
    match (is_ending, has_content) {
        (true, _) => RowKind::Ending,
        (false, true) => RowKind::Data,
        (false, false) => RowKind::Empty,
    }
}

/// Merged cells among the data: all but the first look empty.
fn check_merged(merged: &[Merged], headings: &Headings, last_data_row: u32, findings: &mut Findings) {
    for range in merged.iter().filter(|range| range.last_row > headings.last_row && range.first_row <= last_data_row) {
        let touches = (range.first_column..=range.last_column).find(|&at| {
            headings.columns.get(at).is_some_and(|(_, meaning)| meaning.is_some_and(|m| m != Meaning::Ignored))
        });
        if let Some(column) = touches {
            let row = range.first_row.max(headings.last_row + 1);
            let what = format!("{range} 是合并单元格，只有第一格有内容；请取消合并，把每一行都填上");
            findings.error(row, headings.text(column), what);
        }
    }
}
