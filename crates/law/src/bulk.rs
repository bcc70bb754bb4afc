//! A whole city at once: the fast path over all households, on all cores, answers in the order of the households.

use rayon::prelude::*;
use values::{AreaCode, Month};

use crate::book::ProgrammeUnit;
use crate::engine::evaluate::{Evaluator, HOUSEHOLD, Memo};
use crate::engine::program::{Program, V};
use crate::engine::quick::{Answer, Verdict, plain};
use crate::form::Facts;
use crate::library::{Library, MAX_MEMBERS};

/// One answer of the fast path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The programme's place in [`Library::programmes`].
    pub programme: u16,
    /// Which member (from 0); none for a household programme.
    pub member: Option<u16>,
    /// The answer.
    pub verdict: Verdict,
}

/// What a thread keeps from one household to the next: figures and books of the last area, space for values.
pub(crate) struct Desk<'l> {
    area: Option<AreaCode>,
    figures: Vec<V>,
    programs: Vec<Option<&'l Program>>,
    memo: Memo,
}

impl Desk<'_> {
    pub(crate) fn new() -> Self {
        Desk { area: None, figures: Vec::new(), programs: Vec::new(), memo: Memo::default() }
    }
}

impl Library {
    /// All programmes for all households of a month; `answers[i]` belongs to `households[i]`, in the order of
    /// [`Library::programmes`] and, for person programmes, of the members. No floating point, no order of threads in it:
    /// the same input gives the same output.
    pub fn determine_bulk(&self, month: Month, households: &[Facts]) -> Vec<Vec<Judged>> {
        households.par_iter().map_init(Desk::new, |desk, facts| self.household(month, facts, desk)).collect()
    }

    /// The same for one household.
    pub fn determine_quick(&self, month: Month, facts: &Facts) -> Vec<Judged> {
        let mut desk = Desk::new();
        self.household(month, facts, &mut desk)
    }

    pub(crate) fn household<'l>(&'l self, month: Month, facts: &Facts, desk: &mut Desk<'l>) -> Vec<Judged> {
        if desk.area != Some(facts.area) {
            self.figures.values(&facts.area, month, &mut desk.figures);
            desk.programs =
                self.programmes().iter().map(|info| self.program(&info.id, month, &facts.area).ok()).collect();
            desk.area = Some(facts.area);
        }
        let mut judged = Vec::with_capacity(1 + self.programmes().len() * facts.members.len());
        for (number, info) in self.programmes().iter().enumerate() {
            let members = match info.unit {
                ProgrammeUnit::Household => HOUSEHOLD..=HOUSEHOLD,
                ProgrammeUnit::Person if facts.members.is_empty() => continue,
                ProgrammeUnit::Person => 0..=facts.members.len() - 1,
            };
            let mut evaluator = match desk.programs[number] {
                Some(program) if facts.members.len() <= MAX_MEMBERS => {
                    Ok(Evaluator::new(program, month, facts, &desk.figures, &mut desk.memo))
                }
                Some(_) => Err(plain(Answer::NeedsPerson, None)),
                None => Err(plain(Answer::Unknown, None)),
            };
            for member in members {
                let verdict = match &mut evaluator {
                    Ok(evaluator) => evaluator.verdict(member),
                    Err(verdict) => *verdict,
                };
                let member = (member != HOUSEHOLD).then_some(member as u16);
                judged.push(Judged { programme: number as u16, member, verdict });
            }
        }
        judged
    }
}
