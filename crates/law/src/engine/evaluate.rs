//! Evaluates a program for one household in one month: lazily, each definition once, three-valued.
//!
//! Depth is bounded by the compiler, so the recursion is; there are no loops but over the members.

use std::cmp::Ordering;

use values::{Day, Month};

use super::kinds::value_of;
use super::num::Num;
use super::program::{At, Gather, Node, Program, V};
use crate::form::{FactId, Facts};
use crate::language::syntax::Pair;

/// Values of definitions already known, kept between households to spare memory allocation.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    values: Vec<V>,
    stamps: Vec<u32>,
    now: u32,
    /// Values of parts, for whoever asks for the same part again and again: an explanation does.
    parts: Vec<(u32, V)>,
}

/// One household under one program.
pub(crate) struct Evaluator<'e> {
    pub(crate) program: &'e Program,
    pub(crate) facts: &'e Facts,
    first_day: Day,
    last_day: Day,
    figures: &'e [V],
    memo: &'e mut Memo,
    /// For coverage: bit 1 a node was seen true, bit 2 false.
    pub(crate) seen: Option<Vec<u8>>,
    keeps_parts: bool,
}

/// No member: the household's own view.
pub(crate) const HOUSEHOLD: usize = usize::MAX;

impl Memo {
    fn begin(&mut self, slots: usize) {
        if self.values.len() < slots {
            self.values.resize(slots, V::Unknown);
            self.stamps.resize(slots, 0);
        }
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.stamps.fill(0);
            self.parts.fill((0, V::Unknown));
            self.now = 1;
        }
    }
}

