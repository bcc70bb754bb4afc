//! Comparisons: of sums with nothing, of ages as comparisons of the day of birth.

use values::Day;

use super::build::{Builder, Tri, Value};
use super::parts::{Built, How, NotInColumns, Op, X};
use crate::engine::program::At;
use crate::language::syntax::Pair;

impl Builder<'_> {
    pub(super) fn comparison(&mut self, how: Pair, left: At, right: At) -> Built<Value> {
        match (self.value(left)?, self.value(right)?) {
            (Value::Tri(a), Value::Tri(b)) => self.same_answer(how, a, b),
            (Value::Tri(_), Value::Unknown) | (Value::Unknown, Value::Tri(_)) => Ok(Value::Unknown),
            (a, b) => {
                let (a, b) = (self.as_number(a)?, self.as_number(b)?);
                let unknown = self.parts.or(a.unknown, b.unknown);
                let (difference, _) = self.joined(a, b, -1)?;
                let mask = self.sign(how, difference)?;
                Ok(Value::Tri(self.known_tri(mask, unknown)))
            }
        }
    }

    pub(super) fn same_answer(&mut self, how: Pair, a: Tri, b: Tri) -> Built<Value> {
        let (yes, not_a, not_b) = (self.and(a, b), self.negated(a), self.negated(b));
        let no = self.and(not_a, not_b);
        let same = self.or(yes, no);
        match how {
            Pair::Equal => Ok(Value::Tri(same)),
            Pair::NotEqual => Ok(Value::Tri(self.negated(same))),
            _ => Err(NotInColumns),
        }
    }

    /// The mask of `x how 0`.
    pub(super) fn sign(&mut self, how: Pair, x: X) -> Built<X> {
        Ok(match how {
            Pair::Less => self.below(x, 0),
            Pair::AtMost => self.below(x, 1),
            Pair::AtLeast => {
                let below = self.below(x, 0);
                self.parts.not(below)
            }
            Pair::More => {
                let below = self.below(x, 1);
                self.parts.not(below)
            }
            Pair::Equal => self.equal(x, 0),
            Pair::NotEqual => {
                let equal = self.equal(x, 0);
                self.parts.not(equal)
            }
            _ => return Err(NotInColumns),
        })
    }

    /// `x < than`, said of the part itself where `x` is one part times a constant, of the date where it is an age.
    pub(super) fn below(&mut self, x: X, than: i64) -> X {
        let Some((inner, times, plus)) = self.one_term(x) else { return self.parts.compare(How::Below, x, than) };
        // inner * times + plus < than
        let room = i128::from(than) - i128::from(plus);
        if times > 0 {
            let least_beyond = -(-room).div_euclid(i128::from(times));
            return self.below_or_born_after(inner, least_beyond);
        }
        // inner > -room / |times|  is  not (inner < floor(-room / |times|) + 1)
        let at_most = (-room).div_euclid(-i128::from(times));
        let inner = self.below_or_born_after(inner, at_most + 1);
        self.parts.not(inner)
    }

    pub(super) fn one_term(&self, x: X) -> Option<(X, i64, i64)> {
        match &self.parts.get(x).op {
            Op::Linear(terms, plus) => match terms.as_slice() {
                [(inner, times)] => Some((*inner, *times, *plus)),
                _ => None,
            },
            _ => Some((x, 1, 0)),
        }
    }

    pub(super) fn below_or_born_after(&mut self, x: X, than: i128) -> X {
        let than = than.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
        let Op::Age(born, on) = self.parts.get(x).op else {
            return self.parts.compare(How::Below, x, than);
        };
        let span = self.parts.get(born).span;
        let epoch = Day::new(1970, 1, 1).expect("1970-01-01 exists");
        let on = epoch.plus_days(i64::from(on));
        // the age falls as the birth comes later: the first day on which it is below
        let (mut low, mut high) = (span.0, span.1 + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if on.age_of_birth(epoch.plus_days(middle)) < than { high = middle } else { low = middle + 1 }
        }
        let before = self.parts.compare(How::Below, born, low);
        self.parts.not(before)
    }

    pub(super) fn equal(&mut self, x: X, to: i64) -> X {
        match self.one_term(x) {
            Some((inner, times, plus)) if (to - plus) % times == 0 => {
                self.parts.compare(How::Equal, inner, (to - plus) / times)
            }
            Some(_) => self.parts.always(false),
            None => self.parts.compare(How::Equal, x, to),
        }
    }
}
