//! From a case of `casework` to what its pages show: bar, clocks, timeline, and the resident's answers. Nothing is decided here;
//! status, due days and lights are computed below the line.

use casework::case::{Act, Answer, Case, ClockKind, Event, Light as CaseLight, Opinion, Status, Step, StepState};
use law::{AmountPer, Gives, Procedure, Term};
use values::{Day, WorkCalendar};

use crate::parts::{Clock, ClockState, Identity, Light, Pause, SpineRow, SpineState};
use crate::words::application::{given, shared};
use crate::words::journey::{self, Standing, said, steps as names};
use crate::words::{case as w, clock as clock_words};

/// A case with all that its pages need to know of it.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its events, first to last.
    pub events: &'a [Event],
    /// The procedure it runs under.
    pub procedure: &'a Procedure,
    /// Working days.
    pub calendar: &'a WorkCalendar,
    /// The day of the page.
    pub today: Day,
    /// The title of its leading programme.
    pub programme: &'a str,
    /// The village's path.
    pub village: &'a str,
}

impl Told<'_> {
    /// The words for where the case stands.
    pub fn standing(&self) -> Standing {
        match self.case.status() {
            Status::HandedIn => journey::HANDED_IN,
            Status::AwaitingSupplement => journey::SUPPLEMENT,
            Status::Verifying => journey::INVESTIGATING,
            Status::AwaitingPanel => journey::PANEL,
            Status::AwaitingOpinion => journey::OPINION,
            Status::AwaitingPosting => journey::TO_POST,
            Status::Published => journey::POSTED,
            Status::UnderObjection => journey::OBJECTED,
            Status::CountyReview => journey::REVIEW,
            Status::AwaitingNotice if self.case.refusal.is_some() => journey::REFUSED_UNTOLD,
            Status::AwaitingNotice => journey::CONFIRMED_UNTOLD,
            Status::AwaitingFirstPayment => journey::CONFIRMED,
            Status::InPayment => journey::PAID,
            Status::Recognised => journey::RECOGNISED,
            Status::Refused => journey::REFUSED,
            Status::Withdrawn => journey::WITHDRAWN,
        }
    }

    /// The identity bar; name and second line as the reader may see them.
    pub fn identity(&self, who: &str, who_more: &str) -> Identity {
        let standing = self.standing();
        let last = self.events.last();
        Identity {
            who: who.to_owned(),
            who_more: who_more.to_owned(),
            asked: self.programme.to_owned(),
            asked_more: self.village.to_owned(),
            at: standing.at.to_owned(),
            at_more: last.map(|event| w::since(&event.on.with_weekday(), event.act.zh())).unwrap_or_default(),
            holder: self.case.held_by().map_or(w::NOBODY, |role| role.zh()).to_owned(),
            holder_more: last.map(|event| w::last_by(&event.actor.name)).unwrap_or_default(),
            promise: self.due(ClockKind::Promise),
            statute: self.due(ClockKind::Statute),
            next: standing.next.to_owned(),
            next_more: standing.next_by.to_owned(),
        }
    }

    /// A clock's due day and light, once it runs.
    pub fn due(&self, kind: ClockKind) -> Option<(Day, Light)> {
        let clock = self.case.clock(kind)?;
        Some((self.due_day(clock)?, self.light(clock)))
    }

    /// The due day; of a clock that stands still, as if it ran again today.
    fn due_day(&self, clock: &casework::case::Clock) -> Option<Day> {
        let mut running = clock.clone();
        if let Some(pause) = running.pauses.last_mut() {
            pause.until.get_or_insert(self.today);
        }
        running.due_on(self.calendar)
    }

    fn light(&self, clock: &casework::case::Clock) -> Light {
        let state = clock.light(self.today, self.calendar);
        let end = clock.stopped_on.unwrap_or(self.today);
        let left = self.due_day(clock).map_or(0, |due| due.days_since(end));
        match state {
            CaseLight::OnTime => Light::Good(left),
            CaseLight::DueSoon => Light::Soon(left),
            CaseLight::Late => Light::Late(-left),
            CaseLight::Paused => Light::Paused(clock.pauses.last().map(|p| p.reason.clone()).unwrap_or_default()),
            CaseLight::Done => Light::Done(clock_words::kept(clock.used_by(end, self.calendar).unwrap_or_default())),
            CaseLight::Unknown => Light::Calm(state.zh().to_owned()),
        }
    }

    /// The clocks that run, drawn.
    pub fn clocks(&self) -> Vec<Clock> {
        let drawn = |clock: &casework::case::Clock| {
            Some(Clock {
                name: format!("{} {}", clock.kind.zh(), clock.term),
                basis: match clock.kind {
                    ClockKind::Promise => clock_words::basis_promise(matches!(clock.term, Term::WorkingDays(_))),
                    ClockKind::Statute => clock_words::BASIS_STATUTE.to_owned(),
                    ClockKind::Letter => clock_words::BASIS_LETTER.to_owned(),
                },
                started: clock.started_on,
                due: self.due_day(clock)?,
                today: self.today,
                state: clock.stopped_on.map_or(ClockState::Running, ClockState::Stopped),
                pauses: clock
                    .pauses
                    .iter()
                    .map(|p| Pause { from: p.from, until: p.until, reason: p.reason.clone() })
                    .collect(),
                light: self.light(clock),
            })
        };
        self.case.clocks.iter().filter_map(drawn).collect()
    }

    /// The timeline: the steps of the book, and the first payment after them.
    pub fn spine(&self) -> Vec<SpineRow> {
        let steps = self.case.steps(self.procedure, self.calendar, self.today);
        let expected = expected_days(self.procedure, &steps, self.calendar);
        let mut rows: Vec<SpineRow> = steps.iter().zip(expected).map(|(step, by)| self.row(step, by)).collect();
        rows.push(self.payment_row());
        rows
    }

    fn row(&self, step: &Step, expected: Option<Day>) -> SpineRow {
        let over = |day: Day| step.due_on.map_or(0, |due| day.days_since(due).max(0));
        let state = match step.state {
            StepState::Done => SpineState::Done,
            StepState::DoneLate => SpineState::DoneLate(step.done_on.map_or(0, over)),
            StepState::Running => SpineState::Now,
            StepState::Late => SpineState::NowLate(over(self.today)),
            StepState::Waiting => SpineState::Ahead,
        };
        let mine: Vec<&Event> =
            self.events.iter().filter(|event| step_of(&event.act).is_some_and(|of| is_part(of, &step.name))).collect();
        SpineRow {
            title: step.name.clone(),
            who: mine.last().map_or(step.by.clone(), |event| event.actor.name.clone()),
            promised: step.due_on.or(expected),
            is_expected: step.due_on.is_none(),
            done: step.done_on,
            state,
            notes: mine.iter().flat_map(|event| notes(event).into_iter().chain(taken_over(event))).collect(),
            cause: self.cause(step, &mine),
            cite: step.cite.clone(),
        }
    }

    /// Why a step is late: what its events say, or who has not answered.
    fn cause(&self, step: &Step, mine: &[&Event]) -> String {
        let silent = self.case.silent_sources();
        let told = mine.iter().rev().find_map(|event| event.reason.clone());
        match told {
            Some(reason) => reason,
            None if step.name == names::CHECK && !silent.is_empty() => w::silent(&silent.join("、")),
            None => String::new(),
        }
    }

    fn payment_row(&self) -> SpineRow {
        let paid = self.events.iter().find(|event| matches!(event.act, Act::FirstPaid { .. }));
        let from = self.case.confirmation.as_ref().map(|yes| yes.from);
        SpineRow {
            title: names::FIRST_PAYMENT.to_owned(),
            who: paid.map_or(String::new(), |event| event.actor.name.clone()),
            promised: from.map(|month| month.first_day().plus_days(PAY_DAY - 1)),
            is_expected: paid.is_none(),
            done: paid.map(|event| event.on),
            state: if paid.is_some() { SpineState::Done } else { SpineState::Ahead },
            notes: paid.map(notes).unwrap_or_default(),
            cause: String::new(),
            cite: String::new(),
        }
    }
}

