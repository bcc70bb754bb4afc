//! decide 审核确认: the township's opinion, the county's review, and a confirmation by another person.

use law::{Determination, Outcome};
use values::{Fen, Month};

use crate::case::{Act, CONFIRM, Case, Desk, Finding, GivenReason, NOTIFY, OPINION, Opinion, Refusal, Refusals, Role};

const TOWNSHIP: [Role; 1] = [Role::TownshipClerk];
const COUNTY: [Role; 1] = [Role::CountyApprover];

/// The opinion that a determination proposes. The machine proposes; a person signs or changes it with a reason. Only an amount a
/// month is proposed: what is paid once or by the year, recognised or served opens no monthly award.
pub fn proposed_opinion(determination: &Determination, digest: String) -> Opinion {
    let in_favour = determination.outcome == Outcome::Eligible;
    let reasons = determination.reasons.iter();
    Opinion {
        programme: determination.programme.clone(),
        in_favour,
        amount: if in_favour { determination.monthly_amount().unwrap_or(Fen::ZERO) } else { Fen::ZERO },
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
/// Wrong person; not the moment; not two people, a relative among them, nothing seen.
pub fn visit_by_county(
    case: &Case,
    desk: &Desk<'_>,
    investigators: [String; 2],
    findings: Vec<Finding>,
) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &COUNTY);
    found.extend(case.wrong_moment(desk.procedure, CONFIRM));
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
