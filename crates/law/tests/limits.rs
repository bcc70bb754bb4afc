//! Books far too deep, far too long or far too large: refused by name, at once; and the deepest book there may be is decided.

mod hostile;
mod support;

use hostile::{FORM, tried};
use law::Library;
use support::books;

fn form() -> String {
    books().iter().find(|(path, _)| *path == FORM).expect("the form is among the books").1.to_owned()
}

const HEAD: &str = "# 试\n\n| 书目 | |\n|---|---|\n| 编号 | try |\n| 单位 | 家庭 |\n| 地区 | 430000 |\n| 起 | 2021-07-01 |\n| 核对至 | 2021-12-31 |\n";
const TAIL: &str = "\n```law\n条件 有人: 真 否则 \"没有\"\n金额 钱 = 1元/月\n```\n";

/// The first thing said of a book that is far too much.
fn said_of(body: &str) -> String {
    let form = form();
    let books = vec![("one-form.md".to_owned(), form), ("try.md".to_owned(), format!("{HEAD}{body}{TAIL}"))];
    tried(&books);
    let found = Library::load(&books).err().and_then(|findings| findings.into_iter().next());
    found.map_or_else(String::new, |found| found.message)
}

fn law(text: &str) -> String {
    format!("\n```law\n{text}\n```\n")
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn table(head: &str, rows: &str) -> String {
    format!("\n{head}\n{}\n{rows}\n", "|---".repeat(head.matches('|').count() - 1) + "|")
}

fn told_by_name(cases: &[(&str, String, &str)]) {
    let told = cases.iter().map(|(what, body, message)| (what, said_of(body), *message));
    let wrong: Vec<_> = told.filter(|(_, said, message)| said != message).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn law_far_too_deep_or_long_is_refused_by_name() {
    told_by_name(&[
        (
            "40,000 brackets",
            law(&lines(40, |_| format!("  甲 = {}\n", "(".repeat(1_000))).trim_start().replace("\n  甲 =", "\n  ")),
            "一条最多 1500 个词",
        ),
        ("40,000 brackets in a line", law(&format!("甲 = {}", "(".repeat(40_000))), "这一行太长，最多 4000 个字"),
        ("600 times 非", law(&format!("甲 = {}真", "非 ".repeat(600))), "一层套一层太深，最多 40 层"),
        ("200 times 若", law(&format!("甲 = {}1", "若 真 则 1 否则 ".repeat(200))), "一层套一层太深，最多 40 层"),
        ("600 times -", law(&format!("甲 = {}1", "- ".repeat(600))), "一层套一层太深，最多 40 层"),
        ("a sum of 600", law(&format!("甲 = 1{}", " + 1".repeat(600))), "式子太长，最多 300 层"),
        ("2,000 words", law(&format!("甲 = 取大(1{})", ", 1".repeat(900))), "一条最多 1500 个词"),
        ("a ring of 10,000", law(&lines(10_000, |n| format!("甲{n} = 甲{}\n", (n + 1) % 10_000))), "一段最多 1000 条"),
        (
            "a ring of 900",
            law(&lines(900, |n| format!("甲{n} = 甲{}\n", (n + 1) % 900))),
            "定义绕成了圈：甲0 → 甲1 → 甲2 → 甲3 → 甲4 → 甲5 → 甲6 → 甲7 → … → 甲0",
        ),
        (
            "a chain of 900",
            law(&lines(900, |n| format!("甲{n} = 甲{} + 1\n", n + 1)).replace("甲900", "1")),
            "定义一个靠一个太深，最多 50 层",
        ),
        (
            "blocks of 900",
            law(&lines(900, |n| format!("甲{n} = 1\n"))).replace("甲", "乙")
                + &law(&lines(900, |n| format!("甲{n} = 1\n")))
                + &law(&lines(900, |n| format!("丙{n} = 1\n"))),
            "一本书最多 2000 条",
        ),
    ]);
}

#[test]
fn pages_far_too_large_are_refused_by_name() {
    let figures = "| 参数 | 地区 | 起 | 值 | 依据 | 示例 |";
    told_by_name(&[
        ("a line of 1 MB", format!("\n{}\n", "字".repeat(340_000)), "这一行太长，最多 4000 个字"),
        ("2 MB", "\n字".repeat(600_000), "这本书太大（2343 KB），最多 1024 KB"),
        (
            "9,000 figures",
            table(figures, &lines(9_000, |n| format!("| 甲{n} | 430000 | 2021-01 | 1元 | 例 | |\n"))),
            "一本书的参数最多 2000 行",
        ),
        (
            "100 steps",
            table(
                "| 步骤 | 承办 | 时限 | 起算 | 并行 | 可暂停 | 依据 |",
                &lines(100, |n| format!("| 甲{n} | 村 | 当日 | | | | |\n")),
            ),
            "步骤最多 40 步",
        ),
        (
            "300 conditions",
            law(&lines(300, |n| format!("条件 甲{n}: 真 否则 \"\"\n"))),
            "一本书的条件、转人工各最多 200 条",
        ),
        ("30 components", law(&lines(30, |n| format!("分项 甲{n} = 0元\n"))), "分项最多 20 项"),
        (
            "600 cases",
            lines(600, |_| "\n```case\n例: 一\n月: 2021-09   地区: 430302\n应得: 符合\n```\n".to_owned()),
            "一本书最多 500 个例子",
        ),
        ("900 wrong lines", law(&lines(900, |_| "甲 = ？\n".to_owned())), "看不懂“？”"),
        (
            "900 unknown names",
            law(&lines(900, |n| format!("名字很长很长的一个定义第{n}号 = 名字很长很长的一个定义弟{n}号\n"))),
            "没有“名字很长很长的一个定义弟0号”这个名字",
        ),
        (
            "only bars",
            "\n".to_owned()
                + &"|".repeat(3_900)
                + "\n"
                + &"|-".repeat(1_900)
                + "\n"
                + &lines(200, |_| "|".repeat(3_900) + "\n"),
            "",
        ),
    ]);
}

/// A fact whose 何时问 mentions two others, each of which mentions two others …: 2 to the power of 100 parts, written out.
#[test]
fn a_form_that_unfolds_without_end_is_refused() {
    let rows: String = (0..100)
        .map(|n| {
            let when = if n == 99 { String::new() } else { format!("甲{} 且 甲{}", n + 1, n + 1) };
            format!("| 甲{n} | 家庭 | 是否 | | {when} | |\n")
        })
        .collect();
    let form = format!("# 一张表\n\n| 事实 | 归属 | 类型 | 来源 | 何时问 | 说明 |\n|---|---|---|---|---|---|\n{rows}");
    let book = format!("{HEAD}{TAIL}").replace("有人: 真", "有人: 甲0");
    let books = vec![("one-form.md".to_owned(), form), ("try.md".to_owned(), book)];
    assert!(!tried(&books));
    let found = Library::load(&books).unwrap_err();
    assert_eq!(found[0].message, "这本书太长，全部式子合起来最多 100000 个部分");
}

/// As deep as a book may be: it loads and is decided, with every reason, on an ordinary thread.
#[test]
fn the_deepest_book_is_decided() {
    let chain: String = (0..48).map(|n| format!("甲{n} = 甲{} + 1\n", n + 1)).collect();
    let sum = format!("甲48 = 1{}", " + 人口".repeat(180));
    let body = law(&format!("{chain}{sum}\n人口 = 计数(真)\n条件 深: 甲0 > 1 否则 \"\""));
    assert_eq!(said_of(&body), "");
}

/// A hundred books, each taking over the one before: refused at the thirty-first.
#[test]
fn a_long_chain_of_books_is_refused() {
    let form = form();
    let mut all = vec![("one-form.md".to_owned(), form)];
    for n in 0..100 {
        let head = HEAD.replace("2021-07-01", &format!("{}-07-01", 1900 + n));
        let base = format!("| 沿用 | {}-07-01 |\n", 1899 + n);
        let text = if n == 0 { format!("{head}{TAIL}") } else { head + &base };
        all.push((format!("try-{n}.md"), text));
    }
    assert!(!tried(&all));
    let found = Library::load(&all).unwrap_err();
    assert_eq!((found[0].path.as_str(), found[0].message.as_str()), ("try-30.md", "一本沿用一本，最多 30 本"));
}
