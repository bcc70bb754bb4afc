//! What would change a refusal: the smallest single change of one contested fact, found by trying and verified by deciding
//! again. Exact to the unit and the day: one step less does not do. Money is told in whole yuan where that reverses it too,
//! one yuan less does not; else exact to the fen.
//!
//! Contested are the known facts under the conditions that failed, as far as the form's table 申辩 lets a family dispute them, and
//! only towards more need: nobody is told to earn more. Left out on purpose: two facts changed at once, facts nobody gave, and
//! what says that a programme is drawn (`law::combine` looks at that). Figures are searched outwards in steps that grow by a
//! quarter and then halved down to the unit, so a stretch of values narrower than a quarter of its distance may be passed over;
//! whatever is told has been verified.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::determination::{Determination, Outcome};
use crate::engine::evaluate::HOUSEHOLD;
use crate::engine::program::{At, Node, V};
use crate::engine::quick::Answer;
use crate::form::{FactId, FactKind, Facts, MAX_MAGNITUDE, OneForm, Towards, Value};
use crate::library::Library;
use crate::people::People;
use crate::what_if::{Slot, WhatIf, known, number_of, of_number, set, shown};

/// One change that reverses a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counterfactual {
    /// The fact.
    #[serde(skip)]
    pub fact: FactId,
    /// Its name in the form.
    pub name: String,
    /// Whose (from 0); none for the household's.
    pub member: Option<usize>,
    /// What it is now, as people write it.
    pub now: String,
    /// What it would have to be.
    pub to: String,
    /// The same as a value of the form.
    #[serde(skip)]
    pub value: Value,
    /// How much less or more that is, for figures: `少 301元/月`.
    pub by: Option<String>,
    /// Who knows it and can look again.
    pub sources: Vec<String>,
    /// What the answer would be then: eligible, a person's to decide, or hanging on other facts; never refused.
    pub becomes: Becomes,
    /// In plain Chinese.
    pub sentence: String,
}

/// What a refusal turns into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Becomes {
    /// 符合.
    #[serde(rename = "符合")]
    Eligible,
    /// 要由人来看.
    #[serde(rename = "要由人来看")]
    NeedsPerson,
    /// 还不知道.
    #[serde(rename = "还不知道")]
    Unknown,
}

/// The changes of one fact each that would reverse a refusal, in the order of the form; nothing for another answer.
pub fn counterfactuals(library: &Library, facts: &Facts, determination: &Determination) -> Vec<Counterfactual> {
    let Some(programme) = library.programmes().iter().position(|info| info.id == determination.programme) else {
        return Vec::new();
    };
    if determination.outcome != Outcome::Refused {
        return Vec::new();
    }
    let what_if = WhatIf::new(library, determination.month, &facts.area);
    let member = determination.member.unwrap_or(HOUSEHOLD);
    Search { what_if, programme, member, trial: facts.clone(), failed: Vec::new() }.all(facts)
}

struct Search<'l> {
    what_if: WhatIf<'l>,
    programme: usize,
    member: usize,
    trial: Facts,
    /// The conditions that failed.
    failed: Vec<At>,
}

/// A search makes at most so many trials, each counted once for every member it looks at, so that a household of 64 does not take
/// minutes; facts behind them are passed over.
const MOST_TRIALS: usize = 150_000;

