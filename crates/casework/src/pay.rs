//! pay 发放: the award that a confirmation opens, and the first payment that closes the circle.

use law::{AmountPer, Gives};
use values::{AwardId, EnvelopeId, Fen, Month, PersonId};

use crate::case::{Act, Award, Case, Refusal, Refusals};

/// The award of a confirmed case: in the member's name where it is a member's right, else in that of `head`. What is paid once or
/// by the year has one month: the envelope of that month carries it, and nothing after it.
///
/// # Errors
/// Not confirmed.
pub fn award(case: &Case, id: AwardId, head: PersonId) -> Result<Award, Refusals> {
    let Some(yes) = &case.confirmation else {
        return Err(Refusal::of_moment("not_confirmed", "还没有确认，不能发放", "先由县民政局确认").into());
    };
    if case.relief.is_some() {
        let text = "先行救助已经发过，不再重复发放";
        return Err(Refusal::of_moment("relieved_already", text, "按规定补齐手续").into());
    }
    Ok(opened(case, id, head, (yes.gives, yes.amount, yes.from)))
}

/// The award of help given first (先行救助): paid once, in the month it was given.
///
/// # Errors
/// Nothing was given first.
pub fn relief(case: &Case, id: AwardId, head: PersonId) -> Result<Award, Refusals> {
    let Some((on, amount)) = case.relief else {
        return Err(Refusal::of_moment("no_relief", "没有先行救助", "请按程序办理").into());
    };
    Ok(opened(case, id, head, (Gives::Money(AmountPer::Once), amount, on.month())))
}

fn opened(case: &Case, id: AwardId, head: PersonId, (gives, amount, from): (Gives, Fen, Month)) -> Award {
    let programme = case.filed.programmes.first().expect("a case is for at least one programme").clone();
    let is_single = matches!(gives, Gives::Money(AmountPer::Once | AmountPer::Year));
    Award {
        id,
        household: case.filed.household,
        person: case.filed.member.unwrap_or(head),
        programme,
        gives,
        amount,
        from,
        until: is_single.then_some(from),
        case: Some(case.id),
    }
}

/// The bank has confirmed the first payment.
///
/// # Errors
/// Not confirmed; recorded already; a month before the award.
pub fn record_first_payment(case: &Case, month: Month, envelope: EnvelopeId, amount: Fen) -> Result<Act, Refusals> {
    let mut found = Vec::new();
    match &case.confirmation {
        None => found.push(Refusal::of_moment("not_confirmed", "还没有确认，不能登记发放", "先由县民政局确认")),
        Some(yes) if month < yes.from => {
            let text = format!("{month} 早于起发月 {}", yes.from);
            found.push(Refusal::of_moment("before_the_award", text, "请核对发放月份"));
        }
        Some(_) => {}
    }
    if case.first_paid.is_some() {
        found.push(Refusal::of_moment("paid_already", "首次发放已经登记过", "不需要重复登记"));
    }
    Refusals::none_of(found)?;
    Ok(Act::FirstPaid { month, envelope, amount })
}
