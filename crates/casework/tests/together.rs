//! One application, several cases: what opens, what is shared, and how a case goes from hand to hand.

mod desk;

use casework::apply::{self, Proposal, Standing};
use casework::case::sample::{Listed, closed_list, draw};
use casework::case::{Act, Actor, Case, Desk, Event, Refusals, Role, Status, caught_up, spread, verbs};
use casework::{decide, publish, verify};
use desk::*;
use law::{AmountPer, Gives, Procedure, Step, Term};
use values::{CaseId, Fen, PersonId};

fn names<T: std::fmt::Debug>(answer: Result<T, Refusals>) -> Vec<&'static str> {
    answer.expect_err("must be refused").names()
}

fn proposal(programme: &str, member: Option<i64>, standing: Standing) -> Proposal {
    Proposal {
        programme: programme.into(),
        title: programme.into(),
        member: member.map(PersonId),
        standing,
        amount: Some(Fen::yuan(100)),
        gives: Gives::Money(AmountPer::Month),
        reasons: vec![],
        missing: vec![],
        facts: "f".into(),
        case: None,
    }
}

/// The allowance of a person: accepted, examined by the federation, confirmed; no visit, no notice, no opinion of its own.
fn allowance() -> Procedure {
    let full = procedure();
    let step = |name: &str, by: &str, after: &[&str]| Step {
        name: name.into(),
        by: by.into(),
        starts_from: after.iter().map(|one| (*one).to_owned()).collect(),
        term: Term::WorkingDays(5),
        parallel: vec![],
        pausable: (name == "受理").then(|| "材料不全，一次告知".to_owned()),
        cite: String::new(),
    };
    let steps = vec![
        step("交表", "村（社区）协理员", &[]),
        step("受理", "乡镇（街道）", &["交表"]),
        step("审核", "县残联", &["受理"]),
        step("确认", "县民政局", &["审核"]),
    ];
    Procedure { publication_days: None, steps, ..full }
}

/// The widow's leading case, and one beside it for member 1.
fn two() -> (Rehearsal, Case, Vec<Event>) {
    let r = Rehearsal::handed_in("2021-09-06", &form());
    let mut proposals = vec![
        proposal("dibao", None, Standing::Open),
        proposal("disability-living", Some(1), Standing::Open),
        proposal("tekun", Some(1), Standing::Refused),
    ];
    let events = apply::open_cases(&r.first, &mut proposals, |_| false);
    let beside = Case::open(CaseId(2), &events[1], &allowance());
    let opened: Vec<Option<&str>> = proposals.iter().map(|one| one.case.as_deref()).collect();
    assert_eq!(opened, [Some("430302-20210906-00001"), Some("430302-20210906-00001-2"), None]);
    (r, beside, events)
}

#[test]
fn what_was_asked_once_is_reused_and_asked_of_nobody_again() {
    let (r, beside, events) = two();
    assert_eq!((r.case.filed.items_asked, r.case.filed.items_prefilled, r.case.filed.items_reused), (9, 21, 0));
    assert_eq!((beside.filed.items_asked, beside.filed.items_prefilled, beside.filed.items_reused), (0, 0, 30));
    assert_eq!((beside.filed.application(), beside.filed.member), ("430302-20210906-00001", Some(PersonId(1))));
    let application = apply::Application::of(&events, vec![]);
    assert_eq!((application.asked, application.prefilled, application.reused), (9, 21, 30));
}

/// Acceptance and trips go over; the visit does not where the book wants none; an opinion is never shared.
#[test]
fn evidence_goes_to_the_cases_that_need_it() {
    let (mut r, mut beside, _) = two();
    let number = r.case.filed.number.clone();
    let mut taken = Vec::new();
    let pair = ["T1".to_owned(), "S1".to_owned()];
    let acts = [
        ("2021-09-07", Act::Accepted),
        ("2021-09-07", Act::TripMade),
        ("2021-09-08", Act::Visited { investigators: pair, findings: seen() }),
        ("2021-09-09", Act::OpinionGiven { opinion: opinion() }),
    ];
    for (on, act) in acts {
        let by = clerk();
        let event = r.ask(on, &by, |case, desk| Ok(desk.event(case, act, None))).unwrap();
        r.case.add(&event);
        for (case, event) in spread(&event, &number, [(beside.clone(), &allowance())]) {
            assert_eq!(event.shared_from.as_deref(), Some(number.as_str()));
            taken.push(event.act.kind());
            beside = case;
        }
    }
    assert_eq!(taken, ["accepted", "trip_made"]);
    assert_eq!((beside.trips, beside.status()), (2, Status::Verifying));
    assert_eq!(beside.step_to_record(), Some("审核"));
}

