//! Days and limits as the worked cases of the domain give them, and what a case that has ended no longer allows.

mod desk;

use casework::case::{Case, Clock, ClockKind, Light, Refusals, Settlement, Status};
use casework::{apply, decide, publish, verify};
use desk::*;
use law::Term;
use values::PersonId;

fn names<T: std::fmt::Debug>(answer: Result<T, Refusals>) -> Vec<&'static str> {
    answer.expect_err("must be refused").names()
}

fn due(kind: ClockKind, term: Term, from: &str) -> String {
    let clock = Clock { kind, term, started_on: day(from), pauses: Vec::new(), stopped_on: None };
    clock.due_on(&calendar()).expect("within the calendar").to_string()
}

/// Worked case C39: the 20-day promise counted both ways, beside the chain of terms of 民发〔2012〕220号.
#[test]
fn the_promise_is_shorter_than_the_chain_of_2012() {
    use Term::{Days, WorkingDays};
    for (what, term, from, until) in [
        ("承诺，按日", Days(20), "2021-03-08", "2021-03-28"),
        ("承诺，按工作日", WorkingDays(20), "2021-03-08", "2021-04-06"),
        ("入户调查 第十八条", WorkingDays(10), "2021-03-08", "2021-03-22"),
        ("民主评议 第二十一条", WorkingDays(5), "2021-03-22", "2021-03-29"),
        ("乡镇公示 第二十五条", Days(7), "2021-03-29", "2021-04-05"),
        ("县级意见 第二十六条", WorkingDays(5), "2021-04-05", "2021-04-12"),
        ("县级公示 第二十九条", Days(7), "2021-04-12", "2021-04-19"),
        ("县级决定 第二十九条", WorkingDays(3), "2021-04-19", "2021-04-22"),
    ] {
        assert_eq!(due(ClockKind::Promise, term, from), until, "{what}");
    }
}

/// Worked case C14, step by step under the terms of 民发〔2021〕57号 itself (第十五条、第十九条、第二十条).
#[test]
fn the_steps_of_2021_fall_due_over_the_national_day() {
    let mut r = Rehearsal::handed_in("2021-09-13", &form());
    for step in &mut r.procedure.steps {
        match step.name.as_str() {
            "入户" | "核对" => step.term = Term::WorkingDays(3),
            "确认" => step.term = Term::WorkingDays(10),
            _ => {}
        }
    }
    let due = |r: &Rehearsal, name: &str| {
        let steps = r.case.steps(&r.procedure, &r.calendar, day("2021-09-14"));
        steps.into_iter().find(|step| step.name == name).and_then(|step| step.due_on)
    };
    r.until_opinion("2021-09-13", "2021-09-16", "2021-09-27");
    assert_eq!(due(&r, "入户"), Some(day("2021-09-16")));
    r.act("2021-09-27", &clerk(), |c, d| publish::post(c, d, "最低生活保障"));
    assert_eq!(r.case.hanging().unwrap().notice.until, day("2021-10-04"));
    assert_eq!(due(&r, "确认"), None, "nothing is due before the step before it is done");
    r.act("2021-10-08", &clerk(), publish::end);
    assert_eq!(due(&r, "确认"), Some(day("2021-10-21")));
}

/// Worked case C38: these fields may be published and no others; a new field must be put here by hand, after thought.
#[test]
fn a_notice_has_the_fields_of_the_whitelist_and_no_other() {
    let mut r = Rehearsal::handed_in("2021-09-06", &form());
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10");
    r.act("2021-09-10", &clerk(), |c, d| publish::post(c, d, "最低生活保障"));
    let notice = serde_json::to_value(&r.case.hanging().unwrap().notice).unwrap();
    let fields: Vec<&str> = notice.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, ["amount", "number", "persons", "posted_on", "programme", "until", "village"]);
}

/// Day 7, 23:59 is still in time; a minute later it is not.
#[test]
fn the_last_minute_of_the_last_day_counts() {
    let mut r = Rehearsal::handed_in("2021-09-06", &form());
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10");
    r.act("2021-09-10", &clerk(), |c, d| publish::post(c, d, "最低生活保障"));
    for (on, at, in_time) in
        [("2021-09-17", "2021-09-17T23:59:59+08:00", true), ("2021-09-18", "2021-09-18T00:00:00+08:00", false)]
    {
        let by = resident();
        let desk =
            casework::case::Desk { actor: &by, today: day(on), at, procedure: &r.procedure, calendar: &r.calendar };
        assert_eq!(publish::object(&r.case, &desk, "家里有出租房", false).is_ok(), in_time, "{at}");
    }
}

/// A notice that hung one day and was taken down has not hung seven: the days begin anew.
#[test]
fn a_notice_taken_down_early_counts_for_nothing() {
    let mut r = Rehearsal::handed_in("2021-09-06", &form());
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10");
    r.act("2021-09-10", &clerk(), |c, d| publish::post(c, d, "最低生活保障"));
    assert_eq!(names(r.ask("2021-09-11", &clerk(), |c, d| publish::post(c, d, "最低生活保障"))), ["already_posted"]);
    assert_eq!(
        names(r.ask("2021-09-11", &clerk(), |c, d| publish::withdraw_notice(c, d, " "))),
        ["withdrawal_needs_reason"]
    );
    r.act("2021-09-11", &clerk(), |c, d| publish::withdraw_notice(c, d, "金额写错"));
    assert_eq!(r.case.status(), Status::AwaitingPosting);
    assert_eq!(names(r.ask("2021-09-18", &clerk(), publish::end)), ["nothing_posted"]);
    assert_eq!(
        names(r.ask("2021-09-12", &resident(), |c, d| publish::object(c, d, "家里有出租房", false))),
        ["nothing_posted"]
    );
    r.act("2021-09-13", &clerk(), |c, d| publish::post(c, d, "最低生活保障"));
    assert_eq!(names(r.ask("2021-09-20", &clerk(), publish::end)), ["publication_running"]);
    assert!(r.ask("2021-09-21", &clerk(), publish::end).is_ok());
}

