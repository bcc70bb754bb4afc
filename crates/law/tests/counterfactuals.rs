//! What would change a refusal: every change told reverses it, and one step less does not: a yuan where whole yuan do, else a fen.

mod support;

use law::form::{Fact, FactId, Facts, OneForm, SourceId, Towards, Value};
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

/// One unit nearer to what it is now; of money a yuan when it is told in whole yuan, no farther than what it is now.
fn one_less(value: Value, now: Value) -> Option<Value> {
    let nearer = |value: i64, now: i64, step: i64| value + (now - value).clamp(-step, step);
    let money = |value: Fen, now: Fen| {
        let step = if value.fen() % 100 == 0 { 100 } else { 1 };
        Fen::new(nearer(value.fen(), now.fen(), step))
    };
    match (value, now) {
        (Value::Money(value), Value::Money(now)) => Some(Value::Money(money(value, now))),
        (Value::MoneyPerMonth(value), Value::MoneyPerMonth(now)) => Some(Value::MoneyPerMonth(money(value, now))),
        (Value::MoneyPerYear(value), Value::MoneyPerYear(now)) => Some(Value::MoneyPerYear(money(value, now))),
        (Value::Count(value), Value::Count(now)) => Some(Value::Count(nearer(value, now, 1))),
        (Value::Date(value), Value::Date(now)) => Some(Value::Date(value.plus_days(now.days_since(value).signum()))),
        _ => None,
    }
}

/// The fen behind money; none for what is none.
fn fen(value: Value) -> Option<Fen> {
    match value {
        Value::Money(fen) | Value::MoneyPerMonth(fen) | Value::MoneyPerYear(fen) => Some(fen),
        Value::Count(_) | Value::Ratio(_) | Value::Date(_) | Value::YesNo(_) | Value::Choice(_) => None,
    }
}

/// The next whole yuan farther from what it is now; none below zero, and none where it is whole already.
fn whole_yuan(value: Value, now: Value) -> Option<Value> {
    let (to, from) = (fen(value)?.fen(), fen(now)?.fen());
    let whole = Fen::new(if to < from { to - to.rem_euclid(100) } else { to + (-to).rem_euclid(100) });
    match value {
        _ if whole.fen() == to => None,
        Value::Money(_) => Some(Value::Money(whole)),
        Value::MoneyPerMonth(_) => Some(Value::MoneyPerMonth(whole)),
        Value::MoneyPerYear(_) => Some(Value::MoneyPerYear(whole)),
        _ => None,
    }
}

fn verify(library: &Library, month: Month, facts: &Facts, refused: &Determination, change: &Counterfactual) {
    let row = change.member.map_or(&facts.household, |member| &facts.members[member]);
    let now = row.value(change.fact).expect("only what is known is contested");
    let changed = with(facts, change.fact, change.member, change.value);
    assert_eq!(becomes(library, month, &changed, refused), Some(change.becomes), "{}", change.sentence);
    if let Some(whole) = whole_yuan(change.value, now) {
        let rounded = with(facts, change.fact, change.member, whole);
        assert_ne!(
            becomes(library, month, &rounded, refused),
            Some(change.becomes),
            "to the fen only where it must be"
        );
    }
    if let Some(nearer) = one_less(change.value, now) {
        let nearly = with(facts, change.fact, change.member, nearer);
        assert_ne!(becomes(library, month, &nearly, refused), Some(change.becomes), "{}", change.sentence);
    }
    assert!(is_towards_need(library.form(), change, now), "{}", change.sentence);
}

/// A figure that makes the household eligible when it is nothing, or a yes or no when it is the other, is told.
fn nothing_is_passed_over(
    library: &Library,
    month: Month,
    facts: &Facts,
    refused: &Determination,
    changes: &[Counterfactual],
) {
    let drawn = ["享受低保", "享受低保边缘", "享受特困", "享受孤儿保障", "享受事实无人抚养", "已领同类补助"];
    let own = facts.household.iter().map(|fact| (None, fact));
    let members = facts.members.iter().enumerate();
    let of_members = members.flat_map(|(member, row)| row.iter().map(move |fact| (Some(member), fact)));
    for (member, (fact, stands)) in own.chain(of_members) {
        let declaration = library.form().declaration(fact);
        let to = match (library.form().towards(fact), stands.value) {
            (Some(Towards::Less), Value::Money(_)) => Value::Money(Fen::ZERO),
            (Some(Towards::Less), Value::MoneyPerMonth(_)) => Value::MoneyPerMonth(Fen::ZERO),
            (Some(Towards::YesNo(wished)), Value::YesNo(yes)) if yes != *wished => Value::YesNo(*wished),
            _ => continue,
        };
        let reverses = becomes(library, month, &with(facts, fact, member, to), refused) == Some(Becomes::Eligible);
        let is_told = changes.iter().any(|change| (change.fact, change.member) == (fact, member));
        let is_sign = drawn.contains(&declaration.name.as_str());
        assert!(is_told || is_sign || !reverses, "{} of {member:?}", declaration.name);
    }
}

/// Never away from what the form says a family may dispute: nobody is told to earn more.
fn is_towards_need(form: &OneForm, change: &Counterfactual, now: Value) -> bool {
    let less = match (change.value, now) {
        (Value::Money(to), Value::Money(now))
        | (Value::MoneyPerMonth(to), Value::MoneyPerMonth(now))
        | (Value::MoneyPerYear(to), Value::MoneyPerYear(now)) => to < now,
        (Value::Count(to), Value::Count(now)) => to < now,
        _ => false,
    };
    match (form.towards(change.fact), change.value) {
        (Some(Towards::Less), _) => less,
        (Some(Towards::More), _) => !less,
        (Some(Towards::YesNo(wished)), Value::YesNo(to)) => to == *wished,
        (Some(Towards::Onwards(order)), to) => {
            let place = |value| order.iter().position(|&choice| Value::Choice(choice) == value);
            place(to) > place(now)
        }
        (Some(Towards::YesNo(_)) | None, _) => false,
    }
}

fn person(name: &str) -> Facts {
    let path = format!("{}/../../people/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a family of people/");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    library().form().facts_from_json(&json["事实"]).expect("facts of the form")
}

#[test]
fn what_is_told_is_what_a_family_can_dispute() {
    let library = library();
    let told = |family: &str, programme: &str| -> Vec<String> {
        let (month, facts) = ("2021-09".parse().expect("a month"), person(family));
        let refused = library.determine(programme, month, &facts).remove(0);
        counterfactuals(&library, &facts, &refused).into_iter().map(|change| change.sentence).collect()
    };
    assert_eq!(
        told("peng-desheng", "dibao"),
        [
            "本人的“有机动车”记的是“是”，如果是“否”，就符合",
            "本人的“残疾人代步车”记的是“否”，如果是“是”，就符合",
            "本人的“摩托车”记的是“否”，如果是“是”，就符合",
        ]
    );
    for family in ["zhou-guilan", "tan-jianguo"] {
        assert_eq!(told(family, "dibao-edge"), [""; 0], "{family} draws dibao, and need not earn more to leave it");
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
            if refused.outcome == Outcome::Refused {
                nothing_is_passed_over(&library, month, &facts, &refused, &changes);
            }
        }
    }
}
