//! Cases: events are added once, in order, with their projection; who comes second is told.

use casework::apply::{self, HandIn};
use casework::case::{Act, Actor, Case, Desk, Event, Role, Status};
use casework::{decide, pay, publish, verify};
use law::Procedure;
use store::apply::{Append, Appended};
use store::outbox::Message;
use store::{Store, StoreError};
use values::{AwardId, CaseId, Day, HouseholdId, PersonId, WorkCalendar};

use crate::desk;
use crate::engines::{House, on_both};
use crate::people::*;

/// The widow's case, kept as it grows.
pub struct Story {
    pub case: Case,
    pub person: PersonId,
    pub calendar: WorkCalendar,
    procedure: Procedure,
}

impl Story {
    /// Handed in at her village and written.
    pub async fn begun(store: &Store, on: &str) -> Story {
        let (county, person) = store.find_identity(&city()[0].members[0].id_number).await.unwrap().unwrap();
        let household = store.person(county, person).await.unwrap().household;
        let running_number = store.next_running_number(county, day(on)).await.unwrap();
        let form = HandIn { household, running_number, authorised_by: vec![person], ..desk::form() };
        let (calendar, procedure, at, by) = (desk::calendar(), desk::procedure(), at(on), desk::assistant());
        let desk = Desk { actor: &by, today: day(on), at: &at, procedure: &procedure, calendar: &calendar };
        let first = apply::hand_in(&desk, &form).unwrap();
        let case = Case::open(CaseId(store.next_id(MORNING)), &first, &procedure);
        let story = Story { case, person, calendar, procedure };
        story.write(store, Append { events: vec![first], ..Append::default() }).await.unwrap();
        story
    }

    /// The next event, added to the case in memory.
    pub fn event(&mut self, on: &str, by: &Actor, judge: impl FnOnce(&Case, &Desk<'_>) -> Act) -> Event {
        let at = at(on);
        let desk = Desk { actor: by, today: day(on), at: &at, procedure: &self.procedure, calendar: &self.calendar };
        let event = desk.event(&self.case, judge(&self.case, &desk), None);
        self.case.add(&event);
        event
    }

    pub async fn write(&self, store: &Store, append: Append) -> Result<Appended, StoreError> {
        store.append(&self.case, append, &self.calendar, hand()).await
    }

    /// One act, judged and written.
    pub async fn act(&mut self, store: &Store, on: &str, by: &Actor, judge: impl FnOnce(&Case, &Desk<'_>) -> Act) {
        let event = self.event(on, by, judge);
        self.write(store, Append { events: vec![event], ..Append::default() }).await.unwrap();
    }

    /// Accepted, checked and visited, with the township's opinion.
    pub async fn until_opinion(&mut self, store: &Store) {
        let person = self.person;
        self.act(store, "2021-09-07", &desk::clerk(), |c, d| apply::accept(c, d, &[person]).unwrap()).await;
        let ask = |c: &Case, d: &Desk<'_>| verify::ask_check(c, d, &["税务".into()]).unwrap();
        self.act(store, "2021-09-07", &desk::clerk(), ask).await;
        let answered = |c: &Case, d: &Desk<'_>| verify::answer_check(c, d, desk::answer("税务")).unwrap();
        self.act(store, "2021-09-08", &desk::checker(), answered).await;
        let visit = |c: &Case, d: &Desk<'_>| verify::visit(c, d, ["T1".into(), "S1".into()], desk::seen()).unwrap();
        self.act(store, "2021-09-09", &desk::clerk(), visit).await;
        let opinion = |c: &Case, d: &Desk<'_>| decide::give_opinion(c, d, desk::opinion()).unwrap();
        self.act(store, "2021-09-10", &desk::clerk(), opinion).await;
    }

    /// Through the county's yes, with the award and a message.
    pub async fn until_confirmed(&mut self, store: &Store) {
        let person = self.person;
        self.until_opinion(store).await;
        let post = |c: &Case, d: &Desk<'_>| publish::post(c, d, "最低生活保障").unwrap();
        self.act(store, "2021-09-10", &desk::clerk(), post).await;
        self.act(store, "2021-09-18", &Actor::system(), |c, d| publish::end(c, d).unwrap()).await;
        let confirm = |c: &Case, d: &Desk<'_>| decide::confirm(c, d, "2021-10".parse().unwrap()).unwrap();
        let event = self.event("2021-09-22", &desk::approver(), confirm);
        let award = pay::award(&self.case, AwardId(store.next_id(MORNING)), person).unwrap();
        let message = Message {
            id: store.next_id(MORNING),
            topic: "case.confirmed".into(),
            subject: format!("case:{}", self.case.id),
            payload: "{}".into(),
        };
        let append = Append {
            events: vec![event],
            awards: vec![award],
            award_members: vec![person],
            messages: vec![message],
            ..Append::default()
        };
        self.write(store, append).await.unwrap();
    }
}

fn at(on: &str) -> String {
    format!("{on}T09:00:00+08:00")
}

#[test]
fn the_case_in_the_store_is_the_fold_of_its_events() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut story = Story::begun(&house.store, "2021-09-06").await;
        story.until_confirmed(&house.store).await;
        let events = house.store.events(yuhu(), story.case.id).await.unwrap();
        let replayed = Case::replay(story.case.id, &events, &desk::procedure());
        assert_eq!(replayed, story.case);
        let kept = house.store.case_by_number("430302-20210906-00001").await.unwrap();
        assert_eq!(kept, replayed, "{}", house.engine);
        let row = &house.store.cases_of(yuhu(), kept.filed.household).await.unwrap()[0];
        assert_eq!((row.status, row.decided_on), (Status::AwaitingNotice, Some(day("2021-09-22"))));
        assert_eq!((row.promise_due_on, row.statute_due_on), (Some(day("2021-09-26")), Some(day("2021-10-25"))));
        assert_eq!(house.store.open_case_of(yuhu(), kept.filed.household).await.unwrap(), None);
        assert_eq!(house.store.awards_of_county(yuhu()).await.unwrap().len(), 4);
        assert_eq!(house.store.messages_waiting().await.unwrap(), 1);
        assert_eq!(house.store.verify_audit().await.unwrap().broken, None);
    });
}

