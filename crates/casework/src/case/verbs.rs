//! The verbs by which a case goes from hand to hand: claim, release, delegate, transfer, return, co-sign, copy; and the pause that
//! a book allows. They belong to no stage: each may come at several.

use values::{AreaCode, AreaLevel};

use super::steps::{OPINION, SURVEY, VISIT};
use super::{Act, Case, ClockKind, Desk, Refusal, Refusals, Role, Status};

const STAFF: [Role; 5] =
    [Role::VillageAssistant, Role::TownshipClerk, Role::SocialWorker, Role::CountyChecker, Role::CountyApprover];
const CLERKS: [Role; 2] = [Role::TownshipClerk, Role::CountyApprover];

/// Takes the case from the office's queue (领取): one holder at a time.
///
/// # Errors
/// Wrong person; a case that ended; not on this role's desk; held already.
pub fn claim(case: &Case, desk: &Desk<'_>) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &STAFF);
    found.extend(case.closed("领取"));
    found.extend(not_on_my_desk(case, desk));
    if case.holder.as_deref() == Some(desk.actor.id.as_str()) {
        found.push(Refusal::of_moment("held_already", "这件申请已经在您手里", "直接办理下一步"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Claimed)
}

/// Puts the case back into the office's queue (放回).
///
/// # Errors
/// Not the holder.
pub fn release(case: &Case, desk: &Desk<'_>) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &STAFF);
    found.extend(not_the_holder(case, desk));
    Refusals::none_of(found)?;
    Ok(Act::Released)
}

/// Hands the case to a colleague of the same office (委托).
///
/// # Errors
/// Not on this role's desk; nobody named; oneself; a relative; without a reason.
pub fn delegate(case: &Case, desk: &Desk<'_>, to: &str, reason: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &STAFF);
    found.extend(case.closed("委托"));
    found.extend(not_on_my_desk(case, desk));
    found.extend(wrong_colleague(case, desk, to));
    found.extend(lacks_reason(reason));
    Refusals::none_of(found)?;
    Ok(Act::Delegated { to: to.trim().to_owned() })
}

/// Hands the case to another township of the county (移交). The clocks run on: the family does not pay for the move.
///
/// # Errors
/// Wrong person; a case that ended; not a township; another county; the same office; without a reason.
pub fn transfer(case: &Case, desk: &Desk<'_>, to: AreaCode, reason: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &CLERKS);
    found.extend(case.closed("移交"));
    if !case.status().is_open() {
        found.push(Refusal::of_moment("already_decided", "已经作出决定，不能移交", "待遇的迁移另行办理"));
    }
    if !matches!(to.level(), AreaLevel::Township | AreaLevel::Village) {
        found.push(Refusal::of_content("not_a_township", "移交要写明到哪个乡镇（街道）", "请选择乡镇（街道）"));
    } else if to.county() != case.filed.village.county() {
        let text = "接收的乡镇（街道）在别的县（市、区），账和审计链分开记";
        found.push(Refusal::of_content("another_county", text, "请由对方县（市、区）重新收表，这边撤回"));
    }
    if case.office().township() == to.township() {
        found.push(Refusal::of_content("same_office", "案件本来就在这个乡镇（街道）", "不需要移交"));
    }
    found.extend(lacks_reason(reason));
    Refusals::none_of(found)?;
    Ok(Act::Transferred { to })
}

/// Sends the case to the step before (退回): the county to the opinion, the township to the visit. The opinion counts no more, a
/// new one is due.
///
/// # Errors
/// Wrong person; neither at the county nor before an opinion; a step that was never done; without a reason.
pub fn send_back(case: &Case, desk: &Desk<'_>, reason: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &CLERKS);
    found.extend(case.closed("退回"));
    let visit = Case::name_of(desk.procedure, &[VISIT, SURVEY]);
    let step = match (case.status(), desk.actor.role) {
        (Status::CountyReview, _) => Some(OPINION),
        (Status::AwaitingOpinion | Status::AwaitingPosting, Role::TownshipClerk) => Some(visit),
        _ => None,
    };
    match step {
        None => found.push(Refusal::of_moment(
            "nothing_to_return",
            "这一步不能退回",
            "县里在审核确认时可以退回乡镇，乡镇在提意见前可以退回入户",
        )),
        Some(step) if case.completed_on(step).is_none() => {
            let text = format!("“{step}”还没有办过，没有可以退回的");
            found.push(Refusal::of_moment("nothing_to_return", text, "先办这一步"));
        }
        Some(_) => {}
    }
    found.extend(lacks_reason(reason));
    Refusals::none_of(found)?;
    Ok(Act::Returned { step: step.expect("a step, or a refusal above").to_owned() })
}

/// Asks a colleague to sign too (会签); until the signature is there nothing is confirmed.
///
/// # Errors
/// Wrong person; decided; nobody named; oneself; a relative; asked already.
pub fn ask_co_signature(case: &Case, desk: &Desk<'_>, of: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &CLERKS);
    found.extend(case.closed("请会签"));
    if !case.status().is_open() {
        found.push(Refusal::of_moment("already_decided", "已经作出决定，不能再请会签", "请看决定书"));
    }
    found.extend(wrong_colleague(case, desk, of));
    if case.co_signatures.iter().any(|(who, _)| who == of.trim()) {
        found.push(Refusal::of_content("asked_already", "已经请过这位同事会签", "请等他签"));
    }
    Refusals::none_of(found)?;
    Ok(Act::CoSignAsked { of: of.trim().to_owned() })
}

/// Signs too (会签).
///
/// # Errors
/// A relative, another area; not asked, or signed already.
pub fn co_sign(case: &Case, desk: &Desk<'_>, comment: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &STAFF);
    found.retain(|no| no.name != "held_by_colleague"); // signing is not working on the case
    found.extend(case.closed("会签"));
    if !case.unsigned().contains(&desk.actor.id.as_str()) {
        found.push(Refusal::of_person("not_asked_to_sign", "没有请您会签这件申请", "不需要签字"));
    }
    Refusals::none_of(found)?;
    Ok(Act::CoSigned { comment: comment.trim().to_owned() })
}

/// Lets colleagues see the case on their list (抄送); they need not act.
///
/// # Errors
/// Wrong person; nobody named, or nobody new.
pub fn copy(case: &Case, desk: &Desk<'_>, to: &[String]) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &STAFF);
    let fresh: Vec<String> = to
        .iter()
        .map(|who| who.trim().to_owned())
        .filter(|who| !who.is_empty() && !case.watchers.contains(who))
        .collect();
    if fresh.is_empty() {
        found.push(Refusal::of_content("nobody_named", "没有写明抄送给谁", "请填写同事的工号"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Copied { to: fresh })
}

/// Stops the promise while a step waits for what its book names (可暂停); no other reason stops a clock.
///
/// # Errors
/// Wrong person; not accepted; paused already; the step is not running, or its book allows no pause.
pub fn pause(case: &Case, desk: &Desk<'_>, step: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &CLERKS);
    found.extend(case.wrong_moment(desk.procedure, step));
    if case.accepted_on.is_none() {
        found.push(Refusal::of_moment("not_accepted", "受理以前只能用一次告知来暂停", "请用一次告知补齐"));
    }
    if case.clock(ClockKind::Promise).is_none_or(|clock| clock.is_paused() || clock.stopped_on.is_some()) {
        found.push(Refusal::of_moment("not_running", "承诺的时钟没有在走", "不需要暂停"));
    }
    let reason = desk.procedure.steps.iter().find(|one| one.name == step).and_then(|one| one.pausable.clone());
    if reason.is_none() {
        let text = format!("政策书没有规定“{step}”可以暂停");
        found.push(Refusal::of_content("not_pausable", text, "请按时办理"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Paused { step: step.to_owned(), reason: reason.expect("a reason, or a refusal above") })
}

/// The clock runs on (恢复).
///
/// # Errors
/// Wrong person; nothing paused by [`pause`].
pub fn resume(case: &Case, desk: &Desk<'_>) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &CLERKS);
    let is_paused = case.clock(ClockKind::Promise).is_some_and(|clock| clock.is_paused() && clock.stopped_on.is_none());
    if !is_paused || case.is_awaiting_supplement() || case.has_open_objection() {
        found.push(Refusal::of_moment("nothing_paused", "没有可以恢复的暂停", "补齐材料、处理完异议时会自动恢复"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Resumed)
}

fn not_on_my_desk(case: &Case, desk: &Desk<'_>) -> Option<Refusal> {
    if case.held_by() == Some(desk.actor.role) {
        return None;
    }
    let holder = case.held_by().map_or("谁的手里都不在", |role| role.zh());
    let text = format!("这件申请现在由{holder}办理");
    Some(Refusal::of_moment("not_on_your_desk", text, "等它到您这里再办"))
}

fn not_the_holder(case: &Case, desk: &Desk<'_>) -> Option<Refusal> {
    let is_mine = case.holder.as_deref() == Some(desk.actor.id.as_str());
    (!is_mine).then(|| Refusal::of_person("not_the_holder", "这件申请不在您手里", "只有领取的人能放回"))
}

fn wrong_colleague(case: &Case, desk: &Desk<'_>, who: &str) -> Vec<Refusal> {
    let (who, mut found) = (who.trim(), Vec::new());
    if who.is_empty() {
        found.push(Refusal::of_content("nobody_named", "没有写明是哪位同事", "请填写同事的工号"));
    }
    if who == desk.actor.id {
        found.push(Refusal::of_content("oneself", "不能写自己", "请填写另一位同事的工号"));
    }
    if case.filed.relatives_on_staff.iter().any(|relative| relative == who) {
        let text = "这位同事与这户人家是备案的近亲属";
        found.push(Refusal::of_content("relative_named", text, "请换一位同事").by("民发〔2021〕57号 第十一条"));
    }
    found
}

fn lacks_reason(reason: &str) -> Option<Refusal> {
    let is_empty = reason.trim().is_empty();
    is_empty.then(|| Refusal::of_content("reason_missing", "没有写明原因", "请写一句话，接手的人和申请人都看得到"))
}
