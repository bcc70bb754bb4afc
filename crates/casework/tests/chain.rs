//! One application from hand-in to the letter, and everything that must not happen on the way.

mod desk;

use casework::case::{
    Actor, ClockKind, GivenReason, Light, NoticeState, Refusals, Role, Settlement, Status, StepState,
};
use casework::{apply, decide, hear, pay, publish, verify};
use desk::*;
use values::{AwardId, EnvelopeId, Fen, PersonId};

fn names<T: std::fmt::Debug>(answer: Result<T, Refusals>) -> Vec<&'static str> {
    answer.expect_err("must be refused").names()
}

fn reasons() -> Vec<GivenReason> {
    vec![GivenReason { text: "家庭人均收入不低于当地标准".into(), cite: "暂行办法 第九条".into() }]
}

fn widow() -> Rehearsal {
    Rehearsal::handed_in("2021-09-06", &form())
}

#[test]
fn a_widow_applies_and_is_paid() {
    let mut r = widow();
    assert_eq!(r.case.filed.number, "430302-20210906-00001");
    assert_eq!(r.case.status(), Status::HandedIn);
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    assert_eq!(r.case.status(), Status::CountyReview);
    r.act("2021-09-22", &approver(), |c, d| decide::confirm(c, d, "2021-10".parse().unwrap()));
    assert_eq!(r.case.status(), Status::AwaitingNotice);
    r.act("2021-09-24", &clerk(), decide::notify);
    assert_eq!(r.case.status(), Status::AwaitingFirstPayment);
    let promise = r.case.clock(ClockKind::Promise).unwrap();
    assert_eq!(promise.used_by(day("2021-12-01"), &r.calendar), Some(16));
    assert_eq!(promise.light(day("2021-12-01"), &r.calendar), Light::Done);
    let award = pay::award(&r.case, AwardId(5), PersonId(1)).unwrap();
    assert_eq!((award.amount, award.from.to_string()), (Fen::yuan(660), "2021-10".to_owned()));
    let early = pay::record_first_payment(&r.case, "2021-09".parse().unwrap(), EnvelopeId(1), Fen::yuan(660));
    assert_eq!(names(early), ["before_the_award"]);
    r.act("2021-10-11", &Actor::system(), |c, _| {
        pay::record_first_payment(c, "2021-10".parse().unwrap(), EnvelopeId(1), Fen::yuan(660))
    });
    assert_eq!((r.case.status(), r.case.trips), (Status::InPayment, 1));
}

/// The day before, the day, the day after.
#[test]
fn the_promise_runs_twenty_calendar_days_from_the_hand_in() {
    let r = widow();
    let promise = r.case.clock(ClockKind::Promise).unwrap();
    assert_eq!(promise.due_on(&r.calendar), Some(day("2021-09-26")));
    for (on, light) in [
        ("2021-09-22", Light::OnTime),
        ("2021-09-23", Light::DueSoon), // Friday 24 and Sunday 26, worked for the National Day, are left
        ("2021-09-24", Light::DueSoon),
        ("2021-09-26", Light::DueSoon),
        ("2021-09-27", Light::Late),
    ] {
        assert_eq!(promise.light(day(on), &r.calendar), light, "{on}");
    }
}

/// Worked case C14: accepted 2021-09-13, 30 working days over the National Day holiday.
#[test]
fn the_statute_runs_thirty_working_days_from_acceptance() {
    let mut r = Rehearsal::handed_in("2021-09-13", &form());
    r.act("2021-09-13", &clerk(), |c, d| apply::accept(c, d, &[PersonId(1)]));
    let due = |r: &Rehearsal| r.case.clock(ClockKind::Statute).unwrap().due_on(&r.calendar);
    assert_eq!(due(&r), Some(day("2021-10-29")));
    r.act("2021-10-08", &clerk(), |c, d| decide::extend(c, d, "人户分离"));
    assert_eq!(due(&r), Some(day("2021-11-19")));
    assert_eq!(names(r.ask("2021-10-09", &clerk(), |c, d| decide::extend(c, d, "人户分离"))), ["extended_already"]);
}

/// The limit of the calendar: past its last year a due day is unknown, never guessed.
#[test]
fn a_due_day_past_the_calendar_is_unknown() {
    let mut r = Rehearsal::handed_in("2026-12-20", &form());
    r.act("2026-12-21", &clerk(), |c, d| apply::accept(c, d, &[PersonId(1)]));
    assert_eq!(r.case.clock(ClockKind::Promise).unwrap().due_on(&r.calendar), Some(day("2027-01-09")));
    let statute = r.case.clock(ClockKind::Statute).unwrap();
    assert_eq!((statute.due_on(&r.calendar), statute.light(day("2026-12-22"), &r.calendar)), (None, Light::Unknown));
}

