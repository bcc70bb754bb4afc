//! Leads: families that look eligible and draw nothing. A match is a lead, never a decision.

use maud::{Markup, html};
use values::{Day, Fen};

use crate::parts::{Column, Table, table, yuan};
use crate::words::leads as w;

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
                html! { a href=(lead.href) { (lead.name) } },
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
