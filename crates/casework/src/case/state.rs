//! A case is the fold of its events: nothing here that the events do not say.

use law::{Procedure, Term};
use serde::{Deserialize, Serialize};
use values::{AreaCode, CaseId, Day, EnvelopeId, Fen, Month, PersonId};

use super::record::{Confirmation, Filed, OpinionGiven, Posting};
use super::way::{Waypoint, way_of};
use super::{Act, Answer, Clock, ClockKind, Event, GivenReason, Help};

/// One application and everything that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// How it was filed.
    pub filed: Filed,
    /// Number of the last event.
    pub seq: u32,
    /// The steps it goes through, in its book's order; an opinion stands before the decision even where the book names none.
    pub way: Vec<Waypoint>,
    /// How long the letter may take after a refusal, from the book's 告知.
    pub letter_term: Option<Term>,
    /// Steps of the book that have no form of their own, as they were done.
    pub recorded: Vec<(String, Day)>,
    /// 先行救助: what was given first, and when.
    pub relief: Option<(Day, Fen)>,
    /// Who has taken it from the office's queue; none while it lies there.
    pub holder: Option<String>,
    /// The office it was handed to (移交); none while it is its village's.
    pub moved_to: Option<AreaCode>,
    /// Who has to sign too (会签), with the day of the signature.
    pub co_signatures: Vec<(String, Option<Day>)>,
    /// Who sees it on a list (抄送).
    pub watchers: Vec<String>,
    /// True once the system drew it into the county's sample (抽查).
    pub is_sampled: bool,
    /// Days on which it was reported (举报).
    pub reported_on: Vec<Day>,
    /// Times it was sent back (退回).
    pub returns: u32,
    /// True from 退回 until the new opinion is there.
    pub is_returned: bool,
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
            items_reused,
            application,
            member,
            is_delegated,
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
            items_reused,
            application,
            member,
            is_delegated,
        };
        let promise = procedure.promise.map(|term| Clock::starting(ClockKind::Promise, term, first.on));
        let is_never_published = procedure.publication_forbidden || procedure.publication_days.is_none();
        let delegated = is_delegated.then(|| procedure.limits.iter().find(|limit| limit.name == DELEGATED)).flatten();
        Case {
            way: way_of(procedure),
            letter_term: procedure.steps.iter().find(|step| step.name == super::NOTIFY).map(|step| step.term),
            clocks: promise.into_iter().collect(),
            is_never_published,
            statutory_term: delegated.map(|limit| limit.term).or(procedure.statutory),
            extended_term: procedure.extended,
            trips: u32::from(help != Help::SomeoneElse),
            ..Case::empty(id, filed)
        }
    }

    fn empty(id: CaseId, filed: Filed) -> Case {
        Case {
            id,
            seq: 1,
            way: Vec::new(),
            letter_term: None,
            recorded: Vec::new(),
            relief: None,
            holder: None,
            moved_to: None,
            co_signatures: Vec::new(),
            watchers: Vec::new(),
            is_sampled: false,
            reported_on: Vec::new(),
            returns: 0,
            is_returned: false,
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
        let desk_before = self.held_by();
        match &event.act {
            Act::HandedIn { .. } => panic!("a case is handed in once"),
            Act::SupplementAsked { missing } => self.ask_supplement(event, missing),
            Act::Supplemented => self.resume(ClockKind::Promise, event.on),
            Act::Authorised { by } => self.authorise(by),
            Act::Accepted => self.accept(event.on),
            Act::CheckAsked { sources } => self.asked.extend(sources.iter().cloned()),
            Act::CheckAnswered { answer } => self.answers.push((event.on, answer.clone())),
            Act::Visited { investigators, .. } => self.visit(event.on, investigators),
            Act::StepRecorded { step, .. } => self.recorded.push((step.clone(), event.on)),
            Act::PanelHeld { .. } => self.recorded.push((super::PANEL.to_owned(), event.on)),
            Act::ReliefGiven { amount, missing } => self.relieve(event.on, *amount, missing),
            Act::OpinionGiven { opinion } => self.opine(event, opinion),
            Act::Posted { notice } => self.posting = Some(Posting { notice: notice.clone(), withdrawn_on: None }),
            Act::NoticeWithdrawn => self.take_down(event.on),
            Act::Objected { .. } => self.object(event),
            Act::ObjectionSettled { upholds_opinion, .. } => self.settle(event.on, *upholds_opinion),
            Act::PublicationEnded => self.publication_ended_on = Some(event.on),
            Act::CountyVisited { .. } => self.county_visited_on = Some(event.on),
            Act::Confirmed { amount, from, gives } => self.confirm(event, *amount, *from, *gives),
            Act::Refused { reasons } => self.refuse(event.on, reasons),
            Act::Notified => self.notify(event.on),
            Act::FirstPaid { month, envelope, amount } => self.first_paid = Some((*month, *envelope, *amount)),
            Act::Extended => self.extend(),
            Act::TripMade => self.trips += 1,
            Act::Withdrawn => self.withdraw(event.on),
            Act::Rated { score } => self.score = Some(*score),
            Act::Reported { .. }
            | Act::Sampled { .. }
            | Act::Paused { .. }
            | Act::Resumed
            | Act::Returned { .. }
            | Act::Transferred { .. }
            | Act::Delegated { .. }
            | Act::Claimed
            | Act::Released
            | Act::CoSignAsked { .. }
            | Act::CoSigned { .. }
            | Act::Copied { .. } => self.pass(event),
        }
        if self.held_by() != desk_before {
            self.holder = None; // it lies in the next office's queue
        }
    }
}

/// The name under which a book limits the time of a township that decides.
const DELEGATED: &str = "委托乡镇";
