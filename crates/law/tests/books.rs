//! The books in `policy/` load, every worked case in them holds, and both evaluators agree on random households.

mod support;

use law::{Answer, Determination, Library, Outcome};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use support::{any_household, library};
use values::Month;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

#[test]
fn every_worked_case_holds() {
    let report = law::test(&library(), &[("", ""); 0]);
    assert!(report.passed(), "\n{report}");
    assert!(report.cases.len() >= 50, "{} cases", report.cases.len());
}

#[test]
fn a_case_that_is_wrong_is_said_to_be_wrong() {
    let text = "```case\n例: 错\n项目: dibao\n月: 2021-09  地区: 430302  户口: 城镇\n其余: 无\n  本人  年龄 50  工资 100元\n应得: 符合，1元\n```\n";
    let report = law::test(&library(), &[("extra.md", text)]);
    assert!(!report.passed());
    assert_eq!(report.cases.last().unwrap().problems, ["应得 符合，1元，算出来是 符合，510元"]);
}

#[test]
fn the_books_raise_no_warning() {
    let library = library();
    let said: String = library.warnings().iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "\n{said}");
}

#[test]
fn figures_follow_area_and_month_and_end_where_nobody_checked() {
    let library = library();
    let check = |name: &str, area: &str, in_month: &str, expected: Option<&str>| {
        let found = library.parameter(name, &area.parse().unwrap(), month(in_month));
        assert_eq!(found.as_ref().map(|found| found.value.as_str()), expected, "{name} {area} {in_month}");
    };
    check("农村低保标准", "430302202204", "2021-09", Some("420元/月"));
    check("农村低保标准", "430302202204", "2021-06", Some("420元/月"));
    check("农村低保标准", "430111", "2019-12", Some("341.50元/月"));
    check("农村低保标准", "430111", "2021-09", Some("333元/月"));
    check("农村低保标准", "510104", "2021-09", None);
    check("农村低保标准", "430302", "2022-10", Some("420元/月"));
    check("农村低保标准", "430302", "2022-11", Some("420元/月"));
    check("农村低保标准", "430302", "2026-12", Some("485元/月"));
    check("农村低保标准", "430302", "2027-01", None);
    check("没有的参数", "430302", "2021-09", None);
}

#[test]
fn a_month_that_no_book_covers_is_unknown_and_says_why() {
    let library = library();
    let facts = library.form().facts_from_json(&serde_json::json!({"地区": "430302", "成员": [{}]})).unwrap();
    let check = |in_month: &str, words: &str| {
        let found = library.determine("dibao", month(in_month), &facts).remove(0);
        let Outcome::Unknown { missing } = found.outcome else { panic!("{:?}", found.outcome) };
        assert_eq!(missing[0].name, words);
    };
    check("2012-11", "管 2012-11、管当地的《最低生活保障》政策书");
    check("2027-01", "《最低生活保障》政策书只核对到 2026-12-31，2027-01 的规定要先核对");
}

#[test]
fn the_procedure_of_dibao_carries_promise_statute_and_publication() {
    let library = library();
    let area = "430302202204".parse().unwrap();
    let procedure = library.procedure("dibao", month("2021-09"), &area).unwrap();
    assert_eq!(procedure.promise, Some(law::Term::Days(20)));
    assert_eq!(procedure.statutory, Some(law::Term::WorkingDays(30)));
    assert_eq!(procedure.publication_days, Some(7));
    use law::{RemedyKind, Span};
    let open: Vec<_> = procedure.remedies.iter().map(|remedy| (remedy.kind, remedy.span)).collect();
    assert_eq!(open, [(RemedyKind::Reconsideration, Span::Days(60)), (RemedyKind::Lawsuit, Span::Months(6))]);
    let children = library.procedure("unattended-child", month("2021-09"), &area).unwrap();
    assert!(children.publication_forbidden);
    assert_eq!(children.publication_days, None);
}