impl Search<'_> {
    fn all(&mut self, facts: &Facts) -> Vec<Counterfactual> {
        let contested: Vec<Slot> =
            self.contested(facts).into_iter().filter(|slot| self.towards(*slot).is_some()).collect();
        let mut found = Vec::new();
        for slot in contested {
            let Some(now) = known(facts, slot) else { continue };
            if self.what_if.verdicts * facts.members.len() > MOST_TRIALS {
                break;
            }
            if self.is_beside_the_point(slot, now) {
                continue;
            }
            let hit = [Answer::Eligible, Answer::NeedsPerson, Answer::Unknown]
                .into_iter()
                .find_map(|wanted| Some((self.change(slot, now, wanted)?, wanted)));
            set(&mut self.trial, slot, now);
            let form = self.what_if.library.form();
            found.extend(hit.map(|(value, wanted)| told(form, facts, slot, now, value, wanted)));
        }
        found
    }

    /// Refused whatever the fact is: with it unknown the answer is settled. One look instead of hundreds of trials. Where a fact is
    /// not asked (何时问), unknown stands for a value of its own, and says nothing of others.
    fn is_beside_the_point(&mut self, slot @ (fact, member): Slot, now: Value) -> bool {
        let row = if member == HOUSEHOLD { &mut self.trial.household } else { &mut self.trial.members[member] };
        row.forget(fact);
        let mut is_settled = self.what_if.verdict(self.programme, self.member, &self.trial).outcome == Answer::Refused;
        if let Some(program) = self.what_if.program(self.programme).filter(|_| is_settled) {
            let mut evaluator = self.what_if.evaluator(program, &self.trial);
            let is_unasked = program.nodes.iter().any(|node| match *node {
                Node::AskedFact { fact: asked, when, .. } => {
                    asked == fact && evaluator.value(when, member) == V::YesNo(false)
                }
                _ => false,
            });
            is_settled = !is_unasked;
        }
        set(&mut self.trial, slot, now);
        is_settled
    }

    /// Which way the form lets a family dispute it; what says that something is drawn is not theirs to say.
    fn towards(&self, (fact, _): Slot) -> Option<&Towards> {
        let library = self.what_if.library;
        let is_drawn = library.overlap().drawn.iter().any(|row| row.fact == fact);
        library.form().towards(fact).filter(|_| !is_drawn)
    }

    /// Known facts under the conditions that failed.
    fn contested(&mut self, facts: &Facts) -> BTreeSet<Slot> {
        let (member, mut slots, mut done) = (self.member, BTreeSet::new(), BTreeSet::new());
        let Some(program) = self.what_if.program(self.programme) else { return slots };
        let mut evaluator = self.what_if.evaluator(program, facts);
        let failed: Vec<At> = program.conditions.iter().map(|condition| condition.root).collect();
        let failed: Vec<At> =
            failed.into_iter().filter(|&root| evaluator.value(root, member) == V::YesNo(false)).collect();
        self.failed.clone_from(&failed);
        let mut waiting: Vec<(At, usize)> = failed.into_iter().map(|root| (root, member)).collect();
        while let Some((at, member)) = waiting.pop() {
            if !done.insert((at, member)) {
                continue;
            }
            let node = program.nodes[at as usize];
            match node {
                Node::Fact(fact) | Node::Age { birth: fact, .. } | Node::AskedFact { fact, of_member: true, .. } => {
                    slots.insert((fact, member));
                }
                Node::HouseholdFact(fact) | Node::AskedFact { fact, of_member: false, .. } => {
                    slots.insert((fact, HOUSEHOLD));
                }
                Node::Definition(number) => {
                    let definition = &program.definitions[usize::from(number)];
                    waiting.push((definition.root, if definition.of_member { member } else { HOUSEHOLD }));
                }
                Node::Gather { value, filter, .. } => {
                    waiting.extend((0..facts.members.len()).flat_map(|one| [(value, one), (filter, one)]));
                }
                _ => {}
            }
            if !matches!(node, Node::Gather { .. }) {
                waiting.extend(node.parts().map(|part| (part, member)));
            }
        }
        slots
    }

    fn reaches(&mut self, slot: Slot, value: Value, wanted: Answer) -> bool {
        set(&mut self.trial, slot, value);
        let reached = self.what_if.verdict(self.programme, self.member, &self.trial).outcome == wanted;
        // what only raises a new question reverses nothing: what failed must hold
        reached && (wanted != Answer::Unknown || self.holds_now())
    }

    fn holds_now(&mut self) -> bool {
        let Some(program) = self.what_if.program(self.programme) else { return false };
        let mut evaluator = self.what_if.evaluator(program, &self.trial);
        self.failed.iter().all(|&root| evaluator.value(root, self.member) == V::YesNo(true))
    }

    /// The nearest value towards more need that leads to the answer wanted.
    fn change(&mut self, slot: Slot, now: Value, wanted: Answer) -> Option<Value> {
        match (self.towards(slot)?.clone(), now) {
            (Towards::Less, now) => self.figure(slot, now, -1, wanted),
            (Towards::More, now) => self.figure(slot, now, 1, wanted),
            (Towards::YesNo(wished), Value::YesNo(yes)) if yes != wished => {
                Some(Value::YesNo(wished)).filter(|value| self.reaches(slot, *value, wanted))
            }
            (Towards::Onwards(order), Value::Choice(now)) => {
                let stands = order.iter().position(|&choice| choice == now)?;
                let mut behind = order[stands + 1..].iter().map(|&choice| Value::Choice(choice));
                behind.find(|&value| self.reaches(slot, value, wanted))
            }
            (Towards::YesNo(_) | Towards::Onwards(_), _) => None,
        }
    }

    /// The nearest figure on one side; nothing is told to go below zero.
    fn figure(&mut self, slot: Slot, now: Value, sign: i64, wanted: Answer) -> Option<Value> {
        let kind = self.what_if.library.form().declaration(slot.0).kind.clone();
        let now = number_of(now)?;
        let room = if sign < 0 { now } else { MAX_MAGNITUDE - now };
        let exact = now + sign * self.outwards(slot, &kind, now, sign, room, wanted)?;
        let whole = whole_yuan(&kind, exact, sign).and_then(|number| of_number(&kind, number));
        let whole = whole.filter(|value| self.reaches(slot, *value, wanted));
        whole.or_else(|| of_number(&kind, exact))
    }

    /// How many units away the answer is reached in a direction, at most `room`.
    fn outwards(&mut self, slot: Slot, kind: &FactKind, now: i64, sign: i64, room: i64, wanted: Answer) -> Option<i64> {
        let mut holds = |steps: i64| of_number(kind, now + sign * steps).is_some_and(|v| self.reaches(slot, v, wanted));
        let mut misses = 0;
        let mut hits = loop {
            if misses >= room {
                return None;
            }
            let next = (misses + 1 + misses / 4).min(room);
            if holds(next) {
                break next;
            }
            misses = next;
        };
        while hits - misses > 1 {
            let middle = misses + (hits - misses) / 2;
            if holds(middle) {
                hits = middle;
            } else {
                misses = middle;
            }
        }
        Some(hits)
    }
}

