//! The timeline: what was promised and what was done, on one line; late parts carry their cause.

use maud::{Markup, html};
use values::Day;

use super::day;
use crate::words::spine as w;

/// How far a step of the procedure has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpineState {
    /// Done in time.
    Done,
    /// Done so many days late.
    DoneLate(i64),
    /// The case is here now.
    Now,
    /// The case is here now, so many days late.
    NowLate(i64),
    /// Not reached yet.
    Ahead,
}

/// One step.
#[derive(Clone, Debug)]
pub struct SpineRow {
    /// What the step is called.
    pub title: String,
    /// The office and person that did it or has to.
    pub who: String,
    /// The day promised for it.
    pub promised: Option<Day>,
    /// True when the day is only expected, because a step before it is still open.
    pub is_expected: bool,
    /// The day it was done.
    pub done: Option<Day>,
    /// How far it has come.
    pub state: SpineState,
    /// What was found or said there; sentences.
    pub notes: Vec<String>,
    /// Why it is late; empty when it is not, or when nobody named a cause.
    pub cause: String,
    /// The article that asks for the step.
    pub cite: String,
}

/// The spine.
pub fn spine(rows: &[SpineRow]) -> Markup {
    html! {
        ol.spine {
            @for row in rows { (step(row)) }
        }
    }
}

fn step(row: &SpineRow) -> Markup {
    let (class, mark, state) = match row.state {
        SpineState::Done => ("done", "✓", w::DONE.to_owned()),
        SpineState::DoneLate(days) => ("done late", "!", w::done_late(days)),
        SpineState::Now => ("now", "", w::NOW.to_owned()),
        SpineState::NowLate(days) => ("now late", "", w::now_late(days)),
        SpineState::Ahead => ("ahead", "", w::AHEAD.to_owned()),
    };
    let late = class.ends_with("late");
    html! {
        li class=(class) {
            div.promised { @if let Some(by) = row.promised { (if row.is_expected { w::EXPECTED } else { w::PROMISED }) " " span.nowrap { (short(by)) } } }
            div.knot aria-hidden="true" { span { (mark) } }
            div.what {
                h3 { (row.title) }
                @match row.done {
                    Some(on) => { span.when { (day(on)) } },
                    None => { span.when.muted.small { (state) } },
                }
                @if !row.who.is_empty() { p.who { (row.who) @if !row.cite.is_empty() { " · " (row.cite) } } }
                @for note in &row.notes { p.why { (note) } }
                @if late { p.why.late { (w::late_because(&state, &row.cause)) } }
            }
        }
    }
}

/// In the narrow column the year is left to the day of doing.
fn short(day: Day) -> String {
    format!("{:02}-{:02} {}", day.month_of_year(), day.day_of_month(), w::weekday(day.weekday_zh()))
}
