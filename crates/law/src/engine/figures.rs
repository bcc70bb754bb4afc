//! Dated figures of all books together, by area and month.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};
use values::{AreaCode, Day, Month};

use super::kinds::Kind;
use super::program::V;
use crate::book::{FigureRow, not_a_value};
use crate::diagnostic::Diagnostic;
use crate::language::lex::read_figure;
use crate::page::{Page, file_name};
use crate::reform::FigureChange;

/// A figure with all its rows.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) name: SmolStr,
    pub(crate) kind: Kind,
    rows: Vec<Dated>,
}

/// A row, its value, and what an explanation says of it.
#[derive(Clone, Debug)]
pub(crate) struct Dated {
    pub(crate) row: FigureRow,
    pub(crate) value: V,
    /// 依据 and 示例: `（依据：…）（示例：…）`.
    pub(crate) cite: SmolStr,
    /// `湘潭市 自 2021-07 起`.
    pub(crate) source: SmolStr,
    /// `dibao.md:45`.
    pub(crate) stands_in: SmolStr,
    /// As the book writes it.
    pub(crate) written: SmolStr,
}

impl Dated {
    fn new(row: FigureRow, value: V) -> Dated {
        let remark =
            |what: &str, text: &str| if text.is_empty() { String::new() } else { format!("（{what}：{text}）") };
        Dated {
            value,
            cite: (remark("依据", &row.cite) + &remark("示例", &row.example)).into(),
            source: format_smolstr!("{} 自 {} 起", row.area.short(), row.start),
            stands_in: format_smolstr!("{}:{}", file_name(&row.path), row.at.line),
            written: row.written.as_str().into(),
            row,
        }
    }
}

/// All figures of a library.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    list: Vec<Figure>,
    by_name: BTreeMap<String, u16>,
}

impl Figures {
    /// The areas that some row is for; an area may come twice.
    pub(crate) fn areas(&self) -> impl Iterator<Item = AreaCode> + '_ {
        self.list.iter().flat_map(|figure| figure.rows().map(|row| row.area))
    }

    /// Adds a book's rows; rows of one figure must be of one kind. `longer` are the areas and last days of the books that
    /// take this one over (沿用): whoever checked them has checked these figures too.
    pub(crate) fn add(
        &mut self,
        page: &Page<'_>,
        rows: &[FigureRow],
        longer: &[(AreaCode, Day)],
        findings: &mut Vec<Diagnostic>,
    ) {
        for row in rows {
            let mut row = row.clone();
            row.checked_longer.extend_from_slice(longer);
            let row = &row;
            let (kind, value) = Kind::of_figure(&row.value);
            let Some(&at) = self.by_name.get(&row.name) else {
                self.by_name.insert(row.name.clone(), self.list.len() as u16);
                let rows = vec![Dated::new(row.clone(), value)];
                self.list.push(Figure { name: row.name.as_str().into(), kind, rows });
                continue;
            };
            let figure = &mut self.list[usize::from(at)];
            match figure.kind.alike(kind) {
                Some(alike) => figure.kind = alike,
                None => {
                    let message = format!("参数“{}”别处是{}，这里是{}", row.name, figure.kind.name(), kind.name());
                    findings.push(Diagnostic::error(page, row.at, message));
                }
            }
            let twin = |other: &FigureRow| (other.area, other.start) == (row.area, row.start) && other.path != row.path;
            if let Some(other) = figure.rows().find(|other| twin(other)) {
                let message = format!("参数“{}”同一地区、同一时间在 {} 也写了", row.name, other.path);
                findings.push(Diagnostic::error(page, row.at, message));
            }
            figure.rows.push(Dated::new(row.clone(), value));
        }
    }

    /// Sets a figure to another value from a month on: see [`Library::with_figures`](crate::Library::with_figures).
    ///
    /// # Errors
    /// In Chinese: no such figure, no such value, another kind.
    pub(crate) fn replace(&mut self, change: &FigureChange) -> Result<(), String> {
        let name = &change.name;
        let at = *self.by_name.get(name).ok_or_else(|| format!("没有参数“{name}”"))?;
        let token = read_figure(&change.value).ok_or_else(|| not_a_value(&change.value))?;
        let (kind, value) = Kind::of_figure(&token);
        let figure = &mut self.list[usize::from(at)];
        let alike = figure.kind.alike(kind).filter(|alike| *alike == figure.kind);
        if alike.is_none() {
            return Err(format!("参数“{name}”别处是{}，这里是{}", figure.kind.name(), kind.name()));
        }
        let areas: BTreeSet<AreaCode> = match change.area {
            Some(area) => [area].into(),
            None => figure.rows().map(|row| row.area).collect(),
        };
        for area in areas {
            // whoever checked the row that stood here has checked until then that there is such a figure
            let before = figure.rows().filter(|row| row.area.contains(&area) && row.start <= change.start);
            let before = before.max_by_key(|row| (row.area.level(), row.start));
            let after = || figure.rows().filter(|row| row.area == area).min_by_key(|row| row.start);
            let Some(stood) = before.or_else(after) else {
                return Err(format!("参数“{name}”没有管 {} 的行", area.short()));
            };
            let row = FigureRow {
                area,
                start: change.start,
                value: token.clone(),
                written: change.value.clone(),
                cite: String::new(),
                example: "方案里的数，不是规定".to_owned(),
                ..stood.clone()
            };
            let latest = figure.rows().filter(|row| row.area == area).map(|row| row.checked_until).max();
            let row = FigureRow { checked_until: latest.unwrap_or(row.checked_until).max(row.checked_until), ..row };
            figure.rows.retain(|one| one.row.area != area || one.row.start < change.start);
            figure.rows.push(Dated::new(row, value));
        }
        Ok(())
    }

    pub(crate) fn find(&self, name: &str) -> Option<(u16, Kind)> {
        self.by_name.get(name).map(|&at| (at, self.list[usize::from(at)].kind))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|figure| figure.name.as_str())
    }

    /// Names of figures of which some row has no source (示例).
    pub(crate) fn examples(&self) -> Vec<String> {
        let unsourced = |figure: &&Figure| figure.rows().any(|row| !row.example.is_empty());
        self.list.iter().filter(unsourced).map(|figure| figure.name.to_string()).collect()
    }

    /// Every row of every figure, in the order of the books.
    pub(crate) fn all_rows(&self) -> impl Iterator<Item = &FigureRow> {
        self.list.iter().flat_map(Figure::rows)
    }

    pub(crate) fn get(&self, at: u16) -> &Figure {
        &self.list[usize::from(at)]
    }

    /// The values of all figures for an area and month.
    pub(crate) fn values(&self, area: &AreaCode, month: Month, into: &mut Vec<V>) {
        into.clear();
        into.extend(self.list.iter().map(|figure| figure.row(area, month).map_or(V::Unknown, |one| one.value)));
    }
}

impl Figure {
    /// All its rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &FigureRow> {
        self.rows.iter().map(|one| &one.row)
    }

    /// The row in force: of the nearest enclosing area, the latest start; none beyond 核对至.
    pub(crate) fn row(&self, area: &AreaCode, month: Month) -> Option<&Dated> {
        let in_force = self.rows.iter().filter(|one| one.row.start <= month && one.row.area.contains(area));
        let found = in_force.max_by_key(|one| (one.row.area.level(), one.row.start))?;
        let row = &found.row;
        let longer = row.checked_longer.iter().filter(|(within, _)| within.contains(area)).map(|(_, until)| *until);
        let checked_until = longer.max().unwrap_or(row.checked_until).max(row.checked_until);
        (month.first_day() <= checked_until).then_some(found)
    }
}
