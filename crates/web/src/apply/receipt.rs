//! The receipt: the number, both clocks, what happens next. It can be printed, kept, and opened again.

use casework::apply::Application;
use maud::{Markup, html};
use values::PersonName;

use crate::case_page::Told;
use crate::case_page::rights::{RightLine, rights};
use crate::parts::{Clock, clock};
use crate::words::{application as a, apply as w};

/// What the receipt says.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The case number.
    pub number: String,
    /// The applicant's name, masked: a receipt lies about in a kitchen.
    pub name_masked: String,
    /// What the form asks for.
    pub asked: String,
    /// The village.
    pub village: String,
    /// Every right of the application, what is under way first.
    pub rights: Vec<RightLine>,
    /// What was asked, known and used again, in one sentence; empty for an application that came before it was counted.
    pub items: String,
    /// The clocks that run.
    pub clocks: Vec<Clock>,
    /// What happens next, step by step.
    pub next: Vec<String>,
    /// The case's page, for the assistant.
    pub case_href: String,
}

/// The receipt of a case just handed in.
pub fn receipt_of(told: &Told<'_>, name: &PersonName, case_href: &str) -> Receipt {
    let standing = told.standing();
    Receipt {
        number: told.case.filed.number.clone(),
        name_masked: name.masked(),
        asked: told.programme.to_owned(),
        village: told.village.to_owned(),
        rights: vec![],
        items: String::new(),
        clocks: told.clocks(),
        next: vec![
            standing.meaning.to_owned(),
            w::NEXT_VISIT.to_owned(),
            w::NEXT_POST.to_owned(),
            w::NEXT_TOLD.to_owned(),
        ],
        case_href: case_href.to_owned(),
    }
}

/// What was asked, known and used again.
pub fn items_of(application: Option<&Application>) -> String {
    application.map_or_else(String::new, |one| a::items(one.asked, one.prefilled, one.reused))
}

/// The page.
pub fn receipt(view: &Receipt) -> Markup {
    html! {
        article.receipt {
            p.light.good { "✓ " (w::DONE) }
            p.number { (view.number) }
            p { (view.name_masked) " · " (view.asked) " · " (view.village) }
            p.muted { (w::KEEP) }
            div.field { @for one in &view.clocks { (clock(one)) } }
            @if !view.rights.is_empty() { h2.field { (a::TITLE) } p.muted { (a::LEAD) } (rights(&view.rights)) }
            @if !view.items.is_empty() { p.muted { (view.items) } }
            h2.field { (w::NEXT) }
            ul.plain-list { @for sentence in &view.next { li { (sentence) } } }
        }
        p.field.buttons.no-print { a.button href=(view.case_href) { (w::OPEN) } a.button.quiet href="/apply" { (w::ANOTHER) } }
    }
}
