//! Which question comes next: the law's own ranking says what settles most. When nothing that can still be asked is missing,
//! the asking stops.

use std::collections::BTreeSet;

use law::form::{FactId, Facts};
use law::{Determination, Library, Outcome};
use values::Month;

use super::talk::Slot;

/// A question: one fact, of those members of whom it is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The fact.
    pub fact: FactId,
    /// Whose; none for the household's.
    pub members: Vec<Option<usize>>,
    /// Programmes that hang on it, by id.
    pub programmes: BTreeSet<String>,
}

/// How the asking stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What the books say of every programme asked for, and of each member where they decide for persons.
    pub determinations: Vec<Determination>,
    /// What to ask next; nothing when the answers are settled, or hang on what nobody here can say.
    pub question: Option<Question>,
    /// How many programmes have their answer.
    pub settled: usize,
    /// How many still hang on something that can be asked.
    pub open: usize,
}

/// Judges, and chooses the next question: the fact that settles most, of everybody of whom it is missing.
pub fn standing(
    library: &Library,
    month: Month,
    facts: &Facts,
    programmes: &[&str],
    declined: &BTreeSet<Slot>,
) -> Standing {
    let determinations: Vec<Determination> =
        programmes.iter().flat_map(|programme| library.determine(programme, month, facts)).collect();
    let mut lacks: Vec<(Slot, &str)> = Vec::new();
    for one in &determinations {
        let Outcome::Unknown { missing } = &one.outcome else { continue };
        let can_be_asked = missing.iter().filter_map(|lack| {
            let slot = Slot { fact: library.form().fact(&lack.name)?, member: lack.member };
            (!declined.contains(&slot)).then_some((slot, one.programme.as_str()))
        });
        lacks.extend(can_be_asked);
    }
    let open = lacks.iter().map(|(_, programme)| *programme).collect::<BTreeSet<_>>().len();
    let all = determinations.iter().map(|one| &one.programme).collect::<BTreeSet<_>>().len();
    let passed_over = declined.iter().map(|slot| (slot.fact, slot.member)).collect();
    let next = law::next_question(library, month, facts, programmes, &passed_over);
    let question = next.map(|next| {
        let own = || lacks.iter().filter(|(slot, _)| slot.fact == next.fact);
        let members: BTreeSet<_> = own().map(|(slot, _)| slot.member).chain([next.member]).collect();
        let programmes = own().map(|(_, programme)| (*programme).to_owned()).collect();
        Question { fact: next.fact, members: members.into_iter().collect(), programmes }
    });
    Standing { determinations, question, settled: all - open, open }
}
