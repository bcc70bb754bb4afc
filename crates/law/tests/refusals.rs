//! What a clerk is told when a book is wrong: words and places, and nothing but words for books that are no books at all.

use law::{Diagnostic, Library};
use proptest::prelude::*;

const FORM: &str = include_str!("../../../policy/one-form.md");

const HEAD: &str = "# 试\n\n| 书目 | |\n|---|---|\n| 编号 | try |\n| 单位 | 家庭 |\n| 地区 | 430000 湖南省 |\n| 起 | 2021-07-01 |\n| 核对至 | 2021-12-31 |\n| 办法 | 办法 |\n\n| 参数 | 地区 | 起 | 值 | 依据 | 示例 |\n|---|---|---|---|---|---|\n| 标准 | 430000 | 2021-01 | 600元/月 | | 例 |\n| 上年收入 | 430000 | 2021-01 | 33000元/年 | | 例 |\n\n";

/// The law block starts on line 18 of a book made here.
fn findings(law: &str) -> Vec<Diagnostic> {
    let book = format!("{HEAD}```law\n{law}\n```\n");
    Library::load(&[("one-form.md", FORM), ("try.md", &book)]).err().unwrap_or_default()
}

#[test]
fn a_small_book_loads() {
    assert_eq!(findings("条件 甲: 合计(工资) < 标准 否则 \"多\"\n金额 乙 = 标准"), []);
    assert_eq!(findings("条件 甲： 合计（工资）＜标准 否则 “多”\n金额 乙 ＝ 标准"), []);
    assert_eq!(findings("每人 小 = 年龄 < 18且 重病\n条件 甲: 任一(小) 否则 \"多\"\n金额 乙 = 标准"), []);
    assert_eq!(findings("条件 甲: not (合计(工资) >= 标准) and 户口 = 农村 否则 \"多\"\n金额 乙 = 标准"), []);
}

