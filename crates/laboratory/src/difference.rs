//! Two sets of books beside each other: what was added, dropped, changed; old and new text, article.

use std::collections::BTreeMap;

use law::form::FactKind;
use law::{BookContents, BookItem, FigureItem, ItemSort, Library};
use serde::Serialize;
use values::{AreaCode, Day, Month};

use crate::table::Table;

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Change {
    /// 新增: only in the second set.
    #[serde(rename = "新增")]
    Added,
    /// 删去: only in the first set.
    #[serde(rename = "删去")]
    Dropped,
    /// 改了.
    #[serde(rename = "改了")]
    Changed,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The book: `最低生活保障（430000，2021-07-01 起）`; `参数` for figures.
    pub book: String,
    /// 条件, 定义, 参数 …
    pub sort: String,
    /// The item's name.
    pub name: String,
    /// What happened.
    pub change: Change,
    /// The old text; empty when added.
    pub before: String,
    /// The new text; empty when dropped.
    pub after: String,
    /// The article, of the new text where there is one.
    pub cite: String,
}

/// A text with its article.
type Text = (String, String);

/// The old and the new text.
type Sides = (Option<Text>, Option<Text>);

/// All differences, book by book, item by item in the order of the names.
pub fn differences(before: &Library, after: &Library) -> Vec<Difference> {
    let mut found = of_figures(&before.figure_rows(), &after.figure_rows());
    found.extend(of_form(before, after));
    let (old, new) = (books(before.contents()), books(after.contents()));
    for (key, title) in keys(&old, &new) {
        let book = format!("{title}（{}，{} 起）", key.1.county6(), key.2);
        let (was, is) = (old.get(&key), new.get(&key));
        match (was, is) {
            (Some(was), Some(is)) => {
                let pairs = paired(items(was), items(is));
                found.extend(
                    pairs
                        .into_iter()
                        .map(|((sort, name), (was, is))| difference(book.clone(), sort.to_string(), name, was, is)),
                );
            }
            (was, is) => {
                let whole = |book: &BookContents| (format!("{}，{} 项", book.file, book.items.len()), String::new());
                found.push(difference(book, "政策书".to_owned(), title, was.map(whole), is.map(whole)));
            }
        }
    }
    found
}

/// A table: book, sort, name, what happened, old, new, article.
pub fn table(differences: &[Difference]) -> Table {
    let mut table = Table::new(7, &["政策书", "种类", "名字", "怎么变", "原来", "现在", "依据"]);
    for it in differences {
        let texts = [&it.book, &it.sort, &it.name, word(it.change), &it.before, &it.after, &it.cite];
        table.row(texts.iter().map(|text| (*text).to_owned()).collect());
    }
    table
}

/// For a terminal: a block for each difference, which long formulas need.
pub fn words(differences: &[Difference]) -> String {
    if differences.is_empty() {
        return "两套书一样。\n".to_owned();
    }
    let mut out = format!("两套书有 {} 处不一样\n", differences.len());
    let mut book = "";
    for it in differences {
        if it.book != book {
            book = &it.book;
            out.push_str(&format!("\n{book}\n"));
        }
        let cite = if it.cite.is_empty() { String::new() } else { format!("〔{}〕", it.cite) };
        out.push_str(&format!("  {}  {} {}{cite}\n", word(it.change), it.sort, it.name));
        if !it.before.is_empty() {
            out.push_str(&format!("    - {}\n", it.before));
        }
        if !it.after.is_empty() {
            out.push_str(&format!("    + {}\n", it.after));
        }
    }
    out
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Added => "新增",
        Change::Dropped => "删去",
        Change::Changed => "改了",
    }
}

