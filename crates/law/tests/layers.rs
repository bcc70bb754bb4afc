//! 沿用, 改, 删: books that take over others, by date and by area.

mod support;

use law::form::Facts;
use law::{Diagnostic, Library, Outcome, check};
use proptest::prelude::*;
use serde_json::json;
use values::Month;

const FORM: &str = include_str!("../../../policy/one-form.md");

/// The provincial book of 2021: 600 a month below the standard, no vehicle.
const PROVINCE: &str = "# 试发补助

| 书目 | |
|---|---|
| 编号 | try |
| 单位 | 家庭 |
| 地区 | 430000 湖南省 |
| 起 | 2021-07-01 |
| 核对至 | 2022-12-31 |
| 办法 | 试发办法（2021） |

| 参数 | 地区 | 起 | 值 | 依据 | 示例 |
|---|---|---|---|---|---|
| 试发标准 | 430000 | 2021-07 | 600元/月 | | 例 |

```law
每人 计入 = 状态 ≠ 死亡                    〔办法 第一条〕
月收入 = 合计(工资, 计入)                  〔办法 第二条〕
条件 收入低于标准: 月收入 < 试发标准        〔办法 第三条〕
     否则 \"收入不低于标准\"
条件 没有车: 非 任一(有机动车, 计入)        〔办法 第四条〕
     否则 \"家里有车\"
金额 补助 = 试发标准 - 月收入               〔办法 第五条〕
```

| 步骤 | 承办 | 时限 | 起算 | 并行 | 可暂停 | 依据 |
|---|---|---|---|---|---|---|
| 交表 | 村 | 当日 | 交表 | | | |
| 确认 | 县 | 9 日 | 交表 | | | |

| 期限 | 起算 | 止 | 多久 | 依据 |
|---|---|---|---|---|
| 承诺 | 交表 | 确认 | 20 日 | 例 |
";

fn derived(from: &str, area: &str, takes: &str, law: &str, more: &str) -> String {
    format!(
        "# 试发补助\n\n| 书目 | |\n|---|---|\n| 编号 | try |\n| 地区 | {area} |\n| 起 | {from} |\n| 核对至 | 2025-12-31 |\n| 沿用 | {takes} |\n\n```law\n{law}\n```\n{more}"
    )
}

fn load(books: &[(&str, &str)]) -> Result<Library, Vec<Diagnostic>> {
    let all: Vec<(&str, &str)> = [("one-form.md", FORM), ("try.md", PROVINCE)].iter().chain(books).copied().collect();
    Library::load(&all)
}

/// One person with a wage, in a county; with or without a vehicle.
fn family(library: &Library, area: &str, wage: &str, vehicle: &str) -> Facts {
    let document = json!({"地区": area, "成员": [{"关系": "本人", "状态": "在家", "工资": wage, "有机动车": vehicle}]});
    library.form().facts_from_json(&document).unwrap()
}

fn answer(library: &Library, month: &str, area: &str, wage: &str, vehicle: &str) -> String {
    let facts = family(library, area, wage, vehicle);
    let found = library.determine("try", month.parse().unwrap(), &facts).remove(0);
    match found.outcome {
        Outcome::Eligible => found.amount.unwrap().to_string(),
        Outcome::Refused => found.reasons[0].name.to_string(),
        Outcome::NeedsPerson => "要人看".to_owned(),
        Outcome::Unknown { missing } => format!("不知道 {}", missing[0].name),
    }
}

#[test]
fn a_later_book_takes_over_and_changes_what_it_names() {
    let later = derived(
        "2023-01-01",
        "430000 湖南省",
        "2021-07-01",
        "改 条件 收入低于标准: 月收入 < 试发标准 × 2\n     否则 \"收入不低于标准的两倍\"\n删 条件 没有车 〔办法 第四条〕\n上浮 = 试发标准\n改 金额 补助 = 试发标准 + 上浮 - 月收入",
        "",
    );
    let library = load(&[("try-2023.md", &later)]).unwrap();
    let cases = [
        // month, wage, vehicle, answer
        ("2022-12", "200", "否", "400.00"),
        ("2022-12", "200", "是", "没有车"),
        ("2022-12", "700", "否", "收入低于标准"),
        // The day's month begins the later book; the earlier one's figures hold on under it.
        ("2023-01", "200", "是", "1,000.00"),
        ("2023-01", "700", "否", "500.00"),
        ("2025-12", "1200", "否", "收入低于标准"),
        ("2026-01", "200", "否", "不知道 《试发补助》政策书只核对到 2025-12-31，2026-01 的规定要先核对"),
    ];
    for (month, wage, vehicle, expected) in cases {
        assert_eq!(answer(&library, month, "430302", wage, vehicle), expected, "{month} {wage} {vehicle}");
    }
    let month = "2023-01".parse().unwrap();
    let procedure = library.procedure("try", month, &"430302".parse().unwrap()).unwrap();
    assert_eq!((procedure.steps.len(), procedure.promise_until.as_str()), (2, "确认"));
    assert_eq!(library.texts("try", month, &"430302".parse().unwrap()), [("办法".into(), "试发办法（2021）".into())]);
}

