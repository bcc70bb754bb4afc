//! What a reader of large tables must know before it reads them.

use std::collections::BTreeSet;

use values::{AreaCode, Month};

use crate::engine::program::Program;
use crate::form::FactId;
use crate::library::Library;

impl Library {
    /// The areas that a book or a dated figure names, and the nation. Two areas with the same nearest enclosing one of these
    /// are decided alike: they can share a [`Plan`](super::Plan).
    pub fn areas_named(&self) -> BTreeSet<AreaCode> {
        let nation = std::iter::once(AreaCode::NATION);
        nation.chain(self.programs.iter().map(|program| program.area)).chain(self.figures.areas()).collect()
    }

    /// The facts that can matter to these programmes in these months in any area, in the form's order; all programmes when
    /// the list is empty.
    pub fn facts_asked(&self, programmes: &[&str], months: &[Month]) -> Vec<FactId> {
        let programs = months.iter().flat_map(|month| self.in_force_somewhere(programmes, *month));
        let facts: BTreeSet<FactId> = programs.flat_map(Program::facts).collect();
        facts.into_iter().collect()
    }

    /// The names of all conditions (条件) and doubts (转人工) that can be a reason, each once, in the order of the books.
    pub fn reason_names(&self, programmes: &[&str], months: &[Month]) -> Vec<String> {
        let mut names = Vec::new();
        for program in months.iter().flat_map(|month| self.in_force_somewhere(programmes, *month)) {
            for clause in program.conditions.iter().chain(&program.doubts) {
                let name = clause.name.to_string();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The books in force in a month, each in its own area.
    fn in_force_somewhere<'l>(&'l self, programmes: &'l [&str], month: Month) -> impl Iterator<Item = &'l Program> {
        let wanted = move |program: &&Program| {
            (programmes.is_empty() || programmes.contains(&program.id.as_str())) && program.from.month() <= month
        };
        self.programs.iter().filter(wanted).filter(move |program| {
            !self
                .programs
                .iter()
                .filter(wanted)
                .any(|later| later.id == program.id && later.area == program.area && later.from > program.from)
        })
    }
}
