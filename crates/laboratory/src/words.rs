//! The findings in plain Chinese, as tables.

use std::fmt::Write;

use values::AreaTree;

use crate::decimal::{change, difference, large, share, shown, yuan};
use crate::disclosure::Shown;
use crate::findings::{Findings, GroupFinding};
use crate::table::Table;

/// So many facts are named in a sentence.
const FACTS_SAID: usize = 3;
/// So many stand in a table; JSON has all.
const FACTS_TOLD: usize = 15;

/// For a terminal.
pub fn words(findings: &Findings, areas: &AreaTree) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", opening(findings));
    if !findings.figures.is_empty() {
        let _ = writeln!(out, "改了什么\n{}", figures(findings, areas).text());
    }
    for sentence in sentences(findings) {
        let _ = writeln!(out, "{sentence}");
    }
    let _ = writeln!(out, "\n谁受影响\n{}", groups(findings).text());
    let _ = writeln!(out, "按项目\n{}", programmes(findings).text());
    let _ = writeln!(out, "按县市区（一年）\n{}", counties(findings, areas).text());
    if findings.months.len() > 1 {
        let _ = writeln!(out, "按月（按月发的）\n{}", months(findings).text());
    }
    let _ = writeln!(out, "每户每月多得、少得\n{}", steps(findings).text());
    if !findings.unknown.facts.is_empty() {
        let _ = writeln!(out, "还不知道的，差哪些事实\n{}", lacking(findings).text());
    }
    for caveat in caveats(findings) {
        let _ = writeln!(out, "注意：{caveat}");
    }
    let _ = write!(out, "{}", receipt(findings));
    out
}

pub(crate) fn opening(findings: &Findings) -> String {
    let (first, last) = (findings.months[0], findings.months[findings.months.len() - 1]);
    let months = if first == last { format!("{first}") } else { format!("{first} 到 {last}") };
    format!("方案和现行政策书并排算：{months}，{} 户、{} 人", findings.households, findings.people)
}

/// What comes out, in a few sentences.
pub fn sentences(findings: &Findings) -> Vec<String> {
    let year = findings.year;
    let extra = year.after - year.before;
    let mut said = Vec::new();
    if findings.is_without_effect() {
        said.push("方案和现行一样：没有一户的结论或者钱有变化。".to_owned());
    }
    said.push(format!(
        "一年的钱：现行 {}，方案 {}，{} {}（{}）。",
        large(year.before),
        large(year.after),
        if extra.is_negative() { "少" } else { "多" },
        large(if extra.is_negative() { -extra } else { extra }),
        share(extra.fen(), year.before.fen())
    ));
    let group = |word: &str, group: &GroupFinding| match group.change_fen_per_month {
        Shown::Known(fen) => {
            format!("{word} {} 户、{} 人，每月合计 {} 元", group.households, group.people, change(fen))
        }
        Shown::Hidden => format!("{word}少于 5 户或者少于 5 人"),
    };
    said.push(format!(
        "{}；{}；不变 {} 户。",
        group("受益", &findings.winners),
        group("受损", &findings.losers),
        findings.unchanged.households
    ));
    if let Some(near) = &findings.borderline {
        said.push(format!(
            "临界 {} 户、{} 人：家里的钱少 {percent}% 或者多 {percent}%，方案下就会从符合变成不符合，或者反过来。",
            near.households,
            near.people,
            percent = near.percent
        ));
    }
    said
}

/// How sure it is.
pub fn caveats(findings: &Findings) -> Vec<String> {
    let mut told = vec![
        "每户按能合法搭配的最高一种算：不能一起领的只算给得多的，要先有另一样才有的（例如享受低保）跟着那一样走。要本人选的，由本人选，不一定选最高的。"
            .to_owned(),
        "只算按月和按年发的钱；一次性的钱在“按项目”里，不进一年的钱。算的是符合条件的户，不是已经申请的户。".to_owned(),
    ];
    if findings.unsettled_households != Shown::Known(0) {
        told.push(format!(
            "有 {} 户至少一个项目还不知道或者要由人来看，这些项目没有算钱。",
            findings.unsettled_households
        ));
    }
    told.extend(unknown(findings));
    if !findings.examples.is_empty() {
        let names: Vec<&str> = findings.examples.iter().map(|figure| figure.name.as_str()).collect();
        let mut names = names;
        names.dedup();
        told.push(format!("这些参数是示例，没有查到出处：{}。", names.join("、")));
    }
    told
}

/// For how many the answer is unknown, and what would settle most of them.
fn unknown(findings: &Findings) -> Option<String> {
    let unknown = &findings.unknown;
    if unknown.households == Shown::Known(0) {
        return None;
    }
    let few = |count: Shown<u64>| count.known().map_or_else(|| "少于 5".to_owned(), |count| count.to_string());
    let mut said = format!("方案下第一个月有 {} 户至少一个项目还不知道", few(unknown.households));
    let telling = unknown.facts.iter().filter(|it| it.alone.known() > Some(0)).take(FACTS_SAID);
    let telling: Vec<String> = telling.map(|it| format!("{}（{} 户）", it.fact, it.alone)).collect();
    if !telling.is_empty() {
        let _ = write!(said, "；有的只差一样就能往下算：{}", telling.join("、"));
    }
    if unknown.by_books != Shown::Known(0) {
        let _ = write!(said, "；{} 户不差事实，是书里没有那个月、那个地方的数", few(unknown.by_books));
    }
    Some(format!("{said}。"))
}

