//! Which question comes next: the fact on which most programmes still hang. The books say what is missing; when nothing that
//! can still be asked is, the asking stops.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

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

/// What is missing of one fact.
#[derive(Default)]
struct Lack {
    members: BTreeSet<Option<usize>>,
    programmes: BTreeSet<String>,
    rank: usize,
}

/// Judges, and chooses the next question.
pub fn standing(
    library: &Library,
    month: Month,
    facts: &Facts,
    programmes: &[&str],
    declined: &BTreeSet<Slot>,
) -> Standing {
    let determinations: Vec<Determination> =
        programmes.iter().flat_map(|programme| library.determine(programme, month, facts)).collect();
    let mut lacks: BTreeMap<FactId, Lack> = BTreeMap::new();
    for one in &determinations {
        let Outcome::Unknown { missing } = &one.outcome else { continue };
        let can_be_asked = missing.iter().filter_map(|lack| {
            let slot = Slot { fact: library.form().fact(&lack.name)?, member: lack.member };
            (!declined.contains(&slot)).then_some(slot)
        });
        for (rank, slot) in can_be_asked.enumerate() {
            let lack = lacks.entry(slot.fact).or_insert_with(|| Lack { rank, ..Lack::default() });
            lack.members.insert(slot.member);
            lack.programmes.insert(one.programme.clone());
            lack.rank = lack.rank.min(rank);
        }
    }
    let open: BTreeSet<&String> = lacks.values().flat_map(|lack| &lack.programmes).collect();
    let all: BTreeSet<&String> = determinations.iter().map(|one| &one.programme).collect();
    let (settled, open) = (all.len() - open.len(), open.len());
    // What follows from an answer (何时问) is asked right behind it, as people talk.
    let follows = |fact: FactId| library.form().declaration(fact).ask_when.is_some();
    let order = |fact: FactId, lack: &Lack| (!follows(fact), Reverse(lack.programmes.len()), lack.rank, fact);
    let most = lacks.into_iter().min_by_key(|(fact, lack)| order(*fact, lack));
    let question = most.map(|(fact, lack)| Question {
        fact,
        members: lack.members.into_iter().collect(),
        programmes: lack.programmes,
    });
    Standing { determinations, question, settled, open }
}
