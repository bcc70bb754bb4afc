//! Which combinations to try, and in what order.
//!
//! Only programmes that some fact says are drawn (享受) change what else is granted: these are drawn or not, member by member.
//! Everything else that is granted then is taken, but for what 互斥 excludes. Members to whom nothing could be granted are left out.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use values::{AreaCode, Fen, Month};

use super::hopeful::Tests;
use super::scenario::{Granted, Right, granted, is_monthly, possible};
use super::{Awarded, Choice, Combination, Combined};
use crate::benefit::AmountPer;
use crate::bulk::Judged;
use crate::engine::evaluate::HOUSEHOLD;
use crate::engine::quick::Verdict;
use crate::form::Facts;
use crate::library::Library;
use crate::overlap::{Exclusive, How};
use crate::what_if::{WhatIf, shown};

/// More members are too many to try (搭配太多): the ways double with each, and every one is decided again; a person decides.
const MOST_MEMBERS: usize = 16;
/// At most so many combinations of what is drawn are tried.
const MOST_SCENARIOS: usize = 512;
/// At most so many decisions are taken: households with many members try fewer combinations.
const MOST_VERDICTS: usize = 150_000;
/// Of what excludes each other, at most so many ways to keep one are followed under one scenario.
const MOST_WAYS: usize = 32;
/// So many alternatives are told.
const MOST_TOLD: usize = 12;

/// What does not change from one household of an area to the next.
pub(super) struct Ground<'l> {
    pub(super) what_if: WhatIf<'l>,
    /// Pairs that exclude, as places of programmes.
    pairs: Vec<(usize, usize, &'l Exclusive)>,
    /// Programmes that some fact says are drawn.
    pub(super) drivers: BTreeSet<usize>,
}

impl<'l> Ground<'l> {
    pub(super) fn new(library: &'l Library, month: Month, area: &AreaCode) -> Ground<'l> {
        let place = |id: &str| library.programmes().iter().position(|info| info.id == id).expect("a checked id");
        let pairs = library.overlap().pairs(month).filter(|pair| pair.how.excludes());
        let pairs = pairs.map(|pair| (place(&pair.first), place(&pair.second), pair)).collect();
        let drivers = library.overlap().drawn.iter().flat_map(|row| row.programmes.iter().copied()).collect();
        Ground { what_if: WhatIf::new(library, month, area), pairs, drivers }
    }

    /// Everything that could be somebody's: each programme, for whom it decides.
    pub(super) fn rights(&self, facts: &Facts) -> Vec<Right> {
        let programmes = 0..self.what_if.library.programmes().len();
        let of = |programme| self.what_if.units(programme, facts).into_iter().map(move |who| (programme, who));
        programmes.flat_map(of).collect()
    }

    /// The rule by which two rights cannot be one person's. Whom a household's right counts is known once it was granted;
    /// before that two of different owners do not clash.
    pub(super) fn clash(&self, one: Right, other: Right, granted: Option<&Granted>) -> Option<&'l Exclusive> {
        let is_pair = |(first, second): (usize, usize)| {
            (first, second) == (one.0, other.0) || (first, second) == (other.0, one.0)
        };
        let rule = self.pairs.iter().find(|(first, second, _)| is_pair((*first, *second)))?.2;
        let meets = match (one.1, other.1) {
            (left, right) if left == right => true,
            (HOUSEHOLD, member) => counts(granted, one, member),
            (member, HOUSEHOLD) => counts(granted, other, member),
            _ => false,
        };
        meets.then_some(rule)
    }
}

/// One way to draw, with what each right gives.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// Fen a month.
    pub(super) monthly: Fen,
    /// In the order of the rights.
    pub(super) verdicts: Vec<Verdict>,
}

pub(super) struct Search<'s, 'l> {
    ground: &'s mut Ground<'l>,
    facts: &'s Facts,
    found: BTreeMap<Vec<Right>, Way>,
    choices: BTreeSet<Choice>,
    is_cut: bool,
}

