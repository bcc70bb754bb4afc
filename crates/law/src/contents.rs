//! What stands in the books, item by item, as they were written: for comparing two sets of books.

use serde::Serialize;
use values::{AreaCode, Day, Month};

use crate::engine::program::{Clause, Program};
use crate::library::Library;
use crate::page::file_name;
use crate::procedure::{Limit, Procedure, RemedyKind, Span};

/// What sort of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum ItemSort {
    /// 书目, what the book says of itself.
    #[serde(rename = "书目")]
    Data,
    /// A definition.
    #[serde(rename = "定义")]
    Definition,
    /// 条件.
    #[serde(rename = "条件")]
    Condition,
    /// 转人工.
    #[serde(rename = "转人工")]
    Doubt,
    /// 金额.
    #[serde(rename = "金额")]
    Amount,
    /// 分项.
    #[serde(rename = "分项")]
    Part,
    /// 给付.
    #[serde(rename = "给付")]
    Given,
    /// 步骤.
    #[serde(rename = "步骤")]
    Step,
    /// 期限.
    #[serde(rename = "期限")]
    Term,
}

/// One item of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BookItem {
    /// What it is.
    pub sort: ItemSort,
    /// Its name.
    pub name: String,
    /// What it says, spaces and lines made alike.
    pub text: String,
    /// The article.
    pub cite: String,
}

/// A book with everything that holds in it, what it takes over from others among it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BookContents {
    /// 编号.
    pub programme: String,
    /// The first heading.
    pub title: String,
    /// The name of its file.
    pub file: String,
    /// 地区.
    pub area: AreaCode,
    /// 起.
    pub from: Day,
    /// In the order of the book, sort by sort.
    pub items: Vec<BookItem>,
}

/// A row of 参数.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureItem {
    /// Its name.
    pub name: String,
    /// 地区.
    pub area: AreaCode,
    /// 起.
    pub start: Month,
    /// As written.
    pub value: String,
    /// 依据; empty for an example.
    pub cite: String,
    /// 示例; empty when it has a source.
    pub example: String,
}

impl Library {
    /// What each book says, in the order the books were given.
    pub fn contents(&self) -> Vec<BookContents> {
        self.programs.iter().map(contents_of).collect()
    }

    /// Every row of every figure.
    pub fn figure_rows(&self) -> Vec<FigureItem> {
        let item = |row: &crate::book::FigureRow| FigureItem {
            name: row.name.clone(),
            area: row.area,
            start: row.start,
            value: row.written.clone(),
            cite: row.cite.clone(),
            example: row.example.clone(),
        };
        self.figures.all_rows().map(item).collect()
    }
}

impl std::fmt::Display for ItemSort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ItemSort::Data => "书目",
            ItemSort::Definition => "定义",
            ItemSort::Condition => "条件",
            ItemSort::Doubt => "转人工",
            ItemSort::Amount => "金额",
            ItemSort::Part => "分项",
            ItemSort::Given => "给付",
            ItemSort::Step => "步骤",
            ItemSort::Term => "期限",
        })
    }
}

fn contents_of(program: &Program) -> BookContents {
    let mut items = data(program);
    items.extend(program.definitions.iter().map(|definition| {
        let whose = if definition.of_member { "每人 " } else { "" };
        item(ItemSort::Definition, &definition.name, format!("{whose}{}", definition.formula), &definition.cite)
    }));
    items.extend(program.conditions.iter().map(|it| of_clause(ItemSort::Condition, "否则", it)));
    items.extend(program.doubts.iter().map(|it| of_clause(ItemSort::Doubt, "因", it)));
    items.extend(program.amount.iter().map(|it| of_clause(ItemSort::Amount, "", it)));
    items.extend(program.parts.iter().map(|part| {
        let mut item = of_clause(ItemSort::Part, "", &part.clause);
        if let Some(payee) = &part.payee {
            item.text.push_str(&format!(" 交给 “{payee}”"));
        }
        item
    }));
    let given = |it: &crate::ServiceItem| item(ItemSort::Given, &it.name, it.limit.to_string(), &it.cite);
    items.extend(program.services.iter().map(given));
    items.extend(program.procedure.iter().flat_map(procedure));
    BookContents {
        programme: program.id.to_string(),
        title: program.title.to_string(),
        file: file_name(&program.path).to_owned(),
        area: program.area,
        from: program.from,
        items,
    }
}

fn data(program: &Program) -> Vec<BookItem> {
    let pays = if program.pays_from_next_month { "次月" } else { "当月" };
    let unit = match program.unit {
        crate::ProgrammeUnit::Household => "家庭",
        crate::ProgrammeUnit::Person => "人",
    };
    [
        ("单位", unit.to_owned()),
        ("待遇", program.gives.to_string()),
        ("核对至", program.checked_until.to_string()),
        ("发放起", pays.to_owned()),
    ]
    .into_iter()
    .map(|(name, text)| item(ItemSort::Data, name, text, ""))
    .collect()
}

fn of_clause(sort: ItemSort, word: &str, clause: &Clause) -> BookItem {
    let mut text = clause.formula.to_string();
    if !word.is_empty() && !clause.text.is_empty() {
        text.push_str(&format!(" {word} “{}”", clause.text));
    }
    if let Some(next_step) = &clause.next_step {
        text.push_str(&format!(" 下一步 “{next_step}”"));
    }
    item(sort, &clause.name, text, &clause.cite)
}

fn procedure(procedure: &Procedure) -> Vec<BookItem> {
    let steps = procedure.steps.iter().map(|step| {
        let from = step.starts_from.join("、");
        let beside =
            if step.parallel.is_empty() { String::new() } else { format!("，与{}并行", step.parallel.join("、")) };
        let pause = step.pausable.as_ref().map(|why| format!("，可暂停：{why}")).unwrap_or_default();
        let text = format!("{}，{}，从{from}起{beside}{pause}", step.by, step.term);
        item(ItemSort::Step, &step.name, text, &step.cite)
    });
    let terms = [
        ("承诺", procedure.promise.map(|term| format!("{term}，到{}", procedure.promise_until))),
        ("法定", procedure.statutory.map(|term| format!("{term}，从{}起", procedure.statutory_from))),
        ("有争议", procedure.extended.map(|term| term.to_string())),
        ("公示", procedure.publication_days.map(|days| format!("{days} 日"))),
    ];
    let terms = terms.into_iter().filter_map(|(name, text)| Some(item(ItemSort::Term, name, text?, "")));
    let limit =
        |it: &Limit| item(ItemSort::Term, &it.name, format!("{}，{}到{}", it.term, it.from, it.until), &it.cite);
    let remedies = procedure.remedies.iter().map(|remedy| {
        let name = match remedy.kind {
            RemedyKind::Reconsideration => "行政复议",
            RemedyKind::Lawsuit => "行政诉讼",
        };
        let span = match remedy.span {
            Span::Days(days) => format!("{days} 日"),
            Span::Months(months) => format!("{months} 个月"),
        };
        item(ItemSort::Term, name, span, &remedy.cite)
    });
    steps.chain(terms).chain(procedure.limits.iter().map(limit)).chain(remedies).collect()
}

fn item(sort: ItemSort, name: &str, text: String, cite: &str) -> BookItem {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cite = cite.trim_matches(['〔', '〕']).replace("〕〔", "；");
    BookItem { sort, name: name.to_owned(), text, cite }
}
