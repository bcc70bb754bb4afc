//! Reads 书目 and gathers the other parts of a book.

use std::collections::BTreeMap;

use values::{AreaCode, Day};

use super::{CaseText, FigureRow, ProgrammeUnit, cases, figures, services};
use crate::benefit::ServiceItem;
use crate::diagnostic::{Diagnostic, nearest};
use crate::language::parse;
use crate::language::syntax::Item;
use crate::page::{Cell, Page, Place};
use crate::tables;

/// A book of one programme as it is written; what it takes over (沿用) is not in it: see [`super::Full`].
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) path: String,
    /// 编号: `dibao`.
    pub(crate) id: String,
    /// The first heading.
    pub(crate) title: String,
    /// 沿用: the day on which the book taken over starts, and where that is written.
    pub(crate) takes_over: Option<(Day, Place)>,
    /// Where 书目 stands, and each of its values.
    pub(crate) head_at: Place,
    pub(crate) value_at: BTreeMap<String, Place>,
    pub(crate) unit: Option<ProgrammeUnit>,
    /// 待遇.
    pub(crate) benefit: Option<Benefit>,
    pub(crate) area: AreaCode,
    /// 起.
    pub(crate) from: Day,
    /// 核对至: the last day somebody checked it for.
    pub(crate) checked_until: Day,
    /// 发放起 次月 (else 当月): the first month paid is the one after the decision.
    pub(crate) pays_from_next_month: Option<bool>,
    /// 公示 不得公示.
    pub(crate) publication_forbidden: Option<bool>,
    /// Short names of the texts cited, with the full names.
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) items: Vec<Item>,
    pub(crate) figures: Vec<FigureRow>,
    /// Names of figures that could not be read.
    pub(crate) unreadable_figures: Vec<String>,
    /// 给付; none when the book has no such table.
    pub(crate) services: Option<Vec<ServiceItem>>,
    pub(crate) cases: Vec<CaseText>,
}

/// 待遇 as a 书目 says it; for what span of time money is, its 金额 says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Benefit {
    /// 现金.
    Money,
    /// 身份认定.
    Recognition,
    /// 服务.
    Services,
}

/// The head of a book: what its 书目 says.
struct Head {
    keys: BTreeMap<String, (String, Place)>,
    at: Place,
}

impl Book {
    /// Reads a page as a book; none when its 书目 cannot be used.
    pub(crate) fn read(page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<Book> {
        tables::check(page, &tables::OF_BOOKS, findings);
        let head = Head::read(page, findings)?;
        let id = head.id(page, findings)?;
        let takes_over = head.takes_over(page, findings);
        let unit = head.unit(page, findings);
        let area = head.area(page, findings);
        let from = head.day(page, "起", findings);
        let checked_until = head.day(page, "核对至", findings);
        let pays_from_next_month = head.pays_from_next_month(page, findings);
        let benefit = head.benefit(page, findings);
        let publication_forbidden = head.publication_forbidden(page, findings);
        head.strange_keys(page, findings);
        let (area, from, checked_until) = (area?, from?, checked_until?);
        if checked_until < from {
            head.wrong(page, "核对至", format!("核对至 {checked_until} 早于起 {from}"), findings);
        }
        let items = read_items(page, findings);
        let (figures, unreadable_figures) = figures::read(page, checked_until, findings);
        Some(Book {
            path: page.path.to_owned(),
            title: page.title().unwrap_or(&id).to_owned(),
            id,
            takes_over: takes_over?,
            head_at: head.at,
            value_at: head.keys.iter().map(|(key, (_, at))| (key.clone(), *at)).collect(),
            unit: unit?,
            benefit,
            area,
            from,
            checked_until,
            pays_from_next_month,
            publication_forbidden,
            texts: head.texts(),
            items,
            figures,
            unreadable_figures,
            services: services::read(page, findings),
            cases: cases::read(page, findings),
        })
    }
}

impl Book {
    /// Where a row of 书目 has its value; where 书目 stands when it has no such row.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.value_at.get(key).copied().unwrap_or(self.head_at)
    }
}

