//! pay 发放: the award that a confirmation opens, and the first payment that closes the circle.

use values::{AwardId, EnvelopeId, Fen, Month, PersonId};

use crate::case::{Act, Award, Case, Refusal, Refusals};

/// The award of a confirmed case, in the name of `person`.
///
/// # Errors
/// Not confirmed.
pub fn award(case: &Case, id: AwardId, person: PersonId) -> Result<Award, Refusals> {
    let Some(yes) = &case.confirmation else {
        return Err(Refusal::of_moment("not_confirmed", "还没有确认，不能发放", "先由县民政局确认").into());
    };
    let programme = case.filed.programmes.first().expect("a case is for at least one programme").clone();
    Ok(Award {
        id,
        household: case.filed.household,
        person,
        programme,
        amount: yes.amount,
        from: yes.from,
        until: None,
        case: Some(case.id),
    })
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