#[test]
fn who_acts_on_an_old_page_is_told_and_leaves_nothing() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut fast = Story::begun(&house.store, "2021-09-06").await;
        let kept = house.store.case_by_number(&fast.case.filed.number).await.unwrap();
        let mut slow =
            Story { case: kept, person: fast.person, calendar: desk::calendar(), procedure: desk::procedure() };
        fast.act(&house.store, "2021-09-07", &desk::clerk(), |_, _| Act::Accepted).await;
        let event = slow.event("2021-09-07", &desk::clerk(), |_, _| Act::Withdrawn);
        let refused = slow.write(&house.store, Append { events: vec![event], ..Append::default() }).await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{}: {refused}", house.engine);
        assert_eq!(house.store.events(yuhu(), fast.case.id).await.unwrap().len(), 2);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit WHERE act = 'withdrawn'").await, 0);
    });
}

#[test]
fn two_who_hand_in_the_same_number_at_once_make_one_case() {
    on_both(async |house| {
        settle(&house.store).await;
        let first = Story::begun(&house.store, "2021-09-06").await;
        let mut same = first.case.clone();
        same.id = CaseId(house.store.next_id(MORNING));
        let events = house.store.events(yuhu(), first.case.id).await.unwrap();
        let append = Append { events, ..Append::default() };
        let refused = house.store.append(&same, append, &first.calendar, hand()).await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{}: {refused}", house.engine);
        assert_eq!(house.store.next_running_number(yuhu(), day("2021-09-06")).await.unwrap(), 2);
    });
}

#[test]
fn a_button_pressed_twice_writes_once() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut story = Story::begun(&house.store, "2021-09-06").await;
        let event = story.event("2021-09-07", &desk::clerk(), |_, _| Act::Accepted);
        let append = Append { events: vec![event], idempotency_key: Some("k1".into()), ..Append::default() };
        assert_eq!(story.write(&house.store, append.clone()).await.unwrap(), Appended::Written);
        assert_eq!(story.write(&house.store, append).await.unwrap(), Appended::AlreadyWritten, "{}", house.engine);
        assert_eq!(house.store.events(yuhu(), story.case.id).await.unwrap().len(), 2);
    });
}

