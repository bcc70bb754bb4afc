//! Which combinations to try, and in what order.
//!
//! Only programmes that some fact says are drawn (享受) change what else is granted: these are drawn or not, member by member.
//! Everything else that is granted then is taken, but for what 互斥 excludes. Members to whom nothing could be granted are left out.

use std::collections::{BTreeMap, BTreeSet};

use values::{Fen, Month};

use super::scenario::{Granted, Right, granted, is_monthly, possible};
use super::{Awarded, Choice, Combination, Combined};
use crate::benefit::AmountPer;
use crate::engine::evaluate::HOUSEHOLD;
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

pub(super) struct Search<'s> {
    what_if: WhatIf<'s>,
    facts: &'s Facts,
    /// Pairs that exclude, as places of programmes.
    pairs: Vec<(usize, usize, &'s Exclusive)>,
    /// Programmes that some fact says are drawn.
    drivers: BTreeSet<usize>,
    found: BTreeMap<Vec<Right>, Combination>,
    choices: BTreeSet<Choice>,
    is_cut: bool,
}

impl<'s> Search<'s> {
    pub(super) fn new(library: &'s Library, month: Month, facts: &'s Facts) -> Search<'s> {
        let place = |id: &str| library.programmes().iter().position(|info| info.id == id).expect("a checked id");
        let pairs = library.overlap().pairs(month).filter(|pair| pair.how.excludes());
        let pairs = pairs.map(|pair| (place(&pair.first), place(&pair.second), pair)).collect();
        let drivers = library.overlap().drawn.iter().flat_map(|row| row.programmes.iter().copied()).collect();
        let what_if = WhatIf::new(library, month, &facts.area);
        let (found, choices) = (BTreeMap::new(), BTreeSet::new());
        Search { what_if, facts, pairs, drivers, found, choices, is_cut: false }
    }

    pub(super) fn run(mut self) -> Combined {
        if self.facts.members.len() > MOST_MEMBERS {
            return Combined { best: None, alternatives: Vec::new(), choices: Vec::new(), is_cut: true };
        }
        let candidates = self.candidates();
        let groups = self.groups(&candidates);
        let product = groups.iter().try_fold(1usize, |product, options| product.checked_mul(options.len()));
        match product.filter(|product| *product <= MOST_SCENARIOS) {
            Some(_) => self.try_all(&groups, &candidates),
            None => self.climb(&groups, &candidates),
        }
        self.told()
    }

    /// Rights that are granted in some scenario: nothing drawn, or one driver drawn by whom it fits, with each set of the
    /// household's own.
    fn candidates(&mut self) -> Vec<Right> {
        let library = self.what_if.library;
        let all: Vec<Right> = (0..library.programmes().len())
            .flat_map(|programme| {
                self.what_if.units(programme, self.facts).into_iter().map(move |who| (programme, who))
            })
            .collect();
        let of_household: Vec<Right> =
            all.iter().copied().filter(|right| self.drivers.contains(&right.0) && right.1 == HOUSEHOLD).collect();
        let of_persons: BTreeSet<usize> = all
            .iter()
            .filter(|right| self.drivers.contains(&right.0) && right.1 != HOUSEHOLD)
            .map(|right| right.0)
            .collect();
        let mut seen = BTreeSet::new();
        for own in subsets(&of_household) {
            for driver in of_persons.iter().copied().map(Some).chain([None]) {
                let each =
                    driver.into_iter().flat_map(|driver| (0..self.facts.members.len()).map(move |who| (driver, who)));
                let drawn: Vec<Right> = own.iter().copied().chain(each).collect();
                // What is drawn need not be granted here: only who could have what is looked for.
                seen.extend(possible(&mut self.what_if, self.facts, &drawn, &all));
            }
        }
        for &right in all.iter().filter(|right| of_persons.contains(&right.0)) {
            if seen.contains(&right) {
                seen.extend(possible(&mut self.what_if, self.facts, &[right], &of_household));
            }
        }
        all.into_iter().filter(|right| seen.contains(right)).collect()
    }

    /// What may be drawn, group by group (the household's own, then each member's): every set without two that exclude.
    fn groups(&self, candidates: &[Right]) -> Vec<Vec<Vec<Right>>> {
        let drivers: Vec<Right> = candidates.iter().copied().filter(|right| self.drivers.contains(&right.0)).collect();
        let mut owners: BTreeMap<usize, Vec<Right>> = BTreeMap::new();
        for right in drivers {
            owners.entry(right.1.wrapping_add(1)).or_default().push(right); // the household, usize::MAX, comes first
        }
        let fits =
            |set: &Vec<Right>| !set.iter().any(|&one| set.iter().any(|&other| self.clash(one, other, None).is_some()));
        owners.values().map(|rights| subsets(rights).into_iter().filter(fits).collect()).collect()
    }

    fn try_all(&mut self, groups: &[Vec<Vec<Right>>], candidates: &[Right]) {
        let mut at = vec![0; groups.len()];
        loop {
            self.scenario(groups, &at, candidates);
            if self.what_if.verdicts > MOST_VERDICTS {
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
        let limit = self.what_if.verdicts + MOST_VERDICTS;
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
                    if self.what_if.verdicts > limit {
                        return;
                    }
                }
            }
        }
    }

    /// Tries one choice of what is drawn; gives the greatest month's total under it.
    fn scenario(&mut self, groups: &[Vec<Vec<Right>>], at: &[usize], candidates: &[Right]) -> Option<Fen> {
        let drawn: Vec<Right> = groups.iter().zip(at).flat_map(|(options, &at)| options[at].iter().copied()).collect();
        let granted = granted(&mut self.what_if, self.facts, &drawn, candidates)?;
        granted.keys().for_each(|&one| self.note_choices(one, &granted));
        if drawn.iter().any(|&one| drawn.iter().any(|&other| self.clash(one, other, Some(&granted)).is_some())) {
            return None;
        }
        let goes_along = |right: &Right| {
            let clashes = drawn.iter().any(|&own| self.clash(own, *right, Some(&granted)).is_some());
            !self.drivers.contains(&right.0) && !clashes
        };
        let rest: Vec<Right> = granted.keys().copied().filter(goes_along).collect();
        let mut best = None;
        for kept in self.ways(rest, &granted) {
            let mut rights: Vec<Right> = drawn.iter().copied().chain(kept).collect();
            rights.sort_unstable_by_key(|right| (right.0, right.1.wrapping_add(1)));
            let combination = self.combination(&rights, &granted);
            best = best.max(Some(combination.monthly));
            self.found.insert(rights, combination);
        }
        best
    }

    /// The ways to leave out one of each two that exclude each other: the lower where the law takes the higher, else both ways.
    fn ways(&mut self, rights: Vec<Right>, granted: &Granted) -> Vec<Vec<Right>> {
        let mut ready = Vec::new();
        let mut waiting = vec![rights];
        while let Some(rights) = waiting.pop() {
            let clash = rights.iter().enumerate().find_map(|(at, &one)| {
                let other = rights[at + 1..].iter().find(|&&other| self.clash(one, other, Some(granted)).is_some())?;
                Some((one, *other, self.clash(one, *other, Some(granted)).expect("they clash").how))
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

    /// The rule by which two rights cannot be one person's. Whom a household's right counts is known once it was granted;
    /// before that two of different owners do not clash.
    fn clash(&self, one: Right, other: Right, granted: Option<&Granted>) -> Option<&'s Exclusive> {
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

    fn note_choices(&mut self, one: Right, granted: &Granted) {
        let titles = self.what_if.library.programmes();
        let found: Vec<Choice> = granted
            .keys()
            .filter_map(|&other| {
                let rule = self.clash(one, other, Some(granted))?;
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

    fn combination(&self, rights: &[Right], granted: &Granted) -> Combination {
        let awards = rights.iter().map(|&(programme, member)| {
            let info = &self.what_if.library.programmes()[programme];
            let per = self.what_if.program(programme).map_or(AmountPer::Month, |program| program.per());
            let amount = granted[&(programme, member)].amount;
            Awarded {
                programme: info.id.to_string(),
                title: info.title.to_string(),
                member: shown(member),
                amount,
                per,
            }
        });
        let monthly = rights.iter().filter(|right| is_monthly(&self.what_if, right.0));
        let monthly = monthly.filter_map(|right| granted[right].amount).fold(Fen::ZERO, |sum, amount| sum + amount);
        Combination { awards: awards.collect(), monthly }
    }

    /// The best first; what is wholly within another that gives no less a month is not told.
    fn told(self) -> Combined {
        let mut all: Vec<(Vec<Right>, Combination)> =
            self.found.into_iter().filter(|(rights, _)| !rights.is_empty()).collect();
        all.sort_by(|(left_rights, left), (right_rights, right)| {
            let order = right.monthly.cmp(&left.monthly).then(right_rights.len().cmp(&left_rights.len()));
            order.then_with(|| left_rights.cmp(right_rights))
        });
        let mut kept: Vec<(Vec<Right>, Combination)> = Vec::new();
        for (rights, combination) in all {
            let is_within = |(other, _): &(Vec<Right>, Combination)| rights.iter().all(|right| other.contains(right));
            if kept.len() <= MOST_TOLD && !kept.iter().any(is_within) {
                kept.push((rights, combination));
            }
        }
        let mut kept = kept.into_iter().map(|(_, combination)| combination);
        let best = kept.next();
        let choices = self.choices.into_iter().collect();
        Combined { best, alternatives: kept.take(MOST_TOLD).collect(), choices, is_cut: self.is_cut }
    }
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
