//! How often a day a case number may be tried with a wrong tail. Counted by what was typed, whether such a case exists or not,
//! so that the answer tells nothing.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use values::Day;

/// Wrong tries a number is allowed a day: ten of ten thousand tails.
const TRIES_A_DAY: u32 = 10;
/// Numbers remembered at once; beyond that the oldest day's are forgotten first by starting anew.
const MOST_NUMBERS: usize = 100_000;

/// The tries of one day.
#[derive(Default)]
pub struct Patience {
    tries: Mutex<(Option<Day>, HashMap<String, u32>)>,
}

impl Patience {
    /// Whether the number may still be tried on this day.
    pub fn allows(&self, number: &str, day: Day) -> bool {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.0 != Some(day) || tries.1.get(number).is_none_or(|n| *n < TRIES_A_DAY)
    }

    /// Notes a wrong try.
    pub fn note(&self, number: &str, day: Day) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.0 != Some(day) || tries.1.len() >= MOST_NUMBERS {
            *tries = (Some(day), HashMap::new());
        }
        *tries.1.entry(number.to_owned()).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_wrong_tails_a_number_rests_until_the_next_day() {
        let patience = Patience::default();
        let (today, tomorrow) = (Day::new(2021, 9, 6).unwrap(), Day::new(2021, 9, 7).unwrap());
        for _ in 0..TRIES_A_DAY {
            assert!(patience.allows("A", today));
            patience.note("A", today);
        }
        assert!(!patience.allows("A", today));
        assert!(patience.allows("B", today), "another number is another matter");
        assert!(patience.allows("A", tomorrow));
    }
}