/// The fast answer and the traced one say the same.
fn same(
    library: &Library,
    quick: &law::Judged,
    traced: &Determination,
    area: &values::AreaCode,
) -> Result<(), TestCaseError> {
    let answer = match traced.outcome {
        Outcome::Eligible => Answer::Eligible,
        Outcome::Refused => Answer::Refused,
        Outcome::NeedsPerson => Answer::NeedsPerson,
        Outcome::Unknown { .. } => Answer::Unknown,
    };
    prop_assert_eq!(&library.programmes()[usize::from(quick.programme)].id, &traced.programme);
    prop_assert_eq!(quick.member.map(usize::from), traced.member);
    prop_assert_eq!(quick.verdict.outcome, answer);
    prop_assert_eq!(quick.verdict.amount, traced.amount);
    let counted: Vec<usize> = (0..64).filter(|member| quick.verdict.counted & (1 << member) != 0).collect();
    if !traced.explanation.is_empty() {
        prop_assert_eq!(counted, traced.counted.clone());
    }
    if let Some(reason) = library.verdict_reason(&traced.programme, traced.month, area, &quick.verdict) {
        prop_assert_eq!(&reason, &traced.reasons[0]);
    } else {
        prop_assert!(answer != Answer::Refused);
    }
    if let Outcome::Unknown { missing } = &traced.outcome {
        prop_assert!(!missing.is_empty(), "unknown, and nothing is missing");
    }
    Ok(())
}

#[test]
fn both_evaluators_agree_on_random_households() {
    let library = library();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(1_500));
    let months = prop_oneof![Just("2021-07"), Just("2021-12"), Just("2020-02"), Just("2022-05")];
    let outcome = runner.run(&(any_household(library.form()), months), |(facts, in_month)| {
        let month = month(in_month);
        let quick = library.determine_quick(month, &facts);
        let traced = library.determine_all(month, &facts);
        prop_assert_eq!(quick.len(), traced.len());
        for (quick, traced) in quick.iter().zip(&traced) {
            same(&library, quick, traced, &facts.area)?;
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn telling_a_missing_fact_never_changes_a_settled_answer() {
    let library = library();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(800));
    let households = (any_household(library.form()), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let outcome = runner.run(&households, |(facts, member, forgotten)| {
        // A fact that is asked only under a condition counts as none where that does not hold, so telling it may matter.
        let always = |id: &law::form::FactId| library.form().declaration(*id).ask_when.is_none();
        let row = &facts.members[member.index(facts.members.len())];
        let known: Vec<_> = row.iter().map(|(id, _)| id).filter(always).collect();
        prop_assume!(!known.is_empty());
        let mut less = facts.clone();
        let at = member.index(facts.members.len());
        less.members[at].forget(known[forgotten.index(known.len())]);
        let (before, after) =
            (library.determine_quick(month("2021-09"), &less), library.determine_quick(month("2021-09"), &facts));
        for (before, after) in before.iter().zip(&after) {
            if before.verdict.outcome != Answer::Unknown {
                prop_assert_eq!(before.verdict.outcome, after.verdict.outcome);
                prop_assert_eq!(before.verdict.amount, after.verdict.amount);
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn the_bulk_answers_stand_in_the_order_of_the_households() {
    let library = library();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = any_household(library.form());
    let households: Vec<_> = (0..300).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect();
    let bulk = library.determine_bulk(month("2021-09"), &households);
    for (facts, answers) in households.iter().zip(&bulk) {
        assert_eq!(*answers, library.determine_quick(month("2021-09"), facts));
    }
}

#[test]
fn the_same_inputs_give_the_same_receipt_and_other_inputs_another() {
    let (one, two) = (library(), library());
    let facts = one.form().facts_from_json(&serde_json::json!({"地区": "430302", "成员": [{"工资": "1"}]})).unwrap();
    let receipt = |library: &Library, facts| library.determine("dibao", month("2021-09"), facts).remove(0).receipt;
    assert_eq!(receipt(&one, &facts), receipt(&two, &facts));
    let mut other = facts.clone();
    other.members.push(other.members[0].clone());
    assert_ne!(receipt(&one, &facts).facts, receipt(&one, &other).facts);
}
