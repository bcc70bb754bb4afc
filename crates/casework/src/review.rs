//! review 复核: awards change or end from a next month, for a legal ground, after the family was told why and heard.

use values::{AwardId, Day, Fen, Month};

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
    /// 渐退: work has lifted the income above the standard; the right goes on for the months the book gives, then ends.
    Grace {
        /// The first month above the standard.
        since: Month,
        /// How many months the book gives.
        months: u32,
    },
    /// The right ends; this is the last month.
    Ended {
        /// The last month paid.
        last: Month,
    },
}

/// What was said to the family and what the family said, before anything changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hearing {
    /// The day the family was told.
    pub on: Day,
    /// The ground, as it was told.
    pub reason: String,
    /// What the family said; 没有意见 is an answer, silence is none.
    pub household_said: String,
}

/// The awards that follow from a review: nothing is edited, the old one ends and, where the amount changes, a new one begins under
/// `new_id`. Empty when nothing changes.
///
/// # Errors
/// A ground not told or a family not heard (57号 第三十二条; from 2026 社会救助法 第四十八条); a change to nothing; a month before
/// the one that follows the hearing, because months before it may be paid; an award that has ended by then.
pub fn follow(award: &Award, finding: &Finding, hearing: &Hearing, new_id: AwardId) -> Result<Vec<Award>, Refusals> {
    let Some(first_touched) = first_touched(finding) else { return Ok(Vec::new()) };
    let mut found = not_heard(hearing);
    found.extend(wrong_month(award, hearing, first_touched));
    if let Finding::Changed { amount, .. } = finding
        && *amount <= Fen::ZERO
    {
        found.push(Refusal::of_content("change_to_nothing", "变更后的金额应大于零", "不再符合条件的，请按停发办理"));
    }
    Refusals::none_of(found)?;
    let old = Award { until: Some(first_touched.plus(-1)), ..award.clone() };
    Ok(match finding {
        Finding::Changed { amount, from } => {
            vec![old, Award { id: new_id, amount: *amount, from: *from, ..award.clone() }]
        }
        Finding::Unchanged | Finding::Grace { .. } | Finding::Ended { .. } => vec![old],
    })
}

/// The first month that is no longer as before; `None` when all stays.
fn first_touched(finding: &Finding) -> Option<Month> {
    match finding {
        Finding::Unchanged => None,
        Finding::Changed { from, .. } => Some(*from),
        Finding::Grace { since, months } => {
            Some(since.plus(i32::try_from(*months).expect("a book gives a few months of grace")))
        }
        Finding::Ended { last } => Some(last.next()),
    }
}

fn not_heard(hearing: &Hearing) -> Vec<Refusal> {
    let mut found = Vec::new();
    if hearing.reason.trim().is_empty() {
        let text = "增发、减发、停发要有法定理由并告知家庭";
        found.push(Refusal::of_content("reason_not_told", text, "请写明告知的理由").by("民发〔2021〕57号 第三十二条"));
    }
    if hearing.household_said.trim().is_empty() {
        let text = "还没有听取这户人家的意见";
        let next = "请先告知理由、听取意见；没有意见也要写明";
        found.push(Refusal::of_content("household_not_heard", text, next).by("社会救助法 第四十八条"));
    }
    found
}

fn wrong_month(award: &Award, hearing: &Hearing, first_touched: Month) -> Vec<Refusal> {
    let mut found = Vec::new();
    let earliest = hearing.on.month().next();
    if first_touched < earliest {
        let text = format!("变更从 {first_touched} 起，早于告知的次月 {earliest}");
        found.push(Refusal::of_content("not_from_next_month", text, "请从次月起变更；已多发的另行追回"));
    }
    if first_touched < award.from {
        let text = format!("{first_touched} 早于起发月 {}", award.from);
        found.push(Refusal::of_content("before_the_award", text, "请核对月份"));
    }
    if let Some(last) = award.until.filter(|last| first_touched > *last) {
        let text = format!("这项待遇到 {last} 已经停发");
        found.push(Refusal::of_moment("award_has_ended", text, "需要恢复的，请重新申请"));
    }
    found
}
