//! hear 评价: the household's word on how it was served, and what it can do against a decision.

use law::{Procedure, RemedyKind, Span};
use values::Day;

use crate::case::{Act, Case, Refusal, Refusals, Role};

/// Where a household can turn when it disagrees, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRemedy {
    /// Where.
    pub kind: RemedyKind,
    /// The last day.
    pub until: Day,
    /// The article, as the book cites it.
    pub cite: String,
}

/// The remedies of a case, counted from the day the letter arrived; none before it, and none the book does not name.
pub fn remedies(case: &Case, procedure: &Procedure) -> Vec<OpenRemedy> {
    let Some(told_on) = case.notified_on else { return Vec::new() };
    let open = |remedy: &law::Remedy| OpenRemedy {
        kind: remedy.kind,
        until: last_day(told_on, remedy.span),
        cite: remedy.cite.clone(),
    };
    procedure.remedies.iter().map(open).collect()
}

/// The last day of a span that begins with the day after `on`. A span of months ends on the same day of its last month; where that
/// month lacks the day, on its last day.
fn last_day(on: Day, span: Span) -> Day {
    match span {
        Span::Days(days) => on.plus_days(i64::from(days)),
        Span::Months(months) => {
            let month = on.month().plus(i32::try_from(months).expect("a book's span is at most 120 months"));
            Day::new(month.year(), month.month_of_year(), on.day_of_month()).unwrap_or(month.last_day())
        }
    }
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
