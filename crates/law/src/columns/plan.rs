//! Programmes bound to months and an area, ready for columns.

use std::ops::Range;

use rayon::prelude::*;
use values::{AreaCode, Month};

use super::answers::Answers;
use super::table::Columns;
use crate::book::ProgrammeUnit;
use crate::engine::evaluate::{Evaluator, HOUSEHOLD, Memo};
use crate::engine::program::{Program, V};
use crate::engine::quick::{Answer, plain};
use crate::form::{FactId, OneForm};
use crate::library::{Library, MAX_MEMBERS};

/// One question of a plan: a programme in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// 编号 of the programme.
    pub programme: String,
    /// For a household or for a person: what a lane of its answers is.
    pub unit: ProgrammeUnit,
    /// The month decided for.
    pub month: Month,
}

/// Programmes bound to months and an area. Answers are the same whatever the number of threads.
#[derive(Debug)]
pub struct Plan<'l> {
    form: &'l OneForm,
    area: AreaCode,
    asked: Vec<Asked>,
    bound: Vec<Bound<'l>>,
}

/// A programme with the values of its figures; no program where no book is in force.
#[derive(Debug)]
struct Bound<'l> {
    program: Option<&'l Program>,
    figures: Vec<V>,
    month: Month,
}

/// So many households are one piece of work.
const PIECE: usize = 1 << 14;

impl Library {
    /// Binds programmes (all of them when the list is empty) to months and an area; an unknown programme is left out.
    pub fn plan(&self, programmes: &[&str], months: &[Month], area: AreaCode) -> Plan<'_> {
        let mut plan = Plan { form: self.form(), area, asked: Vec::new(), bound: Vec::new() };
        plan.ask(self, programmes, months);
        plan
    }
}

impl<'l> Plan<'l> {
    /// Adds the same questions under other books: a reform beside its baseline. What both have in common is computed once.
    ///
    /// # Panics
    /// Books with another 一张表 than the first: their facts are not the same facts.
    pub fn beside(mut self, reform: &'l Library, programmes: &[&str], months: &[Month]) -> Plan<'l> {
        assert!(self.form.facts().eq(reform.form().facts()), "both sets of books must have the same form");
        self.ask(reform, programmes, months);
        self
    }

    fn ask(&mut self, library: &'l Library, programmes: &[&str], months: &[Month]) {
        let wanted = |id: &str| programmes.is_empty() || programmes.contains(&id);
        for &month in months {
            for info in library.programmes().iter().filter(|info| wanted(&info.id)) {
                let mut figures = Vec::new();
                library.figures.values(&self.area, month, &mut figures);
                let program = library.program(&info.id, month, &self.area).ok();
                self.asked.push(Asked { programme: info.id.clone(), unit: info.unit, month });
                self.bound.push(Bound { program, figures, month });
            }
        }
    }

    /// The questions, in the order of the answers.
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// The facts that can matter to any of the questions, in the form's order: all others need not be read.
    pub fn facts(&self) -> Vec<FactId> {
        let mut used: Vec<FactId> =
            self.bound.iter().filter_map(|bound| bound.program).flat_map(Program::facts).collect();
        used.sort_unstable();
        used.dedup();
        used
    }

    /// The answers to every question for all households, on all cores.
    ///
    /// # Panics
    /// Columns of another area than the plan's.
    pub fn answers(&self, columns: &Columns<'_>) -> Vec<Answers> {
        let pieces: Vec<Range<usize>> = pieces(columns.households()).collect();
        let answered: Vec<Vec<Answers>> = pieces.into_par_iter().map(|piece| self.answer(columns, piece)).collect();
        let mut all = vec![Answers::default(); self.asked.len()];
        for piece in answered {
            all.iter_mut().zip(piece).for_each(|(all, piece)| all.append(piece));
        }
        all
    }

    /// The answers to every question for these households, on this thread.
    pub fn answer(&self, columns: &Columns<'_>, households: Range<usize>) -> Vec<Answers> {
        assert_eq!(columns.area(), self.area, "the plan is bound to another area");
        self.one_by_one(columns, households)
    }

    /// Household by household through the other evaluator.
    fn one_by_one(&self, columns: &Columns<'_>, households: Range<usize>) -> Vec<Answers> {
        let mut answers = vec![Answers::default(); self.asked.len()];
        let mut memo = Memo::default();
        for number in households {
            let facts = columns.household(self.form, number);
            for ((bound, asked), answers) in self.bound.iter().zip(&self.asked).zip(&mut answers) {
                let lanes: Vec<usize> = match asked.unit {
                    ProgrammeUnit::Household => vec![HOUSEHOLD],
                    ProgrammeUnit::Person => (0..facts.members.len()).collect(),
                };
                for lane in lanes {
                    let verdict = match bound.program {
                        None => plain(Answer::Unknown, None),
                        Some(_) if facts.members.len() > MAX_MEMBERS => plain(Answer::NeedsPerson, None),
                        Some(program) => {
                            Evaluator::new(program, bound.month, &facts, &bound.figures, &mut memo).verdict(lane)
                        }
                    };
                    answers.push(verdict);
                    if lane == HOUSEHOLD {
                        answers.counted.extend(
                            (0..facts.members.len())
                                .map(|at| (verdict.counted.checked_shr(at as u32).unwrap_or(0) & 1) as u8),
                        );
                    }
                }
            }
        }
        answers
    }
}

fn pieces(households: usize) -> impl Iterator<Item = Range<usize>> {
    (0..households.div_ceil(PIECE)).map(move |piece| piece * PIECE..((piece + 1) * PIECE).min(households))
}
