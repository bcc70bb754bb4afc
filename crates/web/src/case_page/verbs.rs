//! Forms of the verbs by which a case goes from hand to hand, and of steps that only a book shapes.

use casework::case::{Act, Case, Desk, Refusals, Role, Status, verbs};
use casework::{apply, decide, verify};
use values::{AreaCode, Fen};

use super::ActForm;
use super::acts::{line, listed, no_such_act, plain};
use crate::parts::{Field, Input};
use crate::typed::Typed;
use crate::words::{acts as act_words, verbs as w};

/// The forms of what this person may do besides the usual next step.
pub fn forms(case: &Case, role: Role, id: &str) -> Vec<ActForm> {
    let mut offered = Vec::new();
    let is_mine = case.held_by() == Some(role);
    let is_clerk = matches!(role, Role::TownshipClerk | Role::CountyApprover);
    match case.holder.as_deref() {
        Some(holder) if holder == id => offered.push(plain("released", "", w::RELEASE)),
        None if is_mine => offered.push(plain("claimed", "", w::CLAIM)),
        Some(_) | None => {}
    }
    if case.unsigned().contains(&id) {
        offered.push(ActForm { fields: vec![text("comment", w::COMMENT, "")], ..plain("co_signed", "", w::CO_SIGN) });
    }
    if !case.status().is_open() {
        return offered;
    }
    if is_mine {
        offered.push(with_reason(vec![short("to", w::COLLEAGUE, "")], plain("delegated", "", w::DELEGATE)));
        if matches!(case.status(), Status::CountyReview | Status::AwaitingOpinion | Status::AwaitingPosting) {
            offered.push(with_reason(vec![], plain("returned", w::SEND_BACK_ABOUT, w::SEND_BACK)));
        }
    }
    if is_clerk {
        offered.extend(of_clerks(case));
    }
    if matches!(role, Role::TownshipClerk | Role::VillageAssistant) {
        offered.push(ActForm {
            fields: vec![text("reason", w::REASON, "")],
            ..plain("trip_made", w::TRIP_ABOUT, w::TRIP)
        });
        offered.push(ActForm { grave: true, ..plain("withdrawn", w::WITHDRAW_ABOUT, w::WITHDRAW) });
    }
    offered
}

fn of_clerks(case: &Case) -> Vec<ActForm> {
    let step = case.next_step().unwrap_or_default().to_owned();
    let waits = Field { value: step, ..short("step", w::PAUSED_STEP, "") };
    vec![
        with_reason(
            vec![short("to", w::TOWNSHIP, w::TOWNSHIP_HINT)],
            plain("transferred", w::TRANSFER_ABOUT, w::TRANSFER),
        ),
        ActForm { fields: vec![short("of", w::COLLEAGUE, "")], ..plain("co_sign_asked", "", w::CO_SIGN_ASK) },
        ActForm { fields: vec![text("to", w::COLLEAGUE, w::COPY_HINT)], ..plain("copied", "", w::COPY) },
        ActForm { fields: vec![waits], ..plain("paused", w::PAUSE_ABOUT, w::PAUSE) },
        plain("resumed", "", w::RESUME),
        ActForm {
            fields: vec![text("summary", w::REPORTED, w::REPORTED_HINT)],
            ..plain("reported", w::REPORT_ABOUT, w::REPORT)
        },
    ]
}

/// A step that only the book shapes.
pub fn record(step: &str) -> ActForm {
    let name = Field { value: step.to_owned(), ..short("step", w::PAUSED_STEP, "") };
    let fields = vec![name, text("finding", act_words::FINDING, "")];
    ActForm { fields, ..plain("step_recorded", &w::record_about(step), w::RECORD) }
}

/// Help that is given first.
pub fn relieve() -> ActForm {
    let fields = vec![short("amount", w::AMOUNT, ""), text("missing", act_words::MISSING, act_words::MISSING_HINT)];
    ActForm { fields, ..plain("relief_given", w::RELIEVE_ABOUT, w::RELIEVE) }
}

/// The villagers' panel.
pub fn panel() -> ActForm {
    let fields = vec![
        short("attending", w::ATTENDING, ""),
        short("in_favour", w::IN_FAVOUR, ""),
        text("finding", act_words::FINDING, ""),
    ];
    ActForm { fields, ..plain("panel_held", "", w::PANEL) }
}

/// Reads such a form and has casework judge it.
///
/// # Errors
/// What casework refuses; an act that no form offers.
pub fn judge(case: &Case, desk: &Desk<'_>, typed: &Typed) -> Result<Act, Refusals> {
    let number = |name: &str| typed.get(name).trim().parse::<u32>().unwrap_or(0);
    match typed.get("act") {
        "claimed" => verbs::claim(case, desk),
        "released" => verbs::release(case, desk),
        "delegated" => verbs::delegate(case, desk, typed.get("to"), typed.get("reason")),
        "transferred" => verbs::transfer(case, desk, area_of(typed.get("to")), typed.get("reason")),
        "returned" => verbs::send_back(case, desk, typed.get("reason")),
        "co_sign_asked" => verbs::ask_co_signature(case, desk, typed.get("of")),
        "co_signed" => verbs::co_sign(case, desk, typed.get("comment")),
        "copied" => verbs::copy(case, desk, &listed(typed.get("to"))),
        "paused" => verbs::pause(case, desk, typed.get("step")),
        "resumed" => verbs::resume(case, desk),
        "withdrawn" => apply::withdraw(case, desk),
        "trip_made" => apply::record_trip(case, desk, Some(typed.get("reason"))),
        "reported" => decide::report(case, desk, typed.get("summary"), false),
        "step_recorded" => verify::record_step(case, desk, typed.get("step"), typed.get("finding")),
        "relief_given" => decide::relieve(case, desk, yuan_of(typed.get("amount")), &listed(typed.get("missing"))),
        "panel_held" => verify::hold_panel(case, desk, number("attending"), number("in_favour"), typed.get("finding")),
        _ => Err(no_such_act()),
    }
}

/// Yuan as typed, to the fen; zero, which casework refuses, for what is no amount.
fn yuan_of(text: &str) -> Fen {
    Fen::parse_yuan(text).unwrap_or(Fen::ZERO)
}

/// The area of a code; the nation, which is no township, for anything else.
fn area_of(text: &str) -> AreaCode {
    text.trim().parse().unwrap_or(AreaCode::NATION)
}

fn with_reason(mut fields: Vec<Field>, form: ActForm) -> ActForm {
    fields.push(text("reason", w::REASON, ""));
    ActForm { fields, ..form }
}

fn short(name: &str, label: &str, hint: &str) -> Field {
    line(name, label, hint, Input::Line("text"))
}

fn text(name: &str, label: &str, hint: &str) -> Field {
    line(name, label, hint, Input::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_to_the_fen_and_what_is_none_is_zero() {
        for (typed, fen) in
            [("500", 50_000), ("1,200.50元", 120_050), ("８００", 80_000), ("", 0), ("12.345", 0), ("很多", 0)]
        {
            assert_eq!(yuan_of(typed), Fen::new(fen), "{typed}");
        }
    }
}
