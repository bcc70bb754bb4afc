//! 沿用: a book takes over another one, and then says what it replaces (改), drops (删) and adds.
//!
//! In: all books as written. Out: every book in full, its items with the page they really stand on, in the order of the
//! book taken over. Bases come before the books that take them over; circles and missing bases are findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{Benefit, Book, ProgrammeUnit, steps};
use crate::benefit::ServiceItem;
use crate::diagnostic::{Diagnostic, nearest};
use crate::language::syntax::{Change, Item, ItemKind};
use crate::page::Page;
use crate::procedure::Procedure;

/// A book in full: its own parts and those it takes over.
#[derive(Clone, Debug)]
pub(crate) struct Full<'b> {
    pub(crate) page: &'b Page<'b>,
    pub(crate) book: &'b Book,
    pub(crate) unit: ProgrammeUnit,
    pub(crate) benefit: Benefit,
    pub(crate) pays_from_next_month: bool,
    pub(crate) publication_forbidden: bool,
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) items: Vec<Placed<'b>>,
    pub(crate) services: Vec<ServiceItem>,
    pub(crate) procedure: Option<Procedure>,
    /// None for a book that stands on its own.
    pub(crate) changes: Option<Changes>,
    /// The books it takes over, the nearest first: places among all books.
    pub(crate) bases: Vec<usize>,
}

/// An item with the page it stands on.
#[derive(Clone, Debug)]
pub(crate) struct Placed<'b> {
    pub(crate) page: &'b Page<'b>,
    pub(crate) path: Arc<str>,
    pub(crate) item: &'b Item,
}

/// What a book does to the one it takes over, for `policy check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Path of the book taken over.
    pub base: String,
    /// 改, as `条件 收入低于标准`.
    pub replaced: Vec<String>,
    /// New items.
    pub added: Vec<String>,
    /// 删.
    pub dropped: Vec<String>,
}

/// A chain of books taking over one another has at most so many links.
const MAX_CHAIN: usize = 30;

/// Every book in full, in the order given; those that cannot be completed are left out, with findings.
pub(crate) fn layered<'b>(books: &'b [(&'b Page<'b>, Book)], findings: &mut Vec<Diagnostic>) -> Vec<Full<'b>> {
    let twins = twins(books, findings);
    let bases: Vec<Result<Option<usize>, ()>> = (0..books.len()).map(|at| base_of(books, at, findings)).collect();
    let mut done: Vec<Option<Full<'b>>> = vec![None; books.len()];
    for start in 0..books.len() {
        for at in chain(books, &bases, start, findings).into_iter().rev() {
            if done[at].is_none() && !twins.contains(&at) {
                let base = bases[at].ok().flatten();
                done[at] = complete(books, at, base.map(|base| (base, done[base].as_ref())), findings);
            }
        }
    }
    done.into_iter().flatten().collect()
}

