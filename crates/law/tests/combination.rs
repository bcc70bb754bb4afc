//! The best lawful combination: everything in it is granted when it is drawn, nothing in it excludes another.

mod support;

use law::form::{Fact, FactRow, Facts, SourceId, Value};
use law::{AmountPer, Awarded, Combination, Determination, Library, Outcome, combine};
use proptest::prelude::*;
use support::{any_household, library};
use values::{Fen, Month};

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn person(name: &str) -> Facts {
    let path = format!("{}/../../people/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a family of people/");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    library().form().facts_from_json(&json["事实"]).expect("facts of the form")
}

fn note(library: &Library, row: &mut FactRow, name: &str, value: Value) {
    let fact = library.form().fact(name).expect("a fact of the form");
    row.set(fact, Fact { value, source: SourceId(0), on: None });
}

fn draws(combination: &Combination, programme: &str, member: Option<usize>) -> bool {
    combination.awards.iter().any(|award| award.programme == programme && award.member == member)
}

/// The facts of somebody who draws what the combination has, as a clerk would write them down.
fn drawing(library: &Library, at: Month, facts: &Facts, combination: &Combination) -> Facts {
    let mut facts = facts.clone();
    for (name, programme) in [("享受低保", "dibao"), ("享受低保边缘", "dibao-edge")] {
        note(library, &mut facts.household, name, Value::YesNo(draws(combination, programme, None)));
    }
    for member in 0..facts.members.len() {
        let signs = [("享受特困", "tekun"), ("享受孤儿保障", "orphan"), ("享受事实无人抚养", "unattended-child")];
        for (name, programme) in signs {
            let is_drawn = draws(combination, programme, Some(member));
            note(library, &mut facts.members[member], name, Value::YesNo(is_drawn));
        }
    }
    let dibao = library.determine("dibao", at, &facts).remove(0);
    for member in 0..facts.members.len() {
        let mut sum = Fen::ZERO;
        if draws(combination, "dibao", None) && dibao.counted.contains(&member) {
            sum += Fen::new(dibao.amount.expect("granted").fen() / dibao.counted.len() as i64);
        }
        if draws(combination, "tekun", Some(member)) {
            sum += library.determine("tekun", at, &facts)[member].amount.expect("granted");
        }
        note(library, &mut facts.members[member], "已领同类补助", Value::MoneyPerMonth(sum));
    }
    facts
}

fn is_granted(answers: &[Determination], award: &Awarded) -> bool {
    answers.iter().any(|answer| {
        let same = answer.programme == award.programme && answer.member == award.member;
        same && answer.outcome == Outcome::Eligible && answer.amount == award.amount && answer.per == award.per
    })
}

fn check(library: &Library, at: Month, facts: &Facts) {
    let combined = combine(library, at, facts);
    let all: Vec<&Combination> = combined.best.iter().chain(&combined.alternatives).collect();
    assert!(all.is_sorted_by(|one, next| one.monthly >= next.monthly));
    for combination in all {
        let answers = library.determine_all(at, &drawing(library, at, facts, combination));
        for award in &combination.awards {
            assert!(is_granted(&answers, award), "{award:?} in {}", combination.sentence());
        }
        let by_month = combination.awards.iter().filter(|award| award.per == AmountPer::Month);
        assert_eq!(combination.monthly, by_month.filter_map(|award| award.amount).sum());
        for (first, second) in library.overlap().exclusive(at) {
            let both = |one: &Awarded, other: &Awarded| {
                one.programme == first && other.programme == second && one.member == other.member
            };
            let clash = combination.awards.iter().any(|one| combination.awards.iter().any(|other| both(one, other)));
            assert!(!clash, "{first} 与 {second}：{}", combination.sentence());
        }
    }
    assert_eq!(combine(library, at, facts), combined, "the same twice");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_combination_is_granted_when_it_is_drawn(facts in any_household(library().form())) {
        let library = library();
        check(&library, month("2021-06"), &facts);
        check(&library, month("2023-11"), &facts);
    }
}

