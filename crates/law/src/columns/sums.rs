//! Sums, products, quotients and rounding, over denominators known beforehand.

use super::build::{Builder, Number, Value};
use super::parts::{Built, NotInColumns, Op, X};
use crate::engine::num::Rounding;
use crate::engine::program::At;

impl Builder<'_> {
    /// `a + sign × b` over one denominator.
    pub(super) fn joined(&mut self, a: Number, b: Number, sign: i64) -> Built<(X, i64)> {
        let over = common(a.over, b.over)?;
        let x = self.parts.linear(&[(a.x, over / a.over), (b.x, sign * (over / b.over))], 0)?;
        Ok((x, over))
    }

    pub(super) fn sum(&mut self, left: At, right: At, sign: i64) -> Built<Value> {
        let (a, b) = (self.number(left)?, self.number(right)?);
        let (x, over) = self.joined(a, b, sign)?;
        Ok(Value::Number(Number { x, over, unknown: self.parts.or(a.unknown, b.unknown) }))
    }

    /// Where the number is known to be nothing.
    pub(super) fn nothing(&mut self, number: Number) -> X {
        let zero = self.equal(number.x, 0);
        let known = self.parts.not(number.unknown);
        self.parts.and(zero, known)
    }

    /// Nothing times anything is nothing, known or not.
    pub(super) fn product(&mut self, left: At, right: At) -> Built<Value> {
        let (a, b) = (self.number(left)?, self.number(right)?);
        let over = a.over.checked_mul(b.over).ok_or(NotInColumns)?;
        let x = self.parts.times(a.x, b.x)?;
        let either = self.parts.or(a.unknown, b.unknown);
        let unknown = if self.parts.constant_mask(either) == Some(false) {
            either
        } else {
            let (one, two) = (self.nothing(a), self.nothing(b));
            let nothing = self.parts.or(one, two);
            let something = self.parts.not(nothing);
            self.parts.and(either, something)
        };
        self.reduced(x, over, unknown)
    }

    /// Only a constant divides in columns.
    pub(super) fn quotient(&mut self, left: At, right: At) -> Built<Value> {
        let (a, b) = (self.number(left)?, self.number(right)?);
        if self.parts.constant_mask(b.unknown) == Some(true) {
            return Ok(Value::Unknown);
        }
        let divisor = self.parts.constant(b.x).filter(|n| *n != 0).ok_or(NotInColumns)?;
        if self.parts.constant_mask(b.unknown) != Some(false) {
            return Err(NotInColumns);
        }
        let x = self.parts.linear(&[(a.x, b.over * divisor.signum())], 0)?;
        let over = a.over.checked_mul(divisor.checked_abs().ok_or(NotInColumns)?).ok_or(NotInColumns)?;
        self.reduced(x, over, a.unknown)
    }

    /// A sum whose terms all divide by what its denominator divides by is smaller without.
    pub(super) fn reduced(&mut self, x: X, over: i64, unknown: X) -> Built<Value> {
        let (x, over) = match &self.parts.get(x).op {
            Op::Linear(terms, plus) if over > 1 => {
                let shared = terms.iter().fold(gcd(over, *plus), |shared, (_, times)| gcd(shared, *times));
                let terms: Vec<(X, i64)> = terms.iter().map(|(x, times)| (*x, times / shared)).collect();
                let plus = plus / shared;
                (self.parts.linear(&terms, plus)?, over / shared)
            }
            Op::Number(number) if over > 1 => {
                let shared = gcd(over, *number);
                let number = number / shared;
                (self.parts.fixed(number)?, over / shared)
            }
            _ => (x, over),
        };
        Ok(Value::Number(Number { x, over, unknown }))
    }

    pub(super) fn extreme(&mut self, left: At, right: At, greater: bool) -> Built<Value> {
        let (a, b) = (self.number(left)?, self.number(right)?);
        let (a, b, over) = self.same_over(a, b)?;
        let x = self.parts.extreme(a.x, b.x, greater)?;
        Ok(Value::Number(Number { x, over, unknown: self.parts.or(a.unknown, b.unknown) }))
    }

    pub(super) fn same_over(&mut self, a: Number, b: Number) -> Built<(Number, Number, i64)> {
        let over = common(a.over, b.over)?;
        let one = Number { x: self.parts.linear(&[(a.x, over / a.over)], 0)?, over, ..a };
        let two = Number { x: self.parts.linear(&[(b.x, over / b.over)], 0)?, over, ..b };
        Ok((one, two, over))
    }

    pub(super) fn rounded(&mut self, how: Rounding, value: At, unit: At) -> Built<Value> {
        let (value, unit) = (self.number(value)?, self.number(unit)?);
        if self.parts.constant_mask(unit.unknown) == Some(true) {
            return Ok(Value::Unknown);
        }
        let steps = self.parts.constant(unit.x).filter(|n| *n > 0).ok_or(NotInColumns)?;
        if self.parts.constant_mask(unit.unknown) != Some(false) {
            return Err(NotInColumns);
        }
        // value / unit = x * unit.over / (value.over * steps)
        let by = value.over.checked_mul(steps).ok_or(NotInColumns)?;
        let shared = gcd(by, unit.over);
        let x = self.parts.round(how, value.x, unit.over / shared, by / shared, steps)?;
        Ok(Value::Number(Number { x, over: unit.over, unknown: value.unknown }))
    }
}

fn common(a: i64, b: i64) -> Built<i64> {
    (a / gcd(a, b)).checked_mul(b).ok_or(NotInColumns)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs().max(1) } else { gcd(b, a % b) }
}
