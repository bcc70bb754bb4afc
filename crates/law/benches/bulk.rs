//! How fast the books are loaded, and how fast they decide: `cargo bench -p dixian-law`.
//!
//! 80,000 random households (the tests' own generator, one seed), seven programmes, one core, then one traced household.
#![allow(clippy::print_stdout)] // a bench speaks on standard output

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use law::form::Facts;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use support::{any_household, library};

const HOUSEHOLDS: usize = 80_000;
const DIFFERENT: usize = 2_000;
const ROUNDS: usize = 5;

fn main() {
    let library = library();
    let households = households(&library);
    let people: usize = households.iter().map(|facts| facts.members.len()).sum();
    let month = "2021-09".parse().expect("a month");
    println!("{HOUSEHOLDS} households, {people} people, {} programmes", library.programmes().len());

    report("load all books", 1, best(|| drop(support::library())));
    let one_core = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    report(
        "decide, one core",
        HOUSEHOLDS,
        best(|| drop(one_core.install(|| library.determine_bulk(month, &households)))),
    );
    report("best combination, one core", HOUSEHOLDS, {
        best(|| drop(one_core.install(|| library.combine_bulk(month, &households))))
    });
    let searched = || households[..DIFFERENT].iter().for_each(|facts| drop(law::combine(&library, month, facts)));
    report("best combination and all others told, one core", DIFFERENT, best(searched));
    report("decide, all cores", HOUSEHOLDS, best(|| drop(library.determine_bulk(month, &households))));
    let traced = || households[..DIFFERENT].iter().for_each(|facts| drop(library.determine_all(month, facts)));
    report("decide with every reason, one core", DIFFERENT, best(traced));
}

fn households(library: &law::Library) -> Vec<Facts> {
    let mut runner = TestRunner::deterministic();
    let strategy = any_household(library.form());
    let draw = |runner: &mut TestRunner| strategy.new_tree(runner).expect("a household").current();
    let different: Vec<Facts> = (0..DIFFERENT).map(|_| draw(&mut runner)).collect();
    different.iter().cycle().take(HOUSEHOLDS).cloned().collect()
}

/// The shortest of some rounds: machines are noisy.
fn best(mut work: impl FnMut()) -> Duration {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().expect("at least one round")
}

fn report(what: &str, households: usize, took: Duration) {
    println!("{what}: {took:?}, {:?} a household", took / households as u32);
}
