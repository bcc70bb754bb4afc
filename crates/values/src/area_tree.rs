//! The tree of areas (行政区划): names, children, and who was called what when.
//!
//! In: dated tables of codes. Out: names, paths, and codes for names as people write them. Old codes stay: a case carries
//! the code of its day, and a code that was replaced points to its successor. Not here on purpose: borders and maps.

use std::collections::BTreeMap;

use crate::area_names::{fold, plain, without_prefixes};
use crate::{AreaCode, AreaLevel, Day};

/// Areas by code. Several tables may be read into one tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaTree {
    areas: BTreeMap<AreaCode, Area>,
    /// Codes directly below a code, old ones included. Derived, like the plain names, whenever a table has been read:
    /// a roster asks for a name in every row.
    below: BTreeMap<AreaCode, Vec<AreaCode>>,
}

/// One area of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The twelve digits.
    pub code: AreaCode,
    /// The official name, `新石村村委会`.
    pub name: String,
    /// What the table calls it: 镇, 乡, 街道, 村委会, 居委会, 其他; empty when it says nothing.
    pub kind: String,
    /// A code the statistics office alone uses (高新区 and the like): no county in law.
    pub is_statistical_only: bool,
    /// The county to which the law counts the townships of a statistical-only code; `None` when the table does not know it.
    pub in_law: Option<AreaCode>,
    /// The first day of the code; `None` when the table does not know it.
    pub valid_from: Option<Day>,
    /// The last day of the code; `None` while it is in use.
    pub valid_to: Option<Day>,
    /// The code that took its place, when known.
    pub successor: Option<AreaCode>,
    plain_name: String,
    stem: String,
}

/// What is wrong in a table of areas.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AreaTreeError {
    /// A row whose code, level or day cannot be read.
    #[error("区划表第 {line} 行看不懂：{what}")]
    Unreadable {
        /// Line of the file, from 1.
        line: usize,
        /// Which cell.
        what: &'static str,
    },
    /// A code stands twice with different contents.
    #[error("区划表第 {line} 行的代码 {code} 前面已有，名称不同")]
    Doubled {
        /// Line of the file, from 1.
        line: usize,
        /// The code.
        code: AreaCode,
    },
}

impl AreaTree {
    /// Reads `code,level,name,kind,valid_from,valid_to,successor,in_law` (the last four may be missing).
    ///
    /// # Errors
    /// [`AreaTreeError`] names the line.
    pub fn from_csv(text: &str) -> Result<AreaTree, AreaTreeError> {
        let mut tree = AreaTree::default();
        tree.read_more(text)?;
        Ok(tree)
    }

