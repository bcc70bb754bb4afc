//! Which rights are worth a search: most can be told at once to be granted in no combination.
//!
//! A combination changes nothing but the facts that say what is drawn (享受). A condition that reads none of them has one answer in
//! all combinations. Where nobody can be granted any of the programmes that a fact speaks of, that fact is "no" in all of them, and
//! what reads it has one answer too: so what is hopeless is struck out until nothing more is.

use super::scenario::{Right, nothing_drawn};
use super::search::Ground;
use crate::bulk::Judged;
use crate::engine::evaluate::{Evaluator, HOUSEHOLD};
use crate::engine::program::{At, Node, Program, V};
use crate::engine::quick::Answer;
use crate::form::{FactId, Facts};
use crate::overlap::Drawn;
use crate::what_if::WhatIf;

/// Rows of 享受, a bit each; rows beyond the last bit share it.
type Rows = u128;

/// A condition or doubt, what it must be for the right to be granted, and the rows that it reads.
#[derive(Clone, Copy, Debug)]
struct Test {
    root: At,
    wanted: bool,
    reads: Rows,
}

/// The tests of each programme.
#[derive(Debug)]
pub(super) struct Tests(Vec<Vec<Test>>);

fn bit(row: usize) -> Rows {
    1 << row.min(Rows::BITS as usize - 1)
}

impl Tests {
    pub(super) fn new(what_if: &WhatIf<'_>) -> Tests {
        let rows = &what_if.library.overlap().drawn;
        let of = |programme| what_if.program(programme).map_or_else(Vec::new, |program| tests(program, rows));
        Tests((0..what_if.library.programmes().len()).map(of).collect())
    }

    /// The rights that some combination may grant, in their order; no right is left out that a combination has. `judged` are the
    /// answers as the facts stand.
    pub(super) fn hopeful(&self, ground: &mut Ground<'_>, facts: &Facts, judged: &[Judged]) -> Vec<Right> {
        let nothing = nothing_drawn(&ground.what_if, facts);
        let mut waiting: Vec<(Right, Vec<Rows>)> = Vec::new();
        for of_one in judged.chunk_by(|one, next| one.programme == next.programme) {
            let programme = usize::from(of_one[0].programme);
            let Some(program) = ground.what_if.program(programme) else { continue };
            let mut evaluator = ground.what_if.evaluator(program, &nothing);
            for one in of_one.iter().filter(|one| !self.is_settled(one)) {
                let member = one.member.map_or(HOUSEHOLD, usize::from);
                let is_failed = |test: &Test, evaluator: &mut Evaluator<'_>| {
                    evaluator.value(test.root, member) != V::YesNo(test.wanted)
                };
                // those that read nothing first: most rights end there
                let tests = &self.0[programme];
                if tests.iter().any(|test| test.reads == 0 && is_failed(test, &mut evaluator)) {
                    continue;
                }
                let others = tests.iter().filter(|test| test.reads != 0);
                let failed_on = others.filter(|test| is_failed(test, &mut evaluator)).map(|test| test.reads).collect();
                waiting.push(((programme, member), failed_on));
            }
        }
        struck_out(waiting, &ground.what_if.library.overlap().drawn)
    }

    /// Refused as the facts stand, by a condition that reads nothing of what is drawn.
    fn is_settled(&self, one: &Judged) -> bool {
        let tests = &self.0[usize::from(one.programme)];
        let failed = one.verdict.reason.filter(|_| one.verdict.outcome == Answer::Refused);
        failed.is_some_and(|reason| tests[usize::from(reason)].reads == 0)
    }
}

/// Strikes out what fails on facts that nobody can make true, until nothing more is struck out.
fn struck_out(mut waiting: Vec<(Right, Vec<Rows>)>, rows: &[Drawn]) -> Vec<Right> {
    loop {
        let is_open = |row: &Drawn| waiting.iter().any(|(right, _)| row.programmes.contains(&right.0));
        let open = rows.iter().enumerate().filter(|(_, row)| is_open(row)).fold(0, |open, (at, _)| open | bit(at));
        let before = waiting.len();
        waiting.retain(|(_, failed_on)| failed_on.iter().all(|reads| reads & open != 0));
        if waiting.len() == before {
            return waiting.into_iter().map(|(right, _)| right).collect();
        }
    }
}

fn tests(program: &Program, rows: &[Drawn]) -> Vec<Test> {
    let reads = reads(program, rows);
    let test = |root: At, wanted| Test { root, wanted, reads: reads[root as usize] };
    let conditions = program.conditions.iter().map(|clause| test(clause.root, true));
    conditions.chain(program.doubts.iter().map(|clause| test(clause.root, false))).collect()
}

/// The rows that each part reads, itself or through what it is made of.
fn reads(program: &Program, rows: &[Drawn]) -> Vec<Rows> {
    let of_fact = |fact: FactId| {
        rows.iter().enumerate().filter(|(_, row)| row.fact == fact).fold(0, |reads, (at, _)| reads | bit(at))
    };
    let mut reads: Vec<Rows> = vec![0; program.nodes.len()];
    loop {
        let mut is_settled = true;
        for (at, &node) in program.nodes.iter().enumerate() {
            let own = match node {
                Node::Fact(fact) | Node::HouseholdFact(fact) | Node::AskedFact { fact, .. } => of_fact(fact),
                Node::Age { birth, .. } => of_fact(birth),
                Node::Definition(number) => reads[program.definitions[usize::from(number)].root as usize],
                _ => 0,
            };
            let all = node.parts().fold(own, |all, part| all | reads[part as usize]);
            is_settled &= reads[at] == all;
            reads[at] = all;
        }
        if is_settled {
            return reads;
        }
    }
}
