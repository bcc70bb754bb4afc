//! decide 审核确认: the township's opinion, the county's review, and a confirmation by another person.

use law::{AmountPer, Determination, Gives, Outcome, Procedure};
use values::{Fen, Month};

use crate::case::{
    Act, CONFIRM, Case, Desk, Finding, GivenReason, NOTIFY, OPINION, Opinion, RELIEF, Refusal, Refusals, Role,
};

const TOWNSHIP: [Role; 1] = [Role::TownshipClerk];
const COUNTY: [Role; 1] = [Role::CountyApprover];
const TAKE_REPORTS: [Role; 2] = [Role::TownshipClerk, Role::CountyApprover];

/// The opinion that a determination proposes: what is given, and how much for which span of time. The machine proposes; a person
/// signs or changes it with a reason.
pub fn proposed_opinion(determination: &Determination, digest: String) -> Opinion {
    let in_favour = determination.outcome == Outcome::Eligible;
    let reasons = determination.reasons.iter();
    Opinion {
        programme: determination.programme.to_string(),
        in_favour,
        amount: determination.amount.filter(|_| in_favour).unwrap_or(Fen::ZERO),
        gives: given_by(determination),
        persons: u32::try_from(determination.counted.len()).unwrap_or(u32::MAX),
        determination: digest,
        reasons: reasons.map(|r| GivenReason { text: r.text.to_string(), cite: r.cite.to_string() }).collect(),
    }
}

/// What a determination gives: money for its span of time, things and services, or a standing.
fn given_by(determination: &Determination) -> Gives {
    match (determination.amount, determination.services.is_empty()) {
        (Some(_), _) => Gives::Money(determination.per),
        (None, false) => Gives::Services,
        (None, true) if determination.outcome == Outcome::Eligible => Gives::Recognition,
        (None, true) => Gives::Money(AmountPer::Month),
    }
}

/// Who decides: the county; the township too where the book says so (乡镇 first in 确认) or the county has delegated it (委托).
pub fn deciders(case: &Case, procedure: &Procedure) -> Vec<Role> {
    let by = procedure.steps.iter().find(|step| step.name == CONFIRM).map_or("", |step| step.by.as_str());
    match case.filed.is_delegated || by.starts_with("乡镇") {
        true => vec![Role::TownshipClerk, Role::CountyApprover],
        false => COUNTY.to_vec(),
    }
}

/// The township's opinion on what check and visit have shown (57号 第十八条).
///
/// # Errors
/// Wrong person; not the moment; a no without a reason; a yes without money or persons.
pub fn give_opinion(case: &Case, desk: &Desk<'_>, opinion: Opinion) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &TOWNSHIP);
    found.extend(case.wrong_moment(desk.procedure, OPINION));
    if case.has_open_objection() {
        found.push(
            Refusal::of_moment("objection_is_open", "公示异议还没有处理完", "先完成重新调查或民主评议")
                .by("民发〔2021〕57号 第十九条"),
        );
    }
    if !opinion.in_favour && opinion.reasons.is_empty() {
        found.push(
            Refusal::of_content("no_without_reason", "不同意的意见要写明理由和依据", "请选择或填写理由")
                .by("民发〔2021〕57号 第二十一条"),
        );
    }
    let lacks_money = matches!(opinion.gives, Gives::Money(_)) && opinion.amount <= Fen::ZERO;
    if opinion.in_favour && (lacks_money || opinion.persons == 0) {
        found.push(Refusal::of_content("yes_without_amount", "同意的意见要有保障人数和金额", "请先按政策书计算"));
    }
    Refusals::none_of(found)?;
    Ok(Act::OpinionGiven { opinion })
}

/// Whether the county has to visit before it confirms: a relative of staff, an objection or a report (57号 第二十条第二款), or the
/// day's sample. Where nobody may hang a notice nobody objects; the others still count.
pub fn needs_county_visit(case: &Case) -> bool {
    !case.filed.relatives_on_staff.is_empty()
        || !case.objections.is_empty()
        || !case.reported_on.is_empty()
        || case.is_sampled
}

