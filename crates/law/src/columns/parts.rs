//! Parts of a plan's arithmetic: two-valued masks and whole numbers, each part once, constants folded.
//!
//! Kleene's three values become two masks (surely, perhaps), a number that may be unknown becomes a number and a mask, and
//! a fraction becomes a whole number over a denominator known beforehand. What is left is arithmetic that a processor does
//! on many lanes at once, without branches. Every part knows the span of its numbers: nothing can overflow, and what fits
//! into 32 bits is kept in 32 bits.

use std::collections::BTreeMap;

use crate::engine::num::Rounding;
use crate::form::FactId;

/// A part's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct X(pub(super) u32);

/// What a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lane {
    /// The same for everybody: a constant.
    All,
    Household,
    Member,
}

/// What a lane holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Width {
    /// A byte, 0 or 1.
    Mask,
    /// 32 bits.
    Narrow,
    /// 64 bits.
    Wide,
}

/// How a number is compared with a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    Below,
    Equal,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Op {
    /// A constant mask.
    Always(bool),
    /// A fact 是否 is known and 是.
    Yes(FactId),
    /// A fact is known.
    Known(FactId),
    Not(X),
    And(X, X),
    Or(X, X),
    /// The number is below, or equal to, a constant.
    Compare(How, X, i64),
    /// The number is one of the bits.
    Among(X, u128),
    /// Some member of the household has the mask.
    Any(X),
    /// A constant number.
    Number(i64),
    /// A fact's number, 0 where it is not known.
    Load(FactId),
    /// A sum of parts, each times a constant, and a constant.
    Linear(Vec<(X, i64)>, i64),
    Times(X, X),
    Greater(X, X),
    Lesser(X, X),
    /// `of * times / by` rounded to a whole number, times `unit`.
    Round(Rounding, X, [i64; 3]),
    /// The first number where the mask holds, else the second.
    Pick(X, X, X),
    /// The sum over the members who have the mask.
    Sum(X, X),
    /// How many members have the mask.
    Count(X),
    /// The greatest (true) or least number among the members who have the mask; 0 when nobody has.
    Most(X, X, bool),
    /// Completed years since the date, on that day.
    Age(X, i32),
    /// A household's value for each of its members.
    Spread(X),
    /// The same number in 64 bits.
    Widen(X),
}

/// A part and what is known of it before any household is seen.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) op: Op,
    pub(super) lane: Lane,
    pub(super) width: Width,
    /// The least and greatest number it can be.
    pub(super) span: (i64, i64),
}

/// The arithmetic cannot be done in columns; the evaluator that takes one household at a time does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotInColumns;

pub(super) type Built<T> = Result<T, NotInColumns>;

/// All parts of a plan, each once.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) list: Vec<Part>,
    known: BTreeMap<Op, X>,
    /// No household has more members than this.
    largest: i64,
}

/// Numbers stay below this, so that no sum of two overflows.
pub(super) const LIMIT: i128 = 1 << 62;

impl Parts {
    /// No parts yet; no household has more members than `largest`.
    pub(super) fn for_households_of(largest: i64) -> Parts {
        Parts { largest, ..Parts::default() }
    }

    pub(super) fn get(&self, x: X) -> &Part {
        &self.list[x.0 as usize]
    }

    pub(super) fn put(&mut self, op: Op, lane: Lane, width: Width, span: (i64, i64)) -> X {
        if let Some(&x) = self.known.get(&op) {
            return x;
        }
        let x = X(self.list.len() as u32);
        self.known.insert(op.clone(), x);
        self.list.push(Part { op, lane, width, span });
        x
    }

    fn mask(&mut self, op: Op, lane: Lane) -> X {
        self.put(op, lane, Width::Mask, (0, 1))
    }

    /// Puts a number, at least as wide as its inputs and as its span needs.
    pub(super) fn number(&mut self, op: Op, lane: Lane, inputs: &[X], span: (i128, i128)) -> Built<X> {
        if span.0 <= -LIMIT || span.1 >= LIMIT {
            return Err(NotInColumns);
        }
        let span = (span.0 as i64, span.1 as i64);
        let width = inputs.iter().map(|x| self.get(*x).width).fold(width_of(span), Width::max);
        Ok(self.put(op, lane, width, span))
    }

    pub(super) fn always(&mut self, yes: bool) -> X {
        self.mask(Op::Always(yes), Lane::All)
    }