#[test]
fn a_wrong_book_is_told_where_and_what() {
    // law text, line and column, message, hint
    let cases = [
        ("甲 = 户囗", (18, 5), "没有“户囗”这个名字", Some("是不是“户口”？")),
        ("甲 = 标准 + 上年收入", (18, 8), "元/月和元/年不能加", Some("先用 按月(…) 或 按年(…) 换成一样的")),
        ("甲 = 合计(存款) ≤ 标准", (18, 12), "元和元/月不能比较", Some("元/月 乘月数（例如 24个月）才是元")),
        (
            "甲 = 工资",
            (18, 5),
            "“工资”是每人各有的，全家的式子里要先汇总",
            Some("例如 合计(工资, 计入)、任一(工资)；或者在这一条前面加“每人”"),
        ),
        ("每人 甲 = 残疾等级 属于 {一级, 两级}", (18, 21), "选项里没有“两级”", Some("是不是“一级”？")),
        ("每人 甲 = 残疾等级 = 五级", (18, 15), "选项里没有“五级”", Some("是不是“一级”？")),
        ("甲 = 乙\n乙 = 丙\n丙 = 甲", (18, 1), "定义绕成了圈：甲 → 乙 → 丙 → 甲", None),
        ("甲 = 甲 + 1", (18, 1), "定义绕成了圈：甲 → 甲", None),
        ("甲 = 1\n甲 = 2", (19, 1), "“甲”已在第 18 行定义过", None),
        ("户口 = 1", (18, 1), "“户口”是一张表里的事实，不能再定义", None),
        ("标准 = 1", (18, 1), "“标准”是参数，不能再定义", None),
        ("甲 = (1 + 2", (18, 11), "括号没有收尾，这里应写 )，已到末尾", None),
        ("甲 = 若 真 则 1", (18, 12), "“若 … 则 …”后面应写“否则”，已到末尾", None),
        ("甲 = 1 2", (18, 7), "这里多了东西；一条写一行，接着写的行要缩进，写的是“2”", None),
        ("甲 = 1 ？", (18, 7), "看不懂“？”", None),
        ("条件 甲: 真", (18, 4), "条件要写明不符合时怎么说：否则 \"…\"", None),
        ("条件 甲: 1 否则 \"多\"", (18, 4), "“甲”应算出是/否，这里算出来是整数", None),
        (
            "金额 甲 = 标准 × 10%",
            (18, 4),
            "金额可能有不足一分的零头，要写明怎么舍入",
            Some("例如 进到元(…)、舍到元(…)、四舍五入到元(…)"),
        ),
        ("金额 甲 = 24个月", (18, 4), "“甲”应算出元/月、元或元/年，这里算出来是月数", None),
        ("甲 = 合记(工资)", (18, 5), "没有“合记”这个算法", Some("是不是“合计”？")),
        ("甲 = 取最大(1, 2)", (18, 5), "没有“取最大”这个算法", Some("是不是“取大”？")),
        ("甲 = 合计(合计(工资))", (18, 8), "汇总里面不能再用“合计”", Some("先给里面的起个名字")),
        ("甲 = 若 真 则 1 否则 标准", (18, 5), "“则”后面是整数，“否则”后面是元/月，应是同一种", None),
        ("甲 = 〔办法", (18, 5), "〔 没有收尾的 〕", None),
        ("甲 = 99999999999999元", (18, 5), "数字“99999999999999”看不懂或太大", None),
        ("每人 甲 = 重病或享受特困", (18, 8), "没有“重病或享受特困”这个名字", Some("如果“或”是连接词，前后要空一格")),
    ];
    let mut wrong = Vec::new();
    for (law, place, message, hint) in cases {
        let found = findings(law);
        let Some(first) = found.first() else { panic!("{law} was taken") };
        let said = ((first.line, first.column), first.message.as_str(), first.hint.as_deref());
        if said != (place, message, hint) {
            wrong.push(format!("{law}\n  {said:?}\n  {:?}", (place, message, hint)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_finding_shows_the_line_and_points_at_the_word() {
    let shown = findings("甲 = 户囗")[0].to_string();
    let expected =
        "try.md:18:5: 错误：没有“户囗”这个名字\n   18 | 甲 = 户囗\n      | \u{3000}   ^\n      = 是不是“户口”？\n";
    assert_eq!(shown, expected);
}

#[test]
fn a_citation_that_the_book_does_not_name_is_a_warning() {
    let book = format!("{HEAD}```law\n条件 甲: 合计(工资) < 标准 〔规定 第一条〕 否则 \"多\"\n金额 乙 = 标准\n```\n");
    let library = Library::load(&[("one-form.md", FORM), ("try.md", &book)]).unwrap();
    assert_eq!(library.warnings()[0].message, "引用的“规定”没有写在书目里");
}

#[test]
fn tables_are_told_where_they_are_wrong() {
    let cases = [
        ("| 单位 | 家庭 |", "| 单位 | 户 |", "单位应是“家庭”或“人”，写的是“户”"),
        ("| 起 | 2021-07-01 |", "| 起 | 2021-02-30 |", "日期“2021-02-30”不存在，请核对年月日"),
        ("| 编号 | try |\n", "", "书目里没有写“编号”"),
        ("600元/月", "六百", "值看不懂：“六百”；应是带单位的一个数，例如 600元/月、10%、24个月"),
        ("600元/月 | | 例", "600元/月 | |", "参数“标准”没有依据，也没有写明是示例"),
        (
            "| 上年收入 | 430000 | 2021-01 | 33000元/年",
            "| 标准 | 430300 | 2021-01 | 33000元/年",
            "参数“标准”别处是元/月，这里是元/年",
        ),
        (
            "| 上年收入 | 430000 | 2021-01 | 33000元/年",
            "| 标准 | 430000 | 2021-01 | 700元/月",
            "参数“标准”同一地区、同一时间写了两次",
        ),
    ];
    for (right, wrong, message) in cases {
        assert!(HEAD.contains(right), "{right}");
        let book = HEAD.replace(right, wrong);
        let found = Library::load(&[("one-form.md", FORM), ("try.md", &book)]).err().unwrap_or_default();
        let said: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert!(said.contains(&message), "{message} not in {said:?}");
    }
}

#[test]
fn books_too_deep_or_too_large_are_refused_with_the_place() {
    let deep = format!("甲 = {}1{}", "(".repeat(700), ")".repeat(700));
    assert!(findings(&deep)[0].message.contains("太深"), "{:?}", findings(&deep)[0]);
    let nots = format!("甲 = {}真", "非 ".repeat(700));
    assert!(findings(&nots)[0].message.contains("太深"));
    let long = format!("甲 = 1{}", " + 1".repeat(700));
    assert!(findings(&long)[0].message.contains("太长"));
    let chain: String = (1..900).map(|n| format!("甲{n} = 甲{} + 1\n", n - 1)).collect();
    let found = findings(&format!("{chain}甲0 = 1"));
    assert!(found[0].message.contains("定义一个靠一个太深"), "{:?}", found[0]);
    let many: String = (0..5_000).map(|n| format!("甲{n} = 1\n")).collect();
    assert!(findings(&many)[0].message.contains("最多"));
    let wide = "| 书目 | |\n|---|---|\n".to_owned() + &"| a | b |\n".repeat(90_000);
    assert!(Library::load(&[("one-form.md", FORM), ("try.md", &wide)]).is_err());
}

#[test]
fn a_library_without_a_form_says_so() {
    let found = Library::load(&[("a.md", "# 空\n")]).err().unwrap();
    assert_eq!(found[0].message, "没有一张表：哪一本书里都没有“事实”表");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_a_law_or_refused(law in "\\PC{0,200}") {
        findings(&law);
    }

    #[test]
    fn any_words_of_the_language_are_a_law_or_refused(
        words in proptest::collection::vec(prop::sample::select(vec![
            "每人", "条件", "转人工", "金额", "否则", "因", "若", "则", "且", "或", "非", "属于", "不属于", "真",
            "甲", "乙", "工资", "存款", "户口", "残疾等级", "标准", "年龄", "合计", "计数", "取大", "进到元", "按月",
            "(", ")", "{", "}", ",", ":", "=", "<", "≤", "+", "-", "×", "÷", "0元", "600元/月", "10%", "18", "24个月",
            "2021-07-01", "\"话\"", "〔办法〕", "农村", "一级", "\n", "\n  ",
        ]), 0..60)
    ) {
        findings(&words.join(" "));
    }
}

/// The rows 行政复议 and 行政诉讼 of 期限.
#[test]
fn a_wrong_remedy_is_told_where_and_what() {
    let steps = "| 步骤 | 承办 | 时限 | 起算 | 并行 | 可暂停 | 依据 |\n|---|---|---|---|---|---|---|\n| 交表 | 村 | 当日 | 交表 | | | |\n\n";
    let head = "| 期限 | 起算 | 止 | 多久 | 依据 |\n|---|---|---|---|---|\n";
    let cases: [(&str, &[&str]); 8] = [
        (
            "| 行政复议 | 告知 | | 60 日 | 行政复议法 第九条 |\n| 行政诉讼 | 告知 | | 6 个月 | 行政诉讼法 第四十六条 |",
            &[],
        ),
        ("| 行政复议 | 告知 | | 六十日 | 法 |", &["应是“60 日”或“6 个月”，写的是“六十日”"]),
        ("| 行政复议 | 告知 | | 60 个工作日 | 法 |", &["应是“60 日”或“6 个月”，写的是“60 个工作日”"]),
        ("| 行政诉讼 | 告知 | | 0 个月 | 法 |", &["应是“60 日”或“6 个月”，写的是“0 个月”"]),
        ("| 行政诉讼 | 告知 | | 0 日 | 法 |", &["应是“60 日”或“6 个月”，写的是“0 日”"]),
        ("| 行政诉讼 | 确认 | | 6 个月 | 法 |", &["“行政诉讼”从“告知”起算，写的是“确认”"]),
        ("| 行政诉讼 | 告知 | | 6 个月 | |", &["“行政诉讼”要写依据"]),
        ("| 行政复议 | 告知 | | 60 日 | 法 |\n| 行政复议 | 告知 | | 90 日 | 法 |", &["期限“行政复议”写了两次"]),
    ];
    for (rows, expected) in cases {
        let book = format!("{HEAD}```law\n条件 甲: 真 否则 \"多\"\n金额 乙 = 标准\n```\n\n{steps}{head}{rows}\n");
        let found = Library::load(&[("one-form.md", FORM), ("try.md", &book)]).err().unwrap_or_default();
        let said: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(said, expected, "{rows}");
    }
}
