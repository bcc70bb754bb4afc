//! The table that goes in, column by column, generated from 一张表.

use std::fmt::Write;

use law::form::{Belongs, FactDecl, FactKind, OneForm};
use serde::Serialize;

/// The column that says which rows are one household.
pub(crate) const HOUSEHOLD: &str = "户";
/// The column that says where a household is registered.
pub(crate) const AREA: &str = "地区";

/// One column of the table that goes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchemaColumn {
    /// The column's name: the fact's name.
    #[serde(rename = "列")]
    pub name: String,
    /// 人 or 家庭; empty for the two columns that are no facts.
    #[serde(rename = "归属")]
    pub belongs: &'static str,
    /// As the form writes it: 元/月, {男、女} …
    #[serde(rename = "类型")]
    pub kind: String,
    /// The types of Arrow and Parquet it may have, and the text in CSV.
    #[serde(rename = "列的类型")]
    pub types: String,
    /// Who knows it.
    #[serde(rename = "来源")]
    pub sources: Vec<String>,
    /// 说明.
    #[serde(rename = "说明")]
    pub note: String,
}

/// All columns: 户, 地区, and every fact in the form's order.
pub fn schema(form: &OneForm) -> Vec<SchemaColumn> {
    let plain = |name: &str, kind: &str, types: &str, note: &str| SchemaColumn {
        name: name.to_owned(),
        belongs: "",
        kind: kind.to_owned(),
        types: types.to_owned(),
        sources: Vec::new(),
        note: note.to_owned(),
    };
    let mut columns = vec![
        plain(HOUSEHOLD, "户号", "Int64、Int32 或文字", "必有。每行一个人；同一户的几行写同一个户号，连在一起"),
        plain(AREA, "区划代码", "文字，2、4、6、9 或 12 位", "一户以第一行为准；用了 --area 时可以没有"),
    ];
    columns.extend(form.facts().map(|(_, decl)| column(form, decl)));
    columns
}

fn column(form: &OneForm, decl: &FactDecl) -> SchemaColumn {
    SchemaColumn {
        name: decl.name.to_string(),
        belongs: match decl.belongs {
            Belongs::Person => "人",
            Belongs::Household => "家庭",
        },
        kind: written(&decl.kind),
        types: types_of(&decl.kind).to_owned(),
        sources: decl.sources.iter().map(|&id| form.source_name(id).to_string()).collect(),
        note: decl.note.clone(),
    }
}

/// The kind as the form writes it.
fn written(kind: &FactKind) -> String {
    let negative = |may: bool| if may { "，可为负" } else { "" };
    match kind {
        FactKind::Money { may_be_negative } => format!("元{}", negative(*may_be_negative)),
        FactKind::MoneyPerMonth { may_be_negative } => format!("元/月{}", negative(*may_be_negative)),
        FactKind::MoneyPerYear { may_be_negative } => format!("元/年{}", negative(*may_be_negative)),
        FactKind::Count => "整数".to_owned(),
        FactKind::Ratio => "比率".to_owned(),
        FactKind::Date => "日期".to_owned(),
        FactKind::YesNo => "是否".to_owned(),
        FactKind::Choice(choices) => format!("{{{}}}", choices.join("、")),
    }
}

/// The column types that can carry a fact of this kind.
pub(crate) fn types_of(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => {
            "整数（分）、Decimal（元）、Float64（元，到分），或文字（元）"
        }
        FactKind::Count => "整数、没有小数的 Float64，或文字",
        FactKind::Ratio => "Float64、Decimal，或文字（10%）",
        FactKind::Date => "Date32、没有钟点的 Timestamp，或文字（2021-09-01）",
        FactKind::YesNo => "Boolean、1 和 0，或文字（是、否）",
        FactKind::Choice(_) => "文字或字典（Dictionary），只能是列出的几个词",
    }
}

/// The table as a page of Markdown: what `dixian policy schema` prints and `docs/scale.md` carries.
pub fn schema_page(form: &OneForm) -> String {
    let mut page = String::from("| 列 | 归属 | 类型 | 列的类型 | 谁知道 | 说明 |\n|---|---|---|---|---|---|\n");
    for column in schema(form) {
        let SchemaColumn { name, belongs, kind, types, sources, note } = column;
        let sources = sources.join("、");
        writeln!(page, "| {name} | {belongs} | {kind} | {types} | {sources} | {note} |").expect("a string takes text");
    }
    page
}
