//! Lock-out (登录失败处理): after wrong tries an account rests, a little longer each time, and wakes by itself, so that nobody can lock a
//! colleague out for good by typing wrong passwords.

/// Wrong tries before the first rest (等保 GB/T 22239-2019 8.1.4.1 b asks for a limit; five is customary).
const TRIES: u32 = 5;
/// The first rest, in milliseconds: one minute. Each further wrong try doubles it.
const FIRST_REST_MS: i64 = 60_000;
/// The longest rest: thirty minutes.
const LONGEST_REST_MS: i64 = 30 * 60_000;
/// After a day without a try the count begins anew.
const FORGOTTEN_MS: i64 = 24 * 3_600_000;

/// Wrong tries of an account since the last good one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// How many.
    pub failed: u32,
    /// When the last was, milliseconds since 1970.
    pub last_ms: i64,
}

impl Attempts {
    /// Until when the account rests, if it rests at that moment.
    pub fn rests_until(&self, now_ms: i64) -> Option<i64> {
        let over = self.failed.checked_sub(TRIES)?;
        let rest = FIRST_REST_MS.saturating_mul(1_i64 << over.min(20)).min(LONGEST_REST_MS);
        let until = self.last_ms.saturating_add(rest);
        (now_ms < until).then_some(until)
    }

    /// One more wrong try.
    #[must_use]
    pub fn and_one_more(self, now_ms: i64) -> Attempts {
        let before = if now_ms.saturating_sub(self.last_ms) > FORGOTTEN_MS { 0 } else { self.failed };
        Attempts { failed: before.saturating_add(1), last_ms: now_ms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_tries_rest_a_minute_and_each_further_doubles_it() {
        let minute = 60_000;
        for (failed, rests) in [
            (0, None),
            (4, None),
            (5, Some(minute)),
            (6, Some(2 * minute)),
            (9, Some(16 * minute)),
            (10, Some(30 * minute)),
            (u32::MAX, Some(30 * minute)),
        ] {
            let attempts = Attempts { failed, last_ms: 1_000 };
            assert_eq!(attempts.rests_until(1_000), rests.map(|ms| 1_000 + ms), "{failed}");
            if let Some(ms) = rests {
                assert!(attempts.rests_until(1_000 + ms - 1).is_some(), "the last moment of the rest");
                assert_eq!(attempts.rests_until(1_000 + ms), None, "the moment it ends");
            }
        }
    }

    #[test]
    fn a_day_without_a_try_is_forgotten() {
        let before = Attempts { failed: 7, last_ms: 0 };
        assert_eq!(before.and_one_more(FORGOTTEN_MS), Attempts { failed: 8, last_ms: FORGOTTEN_MS });
        assert_eq!(before.and_one_more(FORGOTTEN_MS + 1).failed, 1);
    }
}