impl<'s, 'l> Search<'s, 'l> {
    pub(super) fn new(ground: &'s mut Ground<'l>, facts: &'s Facts) -> Search<'s, 'l> {
        ground.what_if.begin();
        Search { ground, facts, found: BTreeMap::new(), choices: BTreeSet::new(), is_cut: false }
    }

    /// Everything, told.
    pub(super) fn run(mut self) -> Combined {
        if self.facts.members.len() > MOST_MEMBERS {
            return Combined { best: None, alternatives: Vec::new(), choices: Vec::new(), is_cut: true };
        }
        let all = self.ground.rights(self.facts);
        self.seek(&all);
        self.told()
    }

    /// The best way alone; none when nothing can be granted. True when not all was tried. Only what has hope is looked at, and
    /// where nobody can be granted what others hang on, there is one scenario: nothing drawn.
    pub(super) fn best(mut self, tests: &Tests, judged: &[Judged]) -> (Option<(Vec<Right>, Way)>, bool) {
        if self.facts.members.len() > MOST_MEMBERS {
            return (None, true);
        }
        let hopeful = tests.hopeful(self.ground, self.facts, judged);
        match hopeful.iter().any(|right| self.ground.drivers.contains(&right.0)) {
            true => self.seek(&hopeful),
            false => drop(self.scenario(&[], &[], &hopeful)),
        }
        let ways = self.found.into_iter().filter(|(rights, _)| !rights.is_empty());
        (ways.min_by(ranked), self.is_cut)
    }

    fn seek(&mut self, all: &[Right]) {
        let candidates = self.candidates(all);
        let groups = self.groups(&candidates);
        let product = groups.iter().try_fold(1usize, |product, options| product.checked_mul(options.len()));
        match product.filter(|product| *product <= MOST_SCENARIOS) {
            Some(_) => self.try_all(&groups, &candidates),
            None => self.climb(&groups, &candidates),
        }
    }

    /// Rights that are granted in some scenario: nothing drawn, or one driver drawn by whom it fits, with each set of the
    /// household's own.
    fn candidates(&mut self, all: &[Right]) -> Vec<Right> {
        let of_household: Vec<Right> = all
            .iter()
            .copied()
            .filter(|right| self.ground.drivers.contains(&right.0) && right.1 == HOUSEHOLD)
            .collect();
        let of_persons: BTreeSet<usize> = all
            .iter()
            .filter(|right| self.ground.drivers.contains(&right.0) && right.1 != HOUSEHOLD)
            .map(|right| right.0)
            .collect();
        let mut seen = BTreeSet::new();
        for own in subsets(&of_household) {
            for driver in of_persons.iter().copied().map(Some).chain([None]) {
                let each =
                    driver.into_iter().flat_map(|driver| (0..self.facts.members.len()).map(move |who| (driver, who)));
                let drawn: Vec<Right> = own.iter().copied().chain(each).collect();
                // What is drawn need not be granted here: only who could have what is looked for.
                seen.extend(possible(&mut self.ground.what_if, self.facts, &drawn, all));
            }
        }
        for &right in all.iter().filter(|right| of_persons.contains(&right.0)) {
            if seen.contains(&right) {
                seen.extend(possible(&mut self.ground.what_if, self.facts, &[right], &of_household));
            }
        }
        all.iter().copied().filter(|right| seen.contains(right)).collect()
    }

    /// What may be drawn, group by group (the household's own, then each member's): every set without two that exclude.
    fn groups(&self, candidates: &[Right]) -> Vec<Vec<Vec<Right>>> {
        let drivers: Vec<Right> =
            candidates.iter().copied().filter(|right| self.ground.drivers.contains(&right.0)).collect();
        let mut owners: BTreeMap<usize, Vec<Right>> = BTreeMap::new();
        for right in drivers {
            owners.entry(right.1.wrapping_add(1)).or_default().push(right); // the household, usize::MAX, comes first
        }
        let fits = |set: &Vec<Right>| {
            !set.iter().any(|&one| set.iter().any(|&other| self.ground.clash(one, other, None).is_some()))
        };
        owners.values().map(|rights| subsets(rights).into_iter().filter(fits).collect()).collect()
    }