#[test]
fn a_case_opened_later_takes_over_the_evidence_there_is() {
    let (mut r, _, events) = two();
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10");
    let history: Vec<Event> = {
        let mut case = Case::open(CaseId(1), &r.first, &r.procedure);
        let by = clerk();
        let at = "2021-09-07T09:00:00+08:00";
        let desk = Desk { actor: &by, today: day("2021-09-07"), at, procedure: &r.procedure, calendar: &r.calendar };
        let accepted = desk.event(&case, Act::Accepted, None);
        case.add(&accepted);
        vec![events[0].clone(), accepted]
    };
    let late = Case::open(CaseId(3), &events[1], &allowance());
    let (late, taken) = caught_up(
        &late,
        &allowance(),
        &history,
        "430302-20210906-00001",
        day("2021-09-20"),
        "2021-09-20T09:00:00+08:00",
    );
    assert_eq!(taken.iter().map(|one| (one.act.kind(), one.on)).collect::<Vec<_>>(), [("accepted", day("2021-09-20"))]);
    assert_eq!(late.accepted_on, Some(day("2021-09-20")));
}

/// A book without an opinion of its own still has one person propose and another decide.
#[test]
fn the_county_decides_on_what_another_person_signed() {
    let (r, beside, _) = two();
    let mut r = Rehearsal { case: beside, procedure: allowance(), ..r };
    let first = "2021-10".parse().unwrap();
    r.act("2021-09-07", &clerk(), |c, d| apply::accept(c, d, &[PersonId(1)]));
    assert_eq!(names(r.ask("2021-09-08", &approver(), |c, d| decide::confirm(c, d, first))), ["step_before_is_open"]);
    assert_eq!(
        names(r.ask("2021-09-08", &clerk(), |c, d| verify::record_step(c, d, "受理", "好"))),
        ["step_is_done", "step_has_its_form"]
    );
    r.act("2021-09-08", &clerk(), |c, d| verify::record_step(c, d, "审核", "残疾二级"));
    assert_eq!(r.case.status(), Status::AwaitingOpinion);
    assert_eq!(names(r.ask("2021-09-08", &approver(), |c, d| decide::confirm(c, d, first))), ["opinion_missing"]);
    r.act("2021-09-08", &clerk(), |c, d| decide::give_opinion(c, d, opinion()));
    r.act("2021-09-09", &approver(), |c, d| decide::confirm(c, d, first));
    assert_eq!(r.case.status(), Status::AwaitingNotice);
    let award = casework::pay::award(&r.case, values::AwardId(1), PersonId(9)).unwrap();
    assert_eq!((award.person, award.until), (PersonId(1), None), "in the member's name");
}