/// The day of the month by which money is to be there; shown as expected, enforced by the envelope and not here.
const PAY_DAY: i64 = 10;

/// Days by which steps that have not begun would be due, if each before them takes its whole time.
fn expected_days(procedure: &Procedure, steps: &[Step], calendar: &WorkCalendar) -> Vec<Option<Day>> {
    let mut by: Vec<(String, Option<Day>)> = Vec::new();
    for (rule, step) in procedure.steps.iter().zip(steps) {
        let before = rule.starts_from.iter().map(|name| by.iter().find(|(n, _)| n == name).and_then(|(_, day)| *day));
        let from = before.collect::<Option<Vec<Day>>>().and_then(|days| days.into_iter().max());
        let due = step.done_on.or(step.due_on).or_else(|| {
            let from = from?;
            match rule.term {
                Term::SameDay => Some(from),
                Term::Days(days) => Some(from.plus_days(i64::from(days))),
                Term::WorkingDays(days) => calendar.plus_working_days(from, days).ok(),
            }
        });
        by.push((rule.name.clone(), due));
    }
    by.into_iter().map(|(_, day)| day).collect()
}

/// The step of the book that an act belongs to.
fn step_of(act: &Act) -> Option<&str> {
    match act {
        Act::HandedIn { .. } | Act::Withdrawn => Some(names::HAND_IN),
        Act::SupplementAsked { .. } | Act::Supplemented | Act::Authorised { .. } | Act::Accepted => Some(names::ACCEPT),
        Act::CheckAsked { .. } | Act::CheckAnswered { .. } => Some(names::CHECK),
        Act::Visited { .. } => Some(names::VISIT),
        Act::OpinionGiven { .. } => Some(names::OPINION),
        Act::Posted { .. }
        | Act::NoticeWithdrawn
        | Act::Objected { .. }
        | Act::ObjectionSettled { .. }
        | Act::PublicationEnded => Some(names::PUBLISH),
        Act::CountyVisited { .. } | Act::Confirmed { .. } | Act::Refused { .. } | Act::Extended => Some(names::CONFIRM),
        Act::Notified => Some(names::NOTIFY),
        Act::StepRecorded { step, .. } | Act::Paused { step, .. } | Act::Returned { step } => Some(step),
        Act::PanelHeld { .. } => Some(names::PANEL),
        Act::ReliefGiven { .. } => Some(names::RELIEF),
        Act::Reported { .. } | Act::Sampled { .. } => Some(names::CONFIRM),
        Act::FirstPaid { .. } => Some(names::FIRST_PAYMENT),
        Act::Resumed
        | Act::Transferred { .. }
        | Act::Delegated { .. }
        | Act::Claimed
        | Act::Released
        | Act::CoSignAsked { .. }
        | Act::CoSigned { .. }
        | Act::Copied { .. } => None,
        Act::TripMade | Act::Rated { .. } => None,
    }
}

