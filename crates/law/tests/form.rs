//! The form in `policy/one-form.md` and what it makes of people's writing.

use law::form::{Belongs, OneForm, SourceId, Value};
use proptest::prelude::*;
use serde_json::json;
use values::{Day, Fen};

fn form() -> OneForm {
    let text = include_str!("../../../policy/one-form.md");
    OneForm::parse("policy/one-form.md", text).unwrap_or_else(|findings| panic!("{}", findings[0]))
}

#[test]
fn every_fact_names_departments_that_the_form_knows() {
    let form = form();
    assert_eq!(form.source("本人申报"), Some(SourceId(0)));
    for (id, decl) in form.facts() {
        assert_eq!(form.fact(&decl.name), Some(id));
        assert!(!decl.sources.is_empty(), "{} has no source", decl.name);
    }
    let urban = form.fact("户口").unwrap();
    assert_eq!(form.declaration(urban).belongs, Belongs::Household);
    assert_eq!(form.declaration(urban).choices(), ["城镇", "农村"]);
}

#[test]
fn values_are_read_as_people_write_them() {
    let form = form();
    let cases = [
        ("工资", "６００", Value::MoneyPerMonth(Fen::yuan(600)), "600元/月"),
        ("工资", "1,200.50元/月", Value::MoneyPerMonth(Fen::new(120_050)), "1200.5元/月"),
        ("经营净收入", "-30", Value::MoneyPerMonth(Fen::yuan(-30)), "-30元/月"),
        ("存款", "2000元", Value::Money(Fen::yuan(2000)), "2000元"),
        ("重大支出", "30000", Value::MoneyPerYear(Fen::yuan(30_000)), "30000元/年"),
        ("出生日期", "1968年5月12日", Value::Date(Day::new(1968, 5, 12).unwrap()), "1968-05-12"),
        ("重病", "有", Value::YesNo(true), "是"),
        ("重病", "否", Value::YesNo(false), "否"),
        ("残疾等级", "二级", Value::Choice(2), "二级"),
        ("房屋套数", "1", Value::Count(1), "1"),
    ];
    for (fact, text, value, shown) in cases {
        let id = form.fact(fact).unwrap();
        assert_eq!(form.parse_value(id, text), Ok(value), "{fact} {text}");
        assert_eq!(form.show_value(id, &value), shown);
        assert!(form.fits(id, &value));
    }
}

#[test]
fn what_cannot_be_read_is_said_in_plain_words() {
    let form = form();
    let cases = [
        ("工资", "600元/年", "“工资”的单位应是元/月，写的是“600元/年”"),
        ("工资", "-1", "“工资”不能是负数，写的是“-1”"),
        ("工资", "六百", "“工资”：金额“六百”里有不是数字的字，请只填数字，例如 1200.50"),
        ("存款", "99999999999", "“存款”：金额“99999999999”太大，请核对"),
        ("重病", "可能", "“重病”应填“是”或“否”，写的是“可能”"),
        ("残疾等级", "二", "“残疾等级”应是其中之一：无、一级、二级、三级、四级；写的是“二”；是不是“二级”？"),
        ("出生日期", "2021-02-30", "“出生日期”：日期“2021-02-30”不存在，请核对年月日"),
        ("房屋套数", "一套半", "“房屋套数”应是整数，例如 2；写的是“一套半”"),
    ];
    for (fact, text, message) in cases {
        let error = form.parse_value(form.fact(fact).unwrap(), text).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn facts_come_from_json_and_go_back() {
    let form = form();
    let document = json!({"地区": "430302202204", "家庭": {"户口": "农村"}, "成员": [
        {"关系": "本人", "出生日期": "1968-05-12", "工资": 600,
         "存款": {"值": "2000", "来源": "银行", "日期": "2021-09-08"}, "重病": "", "在读": null}]});
    let facts = form.facts_from_json(&document).unwrap();
    assert_eq!(facts.members[0].len(), 4);
    let deposit = facts.members[0].get(form.fact("存款").unwrap()).unwrap();
    assert_eq!(form.source_name(deposit.source), "银行");
    let again = form.facts_from_json(&form.facts_to_json(&facts)).unwrap();
    assert_eq!(again, facts);
    assert_eq!(again.digest(), facts.digest());
}

#[test]
fn a_document_names_its_usual_source_once_and_reads_back() {
    let form = form();
    let documents = [
        json!({"地区": "430302202204", "来源": "花名册", "家庭": {"户口": "农村"}, "成员": [
            {"关系": "本人", "工资": "600元/月", "养老金": {"值": "113元/月", "来源": "人社"},
             "存款": {"值": "2000元", "来源": "花名册", "日期": "2021-09-08"}, "重病": {"值": "否", "来源": "本人申报"}}, {}]}),
        json!({"地区": "430302202204", "家庭": {}, "成员": [{"关系": "本人", "工资": {"值": "600元/月", "来源": "税务"}}]}),
        json!({"地区": "430302202204", "家庭": {}, "成员": []}),
    ];
    for document in documents {
        let facts = form.facts_from_json(&document).unwrap();
        let text = form.facts_to_text(&facts);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), document);
        assert_eq!(form.facts_from_json(&form.facts_to_json(&facts)).unwrap(), facts);
    }
    let unknown = json!({"地区": "430302202204", "来源": "气象", "成员": []});
    assert_eq!(form.facts_from_json(&unknown).unwrap_err()[0].to_string(), "来源：来源“气象”不认识");
}

#[test]
fn everything_wrong_in_a_document_is_named_with_its_place() {
    let form = form();
    let document = json!({"家庭": {"户囗": "农村", "工资": "1"}, "成员": [{"工资": "六百"}], "姓名": "甲"});
    let errors = form.facts_from_json(&document).unwrap_err();
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for expected in [
        "家庭 · 户囗：一张表里没有这一项；是不是“户口”？",
        "家庭 · 工资：一张表里没有这一项",
        "成员 1 · 工资：“工资”：金额“六百”里有不是数字的字，请只填数字，例如 1200.50",
        "姓名：不认识；只有 地区、来源、家庭、成员 四部分",
        "地区：没有写",
    ] {
        assert!(said.iter().any(|line| line == expected), "{expected} not in {said:#?}");
    }
}

#[test]
fn a_form_with_mistakes_is_refused_with_the_place() {
    let text = "| 来源 | 说明 |\n|---|---|\n| 公安 | |\n\n| 事实 | 归属 | 类型 | 来源 | 何时问 | 说明 |\n|---|---|---|---|---|---|\n| 户口 | 户 | 是否 | 公案 | | |\n";
    let findings = OneForm::parse("form.md", text).unwrap_err();
    let said: Vec<_> = findings.iter().map(|f| (f.line, f.column, f.message.as_str(), f.hint.as_deref())).collect();
    assert_eq!(
        said,
        [
            (7, 8, "归属应是“人”“家庭”或“申请”，写的是“户”", None),
            (7, 17, "来源“公案”没有在来源表里", Some("是不是“公安”？")),
        ]
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,30}", at in 0usize..41) {
        let form = form();
        let (id, _) = form.facts().nth(at).unwrap();
        if let Ok(value) = form.parse_value(id, &text) {
            prop_assert_eq!(form.parse_value(id, &form.show_value(id, &value)), Ok(value));
        }
    }

    #[test]
    fn any_text_is_a_form_or_refused(text in "[|\\-# `事实来源归属类型人家庭是否\\n元/月{}、]{0,300}") {
        let _ = OneForm::parse("any.md", &text);
    }
}
