//! One case walked through every stage by casework itself; at each step the pages say where it is, who has it and by when, and
//! offer the next act to the one who may do it.

use std::collections::BTreeMap;

use casework::case::{Actor, Case, Desk, Event, Help, Opinion, Role, Status};
use law::{Library, Procedure};
use values::{AreaCode, CaseId, Day, Fen, HouseholdId, PersonId, PersonName, WorkCalendar};
use web::case_page::acts::{Around, forms, judge};
use web::case_page::{CasePage, Told, case_page};
use web::parts::{Light, SpineState};
use web::track::{answers, answers_of};
use web::typed::Typed;

struct Walk {
    case: Case,
    events: Vec<Event>,
    procedure: Procedure,
    calendar: WorkCalendar,
}

fn village() -> AreaCode {
    "430302202204".parse().unwrap()
}

fn on(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn library() -> Library {
    let books = [
        ("policy/one-form.md", include_str!("../../../policy/one-form.md")),
        ("policy/dibao.md", include_str!("../../../policy/dibao.md")),
    ];
    Library::load(&books).unwrap_or_else(|findings| panic!("{}", findings[0]))
}

fn actor(role: Role) -> Actor {
    let office = match role {
        Role::VillageAssistant => village(),
        Role::TownshipClerk => village().township(),
        _ => village().county(),
    };
    Actor { id: format!("{role:?}"), name: role.zh().to_owned(), role, office }
}

fn around() -> Around {
    let opinion = Opinion {
        programme: "dibao".into(),
        in_favour: true,
        amount: Fen::yuan(320),
        gives: law::Gives::Money(law::AmountPer::Month),
        persons: 1,
        determination: "d".into(),
        reasons: vec![],
    };
    Around {
        adults: vec![PersonId(1)],
        departments: vec!["税务".into(), "银行".into()],
        proposed: Some(opinion),
        programme: "最低生活保障".into(),
    }
}

impl Walk {
    fn begin() -> Walk {
        let calendar = WorkCalendar::from_csv(include_str!("../../../data/calendar/workdays.csv")).unwrap();
        let procedure = library().procedure("dibao", "2021-09".parse().unwrap(), &village()).unwrap().clone();
        let form = casework::apply::HandIn {
            running_number: 1,
            household: HouseholdId(7),
            village: village(),
            programmes: vec!["dibao".into()],
            help: Help::SomeoneElse,
            authorised_by: vec![PersonId(1)],
            adults: vec![PersonId(1)],
            relatives_on_staff: vec![],
            open_case: None,
            items_asked: 9,
            items_prefilled: 20,
        };
        let assistant = actor(Role::VillageAssistant);
        let desk = Desk {
            actor: &assistant,
            today: on("2021-09-06"),
            at: "2021-09-06T09:00:00+08:00",
            procedure: &procedure,
            calendar: &calendar,
        };
        let first = casework::apply::hand_in(&desk, &form).unwrap();
        Walk { case: Case::open(CaseId(1), &first, &procedure), events: vec![first], procedure, calendar }
    }

    fn told(&self, today: &str) -> Told<'_> {
        Told {
            case: &self.case,
            events: &self.events,
            procedure: &self.procedure,
            calendar: &self.calendar,
            today: on(today),
            programme: "最低生活保障",
            village: "湘潭市雨湖区长城乡新石村",
        }
    }

    /// Sends a form of the page back; the act has to be one that the page offers to this role.
    fn act(&mut self, today: &str, role: Role, act: &str, pairs: &[(&str, &str)]) {
        let offered: Vec<&str> = forms(&self.case, role, on(today), &around()).iter().map(|form| form.act).collect();
        assert!(offered.contains(&act), "{act} is offered to {role:?} at {:?}: {offered:?}", self.case.status());
        let mut typed = vec![("act".to_owned(), act.to_owned())];
        typed.extend(pairs.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())));
        let who = actor(role);
        let desk = Desk {
            actor: &who,
            today: on(today),
            at: "2021-09-06T09:00:00+08:00",
            procedure: &self.procedure,
            calendar: &self.calendar,
        };
        let done =
            judge(&self.case, &desk, &Typed(typed), &around()).unwrap_or_else(|refusals| panic!("{act}: {refusals}"));
        let event = desk.event(&self.case, done, None);
        self.case.add(&event);
        self.events.push(event);
    }
}

