//! The work queue: what waits in the reader's office, the latest due first, each with its light.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use casework::case::{Case, ClockKind};
use maud::{Markup, html};
use serde::Deserialize;
use values::{Day, PersonName};

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::home::Queue;
use crate::parts::{Column, Light, Table, day, light, table};
use crate::seat::{Role, Room};
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
    let mut waiting = at_desk(&app, &reader).await?;
    waiting.retain(|one| asked.light.is_empty() || kind(&one.light) == asked.light);
    Ok(reader.page(w::TITLE, queue(&QueuePage { waiting })))
}

/// The counts of the home page.
///
/// # Errors
/// A fault of the registry.
pub async fn counts(app: &App, reader: &Reader) -> Result<Queue, Turned> {
    let waiting = at_desk(app, reader).await?;
    let count =
        |name: &str| i64::try_from(waiting.iter().filter(|one| kind(&one.light) == name).count()).unwrap_or(i64::MAX);
    Ok(Queue { late: count("late"), soon: count("soon"), good: count("good") })
}

/// Open cases within the reader's office that wait for his role; a manager or auditor sees all.
async fn at_desk(app: &App, reader: &Reader) -> Result<Vec<Waiting>, Turned> {
    let seat = reader.frame.seat;
    let cases = app.registry.open_cases(&seat.office).await?;
    let mine = |case: &Case| matches!(seat.role, Role::CityManager | Role::Auditor) || waits_for(case, seat.role);
    let mut waiting: Vec<Waiting> = cases
        .iter()
        .filter(|(case, _)| mine(case))
        .filter_map(|(case, name)| waiting_of(app, case, name, reader.frame.today))
        .collect();
    waiting.sort_by_key(|one| one.due);
    Ok(waiting)
}

/// Whether a case waits for a role: whoever holds it, the checker while departments are silent, and the assistant for all of
/// her village, because people ask her.
fn waits_for(case: &Case, role: Role) -> bool {
    let held = case.status().held_by();
    match role {
        Role::CountyChecker => !case.silent_sources().is_empty(),
        Role::VillageAssistant => true,
        Role::SocialWorker => held == Some(Role::TownshipClerk) && case.visited_on.is_none(),
        role => held == Some(role),
    }
}

fn waiting_of(app: &App, case: &Case, name: &PersonName, today: Day) -> Option<Waiting> {
    let clock = case.clock(ClockKind::Promise)?;
    let paused = clock.is_paused().then(|| clock.pauses.last().map(|p| p.reason.clone()).unwrap_or_default());
    let due = clock.due_on(&app.calendar).unwrap_or(today);
    Some(Waiting {
        href: format!("/case/{}", case.filed.number),
        number: case.filed.number.clone(),
        name: name.shown(),
        village: app.place(&case.filed.village),
        at: case.status().zh().to_owned(),
        due,
        light: paused.map_or_else(|| Light::due(due, today), Light::Paused),
    })
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
    /// The promised day.
    pub due: Day,
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
            day(one.due),
            light(&one.light),
        ]
    };
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        @if view.waiting.is_empty() {
            div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } }
        } @else {
            (table(Table { caption: w::CAPTION, columns: &COLUMNS, rows: view.waiting.iter().map(row).collect(), total: vec![] }))
        }
    }
}
