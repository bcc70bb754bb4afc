//! hear 评价: the household's word on how it was served, and what it can do against a decision.

use values::Day;

use crate::case::{Act, Case, Refusal, Refusals, Role};

/// Where a household can turn when it disagrees, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedies {
    /// Last day for 行政复议: 60 days from the letter (行政复议法 第二十条).
    pub reconsideration_until: Option<Day>,
    /// Last month's day for 行政诉讼: six months from the letter (行政诉讼法 第四十六条).
    pub lawsuit_until: Option<Day>,
}

/// Terms of general administrative law, which no local book can change.
const RECONSIDERATION_DAYS: i64 = 60;
const LAWSUIT_MONTHS: i32 = 6;

/// The remedies of a case, counted from the day the letter arrived.
pub fn remedies(case: &Case) -> Remedies {
    let told = case.notified_on;
    Remedies {
        reconsideration_until: told.map(|on| on.plus_days(RECONSIDERATION_DAYS)),
        lawsuit_until: told.map(six_months_later),
    }
}

/// The same day six months later; where that month lacks the day, its last day.
fn six_months_later(on: Day) -> Day {
    let month = on.month().plus(LAWSUIT_MONTHS);
    Day::new(month.year(), month.month_of_year(), on.day_of_month()).unwrap_or(month.last_day())
}

/// One rating a case, 1 to 5, after the decision, by the household and never by staff (国办发〔2019〕51号).
///
/// # Errors
/// Not decided; rated already; a score outside 1 to 5; staff.
pub fn rate(case: &Case, by: Role, score: u8) -> Result<Act, Refusals> {
    let mut found = Vec::new();
    if by != Role::Resident {
        found.push(
            Refusal::of_person("staff_cannot_rate", "工作人员不能代替群众评价", "请由申请人自己评价")
                .by("国办发〔2019〕51号"),
        );
    }
    if case.decided_on().is_none() {
        found.push(Refusal::of_moment("not_decided", "还没有办结，暂时不能评价", "办结后再评价"));
    }
    if case.score.is_some() {
        found.push(
            Refusal::of_moment("rated_already", "一件事评价一次，您已经评价过了", "有意见可拨打救助热线")
                .by("国办发〔2019〕51号"),
        );
    }
    if !(1..=5).contains(&score) {
        found.push(Refusal::of_content("no_such_score", "评价从 1（非常不满意）到 5（非常满意）", "请选一项"));
    }
    Refusals::none_of(found)?;
    Ok(Act::Rated { score })
}
