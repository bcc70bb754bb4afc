//! apply 申请: one form, handed in once, at the village; completeness with one notice; acceptance.

use values::{AreaCode, Day, HouseholdId, PersonId};

mod plan;
mod propose;

pub use plan::{Application, Proposal, Reading, Standing, Told, money_words, open_cases, opening_beside, plan};
pub use propose::{opened, propose};

use crate::case::{Act, Case, Desk, Event, Help, Refusal, Refusals, Role};

/// What is handed in with the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandIn {
    /// The day's running number within the county, from 1.
    pub running_number: u32,
    /// Whose.
    pub household: HouseholdId,
    /// The village where the family's registration is.
    pub village: AreaCode,
    /// For which programmes; the first one's procedure leads.
    pub programmes: Vec<String>,
    /// Who helped.
    pub help: Help,
    /// Who signed the authorisation for the check.
    pub authorised_by: Vec<PersonId>,
    /// Adult members, who all have to sign.
    pub adults: Vec<PersonId>,
    /// Staff and committee members who are close relatives.
    pub relatives_on_staff: Vec<String>,
    /// Number of an open case of the same household, if any.
    pub open_case: Option<String>,
    /// Questions asked of the household.
    pub items_asked: u32,
    /// Questions answered from what the government held.
    pub items_prefilled: u32,
}

const MAY_HAND_IN: [Role; 4] = [Role::Resident, Role::VillageAssistant, Role::TownshipClerk, Role::SocialWorker];
const TOWNSHIP: [Role; 1] = [Role::TownshipClerk];

/// `430302-20210906-00001`: county, day, running number.
pub fn case_number(village: &AreaCode, on: Day, running_number: u32) -> String {
    format!("{}-{}-{running_number:05}", village.county6(), on.to_string().replace('-', ""))
}

/// Takes the form. A missing signature does not refuse it: it is asked for later, once, in the one notice.
///
/// # Errors
/// Wrong person; the household already has an open case; nothing applied for; a relative who takes his own family's form.
pub fn hand_in(desk: &Desk<'_>, form: &HandIn) -> Result<Event, Refusals> {
    let mut found = desk.wrong_office(&form.village, &MAY_HAND_IN);
    if form.relatives_on_staff.contains(&desk.actor.id) {
        let text = "您是这户人家备案的近亲属，不能经手";
        found.push(Refusal::of_person("relative_must_withdraw", text, "请同事代收").by("民发〔2021〕57号 第十一条"));
    }
    if let Some(number) = &form.open_case {
        let text = format!("这户人家已有一件正在办理的申请（{number}）");
        found.push(Refusal::of_moment("has_open_case", text, "请在原申请上补充，不必再交一次表"));
    }
    if form.programmes.is_empty() {
        found.push(Refusal::of_content(
            "nothing_applied_for",
            "没有选择要办什么",
            "请至少选一项；不清楚就选低保，系统会把能享受的都列出来",
        ));
    }
    Refusals::none_of(found)?;
    let act = Act::HandedIn {
        number: case_number(&form.village, desk.today, form.running_number),
        household: form.household,
        village: form.village,
        programmes: form.programmes.clone(),
        help: form.help,
        authorised_by: form.authorised_by.clone(),
        relatives_on_staff: form.relatives_on_staff.clone(),
        items_asked: form.items_asked,
        items_prefilled: form.items_prefilled,
        items_reused: 0,
        application: None,
        member: None,
        is_delegated: false,
    };
    let (at, actor) = (desk.at.to_owned(), desk.actor.clone());
    Ok(Event { seq: 1, on: desk.today, at, actor, act, reason: None, shared_from: None })
}

/// Where a family applies whose members are registered in different places: at the registration of the first member who also
/// lives there; else of the first member. The offices of the others' registrations have to help (57号 第五条). None for nobody.
pub fn place_to_apply(members: &[Residence]) -> Option<AreaCode> {
    let at_home = members.iter().find(|member| member.registered == member.lives);
    at_home.or(members.first()).map(|member| member.registered)
}

/// Where a member is registered, and where he lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Residence {
    /// 户籍所在地.
    pub registered: AreaCode,
    /// 经常居住地.
    pub lives: AreaCode,
}

/// Adults who have not signed the authorisation: without it nobody may ask a department (57号 第九条).
pub fn unsigned_adults(authorised_by: &[PersonId], adults: &[PersonId]) -> usize {
    adults.iter().filter(|adult| !authorised_by.contains(adult)).count()
}

