//! Columns answer as the other evaluators do, bit for bit, missing facts included.

mod support;

use law::columns::{Answers, Columns, NO_REASON};
use law::form::Facts;
use law::{Library, ProgrammeUnit};
use proptest::prelude::*;
use support::{any_household, columns, library};
use values::Month;

/// The same answers from the evaluator that takes one household at a time.
fn one_by_one(library: &Library, month: Month, households: &[Facts]) -> Vec<Answers> {
    let mut all = vec![Answers::default(); library.programmes().len()];
    for facts in households {
        for judged in library.determine_quick(month, facts) {
            let answers = &mut all[usize::from(judged.programme)];
            answers.outcome.push(judged.verdict.outcome);
            answers.amount.push(judged.verdict.amount.map_or(0, |fen| fen.fen()));
            answers.reason.push(judged.verdict.reason.unwrap_or(NO_REASON));
            if judged.member.is_none() {
                let members = 0..facts.members.len();
                answers.counted.extend(members.map(|member| (judged.verdict.counted >> member & 1) as u8));
            }
        }
    }
    all
}

fn same(library: &Library, month: Month, households: &[Facts], narrow: bool) {
    let columns = columns(library, households, narrow);
    let plan = library.plan(&[], &[month], columns.area());
    let expected = one_by_one(library, month, households);
    for ((asked, found), expected) in plan.asked().iter().zip(plan.answers(&columns)).zip(expected) {
        let lanes = match asked.unit {
            ProgrammeUnit::Household => households.len(),
            ProgrammeUnit::Person => columns.members(),
        };
        assert_eq!(found.len(), lanes);
        for lane in 0..lanes {
            let row = |answers: &Answers| (answers.outcome[lane], answers.amount[lane], answers.reason[lane]);
            assert_eq!(row(&found), row(&expected), "{} lane {lane} in {month}", asked.programme);
        }
        assert_eq!(found.counted, expected.counted, "{}", asked.programme);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    #[test]
    fn the_books_answer_alike(
        households in proptest::collection::vec(any_household(library().form()), 1..60),
        month in 0u32..30,
        narrow: bool,
    ) {
        let library = library();
        let month = Month::new(2021 + (month / 12) as i16, (month % 12 + 1) as i8).unwrap();
        let area = households[0].area;
        let households: Vec<Facts> = households.into_iter().map(|facts| Facts { area, ..facts }).collect();
        same(&library, month, &households, narrow);
    }
}

#[test]
fn nothing_in_nothing_out() {
    let library = library();
    let columns = Columns::new("430302202204".parse().unwrap(), vec![0], library.form());
    let plan = library.plan(&["dibao"], &["2021-09".parse().unwrap()], columns.area());
    assert_eq!(plan.answers(&columns), [Answers::default()]);
    assert!(plan.facts().contains(&library.form().fact("工资").unwrap()));
}

/// Whoever writes a book that has no place in columns should know it: a nation would wait a hundred times longer.
#[test]
fn every_book_is_decided_in_columns() {
    use proptest::strategy::ValueTree;
    let library = library();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = any_household(library.form());
    let area = "430302202204".parse().unwrap();
    let households: Vec<Facts> =
        (0..20).map(|_| Facts { area, ..strategy.new_tree(&mut runner).unwrap().current() }).collect();
    let columns = columns(&library, &households, true);
    for month in ["2019-05", "2020-04", "2021-09", "2023-03", "2024-05", "2025-03", "2026-08"] {
        let plan = library.plan(&[], &[month.parse().unwrap()], area);
        let slow = plan.asked().iter().zip(plan.in_columns(&columns)).filter(|(_, fast)| !fast);
        let slow: Vec<&str> = slow.map(|(asked, _)| asked.programme.as_str()).collect();
        assert!(slow.is_empty(), "{month}: {slow:?}");
    }
}