fn difference(book: String, sort: String, name: String, before: Option<Text>, after: Option<Text>) -> Difference {
    let change = match (&before, &after) {
        (None, _) => Change::Added,
        (_, None) => Change::Dropped,
        (Some(_), Some(_)) => Change::Changed,
    };
    let cite = after.as_ref().or(before.as_ref()).map(|(_, cite)| cite.clone()).unwrap_or_default();
    let only_cite = matches!((&before, &after), (Some(was), Some(is)) if was.0 == is.0);
    let text = |text: Option<Text>| match text {
        Some((text, cite)) if only_cite => format!("{text}〔{cite}〕"),
        Some((text, _)) => text,
        None => String::new(),
    };
    Difference { book, sort, name, change, before: text(before), after: text(after), cite }
}

type BookKey = (String, AreaCode, Day);

fn books(contents: Vec<BookContents>) -> BTreeMap<BookKey, BookContents> {
    contents.into_iter().map(|book| ((book.programme.clone(), book.area, book.from), book)).collect()
}

fn keys(old: &BTreeMap<BookKey, BookContents>, new: &BTreeMap<BookKey, BookContents>) -> BTreeMap<BookKey, String> {
    old.iter().chain(new).map(|(key, book)| (key.clone(), book.title.clone())).collect()
}

fn items(book: &BookContents) -> BTreeMap<(ItemSort, String), Text> {
    let entry = |item: &BookItem| ((item.sort, item.name.clone()), (item.text.clone(), item.cite.clone()));
    book.items.iter().map(entry).collect()
}

/// What is not the same on both sides.
fn paired<K: Ord + Clone>(old: BTreeMap<K, Text>, new: BTreeMap<K, Text>) -> Vec<(K, Sides)> {
    let mut pairs: BTreeMap<K, Sides> = BTreeMap::new();
    for (key, text) in old {
        pairs.entry(key).or_default().0 = Some(text);
    }
    for (key, text) in new {
        pairs.entry(key).or_default().1 = Some(text);
    }
    pairs.into_iter().filter(|(_, (was, is))| was != is).collect()
}

fn of_figures(old: &[FigureItem], new: &[FigureItem]) -> Vec<Difference> {
    let rows = |rows: &[FigureItem]| -> BTreeMap<(String, AreaCode, Month), Text> {
        let entry = |row: &FigureItem| {
            let cite = if row.cite.is_empty() { format!("示例：{}", row.example) } else { row.cite.clone() };
            ((row.name.clone(), row.area, row.start), (row.value.clone(), cite))
        };
        rows.iter().map(entry).collect()
    };
    let pairs = paired(rows(old), rows(new));
    let told = pairs.into_iter().map(|((name, area, start), (was, is))| {
        let name = format!("{name}（{}，{start} 起）", area.county6());
        difference("参数".to_owned(), "参数".to_owned(), name, was, is)
    });
    told.collect()
}

/// Facts that only one of the forms asks for, or asks for otherwise.
fn of_form(old: &Library, new: &Library) -> Vec<Difference> {
    let facts = |library: &Library| -> BTreeMap<String, Text> {
        let text = |decl: &law::form::FactDecl| {
            let whose = match decl.belongs {
                law::form::Belongs::Person => "人",
                law::form::Belongs::Household => "家庭",
            };
            let asked = decl.ask_when.as_ref().map(|when| format!("，何时问：{when}")).unwrap_or_default();
            (format!("{whose}，{}{asked}", kind_name(&decl.kind)), String::new())
        };
        library.form().facts().map(|(_, decl)| (decl.name.to_string(), text(decl))).collect()
    };
    let pairs = paired(facts(old), facts(new));
    let told =
        pairs.into_iter().map(|(name, (was, is))| difference("一张表".to_owned(), "事实".to_owned(), name, was, is));
    told.collect()
}

fn kind_name(kind: &FactKind) -> String {
    match kind {
        FactKind::Money { .. } => "元".to_owned(),
        FactKind::MoneyPerMonth { .. } => "元/月".to_owned(),
        FactKind::MoneyPerYear { .. } => "元/年".to_owned(),
        FactKind::Count => "整数".to_owned(),
        FactKind::Ratio => "比率".to_owned(),
        FactKind::Date => "日期".to_owned(),
        FactKind::YesNo => "是否".to_owned(),
        FactKind::Choice(choices) => format!("{{{}}}", choices.join("、")),
    }
}
