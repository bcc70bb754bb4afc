//! What to ask next: the facts that unknown answers hang on, the cheapest and most decisive first.
//!
//! In: what is known of a household. Out: questions in an order in which a form may ask them one at a time; none when every
//! answer is settled, or hangs only on a figure or book that nobody has. A fact is asked only while an answer hangs on it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use values::Month;

use crate::engine::quick::Answer;
use crate::form::{FactId, FactKind, Facts, OneForm, SourceId};
use crate::library::Library;
use crate::what_if::{Slot, WhatIf, facts_of, set, shown};

/// What it takes to learn a fact; the cheaper is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Cost {
    /// A department knows it: nobody need be asked.
    #[serde(rename = "部门")]
    Department,
    /// Whoever visits the home sees it.
    #[serde(rename = "入户")]
    Visit,
    /// Only the resident can say.
    #[serde(rename = "本人")]
    Resident,
}

/// A fact to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The fact.
    #[serde(skip)]
    pub fact: FactId,
    /// Its name in the form.
    pub name: String,
    /// Whose (from 0); none for the household's.
    pub member: Option<usize>,
    /// Who knows it.
    pub sources: Vec<String>,
    /// What it takes to learn it.
    pub cost: Cost,
    /// True when there is a value of it that alone settles an answer.
    pub settles: bool,
    /// Ids of the programmes that hang on it, in the order of the library.
    pub programmes: Vec<String>,
}

/// The source that is seen at home, as the form names it.
const VISIT: &str = "入户调查";

impl OneForm {
    /// What it takes to learn a fact, by the sources the form names for it.
    pub fn cost(&self, fact: FactId) -> Cost {
        let sources = &self.declaration(fact).sources;
        let own_word = SourceId(0);
        let is_visit = |source: SourceId| self.source_name(source) == VISIT;
        if sources.iter().any(|&source| source != own_word && !is_visit(source)) {
            Cost::Department
        } else if sources.iter().any(|&source| is_visit(source)) {
            Cost::Visit
        } else {
            Cost::Resident
        }
    }
}

/// The one question to ask next for these programmes (ids; unknown ids are passed over); nothing when all is settled, or hangs
/// only on what was declined: facts, and whose (from 0; none for the household's), to which the answer was 不知道.
pub fn next_question(
    library: &Library,
    month: Month,
    facts: &Facts,
    programmes: &[&str],
    declined: &BTreeSet<(FactId, Option<usize>)>,
) -> Option<Question> {
    let mut open = Open::find(library, month, facts, programmes);
    open.slots.retain(|&(fact, member), _| !declined.contains(&(fact, shown(member))));
    let cheapest = open.slots.keys().map(|slot| library.form().cost(slot.0)).min()?;
    open.slots.retain(|slot, _| library.form().cost(slot.0) == cheapest);
    open.ranked(facts).into_iter().next()
}

/// All that the answers hang on now, best first. What a form cannot learn it passes over: an answer may settle without it,
/// and after every answer the list is another one.
pub fn questions(library: &Library, month: Month, facts: &Facts, programmes: &[&str]) -> Vec<Question> {
    Open::find(library, month, facts, programmes).ranked(facts)
}

/// Of two questions as good the easier comes first: one nods, picks or knows a day before one reckons.
fn effort(kind: &FactKind) -> u8 {
    match kind {
        FactKind::YesNo | FactKind::Choice(_) | FactKind::Date => 0,
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => 1,
        FactKind::Count | FactKind::Ratio => 1,
    }
}

/// Facts that answers hang on: which answers, as programme and member.
struct Open<'l> {
    what_if: WhatIf<'l>,
    slots: BTreeMap<Slot, Vec<(usize, usize)>>,
}

/// At most so many trials are made to find whether a fact settles an answer alone; a fact behind them counts as one that
/// does not, which only changes the order.
const MOST_TRIALS: usize = 20_000;

impl<'l> Open<'l> {
    fn find(library: &'l Library, month: Month, facts: &Facts, programmes: &[&str]) -> Open<'l> {
        let mut what_if = WhatIf::new(library, month, &facts.area);
        let mut slots: BTreeMap<Slot, Vec<(usize, usize)>> = BTreeMap::new();
        for (programme, _) in
            library.programmes().iter().enumerate().filter(|(_, info)| programmes.contains(&info.id.as_str()))
        {
            for member in what_if.units(programme, facts) {
                for slot in facts_of(&what_if.lacks(programme, member, facts)) {
                    slots.entry(slot).or_default().push((programme, member));
                }
            }
        }
        Open { what_if, slots }
    }

    fn ranked(mut self, facts: &Facts) -> Vec<Question> {
        let mut trial = facts.clone();
        let slots = std::mem::take(&mut self.slots);
        let mut found: Vec<_> = slots
            .iter()
            .map(|(&slot, hanging)| {
                let settles = self.settles(slot, hanging, facts, &mut trial);
                let programmes: BTreeSet<usize> = hanging.iter().map(|(programme, _)| *programme).collect();
                (slot, settles, programmes)
            })
            .collect();
        let form = self.what_if.library.form();
        found.sort_by_key(|(slot, settles, hanging)| {
            (form.cost(slot.0), !settles, Reverse(hanging.len()), effort(&form.declaration(slot.0).kind), *slot)
        });
        found.iter().map(|(slot, settles, hanging)| self.question(*slot, *settles, hanging)).collect()
    }

    /// True when some value of the fact settles one of the answers that hang on it.
    fn settles(&mut self, slot: Slot, hanging: &[(usize, usize)], facts: &Facts, trial: &mut Facts) -> bool {
        let programmes: Vec<usize> = hanging.iter().map(|(programme, _)| *programme).collect();
        let settled = self.what_if.values_to_try(slot.0, &programmes).into_iter().any(|value| {
            set(trial, slot, value);
            self.what_if.verdicts < MOST_TRIALS
                && hanging.iter().any(|&(programme, member)| {
                    self.what_if.verdict(programme, member, trial).outcome != Answer::Unknown
                })
        });
        trial.clone_from(facts);
        settled
    }

    fn question(&self, (fact, member): Slot, settles: bool, hanging: &BTreeSet<usize>) -> Question {
        let library = self.what_if.library;
        let decl = library.form().declaration(fact);
        Question {
            fact,
            name: decl.name.to_string(),
            member: shown(member),
            sources: decl.sources.iter().map(|&source| library.form().source_name(source).to_string()).collect(),
            cost: library.form().cost(fact),
            settles,
            programmes: hanging.iter().map(|&at| library.programmes()[at].id.to_string()).collect(),
        }
    }
}
