//! Programmes bound to months and an area, ready for columns.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use values::{AreaCode, Month};

use super::answers::Answers;
use super::build::Builder;
use super::code::{Code, Wanted, assemble};
use super::look::{Look, Shape};
use super::parts::Parts;
use super::run::run;
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
    /// The arithmetic for each look of columns met so far.
    codes: Mutex<BTreeMap<Look, Arc<Code>>>,
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
        let mut plan = Plan { form: self.form(), area, asked: Vec::new(), bound: Vec::new(), codes: Mutex::default() };
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

    /// The arithmetic for columns that look like these.
    fn code(&self, columns: &Columns<'_>) -> Arc<Code> {
        let look = Look::of(columns, self.form);
        let mut codes = self.codes.lock().expect("no thread stops while it holds the arithmetic");
        if let Some(code) = codes.get(&look) {
            return Arc::clone(code);
        }
        let code = Arc::new(self.assemble(&look));
        codes.insert(look, Arc::clone(&code));
        code
    }

    fn assemble(&self, look: &Look) -> Code {
        let mut parts = Parts::for_households_of(look.largest);
        let wanted: Vec<Option<Wanted>> = self
            .bound
            .iter()
            .map(|bound| {
                let (program, figures) = (bound.program?, &bound.figures);
                Wanted::of(&mut Builder::new(&mut parts, (self.form, look), program, figures, bound.month)).ok()
            })
            .collect();
        let loads = look.shapes.iter().map(|shape| match shape {
            Shape::Present { lanes, gaps: false, .. } => Some(*lanes),
            Shape::Present { .. } | Shape::Absent => None,
        });
        assemble(&parts, &wanted, &loads.collect())
    }

    fn ask(&mut self, library: &'l Library, programmes: &[&str], months: &[Month]) {
        let wanted = |id: &str| programmes.is_empty() || programmes.contains(&id);
        for &month in months {
            for info in library.programmes().iter().filter(|info| wanted(&info.id)) {
                let mut figures = Vec::new();
                library.figures.values(&self.area, month, &mut figures);
                let program = library.program(&info.id, month, &self.area).ok();
                self.asked.push(Asked { programme: info.id.to_string(), unit: info.unit, month });
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

    /// Of each question, whether it is decided in columns; the others go household by household, some hundred times slower.
    pub fn in_columns(&self, columns: &Columns<'_>) -> Vec<bool> {
        let code = self.code(columns);
        let decided = code.decisions.iter().zip(&self.bound);
        decided.map(|(decision, bound)| decision.is_some() || bound.program.is_none()).collect()
    }

    /// The answers to every question for all households, on all cores.
    ///
    /// # Panics
    /// Columns of another area than the plan's.
    pub fn answers(&self, columns: &Columns<'_>) -> Vec<Answers> {
        let code = self.code(columns);
        let pieces: Vec<Range<usize>> = pieces(columns.households()).collect();
        let answer = |piece| self.answer_with(&code, columns, piece);
        let answered: Vec<Vec<Answers>> = pieces.into_par_iter().map(answer).collect();
        let mut all = vec![Answers::default(); self.asked.len()];
        for piece in answered {
            all.iter_mut().zip(piece).for_each(|(all, piece)| all.append(piece));
        }
        all
    }

    /// The same for a few households, one by one: for so few no arithmetic is put together.
    ///
    /// # Panics
    /// Columns of another area than the plan's.
    pub fn answer_few(&self, columns: &Columns<'_>) -> Vec<Answers> {
        assert_eq!(columns.area(), self.area, "the plan is bound to another area");
        let mut answers = vec![Answers::default(); self.asked.len()];
        for (number, answers) in answers.iter_mut().enumerate() {
            let households = 0..columns.households();
            match self.bound[number].program {
                Some(program) => self.one_by_one(number, program, columns, households, answers),
                None => self.no_book(number, columns, households, answers),
            }
        }
        answers
    }

    /// The answers to every question for these households, on this thread.
    pub fn answer(&self, columns: &Columns<'_>, households: Range<usize>) -> Vec<Answers> {
        self.answer_with(&self.code(columns), columns, households)
    }

    fn answer_with(&self, code: &Code, columns: &Columns<'_>, households: Range<usize>) -> Vec<Answers> {
        assert_eq!(columns.area(), self.area, "the plan is bound to another area");
        let mut answers = vec![Answers::default(); self.asked.len()];
        run(code, columns, households.clone(), &mut answers);
        for (number, decision) in code.decisions.iter().enumerate() {
            match (decision, self.bound[number].program) {
                (Some(_), _) => {}
                (None, Some(program)) => {
                    self.one_by_one(number, program, columns, households.clone(), &mut answers[number])
                }
                (None, None) => self.no_book(number, columns, households.clone(), &mut answers[number]),
            }
        }
        answers
    }

    /// Household by household through the other evaluator: for what has no place in columns.
    fn one_by_one(
        &self,
        number: usize,
        program: &Program,
        columns: &Columns<'_>,
        households: Range<usize>,
        answers: &mut Answers,
    ) {
        let bound = &self.bound[number];
        let mut memo = Memo::default();
        for household in households {
            let facts = columns.household(self.form, household);
            let many = facts.members.len() > MAX_MEMBERS;
            let mut evaluator = Evaluator::new(program, bound.month, &facts, &bound.figures, &mut memo);
            let mut judge = |member| if many { plain(Answer::NeedsPerson, None) } else { evaluator.verdict(member) };
            if program.unit == ProgrammeUnit::Person {
                (0..facts.members.len()).for_each(|member| answers.push(judge(member)));
                continue;
            }
            let verdict = judge(HOUSEHOLD);
            let counted = (0..facts.members.len()).map(|at| verdict.counted.checked_shr(at as u32).unwrap_or(0) & 1);
            answers.counted.extend(counted.map(|bit| bit as u8));
            answers.push(verdict);
        }
    }

    /// Where no book is in force nothing is known.
    fn no_book(&self, number: usize, columns: &Columns<'_>, households: Range<usize>, answers: &mut Answers) {
        let members = columns.starts()[households.start] as usize..columns.starts()[households.end] as usize;
        let household = self.asked[number].unit == ProgrammeUnit::Household;
        let lanes = if household { households.len() } else { members.len() };
        (0..lanes).for_each(|_| answers.push(plain(Answer::Unknown, None)));
        if household {
            answers.counted.resize(members.len(), 0);
        }
    }
}

fn pieces(households: usize) -> impl Iterator<Item = Range<usize>> {
    (0..households.div_ceil(PIECE)).map(move |piece| piece * PIECE..((piece + 1) * PIECE).min(households))
}
