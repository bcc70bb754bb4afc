//! The person page: the household, the awards, the payments month by month, the cases. Staff only; ID and account masked.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use values::{AreaCode, Fen, Month, PersonId};

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::case_page::file::{money_lines, person_href};
use crate::case_page::{MoneyLine, money};
use crate::parts::{Column, Table, month, table, yuan_exact};
use crate::registry::PersonFile;
use crate::seat::Room;
use crate::words::{apply as form_words, person as w};

/// `GET /person/{county}/{id}`.
pub async fn show(
    State(app): State<Arc<App>>,
    reader: Reader,
    Path((county, id)): Path<(String, i64)>,
) -> Result<Response, Turned> {
    reader.enter(Room::Register)?;
    let county: AreaCode = county.parse().map_err(|_| Turned::NotFound)?;
    let file = app.registry.person(&county, PersonId(id)).await?;
    if !reader.frame.seat.reaches(&file.family.village) {
        return Err(Turned::NotYours);
    }
    let view = page_of(&app, &reader, &file);
    Ok(reader.page(&view.name, person(&view)))
}

fn page_of(app: &App, reader: &Reader, file: &PersonFile) -> PersonPage {
    let relation = app.form().fact(form_words::RELATION);
    let members = file.family.members.iter().enumerate().map(|(at, one)| Member {
        relation: relation
            .and_then(|id| file.family.facts.members.get(at)?.value(id).map(|v| app.form().show_value(id, &v)))
            .unwrap_or_default(),
        name: one.name.shown(),
        id_masked: one.id_number.masked(),
        href: if one.id == file.person.id { String::new() } else { person_href(&file.family, one.id) },
    });
    let awards = file.rights.iter().map(|right| AwardLine {
        programme: app.title_of(&right.programme).to_owned(),
        amount: right.amount,
        from: right.from,
        until: right.until,
        note: String::new(),
    });
    PersonPage {
        name: file.person.name.shown(),
        id_masked: file.person.id_number.masked(),
        village: app.place(&file.family.village),
        members: members.collect(),
        awards: awards.collect(),
        payments: money_lines(app, &reader.frame, &file.paid),
        cases: file
            .cases
            .iter()
            .map(|(number, status)| (number.clone(), format!("/case/{number}"), status.zh().to_owned()))
            .collect(),
    }
}

/// One member of the household.
#[derive(Clone, Debug)]
pub struct Member {
    /// Relation to the head.
    pub relation: String,
    /// The name.
    pub name: String,
    /// The ID number, masked.
    pub id_masked: String,
    /// The member's page; empty for the person of this page.
    pub href: String,
}

/// One award.
#[derive(Clone, Debug)]
pub struct AwardLine {
    /// The programme's title.
    pub programme: String,
    /// The amount a month.
    pub amount: Fen,
    /// First month.
    pub from: Month,
    /// Last month; none while it goes on.
    pub until: Option<Month>,
    /// Who is counted in it, when it is a household's.
    pub note: String,
}

/// A person as a page shows him.
#[derive(Clone, Debug)]
pub struct PersonPage {
    /// The name.
    pub name: String,
    /// The ID number, masked.
    pub id_masked: String,
    /// The village's path.
    pub village: String,
    /// Everybody of the household, head first.
    pub members: Vec<Member>,
    /// Awards, those going on first.
    pub awards: Vec<AwardLine>,
    /// Payments, newest first.
    pub payments: Vec<MoneyLine>,
    /// Case number, page, and where it stands.
    pub cases: Vec<(String, String, String)>,
}

const MEMBERS: [Column; 3] = [Column::words(w::NAME), Column::words(w::RELATION), Column::words(w::ID)];
const AWARDS: [Column; 5] = [
    Column::words(w::PROGRAMME),
    Column::number(w::AMOUNT),
    Column::words(w::FROM),
    Column::words(w::UNTIL),
    Column::words(w::NOTE),
];

/// The page.
pub fn person(view: &PersonPage) -> Markup {
    html! {
        div.page-head { h1 { (view.name) } p.lead { (view.id_masked) " · " (view.village) } }
        section.block { h2 { (w::AWARDS) } (awards(&view.awards)) }
        section.block {
            h2 { (w::CASES) }
            @if view.cases.is_empty() { p.muted { (w::NO_CASES) } }
            @else { ul.plain-list { @for (number, href, state) in &view.cases { li { a href=(href) { (number) } " · " (state) } } } }
        }
        section.block { h2 { (w::PAYMENTS) } @if view.payments.is_empty() { p.muted { (w::NO_PAYMENTS) } } @else { (money(&view.payments)) } }
        section.block { h2 { (w::HOUSEHOLD) } (members(&view.members)) }
    }
}

fn awards(awards: &[AwardLine]) -> Markup {
    let rows = awards
        .iter()
        .map(|a| {
            vec![
                html! { (a.programme) },
                yuan_exact(a.amount),
                month(a.from),
                html! { @match a.until { Some(until) => (month(until)), None => (w::GOING_ON) } },
                html! { (a.note) },
            ]
        })
        .collect();
    html! {
        @if awards.is_empty() { p.muted { (w::NO_AWARDS) } } @else { (table(Table { caption: w::AWARDS, columns: &AWARDS, rows, total: vec![] })) }
    }
}

fn members(members: &[Member]) -> Markup {
    let rows = members
        .iter()
        .map(|m| {
            vec![
                html! { @if m.href.is_empty() { b { (m.name) } } @else { a href=(m.href) { (m.name) } } },
                html! { (m.relation) },
                html! { span.nowrap { (m.id_masked) } },
            ]
        })
        .collect();
    table(Table { caption: w::HOUSEHOLD, columns: &MEMBERS, rows, total: vec![] })
}
