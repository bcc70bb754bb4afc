//! Typed ids, made by the application and never by a database sequence, so that many machines can make them apart.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> $name {
                $name(id)
            }
        }
    )*};
}

ids! {
    /// A person in the register.
    PersonId;
    /// A household in the register.
    HouseholdId;
    /// One request at a moment, for all programmes.
    CaseId;
    /// A right to a benefit over months.
    AwardId;
    /// A month's payments of a county and fund (发放批次).
    EnvelopeId;
}

/// Makes ids: milliseconds since 2020-01-01 in the high bits, then the node, then a counter.
///
/// Pure: the caller says what time it is. 41 bits of time (69 years), 8 of node, 14 of counter, always positive.
#[derive(Clone, Debug)]
pub struct IdMint {
    node: u8,
    last_ms: i64,
    counter: i64,
}

const COUNTER_BITS: u32 = 14;
const NODE_BITS: u32 = 8;
const EPOCH_MS: i64 = 1_577_808_000_000; // 2020-01-01T00:00+08:00

impl IdMint {
    /// A mint of this node (0 to 255); two nodes never make the same id.
    pub fn new(node: u8) -> IdMint {
        IdMint { node, last_ms: 0, counter: 0 }
    }

    /// The next id at `unix_ms`; a clock that went back, or a full counter, borrows from the next millisecond.
    pub fn next(&mut self, unix_ms: i64) -> i64 {
        let ms = (unix_ms - EPOCH_MS).max(0);
        if ms > self.last_ms {
            (self.last_ms, self.counter) = (ms, 0);
        } else if self.counter + 1 >= 1 << COUNTER_BITS {
            (self.last_ms, self.counter) = (self.last_ms + 1, 0);
        } else {
            self.counter += 1;
        }
        let id = (self.last_ms << (NODE_BITS + COUNTER_BITS)) | (i64::from(self.node) << COUNTER_BITS) | self.counter;
        assert!(id >= 0, "ids are positive until 2089");
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_when_the_clock_goes_back() {
        let mut mint = IdMint::new(3);
        let now = EPOCH_MS + 1_000;
        let mut last = mint.next(now);
        for step in 0..40_000 {
            let id = mint.next(now - step % 7);
            assert!(id > last);
            last = id;
        }
        assert_ne!(IdMint::new(1).next(now), IdMint::new(2).next(now));
    }
}