    pub(super) fn constant_mask(&self, x: X) -> Option<bool> {
        if let Op::Always(yes) = self.get(x).op { Some(yes) } else { None }
    }

    pub(super) fn constant(&self, x: X) -> Option<i64> {
        if let Op::Number(number) = self.get(x).op { Some(number) } else { None }
    }

    pub(super) fn fixed(&mut self, number: i64) -> Built<X> {
        self.number(Op::Number(number), Lane::All, &[], (number.into(), number.into()))
    }

    pub(super) fn yes(&mut self, fact: FactId, lane: Lane) -> X {
        self.mask(Op::Yes(fact), lane)
    }

    pub(super) fn is_known(&mut self, fact: FactId, lane: Lane) -> X {
        self.mask(Op::Known(fact), lane)
    }

    pub(super) fn load(&mut self, fact: FactId, lane: Lane, span: (i64, i64)) -> X {
        self.put(Op::Load(fact), lane, width_of(span), span)
    }

    pub(super) fn not(&mut self, x: X) -> X {
        match self.get(x).op {
            Op::Always(yes) => self.always(!yes),
            Op::Not(inner) => inner,
            _ => {
                let lane = self.get(x).lane;
                self.mask(Op::Not(x), lane)
            }
        }
    }

    pub(super) fn and(&mut self, a: X, b: X) -> X {
        self.both(a, b, true)
    }

    pub(super) fn or(&mut self, a: X, b: X) -> X {
        self.both(a, b, false)
    }

    /// 且 (`and` true) or 或 of masks, folded.
    fn both(&mut self, a: X, b: X, and: bool) -> X {
        let opposite = |parts: &Parts, a: X, b: X| parts.get(a).op == Op::Not(b) || parts.get(b).op == Op::Not(a);
        match (self.constant_mask(a), self.constant_mask(b)) {
            (Some(yes), _) => return if yes == and { b } else { a },
            (_, Some(yes)) => return if yes == and { a } else { b },
            _ if a == b => return a,
            _ if opposite(self, a, b) => return self.always(!and),
            _ => {}
        }
        // a 且 (a 或 b) is a, a 或 (a 且 b) is a
        for (x, y) in [(a, b), (b, a)] {
            match self.get(y).op {
                Op::Or(p, q) if and && (p == x || q == x) => return x,
                Op::And(p, q) if !and && (p == x || q == x) => return x,
                Op::And(p, q) if and && (p == x || q == x) => return y,
                Op::Or(p, q) if !and && (p == x || q == x) => return y,
                _ => {}
            }
        }
        let (a, b, lane) = self.same_lane(a, b);
        let (a, b) = (a.min(b), a.max(b));
        self.mask(if and { Op::And(a, b) } else { Op::Or(a, b) }, lane)
    }

    /// `x` compared with a constant, by its ordering.
    pub(super) fn compare(&mut self, how: How, x: X, than: i64) -> X {
        let part = self.get(x);
        let (low, high, lane) = (part.span.0, part.span.1, part.lane);
        match how {
            How::Below if high < than => self.always(true),
            How::Below if low >= than => self.always(false),
            How::Equal if than < low || than > high => self.always(false),
            How::Equal if low == high => self.always(true),
            _ => self.mask(Op::Compare(how, x, than), lane),
        }
    }

    pub(super) fn among(&mut self, x: X, bits: u128) -> X {
        if let Some(number) = self.constant(x) {
            return self.always((0..128).contains(&number) && bits >> number & 1 == 1);
        }
        let lane = self.get(x).lane;
        self.mask(Op::Among(x, bits), lane)
    }

    /// Masks and numbers of a household for each member.
    pub(super) fn spread(&mut self, x: X) -> X {
        let part = self.get(x);
        if part.lane != Lane::Household {
            return x;
        }
        let (width, span) = (part.width, part.span);
        self.put(Op::Spread(x), Lane::Member, width, span)
    }

    /// Both as lanes of one kind.
    pub(super) fn same_lane(&mut self, a: X, b: X) -> (X, X, Lane) {
        let lane = self.get(a).lane.max(self.get(b).lane);
        if lane == Lane::Member { (self.spread(a), self.spread(b), lane) } else { (a, b, lane) }
    }

    /// A mask as one lane a member, whatever it was.
    fn of_members(&mut self, mask: X) -> X {
        self.spread(mask)
    }

    pub(super) fn any(&mut self, mask: X) -> X {
        if self.constant_mask(mask) == Some(false) {
            return mask;
        }
        let mask = self.of_members(mask);
        self.mask(Op::Any(mask), Lane::Household)
    }

