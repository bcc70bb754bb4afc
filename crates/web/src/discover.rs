//! Leads: families that look eligible and draw nothing. A match is a lead, never a decision.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use casework::discover;
use maud::{Markup, html};
use values::{Day, Fen, PersonId, PersonName};

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::parts::{Column, Table, table, yuan};
use crate::seat::Room;
use crate::words::leads as w;

/// `GET /discover`: open leads within the reader's office.
pub async fn show(State(app): State<Arc<App>>, reader: Reader) -> Result<Response, Turned> {
    reader.enter(Room::Leads)?;
    let page = app.registry.leads(&reader.frame.seat.office).await?;
    let leads_of = page.rows.iter().map(|(lead, person, name)| lead_of(&app, lead, *person, name));
    let view = Leads { leads: leads_of.collect(), more: page.next.is_some() };
    Ok(reader.page(w::TITLE, leads(&view)))
}

fn lead_of(app: &App, lead: &discover::Lead, person: PersonId, name: &PersonName) -> Lead {
    Lead {
        href: format!("/person/{}/{person}", lead.village.county6()),
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
    /// The first of them.
    pub leads: Vec<Lead>,
    /// True when there are more than the page shows.
    pub more: bool,
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
            (table(Table { caption: &w::counted(view.leads.len(), view.more), columns: &COLUMNS, rows, total: vec![] }))
        }
    }
}
