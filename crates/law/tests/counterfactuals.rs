//! What would change a refusal: every change told reverses it, and one step less does not.

mod support;

use law::form::{Fact, FactId, FactKind, Facts, SourceId, Value};
use law::{Becomes, Counterfactual, Determination, Library, Outcome, counterfactuals};
use proptest::prelude::*;
use support::{any_household, library};
use values::{Fen, Month};

fn with(facts: &Facts, fact: FactId, member: Option<usize>, value: Value) -> Facts {
    let mut facts = facts.clone();
    let row = member.map_or(&mut facts.household, |member| &mut facts.members[member]);
    row.set(fact, Fact { value, source: SourceId(0), on: None });
    facts
}

fn becomes(library: &Library, month: Month, facts: &Facts, of: &Determination) -> Option<Becomes> {
    let answers = library.determine(&of.programme, month, facts);
    let answer = answers.into_iter().find(|answer| answer.member == of.member).expect("the same unit");
    match answer.outcome {
        Outcome::Eligible => Some(Becomes::Eligible),
        Outcome::NeedsPerson => Some(Becomes::NeedsPerson),
        Outcome::Unknown { .. } => Some(Becomes::Unknown),
        Outcome::Refused => None,
    }
}

/// One unit nearer to what it is now.
fn one_less(kind: &FactKind, value: Value, now: Value) -> Option<Value> {
    let nearer = |value: i64, now: i64| value + (now - value).signum();
    match (kind, value, now) {
        (_, Value::Money(value), Value::Money(now)) => Some(Value::Money(Fen::new(nearer(value.fen(), now.fen())))),
        (_, Value::MoneyPerMonth(value), Value::MoneyPerMonth(now)) => {
            Some(Value::MoneyPerMonth(Fen::new(nearer(value.fen(), now.fen()))))
        }
        (_, Value::MoneyPerYear(value), Value::MoneyPerYear(now)) => {
            Some(Value::MoneyPerYear(Fen::new(nearer(value.fen(), now.fen()))))
        }
        (_, Value::Count(value), Value::Count(now)) => Some(Value::Count(nearer(value, now))),
        (_, Value::Date(value), Value::Date(now)) => Some(Value::Date(value.plus_days(now.days_since(value).signum()))),
        _ => None,
    }
}

fn verify(library: &Library, month: Month, facts: &Facts, refused: &Determination, change: &Counterfactual) {
    let kind = &library.form().declaration(change.fact).kind;
    let row = change.member.map_or(&facts.household, |member| &facts.members[member]);
    let now = row.value(change.fact).expect("only what is known is contested");
    assert!(!change.values.is_empty() && change.values.len() == change.to.len());
    for &value in &change.values {
        let changed = with(facts, change.fact, change.member, value);
        assert_eq!(becomes(library, month, &changed, refused), Some(change.becomes), "{}", change.sentence);
        if let Some(nearer) = one_less(kind, value, now) {
            let nearly = with(facts, change.fact, change.member, nearer);
            assert_ne!(becomes(library, month, &nearly, refused), Some(change.becomes), "{}", change.sentence);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_change_told_reverses_and_one_step_less_does_not(facts in any_household(library().form())) {
        let library = library();
        let month: Month = "2021-09".parse().expect("a month");
        for refused in library.determine_all(month, &facts) {
            let changes = counterfactuals(&library, &facts, &refused);
            prop_assert!(changes.is_empty() || refused.outcome == Outcome::Refused);
            changes.iter().for_each(|change| verify(&library, month, &facts, &refused, change));
        }
    }
}
