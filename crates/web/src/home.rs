//! The home page: what this is, one door for residents, one for staff, and the gauge's first numbers.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use indicators::Amount;
use maud::{Markup, html};

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::frame::Frame;
use crate::gauge::{Measure, measure, measures_of, newest_paid};
use crate::parts::{Field, FieldError, Input, error_summary, field};
use crate::queue;
use crate::seat::Room;
use crate::words::{home as w, search, track};

/// `GET /`.
pub async fn show(State(app): State<Arc<App>>, reader: Reader) -> Result<Response, Turned> {
    let staff = reader.enter(Room::Register).is_ok();
    let months = app.registry.months().await?;
    let measures = match newest_paid(&app, &months, reader.frame.today).await? {
        Some(month) => teased(measures_of(&app, month, &months, reader.frame.today).await?),
        None => vec![],
    };
    let queue = if staff { Some(queue::counts(&app, &reader).await?) } else { None };
    Ok(reader.page(w::TITLE, home(&reader.frame, &Home { queue, measures })))
}

/// The measures of the home page, the first four of these that say something this month.
const TEASED: [&str; 6] = ["persons_in_payment", "paid", "cases_in_time", "mean_days", "returned_lines", "leads_open"];

fn teased(measures: Vec<Measure>) -> Vec<Measure> {
    let says = |one: &Measure| !matches!(one.figure, Amount::Share(None) | Amount::Days(None));
    let mut kept: Vec<Measure> = measures.into_iter().filter(|one| TEASED.contains(&one.key) && says(one)).collect();
    kept.sort_by_key(|one| TEASED.iter().position(|key| *key == one.key));
    kept.truncate(4);
    kept
}

/// How the reader's own work stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Queue {
    /// Past their due day.
    pub late: i64,
    /// Due within three days.
    pub soon: i64,
    /// In time.
    pub good: i64,
}

/// What the home page shows.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// The reader's work; none for a resident.
    pub queue: Option<Queue>,
    /// A few measures of the gauge, of the latest month; empty before the first.
    pub measures: Vec<Measure>,
}

/// The page.
pub fn home(frame: &Frame, view: &Home) -> Markup {
    let staff = frame.seat.may_enter(Room::Register);
    html! {
        section.hero { h1 { (w::MOTTO) } p.lead { (w::WHAT) } }
        div.doors {
            @if staff { (clerk_door(view.queue.as_ref())) }
            section.door { h2 { (w::TRACK) } p { (w::TRACK_LEAD) } (track_form("", &[])) }
            @if !staff { (how_to_apply()) }
        }
        @if !view.measures.is_empty() { (teaser(&view.measures)) }
    }
}

fn clerk_door(queue: Option<&Queue>) -> Markup {
    html! {
        section.door {
            h2 { (w::CLERK) }
            p { (w::CLERK_LEAD) }
            form.inline method="post" action="/search" role="search" {
                div.field { label.hidden-label for="q" { (search::LABEL) } input #q name="q" autocomplete="off" autofocus; }
                button.button type="submit" { (search::GO) }
            }
            @if let Some(queue) = queue { (work(queue)) }
        }
    }
}

fn work(queue: &Queue) -> Markup {
    let all = queue.late + queue.soon + queue.good;
    let cells = [
        ("late", w::LATE, queue.late, "late"),
        ("soon", w::SOON, queue.soon, "soon"),
        ("good", w::GOOD, queue.good, "good"),
        ("calm", w::ALL, all, ""),
    ];
    html! {
        div.field {
            h3 { (w::QUEUE) }
            @if all == 0 {
                p.muted { (w::QUEUE_EMPTY) }
            } @else {
                ul.queue {
                    @for (class, words, number, light) in cells {
                        li { a href=(format!("/queue?light={light}")) { span.count { (number) } span.light.(class) { (words) } } }
                    }
                }
            }
        }
    }
}

/// The resident's two questions; also the whole of the tracking page.
pub fn track_form(number: &str, errors: &[FieldError]) -> Markup {
    let ask = |name: &str, label: &str, hint: &str, value: &str| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
        input: Input::Line("text"),
        value: value.to_owned(),
    };
    html! {
        (error_summary(errors))
        form method="post" action="/track" {
            (field(&ask("number", track::NUMBER, track::NUMBER_HINT, number), errors))
            (field(&ask("tail", track::TAIL, track::TAIL_HINT, ""), errors))
            div.field { button.button type="submit" { (track::GO) } }
        }
    }
}

fn how_to_apply() -> Markup {
    html! {
        section.door {
            h2 { (w::APPLY) }
            p { (w::APPLY_WORDS) }
            p { a.button.quiet href="/policy/ask" { (w::ASK) } }
            h3 { (w::READ) }
            ul.plain-list {
                li { a href="/publish" { (w::READ_BOARD) } }
                li { a href="/policy" { (w::READ_POLICY) } }
                li { a href="/gauge" { (w::READ_GAUGE) } }
            }
        }
    }
}

fn teaser(measures: &[Measure]) -> Markup {
    html! {
        section.teaser {
            div.table-foot { h2 { (w::GAUGE) } a href="/gauge" { (w::GAUGE_MORE) } }
            div.measures { @for one in measures { (measure(one)) } }
        }
    }
}
