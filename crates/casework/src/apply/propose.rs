//! From the books and the facts of a moment to the proposals of an application, and from its first events to its cases.

use law::form::Facts;
use law::{Library, combine};
use values::{CaseId, Month, PersonId};

use super::plan::{Proposal, Reading, Told, plan};
use crate::case::{Act, Case, Event};

/// What the books propose for an application handed in that month, all programmes and members, on these facts.
pub fn propose(
    library: &Library,
    month: Month,
    facts: &Facts,
    members: &[PersonId],
    leading: &str,
    own_word: &str,
) -> Vec<Proposal> {
    let combined = combine(library, month, facts);
    let reading = |programme: &str| match library.procedure(programme, month, &facts.area) {
        Some(procedure) if procedure.steps.iter().any(|step| step.name == crate::case::HAND_IN) => Reading::Applied,
        Some(_) | None => Reading::ByItself,
    };
    let told = Told { combined: &combined, members, leading, own_word };
    plan(&library.determine_all(month, facts), &told, reading)
}

/// The cases that these first events open, each under its own book's procedure of the day.
///
/// # Panics
/// When a book has no procedure: [`propose`] opens none without.
pub fn opened(library: &Library, events: Vec<Event>, mut id: impl FnMut() -> CaseId) -> Vec<(Case, Event)> {
    let of = |event: Event, id: CaseId| {
        let Act::HandedIn { programmes, village, .. } = &event.act else { panic!("a case begins with its hand-in") };
        let procedure =
            library.procedure(&programmes[0], event.on.month(), village).expect("a book with its procedure");
        (Case::open(id, &event, procedure), event)
    };
    events.into_iter().map(|event| of(event, id())).collect()
}
