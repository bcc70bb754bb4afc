//! Cases of temporary relief (临时救助): what may be skipped, who may decide, what comes first, and by when.

use law::Determination;
use serde_json::Value;
use values::{AreaCode, Day};

use super::procedure::Rehearsal;
use super::{Case, Desk, Row, compare, text_of};

/// What cases of temporary relief expect beside the answer.
pub(super) fn of_relief(
    name: &str,
    value: &Value,
    programme: &str,
    found: &Determination,
    case: &Case,
    desk: &Desk<'_>,
    row: &mut Row,
) {
    let on = Day::parse(&case.as_of).expect("the day was read before");
    let area: AreaCode = "430321".parse().expect("a county");
    let Some(procedure) = desk.library.procedure(programme, on.month(), &area) else {
        return row.unread.push(format!("{} 没有“{programme}”的程序", on.month()));
    };
    let has = |step: &str| procedure.steps.iter().any(|one| one.name == step);
    let rehearsal = Rehearsal { procedure, longest: procedure, calendar: desk.calendar, as_of: on };
    let told = |day: Option<Day>| day.map_or("书里没有这个期限".to_owned(), |day| day.to_string());
    match name {
        "may_skip" => {
            let skipped = !has("核对") && !has("公示") && !has("民主评议");
            row.note(
                name,
                "核对、评议、公示可以先不做",
                if skipped { "核对、评议、公示可以先不做" } else { "书里还要做" },
            );
        }
        "township_may_decide" => {
            let decides = found.reasons.iter().all(|reason| reason.name != "超过乡镇限额");
            row.note(name, text_of(value), decides.to_string());
        }
        // a day in the book for 24 hours: the hour of the event is not kept
        "pay_before" => {
            let expected = text_of(value).chars().take(10).collect::<String>();
            row.note(name, expected, told(rehearsal.limit("先救助", on)));
        }
        "paperwork_due" => row.note(name, text_of(value), told(rehearsal.limit("补齐手续", on))),
        "full_procedure" => {
            let full = ["受理", "核对", "入户", "审核意见", "公示", "确认"].into_iter().all(has);
            row.note(name, text_of(value), full.to_string());
        }
        "amount_range_max" => {
            row.note(name, text_of(value), compare::value_of(found, "最高额").trim_end_matches('元').to_owned())
        }
        "income_test" => {
            let people = compare::value_of(found, "人口").parse::<f64>().unwrap_or(1.0);
            let year = compare::value_of(found, "年收入").trim_end_matches("元/年").parse::<f64>().unwrap_or(0.0);
            let each = value.get("per_capita_year").map(text_of).unwrap_or_default();
            row.note("income_test.per_capita_year", each, format!("{}", year / people));
            let below = value.get("below").map(text_of).unwrap_or_default();
            row.note(
                "income_test.below",
                below,
                compare::value_of(found, "人均可支配收入").trim_end_matches("元/年").to_owned(),
            );
        }
        _ => row.unread.push(format!("expect 里的 {name}")),
    }
}
