//! Leads: families that look eligible and draw nothing. A match is a lead, never a decision.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use casework::discover;
use maud::{Markup, html};
use serde::Deserialize;
use values::{Day, Fen, PersonName};

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::parts::{Column, Table, table, yuan};
use crate::seat::Room;
use crate::words::leads as w;

/// Where the page begins.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

/// `GET /discover`: open leads within the reader's office.
pub async fn show(State(app): State<Arc<App>>, reader: Reader, Query(asked): Query<Asked>) -> Result<Response, Turned> {
    reader.enter(Room::Leads)?;
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let (page, all) = app.registry.leads(&reader.frame.seat.office, after).await?;
    let view = Leads {
        all,
        leads: page.rows.iter().map(|(lead, name)| lead_of(&app, lead, name)).collect(),
        next: page.next.map(|after| format!("/discover?after={after}")).unwrap_or_default(),
    };
    Ok(reader.page(w::TITLE, leads(&view)))
}

fn lead_of(app: &App, lead: &discover::Lead, name: &PersonName) -> Lead {
    Lead {
        href: lead.person.map(|person| format!("/person/{}/{person}", lead.village.county6())).unwrap_or_default(),
        name: name.shown(),
        village: app.place(&lead.village),
        programme: app.title_of(&lead.programme).to_owned(),
        amount: lead.amount,
        state: lead.closed.map_or(w::OPEN, |(_, outcome)| outcome.zh()).to_owned(),
        since: lead.raised_on,
    }
}

/// One lead.
#[derive(Clone, Debug)]
pub struct Lead {
    /// The person's page.
    pub href: String,
    /// The name.
    pub name: String,
    /// The village's path.
    pub village: String,
    /// The programme's title.
    pub programme: String,
    /// What the engine computes from the facts on file, a month.
    pub amount: Option<Fen>,
    /// How far the lead has come.
    pub state: String,
    /// The day it was found.
    pub since: Day,
}

/// The page of leads.
#[derive(Clone, Debug)]
pub struct Leads {
    /// All leads in the reader's area.
    pub all: i64,
    /// Those of this page.
    pub leads: Vec<Lead>,
    /// The next page's address; empty on the last.
    pub next: String,
}

const COLUMNS: [Column; 6] = [
    Column::words(w::WHO),
    Column::words(w::WHERE),
    Column::words(w::MAY),
    Column::number(w::AMOUNT),
    Column::words(w::STATE),
    Column::words(w::SINCE),
];

/// The page.
pub fn leads(view: &Leads) -> Markup {
    let rows = view
        .leads
        .iter()
        .map(|lead| {
            vec![
                html! { @if lead.href.is_empty() { (lead.name) } @else { a href=(lead.href) { (lead.name) } } },
                html! { (lead.village) },
                html! { (lead.programme) },
                html! { @if let Some(amount) = lead.amount { (yuan(amount)) } },
                html! { (lead.state) },
                html! { span.nowrap { (lead.since) } },
            ]
        })
        .collect();
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        @if view.leads.is_empty() {
            div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } }
        } @else {
            (table(Table { caption: &w::counted(view.all), columns: &COLUMNS, rows, total: vec![] }))
            @if !view.next.is_empty() { p.field { a.button.quiet href=(view.next) { (w::MORE) } } }
        }
    }
}
