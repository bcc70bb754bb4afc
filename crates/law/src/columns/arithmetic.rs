//! Products, rounding and sums of parts: constants folded, sums of sums opened, nothing wider than it must be.

use std::collections::BTreeMap;

use super::parts::{Built, LIMIT, Lane, NotInColumns, Op, Parts, Width, X, rounded, width_of};
use crate::engine::num::Rounding;

impl Parts {
    pub(super) fn times(&mut self, a: X, b: X) -> Built<X> {
        match (self.constant(a), self.constant(b)) {
            (Some(number), _) => return self.linear(&[(b, number)], 0),
            (_, Some(number)) => return self.linear(&[(a, number)], 0),
            _ => {}
        }
        let (a, b, lane) = self.same_lane(a, b);
        let (one, two) = (self.get(a).span, self.get(b).span);
        let corners = [(one.0, two.0), (one.0, two.1), (one.1, two.0), (one.1, two.1)];
        let products = corners.map(|(p, q)| i128::from(p) * i128::from(q));
        let span = products.iter().fold((0, 0), |(low, high): (i128, i128), &p| (low.min(p), high.max(p)));
        if span.0 <= -LIMIT || span.1 >= LIMIT {
            return Err(NotInColumns);
        }
        let wide = width_of((span.0 as i64, span.1 as i64)) == Width::Wide;
        let (a, b) = if wide { (self.widen(a), self.widen(b)) } else { self.same_width(a, b) };
        self.number(Op::Times(a.min(b), a.max(b)), lane, &[a, b], span)
    }

    pub(super) fn round(&mut self, how: Rounding, x: X, times: i64, by: i64, unit: i64) -> Built<X> {
        let round = |number: i64| -> Option<i128> {
            let scaled = i128::from(number) * i128::from(times);
            Some(rounded(how, scaled, i128::from(by)) * i128::from(unit))
        };
        let (low, high) = self.get(x).span;
        let span = (round(low).ok_or(NotInColumns)?, round(high).ok_or(NotInColumns)?);
        if let Some(number) = self.constant(x) {
            return self.fixed(i64::try_from(round(number).ok_or(NotInColumns)?).map_err(|_| NotInColumns)?);
        }
        let scaled = (i128::from(low) * i128::from(times), i128::from(high) * i128::from(times));
        if scaled.0 <= -LIMIT || scaled.1 >= LIMIT || span.0 <= -LIMIT || span.1 >= LIMIT {
            return Err(NotInColumns);
        }
        let fits = |span: (i128, i128)| width_of((span.0 as i64, span.1 as i64)) == Width::Narrow;
        let x = if fits(scaled) && fits(span) { x } else { self.widen(x) };
        let lane = self.get(x).lane;
        self.number(Op::Round(how, x, [times, by, unit]), lane, &[x], span)
    }

    /// A sum of parts times constants. Sums of sums become one; what belongs to the household is added up there.
    pub(super) fn linear(&mut self, terms: &[(X, i64)], plus: i64) -> Built<X> {
        let (merged, plus) = self.merged(terms, plus)?;
        let lane_of = |parts: &Parts, lane: Lane| -> Vec<(X, i64)> {
            merged.iter().filter(|(x, _)| parts.get(*x).lane == lane).copied().collect()
        };
        let (mut members, households) = (lane_of(self, Lane::Member), lane_of(self, Lane::Household));
        match (members.as_slice(), households.as_slice()) {
            ([], []) => self.fixed(i64::try_from(plus).map_err(|_| NotInColumns)?),
            ([], _) => self.sum_of(&households, plus, Lane::Household),
            (_, []) => self.sum_of(&members, plus, Lane::Member),
            _ => {
                let shared = self.sum_of(&households, 0, Lane::Household)?;
                members.push((self.spread(shared), 1));
                members.sort_unstable();
                self.sum_of(&members, plus, Lane::Member)
            }
        }
    }

    /// Terms with sums of sums opened, equal parts together, zeros gone.
    fn merged(&self, terms: &[(X, i64)], plus: i64) -> Built<(Vec<(X, i64)>, i128)> {
        let mut merged: BTreeMap<X, i128> = BTreeMap::new();
        let mut total = i128::from(plus);
        for &(x, times) in terms {
            let times = i128::from(times);
            match &self.get(x).op {
                Op::Number(number) => total += i128::from(*number) * times,
                Op::Linear(inner, plus) => {
                    total += i128::from(*plus) * times;
                    inner.iter().for_each(|(x, own)| *merged.entry(*x).or_default() += i128::from(*own) * times);
                }
                _ => *merged.entry(x).or_default() += times,
            }
        }
        let small = |(x, times): (X, i128)| i64::try_from(times).map(|times| (x, times)).map_err(|_| NotInColumns);
        let merged: Built<Vec<(X, i64)>> = merged.into_iter().filter(|(_, times)| *times != 0).map(small).collect();
        if total.abs() >= LIMIT { Err(NotInColumns) } else { Ok((merged?, total)) }
    }

    fn sum_of(&mut self, terms: &[(X, i64)], plus: i128, lane: Lane) -> Built<X> {
        if let ([(x, 1)], 0) = (terms, plus) {
            return Ok(*x);
        }
        let (mut span, mut reach) = ((plus, plus), plus.abs());
        for &(x, times) in terms {
            let (low, high) = self.get(x).span;
            let ends = [i128::from(low) * i128::from(times), i128::from(high) * i128::from(times)];
            span = (span.0 + ends[0].min(ends[1]), span.1 + ends[0].max(ends[1]));
            reach += ends[0].abs().max(ends[1].abs());
        }
        if reach >= LIMIT {
            return Err(NotInColumns);
        }
        // the way to the sum must fit too, in whatever order it is added
        let wide = width_of((-(reach as i64), reach as i64)) == Width::Wide;
        let mut terms = terms.to_vec();
        if wide || terms.iter().any(|(x, _)| self.get(*x).width == Width::Wide) {
            terms.iter_mut().for_each(|(x, _)| *x = self.widen(*x));
        }
        let inputs: Vec<X> = terms.iter().map(|(x, _)| *x).collect();
        self.number(Op::Linear(terms, plus as i64), lane, &inputs, span)
    }

    pub(super) fn same_width(&mut self, a: X, b: X) -> (X, X) {
        let wide = |parts: &Parts, x: X| parts.get(x).width == Width::Wide;
        if wide(self, a) || wide(self, b) { (self.widen(a), self.widen(b)) } else { (a, b) }
    }

    pub(super) fn widen(&mut self, x: X) -> X {
        let part = self.get(x);
        if part.width == Width::Wide || part.lane == Lane::All {
            return x;
        }
        let (lane, span) = (part.lane, part.span);
        self.put(Op::Widen(x), lane, Width::Wide, span)
    }
}
