//! Search: by name, ID tail or case number. The question travels in the form's body, never in an address, because a name is
//! personal data and addresses are kept in logs.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::case_page::file::drawn;
use crate::registry::FoundPerson;
use crate::seat::Room;

use crate::parts::{Column, FieldError, Table, error_summary, hidden, table};
use crate::words::search as w;

/// What was typed into the search form.
#[derive(Deserialize)]
pub struct Asked {
    q: String,
    #[serde(default)]
    after: String,
}

/// `GET /search`: the empty question.
pub async fn show(reader: Reader) -> Result<Response, Turned> {
    reader.enter(Room::Register)?;
    Ok(reader.page(w::TITLE, search(&Search::default())))
}

/// `POST /search`: who is found within the reader's office.
pub async fn ask(State(app): State<Arc<App>>, reader: Reader, Form(asked): Form<Asked>) -> Result<Response, Turned> {
    reader.enter(Room::Register)?;
    let question = asked.q.trim().to_owned();
    if question.is_empty() || question.chars().count() > LONGEST {
        let errors = vec![FieldError { name: "q".to_owned(), text: w::TOO_SHORT.to_owned() }];
        return Ok(reader.page_with_errors(w::TITLE, search(&Search { question, errors, ..Search::default() })));
    }
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let page = app.registry.search(&reader.frame.seat.office, &question, after).await?;
    let found = page.rows.iter().map(|one| found_of(&app, one)).collect();
    let view = Search { question, errors: vec![], found: Some(found), next: page.next.unwrap_or_default() };
    Ok(reader.page(w::TITLE, search(&view)))
}

/// Longer than any name with an ID tail.
const LONGEST: usize = 60;

fn found_of(app: &App, one: &FoundPerson) -> Found {
    Found {
        href: format!("/person/{}/{}", one.village.county6(), one.person.id),
        name: one.person.name.shown(),
        id_masked: one.person.id_number.masked(),
        village: app.place(&one.village),
        draws: one.draws.iter().map(|(programme, amount)| drawn(app, programme, *amount)).collect(),
        cases: one.cases.iter().map(|number| (number.clone(), format!("/case/{number}"))).collect(),
    }
}

/// A person found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The person's page.
    pub href: String,
    /// The name, as staff may see it.
    pub name: String,
    /// The ID number, masked.
    pub id_masked: String,
    /// The village's path.
    pub village: String,
    /// Programmes drawn now, with the amount; empty when none.
    pub draws: Vec<String>,
    /// Case number and page; empty when none.
    pub cases: Vec<(String, String)>,
}

/// What was asked and found.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What was typed, kept.
    pub question: String,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
    /// The page of people found; none before anything was asked.
    pub found: Option<Vec<Found>>,
    /// Where the next page begins; empty on the last.
    pub next: String,
}

/// The page.
pub fn search(view: &Search) -> Markup {
    html! {
        div.page-head { h1 { (w::TITLE) } }
        (error_summary(&view.errors))
        form.inline method="post" action="/search" role="search" {
            div.field {
                label for="f-q" { (w::LABEL) }
                span.hint { (w::HINT) }
                input #f-q name="q" value=(view.question) autocomplete="off" spellcheck="false" autofocus[view.found.is_none()];
            }
            button.button type="submit" { (w::GO) }
        }
        div.block {
            @match &view.found {
                None => p.muted { (w::START) },
                Some(found) if found.is_empty() => div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } },
                Some(found) => (results(view, found)),
            }
        }
    }
}

const COLUMNS: [Column; 5] = [
    Column::words(w::NAME),
    Column::words(w::ID),
    Column::words(w::WHERE),
    Column::words(w::DRAWS),
    Column::words(w::CASES),
];

fn results(view: &Search, found: &[Found]) -> Markup {
    let rows = found
        .iter()
        .map(|one| {
            vec![
                html! { a href=(one.href) { (one.name) } },
                html! { span.nowrap { (one.id_masked) } },
                html! { (one.village) },
                html! { @if one.draws.is_empty() { span.muted { (w::NONE) } } @else { (one.draws.join("；")) } },
                html! { @if one.cases.is_empty() { span.muted { (w::NONE) } } @for (number, href) in &one.cases { a.nowrap href=(href) { (number) } " " } },
            ]
        })
        .collect();
    let caption = w::found(found.len(), !view.next.is_empty());
    html! {
        (table(Table { caption: &caption, columns: &COLUMNS, rows, total: vec![] }))
        @if !view.next.is_empty() {
            form.field method="post" action="/search" {
                (hidden("q", &view.question)) (hidden("after", &view.next))
                button.button.quiet type="submit" { (w::MORE) }
            }
        }
    }
}
