//! What other departments hand over (部门数据): deaths, vehicles, pensions, wages, cards, school rolls.
//!
//! In: a table with 姓名, 身份证号 and facts of the one form, the department, the kind of data, the day it is from. Out: one
//! record for every person, with source and day on every fact. A row that cannot be read is left out and told: the bureau
//! cannot correct another's data, and one bad row must not keep the others from being seen. Not here on purpose: what
//! follows from a record; it is a lead and never a decision.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use law::form::{Belongs, Fact, FactId, FactRow, Facts, OneForm, SourceId, Value};
use store::verify::DepartmentRecord;
use values::{AreaCode, Day, Fen, IdNumber, PersonName};

use crate::cells;
use crate::digest::of_file;
use crate::fact_cells::{self, Written};
use crate::findings::Findings;
use crate::headings::{self, Headings, Meaning};
use crate::sheets::{Row, Sheet, SheetRefusal};

/// What reading an extract stands on.
#[derive(Clone, Copy)]
pub struct ExtractContext<'a> {
    /// 一张表.
    pub form: &'a OneForm,
    /// The department, a source of the form: 公安.
    pub source: &'a str,
    /// What kind of data: 机动车.
    pub kind: &'a str,
    /// The day it is from, for rows that do not say.
    pub as_of: Day,
}

/// An extract that was read.
#[derive(Debug)]
pub struct ExtractRead {
    /// One for every person, in the order of the file.
    pub records: Vec<DepartmentRecord>,
    /// Rows that were left out, and what to look at.
    pub findings: Findings,
    /// Headings nobody knows; their columns are not imported.
    pub unmatched: Vec<String>,
    /// Rows of data.
    pub rows: usize,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
}

/// Why an extract is refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtractRefusal {
    /// The file.
    #[error(transparent)]
    Sheet(#[from] SheetRefusal),
    /// No row looks like headings.
    #[error("找不到表头；表头里至少要有“姓名”和“身份证号”两列，请核对")]
    NoHeadings,
    /// A column without which no row can be read.
    #[error("缺少“{0}”这一列；请补上这一列，或把表头改成这个名称")]
    ColumnMissing(&'static str),
    /// Two columns of one meaning.
    #[error("“{0}”和“{1}”两列说的是同一件事，不知道以哪一列为准；请删掉一列或改表头")]
    ColumnDoubled(String, String),
    /// Money in another unit than the form's.
    #[error("“{0}”的单位是“{1}”，系统不自动换算；请部门换算成元（按月的写每月多少元）后重新提供")]
    UnitStrange(String, String),
    /// No column of facts.
    #[error("除了姓名和身份证号，没有一列是一张表里的事实；看到的是：{0}")]
    NoFacts(String),
    /// A department that the form does not know.
    #[error("一张表的来源里没有“{0}”；请用 --source 写明：公安、民政、卫健、人社、税务、残联、教育、市场监管等")]
    SourceUnknown(String),
}

/// Kind and department in the name of a file as bureaus keep them: `13-机动车-公安.csv` is 机动车 of 公安.
pub fn kind_and_source_of_name<'n>(path: &'n Path, form: &OneForm) -> Option<(&'n str, &'n str)> {
    let parts: Vec<&str> = path.file_stem()?.to_str()?.split(['-', '_', '－', ' ']).collect();
    let at = parts.iter().position(|part| form.source(part).is_some())?;
    let is_word = |part: &&&str| !part.is_empty() && !part.chars().all(|c| c.is_ascii_digit());
    let kind = parts[..at].iter().rev().find(is_word).or_else(|| parts[at + 1..].iter().find(is_word))?;
    Some((kind, parts[at]))
}