/// Somebody reports a case (举报), and the office that is told writes it down: the county has to look itself. A colleague who is the
/// family's relative may write it down too: a report binds, it does not favour.
///
/// # Errors
/// Wrong person; a case that is decided or ended; nothing said.
pub fn report(case: &Case, desk: &Desk<'_>, summary: &str, is_named: bool) -> Result<Act, Refusals> {
    let mut found = desk.wrong_office(&case.office(), &TAKE_REPORTS);
    if !case.status().is_open() {
        let text = "这件申请已经办结";
        found.push(Refusal::of_moment("already_decided", text, "对正在领取的待遇有情况反映，请拨打救助热线"));
    }
    if summary.trim().is_empty() {
        found.push(Refusal::of_content("nothing_said", "没有写明举报内容", "请写明哪里与事实不符"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Reported { summary: summary.trim().to_owned(), is_named })
}

/// 先行救助: in an emergency the township helps first and asks for papers afterwards, where the book has the step.
///
/// # Errors
/// Wrong person; the book has no such step, or not now; no amount.
pub fn relieve(case: &Case, desk: &Desk<'_>, amount: Fen, missing: &[String]) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &TOWNSHIP);
    found.extend(case.wrong_moment(desk.procedure, RELIEF));
    if amount <= Fen::ZERO {
        found.push(Refusal::of_content("no_amount", "没有写明先救助多少钱", "请填写金额"));
    }
    Refusals::none_of(found)?;
    Ok(Act::ReliefGiven { amount, missing: missing.to_vec() })
}

/// The county's own home visit by two people.
///
/// # Errors
/// Wrong person; not the moment; not two people, a relative among them, nothing seen.
pub fn visit_by_county(
    case: &Case,
    desk: &Desk<'_>,
    investigators: [String; 2],
    findings: Vec<Finding>,
) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &COUNTY);
    found.extend(case.wrong_moment(desk.procedure, CONFIRM));
    if case.county_visited_on.is_some() {
        found.push(Refusal::of_moment("step_is_done", "县里已经入户过了", "可以审核确认"));
    }
    found.extend(case.wrong_visit(&investigators, &findings));
    Refusals::none_of(found)?;
    Ok(Act::CountyVisited { investigators: investigators.map(|id| id.trim().to_owned()), findings })
}

/// The county confirms the township's opinion. The one who confirms is not the one who gave the opinion, and neither of the two
/// who visited: whoever looked does not also decide (house rule; 57号 separates 审核 by the township from 确认 by the county).
///
/// # Errors
/// Wrong person; not the moment; a standing opinion against; a county visit due; a first month before the application or later
/// than the month after the decision.
pub fn confirm(case: &Case, desk: &Desk<'_>, from: Month) -> Result<Act, Refusals> {
    let mut found = standing_in_the_way(case, desk);
    let in_favour = case.standing_opinion().filter(|given| given.opinion.in_favour);
    found.extend(wrong_first_month(case, desk, from));
    if case.standing_opinion().is_some() && in_favour.is_none() {
        found.push(Refusal::of_content(
            "opinion_is_against",
            "乡镇的意见是不同意，不能直接确认",
            "请作出不予确认的决定，或请乡镇重新调查后再报",
        ));
    }
    Refusals::none_of(found)?;
    let given = in_favour.expect("a standing opinion, or a refusal above");
    Ok(Act::Confirmed { amount: given.opinion.amount, from, gives: given.opinion.gives })
}

/// The county refuses, in writing, with reasons and articles (57号 第二十一条).
///
/// # Errors
/// Wrong person; not the moment; no reason.
pub fn refuse(case: &Case, desk: &Desk<'_>, reasons: Vec<GivenReason>) -> Result<Act, Refusals> {
    let mut found = standing_in_the_way(case, desk);
    if reasons.is_empty() || reasons.iter().any(|reason| reason.text.trim().is_empty() || reason.cite.trim().is_empty())
    {
        let text = "不予确认要逐条写明理由和依据";
        found.push(
            Refusal::of_content("refusal_without_reason", text, "请补全理由和条款").by("民发〔2021〕57号 第二十一条"),
        );
    }
    Refusals::none_of(found)?;
    Ok(Act::Refused { reasons })
}