type Verb = fn(&Case, &Desk<'_>) -> Result<Act, Refusals>;

/// Who may use which verb, and when not. The case waits for the township's acceptance and T1 has claimed it.
#[test]
fn every_refusal_of_a_verb_has_its_name() {
    let mut form = form();
    form.relatives_on_staff = vec!["T9".into()];
    let mut r = Rehearsal::handed_in("2021-09-06", &form);
    r.act("2021-09-06", &clerk(), verbs::claim);
    let colleague = person("T2", Role::TownshipClerk, "430302202");
    let relative = person("T9", Role::TownshipClerk, "430302202");
    let outside = person("T8", Role::TownshipClerk, "430304100");
    let elsewhere = person("T8", Role::TownshipClerk, "430304100");
    let rows: [(&str, Actor, Verb, &[&str]); 20] = [
        ("已被同事领取", colleague.clone(), |c, d| apply::accept(c, d, &[PersonId(1)]), &["held_by_colleague"]),
        ("再领一次", clerk(), verbs::claim, &["held_already"]),
        ("不在我手里不能放回", colleague, verbs::release, &["held_by_colleague", "not_the_holder"]),
        ("近亲属回避", relative, verbs::claim, &["held_by_colleague", "relative_must_withdraw"]),
        ("别处的人", elsewhere, verbs::claim, &["not_your_area", "held_by_colleague"]),
        ("县里还没轮到", approver(), verbs::claim, &["not_on_your_desk"]),
        ("委托给谁没写", clerk(), |c, d| verbs::delegate(c, d, "", "请假"), &["nobody_named"]),
        ("委托给自己", clerk(), |c, d| verbs::delegate(c, d, "T1", "请假"), &["oneself"]),
        ("委托给近亲属", clerk(), |c, d| verbs::delegate(c, d, "T9", "请假"), &["relative_named"]),
        ("委托没写原因", clerk(), |c, d| verbs::delegate(c, d, "T2", " "), &["reason_missing"]),
        ("退回：没有可退的", clerk(), |c, d| verbs::send_back(c, d, "重看"), &["nothing_to_return"]),
        ("移交到县", clerk(), |c, d| verbs::transfer(c, d, "430302".parse().unwrap(), "户口"), &["not_a_township"]),
        (
            "移交到别的县",
            clerk(),
            |c, d| verbs::transfer(c, d, "430304100".parse().unwrap(), "户口"),
            &["another_county"],
        ),
        ("移交到本乡", clerk(), |c, d| verbs::transfer(c, d, "430302202".parse().unwrap(), "户口"), &["same_office"]),
        ("没请我会签", clerk(), |c, d| verbs::co_sign(c, d, "好"), &["not_asked_to_sign"]),
        ("受理前不能暂停", clerk(), |c, d| verbs::pause(c, d, "受理"), &["not_accepted", "not_pausable"]),
        ("没有暂停", clerk(), verbs::resume, &["nothing_paused"]),
        ("举报没写内容", clerk(), |c, d| decide::report(c, d, " ", false), &["nothing_said"]),
        ("村里不登记举报", assistant(), |c, d| decide::report(c, d, "有车", false), &["wrong_role"]),
        ("别处不登记举报", outside.clone(), |c, d| decide::report(c, d, "有车", false), &["not_your_area"]),
    ];
    for (what, who, verb, expected) in rows {
        assert_eq!(names(r.ask("2021-09-07", &who, verb)), expected, "{what}");
    }
    let nobody: [String; 0] = [];
    assert_eq!(names(r.ask("2021-09-07", &clerk(), |c, d| verbs::copy(c, d, &nobody))), ["nobody_named"]);
    r.act("2021-09-07", &clerk(), |c, d| verbs::transfer(c, d, "430302201".parse().unwrap(), "户口在那边"));
    assert_eq!((r.case.holder.clone(), r.case.office().to_string()), (None, "430302201000".to_owned()));
    assert_eq!(names(r.ask("2021-09-08", &clerk(), verbs::claim)), ["not_your_area"]);
}

/// 退回: the opinion counts no more; another amount hangs on the board again before the county decides.
#[test]
fn what_is_sent_back_gets_a_new_opinion_and_a_new_notice_when_it_differs() {
    let first = "2021-10".parse().unwrap();
    let mut r = Rehearsal::handed_in("2021-09-06", &form());
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    assert_eq!(names(r.ask("2021-09-18", &approver(), |c, d| verbs::send_back(c, d, ""))), ["reason_missing"]);
    r.act("2021-09-18", &approver(), |c, d| verbs::send_back(c, d, "收入算错"));
    assert_eq!((r.case.status(), r.case.returns), (Status::AwaitingOpinion, 1));
    let other = casework::case::Opinion { amount: Fen::yuan(500), ..opinion() };
    r.act("2021-09-19", &clerk(), |c, d| decide::give_opinion(c, d, other));
    assert_eq!(r.case.status(), Status::AwaitingPosting, "another amount has to hang anew");
    r.act("2021-09-19", &clerk(), |c, d| publish::post(c, d, "最低生活保障"));
    r.act("2021-09-27", &Actor::system(), publish::end);
    r.act("2021-09-27", &approver(), |c, d| verbs::ask_co_signature(c, d, "C2"));
    assert_eq!(names(r.ask("2021-09-27", &approver(), |c, d| decide::confirm(c, d, first))), ["co_signature_missing"]);
    let second = person("C2", Role::CountyApprover, "430302");
    r.act("2021-09-27", &second, |c, d| verbs::co_sign(c, d, "同意"));
    r.act("2021-09-27", &approver(), |c, d| decide::confirm(c, d, first));
    assert_eq!(names(r.ask("2021-09-28", &clerk(), apply::withdraw)), ["already_decided"]);
}

/// A report, or the day's sample, sends the county to the door before it decides.
#[test]
fn a_report_and_the_sample_make_the_county_visit() {
    for act in [Act::Reported { summary: "有车".into(), is_named: false }, Act::Sampled { draw: "d".into() }] {
        let mut r = Rehearsal::handed_in("2021-09-06", &form());
        r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
        r.act("2021-09-18", &Actor::system(), |_, _| Ok(act.clone()));
        let first = "2021-10".parse().unwrap();
        let refused = names(r.ask("2021-09-18", &approver(), |c, d| decide::confirm(c, d, first)));
        assert_eq!(refused, ["county_visit_due"], "{}", act.zh());
    }
}

#[test]
fn a_refusal_starts_the_clock_of_its_letter() {
    use casework::case::{ClockKind, GivenReason};
    let mut r = Rehearsal::handed_in("2021-09-06", &form());
    r.until_opinion("2021-09-07", "2021-09-09", "2021-09-10").until_county("2021-09-10", "2021-09-18");
    let why = vec![GivenReason { text: "收入高于标准".into(), cite: "办法 第四条".into() }];
    r.act("2021-09-18", &approver(), |c, d| decide::refuse(c, d, why));
    let letter = r.case.clock(ClockKind::Letter).expect("the letter has its clock").clone();
    assert_eq!(letter.due_on(&r.calendar), Some(day("2021-09-24")), "three working days over the Mid-Autumn days");
    r.act("2021-09-23", &clerk(), decide::notify);
    assert_eq!(r.case.clock(ClockKind::Letter).unwrap().stopped_on, Some(day("2021-09-23")));
}

/// Help first, papers after: what was given is paid once and is not paid again by the confirmation.
#[test]
fn in_an_emergency_help_comes_first() {
    let step = |name: &str, by: &str, after: &[&str]| Step {
        name: name.into(),
        by: by.into(),
        starts_from: after.iter().map(|one| (*one).to_owned()).collect(),
        term: Term::Days(1),
        parallel: vec![],
        pausable: None,
        cite: String::new(),
    };
    let steps = vec![
        step("交表", "村", &[]),
        step("先行救助", "乡镇（街道）", &["交表"]),
        step("确认", "乡镇（街道）；超过限额的，县民政局", &["先行救助"]),
        step("补手续", "乡镇（街道）", &["先行救助"]),
    ];
    let emergency = Procedure { publication_days: None, steps, ..procedure() };
    let r = Rehearsal::handed_in("2021-09-06", &form());
    let mut r = Rehearsal { case: Case::open(CaseId(1), &r.first, &emergency), procedure: emergency, ..r };
    let papers = vec!["户口簿".to_owned()];
    assert_eq!(names(r.ask("2021-09-06", &clerk(), |c, d| decide::relieve(c, d, Fen::ZERO, &[]))), ["no_amount"]);
    r.act("2021-09-06", &clerk(), |c, d| decide::relieve(c, d, Fen::yuan(800), &papers));
    let award = casework::pay::relief(&r.case, values::AwardId(1), PersonId(1)).unwrap();
    assert_eq!((award.amount, award.until), (Fen::yuan(800), Some("2021-09".parse().unwrap())));
    let once = casework::case::Opinion { gives: Gives::Money(AmountPer::Once), ..opinion() };
    r.act("2021-09-06", &clerk(), |c, d| decide::give_opinion(c, d, once));
    let other = person("T2", Role::TownshipClerk, "430302202");
    r.act("2021-09-07", &other, |c, d| decide::confirm(c, d, "2021-09".parse().unwrap()));
    assert_eq!(names(casework::pay::award(&r.case, values::AwardId(2), PersonId(1))), ["relieved_already"]);
    assert_eq!(r.case.step_to_record(), Some("补手续"), "the papers are still due");
}

#[test]
fn nobody_can_choose_the_sample() {
    let listed: Vec<Listed> = (1..=20)
        .map(|at| Listed {
            stratum: format!("430302{:03} dibao", 200 + at % 2),
            number: format!("430302-20210906-{at:05}"),
        })
        .collect();
    let mut turned = listed.clone();
    turned.reverse();
    assert_eq!(closed_list(&listed), closed_list(&turned), "the order of the list chooses nobody");
    let (one, two) = (draw(&listed, [1; 32], 30), draw(&listed, [2; 32], 30));
    assert_eq!(one, draw(&turned, [1; 32], 30));
    assert_ne!(one, two, "another list has another seed, and another sample");
    let of = |drawn: &[String], odd: usize| {
        drawn.iter().filter(|number| number[16..].parse::<usize>().unwrap() % 2 == odd).count()
    };
    assert_eq!((one.len(), of(&one, 0), of(&one, 1)), (6, 3, 3), "three of ten in each stratum");
    assert_eq!(draw(&listed, [1; 32], 100).len(), 20);
    assert!(draw(&listed, [1; 32], 0).is_empty());
}
