//! A case is the fold of its events: nothing here that the events do not say.

use law::{Procedure, Term};
use serde::{Deserialize, Serialize};
use values::{CaseId, Day, EnvelopeId, Fen, Month, PersonId};

use super::record::{Confirmation, Filed, OpinionGiven, Posting};
use super::{Act, Answer, Clock, ClockKind, Event, GivenReason, Help, Pause};

/// One application and everything that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// How it was filed.
    pub filed: Filed,
    /// Number of the last event.
    pub seq: u32,
    /// True where the book forbids publication (children's privacy) or asks for none.
    pub is_never_published: bool,
    /// The two clocks; the statute's only once accepted.
    pub clocks: Vec<Clock>,
    /// The law's limit, kept until acceptance starts its clock.
    pub statutory_term: Option<Term>,
    /// The law's longer limit, for what the law names.
    pub extended_term: Option<Term>,
    /// True once the limit was extended.
    pub is_extended: bool,
    /// Members whose authorisation for the check is live: signed with the form or later.
    pub authorised_by: Vec<PersonId>,
    /// What was missing, from the one notice.
    pub missing: Vec<String>,
    /// True once the one notice was used.
    pub was_supplement_asked: bool,
    /// 受理.
    pub accepted_on: Option<Day>,
    /// Departments asked.
    pub asked: Vec<String>,
    /// What they answered, with the day.
    pub answers: Vec<(Day, Answer)>,
    /// The two who visited.
    pub investigators: Vec<String>,
    /// 入户.
    pub visited_on: Option<Day>,
    /// The township's opinions, the last one last.
    pub opinions: Vec<OpinionGiven>,
    /// The notice, once posted.
    pub posting: Option<Posting>,
    /// 公示 ended.
    pub publication_ended_on: Option<Day>,
    /// Objections: day, and day settled.
    pub objections: Vec<(Day, Option<Day>)>,
    /// True after an objection changed the picture: a new opinion is due.
    pub needs_new_opinion: bool,
    /// 县级入户.
    pub county_visited_on: Option<Day>,
    /// 确认.
    pub confirmation: Option<Confirmation>,
    /// 不予确认: day and reasons.
    pub refusal: Option<(Day, Vec<GivenReason>)>,
    /// 告知.
    pub notified_on: Option<Day>,
    /// 首次发放: month, envelope, amount.
    pub first_paid: Option<(Month, EnvelopeId, Fen)>,
    /// Times the resident went to an office.
    pub trips: u32,
    /// 好差评.
    pub score: Option<u8>,
    /// 撤回.
    pub is_withdrawn: bool,
}

impl Case {
    /// The case that a hand-in opens, under the procedure of its leading programme.
    ///
    /// # Panics
    /// When `first` is not a hand-in: a case begins with nothing else.
    pub fn open(id: CaseId, first: &Event, procedure: &Procedure) -> Case {
        let Act::HandedIn {
            number,
            household,
            village,
            programmes,
            help,
            authorised_by,
            relatives_on_staff,
            items_asked,
            items_prefilled,
        } = first.act.clone()
        else {
            panic!("a case begins with its hand-in")
        };
        let filed = Filed {
            number,
            household,
            village,
            on: first.on,
            programmes,
            help,
            authorised_by,
            relatives_on_staff,
            items_asked,
            items_prefilled,
        };
        let promise = procedure.promise.map(|term| Clock::starting(ClockKind::Promise, term, first.on));
        let is_never_published = procedure.publication_forbidden || procedure.publication_days.is_none();
        Case {
            clocks: promise.into_iter().collect(),
            is_never_published,
            statutory_term: procedure.statutory,
            extended_term: procedure.extended,
            trips: u32::from(help != Help::SomeoneElse),
            ..Case::empty(id, filed)
        }
    }

