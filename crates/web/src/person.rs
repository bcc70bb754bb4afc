//! The person page: the household, the awards, the payments month by month, the cases. Staff only; ID and account masked.

use maud::{Markup, html};
use values::{Fen, Month};

use crate::case_page::{MoneyLine, money};
use crate::parts::{Column, Table, month, table, yuan_exact};
use crate::words::person as w;

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