/// Reads an extract. Nothing is imported by this.
///
/// # Errors
/// [`ExtractRefusal`] for the file as a whole; rows that were left out stand in the findings.
pub fn read(path: &Path, context: &ExtractContext<'_>) -> Result<ExtractRead, ExtractRefusal> {
    let source = context.form.source(context.source);
    let source = source.ok_or_else(|| ExtractRefusal::SourceUnknown(context.source.to_owned()))?;
    let mut sheet = Sheet::open(path, None)?;
    let headings = find_headings(&mut sheet, context.form)?;
    let counts_from_1904 = sheet.counts_from_1904;
    let mut extract = Extract {
        context,
        source,
        counts_from_1904,
        day_column: headings.columns.iter().position(|(text, _)| is_day_of_fact(text)),
        headings: &headings,
        findings: Findings::default(),
        known: HashMap::new(),
        people: Vec::new(),
        rows: 0,
    };
    sheet.read(&mut |row| {
        if row.number > headings.last_row && !row.is_blank() && !headings.are_repeated_in(row) {
            extract.take(row);
        }
        ControlFlow::Continue(())
    })?;
    let Extract { mut findings, people, rows, .. } = extract;
    findings.sort();
    let records = people.into_iter().map(|person| person.record(context)).collect();
    Ok(ExtractRead { records, findings, unmatched: headings.unmatched(), rows, digest: of_file(path)? })
}

/// Writes `<name>-错误.xlsx` beside the file: every row that was left out, with the reason. Says where.
///
/// # Errors
/// [`ExtractRefusal`] when the file cannot be read again or the folder cannot be written.
pub fn write_errors(path: &Path, form: &OneForm, findings: &Findings) -> Result<PathBuf, ExtractRefusal> {
    let mut sheet = Sheet::open(path, None)?;
    let headings = find_headings(&mut sheet, form)?;
    Ok(crate::error_book::write(path, &mut sheet, &headings, findings)?)
}

fn find_headings(sheet: &mut Sheet, form: &OneForm) -> Result<Headings, ExtractRefusal> {
    let headings = headings::of_sheet(sheet, form)?.ok_or(ExtractRefusal::NoHeadings)?;
    for (meaning, name) in [(Meaning::Name, "姓名"), (Meaning::Id, "身份证号")] {
        headings.column(meaning).ok_or(ExtractRefusal::ColumnMissing(name))?;
    }
    if let Some((one, other)) = headings.doubled() {
        return Err(ExtractRefusal::ColumnDoubled(one.to_owned(), other.to_owned()));
    }
    if let Some((heading, unit)) = headings.strange_unit(form) {
        return Err(ExtractRefusal::UnitStrange(heading.to_owned(), unit));
    }
    if headings.facts().next().is_none() {
        return Err(ExtractRefusal::NoFacts(headings.unmatched().join("、")));
    }
    Ok(headings)
}

/// Columns that say since when a fact holds: the day of death, of a card, of a registration.
fn is_day_of_fact(heading: &str) -> bool {
    let plain = headings::folded(heading);
    ["死亡日期", "死亡时间", "发证日期", "登记日期", "注册日期", "成立日期", "入学日期"].contains(&plain.as_str())
}

struct Extract<'a> {
    context: &'a ExtractContext<'a>,
    source: SourceId,
    counts_from_1904: bool,
    day_column: Option<usize>,
    headings: &'a Headings,
    findings: Findings,
    /// Where each person stands in `people`.
    known: HashMap<IdNumber, usize>,
    people: Vec<Person>,
    rows: usize,
}

struct Person {
    id: IdNumber,
    name: PersonName,
    as_of: Day,
    of_person: FactRow,
    of_household: FactRow,
}

