//! review 复核: awards change or end from a next month, for a legal ground, after the family was told why.

use values::{Fen, Month};

use crate::case::{Award, Refusal, Refusals};

/// What a review found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// As before.
    Unchanged,
    /// Another amount from that month.
    Changed {
        /// Fen a month.
        amount: Fen,
        /// From which month.
        from: Month,
    },
    /// The right ends; this is the last month.
    Ended {
        /// The last month paid.
        last: Month,
    },
}

/// The awards that follow from a review: nothing is edited, the old one ends and a new one begins. `new_id` is used for the new one.
///
/// # Errors
/// A change or end without a reason told to the family (57号 第三十二条); a month before the award began.
pub fn follow(
    award: &Award,
    finding: &Finding,
    told_reason: &str,
    new_id: values::AwardId,
) -> Result<Vec<Award>, Refusals> {
    let mut found = Vec::new();
    let first_touched = match finding {
        Finding::Unchanged => return Ok(Vec::new()),
        Finding::Changed { from, .. } => *from,
        Finding::Ended { last } => last.next(),
    };
    if told_reason.trim().is_empty() {
        let text = "增发、减发、停发要有法定理由并告知家庭";
        found.push(Refusal::of_content("reason_not_told", text, "请写明告知的理由").by("民发〔2021〕57号 第三十二条"));
    }
    if first_touched < award.from {
        let text = format!("{first_touched} 早于起发月 {}", award.from);
        found.push(Refusal::of_content("before_the_award", text, "请核对月份"));
    }
    Refusals::none_of(found)?;
    let old = Award { until: Some(first_touched.plus(-1)), ..award.clone() };
    Ok(match finding {
        Finding::Changed { amount, from } => {
            vec![old, Award { id: new_id, amount: *amount, from: *from, until: None, ..award.clone() }]
        }
        Finding::Unchanged | Finding::Ended { .. } => vec![old],
    })
}