#[test]
fn a_key_whose_act_failed_is_free_again() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut story = Story::begun(&house.store, "2021-09-06").await;
        let before = story.case.clone();
        let event = story.event("2021-09-07", &desk::clerk(), |_, _| Act::Accepted);
        let append = Append { events: vec![event], idempotency_key: Some("k1".into()), ..Append::default() };
        let mut ahead = story.case.clone();
        ahead.seq += 1; // a case the database has never seen
        assert!(house.store.append(&ahead, append.clone(), &story.calendar, hand()).await.is_err());
        assert_eq!(house.store.case_by_number(&before.filed.number).await.unwrap(), before, "{}", house.engine);
        assert_eq!(story.write(&house.store, append).await.unwrap(), Appended::Written);
    });
}

#[test]
fn a_resident_follows_a_case_by_number_and_tail_and_strangers_learn_nothing() {
    on_both(async |house| {
        settle(&house.store).await;
        let story = Story::begun(&house.store, "2021-09-06").await;
        let number = story.case.filed.number.as_str();
        let tail = |at: usize| city()[0].members[at].id_number[14..].to_owned();
        let table = [
            (number, tail(0), true),
            (number, tail(1), true),
            (number, "0000".into(), false),
            ("430302-20210906-00002", tail(0), false),
            ("430304-20210906-00001", tail(0), false),
            ("周桂兰", tail(0), false),
            ("", tail(0), false),
        ];
        for (number, tail, is_found) in table {
            let found = house.store.track(number, &tail).await.unwrap();
            assert_eq!(found.is_some(), is_found, "{} {number} {tail}", house.engine);
        }
    });
}

#[test]
fn a_desk_shows_its_cases_the_most_urgent_first_and_the_paused_last() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut late = Story::begun(&house.store, "2021-09-08").await;
        let early = Story::begun(&house.store, "2021-09-06").await;
        let mut paused = Story::begun(&house.store, "2021-09-01").await;
        for story in [&mut late, &mut paused] {
            let person = story.person;
            story.act(&house.store, "2021-09-09", &desk::clerk(), |c, d| apply::accept(c, d, &[person]).unwrap()).await;
        }
        let object = |_: &Case, _: &Desk<'_>| Act::Objected { summary: "有新房".into(), is_named: false };
        paused.act(&house.store, "2021-09-10", &desk::clerk(), object).await;
        let queue = |within: &'static str| async move {
            let rows = house.store.queue(Role::TownshipClerk, area(within), 10).await.unwrap();
            rows.into_iter().map(|row| row.handed_in_on.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(queue("430302202").await, ["2021-09-06", "2021-09-08", "2021-09-01"], "{}", house.engine);
        assert_eq!(queue("430302203").await, Vec::<String>::new());
        let found = house.store.search_cases("430302-202109", yuhu(), 10).await.unwrap();
        assert_eq!(
            found.iter().map(|row| row.handed_in_on).collect::<Vec<_>>(),
            ["2021-09-08", "2021-09-06", "2021-09-01"].map(day)
        );
        let _ = early;
    });
}

/// The first day, the last day, the day after; another village.
#[test]
fn a_notice_hangs_for_its_days_and_no_longer() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut story = Story::begun(&house.store, "2021-09-06").await;
        story.until_confirmed(&house.store).await;
        let until = story.case.posting.as_ref().unwrap().notice.until;
        let table: [(&str, Day, usize); 5] = [
            ("430302202204", day("2021-09-09"), 0),
            ("430302202204", day("2021-09-10"), 1),
            ("430302", until, 1),
            ("430302", until.plus_days(1), 0),
            ("430302202205", until, 0),
        ];
        for (within, today, hanging) in table {
            let board = house.store.board(area(within), today, 10).await.unwrap();
            assert_eq!(board.len(), hanging, "{} {within} {today}", house.engine);
        }
    });
}

