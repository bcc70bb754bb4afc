//! The best lawful combination of many households: what [`combine`](super::combine) finds, without its words and without searching
//! where there is nothing to search; and what unknown answers hang on.

use std::collections::BTreeSet;

use rayon::prelude::*;
use values::{AreaCode, Month};

use super::hopeful::Tests;
use super::search::{Ground, Search};
use crate::bulk::{Desk, Judged};
use crate::engine::evaluate::HOUSEHOLD;
use crate::engine::quick::Answer;
use crate::form::{FactId, Facts};
use crate::library::Library;
use crate::what_if::{WhatIf, shown};

/// All answers for one household as its facts stand, and what it can draw of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// As [`Library::determine_quick`] gives them.
    pub judged: Vec<Judged>,
    /// The rights of the best lawful combination, each with what it gives in it: see [`combine`](super::combine).
    pub drawn: Vec<Judged>,
    /// True when there were too many combinations to try all; with nothing drawn, none was tried, and a person decides.
    pub is_cut: bool,
}

/// What a thread keeps from one household to the next.
struct Counter<'l> {
    judging: Desk<'l>,
    combining: Option<(AreaCode, Ground<'l>, Tests)>,
}

impl Library {
    /// The best lawful combination of each household of a month, in their order; the same input gives the same output.
    pub fn combine_bulk(&self, month: Month, households: &[Facts]) -> Vec<Together> {
        let counter = || Counter { judging: Desk::new(), combining: None };
        households.par_iter().map_init(counter, |counter, facts| self.together(month, facts, counter)).collect()
    }

    /// For each household the facts on which answers hang that are unknown in a month, in the form's order, each once whoever it is
    /// missing of; none where no answer is unknown. Empty where the books themselves lack a figure, or no book is in force.
    pub fn lacking_bulk(&self, month: Month, households: &[Facts], together: &[Together]) -> Vec<Option<Vec<FactId>>> {
        let pairs = households.par_iter().zip(together);
        let desk = || None;
        pairs.map_init(desk, |desk, (facts, together)| self.lacking(month, facts, together, desk)).collect()
    }

    fn lacking<'l>(
        &'l self,
        month: Month,
        facts: &Facts,
        together: &Together,
        desk: &mut Option<(AreaCode, WhatIf<'l>)>,
    ) -> Option<Vec<FactId>> {
        if desk.as_ref().is_none_or(|(area, _)| *area != facts.area) {
            *desk = Some((facts.area, WhatIf::new(self, month, &facts.area)));
        }
        let (_, what_if) = desk.as_mut().expect("it was just made");
        lacking(what_if, facts, &together.judged)
    }

    fn together<'l>(&'l self, month: Month, facts: &Facts, counter: &mut Counter<'l>) -> Together {
        let judged = self.household(month, facts, &mut counter.judging);
        if counter.combining.as_ref().is_none_or(|(area, ..)| *area != facts.area) {
            let mut ground = Ground::new(self, month, &facts.area);
            let drawn = self.overlap().drawn.iter().map(|row| (row.fact, row.of_person));
            ground.what_if.remember(&drawn.collect::<Vec<_>>());
            let tests = Tests::new(&ground.what_if);
            counter.combining = Some((facts.area, ground, tests));
        }
        let (_, ground, tests) = counter.combining.as_mut().expect("it was just made");
        let (best, is_cut) = Search::new(ground, facts).best(tests, &judged);
        let drawn = best.map_or_else(Vec::new, |(rights, way)| {
            let one = |(&(programme, member), &verdict): (&(usize, usize), &_)| {
                let member = shown(member).map(|member| member as u16);
                Judged { programme: programme as u16, member, verdict }
            };
            rights.iter().zip(&way.verdicts).map(one).collect()
        });
        Together { judged, drawn, is_cut }
    }
}

fn lacking(what_if: &mut WhatIf<'_>, facts: &Facts, judged: &[Judged]) -> Option<Vec<FactId>> {
    let unknown = |one: &&Judged| one.verdict.outcome == Answer::Unknown;
    let mut found = judged.iter().find(unknown).map(|_| BTreeSet::new())?;
    for of_one in judged.chunk_by(|one, next| one.programme == next.programme) {
        let units: Vec<usize> =
            of_one.iter().filter(unknown).map(|one| one.member.map_or(HOUSEHOLD, usize::from)).collect();
        if !units.is_empty() {
            found.extend(what_if.lacking_facts(usize::from(of_one[0].programme), &units, facts));
        }
    }
    Some(found.into_iter().collect())
}
