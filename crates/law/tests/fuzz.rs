//! Books that are cut, doubled, swapped, scribbled on, far too deep or far too large: every one is taken or refused, none
//! brings the program down, and a refusal points into the book.
//!
//! The mutations are drawn from a seed, so a failure can be repeated: the seed stands in its message. `FUZZ_ROUNDS=100000`
//! makes the run longer, `FUZZ_SEED` begins elsewhere.

mod support;

use law::{Diagnostic, Library, Severity, check, test};
use serde_json::json;
use support::books;

/// Rounds of an ordinary run.
const ROUNDS: u64 = 150;

/// Numbers that look random, the same for the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn of(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

/// Words of the language, of tables, and noise.
const WORDS: [&str; 62] = [
    "(",
    ")",
    "{",
    "}",
    "+",
    "-",
    "×",
    "÷",
    "=",
    "≤",
    "<",
    "≠",
    "，",
    "、",
    "：",
    "|",
    "〔",
    "〕",
    "\"",
    "“",
    "且",
    "或",
    "非",
    "若",
    "则",
    "否则",
    "因",
    "下一步",
    "属于",
    "不属于",
    "真",
    "每人",
    "条件",
    "转人工",
    "金额",
    "分项",
    "交给",
    "改",
    "删",
    "合计(",
    "计数(",
    "任一(",
    "最大(",
    "取大(",
    "进到元(",
    "按月(",
    "年龄",
    "0元",
    "99999999元/月",
    "33%",
    "24个月",
    "2021-02-29",
    "9999-12-31",
    "000000",
    "430300",
    "```",
    "\u{200b}",
    "\u{202e}",
    "😀",
    "é\u{301}",
    "\u{0}",
    "\u{3000}",
];
/// Lines that mean much.
const LINES: [&str; 22] = [
    "| 书目 | |\n|---|---|",
    "| 沿用 | 2021-07-01 |",
    "| 沿用 | 2020-01-01 |",
    "| 待遇 | 身份认定 |",
    "| 待遇 | 服务 |",
    "| 单位 | 人 |",
    "| 起 | 9999-12-31 |",
    "| 参数 | 地区 | 起 | 值 | 依据 | 示例 |\n|---|---|---|---|---|---|",
    "| 步骤 | 承办 | 时限 | 起算 | 并行 | 可暂停 | 依据 |\n|---|---|---|---|---|---|---|",
    "| 期限 | 起算 | 止 | 多久 | 依据 |\n|---|---|---|---|---|",
    "| 给付 | 限额 | 依据 |\n|---|---|---|\n| 甲 | | 乙 |",
    "```law\n删 条件 有人计入\n```",
    "```law\n改 人口 = 1\n```",
    "```law\n甲 = 乙\n乙 = 甲\n```",
    "```law\n分项 甲 = 1元/月\n```",
    "```law\n",
    "```case\n例: 一\n月: 9999-12   地区: 430302\n其余: 无\n  本人  年龄 30\n应得: 符合\n```",
    "```case\n例: 二\n月: 0001-01   地区: 430302\n  本人  年龄 -9\n查 第9人: 人口 = 1\n应得 第3人: 不知道\n```",
    "```",
    "条件 甲: 真 否则 \"多\"",
    "金额 甲 = 1元",
    "# ",
];

/// One change to a text, at a place drawn.
fn mutate(text: &str, other: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let chars: Vec<char> = text.chars().collect();
    let (at, line) = (dice.below(chars.len()), dice.below(lines.len()));
    let span = |dice: &mut Dice| at..(at + 1 + dice.below(40)).min(chars.len());
    let with_line = |new: &str| [&lines[..line], &[new], lines.get(line + 1..).unwrap_or(&[])].concat().join("\n");
    let with = |from: usize, to: usize, new: &str| -> String {
        chars[..from].iter().copied().chain(new.chars()).chain(chars[to..].iter().copied()).collect()
    };
    match dice.below(12) {
        0 => chars[..at].iter().collect(),
        1 => {
            let span = span(dice);
            with(span.start, span.end.max(span.start), "")
        }
        2 => {
            let span = span(dice);
            let again: String = chars[span.clone()].iter().collect();
            with(span.end, span.end, &again.repeat(1 + dice.below(4)))
        }
        3 | 4 => with(at, at, dice.pick(&WORDS)),
        5 => {
            let end = (at + 1).min(chars.len());
            with(at, end, dice.pick(&WORDS))
        }
        6 => with_line(dice.pick(&LINES)),
        7 => with_line(""),
        8 => with_line(&format!("{}\n{}", lines.get(line).unwrap_or(&""), lines.get(line).unwrap_or(&""))),
        9 => {
            let other: Vec<&str> = other.lines().collect();
            let from = dice.below(other.len());
            let some = other[from..(from + 1 + dice.below(12)).min(other.len())].join("\n");
            with_line(&some)
        }
        10 => {
            let mut swapped = lines.clone();
            if !swapped.is_empty() {
                let with = dice.below(swapped.len());
                swapped.swap(line, with);
            }
            swapped.join("\n")
        }
        _ => {
            let mut cells: Vec<&str> = lines.get(line).unwrap_or(&"").split('|').collect();
            let (one, two) = (dice.below(cells.len()), dice.below(cells.len()));
            cells.swap(one, two);
            with_line(&cells.join("|"))
        }
    }
}

