//! What each act does to the case: the fold, act by act.

use law::{Gives, Term};
use values::{Day, Fen, Month, PersonId};

use super::record::{Confirmation, OpinionGiven};
use super::steps::{SURVEY, VISIT};
use super::{Act, Case, Clock, ClockKind, Event, GivenReason, Opinion, Pause};

impl Case {
    pub(super) fn visit(&mut self, on: Day, investigators: &[String; 2]) {
        self.visited_on = Some(on);
        self.investigators = investigators.to_vec();
    }

    pub(super) fn relieve(&mut self, on: Day, amount: Fen, missing: &[String]) {
        self.recorded.push((super::RELIEF.to_owned(), on));
        self.relief = Some((on, amount));
        self.missing = missing.to_vec();
    }

    /// After 退回, an opinion that says something else than what hung on the board has to hang anew.
    pub(super) fn opine(&mut self, event: &Event, opinion: &Opinion) {
        let hung = self.hanging().map(|posting| (posting.notice.amount, posting.notice.persons));
        let is_another = hung.is_some_and(|hung| hung != (opinion.amount, opinion.persons));
        if self.is_returned && is_another {
            self.take_down(event.on);
            self.publication_ended_on = None;
        }
        self.opinions.push(OpinionGiven { on: event.on, by: event.actor.clone(), opinion: opinion.clone() });
        (self.needs_new_opinion, self.is_returned) = (false, false);
    }

    pub(super) fn confirm(&mut self, event: &Event, amount: Fen, from: Month, gives: Gives) {
        self.confirmation = Some(Confirmation { on: event.on, by: event.actor.clone(), amount, from, gives });
        self.stop_clocks(event.on);
    }

    /// From a refusal on, the letter has its own clock.
    pub(super) fn refuse(&mut self, on: Day, reasons: &[GivenReason]) {
        self.refusal = Some((on, reasons.to_vec()));
        self.stop_clocks(on);
        self.clocks.extend(self.letter_term.map(|term| Clock::starting(ClockKind::Letter, term, on)));
    }

    pub(super) fn notify(&mut self, on: Day) {
        self.notified_on = Some(on);
        self.stop_clocks(on);
    }

    pub(super) fn withdraw(&mut self, on: Day) {
        self.is_withdrawn = true;
        self.stop_clocks(on);
    }

    /// The verbs by which a case goes from hand to hand, and what outsiders bring to it.
    pub(super) fn pass(&mut self, event: &Event) {
        match &event.act {
            Act::Reported { .. } => self.reported_on.push(event.on),
            Act::Sampled { .. } => self.is_sampled = true,
            Act::Paused { reason, .. } => self.pause(ClockKind::Promise, event.on, reason),
            Act::Resumed => self.resume(ClockKind::Promise, event.on),
            Act::Returned { step } => self.give_back(step),
            Act::Transferred { to } => (self.moved_to, self.holder) = (Some(*to), None),
            Act::Delegated { to } => self.holder = Some(to.clone()),
            Act::Claimed => self.holder = Some(event.actor.id.clone()),
            Act::Released => self.holder = None,
            Act::CoSignAsked { of } => self.co_signatures.push((of.clone(), None)),
            Act::CoSigned { .. } => self.co_sign(event),
            Act::Copied { to } => {
                let fresh: Vec<String> = to.iter().filter(|one| !self.watchers.contains(one)).cloned().collect();
                self.watchers.extend(fresh);
            }
            other => panic!("{} does not pass a case on", other.kind()),
        }
    }

    /// Back to the visit: it has to be made again. Back to the opinion: a new one is due.
    fn give_back(&mut self, step: &str) {
        (self.returns, self.needs_new_opinion, self.is_returned) = (self.returns + 1, true, true);
        if [VISIT, SURVEY].contains(&step) {
            self.visited_on = None;
        }
        self.co_signatures.clear();
    }

    fn co_sign(&mut self, event: &Event) {
        let mine = self.co_signatures.iter_mut().find(|(who, signed)| *who == event.actor.id && signed.is_none());
        if let Some((_, signed)) = mine {
            *signed = Some(event.on);
        }
    }

    pub(super) fn ask_supplement(&mut self, event: &Event, missing: &[String]) {
        self.was_supplement_asked = true;
        self.missing = missing.to_vec();
        self.pause(ClockKind::Promise, event.on, "等待补齐材料");
    }

    pub(super) fn authorise(&mut self, by: &[PersonId]) {
        let fresh = by.iter().filter(|member| !self.authorised_by.contains(member)).copied();
        self.authorised_by = self.authorised_by.iter().copied().chain(fresh).collect();
    }

    pub(super) fn accept(&mut self, on: Day) {
        self.accepted_on = Some(on);
        self.clocks.extend(self.statutory_term.map(|term| Clock::starting(ClockKind::Statute, term, on)));
    }

    pub(super) fn object(&mut self, event: &Event) {
        self.objections.push((event.on, None));
        self.pause(ClockKind::Promise, event.on, "核查公示异议");
    }

    /// After the inquiry the publication is over; where the picture changed, the township gives a new opinion (57号 第十九条).
    pub(super) fn settle(&mut self, on: Day, upholds_opinion: bool) {
        if let Some(open) = self.objections.iter_mut().find(|(_, settled)| settled.is_none()) {
            open.1 = Some(on);
        }
        self.needs_new_opinion |= !upholds_opinion;
        if !self.has_open_objection() {
            self.resume(ClockKind::Promise, on);
        }
    }

    pub(super) fn take_down(&mut self, on: Day) {
        if let Some(posting) = &mut self.posting {
            posting.withdrawn_on = Some(on);
        }
    }

    /// The longer limit runs from the same day as the one it replaces (57号 第二十二条).
    pub(super) fn extend(&mut self) {
        self.is_extended = true;
        let longer = self.extended_term;
        for clock in self.clocks.iter_mut().filter(|clock| clock.kind == ClockKind::Statute) {
            clock.term = longer.unwrap_or(clock.term);
        }
    }

    pub(super) fn pause(&mut self, kind: ClockKind, on: Day, reason: &str) {
        if let Some(clock) = self.clock_mut(kind).filter(|clock| !clock.is_paused()) {
            clock.pauses.push(Pause { from: on, until: None, reason: reason.to_owned() });
        }
    }

    pub(super) fn resume(&mut self, kind: ClockKind, on: Day) {
        if let Some(pause) = self.clock_mut(kind).and_then(|clock| clock.pauses.last_mut()) {
            pause.until.get_or_insert(on);
        }
    }

    pub(super) fn stop_clocks(&mut self, on: Day) {
        for clock in &mut self.clocks {
            clock.stopped_on.get_or_insert(on);
            if let Some(pause) = clock.pauses.last_mut() {
                pause.until.get_or_insert(on); // a case that ends while its clock stands still has ended, not paused
            }
        }
    }

    fn clock_mut(&mut self, kind: ClockKind) -> Option<&mut Clock> {
        self.clocks.iter_mut().find(|clock| clock.kind == kind)
    }
}

impl Clock {
    pub(super) fn starting(kind: ClockKind, term: Term, on: Day) -> Clock {
        Clock { kind, term, started_on: on, pauses: Vec::new(), stopped_on: None }
    }
}
