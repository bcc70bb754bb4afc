//! decide 审核确认: the township's opinion, the county's review, and a confirmation by another person.

use law::{Determination, Outcome};
use values::{Fen, Month};

use crate::case::{Act, CONFIRM, Case, Desk, Finding, GivenReason, NOTIFY, OPINION, Opinion, Refusal, Refusals, Role};

const TOWNSHIP: [Role; 1] = [Role::TownshipClerk];
const COUNTY: [Role; 1] = [Role::CountyApprover];

/// The opinion that a determination proposes. The machine proposes; a person signs or changes it with a reason.
pub fn proposed_opinion(determination: &Determination, digest: String) -> Opinion {
    let in_favour = determination.outcome == Outcome::Eligible;
    let reasons = determination.reasons.iter();
    Opinion {
        programme: determination.programme.clone(),
        in_favour,
        amount: if in_favour { determination.amount.unwrap_or(Fen::ZERO) } else { Fen::ZERO },
        persons: u32::try_from(determination.counted.len()).unwrap_or(u32::MAX),
        determination: digest,
        reasons: reasons.map(|r| GivenReason { text: r.text.clone(), cite: r.cite.clone() }).collect(),
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
    if opinion.in_favour && (opinion.amount <= Fen::ZERO || opinion.persons == 0) {
        found.push(Refusal::of_content("yes_without_amount", "同意的意见要有保障人数和金额", "请先按政策书计算"));
    }
    Refusals::none_of(found)?;
    Ok(Act::OpinionGiven { opinion })
}

/// Whether the county has to visit before it confirms: a relative of staff, or an objection or complaint (57号 第二十条第二款).
pub fn needs_county_visit(case: &Case) -> bool {
    !case.filed.relatives_on_staff.is_empty() || !case.objections.is_empty()
}

/// The county's own home visit by two people.
///
/// # Errors
/// Wrong person; not the moment; not two people.
pub fn visit_by_county(
    case: &Case,
    desk: &Desk<'_>,
    investigators: [String; 2],
    findings: Vec<Finding>,
) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &COUNTY);
    found.extend(case.wrong_moment(desk.procedure, CONFIRM));
    if investigators[0] == investigators[1] {
        let text = "县级入户也要两名不同的工作人员";
        found.push(
            Refusal::of_content("two_investigators", text, "请填写两个人的工号")
                .by("民发〔2021〕57号 第十六条、第二十条"),
        );
    }
    Refusals::none_of(found)?;
    Ok(Act::CountyVisited { investigators, findings })
}

/// The county confirms the township's opinion. The one who confirms is not the one who gave the opinion, and neither of the two
/// who visited: whoever looked does not also decide (house rule; 57号 separates 审核 by the township from 确认 by the county).
///
/// # Errors
/// Wrong person; not the moment; a standing opinion against; a county visit due.
pub fn confirm(case: &Case, desk: &Desk<'_>, from: Month) -> Result<Act, Refusals> {
    let found = standing_in_the_way(case, desk);
    let in_favour = case.standing_opinion().filter(|given| given.opinion.in_favour);
    let mut found = found;
    if case.standing_opinion().is_some() && in_favour.is_none() {
        found.push(Refusal::of_content(
            "opinion_is_against",
            "乡镇的意见是不同意，不能直接确认",
            "退回乡镇重新提出意见，或作出不予确认的决定",
        ));
    }
    Refusals::none_of(found)?;
    let given = in_favour.expect("a standing opinion, or a refusal above");
    Ok(Act::Confirmed { amount: given.opinion.amount, from })
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

/// What stands between a case and any decision of the county.
fn standing_in_the_way(case: &Case, desk: &Desk<'_>) -> Vec<Refusal> {
    let mut found = desk.wrong_person(case, &COUNTY);
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
    found.extend(case.wrong_moment(desk.procedure, CONFIRM));
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

/// Extends the law's limit; only for what the law names (57号 第二十二条; 民发〔2022〕83号 四(一)).
///
/// # Errors
/// Not accepted, decided already, or without a reason.
pub fn extend(case: &Case, desk: &Desk<'_>, reason: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &[Role::TownshipClerk, Role::CountyApprover]);
    if case.accepted_on.is_none() || case.decided_on().is_some() {
        found.push(Refusal::of_moment("nothing_to_extend", "没有正在计时的法定时限", "不需要延长"));
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
