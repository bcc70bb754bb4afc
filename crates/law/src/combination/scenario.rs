//! One combination put to the test: facts that say what is drawn, everything decided again.

use std::collections::BTreeMap;

use values::Fen;

use crate::benefit::AmountPer;
use crate::engine::evaluate::HOUSEHOLD;
use crate::engine::quick::{Answer, Verdict};
use crate::form::{Facts, Value};
use crate::overlap::Drawn;
use crate::what_if::{WhatIf, known, set};

/// A programme and whom it is for: the household or a member.
pub(super) type Right = (usize, usize);

/// What was granted under some facts.
pub(super) type Granted = BTreeMap<Right, Verdict>;

/// Amounts drawn may change what else is due (补差); after so many rounds without rest it is no combination.
const ROUNDS: usize = 4;

/// Sets the facts to what is drawn, decides the candidates, and gives those granted; none when something drawn is refused.
pub(super) fn granted(
    what_if: &mut WhatIf<'_>,
    facts: &Facts,
    drawn: &[Right],
    candidates: &[Right],
) -> Option<Granted> {
    let mut trial = facts.clone();
    let rows = &what_if.library.overlap().drawn;
    rows.iter().filter(|row| !row.is_amount).for_each(|row| say_drawn(&mut trial, row, drawn));
    let has_amounts = rows.iter().any(|row| row.is_amount);
    let mut before: Option<Granted> = None;
    for _ in 0..ROUNDS {
        let found = decide(what_if, &trial, candidates);
        if !has_amounts || before.as_ref() == Some(&found) {
            let stands = drawn.iter().all(|right| found.contains_key(right)) && is_grounded(what_if, facts, drawn);
            return stands.then_some(found);
        }
        let rows = what_if.library.overlap().drawn.iter().filter(|row| row.is_amount);
        rows.for_each(|row| say_amount(what_if, &mut trial, row, drawn, &found));
        before = Some(found);
    }
    None
}

/// Whether the rights can be granted one after another, from nothing drawn, each under what is drawn by then: two rights that
/// justify only each other are none. What the family draws already it need not be granted anew.
fn is_grounded(what_if: &mut WhatIf<'_>, facts: &Facts, drawn: &[Right]) -> bool {
    let mut placed: Vec<Right> = Vec::new();
    while placed.len() < drawn.len() {
        let trial = as_drawn(what_if, facts, &placed);
        let next = drawn.iter().copied().filter(|right| !placed.contains(right)).find(|&right| {
            let own = as_today(what_if, facts, &trial, right);
            what_if.verdict(right.0, right.1, &own).outcome == Answer::Eligible
        });
        let Some(next) = next else { return false };
        placed.push(next);
    }
    true
}

/// The facts as they are when this, and nothing else, is drawn.
fn as_drawn(what_if: &mut WhatIf<'_>, facts: &Facts, drawn: &[Right]) -> Facts {
    let mut trial = facts.clone();
    let rows = &what_if.library.overlap().drawn;
    rows.iter().filter(|row| !row.is_amount).for_each(|row| say_drawn(&mut trial, row, drawn));
    if rows.iter().any(|row| row.is_amount) {
        let found = decide(what_if, &trial, drawn);
        let rows = what_if.library.overlap().drawn.iter().filter(|row| row.is_amount);
        rows.for_each(|row| say_amount(what_if, &mut trial, row, drawn, &found));
    }
    trial
}

/// The same, but of the right itself what the family draws today: who is kept on to 18 has it already.
fn as_today(what_if: &WhatIf<'_>, facts: &Facts, trial: &Facts, right: Right) -> Facts {
    let mut own = trial.clone();
    let rows = &what_if.library.overlap().drawn;
    for row in rows.iter().filter(|row| !row.is_amount && row.programmes.contains(&right.0)) {
        let slot = (row.fact, if row.of_person { right.1 } else { HOUSEHOLD });
        if row.of_person == (right.1 != HOUSEHOLD) && known(facts, slot) == Some(Value::YesNo(true)) {
            set(&mut own, slot, Value::YesNo(true));
        }
    }
    own
}

/// What could be granted if this were drawn, whether or not all of it is granted itself.
pub(super) fn possible(what_if: &mut WhatIf<'_>, facts: &Facts, drawn: &[Right], candidates: &[Right]) -> Vec<Right> {
    let mut trial = nothing_drawn(what_if, facts);
    let rows = &what_if.library.overlap().drawn;
    rows.iter().filter(|row| !row.is_amount).for_each(|row| say_drawn(&mut trial, row, drawn));
    decide(what_if, &trial, candidates).into_keys().collect()
}

/// The facts of the same household if it drew nothing.
pub(super) fn nothing_drawn(what_if: &WhatIf<'_>, facts: &Facts) -> Facts {
    let mut trial = facts.clone();
    for row in &what_if.library.overlap().drawn {
        match row.is_amount {
            true => say_amount(what_if, &mut trial, row, &[], &Granted::new()),
            false => say_drawn(&mut trial, row, &[]),
        }
    }
    trial
}

fn decide(what_if: &mut WhatIf<'_>, facts: &Facts, candidates: &[Right]) -> Granted {
    let mut granted = Granted::new();
    for &(programme, member) in candidates {
        let verdict = what_if.verdict(programme, member, facts);
        if verdict.outcome == Answer::Eligible {
            granted.insert((programme, member), verdict);
        }
    }
    granted
}

fn say_drawn(facts: &mut Facts, row: &Drawn, drawn: &[Right]) {
    let is_drawn = |member: usize| row.programmes.iter().any(|&programme| drawn.contains(&(programme, member)));
    if row.of_person {
        for member in 0..facts.members.len() {
            set(facts, (row.fact, member), Value::YesNo(is_drawn(member)));
        }
    } else {
        set(facts, (row.fact, HOUSEHOLD), Value::YesNo(is_drawn(HOUSEHOLD)));
    }
}

/// How much a month a person (or the household) draws of these programmes: of what is the household's, an equal share for
/// each who counts, a part of a fen left out.
fn say_amount(what_if: &WhatIf<'_>, facts: &mut Facts, row: &Drawn, drawn: &[Right], granted: &Granted) {
    let members = if row.of_person { 0..facts.members.len() } else { 0..1 };
    for place in members {
        let member = if row.of_person { place } else { HOUSEHOLD };
        let mut sum = Fen::ZERO;
        for (right, verdict) in granted.iter().filter(|(right, _)| drawn.contains(right)) {
            if row.programmes.contains(&right.0) && is_monthly(what_if, right.0) {
                sum += share(*right, verdict, member);
            }
        }
        set(facts, (row.fact, member), Value::MoneyPerMonth(sum));
    }
}

pub(super) fn is_monthly(what_if: &WhatIf<'_>, programme: usize) -> bool {
    what_if.program(programme).is_some_and(|program| program.per() == AmountPer::Month)
}

fn share((_, whose): Right, verdict: &Verdict, member: usize) -> Fen {
    let Some(amount) = verdict.amount else { return Fen::ZERO };
    if whose == member {
        return amount;
    }
    let heads = i64::from(verdict.counted.count_ones());
    let counts = whose == HOUSEHOLD && member != HOUSEHOLD && verdict.counted >> member & 1 == 1;
    if counts { Fen::new(amount.fen() / heads) } else { Fen::ZERO }
}
