//! The tables that are executed: which columns each must have, and what is wrong with one whatever it says.

use crate::diagnostic::{Diagnostic, nearest};
use crate::page::{Element, Page, Table};

/// A table that is executed.
struct Shape {
    /// Its first header.
    title: &'static str,
    /// The other columns it must have.
    columns: &'static [&'static str],
    /// A book has one such table at most.
    is_single: bool,
}

/// The tables of a book of one programme.
pub(crate) const OF_BOOKS: [&str; 5] = ["书目", "参数", "步骤", "期限", "给付"];
/// The tables of the form.
pub(crate) const OF_FORM: [&str; 3] = ["来源", "事实", "申辩"];
/// The tables that say which programmes go together.
pub(crate) const OF_OVERLAP: [&str; 2] = ["互斥", "享受"];

const SHAPES: [Shape; 7] = [
    Shape { title: "书目", columns: &[], is_single: true },
    Shape { title: "参数", columns: &["地区", "起", "值", "依据", "示例"], is_single: false },
    Shape {
        title: "步骤", columns: &["承办", "时限", "起算", "并行", "可暂停", "依据"], is_single: true
    },
    Shape { title: "期限", columns: &["起算", "止", "多久", "依据"], is_single: true },
    Shape { title: "给付", columns: &["限额", "依据"], is_single: true },
    Shape { title: "来源", columns: &["说明"], is_single: false },
    Shape { title: "事实", columns: &["归属", "类型", "来源", "何时问", "说明"], is_single: false },
];

/// Their columns are words of many tables: another table that has some of them is not taken for one of these.
const PLAIN_SHAPES: [Shape; 3] = [
    Shape { title: "互斥", columns: &["与", "办法", "起", "止", "依据", "说明"], is_single: false },
    Shape { title: "享受", columns: &["项目"], is_single: false },
    Shape { title: "申辩", columns: &["往哪边"], is_single: false },
];

/// After so many findings the rest of a page's tables is left for the next time.
const MAX_FINDINGS: usize = 50;

/// Looks at every table with one of these titles: columns missing or written twice, rows that are too short or too long or
/// have no name, a second table where there can be one.
pub(crate) fn check(page: &Page<'_>, titles: &[&str], findings: &mut Vec<Diagnostic>) {
    let before = findings.len();
    for shape in SHAPES.iter().chain(&PLAIN_SHAPES).filter(|shape| titles.contains(&shape.title)) {
        for (number, table) in page.tables(shape.title).enumerate() {
            let header = table.header[0].at;
            if shape.is_single && number > 0 {
                findings.push(Diagnostic::error(page, header, format!("一本书只能有一张“{}”表", shape.title)));
            }
            check_header(page, shape, table, findings);
            check_rows(page, table, MAX_FINDINGS, findings);
            if findings.len() - before > MAX_FINDINGS {
                return;
            }
        }
    }
    if titles.contains(&"参数") {
        findings.extend(page.elements.iter().filter_map(|element| looks_like(page, element)));
    }
}

fn check_header(page: &Page<'_>, shape: &Shape, table: &Table<'_>, findings: &mut Vec<Diagnostic>) {
    for (at, cell) in table.header.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
        if table.header[..at].iter().any(|other| other.text == cell.text) {
            findings.push(Diagnostic::error(page, cell.at, format!("表头“{}”写了两次", cell.text)));
        }
    }
    let missing: Vec<&str> = shape.columns.iter().copied().filter(|name| table.column(name).is_none()).collect();
    let Some(first) = missing.first() else { return };
    let message = format!("{}表要有这些列：{}、{}", shape.title, shape.title, shape.columns.join("、"));
    let strange = table.header.iter().map(|cell| cell.text).filter(|text| !shape.columns.contains(text));
    let hint = match nearest(first, strange) {
        Some(near) => format!("“{near}”是不是“{first}”？"),
        None => format!("少了：{}", missing.join("、")),
    };
    findings.push(Diagnostic::error(page, table.header[0].at, message).with_hint(hint));
}

fn check_rows(page: &Page<'_>, table: &Table<'_>, most: usize, findings: &mut Vec<Diagnostic>) {
    let before = findings.len();
    for row in &table.rows {
        if row.len() != table.header.len() {
            let message = format!("这一行有 {} 格，表头有 {} 格", row.len(), table.header.len());
            findings.push(Diagnostic::error(page, row[0].at, message));
        } else if row[0].text.is_empty() && row.iter().any(|cell| !cell.text.is_empty()) {
            findings.push(Diagnostic::error(page, row[0].at, "这一行第一格是空的，要写名字"));
        }
        if findings.len() - before >= most {
            return;
        }
    }
}

/// A table or block that looks like one that is executed, and is not: a slip of the pen that would go unseen.
fn looks_like(page: &Page<'_>, element: &Element<'_>) -> Option<Diagnostic> {
    match element {
        Element::Heading { .. } => None,
        Element::Table(table) => {
            let is_known = SHAPES.iter().any(|shape| shape.title == table.title());
            let has = |shape: &&Shape| shape.columns.iter().filter(|name| table.column(name).is_some()).count() > 2;
            let like = SHAPES.iter().filter(|_| !is_known).find(has)?;
            let message = format!("这张表像“{}”表，第一格写的是“{}”，程序不看", like.title, table.title());
            Some(Diagnostic::warning(page, table.header[0].at, message))
        }
        Element::Block(block) => {
            let kinds = ["law", "case"];
            let meant = nearest(block.kind, kinds.into_iter()).filter(|_| !kinds.contains(&block.kind))?;
            let message = format!("“{}”段程序不看", block.kind);
            Some(Diagnostic::warning(page, block.at, message).with_hint(format!("是不是“{meant}”？")))
        }
    }
}