/// Worked case C13: one notice, everything at once; the promise stands still, the law's clock has not begun.
#[test]
fn incomplete_papers_get_one_notice_and_a_still_clock() {
    let mut unsigned = form();
    unsigned.adults.push(PersonId(2));
    let mut r = Rehearsal::handed_in("2021-09-10", &unsigned);
    let adults = [PersonId(1), PersonId(2)];
    assert_eq!(names(r.ask("2021-09-13", &clerk(), |c, d| apply::accept(c, d, &adults))), ["authorisation_missing"]);
    let missing = ["配偶的核对授权签字".to_owned()];
    let fetchable = ["收入证明".to_owned()];
    let asked = r.ask("2021-09-13", &clerk(), |c, d| apply::ask_supplement(c, d, &fetchable, &fetchable));
    assert_eq!(names(asked), ["departments_know_it"]);
    r.act("2021-09-13", &clerk(), |c, d| apply::ask_supplement(c, d, &missing, &fetchable));
    assert_eq!(r.case.status(), Status::AwaitingSupplement);
    assert_eq!(r.case.clock(ClockKind::Promise).unwrap().light(day("2021-12-01"), &r.calendar), Light::Paused);
    assert!(r.case.clock(ClockKind::Statute).is_none());
    assert_eq!(
        names(r.ask("2021-09-14", &clerk(), |c, d| apply::ask_supplement(c, d, &missing, &[]))),
        ["one_notice_only"]
    );
    assert_eq!(
        names(r.ask("2021-09-14", &clerk(), |c, d| apply::accept(c, d, &adults))),
        ["awaiting_supplement", "authorisation_missing"]
    );
    r.act("2021-09-16", &assistant(), apply::supplement);
    let accept = |r: &Rehearsal| r.ask("2021-09-16", &clerk(), |c, d| apply::accept(c, d, &adults));
    assert_eq!(names(accept(&r)), ["authorisation_missing"], "papers in a drawer are not a signature");
    let sign = |r: &Rehearsal, who: &[PersonId]| {
        r.ask("2021-09-16", &assistant(), |c, d| apply::authorise(c, d, who, &adults))
    };
    assert_eq!(names(sign(&r, &[PersonId(1)])), ["nobody_signed"]);
    assert_eq!(names(sign(&r, &[PersonId(9)])), ["not_an_adult_member"]);
    r.act("2021-09-16", &assistant(), |c, d| apply::authorise(c, d, &[PersonId(2)], &adults)).act(
        "2021-09-16",
        &clerk(),
        |c, d| apply::accept(c, d, &adults),
    );
    assert_eq!(r.case.clock(ClockKind::Promise).unwrap().due_on(&r.calendar), Some(day("2021-10-03")));
}