impl<'e> Evaluator<'e> {
    pub(crate) fn new(
        program: &'e Program,
        month: Month,
        facts: &'e Facts,
        figures: &'e [V],
        memo: &'e mut Memo,
    ) -> Evaluator<'e> {
        memo.begin(program.definitions.len() * (facts.members.len() + 1));
        let (first_day, last_day) = (month.first_day(), month.last_day());
        Evaluator { program, facts, first_day, last_day, figures, memo, seen: None, keeps_parts: false }
    }

    /// From now on each part is computed once.
    pub(crate) fn keep_parts(&mut self) {
        let slots = self.program.nodes.len() * (self.facts.members.len() + 1);
        if self.memo.parts.len() < slots {
            self.memo.parts.resize(slots, (0, V::Unknown));
        }
        self.keeps_parts = true;
    }

    /// The value of a node, from a member's view or the household's.
    pub(crate) fn value(&mut self, at: At, member: usize) -> V {
        let value = if self.keeps_parts { self.kept(at, member) } else { self.fresh(at, member) };
        if let (Some(seen), V::YesNo(yes)) = (&mut self.seen, value) {
            seen[at as usize] |= if yes { 1 } else { 2 };
        }
        value
    }

    /// The value of a definition.
    pub(crate) fn definition(&mut self, number: u16, member: usize) -> V {
        let definition = &self.program.definitions[usize::from(number)];
        let column = if definition.of_member { member + 1 } else { 0 };
        let slot = usize::from(number) * (self.facts.members.len() + 1) + column;
        if self.memo.stamps[slot] == self.memo.now {
            return self.memo.values[slot];
        }
        let value = self.value(definition.root, if definition.of_member { member } else { HOUSEHOLD });
        self.memo.stamps[slot] = self.memo.now;
        self.memo.values[slot] = value;
        value
    }

    /// The value of a figure in force.
    pub(crate) fn figure(&self, number: u16) -> V {
        self.figures[usize::from(number)]
    }

    fn kept(&mut self, at: At, member: usize) -> V {
        let column = if member == HOUSEHOLD { 0 } else { member + 1 };
        let slot = at as usize * (self.facts.members.len() + 1) + column;
        if let (stamp, value) = self.memo.parts[slot]
            && stamp == self.memo.now
        {
            return value;
        }
        let value = self.fresh(at, member);
        self.memo.parts[slot] = (self.memo.now, value);
        value
    }

    fn fresh(&mut self, at: At, member: usize) -> V {
        match self.program.nodes[at as usize] {
            Node::Const(value) => value,
            Node::Fact(fact) => self.fact(fact, member),
            Node::HouseholdFact(fact) => self.facts.household.value(fact).map_or(V::Unknown, value_of),
            Node::AskedFact { fact, of_member, when, none } => {
                let known = if of_member { self.fact(fact, member) } else { self.household_fact(fact) };
                match known {
                    V::Unknown if self.value(when, member) == V::YesNo(false) => none,
                    known => known,
                }
            }
            Node::Figure(number) => self.figures[usize::from(number)],
            Node::Definition(number) => self.definition(number, member),
            Node::Age { birth, on_first_day } => self.age(birth, on_first_day, member),
            Node::Not(value) => match self.value(value, member) {
                V::YesNo(yes) => V::YesNo(!yes),
                other => other,
            },
            Node::Negative(value) => match self.value(value, member) {
                V::Num(number) => number.neg().map_or(V::Beyond, V::Num),
                other => other,
            },
            Node::And(left, right) => self.junction(left, right, member, false),
            Node::Or(left, right) => self.junction(left, right, member, true),
            Node::Compare { how, left, right } => compare(how, self.value(left, member), self.value(right, member)),
            Node::Among { value, mask } => match self.value(value, member) {
                V::Choice(at) => V::YesNo(at < 128 && mask & (1 << at) != 0),
                other => other,
            },
            Node::If { condition, then, otherwise } => self.choose(condition, then, otherwise, member),
            Node::Add(left, right) => self.numbers(left, right, member, Num::add),
            Node::Sub(left, right) => self.numbers(left, right, member, Num::sub),
            Node::Mul(left, right) => self.product(left, right, member),
            Node::Div(left, right) => self.numbers(left, right, member, Num::div),
            Node::Greater(left, right) => {
                extreme(self.value(left, member), self.value(right, member), Ordering::Greater)
            }
            Node::Lesser(left, right) => extreme(self.value(left, member), self.value(right, member), Ordering::Less),
            Node::Round { how, value, unit } => self.numbers(value, unit, member, |value, unit| value.round(how, unit)),
            Node::Gather { how, value, filter } => self.gather(how, value, filter),
        }
    }

    fn fact(&self, fact: FactId, member: usize) -> V {
        self.facts.members[member].value(fact).map_or(V::Unknown, value_of)
    }

    fn household_fact(&self, fact: FactId) -> V {
        self.facts.household.value(fact).map_or(V::Unknown, value_of)
    }

    fn age(&self, birth: FactId, on_first_day: bool, member: usize) -> V {
        let day = if on_first_day { self.first_day } else { self.last_day };
        match self.fact(birth, member) {
            V::Date(born) => V::Num(Num::whole(day.age_of_birth(born))),
            other => other,
        }
    }

    /// 且 and 或: `decisive` alone settles it, whatever the other is.
    fn junction(&mut self, left: At, right: At, member: usize, decisive: bool) -> V {
        let first = self.value(left, member);
        if first == V::YesNo(decisive) {
            return first;
        }
        join(first, self.value(right, member), decisive)
    }

    fn choose(&mut self, condition: At, then: At, otherwise: At, member: usize) -> V {
        match self.value(condition, member) {
            V::YesNo(true) => self.value(then, member),
            V::YesNo(false) => self.value(otherwise, member),
            undecided => {
                let (then, otherwise) = (self.value(then, member), self.value(otherwise, member));
                if then == otherwise { then } else { undecided }
            }
        }
    }

    fn numbers(&mut self, left: At, right: At, member: usize, with: impl Fn(Num, Num) -> Option<Num>) -> V {
        match (self.value(left, member), self.value(right, member)) {
            (V::Num(left), V::Num(right)) => with(left, right).map_or(V::Beyond, V::Num),
            (V::Beyond, _) | (_, V::Beyond) => V::Beyond,
            _ => V::Unknown,
        }
    }

    /// Nothing times anything is nothing, known or not.
    fn product(&mut self, left: At, right: At, member: usize) -> V {
        match (self.value(left, member), self.value(right, member)) {
            (V::Num(left), V::Num(right)) => left.mul(right).map_or(V::Beyond, V::Num),
            (V::Beyond, _) | (_, V::Beyond) => V::Beyond,
            (V::Num(zero), _) | (_, V::Num(zero)) if zero.is_zero() => V::Num(zero),
            _ => V::Unknown,
        }
    }

    fn gather(&mut self, how: Gather, value: At, filter: At) -> V {
        let members = 0..self.facts.members.len();
        match how {
            Gather::Any => self.any(members, value, filter, true),
            Gather::Every => self.any(members, value, filter, false),
            Gather::Count => {
                let mut so_far = V::Num(Num::ZERO);
                for member in members {
                    let one = join(self.value(value, member), self.value(filter, member), false);
                    so_far = tally(so_far, one);
                }
                so_far
            }
            Gather::Sum => members.fold(V::Num(Num::ZERO), |so_far, member| match self.value(filter, member) {
                V::YesNo(false) => so_far,
                V::YesNo(true) => plus(so_far, self.value(value, member)),
                undecided => match self.value(value, member) {
                    V::Num(zero) if zero.is_zero() => so_far,
                    _ => plus(so_far, undecided),
                },
            }),
            Gather::Greatest => self.extreme_of(value, filter, Ordering::Greater),
            Gather::Least => self.extreme_of(value, filter, Ordering::Less),
        }
    }

    /// 任一 (`wanted` true) looks for a member that holds; 全部 for one that does not.
    fn any(&mut self, members: std::ops::Range<usize>, value: At, filter: At, wanted: bool) -> V {
        let mut so_far = V::YesNo(!wanted);
        for member in members {
            let counts = self.value(filter, member);
            if counts == V::YesNo(false) {
                continue;
            }
            let holds = self.value(value, member);
            let one = match (counts, holds) {
                (V::YesNo(true), holds) => holds,
                (_, V::YesNo(holds)) if holds != wanted => V::YesNo(!wanted),
                (undecided, _) => undecided,
            };
            if one == V::YesNo(wanted) {
                return one;
            }
            so_far = join(so_far, one, wanted);
        }
        so_far
    }

    /// The greatest or least among those who count; nothing of it when nobody does.
    fn extreme_of(&mut self, value: At, filter: At, wanted: Ordering) -> V {
        let mut so_far: Option<V> = None;
        for member in 0..self.facts.members.len() {
            let one = match self.value(filter, member) {
                V::YesNo(false) => continue,
                V::YesNo(true) => self.value(value, member),
                undecided => undecided,
            };
            so_far = Some(so_far.map_or(one, |before| extreme(before, one, wanted)));
        }
        so_far.unwrap_or(V::Num(Num::ZERO))
    }
}