impl Extract<'_> {
    fn take(&mut self, row: &Row) {
        self.rows += 1;
        let errors_before = self.findings.error_count;
        let id = self.read(row, self.headings.column(Meaning::Id), |cell| {
            let text = cells::identifier(cell)?.unwrap_or_default();
            IdNumber::parse(text).map_err(|error| error.to_string())
        });
        let name = self.read(row, self.headings.column(Meaning::Name), |cell| {
            PersonName::parse(cells::text(cell)?.unwrap_or_default()).map_err(|error| error.to_string())
        });
        let as_of = self.day(row, self.headings.column(Meaning::AsOf)).unwrap_or(self.context.as_of);
        let on = self.day(row, self.day_column).unwrap_or(as_of);
        let (mut of_person, mut of_household) = (FactRow::default(), FactRow::default());
        let written = Written { source: self.source, on: Some(on), counts_from_1904: self.counts_from_1904 };
        for (column, fact) in self.headings.facts() {
            let into = match self.context.form.declaration(fact).belongs {
                Belongs::Person => &mut of_person,
                Belongs::Household => &mut of_household,
            };
            if let Err(what) = fact_cells::note(into, self.context.form, fact, row.cell(column), written) {
                self.findings.error(row.number, self.headings.text(column), what);
            }
        }
        let (Some(id), Some(name)) = (id, name) else { return };
        if self.findings.error_count > errors_before {
            return;
        }
        for warning in &id.warnings {
            self.findings.warn(row.number, &warning.to_string());
        }
        self.add(row.number, Person { id: id.value, name, as_of, of_person, of_household });
    }

    fn read<T>(
        &mut self,
        row: &Row,
        column: Option<usize>,
        read: impl FnOnce(&crate::sheets::Cell) -> Result<T, String>,
    ) -> Option<T> {
        let column = column?;
        read(row.cell(column)).map_err(|what| self.findings.error(row.number, self.headings.text(column), what)).ok()
    }

    fn day(&mut self, row: &Row, column: Option<usize>) -> Option<Day> {
        let counts_from_1904 = self.counts_from_1904;
        self.read(row, column, |cell| match cells::date(cell, counts_from_1904)? {
            Some(text) => Day::parse(&text).map(Some).map_err(|error| error.to_string()),
            None => Ok(None),
        })?
    }

    /// A person may stand in several rows: two pensions, three cars.
    fn add(&mut self, row: u32, person: Person) {
        match self.known.entry(person.id) {
            Entry::Vacant(free) => {
                free.insert(self.people.len());
                self.people.push(person);
            }
            Entry::Occupied(at) => {
                let before = &mut self.people[*at.get()];
                if before.name.key() != person.name.key() {
                    self.findings.error(row, "", "身份证号与前面一行相同，姓名却不同；请部门核对");
                    return;
                }
                before.as_of = before.as_of.max(person.as_of);
                let rows =
                    [(&mut before.of_person, &person.of_person), (&mut before.of_household, &person.of_household)];
                for (into, from) in rows {
                    for (id, fact) in from.iter() {
                        let joined = into.get(id).map_or(Some(fact), |known| joined(known, fact));
                        match joined.filter(|fact| holds(self.context.form, id, fact)) {
                            Some(fact) => into.set(id, fact),
                            None => {
                                let name = &self.context.form.declaration(id).name;
                                self.findings.error(row, name, "同一个人前后两行写的不一样；请部门核对");
                            }
                        }
                    }
                }
                self.findings.warn(row, "同一个人有几行：金额相加，有一行为“是”就算“是”");
            }
        }
    }
}

/// Two rows of one person as one fact: money adds up, one yes is a yes; of anything else only the same is the same.
fn joined(known: Fact, other: Fact) -> Option<Fact> {
    let sum = |a: Fen, b: Fen| a.checked_add(b);
    let value = match (known.value, other.value) {
        (Value::MoneyPerMonth(a), Value::MoneyPerMonth(b)) => Value::MoneyPerMonth(sum(a, b)?),
        (Value::MoneyPerYear(a), Value::MoneyPerYear(b)) => Value::MoneyPerYear(sum(a, b)?),
        (Value::Money(a), Value::Money(b)) => Value::Money(sum(a, b)?),
        (Value::Count(a), Value::Count(b)) => Value::Count(a.checked_add(b)?),
        (Value::YesNo(a), Value::YesNo(b)) => Value::YesNo(a || b),
        (a, b) if a == b => a,
        _ => return None,
    };
    Some(Fact { value, on: known.on.max(other.on), ..known })
}

/// True when a sum is one that the form would read.
fn holds(form: &OneForm, id: FactId, fact: &Fact) -> bool {
    form.parse_value(id, &form.show_value(id, &fact.value)).is_ok()
}

impl Person {
    fn record(self, context: &ExtractContext<'_>) -> DepartmentRecord {
        let facts = Facts { area: AreaCode::NATION, household: self.of_household, members: vec![self.of_person] };
        DepartmentRecord {
            id_number: self.id.as_str().to_owned(),
            source: context.source.to_owned(),
            kind: context.kind.to_owned(),
            as_of: self.as_of.to_string(),
            name_key: self.name.key(),
            facts: flat(context.form.facts_to_json(&facts)).to_string(),
        }
    }
}

/// Household and person side by side: a department speaks of one person.
fn flat(mut facts: serde_json::Value) -> serde_json::Value {
    let mut all = serde_json::Map::new();
    for part in [facts["家庭"].take(), facts["成员"][0].take()] {
        if let serde_json::Value::Object(part) = part {
            all.extend(part);
        }
    }
    serde_json::Value::Object(all)
}
