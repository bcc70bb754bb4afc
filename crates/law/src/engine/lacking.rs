//! From an answer that is unknown to the facts and figures that make it so.

use std::collections::BTreeMap;

use super::evaluate::{Evaluator, HOUSEHOLD};
use super::program::{At, Gather, Node, V};
use super::quick::Answer;
use crate::form::FactId;

/// What is missing: (name, member), how many things hang on it.
pub(crate) type Lacking = BTreeMap<(Lack, usize), usize>;

/// What can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lack {
    Fact(FactId),
    Figure(u16),
}

/// What was met already, of numbers and members: a bit each.
#[derive(Debug, Default)]
pub(crate) struct Seen(Vec<u128>);

impl Seen {
    /// True the first time. A household has at most [`MAX_MEMBERS`](crate::MAX_MEMBERS) members, so that a word holds them all and the
    /// household's own view.
    pub(crate) fn is_first(&mut self, number: usize, member: usize) -> bool {
        if self.0.len() <= number {
            self.0.resize(number + 1, 0);
        }
        let bit = 1u128 << if member == HOUSEHOLD { 127 } else { member };
        let is_first = self.0[number] & bit == 0;
        self.0[number] |= bit;
        is_first
    }
}

impl Evaluator<'_> {
    /// What the answer still hangs on; nothing when there is an answer.
    pub(crate) fn lacks(&mut self, member: usize) -> Lacking {
        let mut lacking = Lacking::new();
        if self.verdict(member).outcome != Answer::Unknown {
            return lacking;
        }
        let program = self.program;
        let tests = program.conditions.iter().chain(&program.doubts);
        let open: Vec<At> =
            tests.map(|clause| clause.root).filter(|&at| self.value(at, member) == V::Unknown).collect();
        let amount = program.amount.iter().map(|clause| clause.root).filter(|_| open.is_empty());
        for at in open.iter().copied().chain(amount) {
            self.lacking(at, member, &mut lacking, &mut Seen::default());
        }
        lacking
    }

    /// Walks from an unknown node to the facts and figures that make it so.
    pub(crate) fn lacking(&mut self, at: At, member: usize, into: &mut Lacking, done: &mut Seen) {
        if self.value(at, member) != V::Unknown || !done.is_first(at as usize, member) {
            return;
        }
        let mut note = |lack: Lack, member: usize| *into.entry((lack, member)).or_insert(0) += 1;
        match self.program.nodes[at as usize] {
            Node::Const(_) => {}
            Node::Fact(fact) | Node::Age { birth: fact, .. } => note(Lack::Fact(fact), member),
            Node::HouseholdFact(fact) => note(Lack::Fact(fact), HOUSEHOLD),
            Node::Figure(number) => note(Lack::Figure(number), HOUSEHOLD),
            Node::AskedFact { fact, of_member, when, .. } => {
                if self.value(when, member) == V::Unknown {
                    self.lacking(when, member, into, done);
                } else {
                    note(Lack::Fact(fact), if of_member { member } else { HOUSEHOLD });
                }
            }
            Node::Definition(number) => {
                let definition = &self.program.definitions[usize::from(number)];
                self.lacking(definition.root, if definition.of_member { member } else { HOUSEHOLD }, into, done);
            }
            Node::If { condition, then, otherwise } => match self.value(condition, member) {
                V::YesNo(true) => self.lacking(then, member, into, done),
                V::YesNo(false) => self.lacking(otherwise, member, into, done),
                _ => self.lacking(condition, member, into, done),
            },
            Node::Gather { how, value, filter } => self.lacking_in_gather(how, value, filter, into, done),
            node => {
                for part in node.parts() {
                    self.lacking(part, member, into, done);
                }
            }
        }
    }

    fn lacking_in_gather(&mut self, how: Gather, value: At, filter: At, into: &mut Lacking, done: &mut Seen) {
        for member in 0..self.facts.members.len() {
            let counts = self.value(filter, member);
            let one = self.value(value, member);
            let settled = match (how, one) {
                (Gather::Any | Gather::Count, V::YesNo(false)) | (Gather::Every, V::YesNo(true)) => true,
                (Gather::Sum, V::Num(number)) => number.is_zero(),
                _ => counts == V::YesNo(false),
            };
            if !settled && counts == V::Unknown {
                self.lacking(filter, member, into, done);
            }
            if !settled {
                self.lacking(value, member, into, done);
            }
        }
    }
}