#[test]
fn an_inherited_item_keeps_the_file_and_line_it_stands_in() {
    let later = derived("2023-01-01", "430000", "2021-07-01", "改 金额 补助 = 试发标准", "");
    let library = load(&[("try-2023.md", &later)]).unwrap();
    let facts = family(&library, "430302", "200", "否");
    let found = library.determine("try", "2023-02".parse().unwrap(), &facts).remove(0);
    let stands: Vec<(&str, &str)> =
        found.explanation.iter().map(|line| (line.name.as_str(), line.stands_in.as_str())).collect();
    assert_eq!(stands, [("收入低于标准", "try.md:19"), ("没有车", "try.md:21"), ("补助", "try-2023.md:12")]);
}

#[test]
fn a_county_takes_over_the_province_and_a_later_county_the_county() {
    let county = derived("2021-07-01", "430321 湘潭县", "2021-07-01", "改 金额 补助 = 试发标准", "");
    let later = derived("2023-01-01", "430321 湘潭县", "2021-07-01", "改 月收入 = 0元", "");
    let library = load(&[("county.md", &county), ("county-2023.md", &later)]).unwrap();
    let cases = [
        ("2022-06", "430302", "200", "400.00"), // the district has no book of its own
        ("2022-06", "430321", "200", "600.00"),
        ("2022-06", "430321", "700", "收入低于标准"),
        ("2023-01", "430321", "700", "600.00"), // it takes over the county's book, not the province's
        ("2023-01", "430302", "200", "不知道 《试发补助》政策书只核对到 2022-12-31，2023-01 的规定要先核对"),
    ];
    for (month, area, wage, expected) in cases {
        assert_eq!(answer(&library, month, area, wage, "否"), expected, "{month} {area} {wage}");
    }
}

#[test]
fn check_says_what_each_book_changes() {
    let later = derived(
        "2023-01-01",
        "430000",
        "2021-07-01",
        "改 月收入 = 0元\n上浮 = 试发标准\n删 条件 没有车",
        "\n```case\n例: 一\n月: 2023-01   地区: 430302\n其余: 无\n  本人  工资 1元\n应得: 符合\n```\n",
    );
    let report = check(&load(&[("try-2023.md", &later)]).unwrap(), None);
    let said = report.to_string();
    assert!(said.contains("try-2023.md: 沿用 try.md：改 月收入；加 上浮；删 条件 没有车\n"), "{said}");
    // 计入 stands in the first book; the second one's case makes it true, nobody makes it false.
    let open: Vec<String> = report.unexercised.iter().map(|u| format!("{} {}{}", u.path, u.name, u.never)).collect();
    assert_eq!(open, ["try.md 计入不成立", "try.md 收入低于标准不成立", "try.md 没有车成立", "try.md 没有车不成立"]);
}

#[test]
fn what_cannot_be_taken_over_is_told() {
    let province = |law: &str| derived("2023-01-01", "430000", "2021-07-01", law, "");
    let cases: [(String, u32, &str, Option<&str>); 9] = [
        (
            province("改 条件 收入低于标淮: 真 否则 \"多\""),
            12,
            "沿用的 try.md 里没有条件“收入低于标淮”，不能改",
            Some("是不是“收入低于标准”？"),
        ),
        (province("删 转人工 没有车"), 12, "沿用的 try.md 里没有转人工“没有车”，不能删", Some("“没有车”是条件")),
        (
            province("月收入 = 0元"),
            12,
            "定义“月收入”在沿用的 try.md:18 里已经有了",
            Some("要换掉它，写“改 月收入 …”；要去掉它，写“删 月收入”"),
        ),
        (province("改 计入 = 真"), 12, "“计入”在沿用的 try.md:17 里是每人的定义", Some("写“改 每人 计入 …”")),
        (province("改 月收入 = 0元\n删 月收入"), 13, "定义“月收入”已在第 12 行改过或删过", None),
        (province("删 条件 没有车: 真"), 12, "“删”后面只写种类、名字和〔依据〕，写的是“:”", None),
        (
            derived("2023-01-01", "430000", "2021-07-02", "", ""),
            9,
            "没有 2021-07-02 起的“try”可以沿用",
            Some("可以沿用的有：2021-07-01"),
        ),
        (
            derived("2021-07-01", "430000", "2021-07-01", "", ""),
            7,
            "“try”同一地区、同一天起的书，try.md 已经是一本",
            None,
        ),
        (
            // What it changes makes an item of the first book wrong: told where that stands.
            province("改 月收入 = 1"),
            19,
            "整数和元/月不能比较",
            Some("later.md 沿用了这一条，改动以后不通"),
        ),
    ];
    for (book, line, message, hint) in cases {
        let found = load(&[("later.md", &book)]).expect_err(message);
        let said = (found[0].line, found[0].message.as_str(), found[0].hint.as_deref());
        assert_eq!(said, (line, message, hint), "{found:#?}");
    }
}

