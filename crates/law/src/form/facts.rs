//! Facts of a household, packed: eight bytes a fact, so that a city of 200,000 people fits in well under 100 MB.

use sha2::{Digest, Sha256};
use values::{AreaCode, Day, Fen};

use super::value::MAX_MAGNITUDE;
use super::{FactId, MAX_FACTS, Ratio, SourceId, Value};

/// A fact: what, from whom, as of which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is known.
    pub value: Value,
    /// Who said it.
    pub source: SourceId,
    /// The day it was true by the source's word, when the source said so.
    pub on: Option<Day>,
}

/// The known facts of one person or one household; a fact that is not there is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactRow {
    /// Bit `i` is set when fact `i` is known.
    known: u128,
    /// The known facts in the order of their ids.
    cells: Vec<Cell>,
}

/// Forty bits of value, three of its kind, six of source, fifteen of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell(u64);

/// Everything known of a household at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where it is registered (village or township code).
    pub area: AreaCode,
    /// Facts 归属 家庭.
    pub household: FactRow,
    /// Facts 归属 人, the head first as a rule.
    pub members: Vec<FactRow>,
}

/// At most so many sources: six bits.
pub(super) const MAX_SOURCES: usize = 64;
const VALUE_BITS: u32 = 40;

impl FactRow {
    /// A row of these facts; of two for one id the later stands.
    pub fn from_facts(facts: impl IntoIterator<Item = (FactId, Fact)>) -> FactRow {
        let mut row = FactRow::default();
        for (id, fact) in facts {
            row.set(id, fact);
        }
        row.cells.shrink_to_fit();
        row
    }

    /// The fact, when it is known.
    pub fn get(&self, id: FactId) -> Option<Fact> {
        (self.known & bit(id) != 0).then(|| self.cells[self.rank(id)].fact())
    }

    /// The value, when the fact is known.
    pub fn value(&self, id: FactId) -> Option<Value> {
        self.get(id).map(|fact| fact.value)
    }

    /// Notes a fact; an earlier value is replaced.
    ///
    /// # Panics
    /// A value beyond [`OneForm::parse_value`](super::OneForm::parse_value)'s limits is a bug of the caller.
    pub fn set(&mut self, id: FactId, fact: Fact) {
        let (at, cell) = (self.rank(id), Cell::new(fact));
        if self.known & bit(id) != 0 {
            self.cells[at] = cell;
        } else {
            self.cells.insert(at, cell);
            self.known |= bit(id);
        }
    }

    /// Forgets a fact: it is unknown again.
    pub fn forget(&mut self, id: FactId) {
        if self.known & bit(id) != 0 {
            self.cells.remove(self.rank(id));
            self.known &= !bit(id);
        }
    }

    /// The known facts in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, Fact)> + '_ {
        let ids = (0..MAX_FACTS as u16).map(FactId).filter(|&id| self.known & bit(id) != 0);
        ids.zip(self.cells.iter().map(|cell| cell.fact()))
    }

    /// How many facts are known.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// How many known facts stand before this id.
    fn rank(&self, id: FactId) -> usize {
        (self.known & (bit(id) - 1)).count_ones() as usize
    }
}

fn bit(id: FactId) -> u128 {
    assert!(usize::from(id.0) < MAX_FACTS, "a form has at most {MAX_FACTS} facts");
    1 << id.0
}

impl Cell {
    fn new(fact: Fact) -> Cell {
        let (kind, number) = match fact.value {
            Value::Money(fen) => (0, fen.fen()),
            Value::MoneyPerMonth(fen) => (1, fen.fen()),
            Value::MoneyPerYear(fen) => (2, fen.fen()),
            Value::Count(number) => (3, number),
            Value::Ratio(ratio) => (4, ratio.0),
            Value::Date(day) => (5, day.days_since(epoch())),
            Value::YesNo(yes) => (6, i64::from(yes)),
            Value::Choice(at) => (7, i64::from(at)),
        };
        assert!(number.abs() <= MAX_MAGNITUDE, "a fact's number is beyond what the form can hold");
        assert!(usize::from(fact.source.0) < MAX_SOURCES, "a form has at most {MAX_SOURCES} sources");
        let number = (number as u64) & ((1 << VALUE_BITS) - 1);
        Cell(number << 24 | kind << 21 | u64::from(fact.source.0) << 15 | pack_day(fact.on))
    }

