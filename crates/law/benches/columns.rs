//! Millions of households as columns: `cargo bench -p dixian-law --bench columns [-- HOUSEHOLDS]`.
//!
//! One seed, 2.6 members a household, every fact that the book of dibao reads, none missing. The book beside the same rule
//! written by hand in Rust, which is its limit. One core.
#![allow(clippy::print_stdout)] // a bench speaks on standard output

mod by_hand;
#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use law::Library;
use law::columns::{Column, Columns, Lanes, Plan, day_number};
use law::form::{Belongs, FactKind};
use values::{AreaCode, Month};

const ROUNDS: usize = 7;

fn main() {
    let households: usize = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000);
    let library = support::library();
    let area: AreaCode = "430302202204".parse().expect("an area");
    let month: Month = "2021-09".parse().expect("a month");
    let plan = library.plan(&["dibao"], &[month], area);
    let columns = city(&library, &plan, households);
    println!("{} households, {} members, {} columns", households, columns.members(), plan.facts().len());
    let found = plan.answer(&columns, 0..households);
    let eligible = found[0].outcome.iter().filter(|answer| **answer == law::Answer::Eligible).count();
    println!("eligible: {eligible}, fen: {}", found[0].amount.iter().sum::<i64>());
    report("dibao, one month, one core", households, best(|| drop(plan.answer(&columns, 0..households))));

    let (mut plain, mut blocked) = (Vec::new(), Vec::new());
    let rule =
        by_hand::Read::of(library.form(), &columns, |fact| columns.column(fact).expect("the rule's columns are there"));
    report("the same rule by hand, plain", households, best(|| rule.plain(&mut plain)));
    report("the same rule by hand, in blocks", households, best(|| rule.blocked(&mut blocked)));
    let engine: Vec<by_hand::Told> =
        (0..households).map(|h| (found[0].outcome[h] as u8, found[0].amount[h], found[0].reason[h])).collect();
    assert!(plain == engine && blocked == engine, "three ways, one answer");

    let year: Vec<Month> = (0..12).map(|number| (0..number).fold(month, |month, _| month.next())).collect();
    let months = library.plan(&["dibao"], &year, area);
    report("dibao, twelve months, one core", households, best(|| drop(months.answer(&columns, 0..households))));

    let reform = reformed();
    let beside = library.plan(&["dibao"], &[month], area).beside(&reform, &["dibao"], &[month]);
    let changed = || {
        let found = beside.answer(&columns, 0..households);
        let (before, after) = (&found[0].amount, &found[1].amount);
        before.iter().zip(after).fold((0u64, 0i64), |(n, cost), (b, a)| (n + u64::from(a != b), cost + a - b))
    };
    println!("the reform changes {:?} (households, fen a month)", changed());
    report("dibao and a reform beside it, one core", households, best(|| assert!(changed().0 > 0)));
}

/// The books with the standards of the city raised.
fn reformed() -> Library {
    let raise = |(path, text): (&str, &str)| {
        let text = text.replace("| 2021-07 | 600元/月 |", "| 2021-07 | 650元/月 |");
        (path.to_owned(), text.replace("| 2021-07 | 420元/月 |", "| 2021-07 | 460元/月 |"))
    };
    let books: Vec<(String, String)> = support::books().into_iter().map(raise).collect();
    Library::load(&books).expect("the books load with other standards")
}

/// A number that looks random, always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn city(library: &Library, plan: &Plan<'_>, households: usize) -> Columns<'static> {
    let form = library.form();
    let mut dice = Dice(7);
    let mut starts = vec![0u32];
    for _ in 0..households {
        let size = [1, 1, 2, 2, 2, 3, 3, 3, 4, 5][dice.roll(10) as usize];
        starts.push(starts[starts.len() - 1] + size);
    }
    let members = starts[households] as usize;
    let area: AreaCode = "430302202204".parse().expect("an area");
    let heads: Vec<bool> = {
        let mut heads = vec![false; members];
        starts[..households].iter().for_each(|&start| heads[start as usize] = true);
        heads
    };
    let mut columns = Columns::new(area, starts, form);
    for fact in plan.facts() {
        let decl = form.declaration(fact);
        let lanes = if decl.belongs == Belongs::Person { members } else { households };
        let mut rolled = |sides: u64| -> Vec<u64> { (0..lanes).map(|_| dice.roll(sides)).collect() };
        let lanes = match &decl.kind {
            FactKind::YesNo => Lanes::U8(rolled(50).iter().map(|roll| u8::from(*roll == 0)).collect()),
            FactKind::Choice(_) if decl.name == "关系" => {
                let rolls = rolled(4);
                Lanes::U8(
                    rolls.iter().zip(&heads).map(|(roll, head)| if *head { 0 } else { 1 + *roll as u8 }).collect(),
                )
            }
            FactKind::Choice(choices) => {
                let n = choices.len() as u64;
                Lanes::U8(rolled(n * 8).iter().map(|roll| if *roll < n { *roll as u8 } else { 0 }).collect())
            }
            FactKind::Date => {
                let first = day_number("1930-01-01".parse().expect("a day"));
                Lanes::I32(rolled(33_000).iter().map(|roll| first + *roll as i32).collect())
            }
            FactKind::Count => Lanes::I32(rolled(3).iter().map(|roll| *roll as i32).collect()),
            FactKind::Money { .. } => Lanes::I32(rolled(2_000_000).iter().map(|roll| *roll as i32).collect()),
            _ => Lanes::I32(
                rolled(400_000).iter().map(|roll| if *roll < 300_000 { 0 } else { (*roll - 300_000) as i32 }).collect(),
            ),
        };
        columns.set(form, fact, Column { lanes, known: None }).expect("a column of the form");
    }
    columns
}

/// The shortest of some rounds, in processor time of this thread where the system tells it: machines are shared.
fn best(mut work: impl FnMut()) -> Duration {
    let round = |_| {
        let (start, processor) = (Instant::now(), processor_time());
        work();
        processor.zip(processor_time()).map_or(start.elapsed(), |(before, after)| after - before)
    };
    (0..ROUNDS).map(round).min().expect("at least one round")
}

fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn report(what: &str, households: usize, took: Duration) {
    let rate = households as u128 * 1_000 / took.as_micros().max(1);
    println!("{what}: {took:?} of processor time, {}.{:03} million households a second", rate / 1_000, rate % 1_000);
}