/// Without its search and with it: one meaning. Where the search was cut short, what is found without trying the hopeless gives no less.
fn check_together(library: &Library, at: Month, facts: &Facts) {
    let together = library.combine_bulk(at, std::slice::from_ref(facts)).remove(0);
    let combined = combine(library, at, facts);
    assert_eq!(together.judged, library.determine_quick(at, facts));
    let drawn: Vec<(&str, Option<usize>, Option<Fen>)> = together
        .drawn
        .iter()
        .map(|one| {
            let id = library.programmes()[usize::from(one.programme)].id.as_str();
            (id, one.member.map(usize::from), one.verdict.amount)
        })
        .collect();
    let best: Vec<(&str, Option<usize>, Option<Fen>)> = combined
        .best
        .iter()
        .flat_map(|best| &best.awards)
        .map(|award| (award.programme.as_str(), award.member, award.amount))
        .collect();
    if combined.is_cut {
        let by_month = together.drawn.iter().filter(|one| {
            library.programmes()[usize::from(one.programme)].gives == law::Gives::Money(AmountPer::Month)
        });
        let monthly: Fen = by_month.filter_map(|one| one.verdict.amount).sum();
        assert!(Some(monthly) >= combined.best.as_ref().map(|best| best.monthly), "{drawn:?} beside {best:?}");
    } else {
        assert_eq!((drawn, together.is_cut), (best, false), "{at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn many_households_at_once_find_what_one_finds(facts in any_household(library().form())) {
        let library = library();
        check_together(&library, month("2021-06"), &facts);
        check_together(&library, month("2023-11"), &facts);
    }
}

#[test]
fn the_families_draw_at_once_what_they_draw_one_by_one() {
    let library = library();
    for name in ["luo-xiangsheng", "peng-desheng", "tan-jianguo", "he-yuzhen", "chen-yihan"] {
        for at in ["2020-03", "2021-09", "2023-11", "2026-08"] {
            check_together(&library, month(at), &person(name));
        }
    }
    let mut many = person("luo-xiangsheng");
    for members in [15, 16, 17, 64, 65] {
        many.members = vec![many.members[0].clone(); members];
        let together = library.combine_bulk(month("2021-09"), std::slice::from_ref(&many)).remove(0);
        assert_eq!((together.is_cut, together.drawn.is_empty()), (true, members > 16), "{members}");
    }
}

fn programmes(combination: &Combination) -> Vec<&str> {
    combination.awards.iter().map(|award| award.programme.as_str()).collect()
}

#[test]
fn an_old_man_alone_gets_more_by_tekun_than_by_dibao() {
    let library = library();
    let combined = combine(&library, month("2021-09"), &person("luo-xiangsheng"));
    let best = combined.best.expect("something is granted");
    assert!(programmes(&best).contains(&"tekun"), "{best:?}");
    assert!(!programmes(&best).contains(&"dibao"));
    let other = combined.alternatives.iter().find(|other| programmes(other).contains(&"dibao"));
    assert!(other.expect("dibao is the alternative").monthly < best.monthly);
    assert!(!combined.is_cut);
}

/// Each of two old spouses would be nobody's to support if the other were in tekun: neither is.
#[test]
fn two_rights_that_justify_only_each_other_are_none() {
    let library = library();
    let facts = person("peng-desheng");
    let refused = library.determine("tekun", month("2021-09"), &facts);
    assert!(refused.iter().all(|answer| answer.outcome == Outcome::Refused), "as the facts are");
    let combined = combine(&library, month("2021-09"), &facts);
    for combination in combined.best.iter().chain(&combined.alternatives) {
        let tekun = combination.awards.iter().filter(|award| award.programme == "tekun").count();
        assert!(tekun < 2, "{}", combination.sentence());
        let dibao = combination.awards.iter().any(|award| award.programme == "dibao");
        assert!(tekun == 0 || dibao, "one spouse in tekun needs the other in dibao: {}", combination.sentence());
    }
}

#[test]
fn what_needs_dibao_comes_with_it() {
    let library = library();
    let facts = person("tan-jianguo");
    let before = library.determine("disability-living", month("2021-09"), &facts);
    assert!(before.iter().all(|answer| answer.outcome != Outcome::Eligible), "not yet drawing dibao");
    let best = combine(&library, month("2021-09"), &facts).best.expect("something is granted");
    for programme in ["dibao", "disability-living", "disability-nursing"] {
        assert!(programmes(&best).contains(&programme), "{programme} in {}", best.sentence());
    }
}

#[test]
fn a_household_with_too_many_ways_is_left_to_a_person() {
    let library = library();
    let mut facts = person("luo-xiangsheng");
    let one = facts.members[0].clone();
    for (members, is_tried) in [(1, true), (16, true), (17, false), (64, false), (65, false)] {
        facts.members = vec![one.clone(); members];
        let combined = combine(&library, month("2021-09"), &facts);
        assert_eq!(combined.best.is_some(), is_tried, "{members}");
        assert_eq!(combined.is_cut, members > 1, "{members}: 2 to the 16th ways are not all tried");
    }
}

#[test]
fn a_household_of_which_nothing_is_known_has_no_combination() {
    let library = library();
    let area = "430321100001".parse().expect("a village");
    let facts = Facts { area, household: FactRow::default(), members: vec![FactRow::default()] };
    let combined = combine(&library, month("2021-09"), &facts);
    assert_eq!((combined.best, combined.alternatives.len()), (None, 0));
}