/// Day, role, act, what is typed, and where the case is then.
type Leg = (&'static str, Role, &'static str, &'static [(&'static str, &'static str)], Status);

const LEGS: [Leg; 11] = [
    ("2021-09-06", Role::TownshipClerk, "accepted", &[], Status::Verifying),
    ("2021-09-07", Role::TownshipClerk, "check_asked", &[("source", "税务"), ("source", "银行")], Status::Verifying),
    (
        "2021-09-07",
        Role::TownshipClerk,
        "visited",
        &[("first", "A1"), ("second", "A2"), ("seen0", "一间瓦房")],
        Status::Verifying,
    ),
    ("2021-09-08", Role::CountyChecker, "check_answered", &[("source", "税务"), ("found", "")], Status::Verifying),
    (
        "2021-09-13",
        Role::CountyChecker,
        "check_answered",
        &[("source", "银行"), ("found", "存款 1200 元")],
        Status::AwaitingOpinion,
    ),
    ("2021-09-13", Role::TownshipClerk, "opinion_for", &[], Status::AwaitingPosting),
    ("2021-09-13", Role::TownshipClerk, "posted", &[], Status::Published),
    ("2021-09-22", Role::TownshipClerk, "publication_ended", &[], Status::CountyReview),
    ("2021-09-23", Role::CountyApprover, "confirmed", &[], Status::AwaitingNotice),
    ("2021-09-24", Role::TownshipClerk, "notified", &[], Status::AwaitingFirstPayment),
    ("2021-09-24", Role::TownshipClerk, "", &[], Status::AwaitingFirstPayment),
];

#[test]
fn every_step_is_offered_judged_and_told() {
    let mut walk = Walk::begin();
    assert_eq!(walk.case.status(), Status::HandedIn);
    for (today, role, act, pairs, status) in LEGS {
        if act.is_empty() {
            assert!(forms(&walk.case, role, on(today), &around()).is_empty(), "nothing is left to do");
            continue;
        }
        walk.act(today, role, act, pairs);
        assert_eq!(walk.case.status(), status, "after {act}");
        let told = walk.told(today);
        let page = case_page(&CasePage {
            rights: vec![],
            verbs: vec![],
            number: walk.case.filed.number.clone(),
            person_href: "/person/1".into(),
            identity: told.identity("周桂兰", ""),
            clocks: told.clocks(),
            steps: told.spine(),
            outcomes: vec![],
            whose: vec![],
            facts: vec![],
            money: vec![],
            acts: vec![],
        });
        assert!(page.0.contains(told.standing().next) && page.0.contains("2021-09-26 周日"), "after {act}");
        let family = answers(&answers_of(&told, &PersonName::parse("周桂兰").unwrap(), vec![], vec![])).0;
        assert!(
            family.contains(told.standing().said) && !family.contains("周桂兰"),
            "the family's page masks the name"
        );
    }
}

#[test]
fn the_timeline_marks_what_was_late_and_why() {
    let mut walk = Walk::begin();
    for (today, role, act, pairs, _) in &LEGS[..4] {
        walk.act(today, *role, act, pairs);
    }
    let rows = |walk: &Walk, today: &str| -> BTreeMap<String, (SpineState, String)> {
        walk.told(today).spine().into_iter().map(|row| (row.title.clone(), (row.state, row.cause.clone()))).collect()
    };
    // accepted on Monday the 6th, three working days: due on the 9th
    assert_eq!(rows(&walk, "2021-09-09")["核对"].0, SpineState::Now);
    let late = &rows(&walk, "2021-09-10")["核对"];
    assert_eq!(late.0, SpineState::NowLate(1));
    assert!(late.1.contains("银行") && !late.1.contains("税务"), "only who is silent is the cause: {}", late.1);
    walk.act("2021-09-13", Role::CountyChecker, "check_answered", LEGS[4].3);
    assert_eq!(rows(&walk, "2021-09-20")["核对"].0, SpineState::DoneLate(4));
    assert_eq!(rows(&walk, "2021-09-20")["确认"].0, SpineState::Ahead);
}

#[test]
fn the_promise_stands_still_while_papers_are_missing_and_says_so() {
    let mut walk = Walk::begin();
    walk.act("2021-09-07", Role::TownshipClerk, "supplement_asked", &[("missing", "核对授权书\n\n监护证明")]);
    let told = walk.told("2021-09-09");
    let (due, light) = told.due(casework::case::ClockKind::Promise).unwrap();
    assert_eq!(due, on("2021-09-28"), "two days of standing still so far");
    assert!(matches!(light, Light::Paused(_)));
    let family = answers_of(&told, &PersonName::parse("周桂兰").unwrap(), vec![], vec![]);
    assert!(family.to_do.contains("核对授权书、监护证明"), "{}", family.to_do);
}
