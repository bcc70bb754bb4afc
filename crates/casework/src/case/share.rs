//! Evidence is asked once: what was recorded on one case of an application is written to every open case beside it whose own
//! procedure needs it now.

use law::Procedure;
use values::Day;

use super::steps::{ACCEPT, CHECK, SURVEY, VISIT};
use super::{Act, Case, Event};

/// The event that `beside` takes over from `event`, which was recorded on the case numbered `from`; none when it is no evidence,
/// when the procedure does not need it, or when this is not its moment there.
pub fn shared(beside: &Case, procedure: &Procedure, event: &Event, from: &str) -> Option<Event> {
    let act = evidence(beside, procedure, &event.act)?;
    Some(Event {
        seq: beside.seq + 1,
        on: event.on,
        at: event.at.clone(),
        actor: event.actor.clone(),
        act,
        reason: event.reason.clone(),
        shared_from: Some(from.to_owned()),
    })
}

/// What an act on the case numbered `from` brings to the open cases beside it, each with the event added.
pub fn spread<'p>(
    event: &Event,
    from: &str,
    beside: impl IntoIterator<Item = (Case, &'p Procedure)>,
) -> Vec<(Case, Event)> {
    let mut taken = Vec::new();
    for (mut case, procedure) in beside {
        if let Some(event) = shared(&case, procedure, event, from) {
            case.add(&event);
            taken.push((case, event));
        }
    }
    taken
}

/// What a case that is opened later takes over from the one it stands beside: its evidence so far, in order, on `today`.
pub fn caught_up(
    beside: &Case,
    procedure: &Procedure,
    history: &[Event],
    from: &str,
    today: Day,
    at: &str,
) -> (Case, Vec<Event>) {
    let (mut case, mut events) = (beside.clone(), Vec::new());
    for event in history {
        if let Some(taken) = shared(&case, procedure, event, from) {
            let taken = Event { on: today, at: at.to_owned(), ..taken };
            case.add(&taken);
            events.push(taken);
        }
    }
    (case, events)
}

/// The act as it stands on the case beside: departments that it has asked already are not asked again.
fn evidence(beside: &Case, procedure: &Procedure, act: &Act) -> Option<Act> {
    if !beside.status().is_open() {
        return None;
    }
    let is_moment = |name: &str| beside.wrong_moment(procedure, name).is_empty();
    let is_taken = match act {
        Act::SupplementAsked { .. } => {
            beside.accepted_on.is_none() && !beside.was_supplement_asked && is_moment(ACCEPT)
        }
        Act::Supplemented => beside.is_awaiting_supplement(),
        Act::Authorised { by } => by.iter().any(|member| !beside.authorised_by.contains(member)),
        Act::Accepted => is_moment(ACCEPT),
        Act::CheckAsked { sources } => {
            let fresh: Vec<String> = sources.iter().filter(|one| !beside.asked.contains(one)).cloned().collect();
            let is_needed = is_moment(Case::name_of(procedure, &[CHECK, SURVEY]));
            return (is_needed && !fresh.is_empty()).then_some(Act::CheckAsked { sources: fresh });
        }
        Act::CheckAnswered { answer } => beside.silent_sources().contains(&answer.source.as_str()),
        Act::Visited { .. } => beside.visited_on.is_none() && is_moment(Case::name_of(procedure, &[VISIT, SURVEY])),
        Act::TripMade => true,
        _ => false, // opinion, publication, decision and money are each case's own
    };
    is_taken.then(|| act.clone())
}