    fn empty(id: CaseId, filed: Filed) -> Case {
        Case {
            id,
            seq: 1,
            is_never_published: false,
            clocks: Vec::new(),
            statutory_term: None,
            extended_term: None,
            is_extended: false,
            authorised_by: filed.authorised_by.clone(),
            filed,
            missing: Vec::new(),
            was_supplement_asked: false,
            accepted_on: None,
            asked: Vec::new(),
            answers: Vec::new(),
            investigators: Vec::new(),
            visited_on: None,
            opinions: Vec::new(),
            posting: None,
            publication_ended_on: None,
            objections: Vec::new(),
            needs_new_opinion: false,
            county_visited_on: None,
            confirmation: None,
            refusal: None,
            notified_on: None,
            first_paid: None,
            trips: 0,
            score: None,
            is_withdrawn: false,
        }
    }

    /// The case that these events make. The first is the hand-in; numbers run from 1 without a gap.
    ///
    /// # Panics
    /// On an empty or gapped history: a history with a hole is not a history.
    pub fn replay(id: CaseId, events: &[Event], procedure: &Procedure) -> Case {
        let (first, rest) = events.split_first().expect("a case has at least its hand-in");
        assert_eq!(first.seq, 1, "a history begins with event 1");
        let mut case = Case::open(id, first, procedure);
        for event in rest {
            case.add(event);
        }
        case
    }

    /// Adds one event.
    ///
    /// # Panics
    /// When the event's number is not the next, or a second hand-in is added.
    pub fn add(&mut self, event: &Event) {
        assert_eq!(event.seq, self.seq + 1, "events are added in order");
        self.seq = event.seq;
        match &event.act {
            Act::HandedIn { .. } => panic!("a case is handed in once"),
            Act::SupplementAsked { missing } => self.ask_supplement(event, missing),
            Act::Supplemented => self.resume(ClockKind::Promise, event.on),
            Act::Authorised { by } => self.authorise(by),
            Act::Accepted => self.accept(event.on),
            Act::CheckAsked { sources } => self.asked.extend(sources.iter().cloned()),
            Act::CheckAnswered { answer } => self.answers.push((event.on, answer.clone())),
            Act::Visited { investigators, .. } => {
                self.visited_on = Some(event.on);
                self.investigators = investigators.to_vec();
            }
            Act::OpinionGiven { opinion } => {
                self.opinions.push(OpinionGiven { on: event.on, by: event.actor.clone(), opinion: opinion.clone() });
                self.needs_new_opinion = false;
            }
            Act::Posted { notice } => self.posting = Some(Posting { notice: notice.clone(), withdrawn_on: None }),
            Act::NoticeWithdrawn => self.take_down(event.on),
            Act::Objected { .. } => self.object(event),
            Act::ObjectionSettled { upholds_opinion, .. } => self.settle(event.on, *upholds_opinion),
            Act::PublicationEnded => self.publication_ended_on = Some(event.on),
            Act::CountyVisited { .. } => self.county_visited_on = Some(event.on),
            Act::Confirmed { amount, from } => {
                self.confirmation =
                    Some(Confirmation { on: event.on, by: event.actor.clone(), amount: *amount, from: *from });
                self.stop_clocks(event.on);
            }
            Act::Refused { reasons } => {
                self.refusal = Some((event.on, reasons.clone()));
                self.stop_clocks(event.on);
            }
            Act::Notified => self.notified_on = Some(event.on),
            Act::FirstPaid { month, envelope, amount } => self.first_paid = Some((*month, *envelope, *amount)),
            Act::Extended => self.extend(),
            Act::TripMade => self.trips += 1,
            Act::Withdrawn => {
                self.is_withdrawn = true;
                self.stop_clocks(event.on);
            }
            Act::Rated { score } => self.score = Some(*score),
        }
    }

    fn ask_supplement(&mut self, event: &Event, missing: &[String]) {
        self.was_supplement_asked = true;
        self.missing = missing.to_vec();
        self.pause(ClockKind::Promise, event.on, "等待补齐材料");
    }

    fn authorise(&mut self, by: &[PersonId]) {
        let fresh = by.iter().filter(|member| !self.authorised_by.contains(member)).copied();
        self.authorised_by = self.authorised_by.iter().copied().chain(fresh).collect();
    }

