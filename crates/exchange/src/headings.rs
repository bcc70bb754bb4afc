//! Which column means what: headings as bureaus and departments write them, found wherever the table begins.

use law::form::{FactId, OneForm};

use std::ops::ControlFlow;

use crate::heading_units::{strange_unit, strange_unit_of_table};
use crate::heading_words::{FACT_SYNONYMS, SYNONYMS};
use crate::sheets::{Row, Sheet, SheetRefusal};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// 县市区.
    County,
    /// 乡镇街道.
    Township,
    /// 村居.
    Village,
    /// A place written as one, or its code.
    Place,
    /// 户编号.
    HouseholdNumber,
    /// 户主姓名, beside the person's own.
    HeadName,
    /// 户主身份证号.
    HeadId,
    /// 姓名.
    Name,
    /// 身份证号.
    Id,
    /// 手机号.
    Phone,
    /// 住址.
    Address,
    /// 救助项目.
    Programme,
    /// 待遇起始月.
    Since,
    /// 保障人口.
    Counted,
    /// 月金额.
    Amount,
    /// 开户名.
    Holder,
    /// 银行账号.
    Account,
    /// 开户行.
    Bank,
    /// 截止日期 of an extract.
    AsOf,
    /// 序号 and the like: known, and of no use.
    Ignored,
    /// A fact of the one form.
    Fact(FactId),
}

/// A table's headings: the rows they stand in, and what each column means.
#[derive(Clone, Debug)]
pub struct Headings {
    /// The last row of headings; data begins below.
    pub last_row: u32,
    /// Per column: the heading as written, and its meaning.
    pub columns: Vec<(String, Option<Meaning>)>,
    /// The unit of money a title gives for the whole table, when it is not yuan.
    strange_unit_of_table: Option<String>,
}

/// Headings stand within so many rows from the top, below titles and remarks.
pub(crate) const LOOKED_AT: u32 = 30;

impl Headings {
    /// Finds the row of headings: the one in which most columns are known, with name or ID number among them. A second
    /// row of headings below a merged first is joined to it.
    pub(crate) fn find(rows: &[Row], form: &OneForm) -> Option<Headings> {
        let known = |row: &Row| row.cells().iter().filter(|cell| meaning(&cell.text, form).is_some()).count();
        let has_person = |row: &Row| {
            let person = |m| matches!(m, Meaning::Name | Meaning::Id | Meaning::HeadName | Meaning::HeadId);
            row.cells().iter().any(|cell| meaning(&cell.text, form).is_some_and(person))
        };
        let at = (0..rows.len()).filter(|&at| has_person(&rows[at])).rev().max_by_key(|&at| known(&rows[at]))?;
        if known(&rows[at]) < 2 {
            return None;
        }
        let mut headings = Headings::of_row(&rows[at], form);
        let titles = rows[..at].iter().flat_map(Row::cells);
        headings.strange_unit_of_table = titles.filter_map(|cell| strange_unit_of_table(&cell.text)).next();
        if let Some(below) = rows.get(at + 1) {
            headings.join(below, form);
        }
        if let Some(above) = at.checked_sub(1).map(|above| &rows[above]).filter(|above| known(above) >= 2) {
            headings.join_above(above, form);
        }
        headings.resolve_head();
        Some(headings)
    }

    fn of_row(row: &Row, form: &OneForm) -> Headings {
        let columns = row.cells().iter().map(|cell| (cell.text.clone(), meaning(&cell.text, form))).collect();
        Headings { last_row: row.number, columns, strange_unit_of_table: None }
    }

