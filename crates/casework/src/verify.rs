//! verify 核对、入户: departments are asked only with a live authorisation; two people visit; both at the same time.

use crate::case::{Act, Answer, CHECK, Case, Desk, Finding, PANEL, Refusal, Refusals, Role, SHAPED, SURVEY, VISIT};

const MAY_ASK: [Role; 2] = [Role::TownshipClerk, Role::CountyChecker];
const MAY_ANSWER: [Role; 2] = [Role::CountyChecker, Role::System];
const MAY_VISIT: [Role; 2] = [Role::TownshipClerk, Role::SocialWorker];

/// Asks departments about the household (57号 第十七条).
///
/// # Errors
/// Wrong person; not accepted; nobody signed the authorisation; no department named; one asked twice.
pub fn ask_check(case: &Case, desk: &Desk<'_>, sources: &[String]) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &MAY_ASK);
    found.extend(case.wrong_moment(desk.procedure, Case::name_of(desk.procedure, &[CHECK, SURVEY])));
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
    found.extend(case.wrong_moment(desk.procedure, Case::name_of(desk.procedure, &[VISIT, SURVEY])));
    if case.visited_on.is_some() && case.has_step(SURVEY) {
        found.push(Refusal::of_moment("step_is_done", "已经入户过了", "等部门答复"));
    }
    found.extend(case.wrong_visit(&investigators, &findings));
    Refusals::none_of(found)?;
    Ok(Act::Visited { investigators: investigators.map(|id| id.trim().to_owned()), findings })
}

/// Records a step that only the book shapes: 审核 by the disabled persons' federation, 评估, 查验, 结账, 补手续 ….
///
/// # Errors
/// Wrong person; not the moment; a step with a form of its own; nothing found.
pub fn record_step(case: &Case, desk: &Desk<'_>, step: &str, finding: &str) -> Result<Act, Refusals> {
    let by = desk.procedure.steps.iter().find(|one| one.name == step).map_or("", |one| one.by.as_str());
    let mut found = desk.wrong_person(case, &recorders(by));
    if SHAPED.contains(&step) {
        let text = format!("“{step}”有自己的登记表");
        found.push(Refusal::of_content("step_has_its_form", text, "请用那张表登记"));
    }
    found.extend(case.wrong_moment(desk.procedure, step));
    if finding.trim().is_empty() {
        found.push(Refusal::of_content("finding_missing", "没有写明结果", "请写一句话说明结果"));
    }
    Refusals::none_of(found)?;
    Ok(Act::StepRecorded { step: step.to_owned(), finding: finding.trim().to_owned() })
}

/// Who enters a step of an office: the office itself, and the township that waits for it.
fn recorders(by: &str) -> Vec<Role> {
    match by {
        _ if by.starts_with('县') => vec![Role::TownshipClerk, Role::CountyApprover, Role::CountyChecker],
        _ if by.starts_with('村') => vec![Role::VillageAssistant, Role::TownshipClerk],
        _ => vec![Role::TownshipClerk, Role::SocialWorker],
    }
}

/// The villagers' panel (民主评议), only where the book asks for one.
///
/// # Errors
/// Wrong person; the book has no panel, or not now; nobody came; more in favour than came; nothing found.
pub fn hold_panel(
    case: &Case,
    desk: &Desk<'_>,
    attending: u32,
    in_favour: u32,
    finding: &str,
) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &[Role::TownshipClerk]);
    found.extend(case.wrong_moment(desk.procedure, PANEL));
    if attending == 0 || in_favour > attending {
        let text = "到会人数和赞成人数对不上";
        found.push(Refusal::of_content("panel_count", text, "请核对到会人数、赞成人数"));
    }
    if finding.trim().is_empty() {
        found.push(Refusal::of_content("finding_missing", "没有写明评议结果", "请写明评议结果"));
    }
    Refusals::none_of(found)?;
    Ok(Act::PanelHeld { attending, in_favour, finding: finding.trim().to_owned() })
}