/// A refusal has a place inside the text it names.
fn points_into(found: &Diagnostic, books: &[(String, String)]) -> bool {
    let Some((_, text)) = books.iter().find(|(path, _)| *path == found.path) else { return found.path == "policy" };
    let line = text.trim_start_matches('\u{feff}').lines().nth(found.line as usize - 1);
    line.map_or(found.line == 1, |line| found.column >= 1 && found.column as usize <= line.chars().count() + 2)
}

/// Takes the books or refuses them; whatever is taken must answer.
fn tried(books: &[(String, String)]) -> bool {
    match Library::load(books) {
        Err(findings) => {
            assert!(findings.iter().any(|found| found.severity == Severity::Error), "refused without an error");
            for found in &findings {
                assert!(points_into(found, books), "points nowhere: {found}");
                assert!(!found.to_string().is_empty());
            }
            false
        }
        Ok(library) => {
            assert!(library.warnings().iter().all(|found| points_into(found, books)));
            let _ = test(&library, &[("", ""); 0]).to_string();
            let _ = check(&library, None).to_string();
            answer(&library);
            true
        }
    }
}

/// All programmes for two families, by all three evaluators.
fn answer(library: &Library) {
    let one = json!({"地区": "430302202204", "成员": [{}, {}]});
    let two = json!({"地区": "430302202204", "成员": [{"工资": "100"}]});
    let facts: Vec<_> = [one, two].iter().filter_map(|json| library.form().facts_from_json(json).ok()).collect();
    for month in ["2021-09", "2026-08"] {
        let month = month.parse().expect("a month");
        library.determine_bulk(month, &facts);
        for facts in &facts {
            library.determine_all(month, facts).iter().for_each(|found| assert!(!found.to_string().is_empty()));
        }
        if !facts.is_empty() {
            let columns = support::columns(library, &facts, true);
            library.plan(&[], &[month], facts[0].area).answers(&columns);
        }
    }
}

/// All books: the form first, then the one to be changed.
fn shuffled(dice: &mut Dice) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        books().into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    all.sort_by_key(|(path, _)| path != FORM);
    let changed = 1 + dice.below(all.len() - 1);
    all.swap(1, changed);
    all
}

#[test]
fn mutated_books_are_taken_or_refused() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (first, rounds) = (number("FUZZ_SEED").unwrap_or(1), number("FUZZ_ROUNDS").unwrap_or(ROUNDS));
    let mut taken = 0;
    for seed in first..first + rounds {
        let mut dice = Dice::of(seed);
        let mut chosen = shuffled(&mut dice);
        let which = if dice.below(6) == 0 { 0 } else { 1 };
        for _ in 0..1 + dice.below(4) {
            let other = chosen[dice.below(chosen.len())].1.clone();
            chosen[which].1 = mutate(&chosen[which].1, &other, &mut dice);
        }
        let round = std::panic::AssertUnwindSafe(|| tried(&chosen));
        let was_taken = std::panic::catch_unwind(round);
        taken += u64::from(was_taken.unwrap_or_else(|_| panic!("FUZZ_SEED={seed} FUZZ_ROUNDS=1 repeats this")));
    }
    assert!(
        taken > rounds / 20 && taken < rounds,
        "{taken} of {rounds} were taken: the mutations are too mild or too wild"
    );
}

const FORM: &str = "policy/one-form.md";

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