    fn try_all(&mut self, groups: &[Vec<Vec<Right>>], candidates: &[Right]) {
        let mut at = vec![0; groups.len()];
        loop {
            self.scenario(groups, &at, candidates);
            if self.ground.what_if.verdicts > MOST_VERDICTS {
                self.is_cut = true;
                return self.climb(groups, candidates);
            }
            // The next number of a counter with one wheel a group.
            let Some(wheel) = (0..groups.len()).rev().find(|&wheel| at[wheel] + 1 < groups[wheel].len()) else {
                return;
            };
            at[wheel] += 1;
            at[wheel + 1..].fill(0);
        }
    }

    /// Too many to try all: from nothing drawn, group by group, whatever gives most, until nothing gives more.
    fn climb(&mut self, groups: &[Vec<Vec<Right>>], candidates: &[Right]) {
        self.is_cut = true;
        let limit = self.ground.what_if.verdicts + MOST_VERDICTS;
        let mut at = vec![0; groups.len()];
        let mut best = self.scenario(groups, &at, candidates);
        for _ in 0..2 {
            for wheel in 0..groups.len() {
                for option in 0..groups[wheel].len() {
                    let before = std::mem::replace(&mut at[wheel], option);
                    let given = self.scenario(groups, &at, candidates);
                    if given > best {
                        best = given;
                    } else {
                        at[wheel] = before;
                    }
                    if self.ground.what_if.verdicts > limit {
                        return;
                    }
                }
            }
        }
    }

    /// Tries one choice of what is drawn; gives the greatest month's total under it.
    fn scenario(&mut self, groups: &[Vec<Vec<Right>>], at: &[usize], candidates: &[Right]) -> Option<Fen> {
        let drawn: Vec<Right> = groups.iter().zip(at).flat_map(|(options, &at)| options[at].iter().copied()).collect();
        let granted = granted(&mut self.ground.what_if, self.facts, &drawn, candidates)?;
        granted.keys().for_each(|&one| self.note_choices(one, &granted));
        if drawn.iter().any(|&one| drawn.iter().any(|&other| self.ground.clash(one, other, Some(&granted)).is_some())) {
            return None;
        }
        let goes_along = |right: &Right| {
            let clashes = drawn.iter().any(|&own| self.ground.clash(own, *right, Some(&granted)).is_some());
            !self.ground.drivers.contains(&right.0) && !clashes
        };
        let rest: Vec<Right> = granted.keys().copied().filter(goes_along).collect();
        let mut best = None;
        for kept in self.ways(rest, &granted) {
            let mut rights: Vec<Right> = drawn.iter().copied().chain(kept).collect();
            rights.sort_unstable_by_key(|right| (right.0, right.1.wrapping_add(1)));
            let way = self.way(&rights, &granted);
            best = best.max(Some(way.monthly));
            self.found.insert(rights, way);
        }
        best
    }

    /// The ways to leave out one of each two that exclude each other: the lower where the law takes the higher, else both ways.
    fn ways(&mut self, rights: Vec<Right>, granted: &Granted) -> Vec<Vec<Right>> {
        let mut ready = Vec::new();
        let mut waiting = vec![rights];
        while let Some(rights) = waiting.pop() {
            let clash = rights.iter().enumerate().find_map(|(at, &one)| {
                let other =
                    rights[at + 1..].iter().find(|&&other| self.ground.clash(one, other, Some(granted)).is_some())?;
                Some((one, *other, self.ground.clash(one, *other, Some(granted)).expect("they clash").how))
            });
            let Some((one, other, how)) = clash else {
                ready.push(rights);
                continue;
            };
            let without = |left: Right| rights.iter().copied().filter(|right| *right != left).collect::<Vec<_>>();
            let lower = if granted[&one].amount < granted[&other].amount { one } else { other };
            if how == How::Higher || waiting.len() + ready.len() >= MOST_WAYS {
                self.is_cut |= how != How::Higher;
                waiting.push(without(lower));
            } else {
                waiting.push(without(one));
                waiting.push(without(other));
            }
        }
        ready
    }

