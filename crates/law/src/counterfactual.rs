//! What would change a refusal: the smallest single change of one contested fact, found by trying and verified by deciding
//! again. Exact to the fen, the unit and the day: one step less does not do.
//!
//! Contested are the known figures and yes/no facts under the conditions that failed: what a family can dispute with a paper, or
//! change. Left out on purpose: two facts changed at once, facts nobody gave, days of birth and what is chosen from a list (who
//! somebody is, whether he lives), and what says that a programme is drawn (`law::combine` looks at that). Figures are searched outwards in steps that grow by a quarter and then halved down to the unit, so a stretch of
//! values narrower than a quarter of its distance may be passed over; whatever is told has been verified.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::determination::{Determination, Outcome};
use crate::engine::evaluate::HOUSEHOLD;
use crate::engine::program::{At, Node, V};
use crate::engine::quick::Answer;
use crate::form::{FactId, FactKind, Facts, MAX_MAGNITUDE, OneForm, Value};
use crate::library::Library;
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
    pub to: Vec<String>,
    /// The same as values of the form.
    #[serde(skip)]
    pub values: Vec<Value>,
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

/// A search makes at most so many trials; facts behind them are passed over.
const MOST_TRIALS: usize = 50_000;

impl Search<'_> {
    fn all(&mut self, facts: &Facts) -> Vec<Counterfactual> {
        let contested: Vec<Slot> = self.contested(facts).into_iter().filter(|slot| self.may_be_told(*slot)).collect();
        let mut found = Vec::new();
        for slot in contested {
            let Some(now) = known(facts, slot) else { continue };
            if self.what_if.verdicts > MOST_TRIALS {
                break;
            }
            let hit = [Answer::Eligible, Answer::NeedsPerson, Answer::Unknown]
                .into_iter()
                .find_map(|wanted| Some((self.change(slot, now, wanted)?, wanted)));
            set(&mut self.trial, slot, now);
            let form = self.what_if.library.form();
            found.extend(hit.map(|(values, wanted)| told(form, slot, now, values, wanted)));
        }
        found
    }

    /// Figures and yes/no facts, but for those that say that something is drawn.
    fn may_be_told(&self, (fact, _): Slot) -> bool {
        let library = self.what_if.library;
        let is_drawn = library.overlap().drawn.iter().any(|row| row.fact == fact);
        let kind = &library.form().declaration(fact).kind;
        !is_drawn && !matches!(kind, FactKind::Date | FactKind::Choice(_))
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

    /// The value that leads to the answer wanted: the nearest figure, or the other of yes and no.
    fn change(&mut self, slot: Slot, now: Value, wanted: Answer) -> Option<Vec<Value>> {
        let kind = self.what_if.library.form().declaration(slot.0).kind.clone();
        let others: Vec<Value> = match (&kind, now) {
            (FactKind::YesNo, Value::YesNo(yes)) => vec![Value::YesNo(!yes)],
            _ => return self.nearest(slot, &kind, number_of(now)?, wanted).map(|value| vec![value]),
        };
        let fit: Vec<Value> =
            others.into_iter().filter(|&value| value != now && self.reaches(slot, value, wanted)).collect();
        Some(fit).filter(|fit| !fit.is_empty())
    }

    /// The nearest figure below or above; of two as near the lower.
    fn nearest(&mut self, slot: Slot, kind: &FactKind, now: i64, wanted: Answer) -> Option<Value> {
        let (least, most) = Self::limits(kind);
        let down = self.outwards(slot, kind, now, -1, now - least, wanted);
        let up = self.outwards(slot, kind, now, 1, most - now, wanted);
        let steps = match (down, up) {
            (Some(down), Some(up)) if up < down => up,
            (Some(down), _) => -down,
            (None, up) => up?,
        };
        of_number(kind, now + steps)
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

    fn limits(kind: &FactKind) -> (i64, i64) {
        match kind {
            FactKind::Money { may_be_negative }
            | FactKind::MoneyPerMonth { may_be_negative }
            | FactKind::MoneyPerYear { may_be_negative } => {
                (if *may_be_negative { -MAX_MAGNITUDE } else { 0 }, MAX_MAGNITUDE)
            }
            FactKind::Count | FactKind::Ratio => (0, MAX_MAGNITUDE),
            FactKind::Date | FactKind::YesNo | FactKind::Choice(_) => unreachable!("only figures have limits"),
        }
    }
}

fn told(form: &OneForm, (fact, member): Slot, now: Value, values: Vec<Value>, wanted: Answer) -> Counterfactual {
    let becomes = match wanted {
        Answer::Eligible => Becomes::Eligible,
        Answer::NeedsPerson => Becomes::NeedsPerson,
        Answer::Unknown | Answer::Refused => Becomes::Unknown,
    };
    let decl = form.declaration(fact);
    let (shown_now, to): (String, Vec<String>) =
        (form.show_value(fact, &now), values.iter().map(|value| form.show_value(fact, value)).collect());
    let who = shown(member).map_or_else(|| "全家的".to_owned(), |member| format!("第 {} 人的", member + 1));
    let then = match becomes {
        Becomes::Eligible => "就符合",
        Becomes::NeedsPerson => "就不会直接不予认定，要由人来看",
        Becomes::Unknown => "就不会因此不予认定，还要看别的事实",
    };
    let change = change_in_words(form, fact, now, &values, &to);
    let sentence = format!("{who}{}现在是 {shown_now}，如果{change}，{then}", decl.name);
    Counterfactual {
        fact,
        name: decl.name.clone(),
        member: shown(member),
        now: shown_now,
        to,
        values,
        becomes,
        sentence,
    }
}

/// `降到 599.99元/月（少 300.01元/月）`, `是 否`.
fn change_in_words(form: &OneForm, fact: FactId, now: Value, values: &[Value], to: &[String]) -> String {
    let (Some(from), Some(until)) = (number_of(now), values.first().copied().and_then(number_of)) else {
        return format!("是 {}", to.join(" 或 "));
    };
    let kind = &form.declaration(fact).kind;
    let by = until.abs_diff(from);
    let is_down = until < from;
    let difference = i64::try_from(by).ok().and_then(|by| of_number(kind, by)).map(|by| form.show_value(fact, &by));
    let (verb, word) = if is_down { ("降到", "少") } else { ("升到", "多") };
    format!("{verb} {}（{word} {}）", to[0], difference.unwrap_or_default())
}