#[test]
fn no_step_is_skipped() {
    let r = widow();
    let cases: [(&str, Vec<&'static str>); 5] = [
        ("check", names(r.ask("2021-09-07", &clerk(), |c, d| verify::ask_check(c, d, &["税务".into()])))),
        ("visit", names(r.ask("2021-09-07", &clerk(), |c, d| verify::visit(c, d, ["T1".into(), "S1".into()], seen())))),
        ("opinion", names(r.ask("2021-09-07", &clerk(), |c, d| decide::give_opinion(c, d, opinion())))),
        ("post", names(r.ask("2021-09-07", &clerk(), |c, d| publish::post(c, d, "最低生活保障")))),
        ("confirm", names(r.ask("2021-09-07", &approver(), |c, d| decide::confirm(c, d, "2021-10".parse().unwrap())))),
    ];
    for (what, refused) in cases {
        assert_eq!(refused, ["step_before_is_open"], "{what}");
    }
}

#[test]
fn refusals_come_in_rank_order_the_wrong_person_first() {
    let r = widow();
    let elsewhere = person("X1", casework::case::Role::SocialWorker, "430304001");
    let refused = r.ask("2021-09-07", &elsewhere, |c, d| verify::visit(c, d, ["T1".into(), "T1".into()], Vec::new()));
    assert_eq!(names(refused), ["not_your_area", "step_before_is_open", "two_investigators", "nothing_seen"]);
}

#[test]
fn whoever_looked_does_not_decide() {
    let mut r = widow();
    let two_hats = person("T1", casework::case::Role::CountyApprover, "430302");
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    let confirm =
        |r: &Rehearsal, by: &Actor| r.ask("2021-09-22", by, |c, d| decide::confirm(c, d, "2021-10".parse().unwrap()));
    assert_eq!(names(confirm(&r, &two_hats)), ["same_person_confirms", "investigator_confirms"]);
    assert_eq!(
        names(confirm(&r, &person("S1", casework::case::Role::CountyApprover, "430302"))),
        ["investigator_confirms"]
    );
    assert!(confirm(&r, &approver()).is_ok());
}

/// Worked case C12: a relative on staff never bars the family; it bars the relative and makes the county visit.
#[test]
fn a_relative_on_staff_withdraws_and_the_county_visits() {
    let mut declared = form();
    declared.relatives_on_staff = vec!["C1".into()];
    let mut r = Rehearsal::handed_in("2021-09-06", &declared);
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    let other = person("C2", casework::case::Role::CountyApprover, "430302");
    let confirm =
        |r: &Rehearsal, by: &Actor| r.ask("2021-09-22", by, |c, d| decide::confirm(c, d, "2021-10".parse().unwrap()));
    assert_eq!(names(confirm(&r, &approver())), ["relative_must_withdraw", "county_visit_due"]);
    assert_eq!(names(confirm(&r, &other)), ["county_visit_due"]);
    r.act("2021-09-22", &other, |c, d| decide::visit_by_county(c, d, ["C3".into(), "C4".into()], seen()));
    assert!(confirm(&r, &other).is_ok());
}

/// Worked case C14: seven calendar days, the day of posting not counted, the last day wholly.
#[test]
fn a_notice_hangs_seven_days_and_expires_by_itself() {
    let mut r = widow();
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10");
    r.act("2021-09-27", &clerk(), |c, d| publish::post(c, d, "最低生活保障"));
    let notice = r.case.posting.clone().unwrap().notice;
    assert_eq!(notice.until, day("2021-10-04"));
    for (on, state, ends, objection) in [
        ("2021-10-03", NoticeState::Running, false, true),
        ("2021-10-04", NoticeState::Running, false, true),
        ("2021-10-05", NoticeState::Expired, true, false),
    ] {
        assert_eq!(notice.state_on(day(on), false), state, "{on}");
        assert_eq!(r.ask(on, &Actor::system(), publish::end).is_ok(), ends, "{on}");
        let object = r.ask(on, &resident(), |c, d| publish::object(c, d, "家里有出租房", false));
        assert_eq!(object.is_ok(), objection, "{on}");
    }
}

/// Worked case C16: an objection stops the promise, is looked into, and a new opinion goes to the county, which visits.
#[test]
fn an_objection_is_looked_into_before_anything_else() {
    let mut r = widow();
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10");
    r.act("2021-09-10", &clerk(), |c, d| publish::post(c, d, "最低生活保障"))
        .act("2021-09-15", &resident(), |c, d| publish::object(c, d, "家里有出租房", true));
    assert_eq!(r.case.status(), Status::UnderObjection);
    assert_eq!(names(r.ask("2021-09-18", &Actor::system(), publish::end)), ["objection_is_open"]);
    r.act("2021-09-17", &clerk(), |c, d| {
        publish::settle_objection(c, d, Settlement::Resurvey, "出租房属其兄所有", false)
    });
    assert_eq!(r.case.status(), Status::AwaitingOpinion);
    r.act("2021-09-18", &clerk(), |c, d| decide::give_opinion(c, d, opinion())).act(
        "2021-09-18",
        &Actor::system(),
        publish::end,
    );
    let confirm = r.ask("2021-09-22", &approver(), |c, d| decide::confirm(c, d, "2021-10".parse().unwrap()));
    assert_eq!(names(confirm), ["county_visit_due"]);
    assert_eq!(
        r.case.clock(ClockKind::Promise).unwrap().due_on(&r.calendar),
        Some(day("2021-09-28")),
        "two days stood still"
    );
}

#[test]
fn a_child_is_never_published() {
    let mut r = widow();
    r.procedure.publication_forbidden = true;
    r.procedure.publication_days = None;
    r.procedure.steps.retain(|step| step.name != "公示");
    r.procedure
        .steps
        .iter_mut()
        .filter(|step| step.name == "确认")
        .for_each(|step| step.starts_from = vec!["审核意见".into()]);
    let first = r.first.clone();
    r.case = casework::case::Case::open(r.case.id, &first, &r.procedure);
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10");
    assert_eq!(
        names(r.ask("2021-09-10", &clerk(), |c, d| publish::post(c, d, "事实无人抚养儿童"))),
        ["publication_forbidden"]
    );
    assert_eq!(r.case.status(), Status::CountyReview);
    assert!(r.ask("2021-09-13", &approver(), |c, d| decide::confirm(c, d, "2021-10".parse().unwrap())).is_ok());
}

/// Worked case C17: in writing, with reasons and articles, within three working days (over the National Day holiday).
#[test]
fn a_refusal_names_its_reasons_and_is_told_in_time() {
    let mut r = widow();
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    assert_eq!(
        names(r.ask("2021-09-29", &approver(), |c, d| decide::refuse(c, d, Vec::new()))),
        ["refusal_without_reason"]
    );
    r.act("2021-09-29", &approver(), |c, d| decide::refuse(c, d, reasons()));
    let letter = r.case.steps(&r.procedure, &r.calendar, day("2021-10-09")).pop().unwrap();
    assert_eq!((letter.due_on, letter.state), (Some(day("2021-10-09")), StepState::Running));
    let late = r.case.steps(&r.procedure, &r.calendar, day("2021-10-10")).pop().unwrap();
    assert_eq!(late.state, StepState::Late);
    assert_eq!(hear::remedies(&r.case, &r.procedure), []);
    r.act("2021-10-09", &clerk(), decide::notify);
    let remedies = hear::remedies(&r.case, &r.procedure);
    let ways: Vec<_> = remedies.iter().map(|way| (way.kind, way.until, way.cite.as_str())).collect();
    use law::RemedyKind::{Lawsuit, Reconsideration};
    assert_eq!(
        ways,
        [
            (Reconsideration, day("2021-12-08"), "行政复议法 第九条"),
            (Lawsuit, day("2022-04-09"), "行政诉讼法 第四十六条")
        ]
    );
    r.procedure.remedies.clear();
    assert_eq!(hear::remedies(&r.case, &r.procedure), []);
    assert_eq!(r.case.status(), Status::Refused);
    assert_eq!(names(r.ask("2021-10-10", &clerk(), |c, d| decide::give_opinion(c, d, opinion()))), ["case_is_closed"]);
}

/// Spans the book may write, from a letter of that day: the last day.
#[test]
fn remedies_end_as_the_book_says() {
    use law::Span::{Days, Months};
    let mut r = widow();
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    r.act("2021-09-29", &approver(), |c, d| decide::refuse(c, d, reasons()));
    r.act("2021-09-30", &clerk(), decide::notify);
    for (told, span, last) in [
        ("2021-09-30", Days(15), "2021-10-15"),
        ("2021-09-30", Months(5), "2022-02-28"),
        ("2021-08-31", Months(6), "2022-02-28"),
        ("2023-08-31", Months(6), "2024-02-29"),
        ("2021-12-31", Months(1), "2022-01-31"),
        ("2021-10-09", Months(12), "2022-10-09"),
    ] {
        r.case.notified_on = Some(day(told));
        r.procedure.remedies[1].span = span;
        assert_eq!(hear::remedies(&r.case, &r.procedure)[1].until, day(last), "{told} {span:?}");
    }
}

#[test]
fn trips_are_counted_and_a_second_needs_a_reason() {
    let r = widow();
    assert_eq!(r.case.trips, 1);
    let ask = |by: &Actor, why| r.ask("2021-09-07", by, |case, desk| apply::record_trip(case, desk, why));
    assert_eq!(names(ask(&clerk(), None)), ["second_trip_needs_reason"]);
    assert_eq!(names(ask(&approver(), None)), ["wrong_role", "second_trip_needs_reason"]);
    let elsewhere = person("T8", Role::TownshipClerk, "430304100");
    assert_eq!(names(ask(&elsewhere, Some("送材料"))), ["not_your_area"]);
    assert!(ask(&clerk(), Some("办理银行卡须本人到场")).is_ok());
}

#[test]
fn only_the_household_rates_and_only_once_after_the_decision() {
    let mut r = widow();
    assert_eq!(
        names(hear::rate(&r.case, Role::TownshipClerk, 9)),
        ["staff_cannot_rate", "not_decided", "no_such_score"]
    );
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    r.act("2021-09-22", &approver(), |c, d| decide::confirm(c, d, "2021-10".parse().unwrap())).act(
        "2021-09-23",
        &resident(),
        |c, d| hear::rate(c, d.actor.role, 5),
    );
    assert_eq!(names(hear::rate(&r.case, Role::Resident, 5)), ["rated_already"]);
}

#[test]
fn a_second_form_of_the_same_household_is_pointed_to_the_first() {
    let (calendar, procedure) = (calendar(), procedure());
    let by = assistant();
    let at = "2021-09-07T09:00:00+08:00";
    let desk =
        casework::case::Desk { actor: &by, today: day("2021-09-07"), at, procedure: &procedure, calendar: &calendar };
    let mut again = form();
    again.open_case = Some("430302-20210906-00001".into());
    again.programmes.clear();
    assert_eq!(names(apply::hand_in(&desk, &again)), ["has_open_case", "nothing_applied_for"]);
}
