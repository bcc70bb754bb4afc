//! 待遇, 分项, 给付: what the eligible are given, and what a book may not say of it.

mod support;

use law::{AmountPer, Determination, Diagnostic, Gives, Library, Outcome, test};
use serde_json::json;
use support::columns;
use values::Fen;

const FORM: &str = include_str!("../../../policy/one-form.md");

/// A book whose 书目 ends on line 9, its law block beginning on line 12.
fn load(gives: &str, law: &str, after: &str) -> Result<Library, Vec<Diagnostic>> {
    let head = "# 试\n\n| 书目 | |\n|---|---|\n| 编号 | try |\n| 单位 | 家庭 |\n| 地区 | 430000 |\n| 起 | 2021-07-01 |\n| 核对至 | 2021-12-31 |\n";
    let book = format!("{head}{gives}\n```law\n条件 有人: 计数(真) ≥ 1 否则 \"没有人\"\n{law}\n```\n{after}");
    Library::load(&[("one-form.md", FORM), ("try.md", book.as_str())])
}

/// A person of the household with a wage and a savings.
fn decide(library: &Library, wage: &str, savings: &str) -> Determination {
    let document = json!({"地区": "430302", "成员": [{"关系": "本人", "工资": wage, "存款": savings}]});
    let facts = library.form().facts_from_json(&document).unwrap();
    let month = "2021-09".parse().unwrap();
    let found = library.determine("try", month, &facts).remove(0);
    // Both other evaluators say the same.
    let quick = library.determine_quick(month, &facts).remove(0).verdict;
    assert_eq!(quick.amount, found.amount);
    let columns = columns(library, std::slice::from_ref(&facts), true);
    let answers = library.plan(&["try"], &[month], facts.area).answers(&columns).remove(0);
    assert_eq!((answers.outcome[0], answers.amount[0]), (quick.outcome, found.amount.map_or(0, Fen::fen)));
    found
}

const SERVICES: &str =
    "\n| 给付 | 限额 | 依据 |\n|---|---|---|\n| 遗体接运 | 一次 | 办法 第三条 |\n| 骨灰寄存 | 三年 | 办法 第四条 |\n";

#[test]
fn money_by_the_month_once_or_by_the_year_recognition_and_services() {
    let cases = [
        // 书目, law, after, gives, sentence
        ("", "金额 甲 = 合计(工资)", "", Gives::Money(AmountPer::Month), "试：符合，每月 100 元，从 2021-10 发"),
        ("| 待遇 | 现金 |\n", "金额 甲 = 合计(存款)", "", Gives::Money(AmountPer::Once), "试：符合，一次给 8 元"),
        ("", "金额 甲 = 按年(合计(工资))", "", Gives::Money(AmountPer::Year), "试：符合，每年 1200 元"),
        ("| 待遇 | 身份认定 |\n", "", "", Gives::Recognition, "试：符合，认定身份，不发钱"),
        ("| 待遇 | 服务 |\n", "", SERVICES, Gives::Services, "试：符合，服务：遗体接运、骨灰寄存"),
    ];
    for (gives, law, after, expected, sentence) in cases {
        let library = load(gives, law, after).expect(sentence);
        assert_eq!(library.programmes()[0].gives, expected);
        let found = decide(&library, "100", "8");
        assert_eq!(found.sentence(), sentence);
        let is_monthly = expected == Gives::Money(AmountPer::Month);
        assert_eq!((expected.is_monthly(), found.monthly_amount().is_some()), (is_monthly, is_monthly));
        let is_money = matches!(expected, Gives::Money(_));
        assert_eq!((found.amount.is_some(), found.services.len()), (is_money, if after.is_empty() { 0 } else { 2 }));
    }
}

#[test]
fn components_add_up_or_a_person_looks() {
    let law = "分项 生活费 = 合计(工资)\n分项 照料费 = 进到元(合计(存款) ÷ 1个月) 交给 \"照料人\"  〔办法 第五条〕\n金额 甲 = 进到元(取大(合计(工资) + 合计(存款) ÷ 1个月, 50元/月))";
    let library = load("| 办法 | 办法 |\n", law, "").unwrap();
    let found = decide(&library, "100", "8");
    let parts: Vec<_> =
        found.parts.iter().map(|part| (part.name.as_str(), part.amount, part.payee.as_deref())).collect();
    assert_eq!(parts, [("生活费", Fen::yuan(100), None), ("照料费", Fen::yuan(8), Some("照料人"))]);
    assert_eq!(found.sentence(), "试：符合，每月 108 元（生活费 100 元，照料费 8 元交给照料人），从 2021-10 发");
    assert_eq!(found.parts.iter().map(|part| part.amount).sum::<Fen>(), found.amount.unwrap());
    // 30 and 8 are not 50.
    let doubted = decide(&library, "30", "8");
    assert_eq!((doubted.outcome, doubted.amount, doubted.parts), (Outcome::NeedsPerson, None, vec![]));
    assert_eq!(doubted.reasons[0].text, "分项加起来不等于“甲”，要由人核对");
}

#[test]
fn cases_look_into_components_and_spans_of_time() {
    let case = |answer: &str, check: &str| {
        let after = format!(
            "```case\n例: 一\n月: 2021-09   地区: 430302\n其余: 无\n  本人  存款 8元\n{check}\n应得: {answer}\n```\n"
        );
        let library = load("", "分项 乙 = 合计(存款)\n每人 丙 = 存款 > 7元\n金额 甲 = 合计(存款)", &after).unwrap();
        test(&library, &[("", ""); 0]).cases[0].problems.join("；")
    };
    for (answer, check, problem) in [
        ("符合，8元", "查: 乙 = 8元", ""),
        ("符合，一次8元", "查 第1人: 丙 = 是", ""),
        ("符合，8元/月", "", "应得 符合，8元，算出来是 符合，一次8元"),
        ("符合", "查: 丙 = 是", "第 22 行：“丙”是每人各有的，写“查 第1人: …”"),
        ("符合", "查 第2人: 丙 = 是", "第 22 行：没有这个人"),
        ("符合", "查: 有入 = 是", "第 22 行：没有“有入”这个定义、条件或分项；是不是“有人”？"),
    ] {
        assert_eq!(case(answer, check), problem, "{answer} {check}");
    }
}