    fn note_choices(&mut self, one: Right, granted: &Granted) {
        let titles = self.ground.what_if.library.programmes();
        let found: Vec<Choice> = granted
            .keys()
            .filter_map(|&other| {
                let rule = self.ground.clash(one, other, Some(granted))?;
                let title = |id: &str| titles.iter().find(|info| info.id == id).expect("a checked id").title.clone();
                let member = if one.1 == HOUSEHOLD { other.1 } else { one.1 };
                Some(Choice {
                    first: title(&rule.first).to_string(),
                    second: title(&rule.second).to_string(),
                    member: shown(member),
                    how: rule.how,
                    cite: rule.cite.clone(),
                    note: rule.note.clone(),
                })
            })
            .collect();
        self.choices.extend(found);
    }

    fn way(&self, rights: &[Right], granted: &Granted) -> Way {
        let monthly = rights.iter().filter(|right| is_monthly(&self.ground.what_if, right.0));
        let monthly = monthly.filter_map(|right| granted[right].amount).fold(Fen::ZERO, |sum, amount| sum + amount);
        Way { monthly, verdicts: rights.iter().map(|right| granted[right]).collect() }
    }

    fn combination(&self, rights: &[Right], way: &Way) -> Combination {
        let awards = rights.iter().zip(&way.verdicts).map(|(&(programme, member), verdict)| {
            let info = &self.ground.what_if.library.programmes()[programme];
            let per = self.ground.what_if.program(programme).map_or(AmountPer::Month, |program| program.per());
            Awarded {
                programme: info.id.to_string(),
                title: info.title.to_string(),
                member: shown(member),
                amount: verdict.amount,
                per,
            }
        });
        Combination { awards: awards.collect(), monthly: way.monthly }
    }

    /// The best first; what is wholly within another that gives no less a month is not told.
    fn told(mut self) -> Combined {
        let found = std::mem::take(&mut self.found);
        let mut all: Vec<(Vec<Right>, Way)> = found.into_iter().filter(|(rights, _)| !rights.is_empty()).collect();
        all.sort_by(ranked);
        let mut kept: Vec<(Vec<Right>, Way)> = Vec::new();
        for (rights, way) in all {
            let is_within = |(other, _): &(Vec<Right>, Way)| rights.iter().all(|right| other.contains(right));
            if kept.len() <= MOST_TOLD && !kept.iter().any(is_within) {
                kept.push((rights, way));
            }
        }
        let mut kept = kept.iter().map(|(rights, way)| self.combination(rights, way));
        let best = kept.next();
        let alternatives = kept.take(MOST_TOLD).collect();
        Combined { best, alternatives, choices: self.choices.into_iter().collect(), is_cut: self.is_cut }
    }
}

/// The greatest month's total first; of two that give as much, the one with more rights.
fn ranked((left_rights, left): &(Vec<Right>, Way), (right_rights, right): &(Vec<Right>, Way)) -> Ordering {
    let order = right.monthly.cmp(&left.monthly).then(right_rights.len().cmp(&left_rights.len()));
    order.then_with(|| left_rights.cmp(right_rights))
}

/// True when a household's right counts this member; one that counts nobody by name is the whole family's.
fn counts(granted: Option<&Granted>, household: Right, member: usize) -> bool {
    granted
        .and_then(|granted| granted.get(&household))
        .is_some_and(|verdict| verdict.counted == 0 || verdict.counted >> member & 1 == 1)
}

/// All subsets, the empty one first; of a list that is too long, those of its beginning.
fn subsets(rights: &[Right]) -> Vec<Vec<Right>> {
    let rights = &rights[..rights.len().min(6)];
    (0u32..1 << rights.len())
        .map(|mask| rights.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, right)| *right).collect())
        .collect()
}