    fn accept(&mut self, on: Day) {
        self.accepted_on = Some(on);
        self.clocks.extend(self.statutory_term.map(|term| Clock::starting(ClockKind::Statute, term, on)));
    }

    fn object(&mut self, event: &Event) {
        self.objections.push((event.on, None));
        self.pause(ClockKind::Promise, event.on, "核查公示异议");
    }

    /// After the inquiry the publication is over; where the picture changed, the township gives a new opinion (57号 第十九条).
    fn settle(&mut self, on: Day, upholds_opinion: bool) {
        if let Some(open) = self.objections.iter_mut().find(|(_, settled)| settled.is_none()) {
            open.1 = Some(on);
        }
        self.needs_new_opinion |= !upholds_opinion;
        if !self.has_open_objection() {
            self.resume(ClockKind::Promise, on);
        }
    }

    fn take_down(&mut self, on: Day) {
        if let Some(posting) = &mut self.posting {
            posting.withdrawn_on = Some(on);
        }
    }

    /// The longer limit runs from the same day as the one it replaces (57号 第二十二条).
    fn extend(&mut self) {
        self.is_extended = true;
        let longer = self.extended_term;
        for clock in self.clocks.iter_mut().filter(|clock| clock.kind == ClockKind::Statute) {
            clock.term = longer.unwrap_or(clock.term);
        }
    }

    fn pause(&mut self, kind: ClockKind, on: Day, reason: &str) {
        if let Some(clock) = self.clock_mut(kind).filter(|clock| !clock.is_paused()) {
            clock.pauses.push(Pause { from: on, until: None, reason: reason.to_owned() });
        }
    }

    fn resume(&mut self, kind: ClockKind, on: Day) {
        if let Some(pause) = self.clock_mut(kind).and_then(|clock| clock.pauses.last_mut()) {
            pause.until.get_or_insert(on);
        }
    }

    fn stop_clocks(&mut self, on: Day) {
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

    /// The clock of that kind, once it runs.
    pub fn clock(&self, kind: ClockKind) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.kind == kind)
    }

    /// True between the one notice and the missing papers.
    pub fn is_awaiting_supplement(&self) -> bool {
        self.was_supplement_asked
            && self.accepted_on.is_none()
            && self.clock(ClockKind::Promise).is_some_and(Clock::is_paused)
    }

    /// The day the last department answered; `None` while one is silent or none was asked.
    pub fn check_done_on(&self) -> Option<Day> {
        let answered =
            |source: &String| self.answers.iter().filter(|(_, a)| a.source == *source).map(|(on, _)| *on).min();
        let days: Option<Vec<Day>> = self.asked.iter().map(answered).collect();
        days?.into_iter().max()
    }

    /// Departments that have not answered yet.
    pub fn silent_sources(&self) -> Vec<&str> {
        let is_silent = |source: &&String| !self.answers.iter().any(|(_, answer)| answer.source == **source);
        self.asked.iter().filter(is_silent).map(String::as_str).collect()
    }

    /// The opinion that counts; none while a new one is due.
    pub fn standing_opinion(&self) -> Option<&OpinionGiven> {
        self.opinions.last().filter(|_| !self.needs_new_opinion)
    }

    /// The notice that hangs or has hung its whole time; one taken down early counts for nothing.
    pub fn hanging(&self) -> Option<&Posting> {
        self.posting.as_ref().filter(|posting| posting.withdrawn_on.is_none())
    }

    /// True while an objection is open.
    pub fn has_open_objection(&self) -> bool {
        self.objections.iter().any(|(_, settled)| settled.is_none())
    }

    /// The day of the county's yes or no.
    pub fn decided_on(&self) -> Option<Day> {
        self.confirmation.as_ref().map(|yes| yes.on).or(self.refusal.as_ref().map(|(on, _)| *on))
    }
}

impl Clock {
    fn starting(kind: ClockKind, term: Term, on: Day) -> Clock {
        Clock { kind, term, started_on: on, pauses: Vec::new(), stopped_on: None }
    }
}
