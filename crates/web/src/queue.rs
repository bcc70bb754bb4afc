//! The work queue: what waits in the reader's office, the latest due first, each with its light.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use values::Day;

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::home::Queue;
use crate::parts::{Column, Light, Table, day, light, table};
use crate::registry::WaitingCase;
use crate::seat::Room;
use crate::words::queue as w;

/// Which light is asked for: `late`, `soon`, `good`, or all.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    light: String,
}

/// `GET /queue`: what waits at the reader's desk.
pub async fn show(State(app): State<Arc<App>>, reader: Reader, Query(asked): Query<Asked>) -> Result<Response, Turned> {
    reader.enter(Room::Register)?;
    let waiting = at_desk(&app, &reader, &asked.light).await?;
    Ok(reader.page(w::TITLE, queue(&QueuePage { waiting })))
}

/// The counts of the home page.
///
/// # Errors
/// A fault of the registry.
pub async fn counts(app: &App, reader: &Reader) -> Result<Queue, Turned> {
    let seat = reader.frame.seat;
    let waiting = app.registry.waiting(&seat.office, seat.role).await?;
    let count = |name: &str| {
        i64::try_from(waiting.iter().filter(|one| kind(&light_of(one, reader.frame.today)) == name).count())
            .unwrap_or(i64::MAX)
    };
    Ok(Queue { late: count("late"), soon: count("soon"), good: count("good") })
}

/// What waits at the reader's desk, with names, the earliest promise first.
async fn at_desk(app: &App, reader: &Reader, light: &str) -> Result<Vec<Waiting>, Turned> {
    let (seat, today) = (reader.frame.seat, reader.frame.today);
    let mut cases = app.registry.waiting(&seat.office, seat.role).await?;
    cases.retain(|one| light.is_empty() || kind(&light_of(one, today)) == light);
    cases.sort_by_key(|one| (one.due_on.is_none(), one.due_on));
    let mut waiting = Vec::with_capacity(cases.len());
    for one in cases.iter().take(MOST) {
        let name = app.registry.head_name(&one.village, one.household).await?;
        waiting.push(Waiting {
            href: format!("/case/{}", one.number),
            number: one.number.clone(),
            name,
            village: app.place(&one.village),
            at: one.status.zh().to_owned(),
            due: one.due_on,
            light: light_of(one, today),
        });
    }
    Ok(waiting)
}

/// Cases of one page: what a desk can do in a week.
const MOST: usize = 100;

fn light_of(one: &WaitingCase, today: Day) -> Light {
    one.due_on.map_or_else(|| Light::Paused(w::PAUSED.to_owned()), |due| Light::due(due, today))
}

fn kind(light: &Light) -> &'static str {
    match light {
        Light::Late(_) => "late",
        Light::Soon(_) => "soon",
        Light::Good(_) | Light::Paused(_) | Light::Done(_) | Light::Calm(_) => "good",
    }
}

/// One case that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The case's page.
    pub href: String,
    /// The case number.
    pub number: String,
    /// The applicant.
    pub name: String,
    /// The village's path.
    pub village: String,
    /// The step it waits at.
    pub at: String,
    /// The promised day; none while the clock stands still.
    pub due: Option<Day>,
    /// How that stands.
    pub light: Light,
}

/// The page of the queue.
#[derive(Clone, Debug)]
pub struct QueuePage {
    /// The cases of this page.
    pub waiting: Vec<Waiting>,
}

const COLUMNS: [Column; 6] = [
    Column::words(w::WHO),
    Column::words(w::NUMBER),
    Column::words(w::WHERE),
    Column::words(w::AT),
    Column::words(w::DUE),
    Column::words(w::STATE),
];

/// The page.
pub fn queue(view: &QueuePage) -> Markup {
    let row = |one: &Waiting| {
        vec![
            html! { a href=(one.href) { (one.name) } },
            html! { span.nowrap { (one.number) } },
            html! { (one.village) },
            html! { (one.at) },
            html! { @if let Some(due) = one.due { (day(due)) } },
            light(&one.light),
        ]
    };
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) " " a href="/supervise" { (w::SUPERVISE) } } }
        @if view.waiting.is_empty() {
            div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } }
        } @else {
            (table(Table { caption: w::CAPTION, columns: &COLUMNS, rows: view.waiting.iter().map(row).collect(), total: vec![] }))
        }
    }
}
