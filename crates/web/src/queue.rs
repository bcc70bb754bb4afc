//! The work queue: what waits in the reader's office, the latest due first, each with its light.

use maud::{Markup, html};
use values::Day;

use crate::parts::{Column, Light, Table, day, light, table};
use crate::words::queue as w;

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
    /// The next page's address; empty on the last.
    pub next: String,
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
            @if !view.next.is_empty() { p.field { a.button.quiet href=(view.next) { (w::MORE) } } }
        }
    }
}
