//! What `policy check` and `policy explain` say about the books of `policy/`.

mod support;

use law::{check, explain};
use serde_json::json;
use support::{books, library};
use values::{Day, WorkCalendar};

fn calendar() -> WorkCalendar {
    WorkCalendar::from_csv(include_str!("../../../data/calendar/workdays.csv")).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The name of the doubt that a line of a law block begins: 转人工, or 改 转人工 in a book that takes another one over.
fn doubt_of(line: &'static str) -> Option<&'static str> {
    let line = line.strip_prefix("改 ").unwrap_or(line);
    Some(line.strip_prefix("转人工 ")?.split([':', '：']).next()?.trim())
}

#[test]
fn every_condition_branch_and_figure_is_exercised() {
    let report = check(&library(), None);
    let said: Vec<String> =
        report.unexercised.iter().map(|u| format!("{} {} {} {}", u.path, u.what, u.name, u.never)).collect();
    assert!(said.is_empty(), "{said:#?}");
    assert_eq!(report.unused_figures, [""; 0]);
    let mut by_hand: Vec<&str> = report.by_hand.iter().map(|provision| provision.name.as_str()).collect();
    let mut written: Vec<&str> = books().iter().flat_map(|(_, text)| text.lines().filter_map(doubt_of)).collect();
    by_hand.sort_unstable();
    written.sort_unstable();
    assert_eq!(by_hand, written);
    assert!(written.len() >= 4, "{written:?}");
}

#[test]
fn what_no_case_exercises_is_named() {
    let without_cases: Vec<(&str, String)> = books()
        .into_iter()
        .map(|(path, text)| {
            (path, if path.ends_with("old-age.md") { text.replace("```case", "```text") } else { text.to_owned() })
        })
        .collect();
    let library = law::Library::load(&without_cases).unwrap();
    let report = check(&library, None);
    let said: Vec<String> = report.unexercised.iter().map(|u| format!("{}“{}”{}", u.what, u.name, u.never)).collect();
    for expected in ["条件“满八十岁”成立", "条件“满八十岁”不成立", "条件“在世”不成立", "若“津贴”成立"]
    {
        assert!(said.iter().any(|line| line == expected), "{expected} not in {said:?}");
    }
}

#[test]
fn the_promise_is_proven_for_ordinary_days_and_refuted_before_long_holidays() {
    let check_span = |from: &str, until: &str| {
        let report = check(&library(), Some((&calendar(), day(from), day(until))));
        report.promises.into_iter().find(|proof| proof.programme == "dibao").unwrap()
    };
    let november = check_span("2021-11-01", "2021-11-30");
    assert_eq!((november.kept, november.broken.len(), november.undecided), (30, 0, 0));
    // The widow of the demo: 6 September 2021, Mid-Autumn on the 19th to 21st.
    assert_eq!(check_span("2021-09-06", "2021-09-06").kept, 1);
    // Handed in before the National Day week: the visit and the decision fall behind it.
    let autumn = check_span("2021-09-01", "2021-10-31");
    assert_eq!(autumn.kept + autumn.broken.len(), 61);
    let first = &autumn.broken[0];
    let names: Vec<&str> = first.path.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["交表", "受理", "入户", "审核意见", "公示", "确认"]);
    assert!(first.ends > first.due && first.due == first.start.plus_days(20));
    // Beyond the last checked year nothing is proven.
    assert_eq!(check_span("2031-01-01", "2031-01-10").undecided, 10);
}

#[test]
fn one_household_is_explained_in_plain_chinese() {
    let library = library();
    let known = json!({"关系": "本人", "出生日期": "1968-05-12", "状态": "在家", "在读": "无", "残疾类别": "无", "残疾等级": "无",
        "重病": "否", "宗教教职": "否", "享受特困": "否", "工资": {"值": "300", "来源": "入户调查", "日期": "2021-09-08"},
        "经营净收入": "0", "财产净收入": "0", "养老金": "0", "赡养费": "0", "其他转移": "0", "社会保险个人缴费": "0",
        "支付的赡养费": "0", "存款": "2000", "有机动车": "否", "经商办企业": "否", "有外住赡养人": "否"});
    let document = json!({"地区": "430302202204", "家庭": {"户口": "农村", "房屋套数": "1"}, "成员": [known]});
    let facts = library.form().facts_from_json(&document).unwrap();
    let explained = explain(&library, "2021-09".parse().unwrap(), &facts, Some("dibao"));
    let said = explained.tree();
    for expected in [
        "最低生活保障：符合，每月 150 元，从 2021-10 发",
        "  收入低于标准：符合〔暂行 第九条〕〔办法 第四条〕",
        "  保障金 是 150元/月：进到元(若 全户低保 则 整户金额 - 停发本人 否则 单人金额)〔办法 第二十三条〕",
        "农村低保标准 是 420元/月（示例：湘潭的标准没有查到出处）（4303 自 2021-07 起）",
        "务工成本扣减率 是 10%（示例：本地数值没有查到出处）",
        "中央基础养老金不计比例 是 100%（依据：民发〔2021〕57号 第十三条（“十四五”期间））（00 自 2021-07 起）",
        "第 1 人的工资 是 300元/月（来源：入户调查 2021-09-08）",
    ] {
        assert!(said.contains(expected), "{expected}\nnot in\n{said}");
    }
    let determination = &explained.answers[0].determination;
    let back: law::Determination = serde_json::from_value(serde_json::to_value(determination).unwrap()).unwrap();
    assert_eq!(back, *determination);
}

#[test]
fn a_refusal_names_the_next_step_and_an_unknown_whom_to_ask() {
    let library = library();
    let document = json!({"地区": "430302", "成员": [{"出生日期": "1960-01-01", "湖南户籍": "是"}]});
    let facts = library.form().facts_from_json(&document).unwrap();
    let said = explain(&library, "2021-09".parse().unwrap(), &facts, None).tree();
    assert!(said.contains("高龄津贴（第 1 人）：不符合\n  还不到年龄〔老年法 第三十三条〕。下一步：满 80 岁的当月，村（社区）会主动来办"), "{said}");
    assert!(said.contains("重度残疾人护理补贴（第 1 人）：还不知道\n"), "{said}");
    assert!(said.contains("  还缺 第 1 人的残疾等级（可以问：残联）"), "{said}");
}

#[test]
fn wrong_steps_are_refused() {
    let book = include_str!("../../../policy/old-age.md");
    let row = "| 受理 | 乡镇（街道） | 2 个工作日 | 交表 |";
    assert!(book.contains(row));
    let cases = [
        ("| 受理 | 乡镇（街道） | 2 个工作日 | 确认 |", "“受理”从“确认”起算，“确认”要写在它前面"),
        ("| 受理 | 乡镇（街道） | 两天 | 交表 |", "时限应是“当日”“7 日”或“3 个工作日”，写的是“两天”"),
        ("| 受理 | 乡镇（街道） | 2 个工作日 | 交表格 |", "没有“交表格”这一步"),
        ("| 交表 | 乡镇（街道） | 2 个工作日 | 交表 |", "步骤“交表”写了两次"),
    ];
    for (wrong, message) in cases {
        let wrong_book = book.replace(row, wrong);
        let all: Vec<(&str, &str)> = books()
            .into_iter()
            .map(|(path, text)| (path, if path.ends_with("old-age.md") { wrong_book.as_str() } else { text }))
            .collect();
        let found = law::Library::load(&all).err().unwrap_or_default();
        assert!(found.iter().any(|finding| finding.message == message), "{message} not in {found:?}");
    }
}
