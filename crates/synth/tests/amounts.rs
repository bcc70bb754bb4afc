//! The city under the real policy books: what it draws is what the books say, and the money is a city's.

use std::path::PathBuf;

use law::{Library, Outcome};
use synth::{City, FormColumns, Household, Plan, Truth};
use values::{Fen, Month};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn library() -> Library {
    let mut books: Vec<(String, String)> = std::fs::read_dir(root().join("policy"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    books.sort();
    Library::load(&books).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn city(library: &Library, people: usize) -> City {
    let areas = std::fs::read_to_string(root().join("data/areas/xiangtan.csv")).unwrap();
    City::generate(42, people, &areas, month(), library).unwrap()
}

fn month() -> Month {
    "2021-08".parse().unwrap()
}

/// The programmes that the made city draws; the books have more.
const DRAWN: [&str; 7] =
    ["dibao", "tekun", "orphan", "unattended-child", "disability-living", "disability-nursing", "old-age"];

/// Programme and member of everything the books grant the household in that month, of the programmes that a city draws.
fn granted(library: &Library, household: &Household, month: Month) -> Vec<(String, Option<usize>, Fen)> {
    let facts = FormColumns::of(library.form()).unwrap().facts(household);
    let answers = library.determine_all(month, &facts).into_iter();
    let eligible =
        answers.filter(|answer| answer.outcome == Outcome::Eligible && DRAWN.contains(&answer.programme.as_str()));
    eligible.map(|answer| (answer.programme.to_string(), answer.member, answer.amount.unwrap())).collect()
}

#[test]
fn a_second_determination_agrees_with_every_amount_this_month_and_the_next() {
    let library = library();
    let city = city(&library, 1_000);
    for month in [month(), month().next(), month().plus(2)] {
        for household in city.households() {
            let granted = granted(&library, household, month);
            for draw in &household.draws {
                let member = (draw.programme != "dibao").then_some(usize::from(draw.member));
                let found =
                    granted.iter().find(|(programme, whose, _)| programme == draw.programme && *whose == member);
                assert_eq!(found.map(|(_, _, amount)| *amount), Some(draw.amount), "{} {month}", draw.programme);
            }
        }
    }
}

#[test]
fn who_never_applied_is_due_something_and_neighbours_are_due_nothing() {
    let library = library();
    let city = city(&library, 2_000);
    let mut seen = [0, 0];
    for household in city.households() {
        let granted = granted(&library, household, month());
        match household.truth {
            Truth::Recipient => assert_eq!(granted.len(), household.draws.len(), "draws all it is due"),
            Truth::NeverApplied => {
                seen[0] += 1;
                let due = |(programme, member, _): &(String, Option<usize>, Fen)| {
                    let member = member.map(|member| u8::try_from(member).unwrap());
                    household.due.iter().any(|due| due.programme == programme && due.member == member)
                };
                assert!(!granted.is_empty() && granted.len() == household.due.len() && granted.iter().all(due));
            }
            Truth::Neighbour => {
                seen[1] += 1;
                assert_eq!(granted, []);
            }
        }
    }
    let truth = city.truth().count();
    assert!(truth >= seen[0], "{truth}");
    assert!(seen[0] >= 20 && seen[1] >= 20, "{seen:?}");
}

#[test]
fn the_money_is_that_of_the_article_for_as_many_people() {
    let library = library();
    for people in [3_000, 12_000] {
        let totals = city(&library, people).totals();
        let (aim, money) = (Plan::of(people).money().fen(), totals.money.fen());
        assert!((money - aim).abs() * 100 <= aim * 3, "{people} people: {money} fen a month, aimed at {aim}");
    }
}