/// Whether what belongs to one step belongs to that one: older books have check and visit in one.
fn is_part(of: &str, step: &str) -> bool {
    of == step || step == names::SURVEY && [names::CHECK, names::VISIT].contains(&of)
}

/// What an event says, in sentences.
fn notes(event: &Event) -> Vec<String> {
    match &event.act {
        Act::HandedIn { items_reused, .. } if *items_reused > 0 => vec![said::reused(*items_reused)],
        Act::HandedIn { items_asked, items_prefilled, .. } => vec![said::handed_in(*items_asked, *items_prefilled)],
        Act::SupplementAsked { missing } => vec![said::supplement(&missing.join("、"))],
        Act::CheckAsked { sources } => vec![said::check_asked(&sources.join("、"))],
        Act::CheckAnswered { answer } => vec![answered(answer)],
        Act::Visited { investigators, findings } | Act::CountyVisited { investigators, findings } => {
            let seen = findings.iter().map(|f| format!("{}：{}", f.about, f.seen));
            std::iter::once(said::visited(&investigators.join("、"))).chain(seen).collect()
        }
        Act::OpinionGiven { opinion } => opined(opinion),
        Act::Posted { notice } => vec![said::posted_until(&notice.until.with_weekday())],
        Act::Objected { .. } => vec![said::OBJECTED.to_owned()],
        Act::ObjectionSettled { finding, .. } => vec![said::settled(finding)],
        Act::Confirmed { amount, from, gives } => {
            vec![said::approved(&given(*gives, &plain(*amount)), &from.to_string())]
        }
        Act::Refused { reasons } => reasons.iter().map(|r| format!("{}（{}）", r.text, r.cite)).collect(),
        Act::FirstPaid { month, amount, .. } => vec![said::paid(&month.to_string(), &plain(*amount))],
        Act::Supplemented | Act::Authorised { .. } | Act::Accepted => vec![],
        Act::StepRecorded { finding, .. } | Act::PanelHeld { finding, .. } => vec![finding.clone()],
        Act::ReliefGiven { amount, missing } => {
            std::iter::once(given(gives_once(), &plain(*amount))).chain(missing.iter().cloned()).collect()
        }
        Act::Paused { reason, .. } => vec![reason.clone()],
        Act::Reported { .. } | Act::Sampled { .. } | Act::Returned { .. } => {
            std::iter::once(event.act.zh().to_owned()).chain(event.reason.clone()).collect()
        }
        Act::Resumed
        | Act::Transferred { .. }
        | Act::Delegated { .. }
        | Act::Claimed
        | Act::Released
        | Act::CoSignAsked { .. }
        | Act::CoSigned { .. }
        | Act::Copied { .. } => vec![],
        Act::NoticeWithdrawn | Act::PublicationEnded => vec![],
        Act::Notified | Act::Extended | Act::TripMade | Act::Withdrawn | Act::Rated { .. } => vec![],
    }
}

/// Where evidence came from that was given for another case of the same application.
fn taken_over(event: &Event) -> Option<String> {
    event.shared_from.as_deref().map(shared)
}

const fn gives_once() -> Gives {
    Gives::Money(AmountPer::Once)
}

fn answered(answer: &Answer) -> String {
    if answer.found.is_empty() {
        said::nothing_found(&answer.source)
    } else {
        format!("{}：{}", answer.source, answer.found.join("；"))
    }
}

fn opined(opinion: &Opinion) -> Vec<String> {
    if opinion.in_favour {
        vec![said::in_favour(opinion.persons, &given(opinion.gives, &plain(opinion.amount)))]
    } else {
        opinion.reasons.iter().map(|r| format!("{}（{}）", r.text, r.cite)).collect()
    }
}

/// An amount inside a sentence: a whole amount drops its zeros.
fn plain(amount: values::Fen) -> String {
    let text = amount.to_string();
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}