#[test]
fn a_circle_of_books_is_told_once_and_leads_nowhere() {
    let one = derived("2022-01-01", "430000", "2023-01-01", "", "");
    let two = derived("2023-01-01", "430000", "2022-01-01", "", "");
    let three = derived("2024-01-01", "430000", "2023-01-01", "", "");
    let found = load(&[("a.md", &one), ("b.md", &two), ("c.md", &three)]).unwrap_err();
    let said: Vec<(&str, u32, &str)> =
        found.iter().map(|found| (found.path.as_str(), found.line, found.message.as_str())).collect();
    assert_eq!(said, [("a.md", 9, "沿用绕成了圈：a.md → b.md → a.md")]);
}

/// A book that takes over a real one and says some of its items again, word for word, decides as that one does.
fn said_again(book: &str, from: &str, drawn: &[bool]) -> String {
    let row = |key: &str| book.lines().find(|line| line.starts_with(&format!("| {key} |"))).expect(key).to_owned();
    let start = row("起");
    let takes = start.split('|').nth(2).unwrap().trim();
    let head = ["编号", "地区", "核对至"].map(row).join("\n");
    let head = format!("# 再说一遍\n\n| 书目 | |\n|---|---|\n{head}\n| 起 | {from} |\n| 沿用 | {takes} |\n\n```law\n");
    let head = head.replace(&row("核对至"), "| 核对至 | 2030-12-31 |");
    let mut law: Vec<String> = Vec::new();
    let mut is_law = false;
    for line in book.lines() {
        is_law = if line.starts_with("```") { line == "```law" } else { is_law };
        if is_law && !line.starts_with("```") && !line.trim().is_empty() && !line.starts_with('#') {
            match line.starts_with(char::is_whitespace) {
                true => law.last_mut().expect("an item").push_str(&format!("\n{line}")),
                // It takes over another one itself: the rest of the block is left as it is.
                false if line.starts_with(['改', '删']) => is_law = false,
                false => law.push(format!("改 {line}")),
            }
        }
    }
    let again = law.iter().zip(drawn.iter().cycle()).filter(|(_, again)| **again).map(|(item, _)| item.as_str());
    format!("{head}{}\n```\n", again.collect::<Vec<_>>().join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_again_changes_nothing(
        facts in support::any_household(&LIBRARY.form().clone()),
        drawn in proptest::collection::vec(any::<bool>(), 7),
        which in 0usize..100,
    ) {
        let mut all: Vec<(String, String)> =
            support::books().into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let month: Month = "2021-09".parse().unwrap();
        let id = LIBRARY.programmes()[which % LIBRARY.programmes().len()].id.clone();
        let Some(version) = LIBRARY.version(&id, month, &facts.area) else { return Ok(()) };
        let book = all.iter().find(|(path, _)| *path == version.path).expect("it was loaded").clone();
        all.push(("policy/again.md".to_owned(), said_again(&book.1, "2021-09-01", &drawn)));
        let again = Library::load(&all).map_err(|found| TestCaseError::fail(found[0].to_string()))?;
        let plain = |library: &Library| -> Vec<_> {
            let found = library.determine(&id, month, &facts).into_iter();
            found.map(|one| (one.member, one.outcome, one.amount, one.reasons, one.counted, one.starts)).collect()
        };
        prop_assert_eq!(plain(&LIBRARY), plain(&again));
    }
}

static LIBRARY: std::sync::LazyLock<Library> = std::sync::LazyLock::new(support::library);
