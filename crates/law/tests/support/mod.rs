//! The books of `policy/`, as the tests load them, and random households under their form.

#![allow(dead_code)] // each test file uses its part of this

use law::Library;
use law::columns::{Column, Columns, Lanes, number};
use law::form::{Belongs, Fact, FactKind, FactRow, Facts, OneForm, SourceId, Value};
use proptest::prelude::*;
use values::{Day, Fen};

/// The books, path and text: all that lie in `policy/`.
pub fn books() -> Vec<(&'static str, &'static str)> {
    static BOOKS: std::sync::OnceLock<Vec<(&'static str, &'static str)>> = std::sync::OnceLock::new();
    BOOKS.get_or_init(read_books).clone()
}

fn read_books() -> Vec<(&'static str, &'static str)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy");
    let files = std::fs::read_dir(folder).expect("the folder of books").map(|file| file.expect("a file").path());
    let mut books: Vec<(&str, &str)> = files
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("a readable book");
            // kept for as long as the tests run
            (&*format!("policy/{name}").leak(), &*text.leak())
        })
        .collect();
    // the form first, as tests that make their own books take it
    books.sort_unstable_by_key(|(path, _)| (*path != "policy/one-form.md", *path));
    books
}

/// The library of all books.
pub fn library() -> Library {
    Library::load(&books()).unwrap_or_else(|findings| {
        let said: String = findings.iter().map(ToString::to_string).collect();
        panic!("the books do not load:\n{said}")
    })
}

/// A value of a fact made from two numbers: small ones, so that limits are often met exactly.
fn value_from(kind: &FactKind, coarse: u16, fine: i64) -> Value {
    let yuan = Fen::new(i64::from(coarse % 40) * 6_000 + fine % 3);
    match kind {
        FactKind::Money { .. } => Value::Money(Fen::new(yuan.fen() * 10)),
        FactKind::MoneyPerMonth { .. } => Value::MoneyPerMonth(yuan),
        FactKind::MoneyPerYear { .. } => Value::MoneyPerYear(yuan),
        FactKind::Count => Value::Count(i64::from(coarse % 5)),
        FactKind::Ratio => Value::Ratio(law::form::Ratio(i64::from(coarse) * 100)),
        FactKind::Date => Value::Date(Day::new(1915, 1, 1).expect("a day").plus_days(i64::from(coarse) % 39_000)),
        FactKind::YesNo => Value::YesNo(coarse.is_multiple_of(4)),
        FactKind::Choice(choices) => Value::Choice(if fine % 2 == 0 { 0 } else { coarse % choices.len() as u16 }),
    }
}

fn row_from(form: &OneForm, belongs: Belongs, seeds: &[(u16, u8, i64)], unknown_of_100: u8) -> FactRow {
    let facts = form.facts().filter(|(_, decl)| decl.belongs == belongs);
    FactRow::from_facts(facts.zip(seeds).filter(|(_, seed)| seed.1 % 100 >= unknown_of_100).map(
        |((id, decl), seed)| {
            let value = value_from(&decl.kind, seed.0, seed.2);
            (id, Fact { value, source: SourceId(seed.1 % 5), on: None })
        },
    ))
}

/// Random households: one to five members, facts missing in a random share.
pub fn any_household(form: &OneForm) -> impl Strategy<Value = Facts> + use<> {
    let form = form.clone();
    let seeds = || proptest::collection::vec((any::<u16>(), any::<u8>(), 0i64..1_000), 60);
    let members = proptest::collection::vec(seeds(), 1..5);
    (seeds(), members, prop_oneof![Just(0u8), Just(3), Just(30), Just(90)]).prop_map(move |(own, members, unknown)| {
        let area = if own[0].0.is_multiple_of(7) { "510104001001" } else { "430302202204" };
        let mut facts = Facts {
            area: area.parse().expect("an area"),
            household: row_from(&form, Belongs::Household, &own, unknown),
            members: members.iter().map(|seeds| row_from(&form, Belongs::Person, seeds, unknown)).collect(),
        };
        let relation = form.fact("关系").expect("the form has 关系");
        let head = Fact { value: Value::Choice(0), source: SourceId(0), on: None };
        facts.members[0].set(relation, head);
        facts
    })
}

/// The households' facts as columns; numbers as 64 or 32 bits by `narrow` where they fit.
pub fn columns(library: &Library, households: &[Facts], narrow: bool) -> Columns<'static> {
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
