//! Asking one thing at a time: the order settles every answer, and nothing is asked that could not change one.

mod support;

use std::collections::BTreeSet;

use law::form::{Fact, FactId, FactKind, FactRow, Facts, OneForm, SourceId, Value};
use law::{Answer, Cost, Library, Outcome, next_question, questions};
use proptest::prelude::*;
use support::{any_household, library};
use values::{Fen, Month};

const MONTH: &str = "2021-09";

fn month() -> Month {
    MONTH.parse().expect("a month")
}

/// Numbers in a row, from a seed: the same in every run.
struct Draws(u64);

impl Draws {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

fn answer(form: &OneForm, fact: FactId, draws: &mut Draws) -> Value {
    let fen = |draws: &mut Draws| Fen::new([0, 0, 0, 10_000, 60_000, 90_000, 5_000_000][draws.next(7) as usize]);
    match &form.declaration(fact).kind {
        FactKind::YesNo => Value::YesNo(draws.next(3) == 0),
        FactKind::Choice(choices) => Value::Choice(draws.next(choices.len() as u64) as u16),
        FactKind::Money { .. } => Value::Money(fen(draws)),
        FactKind::MoneyPerMonth { .. } => Value::MoneyPerMonth(fen(draws)),
        FactKind::MoneyPerYear { .. } => Value::MoneyPerYear(fen(draws)),
        FactKind::Count => Value::Count(draws.next(4) as i64),
        FactKind::Ratio => Value::Ratio(law::form::Ratio(draws.next(1_000_000) as i64)),
        FactKind::Date => Value::Date(month().last_day().plus_days(-(draws.next(36_000) as i64))),
    }
}

fn note(facts: &mut Facts, fact: FactId, member: Option<usize>, value: Value) {
    let row = member.map_or(&mut facts.household, |member| &mut facts.members[member]);
    assert_eq!(row.get(fact), None, "what is known is not asked");
    row.set(fact, Fact { value, source: SourceId(0), on: None });
}

/// Answers whatever is asked, until nothing is; gives how many questions it took.
fn ask_all(library: &Library, facts: &mut Facts, programmes: &[&str], draws: &mut Draws) -> usize {
    for asked in 0..2_000 {
        let Some(question) = next_question(library, month(), facts, programmes, &BTreeSet::new()) else { return asked };
        assert!(!question.programmes.is_empty());
        let value = answer(library.form(), question.fact, draws);
        note(facts, question.fact, question.member, value);
    }
    panic!("the questions never end");
}

fn hangs_on_a_fact(library: &Library, facts: &Facts, programme: &str) -> bool {
    library.determine(programme, month(), facts).iter().any(|answer| match &answer.outcome {
        Outcome::Unknown { missing } => missing.iter().any(|lack| library.form().fact(&lack.name).is_some()),
        Outcome::Eligible | Outcome::Refused | Outcome::NeedsPerson => false,
    })
}

fn ids(library: &Library) -> Vec<&str> {
    library.programmes().iter().map(|info| info.id.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_questions_settle_every_answer(facts in any_household(library().form()), seed in any::<u64>()) {
        let library = library();
        let (mut facts, programmes) = (facts, ids(&library));
        ask_all(&library, &mut facts, &programmes, &mut Draws(seed));
        for id in programmes {
            prop_assert!(!hangs_on_a_fact(&library, &facts, id), "{id}");
        }
    }
}

/// All that is unknown filled in, mostly with what spoils nothing.
fn filled(form: &OneForm, facts: &Facts, draws: &mut Draws) -> Facts {
    let mut facts = facts.clone();
    for (fact, decl) in form.facts() {
        let of_person = decl.belongs == law::form::Belongs::Person;
        let rows: Vec<&mut FactRow> =
            if of_person { facts.members.iter_mut().collect() } else { vec![&mut facts.household] };
        for row in rows.into_iter().filter(|row| row.get(fact).is_none()) {
            row.set(fact, Fact { value: answer(form, fact, draws), source: SourceId(0), on: None });
        }
    }
    facts
}

/// True when, the rest being filled in somehow, two values of the fact give two answers.
fn can_change(library: &Library, facts: &Facts, fact: FactId, member: Option<usize>, draws: &mut Draws) -> bool {
    (0..4_000).any(|_| {
        let mut filled = filled(library.form(), facts, draws);
        let mut answers = BTreeSet::new();
        for _ in 0..6 {
            let value = answer(library.form(), fact, draws);
            let row = member.map_or(&mut filled.household, |member| &mut filled.members[member]);
            row.set(fact, Fact { value, source: SourceId(0), on: None });
            let judged = library.determine_quick(month(), &filled);
            answers.insert(format!("{:?}", judged.iter().map(|one| one.verdict).collect::<Vec<_>>()));
        }
        answers.len() > 1
    })
}

#[test]
fn nothing_is_asked_that_can_change_no_answer() {
    let library = library();
    let mut draws = Draws(7);
    for programme in ["dibao", "tekun", "disability-living", "old-age"] {
        let area = "430321100001".parse().expect("a village");
        let mut facts = Facts { area, household: FactRow::default(), members: vec![FactRow::default(); 2] };
        while let Some(question) = next_question(&library, month(), &facts, &[programme], &BTreeSet::new()) {
            let can = can_change(&library, &facts, question.fact, question.member, &mut draws);
            assert!(can, "{programme} 问 {}（{:?}），怎么答都一样", question.name, question.member);
            let value = answer(library.form(), question.fact, &mut draws);
            note(&mut facts, question.fact, question.member, value);
        }
    }
}

#[test]
fn what_settles_alone_comes_first_and_departments_before_people() {
    let library = library();
    let area = "430321100001".parse().expect("a village");
    let facts = Facts { area, household: FactRow::default(), members: vec![FactRow::default()] };
    let all = questions(&library, month(), &facts, &ids(&library));
    let order: Vec<(Cost, bool)> = all.iter().map(|question| (question.cost, !question.settles)).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(all.first(), next_question(&library, month(), &facts, &ids(&library), &BTreeSet::new()).as_ref());
    assert!(all[0].settles && all[0].cost == Cost::Department, "{:?}", all[0]);
    assert!(all.iter().any(|question| !question.settles), "one wage of many settles nothing alone");
    assert!(all.iter().any(|question| question.cost == Cost::Visit));
    let old_age = questions(&library, month(), &facts, &["old-age"]);
    let names: Vec<&str> = old_age.iter().map(|question| question.name.as_str()).collect();
    assert_eq!(names, ["出生日期", "状态", "湖南户籍"]);
}

#[test]
fn a_settled_household_is_asked_nothing() {
    let library = library();
    let area = "430321100001".parse().expect("a village");
    let mut facts = Facts { area, household: FactRow::default(), members: vec![FactRow::default()] };
    assert!(ask_all(&library, &mut facts, &["old-age"], &mut Draws(3)) <= 3);
    assert_eq!(next_question(&library, month(), &facts, &["old-age"], &BTreeSet::new()), None);
    assert_eq!(next_question(&library, month(), &facts, &[], &BTreeSet::new()), None);
    assert_eq!(next_question(&library, month(), &facts, &["没有的项目"], &BTreeSet::new()), None);
    let verdicts = library.determine_quick(month(), &facts);
    let place = library.programmes().iter().position(|info| info.id == "old-age").expect("a programme");
    assert!(
        verdicts
            .iter()
            .filter(|one| usize::from(one.programme) == place)
            .all(|one| one.verdict.outcome != Answer::Unknown)
    );
}