/// The day before, the day, the day after: the month of application and the month after the decision are the bounds.
#[test]
fn a_right_begins_between_application_and_the_month_after_the_decision() {
    let mut r = Rehearsal::handed_in("2021-09-06", &form());
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    for (from, refused) in [
        ("2021-08", vec!["starts_before_application"]),
        ("2021-09", vec![]),
        ("2021-10", vec![]),
        ("2021-11", vec!["starts_too_late"]),
    ] {
        let answer = r.ask("2021-09-22", &approver(), |c, d| decide::confirm(c, d, from.parse().unwrap()));
        assert_eq!(answer.err().map_or(vec![], |no| no.names()), refused, "{from}");
    }
}

#[test]
fn a_county_visit_is_held_to_the_rules_of_every_visit() {
    let mut declared = form();
    declared.relatives_on_staff = vec!["C3".into()];
    let mut r = Rehearsal::handed_in("2021-09-06", &declared);
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    for (pair, findings, refused) in [
        (["C4", "C4"], seen(), vec!["two_investigators"]),
        (["C4", " C4 "], seen(), vec!["two_investigators"]),
        (["C4", ""], seen(), vec!["two_investigators"]),
        (["C3", "C4"], seen(), vec!["relative_visits"]),
        (["C4", "C5"], Vec::new(), vec!["nothing_seen"]),
        (["C4", "C5"], seen(), vec![]),
    ] {
        let answer = r.ask("2021-09-22", &approver(), |c, d| {
            decide::visit_by_county(c, d, pair.map(str::to_owned), findings.clone())
        });
        assert_eq!(answer.err().map_or(vec![], |no| no.names()), refused, "{pair:?}");
    }
}

/// A space after a work number makes nobody another person.
#[test]
fn an_investigator_is_known_by_the_work_number_alone() {
    let mut r = Rehearsal::handed_in("2021-09-06", &form());
    r.act("2021-09-07", &clerk(), |c, d| apply::accept(c, d, &[PersonId(1)]))
        .act("2021-09-07", &clerk(), |c, d| verify::visit(c, d, ["C1 ".into(), "S1".into()], seen()));
    assert_eq!(r.case.investigators, ["C1", "S1"]);
}

#[test]
fn without_a_signature_no_department_is_asked() {
    let mut unsigned = form();
    unsigned.authorised_by.clear();
    let mut r = Rehearsal::handed_in("2021-09-06", &unsigned);
    r.act("2021-09-07", &clerk(), |c, d| apply::accept(c, d, &[]));
    let ask = |r: &Rehearsal| r.ask("2021-09-07", &clerk(), |c, d| verify::ask_check(c, d, &["税务".into()]));
    assert_eq!(names(ask(&r)), ["no_authorisation"]);
    r.act("2021-09-08", &clerk(), |c, d| apply::authorise(c, d, &[PersonId(1)], &[PersonId(1)]));
    assert!(ask(&r).is_ok());
}

/// A family that takes its application back while papers are missing: the clock has ended, and nothing more is done to it.
#[test]
fn after_the_end_nothing_more_is_done() {
    let mut r = Rehearsal::handed_in("2021-09-06", &form());
    let missing = ["监护证明".to_owned()];
    r.act("2021-09-07", &clerk(), |c, d| apply::ask_supplement(c, d, &missing, &[])).act(
        "2021-09-09",
        &resident(),
        apply::withdraw,
    );
    let promise = r.case.clock(ClockKind::Promise).unwrap();
    assert_eq!(promise.light(day("2021-12-01"), &r.calendar), Light::Done);
    assert_eq!(promise.used_by(day("2021-12-01"), &r.calendar), Some(1), "two of three days stood still");
    let closed = |answer: Result<_, Refusals>, what: &str| {
        let found = names(answer);
        assert!(found.contains(&"case_is_closed"), "{what}: {found:?}");
    };
    type Judge<'a> = &'a dyn Fn(&Case, &casework::case::Desk<'_>) -> Result<casework::case::Act, Refusals>;
    let acts: [(&str, Judge<'_>); 8] = [
        ("supplement_asked", &|c, d| apply::ask_supplement(c, d, &missing, &[])),
        ("authorised", &|c, d| apply::authorise(c, d, &[PersonId(2)], &[PersonId(2)])),
        ("accepted", &|c, d| apply::accept(c, d, &[PersonId(1)])),
        ("check_asked", &|c, d| verify::ask_check(c, d, &["税务".into()])),
        ("check_answered", &|c, d| verify::answer_check(c, d, answer("税务"))),
        ("objected", &|c, d| publish::object(c, d, "家里有出租房", false)),
        ("objection_settled", &|c, d| publish::settle_objection(c, d, Settlement::Panel, "属实", true)),
        ("extended", &|c, d| decide::extend(c, d, "人户分离")),
    ];
    for (what, judge) in acts {
        closed(r.ask("2021-09-10", &clerk(), judge), what);
    }
    assert_eq!(names(r.ask("2021-09-10", &clerk(), apply::supplement)), ["nothing_awaited"]);
}
