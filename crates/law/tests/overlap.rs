//! The tables 互斥 and 享受: what they say for a month, and what is told when they are wrong.

mod support;

use law::{How, Library};
use support::{books, library};
use values::Month;

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

#[test]
fn pairs_hold_in_their_months() {
    let library = library();
    let how = |first: &str, second: &str, at: &str| -> Option<How> {
        let mut pairs = library.overlap().pairs(month(at));
        pairs.find(|pair| pair.first == first && pair.second == second).map(|pair| pair.how)
    };
    let table = [
        ("unattended-child", "tekun", "2021-06", Some(How::TopUp)),
        ("unattended-child", "tekun", "2021-07", Some(How::Choose)),
        ("dibao", "dibao-edge", "2021-06", None),
        ("dibao", "dibao-edge", "2021-07", Some(How::Never)),
        ("disability-nursing", "elder-nursing", "2023-09", Some(How::Higher)),
        ("tekun", "old-age", "2023-09", None),
        ("dibao", "disability-living", "2023-09", None),
    ];
    for (first, second, at, expected) in table {
        assert_eq!(how(first, second, at), expected, "{first} 与 {second}，{at}");
    }
}

#[test]
fn payment_holds_pairs_that_exclude_and_no_others() {
    let library = library();
    let held = |first: &str, second: &str, at: &str| {
        library.overlap().exclusive(month(at)).contains(&(first.to_owned(), second.to_owned()))
    };
    assert!(held("tekun", "dibao", "2021-06"));
    assert!(held("unattended-child", "tekun", "2021-07"));
    assert!(!held("unattended-child", "tekun", "2021-06"), "补差 is paid");
    assert!(!held("dibao", "unattended-child", "2021-07"), "补差 is paid");
}

/// The finding's first line and hint when this row stands alone in a table.
fn told(table: &str, row: &str) -> String {
    let header = match table {
        "互斥" => "| 互斥 | 与 | 办法 | 起 | 止 | 依据 | 说明 |\n|---|---|---|---|---|---|---|",
        _ => "| 享受 | 项目 |\n|---|---|",
    };
    let page = format!("# 一起领\n\n{header}\n{row}\n");
    let mut all: Vec<(&str, &str)> = books();
    all.retain(|(path, _)| !path.ends_with("overlap.md"));
    all.push(("policy/overlap.md", &page));
    match Library::load(&all) {
        Ok(_) => "可以".to_owned(),
        Err(findings) => {
            let found = &findings[0];
            let hint = found.hint.as_ref().map_or_else(String::new, |hint| format!("；{hint}"));
            format!("{}:{}:{} {}{hint}", found.path, found.line, found.column, found.message)
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let table = [
        ("互斥", "| dibao | tekun | 择一 | | | 没有出处 | |", "可以"),
        ("互斥", "| dibo | tekun | 择一 | | | 文 | |", "policy/overlap.md:5:3 没有编号是“dibo”的项目；是不是“dibao”？"),
        ("互斥", "| dibao | dibao | 择一 | | | 文 | |", "policy/overlap.md:5:11 “dibao”和它自己谈不上互斥"),
        (
            "互斥",
            "| dibao | tekun | 择高一 | | | 文 | |",
            "policy/overlap.md:5:19 办法只有 不可同享、择高、择一、补差，写的是“择高一”；是不是“择一”？",
        ),
        (
            "互斥",
            "| dibao | tekun | 择一 | 七月 | | 文 | |",
            "policy/overlap.md:5:24 起、止写月份，例如 2021-07；写的是“七月”",
        ),
        (
            "互斥",
            "| dibao | tekun | 择一 | 2021-07 | 2021-06 | 文 | |",
            "policy/overlap.md:5:34 止 2021-06 在起 2021-07 之前",
        ),
        ("互斥", "| dibao | tekun | 择一 | | | | |", "policy/overlap.md:5:28 要写依据；没有出处的，写明“没有出处”"),
        (
            "互斥",
            "| dibao | tekun | 择一 | | 2021-06 | 文 | |\n| tekun | dibao | 补差 | 2021-06 | | 文 | |",
            "policy/overlap.md:6:3 “tekun”和“dibao”同一段时间在 overlap.md:5 已经写了",
        ),
        ("互斥", "| dibao | tekun | 择一 | | 2021-06 | 文 | |\n| tekun | dibao | 补差 | 2021-07 | | 文 | |", "可以"),
        ("享受", "| 享受低保 | dibao |", "可以"),
        ("享受", "| 享受低宝 | dibao |", "policy/overlap.md:5:3 一张表里没有事实“享受低宝”；是不是“享受低保”？"),
        ("享受", "| 享受低保 | tekun |", "policy/overlap.md:5:10 “享受低保”和项目“tekun”一个归人，一个归家庭"),
        ("享受", "| 性别 | tekun |", "policy/overlap.md:5:3 “性别”应是“是否”或“元/月”，才说得出在不在领、领多少"),
        ("享受", "| 已领同类补助 | dibao、tekun |", "可以"),
        ("享受", "| 享受低保 | dibao |\n| 享受低保 | dibao |", "policy/overlap.md:6:3 事实“享受低保”写了两次"),
    ];
    for (name, row, expected) in table {
        assert_eq!(told(name, row), expected, "{row}");
    }
}

#[test]
fn a_missing_column_is_named() {
    let mut all: Vec<(&str, &str)> = books();
    all.retain(|(path, _)| !path.ends_with("overlap.md"));
    all.push(("policy/overlap.md", "# 一起领\n\n| 互斥 | 与 | 办法 |\n|---|---|---|\n| dibao | tekun | 择一 |\n"));
    let findings = Library::load(&all).expect_err("columns are missing");
    assert_eq!(findings[0].message, "互斥表要有这些列：互斥、与、办法、起、止、依据、说明");
}
