//! Random books, random households, facts missing: one meaning, three evaluators (with every reason, one household
//! without words, columns). Whatever a book may say, they answer alike.

mod support;

use law::columns::{Columns, NO_REASON};
use law::form::Facts;
use law::{Answer, Library, Outcome};
use proptest::prelude::*;
use proptest::sample::select;
use support::any_household;

const FORM: &str = include_str!("../../../policy/one-form.md");

/// A kind of expression of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// 元/月.
    Money,
    Number,
    YesNo,
}

/// Expressions as text; `person` when facts of a member may be named.
fn expression(sort: Sort, person: bool, depth: u32) -> BoxedStrategy<String> {
    let leaf = leaf(sort, person);
    if depth == 0 {
        return leaf;
    }
    let of = move |sort: Sort| expression(sort, person, depth - 1);
    let choose = (of(Sort::YesNo), of(sort), of(sort)).prop_map(|(c, a, b)| format!("(若 {c} 则 {a} 否则 {b})"));
    let both = |sort: Sort| (of(sort), of(sort));
    let members = |sort: Sort| (expression(sort, true, depth - 1), expression(Sort::YesNo, true, depth - 1));
    match sort {
        Sort::Money => prop_oneof![
            2 => leaf,
            2 => (both(sort), select(vec!["+", "-"])).prop_map(|((a, b), op)| format!("({a} {op} {b})")),
            2 => (of(sort), of(Sort::Number)).prop_map(|(a, b)| format!("({a} × {b})")),
            1 => (of(sort), select(vec!["3", "7", "-4", "0.3", "12%"])).prop_map(|(a, b)| format!("({a} / {b})")),
            1 => (of(sort), of(Sort::Number)).prop_map(|(a, b)| format!("({a} / {b})")),
            2 => (both(sort), select(vec!["取大", "取小"])).prop_map(|((a, b), f)| format!("{f}({a}, {b})")),
            1 => (of(sort), select(vec!["进到元", "舍到元", "四舍五入到元"])).prop_map(|(a, f)| format!("{f}({a})")),
            1 => of(sort).prop_map(|a| format!("(-{a})")),
            2 => choose,
            if person { 0 } else { 3 } => (members(sort), select(vec!["合计", "最大", "最小"]))
                .prop_map(|((a, f), g)| format!("{g}({a}, {f})")),
        ]
        .boxed(),
        Sort::Number => prop_oneof![
            2 => leaf,
            2 => (both(sort), select(vec!["+", "-", "×"])).prop_map(|((a, b), op)| format!("({a} {op} {b})")),
            1 => both(Sort::Money).prop_map(|(a, b)| format!("({a} / {b})")),
            1 => choose,
            if person { 0 } else { 3 } => expression(Sort::YesNo, true, depth - 1).prop_map(|f| format!("计数({f})")),
        ]
        .boxed(),
        Sort::YesNo => prop_oneof![
            2 => leaf,
            3 => (both(sort), select(vec!["且", "或"])).prop_map(|((a, b), op)| format!("({a} {op} {b})")),
            1 => of(sort).prop_map(|a| format!("(非 {a})")),
            3 => (both(Sort::Money), select(vec!["<", "≤", ">", "≥", "=", "≠"]))
                .prop_map(|((a, b), op)| format!("({a} {op} {b})")),
            2 => (both(Sort::Number), select(vec!["<", "≤", ">", "≥", "=", "≠"]))
                .prop_map(|((a, b), op)| format!("({a} {op} {b})")),
            1 => both(sort).prop_map(|(a, b)| format!("({a} = {b})")),
            1 => choose,
            if person { 0 } else { 3 } => (members(sort), select(vec!["任一", "全部"]))
                .prop_map(|((a, f), g)| format!("{g}({a}, {f})")),
        ]
        .boxed(),
    }
}

fn leaf(sort: Sort, person: bool) -> BoxedStrategy<String> {
    let words: &[&str] = match (sort, person) {
        (Sort::Money, true) => {
            &["工资", "养老金", "中央基础养老金", "经营净收入", "0元", "120.01元/月", "甲标准", "空标准"]
        }
        (Sort::Money, false) => &["甲标准", "0元/月", "60元/月", "全家收入", "空标准"],
        (Sort::Number, true) => &["年龄", "月初年龄", "离家年数", "1", "2.5", "30%", "18", "0"],
        (Sort::Number, false) => &["房屋套数", "人口", "2", "0.7", "0"],
        (Sort::YesNo, true) => &[
            "重病",
            "宗教教职",
            "(残疾等级 = 一级)",
            "(关系 属于 {本人, 配偶})",
            "(在读 不属于 {无, 本科})",
            "长期同住",
            "残疾人代步车",
            "享受低保",
            "计入",
            "(出生日期 < 1960-05-01)",
        ],
        (Sort::YesNo, false) => &["享受低保", "(户口 = 城镇)", "(人口 ≥ 2)", "(户口 属于 {城镇})", "(户口 ≠ 农村)"],
    };
    select(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).boxed()
}

