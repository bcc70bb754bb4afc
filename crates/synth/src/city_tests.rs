//! The city holds together whatever the books pay: exact numbers, valid names and numbers, the same bytes.

use std::collections::HashSet;

use values::{AreaCode, Fen, Month};

use crate::city::{City, drawing};
use crate::judge::{Judge, Verdict};
use crate::numbers::id_check_character;
use crate::person::*;

/// Pays everybody the same, and disagrees with one family in nineteen: the city must still come out exact.
struct Even;

impl Judge for Even {
    fn dibao_standard(&self, _: &AreaCode, hukou: Hukou) -> Fen {
        Fen::yuan(if hukou == Hukou::Urban { 64 } else { 32 })
    }

    fn judge(&self, families: &mut [Household]) -> Vec<Verdict> {
        let judge = |family: &mut Household| {
            family.draws.iter_mut().for_each(|draw| draw.amount = Fen::yuan(16 * i64::from(draw.counted)));
            match family.members[0].birth.days_since(values::Day::new(1800, 1, 1).unwrap()) % 19 {
                0 => Verdict::Disagreed("one in nineteen".to_owned()),
                _ => Verdict::Agreed,
            }
        };
        families.iter_mut().map(judge).collect()
    }
}

fn areas() -> &'static str {
    include_str!("../../../data/areas/xiangtan.csv")
}

fn city(seed: u64, people: usize) -> City {
    City::generate_judged(seed, people, areas(), "2021-08".parse::<Month>().unwrap(), &Even).unwrap()
}

#[test]
fn exactly_so_many_people_draw_support() {
    for people in [0, 1, 7, 200, 3_000] {
        let totals = city(42, people).totals();
        assert_eq!(totals.people, people);
    }
}

#[test]
fn every_number_is_invented_valid_and_given_once() {
    let city = city(7, 3_000);
    let mut seen = HashSet::new();
    for person in city.households().iter().flat_map(|household| &household.members) {
        assert!(person.id.starts_with("430399"), "an invented area");
        let number = values::IdNumber::parse(&person.id).unwrap().value;
        assert!(number.is_invented());
        assert_eq!(number.birth(), Some(person.birth));
        assert_eq!(number.sex() == Some(values::Sex::Male), person.sex == Sex::Male);
        assert_eq!(id_check_character(&person.id[..17]), person.id.chars().last().unwrap());
        assert!(seen.insert(&*person.id));
        if let Some(card) = person.disability_card() {
            assert!(card.starts_with(&*person.id) && card.len() == 20);
        }
    }
    assert!(city.strangers.iter().all(|(_, id)| seen.insert(id)));
}

#[test]
fn support_reaches_every_village() {
    assert_eq!(city(3, 3_000).totals().villages, 957);
}

#[test]
fn every_payee_has_an_account_and_homes_have_their_own() {
    let city = city(9, 3_000);
    for household in city.households() {
        for draw in &household.draws {
            let (holder, account) = city.payee(household, draw);
            assert!(account.starts_with("62") && account.len() == 19 && !holder.is_empty());
            assert_eq!(draw.payee == Payee::Institution, holder.ends_with("敬老院") || holder.contains("福利院"));
        }
        assert_eq!(drawing(household) == 0, household.truth != Truth::Recipient);
    }
}

#[test]
fn long_and_homonymous_names_live_in_the_city() {
    let city = city(1, 3_000);
    let people = || city.households().iter().flat_map(|h| h.members.iter().map(|p| (h.area, &*p.name)));
    assert!(people().any(|(_, name)| name.contains('\u{b7}')));
    let mut seen = HashSet::new();
    assert!(people().any(|person| !seen.insert(person)), "two of one name in one village");
    for (_, name) in people() {
        let (bytes, _, lost) = encoding_rs::GB18030.encode(name);
        assert!(!lost && encoding_rs::GB18030.decode(&bytes).0 == name, "{name}");
        assert_eq!(values::PersonName::parse(name).unwrap().as_str(), name);
    }
}

