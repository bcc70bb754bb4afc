//! 参数: dated figures by area. A row has a start and no end; the next row of the same area ends it.

use values::{AreaCode, Day, Month};

use super::read::{area_of, wrong};
use crate::diagnostic::Diagnostic;
use crate::language::lex::{self, Token};
use crate::page::{Cell, Page, Place, Table};

/// One dated figure.
#[derive(Clone, Debug)]
pub(crate) struct FigureRow {
    pub(crate) path: String,
    pub(crate) at: Place,
    pub(crate) name: String,
    pub(crate) area: AreaCode,
    pub(crate) start: Month,
    /// As read: a number with its unit, or a day.
    pub(crate) value: Token,
    /// As written: `600元/月`.
    pub(crate) written: String,
    /// 依据; empty for an example.
    pub(crate) cite: String,
    /// 示例: why it is only an example; empty when it has a source.
    pub(crate) example: String,
    /// 核对至 of its book: beyond, the figure is unknown.
    pub(crate) checked_until: Day,
    /// Areas in which a book that takes this one over (沿用) was checked for longer, and until when.
    pub(crate) checked_longer: Vec<(AreaCode, Day)>,
}

/// What is told of a value that cannot be read.
pub(crate) fn not_a_value(text: &str) -> String {
    format!("值看不懂：“{text}”；应是带单位的一个数，例如 600元/月、10%、24个月")
}

/// A book has at most so many rows of figures.
const MAX_ROWS: usize = 2_000;

/// Reads all 参数 tables of a page; the second list names the figures that could not be read.
pub(super) fn read(
    page: &Page<'_>,
    checked_until: Day,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<FigureRow>, Vec<String>) {
    let mut rows: Vec<FigureRow> = Vec::new();
    let mut unreadable = Vec::new();
    let all: usize = page.tables("参数").map(|table| table.rows.len()).sum();
    if all > MAX_ROWS {
        findings.push(wrong(
            page,
            &page.tables("参数").next().expect("it has rows").header[0],
            format!("一本书的参数最多 {MAX_ROWS} 行"),
        ));
        return (rows, unreadable);
    }
    for table in page.tables("参数") {
        let columns = columns(table);
        for cells in table.rows.iter().filter(|cells| cells.first().is_some_and(|cell| !cell.text.is_empty())) {
            let Some(columns) = columns.filter(|_| cells.len() == table.header.len()) else {
                unreadable.push(cells[0].text.to_owned()); // told already
                continue;
            };
            let cell = |column: usize| cells[columns[column]];
            let texts = [&cells[0], &cell(0), &cell(1), &cell(2), &cell(3), &cell(4)];
            let Some(row) = row(page, texts, checked_until, findings) else {
                unreadable.push(cells[0].text.to_owned());
                continue;
            };
            let twin = |r: &FigureRow| (&r.name, r.area, r.start) == (&row.name, row.area, row.start);
            if rows.iter().any(twin) {
                findings.push(wrong(page, &cells[0], format!("参数“{}”同一地区、同一时间写了两次", row.name)));
            }
            rows.push(row);
        }
    }
    (rows, unreadable)
}

/// None when one is missing, which `tables::check` tells.
fn columns(table: &Table<'_>) -> Option<[usize; 5]> {
    let found = ["地区", "起", "值", "依据", "示例"].map(|name| table.column(name));
    if found.contains(&None) { None } else { Some(found.map(|column| column.expect("checked above"))) }
}

fn row(
    page: &Page<'_>,
    cells: [&Cell<'_>; 6],
    checked_until: Day,
    findings: &mut Vec<Diagnostic>,
) -> Option<FigureRow> {
    let [name, area, start, value, cite, example] = cells;
    if !lex::is_one_name(name.text) {
        let message = format!("“{}”不能作名字：名字用汉字、字母和数字，不以数字开头，不是语言的词", name.text);
        findings.push(wrong(page, name, message));
    }
    let found_area = area_of(area.text);
    if found_area.is_none() {
        findings.push(wrong(page, area, format!("地区应先写区划代码，写的是“{}”", area.text)));
    }
    let found_start: Option<Month> = start.text.parse().ok();
    if found_start.is_none() {
        findings.push(wrong(page, start, format!("“起”应是月份，例如 2021-07，写的是“{}”", start.text)));
    }
    let found_value = lex::read_figure(value.text);
    if found_value.is_none() {
        findings.push(wrong(page, value, not_a_value(value.text)));
    }
    if cite.text.is_empty() && example.text.is_empty() {
        let hint = "查得到文件就写“依据”；查不到就在“示例”一格写明";
        findings.push(wrong(page, value, format!("参数“{}”没有依据，也没有写明是示例", name.text)).with_hint(hint));
        return None;
    }
    Some(FigureRow {
        path: page.path.to_owned(),
        at: value.at,
        name: name.text.to_owned(),
        area: found_area?,
        start: found_start?,
        value: found_value?,
        written: value.text.to_owned(),
        cite: cite.text.to_owned(),
        example: example.text.to_owned(),
        checked_until,
        checked_longer: Vec::new(),
    })
}