/// Money to the next whole yuan away from what it is now; none where that is beyond what the form allows, or no money.
fn whole_yuan(kind: &FactKind, fen: i64, sign: i64) -> Option<i64> {
    let whole = match kind {
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } if sign < 0 => {
            fen - fen.rem_euclid(FEN_A_YUAN)
        }
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => {
            fen + (-fen).rem_euclid(FEN_A_YUAN)
        }
        FactKind::Count | FactKind::Ratio | FactKind::Date | FactKind::YesNo | FactKind::Choice(_) => return None,
    };
    (whole <= MAX_MAGNITUDE).then_some(whole)
}

const FEN_A_YUAN: i64 = 100;

fn told(form: &OneForm, facts: &Facts, (fact, member): Slot, now: Value, to: Value, wanted: Answer) -> Counterfactual {
    let becomes = match wanted {
        Answer::Eligible => Becomes::Eligible,
        Answer::NeedsPerson => Becomes::NeedsPerson,
        Answer::Unknown | Answer::Refused => Becomes::Unknown,
    };
    let decl = form.declaration(fact);
    let mut told = Counterfactual {
        fact,
        name: decl.name.to_string(),
        member: shown(member),
        now: form.show_value(fact, &now),
        to: form.show_value(fact, &to),
        value: to,
        by: difference(form, fact, now, to),
        sources: decl.sources.iter().map(|&source| form.source_name(source).to_string()).collect(),
        becomes,
        sentence: String::new(),
    };
    told.sentence = told.words(&People::of(form, facts));
    told
}

/// `少 301元/月`, for figures.
fn difference(form: &OneForm, fact: FactId, now: Value, to: Value) -> Option<String> {
    let (from, until) = (number_of(now)?, number_of(to)?);
    let by = of_number(&form.declaration(fact).kind, i64::try_from(until.abs_diff(from)).ok()?)?;
    Some(format!("{} {}", if until < from { "少" } else { "多" }, form.show_value(fact, &by)))
}

impl Counterfactual {
    /// `本人的工资记的是 900元/月，如果是 599元/月（少 301元/月），就符合`.
    pub fn words(&self, people: &People) -> String {
        let who = self.member.map_or("全家", |member| people.name(member));
        let then = match self.becomes {
            Becomes::Eligible => "就符合",
            Becomes::NeedsPerson => "就不会直接不予认定，要由人来看",
            Becomes::Unknown => "就不会因此不予认定，还要看别的情况",
        };
        match &self.by {
            Some(by) => format!("{who}的{}记的是 {}，如果是 {}（{by}），{then}", self.name, self.now, self.to),
            None => format!("{who}的“{}”记的是“{}”，如果是“{}”，{then}", self.name, self.now, self.to),
        }
    }
}