/// A book: some definitions, conditions, doubts and an amount, all random.
fn any_book() -> impl Strategy<Value = String> {
    let household = any::<bool>();
    household.prop_flat_map(|household| {
        let person = !household;
        let clause = move || expression(Sort::YesNo, person, 3);
        let conditions = proptest::collection::vec(clause(), 1..4);
        let doubts = proptest::collection::vec(clause(), 0..3);
        let amount = expression(Sort::Money, person, 3);
        let counts = expression(Sort::YesNo, true, 2);
        let income = expression(Sort::Money, true, 2);
        (conditions, doubts, amount, counts, income).prop_map(move |(conditions, doubts, amount, counts, income)| {
            let unit = if household { "家庭" } else { "人" };
            let counts = counts.replace("计入", "重病");
            let income = income.replace("计入", "重病");
            let mut law = format!("每人 计入 = {counts}\n人口 = 计数(计入)\n全家收入 = 合计({income}, 计入)\n");
            for (number, text) in conditions.iter().enumerate() {
                law += &format!("条件 甲{number}: {text}\n     否则 \"不行\"\n");
            }
            for (number, text) in doubts.iter().enumerate() {
                law += &format!("转人工 乙{number}: {text}\n     因 \"要看\"\n");
            }
            law += &format!("金额 钱 = 进到元({amount})\n");
            format!(
                "# 随机\n\n| 书目 | |\n|---|---|\n| 编号 | random |\n| 单位 | {unit} |\n| 地区 | 000000 全国 |\n| 起 | 2021-01-01 |\n\
                 | 核对至 | 2021-12-31 |\n| 发放起 | 次月 |\n\n| 参数 | 地区 | 起 | 值 | 依据 | 示例 |\n|---|---|---|---|---|---|\n\
                 | 甲标准 | 000000 全国 | 2021-01 | 333元/月 | | 试 |\n| 空标准 | 440000 广东 | 2021-01 | 1元/月 | | 试 |\n\n```law\n{law}```\n"
            )
        })
    })
}

/// The three evaluators' answers as (outcome, fen, reason) of each lane.
type Told = Vec<(Answer, i64, u16)>;

fn traced(library: &Library, households: &[Facts]) -> Vec<(Answer, Option<i64>, Option<String>)> {
    let month = "2021-09".parse().unwrap();
    let all = households.iter().flat_map(|facts| library.determine("random", month, facts));
    all.map(|found| {
        let outcome = match found.outcome {
            Outcome::Eligible => Answer::Eligible,
            Outcome::Refused => Answer::Refused,
            Outcome::NeedsPerson => Answer::NeedsPerson,
            Outcome::Unknown { .. } => Answer::Unknown,
        };
        (outcome, found.amount.map(|fen| fen.fen()), found.reasons.first().map(|reason| reason.name.to_string()))
    })
    .collect()
}

fn quick(library: &Library, households: &[Facts]) -> Told {
    let month = "2021-09".parse().unwrap();
    let all = households.iter().flat_map(|facts| library.determine_quick(month, facts));
    all.map(|judged| {
        let verdict = judged.verdict;
        (verdict.outcome, verdict.amount.map_or(0, |fen| fen.fen()), verdict.reason.unwrap_or(NO_REASON))
    })
    .collect()
}

fn in_columns(library: &Library, columns: &Columns<'_>) -> (Told, bool) {
    let plan = library.plan(&["random"], &["2021-09".parse().unwrap()], columns.area());
    let answers = plan.answers(columns).remove(0);
    let told = (0..answers.len()).map(|lane| (answers.outcome[lane], answers.amount[lane], answers.reason[lane]));
    (told.collect(), plan.in_columns(columns)[0])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn three_evaluators_have_one_meaning(
        book in any_book(),
        households in proptest::collection::vec(any_household(&form()), 1..40),
        narrow: bool,
    ) {
        let library = Library::load(&[("form.md", FORM), ("random.md", &book)])
            .unwrap_or_else(|found| panic!("{book}\n{}", found[0]));
        let area = households[0].area;
        let households: Vec<Facts> = households.into_iter().map(|facts| Facts { area, ..facts }).collect();
        let columns = support::columns(&library, &households, narrow);
        let (fast, _) = in_columns(&library, &columns);
        let quick = quick(&library, &households);
        prop_assert_eq!(&fast, &quick, "{}", book);
        let traced = traced(&library, &households);
        prop_assert_eq!(traced.len(), quick.len());
        for (traced, quick) in traced.into_iter().zip(quick) {
            prop_assert_eq!((traced.0, traced.1.unwrap_or(0)), (quick.0, quick.1), "{}", book);
if traced.0 == Answer::Refused {
                prop_assert_eq!(traced.2, Some(format!("甲{}", quick.2)), "{}", book);
            }
        }
    }
}

fn form() -> law::form::OneForm {
    support::library().form().clone()
}

/// The random books would prove little if they all went the slow way round.
#[test]
fn most_random_books_are_decided_in_columns() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (books, household) = (any_book(), any_household(&form()));
    let (mut fast, all) = (0, 200);
    for _ in 0..all {
        let book = books.new_tree(&mut runner).unwrap().current();
        let facts = household.new_tree(&mut runner).unwrap().current();
        let library = Library::load(&[("form.md", FORM), ("random.md", &book)]).unwrap();
        let columns = support::columns(&library, &[facts], true);
        fast += usize::from(in_columns(&library, &columns).1);
    }
    assert!(fast > all / 3, "{fast} of {all}");
}
