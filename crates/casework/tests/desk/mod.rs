//! A desk for tests: 周桂兰's village, the 2021 procedure, the people who work on her case.

use casework::apply::{self, HandIn};
use casework::case::{Act, Actor, Answer, Case, Desk, Event, Finding, Help, Opinion, Refusals, Role};
use casework::{decide, publish, verify};
use law::{AmountPer, Gives, Procedure, Remedy, RemedyKind, Span, Step, Term};
use values::{AreaCode, CaseId, Day, Fen, HouseholdId, PersonId, WorkCalendar};

/// A case with the calendar and procedure it lives under.
pub struct Rehearsal {
    pub case: Case,
    #[allow(dead_code)] // each test file uses its part of the desk
    pub first: Event,
    pub calendar: WorkCalendar,
    pub procedure: Procedure,
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn village() -> AreaCode {
    "430302202204".parse().unwrap()
}

pub fn calendar() -> WorkCalendar {
    WorkCalendar::from_csv(include_str!("../../../../data/calendar/workdays.csv")).unwrap()
}

pub fn person(id: &str, role: Role, office: &str) -> Actor {
    Actor { id: id.to_owned(), name: format!("{id}某"), role, office: office.parse().unwrap() }
}

pub fn assistant() -> Actor {
    person("V1", Role::VillageAssistant, "430302202204")
}

pub fn clerk() -> Actor {
    person("T1", Role::TownshipClerk, "430302202")
}

pub fn checker() -> Actor {
    person("C0", Role::CountyChecker, "430302")
}

pub fn approver() -> Actor {
    person("C1", Role::CountyApprover, "430302")
}

#[allow(dead_code)] // each test file uses its part of the desk
pub fn resident() -> Actor {
    person("resident", Role::Resident, "430302202204")
}

/// The dibao procedure of 民发〔2021〕57号 as a book would give it.
pub fn procedure() -> Procedure {
    let step = |name: &str, term, after: &[&str], cite: &str| Step {
        name: name.into(),
        by: String::new(),
        term,
        starts_from: after.iter().map(|name| (*name).to_owned()).collect(),
        parallel: Vec::new(),
        pausable: None,
        cite: cite.into(),
    };
    use Term::{Days, SameDay, WorkingDays};
    Procedure {
        promise: Some(Days(20)),
        promise_until: "确认".into(),
        statutory: Some(WorkingDays(30)),
        extended: Some(WorkingDays(45)),
        statutory_from: "受理".into(),
        publication_days: Some(7),
        publication_forbidden: false,
        remedies: vec![
            Remedy {
                kind: RemedyKind::Reconsideration, span: Span::Days(60), cite: "行政复议法 第九条".into()
            },
            Remedy { kind: RemedyKind::Lawsuit, span: Span::Months(6), cite: "行政诉讼法 第四十六条".into() },
        ],
        limits: Vec::new(),
        steps: vec![
            step("交表", SameDay, &[], ""),
            step("受理", WorkingDays(1), &["交表"], "办法 第十条"),
            step("核对", WorkingDays(3), &["受理"], "办法 第十七条"),
            step("入户", WorkingDays(5), &["受理"], "办法 第十六条"),
            step("审核意见", WorkingDays(1), &["核对", "入户"], "办法 第十八条"),
            step("公示", Days(7), &["审核意见"], "办法 第十九条"),
            step("确认", WorkingDays(2), &["公示"], "办法 第二十条"),
            step("告知", WorkingDays(3), &["确认"], "办法 第二十一条"),
        ],
    }
}

pub fn form() -> HandIn {
    HandIn {
        running_number: 1,
        household: HouseholdId(7),
        village: village(),
        programmes: vec!["dibao".into()],
        help: Help::Myself,
        authorised_by: vec![PersonId(1)],
        adults: vec![PersonId(1)],
        relatives_on_staff: Vec::new(),
        open_case: None,
        items_asked: 9,
        items_prefilled: 21,
    }
}

pub fn seen() -> Vec<Finding> {
    vec![Finding { about: "住房".into(), seen: "砖房两间，无大件家电".into() }]
}

pub fn opinion() -> Opinion {
    Opinion {
        programme: "dibao".into(),
        in_favour: true,
        amount: Fen::yuan(660),
        gives: Gives::Money(AmountPer::Month),
        persons: 2,
        determination: "d1".into(),
        reasons: Vec::new(),
    }
}

impl Rehearsal {
    /// Handed in on that day.
    pub fn handed_in(on: &str, form: &HandIn) -> Rehearsal {
        let (calendar, procedure) = (calendar(), procedure());
        let by = assistant();
        let at = format!("{on}T09:00:00+08:00");
        let desk = Desk { actor: &by, today: day(on), at: &at, procedure: &procedure, calendar: &calendar };
        let first = apply::hand_in(&desk, form).unwrap();
        let case = Case::open(CaseId(1), &first, &procedure);
        Rehearsal { case, first, calendar, procedure }
    }

    /// What the rooms say to an act on that day by that person.
    pub fn ask<T>(
        &self,
        on: &str,
        by: &Actor,
        judge: impl FnOnce(&Case, &Desk<'_>) -> Result<T, Refusals>,
    ) -> Result<T, Refusals> {
        let at = format!("{on}T09:00:00+08:00");
        let desk = Desk { actor: by, today: day(on), at: &at, procedure: &self.procedure, calendar: &self.calendar };
        judge(&self.case, &desk)
    }

    /// Does it; the act must be allowed.
    pub fn act(
        &mut self,
        on: &str,
        by: &Actor,
        judge: impl FnOnce(&Case, &Desk<'_>) -> Result<Act, Refusals>,
    ) -> &mut Rehearsal {
        let at = format!("{on}T09:00:00+08:00");
        let desk = Desk { actor: by, today: day(on), at: &at, procedure: &self.procedure, calendar: &self.calendar };
        let act = judge(&self.case, &desk).unwrap_or_else(|no| panic!("{on}: {no}"));
        let event = desk.event(&self.case, act, None);
        self.case.add(&event);
        self
    }

    /// Up to the township's opinion, undisturbed: accepted the next day, opinion on `on`.
    pub fn until_opinion(&mut self, accepted: &str, visited: &str, on: &str) -> &mut Rehearsal {
        self.act(accepted, &clerk(), |c, d| apply::accept(c, d, &[PersonId(1)]))
            .act(accepted, &clerk(), |c, d| verify::ask_check(c, d, &["税务".into(), "公安".into()]))
            .act(visited, &checker(), |c, d| verify::answer_check(c, d, answer("税务")))
            .act(visited, &checker(), |c, d| verify::answer_check(c, d, answer("公安")))
            .act(visited, &clerk(), |c, d| verify::visit(c, d, ["T1".into(), "S1".into()], seen()))
            .act(on, &clerk(), |c, d| decide::give_opinion(c, d, opinion()))
    }

    /// Published on `posted`, ended on `ended`.
    pub fn until_county(&mut self, posted: &str, ended: &str) -> &mut Rehearsal {
        self.act(posted, &clerk(), |c, d| publish::post(c, d, "最低生活保障")).act(
            ended,
            &Actor::system(),
            publish::end,
        )
    }
}

pub fn answer(source: &str) -> Answer {
    Answer { source: source.into(), found: Vec::new(), contradicts_form: false }
}
