//! publish 公示: seven days on the village board, a whitelist of fields, objections heard.

use crate::case::{Act, Case, Desk, Notice, PUBLICATION, Refusal, Refusals, Role, Settlement};

const TOWNSHIP: [Role; 1] = [Role::TownshipClerk];

/// Posts the township's opinion, whichever it is (57号 第十九条 publishes the opinion, not only a yes). The day of posting does
/// not count; the last day counts wholly (case C14). After a notice was taken down early the days begin anew.
///
/// # Errors
/// Wrong person; not the moment; publication forbidden; hanging already.
pub fn post(case: &Case, desk: &Desk<'_>, programme_title: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &TOWNSHIP);
    if desk.procedure.publication_forbidden {
        let text = "这个项目涉及未成年人隐私，任何情况下都不公示";
        found.push(Refusal::of_moment("publication_forbidden", text, "直接报县民政局").by("民发〔2019〕62号 二(二)"));
    } else {
        found.extend(case.wrong_moment(desk.procedure, PUBLICATION));
    }
    if case.hanging().is_some() {
        found.push(Refusal::of_moment("already_posted", "已经在公示了", "公示期满后再办下一步"));
    }
    if found.is_empty() && case.standing_opinion().is_none() {
        found.push(Refusal::of_moment("opinion_missing", "还没有审核意见，没有可以公示的", "先提出审核意见"));
    }
    Refusals::none_of(found)?;
    let opinion = &case.standing_opinion().expect("publication follows an opinion").opinion;
    let days = desk.procedure.publication_days.expect("a book that has the step has its days");
    let notice = Notice {
        number: case.filed.number.clone(),
        village: case.filed.village,
        programme: programme_title.to_owned(),
        persons: opinion.persons,
        amount: opinion.amount,
        gives: opinion.gives,
        posted_on: desk.today,
        until: desk.today.plus_days(i64::from(days)),
    };
    Ok(Act::Posted { notice })
}

/// Takes the notice down early, for a reason.
///
/// # Errors
/// Wrong person; nothing hangs; no reason.
pub fn withdraw_notice(case: &Case, desk: &Desk<'_>, reason: &str) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &[Role::TownshipClerk, Role::CountyApprover]);
    if case.hanging().is_none() || case.publication_ended_on.is_some() {
        found.push(Refusal::of_moment("nothing_posted", "没有正在公示的内容", "不需要撤下"));
    }
    if reason.trim().is_empty() {
        found.push(Refusal::of_content("withdrawal_needs_reason", "撤下公示要写明原因", "请填写原因"));
    }
    Refusals::none_of(found)?;
    Ok(Act::NoticeWithdrawn)
}

/// Anyone may object until the end of the last day.
///
/// # Errors
/// Nothing hangs; the last day has passed; nothing said.
pub fn object(case: &Case, desk: &Desk<'_>, summary: &str, is_named: bool) -> Result<Act, Refusals> {
    let mut found: Vec<Refusal> = case.closed("公示异议").into_iter().collect();
    match case.hanging() {
        None => found.push(Refusal::of_moment("nothing_posted", "这件申请没有在公示", "有情况可拨打救助热线反映")),
        Some(posting) if desk.today > posting.notice.until || case.publication_ended_on.is_some() => {
            let text = format!("公示已于 {} 期满", posting.notice.until);
            found.push(
                Refusal::of_moment("publication_over", text, "可以向县民政局举报，举报随时受理")
                    .by("民发〔2021〕57号 第三十七条"),
            );
        }
        Some(_) => {}
    }
    if summary.trim().is_empty() {
        found.push(Refusal::of_content("nothing_said", "没有写明异议内容", "请写明哪里与事实不符"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Objected { summary: summary.trim().to_owned(), is_named })
}

/// The township answers an objection after a new survey or a panel (57号 第十九条第二款).
///
/// # Errors
/// Wrong person; no open objection; no finding.
pub fn settle_objection(
    case: &Case,
    desk: &Desk<'_>,
    by: Settlement,
    finding: &str,
    upholds_opinion: bool,
) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &TOWNSHIP);
    found.extend(case.closed("异议处理"));
    if !case.has_open_objection() {
        found.push(Refusal::of_moment("no_open_objection", "没有待处理的异议", "可以直接办理下一步"));
    }
    if finding.trim().is_empty() {
        found.push(Refusal::of_content("finding_missing", "没有写明核查结果", "请写明重新调查或评议的结果"));
    }
    Refusals::none_of(found)?;
    Ok(Act::ObjectionSettled { by, finding: finding.trim().to_owned(), upholds_opinion })
}

/// Ends the publication: the last day has passed and no objection is open.
///
/// # Errors
/// Wrong person; nothing hangs; the last day is not over; an objection is open.
pub fn end(case: &Case, desk: &Desk<'_>) -> Result<Act, Refusals> {
    let mut found = desk.wrong_person(case, &[Role::TownshipClerk, Role::System]);
    found.extend(case.wrong_moment(desk.procedure, PUBLICATION));
    match case.hanging() {
        None => found.push(Refusal::of_moment("nothing_posted", "没有正在公示的内容", "先张贴公示")),
        Some(posting) if desk.today <= posting.notice.until => {
            let text = format!("公示到 {} 为止，还没有期满", posting.notice.until);
            found.push(Refusal::of_moment("publication_running", text, "期满次日再办").by("民发〔2021〕57号 第十九条"));
        }
        Some(_) => {}
    }
    if case.has_open_objection() {
        found.push(
            Refusal::of_moment("objection_is_open", "公示异议还没有处理完", "先完成重新调查或民主评议")
                .by("民发〔2021〕57号 第十九条"),
        );
    }
    Refusals::none_of(found)?;
    Ok(Act::PublicationEnded)
}
