//! What may be shown: a count of a few households could tell who they are.

use serde::Serialize;

/// Who will read the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disclosure {
    /// The office that keeps the register: every number.
    Inside,
    /// Everybody: counts from 1 to 4 and the money that goes with them are hidden.
    Public,
}

/// The least count that everybody may see.
const LEAST_PUBLIC: u64 = 5;

/// A number, or the fact that it is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Shown<T> {
    /// It may be seen.
    Known(T),
    /// Too few people stand behind it; `null` in JSON.
    Hidden,
}

impl<T: Copy> Shown<T> {
    /// The number; none when hidden.
    pub fn known(self) -> Option<T> {
        match self {
            Shown::Known(value) => Some(value),
            Shown::Hidden => None,
        }
    }
}

impl Disclosure {
    /// A count as it may be shown.
    pub(crate) fn count(self, count: u64) -> Shown<u64> {
        if self.hides(count) { Shown::Hidden } else { Shown::Known(count) }
    }

    /// What goes with these counts: hidden when one of them is.
    pub(crate) fn with<T>(self, counts: &[u64], value: T) -> Shown<T> {
        if counts.iter().any(|count| self.hides(*count)) { Shown::Hidden } else { Shown::Known(value) }
    }

    pub(crate) fn hides(self, count: u64) -> bool {
        self == Disclosure::Public && count > 0 && count < LEAST_PUBLIC
    }
}

impl std::fmt::Display for Shown<u64> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Shown::Known(count) => f.pad(&count.to_string()),
            Shown::Hidden => f.pad("不公开"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_sees_no_count_from_one_to_four() {
        for (count, shown) in [(0, "0"), (1, "不公开"), (4, "不公开"), (5, "5")] {
            assert_eq!(Disclosure::Public.count(count).to_string(), shown);
            assert_eq!(Disclosure::Inside.count(count).to_string(), count.to_string());
        }
        assert_eq!(Disclosure::Public.with(&[8, 2], 16), Shown::Hidden);
        assert_eq!(Disclosure::Public.with(&[8, 0], 16), Shown::Known(16));
    }
}