#[test]
fn nobody_who_draws_turns_an_age_that_matters_in_the_next_months() {
    let city = city(2, 3_000);
    let (first, last) = (city.month().first_day(), city.month().plus(4).last_day());
    for person in city.households().iter().flat_map(|household| &household.members) {
        for years in [16, 18, 60, 80, 90, 100] {
            assert_eq!(first.age_of_birth(person.birth) >= years, last.age_of_birth(person.birth) >= years);
        }
    }
}

#[test]
fn one_seed_writes_the_same_bytes_and_another_seed_does_not() {
    let write = |seed| {
        let dir = tempfile::tempdir().unwrap();
        let files = city(seed, 400).write_files(dir.path(), &mut |_, _, _| ()).unwrap();
        files.into_iter().map(|file| (std::fs::read(dir.path().join(&file.name)).unwrap(), file)).collect::<Vec<_>>()
    };
    let (first, again, other) = (write(5), write(5), write(6));
    assert_eq!(first.len(), 12);
    assert!(first == again, "the same seed gives the same bytes");
    for ((one, file), (two, _)) in first.iter().zip(&other).take(2) {
        assert_ne!(one, two, "{}", file.name);
    }
}

#[test]
fn the_bank_sends_back_a_few_accounts_with_several_reasons() {
    let city = city(4, 20_000);
    let dir = tempfile::tempdir().unwrap();
    city.write_files(dir.path(), &mut |_, _, _| ()).unwrap();
    let read = |name| std::fs::read_to_string(dir.path().join(name)).unwrap();
    let books = crate::BankBooks::from_csv(&read("bank/accounts.csv")).unwrap();
    let truth = city.bank_truth();
    let mut reasons = HashSet::new();
    let mut returned = 0;
    for line in &truth {
        assert_eq!(books.answer(&line.account, &line.holder), line.state, "{}", line.account);
        if let Some(reason) = line.state.return_reason() {
            reasons.insert(reason);
            returned += 1;
        }
    }
    assert!((15..100).contains(&returned), "{returned} of {}", truth.len());
    assert!(reasons.len() >= 3, "{reasons:?}");
    for line in read("bank/corrections.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(books.answer(cells[4], cells[3]), crate::AccountState::Open, "the corrected account pays");
    }
}

#[test]
fn every_surprise_stands_in_an_extract() {
    let city = city(8, 20_000);
    let dir = tempfile::tempdir().unwrap();
    city.write_files(dir.path(), &mut |_, _, _| ()).unwrap();
    let read = |name: &str| {
        let bytes = std::fs::read(dir.path().join(name)).unwrap();
        let gb = !matches!(&name[..2], "12" | "14" | "16");
        if gb { encoding_rs::GB18030.decode(&bytes).0.into_owned() } else { String::from_utf8(bytes).unwrap() }
    };
    let deaths = read("11-死亡-民政.csv") + &read("12-死亡-卫健.csv");
    let [vehicles, firms, wages, cards, school] = [
        "13-机动车-公安.csv",
        "14-企业登记-市场监管.csv",
        "16-工资-税务.csv",
        "17-残疾人证-残联.csv",
        "18-学籍-教育.csv",
    ]
    .map(read);
    let mut kinds = HashSet::new();
    for surprise in city.surprises() {
        let person = &city.households()[surprise.household].members[surprise.member];
        let told = match surprise.found {
            crate::Found::Died(day) => deaths.contains(&format!("{},死亡,{day}", person.id)),
            crate::Found::Vehicle => vehicles.contains(&format!("{},是", person.id)),
            crate::Found::Business => firms.contains(&*person.id),
            crate::Found::Wage(wage) => wages.contains(&format!("{},{}", person.id, wage.fen() / 100)),
            crate::Found::Card(_, grade) => cards.lines().any(|l| l.contains(&*person.id) && l.contains(grade.zh())),
            crate::Found::LeftSchool => !school.contains(&*person.id),
        };
        assert!(told, "{surprise:?}");
        kinds.insert(std::mem::discriminant(&surprise.found));
    }
    assert_eq!(kinds.len(), 6, "every kind of surprise happens");
}