/// The facts that unknown answers hang on.
pub(crate) fn lacking(findings: &Findings) -> Table {
    let mut table = Table::new(2, &["事实", "谁知道", "缺它的户", "只缺它的户"]);
    for it in findings.unknown.facts.iter().take(FACTS_TOLD) {
        let sources = if it.sources.is_empty() { "本人".to_owned() } else { it.sources.join("、") };
        table.row(vec![it.fact.clone(), sources, it.households.to_string(), it.alone.to_string()]);
    }
    table
}

pub(crate) fn receipt(findings: &Findings) -> String {
    let short = |hash: &str| hash.get(..16).unwrap_or(hash).to_owned();
    let receipt = &findings.receipt;
    format!(
        "凭据：{}，现行政策书 {}…，方案 {}…，事实 {}…",
        receipt.engine,
        short(&receipt.baseline),
        short(&receipt.reform),
        short(&receipt.facts)
    )
}

fn area_name(areas: &AreaTree, county: &values::AreaCode) -> String {
    areas.plain_name(county).map_or_else(|| county.short().to_owned(), str::to_owned)
}

pub(crate) fn figures(findings: &Findings, areas: &AreaTree) -> Table {
    let mut table = Table::new(4, &["参数", "地区", "现行", "方案"]);
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "没有".to_owned());
    for figure in &findings.figures {
        let (before, after) = (text(&figure.before), text(&figure.after));
        table.row(vec![figure.name.clone(), area_name(areas, &figure.county), before, after]);
    }
    table
}

pub(crate) fn groups(findings: &Findings) -> Table {
    let mut table = Table::new(1, &["", "户", "人", "每月合计（元）"]);
    for (word, group) in [("受益", findings.winners), ("受损", findings.losers), ("不变", findings.unchanged)] {
        let money = group.change_fen_per_month.known().map_or_else(|| "不公开".to_owned(), change);
        table.row(vec![word.to_owned(), group.households.to_string(), group.people.to_string(), money]);
    }
    table
}

/// Programmes that somebody draws on one of the sides.
pub(crate) fn programmes(findings: &Findings) -> Table {
    let header = ["项目", "待遇", "现行（户/人次）", "方案（户/人次）", "新符合", "不再符合", "多了", "少了", "临界"];
    let mut table = Table::new(2, &[&header[..], &["现行（元）", "方案（元）", "差（元）"]].concat());
    let nobody = Shown::Known(0);
    for it in findings.programmes.iter().filter(|it| it.before.cases != nobody || it.after.cases != nobody) {
        let counts = [it.before.cases, it.after.cases, it.newly, it.no_longer, it.more, it.less, it.borderline];
        let mut row = vec![it.title.clone(), it.gives.clone()];
        row.extend(counts.iter().map(ToString::to_string));
        row.extend([shown(it.before.fen), shown(it.after.fen), difference(it.before.fen, it.after.fen)]);
        table.row(row);
    }
    table
}

pub(crate) fn counties(findings: &Findings, areas: &AreaTree) -> Table {
    let mut table = Table::new(1, &["县市区", "户", "受益户", "受损户", "现行（元）", "方案（元）", "差（元）"]);
    for it in &findings.counties {
        table.row(vec![
            area_name(areas, &it.county),
            it.households.to_string(),
            it.winners.to_string(),
            it.losers.to_string(),
            shown(it.before_fen_per_year),
            shown(it.after_fen_per_year),
            difference(it.before_fen_per_year, it.after_fen_per_year),
        ]);
    }
    table
}

pub(crate) fn months(findings: &Findings) -> Table {
    let mut table = Table::new(1, &["月份", "现行（元）", "方案（元）", "差（元）"]);
    for it in &findings.by_month {
        table.row(vec![it.month.to_string(), yuan(it.before), yuan(it.after), change(it.after - it.before)]);
    }
    table
}

pub(crate) fn steps(findings: &Findings) -> Table {
    let mut table = Table::new(1, &["每月", "户"]);
    for it in findings.steps.iter().filter(|it| it.households != Shown::Known(0)) {
        table.row(vec![it.name.clone(), it.households.to_string()]);
    }
    table
}

pub(crate) fn unsettled(findings: &Findings) -> Table {
    let mut table =
        Table::new(1, &["项目", "还不知道（现行）", "还不知道（方案）", "要人来看（现行）", "要人来看（方案）"]);
    let none = [Shown::Known(0); 2];
    for it in findings.programmes.iter().filter(|it| it.unknown != none || it.by_person != none) {
        let counts = it.unknown.iter().chain(&it.by_person).map(ToString::to_string);
        table.row(std::iter::once(it.title.clone()).chain(counts).collect());
    }
    table
}

pub(crate) fn examples(findings: &Findings) -> Table {
    let mut table = Table::new(3, &["参数", "值", "为什么是示例"]);
    for it in &findings.examples {
        table.row(vec![it.name.clone(), it.value.clone(), it.why.clone()]);
    }
    table
}