/// Which month of these two begins a right is the book's word (次月, or the month of application); no other one does.
fn wrong_first_month(case: &Case, desk: &Desk<'_>, from: Month) -> Option<Refusal> {
    let (earliest, latest) = (case.filed.on.month(), desk.today.month().next());
    let (name, text) = match () {
        () if from < earliest => ("starts_before_application", format!("起发月 {from} 早于申请的月份 {earliest}")),
        () if from > latest => ("starts_too_late", format!("起发月 {from} 晚于决定的次月 {latest}")),
        () => return None,
    };
    Some(Refusal::of_content(name, text, "请按政策书核对起发月").by("民发〔2021〕57号 第二十一条"))
}

/// What stands between a case and any decision of the county.
fn standing_in_the_way(case: &Case, desk: &Desk<'_>) -> Vec<Refusal> {
    let mut found = desk.wrong_person(case, &deciders(case, desk.procedure));
    if case.opinions.iter().any(|given| given.by.id == desk.actor.id) {
        let text = "提出审核意见的人不能自己确认";
        found.push(
            Refusal::of_person("same_person_confirms", text, "请由另一位审核人确认")
                .by("民发〔2021〕57号 第十八条、第二十条"),
        );
    }
    if case.investigators.contains(&desk.actor.id) {
        found.push(Refusal::of_person("investigator_confirms", "参加入户调查的人不能确认", "请由另一位审核人确认"));
    }
    let not_now = case.wrong_moment(desk.procedure, CONFIRM);
    if not_now.is_empty() && case.standing_opinion().is_none() && !case.has_open_objection() {
        let text = "还没有审核意见，不能作出决定";
        found.push(Refusal::of_moment("opinion_missing", text, "等乡镇（街道）提出意见"));
    }
    found.extend(not_now);
    let unsigned = case.unsigned();
    if !unsigned.is_empty() {
        let text = format!("请了会签，还没有签：工号 {}", unsigned.join("、"));
        found.push(Refusal::of_moment("co_signature_missing", text, "等签字到齐"));
    }
    if case.has_open_objection() {
        found.push(
            Refusal::of_moment("objection_is_open", "公示异议还没有处理完", "等乡镇重新提出意见")
                .by("民发〔2021〕57号 第十九条"),
        );
    }
    if needs_county_visit(case) && case.county_visited_on.is_none() {
        let text = "有近亲属备案或异议、举报的，县里要先入户";
        found.push(
            Refusal::of_moment("county_visit_due", text, "先完成县级入户调查").by("民发〔2021〕57号 第二十条第二款"),
        );
    }
    found
}

/// The letter reached the household.
///
/// # Errors
/// Wrong person; nothing decided, or told already.
pub fn notify(case: &Case, desk: &Desk<'_>) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &[Role::TownshipClerk, Role::VillageAssistant]);
    found.extend(case.wrong_moment(desk.procedure, NOTIFY));
    Refusals::none_of(found)?;
    Ok(Act::Notified)
}

/// Extends the law's limit, once, to the longer one of the book; only for what the law names (57号 第二十二条; 民发〔2022〕83号
/// 四(一)).
///
/// # Errors
/// Not accepted, decided or ended already; a book without a longer limit; extended before; without a reason.
pub fn extend(case: &Case, desk: &Desk<'_>, reason: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &[Role::TownshipClerk, Role::CountyApprover]);
    if case.accepted_on.is_none() || case.decided_on().is_some() {
        found.push(Refusal::of_moment("nothing_to_extend", "没有正在计时的法定时限", "不需要延长"));
    }
    found.extend(case.closed("延长办理"));
    if case.extended_term.is_none() {
        found.push(Refusal::of_moment("no_longer_limit", "这个项目的政策书没有规定延长时限", "请按原时限办结"));
    }
    if case.is_extended {
        let text = "这件申请已经延长过一次";
        found.push(Refusal::of_moment("extended_already", text, "请尽快办结").by("民发〔2021〕57号 第二十二条"));
    }
    if reason.trim().is_empty() {
        let text = "延长办理要写明法定的特殊情形";
        found.push(
            Refusal::of_content("extension_needs_reason", text, "例如：公示有异议、人户分离、调查难度大")
                .by("民发〔2021〕57号 第二十二条"),
        );
    }
    Refusals::none_of(found)?;
    Ok(Act::Extended)
}
