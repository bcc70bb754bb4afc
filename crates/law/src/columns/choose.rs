//! 若 … 则 … 否则, and what brings members together.

use super::build::{Builder, Number, Tri, Value};
use super::parts::{Built, Parts, X};
use crate::engine::program::{At, Gather};

impl Builder<'_> {
    pub(super) fn choice(&mut self, condition: At, then: At, otherwise: At) -> Built<Value> {
        let condition = self.tri(condition)?;
        if let Some(yes) = self
            .parts
            .constant_mask(condition.yes)
            .filter(|yes| *yes || self.parts.constant_mask(condition.may) == Some(false))
        {
            return self.value(if yes { then } else { otherwise });
        }
        match (self.value(then)?, self.value(otherwise)?) {
            (Value::Unknown, Value::Unknown) => Ok(Value::Unknown),
            (Value::Tri(a), b) => {
                let b = self.as_tri(b)?;
                Ok(Value::Tri(self.chosen_tri(condition, a, b)))
            }
            (a, Value::Tri(b)) => {
                let a = self.as_tri(a)?;
                Ok(Value::Tri(self.chosen_tri(condition, a, b)))
            }
            (a, b) => {
                let (a, b) = (self.as_number(a)?, self.as_number(b)?);
                self.chosen_number(condition, a, b)
            }
        }
    }

    pub(super) fn chosen_tri(&mut self, condition: Tri, a: Tri, b: Tri) -> Tri {
        let yes = self.chosen_mask(condition, (a.yes, b.yes), true);
        Tri { yes, may: self.chosen_mask(condition, (a.may, b.may), false) }
    }

    /// Where the condition is open, both must hold (`all`), or either may.
    pub(super) fn chosen_mask(&mut self, condition: Tri, (a, b): (X, X), all: bool) -> X {
        let no = self.parts.not(condition.may);
        let (then, otherwise) = (self.parts.and(condition.yes, a), self.parts.and(no, b));
        let settled = self.parts.or(then, otherwise);
        let open = self.open(condition);
        let both = if all { self.parts.and(a, b) } else { self.parts.or(a, b) };
        let both = self.parts.and(open, both);
        self.parts.or(settled, both)
    }

    pub(super) fn open(&mut self, tri: Tri) -> X {
        if tri.yes == tri.may {
            return self.parts.always(false);
        }
        let not_yes = self.parts.not(tri.yes);
        self.parts.and(tri.may, not_yes)
    }

    pub(super) fn chosen_number(&mut self, condition: Tri, a: Number, b: Number) -> Built<Value> {
        let (a, b, over) = self.same_over(a, b)?;
        let x = self.parts.pick(condition.yes, a.x, b.x)?;
        let no = self.parts.not(condition.may);
        let (then, otherwise) = (self.parts.and(condition.yes, a.unknown), self.parts.and(no, b.unknown));
        let mut unknown = self.parts.or(then, otherwise);
        let open = self.open(condition);
        if self.parts.constant_mask(open) != Some(false) {
            let difference = self.parts.linear(&[(a.x, 1), (b.x, -1)], 0)?;
            let same = self.equal(difference, 0);
            let differ = self.parts.not(same);
            let either = self.parts.or(a.unknown, b.unknown);
            let either = self.parts.or(either, differ);
            let undecided = self.parts.and(open, either);
            unknown = self.parts.or(unknown, undecided);
        }
        Ok(Value::Number(Number { x, over, unknown }))
    }

    pub(super) fn gathered(&mut self, how: Gather, value: At, filter: At) -> Built<Value> {
        let filter = self.tri(filter)?;
        match how {
            Gather::Any => {
                let value = self.tri(value)?;
                let one = self.and(filter, value);
                Ok(Value::Tri(Tri { yes: self.parts.any(one.yes), may: self.parts.any(one.may) }))
            }
            Gather::Every => {
                let value = self.tri(value)?;
                let fails = self.negated(value);
                let one = self.and(filter, fails);
                let some = Tri { yes: self.parts.any(one.yes), may: self.parts.any(one.may) };
                Ok(Value::Tri(self.negated(some)))
            }
            Gather::Count => {
                let value = self.tri(value)?;
                let one = self.and(filter, value);
                let open = self.open(one);
                Ok(Value::Number(Number { x: self.parts.count(one.yes)?, over: 1, unknown: self.parts.any(open) }))
            }
            Gather::Sum => {
                let value = self.number(value)?;
                let (open, nothing) = (self.open(filter), self.nothing(value));
                let something = self.parts.not(nothing);
                let open = self.parts.and(open, something);
                self.over_members(value, filter, open, |parts, x, mask| parts.sum(x, mask))
            }
            Gather::Greatest | Gather::Least => {
                let value = self.number(value)?;
                let open = self.open(filter);
                let greatest = how == Gather::Greatest;
                self.over_members(value, filter, open, |parts, x, mask| parts.most(x, mask, greatest))
            }
        }
    }

    pub(super) fn over_members(
        &mut self,
        value: Number,
        filter: Tri,
        open: X,
        gather: impl Fn(&mut Parts, X, X) -> Built<X>,
    ) -> Built<Value> {
        let lacking = self.parts.and(filter.yes, value.unknown);
        let lacking = self.parts.or(lacking, open);
        let x = gather(self.parts, value.x, filter.yes)?;
        Ok(Value::Number(Number { x, over: value.over, unknown: self.parts.any(lacking) }))
    }
}