/// Kleene's 且 (`decisive` false) and 或 (`decisive` true).
fn join(left: V, right: V, decisive: bool) -> V {
    match (left, right) {
        (V::YesNo(yes), _) | (_, V::YesNo(yes)) if yes == decisive => V::YesNo(decisive),
        (V::YesNo(_), other) | (other, V::YesNo(_)) => other,
        (V::Beyond, _) | (_, V::Beyond) => V::Beyond,
        _ => V::Unknown,
    }
}

fn tally(so_far: V, one: V) -> V {
    match one {
        V::YesNo(true) => plus(so_far, V::Num(Num::whole(1))),
        V::YesNo(false) => so_far,
        undecided => plus(so_far, undecided),
    }
}

fn plus(left: V, right: V) -> V {
    match (left, right) {
        (V::Num(left), V::Num(right)) => left.add(right).map_or(V::Beyond, V::Num),
        (V::Beyond, _) | (_, V::Beyond) => V::Beyond,
        _ => V::Unknown,
    }
}

fn order(left: V, right: V) -> Option<Ordering> {
    match (left, right) {
        (V::Num(left), V::Num(right)) => Some(left.compare(right)),
        (V::Date(left), V::Date(right)) => Some(left.cmp(&right)),
        (V::YesNo(left), V::YesNo(right)) => Some(left.cmp(&right)),
        (V::Choice(left), V::Choice(right)) => Some(left.cmp(&right)),
        _ => None,
    }
}

fn undecided(left: V, right: V) -> V {
    if left == V::Beyond || right == V::Beyond { V::Beyond } else { V::Unknown }
}

fn compare(how: Pair, left: V, right: V) -> V {
    let Some(order) = order(left, right) else { return undecided(left, right) };
    V::YesNo(match how {
        Pair::Less => order.is_lt(),
        Pair::AtMost => order.is_le(),
        Pair::More => order.is_gt(),
        Pair::AtLeast => order.is_ge(),
        Pair::Equal => order.is_eq(),
        Pair::NotEqual => order.is_ne(),
        Pair::And | Pair::Or | Pair::Add | Pair::Sub | Pair::Mul | Pair::Div => {
            unreachable!("only comparisons compare")
        }
    })
}

fn extreme(left: V, right: V, wanted: Ordering) -> V {
    match order(left, right) {
        Some(order) if order == wanted || order.is_eq() => left,
        Some(_) => right,
        None => undecided(left, right),
    }
}
