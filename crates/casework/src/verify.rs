//! verify 核对、入户: departments are asked only with a live authorisation; two people visit; both at the same time.

use crate::case::{Act, Answer, CHECK, Case, Desk, Finding, Refusal, Refusals, Role, VISIT};

const MAY_ASK: [Role; 2] = [Role::TownshipClerk, Role::CountyChecker];
const MAY_ANSWER: [Role; 2] = [Role::CountyChecker, Role::System];
const MAY_VISIT: [Role; 2] = [Role::TownshipClerk, Role::SocialWorker];

/// Asks departments about the household (57号 第十七条).
///
/// # Errors
/// Wrong person; not accepted; nobody signed the authorisation; no department named; one asked twice.
pub fn ask_check(case: &Case, desk: &Desk<'_>, sources: &[String]) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &MAY_ASK);
    found.extend(case.wrong_moment(desk.procedure, CHECK));
    if case.authorised_by.is_empty() {
        let text = "没有家庭成员签署的核对授权，不能向部门查询";
        found.push(Refusal::of_content("no_authorisation", text, "请先补签授权书").by("民发〔2021〕57号 第九条"));
    }
    if sources.is_empty() {
        found.push(Refusal::of_content("nobody_asked", "没有选择要核对的部门", "请至少选一个部门"));
    }
    let again: Vec<&str> = sources.iter().filter(|source| case.asked.contains(source)).map(String::as_str).collect();
    if !again.is_empty() {
        let text = format!("{}已经问过了", again.join("、"));
        found.push(Refusal::of_content("asked_already", text, "请等待答复，或只选还没问过的部门"));
    }
    Refusals::none_of(found)?;
    Ok(Act::CheckAsked { sources: sources.to_vec() })
}

/// Records what a department answered. A hit is a lead that the household may contest (57号 第十八条), never a decision.
///
/// # Errors
/// Wrong person; a department that was not asked, or answered already.
pub fn answer_check(case: &Case, desk: &Desk<'_>, answer: Answer) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &MAY_ANSWER);
    found.extend(case.closed("核对结果"));
    if !case.silent_sources().contains(&answer.source.as_str()) {
        let text = format!("没有等待{}答复的核对请求", answer.source);
        found.push(Refusal::of_moment("not_asked", text, "请核对部门名称"));
    }
    Refusals::none_of(found)?;
    Ok(Act::CheckAnswered { answer })
}

/// Records a home visit by two different people (57号 第十六条).
///
/// # Errors
/// Wrong person; not the moment; not two people; nothing found; a relative among the two.
pub fn visit(
    case: &Case,
    desk: &Desk<'_>,
    investigators: [String; 2],
    findings: Vec<Finding>,
) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &MAY_VISIT);
    found.extend(case.wrong_moment(desk.procedure, VISIT));
    found.extend(case.wrong_visit(&investigators, &findings));
    Refusals::none_of(found)?;
    Ok(Act::Visited { investigators: investigators.map(|id| id.trim().to_owned()), findings })
}