    pub(super) fn count(&mut self, mask: X) -> Built<X> {
        if self.constant_mask(mask) == Some(false) {
            return self.fixed(0);
        }
        let mask = self.of_members(mask);
        self.number(Op::Count(mask), Lane::Household, &[], (0, self.largest.into()))
    }

    pub(super) fn sum(&mut self, x: X, mask: X) -> Built<X> {
        if self.constant_mask(mask) == Some(false) || self.constant(x) == Some(0) {
            return self.fixed(0);
        }
        if let Some(number) = self.constant(x) {
            let count = self.count(mask)?;
            return self.linear(&[(count, number)], 0);
        }
        let (x, mask) = (self.spread(x), self.of_members(mask));
        let (low, high) = self.get(x).span;
        let largest = i128::from(self.largest);
        let span = (i128::from(low.min(0)) * largest, i128::from(high.max(0)) * largest);
        if span.0 <= -LIMIT || span.1 >= LIMIT {
            return Err(NotInColumns);
        }
        let wide = width_of((span.0 as i64, span.1 as i64)) == Width::Wide;
        let x = if wide { self.widen(x) } else { x };
        self.number(Op::Sum(x, mask), Lane::Household, &[x], span)
    }

    pub(super) fn most(&mut self, x: X, mask: X, greatest: bool) -> Built<X> {
        if self.constant(x).is_some() {
            let (somebody, nothing) = (self.any(mask), self.fixed(0)?);
            return self.pick(somebody, x, nothing);
        }
        let (x, mask) = (self.spread(x), self.of_members(mask));
        let (low, high) = self.get(x).span;
        let lane = Lane::Household;
        self.number(Op::Most(x, mask, greatest), lane, &[x], (low.min(0).into(), high.max(0).into()))
    }

    pub(super) fn pick(&mut self, mask: X, a: X, b: X) -> Built<X> {
        match self.constant_mask(mask) {
            Some(true) => return Ok(a),
            Some(false) => return Ok(b),
            None if a == b => return Ok(a),
            None => {}
        }
        let (a, b, lane) = self.same_lane(a, b);
        let (mask, a, b, lane) = if lane.max(self.get(mask).lane) == Lane::Member {
            (self.spread(mask), self.spread(a), self.spread(b), Lane::Member)
        } else {
            (mask, a, b, lane.max(Lane::Household))
        };
        let (one, two) = (self.get(a).span, self.get(b).span);
        let span = (one.0.min(two.0).into(), one.1.max(two.1).into());
        let (a, b) = self.same_width(a, b);
        self.number(Op::Pick(mask, a, b), lane, &[a, b], span)
    }

    /// The greater (or lesser) of two numbers.
    pub(super) fn extreme(&mut self, a: X, b: X, greater: bool) -> Built<X> {
        let (one, two) = (self.get(a).span, self.get(b).span);
        if one.0 >= two.1 {
            return Ok(if greater { a } else { b });
        }
        if two.0 >= one.1 {
            return Ok(if greater { b } else { a });
        }
        let (a, b, lane) = self.same_lane(a, b);
        let (a, b) = self.same_width(a.min(b), a.max(b));
        let span = if greater { (one.0.max(two.0), one.1.max(two.1)) } else { (one.0.min(two.0), one.1.min(two.1)) };
        let op = if greater { Op::Greater(a, b) } else { Op::Lesser(a, b) };
        self.number(op, lane, &[a, b], (span.0.into(), span.1.into()))
    }

    pub(super) fn age(&mut self, birth: X, on: i32, span: (i64, i64)) -> X {
        let lane = self.get(birth).lane;
        self.put(Op::Age(birth, on), lane, Width::Narrow, span)
    }
}

pub(super) fn width_of(span: (i64, i64)) -> Width {
    let fits = |number: i64| i64::from(number as i32) == number && number != i64::from(i32::MIN);
    if fits(span.0) && fits(span.1) { Width::Narrow } else { Width::Wide }
}

/// `number / by` to a whole number; `by` above zero.
pub(super) fn rounded(how: Rounding, number: i128, by: i128) -> i128 {
    match how {
        Rounding::Down => number.div_euclid(by),
        Rounding::Up => -(-number).div_euclid(by),
        Rounding::HalfUp => number.signum() * (2 * number.abs() + by).div_euclid(2 * by),
    }
}