/// Books of one 编号, area and start as an earlier one: nobody could say which one is in force.
fn twins(books: &[(&Page<'_>, Book)], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
    let mut seen: BTreeMap<_, &str> = BTreeMap::new();
    let mut twins = Vec::new();
    for (at, (page, book)) in books.iter().enumerate() {
        if let Some(first) = seen.insert((&book.id, book.area, book.from), &book.path) {
            let message = format!("“{}”同一地区、同一天起的书，{first} 已经是一本", book.id);
            findings.push(Diagnostic::error(page, book.place_of("起"), message));
            twins.push(at);
        }
    }
    twins
}

/// The book taken over: the same 编号, starting on the day written, of the nearest area that encloses this one.
fn base_of(books: &[(&Page<'_>, Book)], at: usize, findings: &mut Vec<Diagnostic>) -> Result<Option<usize>, ()> {
    let (page, book) = &books[at];
    let Some((day, written_at)) = book.takes_over else { return Ok(None) };
    let others = || books.iter().enumerate().filter(|(other, (_, base))| *other != at && base.id == book.id);
    let fits = |(_, (_, base)): &(usize, &(&Page<'_>, Book))| base.from == day && base.area.contains(&book.area);
    if let Some((base, _)) = others().filter(fits).max_by_key(|(_, (_, base))| base.area.level()) {
        return Ok(Some(base));
    }
    let mut starts: Vec<String> = others()
        .filter(|(_, (_, base))| base.area.contains(&book.area))
        .map(|(_, (_, b))| b.from.to_string())
        .collect();
    starts.sort();
    starts.truncate(8);
    let hint = if starts.is_empty() {
        format!("没有别的“{}”可以沿用；编号要一样，地区要一样或者更大", book.id)
    } else {
        format!("可以沿用的有：{}", starts.join("、"))
    };
    let message = format!("没有 {day} 起的“{}”可以沿用", book.id);
    findings.push(Diagnostic::error(page, written_at, message).with_hint(hint));
    Err(())
}

/// From a book to the last one it takes over; a circle is told once, at its first book.
fn chain(
    books: &[(&Page<'_>, Book)],
    bases: &[Result<Option<usize>, ()>],
    start: usize,
    findings: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut chain = vec![start];
    let mut at = start;
    while let Ok(Some(base)) = bases[at] {
        let (page, book) = &books[start];
        let written_at = book.takes_over.map_or(book.head_at, |(_, place)| place);
        if base == start {
            if chain.iter().all(|other| *other >= start) {
                let mut paths: Vec<&str> = chain.iter().take(8).map(|at| books[*at].1.path.as_str()).collect();
                paths.push(&book.path);
                let message = format!("沿用绕成了圈：{}", paths.join(" → "));
                findings.push(Diagnostic::error(page, written_at, message));
            }
            return Vec::new();
        }
        if chain.contains(&base) {
            return Vec::new(); // it leads into a circle, which is told at the circle's own books
        }
        if chain.len() == MAX_CHAIN {
            let message = format!("一本沿用一本，最多 {MAX_CHAIN} 本");
            findings.push(Diagnostic::error(page, written_at, message));
            return Vec::new();
        }
        chain.push(base);
        at = base;
    }
    if bases[at].is_err() { Vec::new() } else { chain }
}

fn complete<'b>(
    books: &'b [(&'b Page<'b>, Book)],
    at: usize,
    base: Option<(usize, Option<&Full<'b>>)>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Full<'b>> {
    let (page, book) = &books[at];
    let base = match base {
        None => None,
        Some((number, Some(full))) => Some((number, full)),
        Some((_, None)) => return None,
    };
    let inherited = base.map(|(_, full)| full);
    if let Some(full) = inherited {
        same_head(page, book, full, findings);
    }
    let forbidden = book.publication_forbidden.or(inherited.map(|full| full.publication_forbidden)).unwrap_or(false);
    let mut texts = inherited.map_or_else(BTreeMap::new, |full| full.texts.clone());
    texts.extend(book.texts.clone());
    let (items, changes) = merged(page, book, inherited, findings);
    let services = book.services.clone().or(inherited.map(|full| full.services.clone()));
    let bases = base.map_or_else(Vec::new, |(number, full)| [&[number], full.bases.as_slice()].concat());
    Some(Full {
        page,
        book,
        unit: book.unit.or(inherited.map(|full| full.unit)).expect("a book that stands on its own has a 单位"),
        benefit: book.benefit.or(inherited.map(|full| full.benefit)).unwrap_or(Benefit::Money),
        pays_from_next_month: book
            .pays_from_next_month
            .or(inherited.map(|full| full.pays_from_next_month))
            .unwrap_or(true),
        publication_forbidden: forbidden,
        texts,
        items,
        services: services.unwrap_or_default(),
        procedure: steps::read(page, inherited.and_then(|full| full.procedure.as_ref()), forbidden, findings),
        changes,
        bases,
    })
}

fn same_head(page: &Page<'_>, book: &Book, base: &Full<'_>, findings: &mut Vec<Diagnostic>) {
    if book.unit.is_some_and(|unit| unit != base.unit) {
        let message = format!("单位和沿用的 {} 不一样", base.book.path);
        findings.push(Diagnostic::error(page, book.place_of("单位"), message));
    }
}

/// A name with its sort, as `改` and `删` find it; definitions of members and of the household share their names.
fn key(item: &Item) -> (ItemKind, &str) {
    let kind = match item.kind {
        ItemKind::Definition { .. } => ItemKind::Definition { per_person: false },
        kind => kind,
    };
    (kind, &item.name)
}

fn merged<'b>(
    page: &'b Page<'b>,
    book: &'b Book,
    base: Option<&Full<'b>>,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<Placed<'b>>, Option<Changes>) {
    let path: Arc<str> = Arc::from(book.path.as_str());
    let Some(base) = base else {
        for item in book.items.iter().filter(|item| item.change != Change::Adds) {
            let hint = "书目里加一行“沿用”，写明那一本书“起”的日子";
            let message = "“改”“删”只用在写了“沿用”的书里";
            findings.push(Diagnostic::error(page, item.at, message).with_hint(hint));
        }
        let own = book.items.iter().filter(|item| item.change == Change::Adds);
        return (own.map(|item| Placed { page, path: path.clone(), item }).collect(), None);
    };
    let mut items: Vec<Option<Placed<'b>>> = base.items.iter().cloned().map(Some).collect();
    let places: BTreeMap<(ItemKind, &str), usize> =
        base.items.iter().enumerate().map(|(at, placed)| (key(placed.item), at)).collect();
    let mut touched: BTreeMap<usize, u32> = BTreeMap::new();
    let mut changes = Changes { base: base.book.path.clone(), replaced: vec![], added: vec![], dropped: vec![] };
    for item in &book.items {
        let place = places.get(&key(item)).copied();
        let said = format!("{}{}", item.kind.lead(), item.name);
        if let Some(finding) = cannot_change(page, item, base, place, &touched) {
            findings.push(finding);
            continue;
        }
        let placed = Placed { page, path: path.clone(), item };
        match (item.change, place) {
            (Change::Replaces, Some(place)) => {
                items[place] = Some(placed);
                touched.insert(place, item.at.line);
                changes.replaced.push(said);
            }
            (Change::Drops, Some(place)) => {
                items[place] = None;
                touched.insert(place, item.at.line);
                changes.dropped.push(said);
            }
            (Change::Adds | Change::Replaces | Change::Drops, _) => {
                items.push(Some(placed));
                changes.added.push(said);
            }
        }
    }
    (items.into_iter().flatten().collect(), Some(changes))
}

/// Why an item cannot do to the book taken over what it says.
fn cannot_change(
    page: &Page<'_>,
    item: &Item,
    base: &Full<'_>,
    place: Option<usize>,
    touched: &BTreeMap<usize, u32>,
) -> Option<Diagnostic> {
    let kind = item.kind.name();
    let error = |message: String| Diagnostic::error(page, item.at, message);
    let word = if item.change == Change::Drops { "删" } else { "改" };
    let Some(place) = place else {
        return match item.change {
            Change::Adds => None,
            Change::Replaces | Change::Drops => {
                let mut finding = error(format!("沿用的 {} 里没有{kind}“{}”，不能{word}", base.book.path, item.name));
                finding.hint = other_sort(item, base).or_else(|| meant(item, base));
                Some(finding)
            }
        };
    };
    let old = &base.items[place];
    let (lead, name) = (old.item.kind.lead(), &item.name);
    if item.change == Change::Adds {
        let hint = format!("要换掉它，写“改 {lead}{name} …”；要去掉它，写“删 {lead}{name}”");
        let message = format!("{kind}“{name}”在沿用的 {}:{} 里已经有了", old.path, old.item.at.line);
        return Some(error(message).with_hint(hint));
    }
    if let Some(line) = touched.get(&place) {
        return Some(error(format!("{kind}“{name}”已在第 {line} 行改过或删过")));
    }
    (old.item.kind != item.kind).then(|| {
        let message = format!("“{name}”在沿用的 {}:{} 里是{}", old.path, old.item.at.line, old.item.kind.name());
        error(message).with_hint(format!("写“{word} {lead}{name} …”"))
    })
}

/// There is something of that name, of another sort.
fn other_sort(item: &Item, base: &Full<'_>) -> Option<String> {
    let found = base.items.iter().find(|placed| placed.item.name == item.name)?;
    Some(format!("“{}”是{}", item.name, found.item.kind.name()))
}

fn meant(item: &Item, base: &Full<'_>) -> Option<String> {
    let alike = base.items.iter().filter(|placed| key(placed.item).0 == key(item).0);
    nearest(&item.name, alike.map(|placed| placed.item.name.as_str())).map(|near| format!("是不是“{near}”？"))
}
