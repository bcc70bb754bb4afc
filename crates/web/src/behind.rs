//! What lies behind a number of the gauge: the cases, lines or envelopes it was counted from, each with a way further down.

use maud::{Markup, html};

use crate::parts::{Column, Table, table};
use crate::words::behind as w;

/// One thing a number was counted from.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is: a county, a case number, a line.
    pub name: String,
    /// Its page; empty when this reader may not open it.
    pub href: String,
    /// Where, or how it stands.
    pub about: String,
    /// What it adds to the number, with its unit.
    pub adds: String,
}

/// The page behind a number.
#[derive(Clone, Debug)]
pub struct Behind {
    /// The number's name.
    pub name: String,
    /// The month, as sentences say it.
    pub month: String,
    /// The number with its unit.
    pub total: String,
    /// What it is.
    pub definition: String,
    /// How it is computed.
    pub formula: String,
    /// What it was counted from.
    pub parts: Vec<Part>,
    /// The next page's address; empty on the last.
    pub next: String,
}

const COLUMNS: [Column; 3] = [Column::words(w::PART), Column::words(w::ABOUT), Column::number(w::ADDS)];

/// The page.
pub fn behind(view: &Behind) -> Markup {
    let row = |part: &Part| {
        vec![
            html! { @if part.href.is_empty() { (part.name) } @else { a href=(part.href) { (part.name) } } },
            html! { (part.about) },
            html! { (part.adds) },
        ]
    };
    html! {
        p.crumbs { a href="/gauge" { (w::GAUGE) } " · " (view.month) }
        div.page-head { h1 { (view.name) " " (view.total) } p.lead { (view.definition) } p.muted { (w::FORMULA) (view.formula) } }
        @if view.parts.is_empty() {
            div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } }
        } @else {
            (table(Table { caption: w::CAPTION, columns: &COLUMNS, rows: view.parts.iter().map(row).collect(), total: vec![] }))
            @if !view.next.is_empty() { p.field { a.button.quiet href=(view.next) { (w::MORE) } } }
        }
    }
}