/// The one notice: everything that is missing, at once. The promise stands still (57号 第十条).
///
/// # Errors
/// Wrong person; already accepted; a second notice; nothing named; a paper asked for that a department can provide.
pub fn ask_supplement(
    case: &Case,
    desk: &Desk<'_>,
    missing: &[String],
    known_to_departments: &[String],
) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &TOWNSHIP);
    found.extend(case.closed("一次告知补齐"));
    if case.accepted_on.is_some() {
        found.push(Refusal::of_moment("already_accepted", "已经受理的申请不能再要求补材料", "请通过核对和入户了解"));
    }
    if case.was_supplement_asked {
        let text = "补正材料只能一次性告知，这件申请已经告知过了";
        found.push(
            Refusal::of_moment("one_notice_only", text, "缺的材料请自行向部门调取").by("民发〔2021〕57号 第十条"),
        );
    }
    if missing.is_empty() {
        found.push(Refusal::of_content("nothing_missing", "没有写明缺什么", "请逐项写明，一次告知"));
    }
    let fetchable: Vec<&str> =
        missing.iter().filter(|m| known_to_departments.contains(m)).map(String::as_str).collect();
    if !fetchable.is_empty() {
        let text = format!("“{}”可以向部门调取，不得要求群众提供", fetchable.join("、"));
        found.push(Refusal::of_content("departments_know_it", text, "请从告知单里删去").by("国务院令第716号 第七条"));
    }
    Refusals::none_of(found)?;
    Ok(Act::SupplementAsked { missing: missing.to_vec() })
}

/// The papers are there; the promise runs on.
///
/// # Errors
/// Wrong person; nothing was asked for.
pub fn supplement(case: &Case, desk: &Desk<'_>) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &[Role::VillageAssistant, Role::TownshipClerk]);
    if !case.is_awaiting_supplement() {
        found.push(Refusal::of_moment("nothing_awaited", "没有等待补充的材料", "可以直接办理下一步"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Supplemented)
}

/// Members sign the authorisation for the check after the hand-in; on paper at their door counts as well (57号 第九条).
///
/// # Errors
/// Wrong person; a case that ended; nobody new signed; one who is not an adult member of the household.
pub fn authorise(case: &Case, desk: &Desk<'_>, signed: &[PersonId], adults: &[PersonId]) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &MAY_HAND_IN);
    found.extend(case.closed("补签核对授权"));
    if signed.iter().all(|member| case.authorised_by.contains(member)) {
        found.push(Refusal::of_content("nobody_signed", "没有新的签字", "请选择这次签了字的家庭成员"));
    }
    if signed.iter().any(|member| !adults.contains(member)) {
        let text = "授权书只能由成年家庭成员本人签署";
        found.push(Refusal::of_content("not_an_adult_member", text, "请核对家庭成员").by("民发〔2021〕57号 第九条"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Authorised { by: signed.to_vec() })
}

/// Accepts the application: the law's clock starts.
///
/// # Errors
/// Wrong person; not the moment; an adult has not signed the authorisation.
pub fn accept(case: &Case, desk: &Desk<'_>, adults: &[PersonId]) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &TOWNSHIP);
    found.extend(case.wrong_moment(desk.procedure, crate::case::ACCEPT));
    let unsigned = unsigned_adults(&case.authorised_by, adults);
    if unsigned > 0 {
        let text = format!("还有 {unsigned} 名成年家庭成员没有签署核对授权");
        found.push(
            Refusal::of_content("authorisation_missing", text, "请一次性告知，签好后登记补签核对授权")
                .by("民发〔2021〕57号 第九条、第十条"),
        );
    }
    Refusals::none_of(found)?;
    Ok(Act::Accepted)
}

/// Records that the resident had to come to an office. A second trip needs a reason and shows on the gauge.
///
/// # Errors
/// Wrong person; a second trip without a reason.
pub fn record_trip(case: &Case, desk: &Desk<'_>, reason: Option<&str>) -> Result<Act, Refusals> {
    let mut found = desk.wrong_office(&case.office(), &MAY_HAND_IN);
    if case.trips >= 1 && reason.is_none_or(|why| why.trim().is_empty()) {
        let text = "群众已经跑过一趟，再跑要写明原因";
        found.push(Refusal::of_content("second_trip_needs_reason", text, "能代办的请代办；确需到场的写明原因"));
    }
    Refusals::none_of(found)?;
    Ok(Act::TripMade)
}

/// The household takes its application back, at any time before the decision.
///
/// # Errors
/// Wrong person; already decided or withdrawn.
pub fn withdraw(case: &Case, desk: &Desk<'_>) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &MAY_HAND_IN);
    if case.decided_on().is_some() || case.is_withdrawn {
        let text = "已经作出决定或已撤回，不能撤回申请";
        found.push(Refusal::of_moment("already_decided", text, "不再需要救助的，请申请停发"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Withdrawn)
}