    /// Reads a further table into the same tree; a row that stands there already, under the same name, adds
    /// what was not known of it and changes nothing.
    ///
    /// # Errors
    /// [`AreaTreeError`] names the line.
    pub fn read_more(&mut self, text: &str) -> Result<(), AreaTreeError> {
        for (at, row) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = at + 1;
            if row.trim().is_empty() || row.starts_with("code,") {
                continue;
            }
            let area = read_row(row).map_err(|what| AreaTreeError::Unreadable { line, what })?;
            match self.areas.get_mut(&area.code) {
                Some(known) if known.name != area.name => {
                    return Err(AreaTreeError::Doubled { line, code: area.code });
                }
                Some(known) => known.learn(area),
                None => drop(self.areas.insert(area.code, area)),
            }
        }
        self.derive();
        Ok(())
    }

    fn derive(&mut self) {
        self.below.clear();
        let mut plain_names = Vec::with_capacity(self.areas.len());
        for code in self.areas.keys() {
            if let Some(parent) = code.parent() {
                self.below.entry(parent).or_default().push(*code);
            }
            let above: Vec<&str> =
                self.chain(code).iter().filter(|a| a.code != *code).map(|a| a.name.as_str()).collect();
            plain_names.push(plain(without_prefixes(&self.areas[code].name, &above)));
        }
        for (area, plain_name) in self.areas.values_mut().zip(plain_names) {
            area.stem = fold(&plain_name);
            area.plain_name = plain_name;
        }
    }

    /// All that is known of a code, old codes included.
    pub fn get(&self, code: &AreaCode) -> Option<&Area> {
        self.areas.get(code)
    }

    /// The official name.
    pub fn name(&self, code: &AreaCode) -> Option<&str> {
        self.get(code).map(|area| area.name.as_str())
    }

    /// The name as people say it: `新石村` for `新石村村委会`, `云源村` for `韶山市杨林乡云源村民委员会`.
    pub fn plain_name(&self, code: &AreaCode) -> Option<&str> {
        self.get(code).map(|area| area.plain_name.as_str())
    }

    /// From the city down: `湘潭市雨湖区长城乡新石村`. A province is its own path; an unknown code is shown as its digits.
    pub fn path(&self, code: &AreaCode) -> String {
        let chain = self.chain(code);
        let has_city = chain.iter().any(|a| a.code.level() == AreaLevel::City && !is_filler(&a.name));
        let named = chain.iter().filter(|a| !is_filler(&a.name)).filter(|a| {
            let leads = a.code.level() == AreaLevel::Province;
            !leads || !has_city
        });
        let path: String = named.map(|a| a.plain_name.as_str()).collect();
        if self.get(code).is_some() && !path.is_empty() { path } else { code.to_string() }
    }

    /// The areas directly below that are in use, by code.
    pub fn children(&self, parent: &AreaCode) -> Vec<&Area> {
        self.directly_below(parent).filter(|a| a.valid_to.is_none()).collect()
    }

    /// The areas directly below on that day.
    pub fn children_on(&self, parent: &AreaCode, day: Day) -> Vec<&Area> {
        self.directly_below(parent).filter(|a| a.was_in_use_on(day)).collect()
    }

    /// All areas of a level in use, by code.
    pub fn of_level(&self, level: AreaLevel) -> Vec<&Area> {
        self.areas.values().filter(|a| a.code.level() == level && a.valid_to.is_none()).collect()
    }

    /// All areas of a level in use within `parent` (itself included), by code.
    pub fn of_level_in(&self, parent: &AreaCode, level: AreaLevel) -> Vec<&Area> {
        self.within(parent).filter(|a| a.code.level() == level && a.valid_to.is_none()).collect()
    }

    /// The code in use today for a code of an older day: itself while in use, else its last known successor.
    pub fn current(&self, code: &AreaCode) -> Option<AreaCode> {
        let mut area = self.get(code)?;
        for _ in 0..self.areas.len() {
            match (area.valid_to, area.successor) {
                (None, _) => return Some(area.code),
                (Some(_), Some(next)) => area = self.get(&next)?,
                (Some(_), None) => return None,
            }
        }
        None
    }

    /// The area within `parent` that people call `name`: `石潭`, `石潭镇`, `长城乡新石村`, `新石村委会`, `新石`.
    ///
    /// Exact names win over forgiving ones, near ones over far ones. Two equally good answers are no answer. A township of a
    /// statistical-only code is found in the county of the law too: 双马街道 is written as 岳塘区's and counted as 高新区's.
    pub fn find(&self, parent: &AreaCode, name: &str) -> Option<AreaCode> {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        if name.is_empty() {
            return None;
        }
        let apart = self.statistical_areas_of(parent);
        let mut children = self.children(parent);
        children.extend(apart.iter().flat_map(|area| self.children(&area.code)));
        only_match(&children, &name)
            .or_else(|| self.along_a_path(&children, &name))
            .or_else(|| self.after_its_own_name(parent, &name))
            .or_else(|| {
                let tops: Vec<AreaCode> = std::iter::once(*parent).chain(apart.iter().map(|area| area.code)).collect();
                let inside = tops.iter().flat_map(|top| self.within(top));
                let all: Vec<&Area> = inside.filter(|a| !tops.contains(&a.code) && a.valid_to.is_none()).collect();
                only_match(&all, &name)
            })
    }

    /// The statistical-only areas whose townships the law counts to `county`.
    fn statistical_areas_of(&self, county: &AreaCode) -> Vec<&Area> {
        let beside = county.parent().map(|above| self.children(&above)).unwrap_or_default();
        beside.into_iter().filter(|area| area.in_law == Some(*county)).collect()
    }

    /// `长城乡新石村`: the first name leads into a child, the rest is looked for there.
    fn along_a_path(&self, children: &[&Area], name: &str) -> Option<AreaCode> {
        children.iter().find_map(|child| {
            let rest = name.strip_prefix(child.name.as_str())?;
            if rest.is_empty() { None } else { self.find(&child.code, rest) }
        })
    }

    /// `湘潭市雨湖区` looked for in 湘潭市 itself.
    fn after_its_own_name(&self, parent: &AreaCode, name: &str) -> Option<AreaCode> {
        let rest = name.strip_prefix(self.name(parent)?).filter(|rest| !rest.is_empty())?;
        self.find(parent, rest)
    }

    fn directly_below(&self, parent: &AreaCode) -> impl Iterator<Item = &Area> {
        self.below.get(parent).into_iter().flatten().map(|code| &self.areas[code])
    }

    /// The area itself and all that encloses it, from the top.
    fn chain(&self, code: &AreaCode) -> Vec<&Area> {
        let mut chain: Vec<&Area> =
            std::iter::successors(Some(*code), AreaCode::parent).filter_map(|c| self.get(&c)).collect();
        chain.reverse();
        chain
    }

    /// All areas within `parent`, itself included, by code.
    fn within(&self, parent: &AreaCode) -> impl Iterator<Item = &Area> {
        let parent = *parent;
        self.areas.range(parent..).map(|(_, area)| area).take_while(move |area| parent.contains(&area.code))
    }
}

