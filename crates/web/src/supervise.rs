//! Supervision (督办): by township what lies open, which step is worst, what is late and why. Case numbers only, no names.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use store::supervise::{LateCase, OpenStep};
use values::AreaCode;

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::parts::{Column, Table, day, table};
use crate::registry::Supervised;
use crate::seat::Room;
use crate::words::supervise as w;

/// `GET /supervise`: the reader's own area.
pub async fn show(State(app): State<Arc<App>>, reader: Reader) -> Result<Response, Turned> {
    reader.enter(Room::Register)?;
    let found = app.registry.supervised(&reader.frame.seat.office, reader.frame.today).await?;
    Ok(reader.page(w::TITLE, supervise(&view_of(&app, &found))))
}

/// One township.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TownshipLine {
    /// Its name.
    pub name: String,
    /// Open cases.
    pub open: i64,
    /// Past the promise.
    pub late: i64,
    /// Due within two working days.
    pub soon: i64,
    /// Standing still.
    pub paused: i64,
    /// The step with most late cases, or with most cases when none is late, and how many lie there.
    pub worst: String,
}

/// One late case.
#[derive(Clone, Debug)]
pub struct LateLine {
    /// Its number.
    pub number: String,
    /// Where.
    pub place: String,
    /// The programme.
    pub programme: String,
    /// Why: which step since when, who holds it, what it waits for.
    pub cause: String,
    /// The promised day; none while it stands still.
    pub due: Option<values::Day>,
}

/// The page.
#[derive(Clone, Debug)]
pub struct SupervisePage {
    /// The townships, the one with most late cases first.
    pub townships: Vec<TownshipLine>,
    /// The late cases.
    pub late: Vec<LateLine>,
    /// What families were asked this month, in sentences.
    pub asked: Vec<String>,
}

fn view_of(app: &App, found: &Supervised) -> SupervisePage {
    let place = |area: &AreaCode| app.place(area);
    let asked = &found.asked;
    SupervisePage {
        townships: townships(&found.steps, place),
        late: found.late.iter().map(|one| late_line(app, one)).collect(),
        asked: vec![
            w::asked(asked.applications, asked.asked, asked.prefilled, asked.reused),
            w::second_trips(asked.second_trips),
        ],
    }
}

/// The steps of each township together, the one with most late cases first.
pub fn townships(steps: &[OpenStep], place: impl Fn(&AreaCode) -> String) -> Vec<TownshipLine> {
    let mut by: BTreeMap<AreaCode, Vec<&OpenStep>> = BTreeMap::new();
    for step in steps {
        by.entry(step.township).or_default().push(step);
    }
    let line = |(township, steps): (AreaCode, Vec<&OpenStep>)| {
        let sum = |of: fn(&OpenStep) -> i64| steps.iter().map(|step| of(step)).sum();
        let worst = steps.iter().max_by_key(|step| (step.late, step.step_late, step.open));
        TownshipLine {
            name: place(&township),
            open: sum(|step| step.open),
            late: sum(|step| step.late),
            soon: sum(|step| step.soon),
            paused: sum(|step| step.paused),
            worst: worst.map(|step| w::worst(&step.step, step.open, step.step_late)).unwrap_or_default(),
        }
    };
    let mut lines: Vec<TownshipLine> = by.into_iter().map(line).collect();
    lines.sort_by_key(|line| (-line.late, -line.soon));
    lines
}

fn late_line(app: &App, one: &LateCase) -> LateLine {
    let who = one.held_by.map_or("", |role| role.zh());
    LateLine {
        number: one.number.clone(),
        place: app.place(&one.village),
        programme: app.title_of(&one.programme).to_owned(),
        cause: w::cause(
            &one.step,
            one.step_since.map(|on| on.to_string()).as_deref(),
            who,
            &one.holder,
            &one.waits_for,
        ),
        due: one.promise_due_on,
    }
}

const TOWNSHIPS: [Column; 6] = [
    Column::words(w::TOWNSHIP),
    Column::number(w::OPEN),
    Column::number(w::LATE),
    Column::number(w::SOON),
    Column::number(w::PAUSED),
    Column::words(w::WORST),
];
const LATES: [Column; 5] = [
    Column::words(w::NUMBER),
    Column::words(w::WHERE),
    Column::words(w::WHAT),
    Column::words(w::CAUSE),
    Column::words(w::DUE),
];

/// The page.
pub fn supervise(view: &SupervisePage) -> Markup {
    let township = |one: &TownshipLine| {
        vec![
            html! { (one.name) },
            html! { (one.open) },
            html! { (one.late) },
            html! { (one.soon) },
            html! { (one.paused) },
            html! { (one.worst) },
        ]
    };
    let late = |one: &LateLine| {
        vec![
            html! { a.nowrap href={ "/case/" (one.number) } { (one.number) } },
            html! { (one.place) },
            html! { (one.programme) },
            html! { (one.cause) },
            html! { @if let Some(due) = one.due { (day(due)) } @else { (w::STANDS_STILL) } },
        ]
    };
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        @if view.townships.is_empty() { div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } } }
        @else {
            section.block { (table(Table { caption: w::BY_TOWNSHIP, columns: &TOWNSHIPS, rows: view.townships.iter().map(township).collect(), total: vec![] })) }
        }
        section.block {
            h2 { (w::LATE_TITLE) }
            @if view.late.is_empty() { p.muted { (w::NONE_LATE) } }
            @else { (table(Table { caption: "", columns: &LATES, rows: view.late.iter().map(late).collect(), total: vec![] })) }
        }
        section.block { h2 { (w::ASKED_TITLE) } @for sentence in &view.asked { p { (sentence) } } }
    }
}
