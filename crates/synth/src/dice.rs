//! Chance from a seed: the only randomness of the whole project, and only here, where everything is invented.
//!
//! Whole numbers only, and our own mapping from the generator's words to ranges, so that one seed gives one city
//! on every machine and with every version of the libraries.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use values::Day;

/// A seeded source of choices.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// Dice of this seed; `stream` keeps separate parts of the city apart, so that a change in one moves no other.
    pub(crate) fn new(seed: u64, stream: u64) -> Dice {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Dice(rng)
    }

    /// A number below `n` (Lemire's multiplication; the bias of 2⁻³² or less matters to nobody invented).
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        assert!(n > 0, "nothing to choose from");
        ((u128::from(self.0.next_u64()) * u128::from(n)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        assert!(low <= high, "an empty range");
        low + self.below((high - low) as u64 + 1) as i64
    }

    /// A multiple of `step` from `low` to `high`.
    pub(crate) fn stepped(&mut self, low: i64, high: i64, step: i64) -> i64 {
        low + self.between(0, (high - low) / step) * step
    }

    /// True so many times in a thousand.
    pub(crate) fn per_mille(&mut self, times: u64) -> bool {
        self.below(1_000) < times
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    /// One of these, the `weight` of each deciding how often.
    pub(crate) fn weighted<T: Copy>(&mut self, from: &[(u64, T)]) -> T {
        let total = from.iter().map(|(weight, _)| weight).sum();
        let mut at = self.below(total);
        for (weight, choice) in from {
            if at < *weight {
                return *choice;
            }
            at -= weight;
        }
        unreachable!("the weights add up to their total")
    }

    /// The place, in a table of rising sums, of a weighted choice.
    pub(crate) fn place(&mut self, rising: &[u64]) -> usize {
        let total = *rising.last().expect("a table of weights has entries");
        let at = self.below(total);
        rising.partition_point(|sum| *sum <= at)
    }

    /// A birthday of a person who is `age` years old on `day`.
    pub(crate) fn birth_at_age(&mut self, age: i64, day: Day) -> Day {
        let year = day.year() - i16::try_from(age).expect("an age of a person");
        let latest = Day::new(year, day.month_of_year(), day.day_of_month())
            .unwrap_or_else(|_| Day::new(year, day.month_of_year(), 28).expect("every month has a 28th"));
        loop {
            let birth = latest.plus_days(-self.between(0, 365));
            if day.age_of_birth(birth) == age {
                return birth;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_sequence_and_streams_differ() {
        let draw = |seed, stream| {
            let mut dice = Dice::new(seed, stream);
            (0..8).map(|_| dice.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, 0), draw(7, 0));
        assert_ne!(draw(7, 0), draw(8, 0));
        assert_ne!(draw(7, 0), draw(7, 1));
    }

    #[test]
    fn a_birthday_gives_the_age_asked() {
        let mut dice = Dice::new(1, 0);
        let day = Day::new(2021, 8, 31).unwrap();
        for age in 0..105 {
            let birth = dice.birth_at_age(age, day);
            assert_eq!(day.age_of_birth(birth), age, "{birth}");
        }
    }

    #[test]
    fn weights_decide_how_often() {
        let mut dice = Dice::new(3, 0);
        let hits = (0..10_000).filter(|_| dice.weighted(&[(1, true), (3, false)])).count();
        assert!((2_300..2_700).contains(&hits), "{hits}");
        let hits = (0..10_000).filter(|_| dice.place(&[1, 4]) == 0).count();
        assert!((2_300..2_700).contains(&hits), "{hits}");
    }
}