impl Area {
    /// True when the code was in use on that day; a bound the table does not know counts as open.
    pub fn was_in_use_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    fn learn(&mut self, more: Area) {
        self.valid_from = self.valid_from.or(more.valid_from);
        self.valid_to = self.valid_to.or(more.valid_to);
        self.successor = self.successor.or(more.successor);
        self.in_law = self.in_law.or(more.in_law);
        self.is_statistical_only |= more.is_statistical_only;
    }
}

/// Rows of the code tables that are no places: they group counties that have no city.
fn is_filler(name: &str) -> bool {
    matches!(name, "市辖区" | "县" | "省直辖县级行政区划" | "自治区直辖县级行政区划")
}

/// The one area of the name as written, else as people say it, else of the same stem.
fn only_match(areas: &[&Area], name: &str) -> Option<AreaCode> {
    let said = plain(name);
    let stem = fold(&said);
    only(areas.iter().filter(|a| a.name == name))
        .or_else(|| only(areas.iter().filter(|a| a.plain_name == said)))
        .or_else(|| only(areas.iter().filter(|a| a.stem == stem)))
}

fn only<'a>(mut matches: impl Iterator<Item = &'a &'a Area>) -> Option<AreaCode> {
    let first = matches.next()?;
    if matches.next().is_some() { None } else { Some(first.code) }
}

fn read_row(row: &str) -> Result<Area, &'static str> {
    let cells: Vec<&str> = row.trim_end().split(',').map(str::trim).collect();
    let [code, level, name, kind, dates @ ..] = cells.as_slice() else { return Err("列数不够") };
    let code: AreaCode = code.parse().map_err(|_| "代码")?;
    if level_named(level) != Some(code.level()) {
        return Err("级别与代码不符");
    }
    if name.is_empty() {
        return Err("名称是空的");
    }
    let cell = |at: usize| dates.get(at).copied().filter(|text| !text.is_empty());
    Ok(Area {
        code,
        name: (*name).to_owned(),
        kind: (*kind).to_owned(),
        is_statistical_only: *kind == "statistical-only",
        valid_from: cell(0).map(Day::parse).transpose().map_err(|_| "起用日期")?,
        valid_to: cell(1).map(Day::parse).transpose().map_err(|_| "停用日期")?,
        successor: cell(2).map(str::parse).transpose().map_err(|_| "接替代码")?,
        in_law: cell(3).map(str::parse).transpose().map_err(|_| "法定县区代码")?,
        plain_name: String::new(),
        stem: String::new(),
    })
}

fn level_named(name: &str) -> Option<AreaLevel> {
    match name {
        "nation" => Some(AreaLevel::Nation),
        "province" => Some(AreaLevel::Province),
        "city" => Some(AreaLevel::City),
        "county" => Some(AreaLevel::County),
        "township" => Some(AreaLevel::Township),
        "village" => Some(AreaLevel::Village),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
