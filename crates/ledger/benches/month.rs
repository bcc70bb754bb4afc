//! How fast a city's month is computed, compared and locked: `cargo bench -p dixian-ledger`.
//!
//! 180,000 rights of 140,000 persons in one county (a city's whole month in the worst order), one core, the best of some rounds.
#![allow(clippy::print_stdout)] // a bench speaks on standard output

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use ledger::{Entitlement, Envelope, FundShares, FundSource, Signature, compute, differences};
use values::{AwardId, Day, EnvelopeId, Fen, HouseholdId, PersonId};

const RIGHTS: i64 = 180_000;
const PERSONS: i64 = 140_000;
const ROUNDS: usize = 7;
const PROGRAMMES: [&str; 7] =
    ["dibao", "disability-living", "disability-nursing", "old-age", "orphan", "tekun", "unattended-child"];

fn main() {
    let (september, october) = ("2021-09".parse().expect("a month"), "2021-10".parse().expect("a month"));
    let exclusive = [("tekun", "disability-living"), ("orphan", "unattended-child")];
    let rights = rights();
    let made = compute(september, rights.clone(), Vec::new(), &exclusive);
    let next = compute(october, rights.clone(), Vec::new(), &exclusive);
    println!("{} rights, {} lines, {} held", rights.len(), made.lines.len(), made.excluded.len());
    let taken = (0..ROUNDS).map(|_| {
        let rights = rights.clone();
        time(move || compute(september, rights, Vec::new(), &exclusive))
    });
    report("compute", taken.min());
    let shares = shares();
    let lock = || {
        let by = Signature { by: "F1".to_owned(), on: Day::new(2021, 9, 10).expect("a day") };
        let county = "430302".parse().expect("a county");
        Envelope::lock(EnvelopeId(1), county, september, &made.lines, &shares, by).expect("locks")
    };
    report("lock", (0..ROUNDS).map(|_| time(lock)).min());
    report("differences", (0..ROUNDS).map(|_| time(|| differences(&made.lines, &next.lines))).min());
}

/// A right every 7/9 of a person, programmes mixed, in an order that no sort likes.
fn rights() -> Vec<Entitlement> {
    (0..RIGHTS)
        .map(|at| {
            let at = at * 7_919 % RIGHTS; // a prime: visits every number once
            let person = at % PERSONS;
            let programme = PROGRAMMES[usize::try_from((person + at / PERSONS * 3) % 7).expect("small")];
            Entitlement {
                award: AwardId(at),
                person: PersonId(person),
                household: HouseholdId(person / 2),
                village: format!("430302{:03}{:03}", 1 + person % 70, 201 + person % 957 % 200)
                    .parse()
                    .expect("a village"),
                programme: programme.to_owned(),
                amount: Fen::new(10_000 + at % 70_000),
                from: "2021-07".parse().expect("a month"),
                until: None,
                account_name: "周桂兰".to_owned(),
                account: format!("62{person:014}"),
                is_reported_dead: person % 1_000 == 0,
                is_account_frozen: person % 2_000 == 1,
            }
        })
        .collect()
}

fn shares() -> BTreeMap<String, FundShares> {
    use FundSource::{Central, City, County, Province};
    let four = || FundShares::new(vec![(Central, 601), (Province, 149), (City, 125), (County, 125)]).expect("a whole");
    PROGRAMMES.iter().map(|programme| ((*programme).to_owned(), four())).collect()
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let kept = work();
    let taken = start.elapsed();
    drop(kept);
    taken
}

fn report(what: &str, best: Option<Duration>) {
    let millis = best.expect("at least one round").as_secs_f64() * 1_000.0;
    println!("{what:<12} {millis:8.1} ms");
}