    fn fact(self) -> Fact {
        let number = (self.0 as i64) >> 24;
        let value = match self.0 >> 21 & 7 {
            0 => Value::Money(Fen::new(number)),
            1 => Value::MoneyPerMonth(Fen::new(number)),
            2 => Value::MoneyPerYear(Fen::new(number)),
            3 => Value::Count(number),
            4 => Value::Ratio(Ratio(number)),
            5 => Value::Date(epoch().plus_days(number)),
            6 => Value::YesNo(number != 0),
            _ => Value::Choice(number as u16),
        };
        Fact { value, source: SourceId((self.0 >> 15 & 63) as u8), on: unpack_day(self.0 & 0x7fff) }
    }
}

fn epoch() -> Day {
    Day::new(1970, 1, 1).expect("1970-01-01 exists")
}

fn first_source_day() -> Day {
    Day::new(2000, 1, 1).expect("2000-01-01 exists")
}

/// Fifteen bits: 0 is no day, 1 is 2000-01-01, up to 2089; earlier and later days are kept as the nearest of these.
fn pack_day(day: Option<Day>) -> u64 {
    day.map_or(0, |day| (day.days_since(first_source_day()) + 1).clamp(1, 0x7fff) as u64)
}

fn unpack_day(bits: u64) -> Option<Day> {
    (bits != 0).then(|| first_source_day().plus_days(bits as i64 - 1))
}

impl Facts {
    /// SHA-256 of the area and every known fact, its source and day. The same facts under the same form give the same.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.area.as_str().as_bytes());
        for row in std::iter::once(&self.household).chain(&self.members) {
            hash.update(row.known.to_be_bytes());
            for cell in &row.cells {
                hash.update(cell.0.to_be_bytes());
            }
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let number = -MAX_MAGNITUDE..=MAX_MAGNITUDE;
        prop_oneof![
            number.clone().prop_map(|n| Value::Money(Fen::new(n))),
            number.clone().prop_map(|n| Value::MoneyPerMonth(Fen::new(n))),
            number.clone().prop_map(|n| Value::MoneyPerYear(Fen::new(n))),
            number.clone().prop_map(Value::Count),
            number.prop_map(|n| Value::Ratio(Ratio(n))),
            (-40_000i64..80_000).prop_map(|n| Value::Date(epoch().plus_days(n))),
            any::<bool>().prop_map(Value::YesNo),
            any::<u16>().prop_map(Value::Choice),
        ]
    }

    fn any_fact() -> impl Strategy<Value = Fact> {
        let on = proptest::option::of((0i64..30_000).prop_map(|n| first_source_day().plus_days(n)));
        (any_value(), 0u8..64, on).prop_map(|(value, source, on)| Fact { value, source: SourceId(source), on })
    }

    proptest! {
        #[test]
        fn what_is_noted_is_found_again(facts in proptest::collection::vec((0u16..128, any_fact()), 0..60), gone in 0u16..128) {
            let mut row = FactRow::default();
            let mut plain = std::collections::BTreeMap::new();
            for (id, fact) in facts {
                row.set(FactId(id), fact);
                plain.insert(FactId(id), fact);
            }
            row.forget(FactId(gone));
            plain.remove(&FactId(gone));
            prop_assert_eq!(row.iter().collect::<Vec<_>>(), plain.clone().into_iter().collect::<Vec<_>>());
            for id in 0..128 {
                prop_assert_eq!(row.get(FactId(id)), plain.get(&FactId(id)).copied());
            }
        }
    }

    #[test]
    fn a_person_with_forty_facts_takes_less_than_half_a_kilobyte() {
        let fact = Fact { value: Value::YesNo(true), source: SourceId(1), on: None };
        let row = FactRow::from_facts((0..40).map(|id| (FactId(id), fact)));
        let bytes = std::mem::size_of::<FactRow>() + row.cells.capacity() * std::mem::size_of::<Cell>();
        assert!(bytes < 500, "{bytes}");
    }
}