/// A book may have so many items over all its blocks.
const MAX_ITEMS: usize = 2_000;

fn read_items(page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Item> {
    let mut items = Vec::new();
    for block in page.blocks("law") {
        items.extend(parse::read_block(page, block, findings));
        if items.len() > MAX_ITEMS {
            findings.push(Diagnostic::error(page, block.at, format!("一本书最多 {MAX_ITEMS} 条")));
            items.truncate(MAX_ITEMS);
            break;
        }
    }
    items
}

/// 书目 has at most so many rows.
const MAX_KEYS: usize = 100;

/// What a 书目 says of the book itself; every other row names a text that is cited.
pub(crate) const OWN_KEYS: [&str; 10] =
    ["编号", "单位", "地区", "起", "核对至", "沿用", "待遇", "接续", "发放起", "公示"];

/// What every 书目 must say; 单位 may be inherited.
const REQUIRED_KEYS: [&str; 5] = ["编号", "单位", "地区", "起", "核对至"];

impl Head {
    fn read(page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<Head> {
        let Some(table) = page.tables("书目").next() else {
            let at = Place { line: 1, column: 1 };
            let hint = "书的开头要有：| 书目 | |，写明 编号、单位、地区、起、核对至";
            findings.push(Diagnostic::error(page, at, "没有书目").with_hint(hint));
            return None;
        };
        let mut keys = BTreeMap::new();
        if table.rows.len() > MAX_KEYS {
            findings.push(wrong(page, &table.header[0], format!("书目最多 {MAX_KEYS} 行")));
            return None;
        }
        for row in &table.rows {
            let (Some(key), Some(value)) = (row.first(), row.get(1)) else { continue };
            if keys.insert(key.text.to_owned(), (value.text.to_owned(), value.at)).is_some() {
                findings.push(Diagnostic::error(page, key.at, format!("书目里“{}”写了两次", key.text)));
            }
        }
        Some(Head { keys, at: table.header[0].at })
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.keys.get(key).map(|(text, _)| text.as_str())
    }

    fn required(&self, page: &Page<'_>, key: &str, findings: &mut Vec<Diagnostic>) -> Option<&str> {
        let found = self.text(key).filter(|text| !text.is_empty());
        if found.is_none() {
            let mut finding = Diagnostic::error(page, self.at, format!("书目里没有写“{key}”"));
            let strange = self.keys.keys().map(String::as_str).filter(|key| !OWN_KEYS.contains(key));
            finding.hint = nearest(key, strange).map(|near| format!("“{near}”是不是“{key}”？"));
            findings.push(finding);
        }
        found
    }

    fn wrong(&self, page: &Page<'_>, key: &str, message: String, findings: &mut Vec<Diagnostic>) {
        let at = self.keys.get(key).map_or(self.at, |(_, at)| *at);
        findings.push(Diagnostic::error(page, at, message));
    }

    /// 编号: small letters, digits and `-`, for it stands in addresses and files.
    fn id(&self, page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<String> {
        let id = self.required(page, "编号", findings)?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.len() <= 40 && id.chars().all(fits) {
            return Some(id.to_owned());
        }
        let message = "编号用小写字母、数字和“-”，最多 40 个，例如 dibao、old-age".to_owned();
        self.wrong(page, "编号", message, findings);
        None
    }

    /// A row that reads as if it were about the book itself, under a name that means nothing: a slip of the pen.
    fn strange_keys(&self, page: &Page<'_>, findings: &mut Vec<Diagnostic>) {
        let own_values = ["家庭", "人", "现金", "身份认定", "服务", "次月", "申请当月", "不得公示"];
        for (key, (value, at)) in self.keys.iter().filter(|(key, _)| !OWN_KEYS.contains(&key.as_str())) {
            if own_values.contains(&value.as_str()) || Day::parse(value).is_ok() {
                let near = nearest(key, OWN_KEYS.into_iter());
                if near.is_some_and(|near| REQUIRED_KEYS.contains(&near) && self.text(near).is_none()) {
                    continue; // told where the right one was missed
                }
                let hint = near.map(|near| format!("是不是“{near}”？"));
                let hint = hint.unwrap_or_else(|| format!("这本书自己的事有：{}", OWN_KEYS.join("、")));
                findings.push(Diagnostic::error(page, *at, format!("书目里“{key}”不认识")).with_hint(hint));
            }
        }
    }

    /// None when it is written wrongly; none within when it is inherited.
    fn unit(&self, page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<Option<ProgrammeUnit>> {
        if self.text("沿用").is_some() && self.text("单位").is_none() {
            return Some(None);
        }
        match self.required(page, "单位", findings)? {
            "家庭" => Some(Some(ProgrammeUnit::Household)),
            "人" => Some(Some(ProgrammeUnit::Person)),
            other => {
                self.wrong(page, "单位", format!("单位应是“家庭”或“人”，写的是“{other}”"), findings);
                None
            }
        }
    }

    /// None when it is written wrongly; none within when the book stands on its own.
    fn takes_over(&self, page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<Option<(Day, Place)>> {
        let Some((text, at)) = self.keys.get("沿用") else { return Some(None) };
        if let Ok(day) = Day::parse(text) {
            return Some(Some((day, *at)));
        }
        let message = format!("“沿用”要写那一本书“起”的日子，例如 2021-07-01，写的是“{text}”");
        self.wrong(page, "沿用", message, findings);
        None
    }

    fn benefit(&self, page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<Benefit> {
        match self.text("待遇")? {
            "现金" => Some(Benefit::Money),
            "身份认定" => Some(Benefit::Recognition),
            "服务" => Some(Benefit::Services),
            other => {
                let message = format!("待遇应是“现金”“身份认定”或“服务”，写的是“{other}”");
                self.wrong(page, "待遇", message, findings);
                None
            }
        }
    }

    fn publication_forbidden(&self, page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<bool> {
        match self.text("公示")? {
            "不得公示" => Some(true),
            "公示" | "" => Some(false),
            other => {
                let message = format!("公示应是“公示”或“不得公示”，写的是“{other}”");
                self.wrong(page, "公示", message, findings);
                None
            }
        }
    }

    fn area(&self, page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<AreaCode> {
        let text = self.required(page, "地区", findings)?;
        let area = area_of(text);
        if area.is_none() {
            self.wrong(page, "地区", format!("地区应先写区划代码，例如 430300 湘潭市；写的是“{text}”"), findings);
        }
        area
    }

    fn day(&self, page: &Page<'_>, key: &str, findings: &mut Vec<Diagnostic>) -> Option<Day> {
        match Day::parse(self.required(page, key, findings)?) {
            Ok(day) => Some(day),
            Err(error) => {
                self.wrong(page, key, error.to_string(), findings);
                None
            }
        }
    }

    fn pays_from_next_month(&self, page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<bool> {
        match self.text("发放起")? {
            "申请当月" => Some(false),
            "次月" => Some(true),
            other => {
                self.wrong(page, "发放起", format!("发放起应是“次月”或“申请当月”，写的是“{other}”"), findings);
                None
            }
        }
    }

    fn texts(&self) -> BTreeMap<String, String> {
        let cited = self.keys.iter().filter(|(key, _)| !OWN_KEYS.contains(&key.as_str()));
        cited.map(|(key, (text, _))| (key.clone(), text.clone())).collect()
    }
}

/// `430300 湘潭市` or `430300`.
pub(super) fn area_of(text: &str) -> Option<AreaCode> {
    text.split_whitespace().next()?.parse().ok()
}

/// A finding at a cell.
pub(super) fn wrong(page: &Page<'_>, cell: &Cell<'_>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(page, cell.at, message)
}