/// Taken down on its third day: gone from that moment, although its last day has not come; posted anew, it hangs again.
#[test]
fn a_notice_taken_down_early_hangs_no_longer() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut story = Story::begun(&house.store, "2021-09-06").await;
        story.until_opinion(&house.store).await;
        let post = |c: &Case, d: &Desk<'_>| publish::post(c, d, "最低生活保障").unwrap();
        let down = |c: &Case, d: &Desk<'_>| publish::withdraw_notice(c, d, "地址写错").unwrap();
        let hanging = async |on: &str| house.store.board(yuhu(), day(on), 10).await.unwrap().len();
        story.act(&house.store, "2021-09-10", &desk::clerk(), post).await;
        assert_eq!(hanging("2021-09-12").await, 1, "{}", house.engine);
        story.act(&house.store, "2021-09-12", &desk::clerk(), down).await;
        assert_eq!(hanging("2021-09-12").await, 0, "{}", house.engine);
        story.act(&house.store, "2021-09-13", &desk::clerk(), post).await;
        let board = house.store.board(yuhu(), day("2021-09-20"), 10).await.unwrap();
        assert_eq!(board.iter().map(|notice| notice.posted_on).collect::<Vec<_>>(), [day("2021-09-13")]);
        assert_eq!(hanging("2021-09-21").await, 0, "seven days from the second posting");
    });
}

#[test]
fn a_message_is_delivered_once_it_is_acknowledged() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut story = Story::begun(&house.store, "2021-09-06").await;
        story.until_confirmed(&house.store).await;
        let waiting = house.store.waiting_messages(yuhu(), 10).await.unwrap();
        assert_eq!(waiting.iter().map(|m| m.topic.as_str()).collect::<Vec<_>>(), ["case.confirmed"]);
        assert_eq!(house.store.waiting_messages(area("430304"), 10).await.unwrap(), [], "{}", house.engine);
        house.store.message_sent(yuhu(), waiting[0].id, hand()).await.unwrap();
        assert!(matches!(
            house.store.message_sent(yuhu(), waiting[0].id, hand()).await,
            Err(StoreError::Conflict { .. })
        ));
        assert_eq!(house.store.messages_waiting().await.unwrap(), 0);
    });
}

#[test]
fn a_lead_is_raised_once_and_closed_once() {
    use casework::discover::{Lead, Outcome};
    on_both(async |house| {
        settle(&house.store).await;
        let mut lead = Lead {
            id: house.store.next_id(MORNING),
            village: area("430302202204"),
            household: HouseholdId(7),
            person: None,
            programme: "dibao".into(),
            rule: "eligible".into(),
            amount: None,
            raised_on: day("2021-09-01"),
            visit_due_on: Some(day("2021-09-08")),
            closed: None,
        };
        let raise =
            async |lead: &Lead| house.store.raise_leads(yuhu(), std::slice::from_ref(lead), hand()).await.unwrap();
        assert_eq!(raise(&lead).await, 1);
        lead.id += 1;
        assert_eq!(raise(&lead).await, 0, "{}", house.engine);
        lead.id -= 1;
        assert_eq!(house.store.open_leads(area("430302202"), 10).await.unwrap(), [lead.clone()]);
        lead.closed = Some((day("2021-09-03"), Outcome::Helped));
        house.store.close_lead(&lead, hand()).await.unwrap();
        assert!(matches!(house.store.close_lead(&lead, hand()).await, Err(StoreError::Conflict { .. })));
        assert_eq!(house.store.open_leads(yuhu(), 10).await.unwrap(), []);
    });
}

/// Written from many hands at once: every act is there, the chain has no gap.
#[test]
fn many_hands_at_once_make_one_chain() {
    on_both(async |house: &House| {
        settle(&house.store).await;
        let lead = |number: i64| casework::discover::Lead {
            id: number,
            village: area("430302202204"),
            household: HouseholdId(number),
            person: None,
            programme: "dibao".into(),
            rule: "eligible".into(),
            amount: None,
            raised_on: day("2021-09-01"),
            visit_due_on: None,
            closed: None,
        };
        let tasks: Vec<_> = (1..=20)
            .map(|number| {
                let (store, lead) = (house.store.clone(), lead(number));
                tokio::spawn(async move { store.raise_leads(yuhu(), &[lead], hand()).await.unwrap() })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), 1, "{}", house.engine);
        }
        assert_eq!(house.store.verify_audit().await.unwrap().broken, None, "{}", house.engine);
    });
}
