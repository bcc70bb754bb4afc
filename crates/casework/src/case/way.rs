//! The way a case goes: the steps of its book, kept on the case, so that where it stands needs nothing but the case.

use law::{Procedure, Step, Term};
use serde::{Deserialize, Serialize};
use values::{Day, WorkCalendar};

use super::steps::{CONFIRM, NOTIFY, OPINION, PUBLICATION};
use super::{Case, Clock, ClockKind};

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waypoint {
    /// As the book names it.
    pub name: String,
    /// Steps that must be done before.
    pub after: Vec<String>,
    /// How long it may take.
    pub term: Term,
}

/// The steps of a procedure in the book's order. Where the book names no opinion, one stands before the publication or the
/// decision all the same: whoever decides has something to decide on that another person signed.
pub(super) fn way_of(procedure: &Procedure) -> Vec<Waypoint> {
    let point = |step: &Step| Waypoint { name: step.name.clone(), after: step.starts_from.clone(), term: step.term };
    let mut way: Vec<Waypoint> = procedure.steps.iter().map(point).collect();
    if procedure.publication_forbidden {
        without_publication(&mut way);
    }
    let is_named = way.iter().any(|point| point.name == OPINION);
    let place = [PUBLICATION, CONFIRM].iter().find_map(|name| way.iter().position(|point| point.name == *name));
    if let (false, Some(place)) = (is_named, place) {
        let (after, term) = (way[place].after.clone(), Term::SameDay);
        way.insert(place, Waypoint { name: OPINION.to_owned(), after, term });
    }
    way
}

/// Where the law forbids a notice nothing waits for one.
fn without_publication(way: &mut Vec<Waypoint>) {
    let Some(place) = way.iter().position(|point| point.name == PUBLICATION) else { return };
    let before = way.remove(place).after;
    for point in way.iter_mut().filter(|point| point.after.iter().any(|name| name == PUBLICATION)) {
        point.after.retain(|name| name != PUBLICATION);
        point.after.extend(before.iter().cloned());
    }
}

/// The step of that name, or what stands for it: the opinion before publication or decision, the letter after the decision.
pub(super) fn step_asked(procedure: &Procedure, name: &str) -> Option<Step> {
    let named = |name: &str| procedure.steps.iter().find(|step| step.name == name);
    let instead = |name: &str, starts_from: Vec<String>| Step {
        name: name.to_owned(),
        by: String::new(),
        term: Term::SameDay,
        starts_from,
        parallel: Vec::new(),
        pausable: None,
        cite: String::new(),
    };
    match named(name) {
        Some(step) => Some(step.clone()),
        None if name == OPINION => {
            named(PUBLICATION).or(named(CONFIRM)).map(|next| instead(OPINION, next.starts_from.clone()))
        }
        None if name == NOTIFY => named(CONFIRM).map(|_| instead(NOTIFY, vec![CONFIRM.to_owned()])),
        None => None,
    }
}

impl Case {
    /// The first step of the way that is not done and may be done now: every step before it is done.
    pub fn next_step(&self) -> Option<&str> {
        self.running().map(|(point, _)| point.name.as_str())
    }

    /// The step that is next, since when it runs, and its last day; the day is none where the calendar does not reach, and where
    /// the promise stands still.
    pub fn running_step(&self, calendar: &WorkCalendar) -> Option<(&str, Day, Option<Day>)> {
        let (point, since) = self.running()?;
        let is_paused = self.clock(ClockKind::Promise).is_some_and(Clock::is_paused);
        let due = match (self.hanging(), point.term) {
            _ if is_paused => None,
            (Some(posting), _) if point.name == PUBLICATION => Some(posting.notice.until.plus_days(1)),
            (_, Term::SameDay) => Some(since),
            (_, Term::Days(days)) => Some(since.plus_days(i64::from(days))),
            (_, Term::WorkingDays(days)) => calendar.plus_working_days(since, days).ok(),
        };
        Some((&point.name, since, due))
    }

    fn running(&self) -> Option<(&Waypoint, Day)> {
        self.way.iter().filter(|point| self.completed_on(&point.name).is_none()).find_map(|point| {
            let before: Option<Vec<Day>> = point.after.iter().map(|name| self.completed_on(name)).collect();
            Some((point, before?.into_iter().max().unwrap_or(self.filed.on)))
        })
    }

    /// True where the way has a step of that name.
    pub fn has_step(&self, name: &str) -> bool {
        self.way.iter().any(|point| point.name == name)
    }
}
