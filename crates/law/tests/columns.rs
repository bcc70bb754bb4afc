//! Columns answer as the other evaluators do, bit for bit, missing facts included.

mod support;

use law::columns::{Answers, Column, Columns, Lanes, NO_REASON, day_number};
use law::form::{Belongs, FactKind, FactRow, Facts, Value};
use law::{Library, ProgrammeUnit};
use proptest::prelude::*;
use support::{any_household, library};
use values::Month;

/// The households' facts as columns; numbers as 64 or 32 bits by `narrow` where they fit.
fn columns(library: &Library, households: &[Facts], narrow: bool) -> Columns<'static> {
    let form = library.form();
    let mut starts = vec![0u32];
    for facts in households {
        starts.push(starts[starts.len() - 1] + facts.members.len() as u32);
    }
    let mut columns = Columns::new(households[0].area, starts, form);
    for (id, decl) in form.facts() {
        let rows: Vec<&FactRow> = match decl.belongs {
            Belongs::Household => households.iter().map(|facts| &facts.household).collect(),
            Belongs::Person => households.iter().flat_map(|facts| &facts.members).collect(),
        };
        let known: Vec<u8> = rows.iter().map(|row| u8::from(row.get(id).is_some())).collect();
        if !known.contains(&1) {
            continue;
        }
        let numbers: Vec<i64> = rows.iter().map(|row| row.value(id).map_or(77, number)).collect();
        let fits = numbers.iter().all(|number| i32::try_from(*number).is_ok());
        let lanes = match decl.kind {
            FactKind::YesNo | FactKind::Choice(_) => Lanes::U8(numbers.iter().map(|&n| n as u8).collect()),
            FactKind::Date => Lanes::I32(numbers.iter().map(|&n| n as i32).collect()),
            _ if narrow && fits => Lanes::I32(numbers.iter().map(|&n| n as i32).collect()),
            _ => Lanes::I64(numbers.into()),
        };
        let known = known.contains(&0).then(|| known.into());
        columns.set(form, id, Column { lanes, known }).unwrap();
    }
    columns
}

fn number(value: Value) -> i64 {
    match value {
        Value::Money(fen) | Value::MoneyPerMonth(fen) | Value::MoneyPerYear(fen) => fen.fen(),
        Value::Count(number) => number,
        Value::Ratio(ratio) => ratio.0,
        Value::Date(day) => i64::from(day_number(day)),
        Value::YesNo(yes) => i64::from(yes),
        Value::Choice(at) => i64::from(at),
    }
}

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