    /// A second row of headings has nothing but headings in columns that are not known yet.
    fn join(&mut self, below: &Row, form: &OneForm) {
        let texts: Vec<(usize, &str)> = below
            .cells()
            .iter()
            .enumerate()
            .map(|(at, cell)| (at, cell.text.as_str()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let is_open = |at: usize| self.columns.get(at).is_none_or(|(_, known)| known.is_none());
        let are_headings = texts.iter().all(|&(at, text)| is_open(at) && meaning(text, form).is_some());
        if texts.is_empty() || !are_headings {
            return;
        }
        self.last_row = below.number;
        for (at, text) in texts {
            if self.columns.len() <= at {
                self.columns.resize(at + 1, (String::new(), None));
            }
            self.columns[at] = (text.to_owned(), meaning(text, form));
        }
    }

    /// The row above may name the columns that the chosen row leaves empty.
    fn join_above(&mut self, above: &Row, form: &OneForm) {
        for (at, cell) in above.cells().iter().enumerate() {
            if self.columns.len() <= at {
                self.columns.resize(at + 1, (String::new(), None));
            }
            if self.columns[at].0.is_empty() {
                self.columns[at] = (cell.text.clone(), meaning(&cell.text, form));
            }
        }
    }

    /// Where only the head is named, the head is the person of the row.
    fn resolve_head(&mut self) {
        for (head, person) in [(Meaning::HeadName, Meaning::Name), (Meaning::HeadId, Meaning::Id)] {
            if self.column(person).is_none()
                && let Some((_, found)) = self.columns.iter_mut().find(|(_, found)| *found == Some(head))
            {
                *found = Some(person);
            }
        }
    }

    /// The first column of that meaning.
    pub fn column(&self, meaning: Meaning) -> Option<usize> {
        self.columns.iter().position(|(_, found)| *found == Some(meaning))
    }

    /// The heading of a column as written.
    pub fn text(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", |(text, _)| text)
    }

    /// Columns that hold facts.
    pub fn facts(&self) -> impl Iterator<Item = (usize, FactId)> + '_ {
        self.columns.iter().enumerate().filter_map(|(at, (_, found))| match found {
            Some(Meaning::Fact(id)) => Some((at, *id)),
            _ => None,
        })
    }

    /// Two columns that say the same: which of them holds is for a person to say.
    pub fn doubled(&self) -> Option<(&str, &str)> {
        let known =
            || self.columns.iter().enumerate().filter(|(_, (_, found))| found.is_some_and(|m| m != Meaning::Ignored));
        known().find_map(|(at, (text, found))| {
            let (_, (earlier, _)) = known().find(|(before, (_, other))| *before < at && other == found)?;
            Some((earlier.as_str(), text.as_str()))
        })
    }

    /// A column of money, or the whole table, in another unit than the form's: the heading, and the unit.
    pub fn strange_unit(&self, form: &OneForm) -> Option<(&str, String)> {
        let known = self.columns.iter().filter_map(|(text, meaning)| Some((text.as_str(), (*meaning)?)));
        let of_column = known.filter_map(|(text, meaning)| Some((text, strange_unit(text, meaning, form)?))).next();
        let amount = self.column(Meaning::Amount).map_or("整张表", |at| self.text(at));
        of_column.or_else(|| Some((amount, self.strange_unit_of_table.clone()?)))
    }

    /// True for a row that repeats the headings, as every printed page of a long table does.
    pub(crate) fn are_repeated_in(&self, row: &Row) -> bool {
        let same = |meaning| self.column(meaning).is_some_and(|at| row.cell(at).text == self.text(at));
        same(Meaning::Name) && same(Meaning::Id)
    }

    /// Headings nobody knows.
    pub fn unmatched(&self) -> Vec<String> {
        self.columns
            .iter()
            .filter(|(text, found)| found.is_none() && !text.is_empty())
            .map(|(text, _)| text.clone())
            .collect()
    }
}

/// What a heading means.
pub(crate) fn meaning(heading: &str, form: &OneForm) -> Option<Meaning> {
    let plain = folded(heading);
    if plain.is_empty() || plain.chars().count() > 20 {
        return None;
    }
    if let Some(id) = form.fact(&plain) {
        return Some(Meaning::Fact(id));
    }
    if let Some((_, ours)) = FACT_SYNONYMS.iter().find(|(theirs, _)| *theirs == plain) {
        return form.fact(ours).map(Meaning::Fact);
    }
    SYNONYMS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(meaning, _)| *meaning)
}

/// A heading without blanks, brackets and what stands in them, stars and colons: `*月金额（元）：` is `月金额`.
pub(crate) fn folded(heading: &str) -> String {
    let mut depth = 0usize;
    let mut plain = String::new();
    for c in heading.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if c.is_whitespace()
                || matches!(c, '*' | '＊' | ':' | '：' | '\u{feff}' | '\u{200b}' | '、' | '/' | '／') => {}
            '\u{ff01}'..='\u{ff5e}' if depth == 0 => plain.extend(char::from_u32(c as u32 - 0xfee0)),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// The headings of a sheet, looked for in its first rows.
pub(crate) fn of_sheet(sheet: &mut Sheet, form: &OneForm) -> Result<Option<Headings>, SheetRefusal> {
    let mut rows: Vec<Row> = Vec::new();
    sheet.read(&mut |row| {
        if row.number > LOOKED_AT {
            return ControlFlow::Break(());
        }
        if !row.is_blank() {
            rows.push(row.clone());
        }
        ControlFlow::Continue(())
    })?;
    Ok(Headings::find(&rows, form))
}
