//! What lies behind a number of the gauge: the cases, lines or envelopes it was counted from, each with a way further down.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use indicators::{Amount, Counts, Figure};
use ledger::Envelope;
use maud::{Markup, html};
use values::{AreaCode, Fen, Month};

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::gauge::Asked;
use crate::parts::{Column, Table, month_words, table};
use crate::registry::CaseLine;
use crate::seat::Room;
use crate::words::{behind as w, units};

/// `GET /gauge/{key}`: what a number was counted from. Cases are named to staff alone; everybody sees the counties.
pub async fn show(
    State(app): State<Arc<App>>,
    reader: Reader,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Turned> {
    let months = app.registry.months().await?;
    let month = asked.among(&months).ok_or(Turned::NotFound)?;
    let counts = app.registry.counts(month, month.last_day().min(reader.frame.today)).await?;
    let figure = indicators::gauge(&counts).into_iter().find(|figure| figure.key == key).ok_or(Turned::NotFound)?;
    let parts = parts_of(&app, &reader, &figure, &counts, month).await?;
    let view = Behind {
        name: figure.name.to_owned(),
        month: month_words(month),
        total: format!("{}{}", figure.value.shown(), figure.value.unit()),
        definition: figure.definition.to_owned(),
        formula: figure.formula.to_owned(),
        parts,
    };
    Ok(reader.page(&view.name, behind(&view)))
}

async fn parts_of(
    app: &App,
    reader: &Reader,
    figure: &Figure,
    counts: &Counts,
    month: Month,
) -> Result<Vec<Part>, Turned> {
    match figure.value {
        Amount::Persons(_) => people(app, counts, month).await,
        Amount::Money(_) | Amount::Lines(_) => envelopes(app, reader, figure.key, month).await,
        Amount::Cases(_) | Amount::Share(_) | Amount::Days(_) => cases(app, reader, figure.key, month).await,
        Amount::Leads(number) => Ok(leads(reader, number)),
    }
}

async fn people(app: &App, counts: &Counts, month: Month) -> Result<Vec<Part>, Turned> {
    let part = |(county, payees): (AreaCode, i64)| Part {
        name: county_name(app, &county),
        href: String::new(),
        about: w::PAYEES_ABOUT.to_owned(),
        adds: format!("{payees}{}", units::PERSONS),
    };
    let mut parts: Vec<Part> = app.registry.county_persons(month).await?.into_iter().map(part).collect();
    let together = counts.persons_in_payment.saturating_sub(counts.payees);
    parts.push(Part {
        name: w::TOGETHER.to_owned(),
        href: String::new(),
        about: w::TOGETHER_ABOUT.to_owned(),
        adds: format!("{together}{}", units::PERSONS),
    });
    Ok(parts)
}

async fn envelopes(app: &App, reader: &Reader, key: &str, month: Month) -> Result<Vec<Part>, Turned> {
    let mut parts = Vec::new();
    for envelope in app.registry.envelopes(month).await? {
        let adds = match key {
            "paid" => yuan(
                app.registry
                    .envelope(&envelope.county, envelope.id)
                    .await?
                    .reconciliation
                    .map_or(Fen::ZERO, |found| found.totals.confirmed.sum),
            ),
            "difference" => yuan(
                app.registry
                    .envelope(&envelope.county, envelope.id)
                    .await?
                    .reconciliation
                    .map_or(Fen::ZERO, |found| found.gaps.iter().map(|gap| gap.amount).sum()),
            ),
            "returned_lines" => lines(i64::from(envelope.returned.count)),
            "reissued_lines" => lines(app.registry.reissued(&envelope).await?),
            _ => yuan(envelope.control.sum),
        };
        parts.push(Part {
            name: county_name(app, &envelope.county),
            href: envelope_href(reader, &envelope),
            about: envelope.state.zh().to_owned(),
            adds,
        });
    }
    Ok(parts)
}

fn yuan(amount: Fen) -> String {
    format!("{amount}{}", units::YUAN)
}

fn lines(number: i64) -> String {
    format!("{number}{}", units::LINES)
}

fn envelope_href(reader: &Reader, envelope: &Envelope) -> String {
    let may = reader.enter(Room::Money).is_ok() && reader.frame.seat.reaches(&envelope.county);
    if may { format!("/pay/{}/{}", envelope.county.county6(), envelope.id) } else { String::new() }
}

async fn cases(app: &App, reader: &Reader, key: &str, month: Month) -> Result<Vec<Part>, Turned> {
    let mut cases = app.registry.case_lines(&app.city()).await?;
    cases.retain(|case| match key {
        "cases_open" => case.status.is_open() && case.decided_on.is_none(),
        _ => case.decided_on.is_some_and(|on| on.month() == month),
    });
    if reader.enter(Room::Register).is_ok() {
        return Ok(cases.iter().filter(|case| reader.frame.seat.reaches(&case.village)).map(case_part).collect());
    }
    let mut counties: BTreeMap<AreaCode, usize> = BTreeMap::new();
    cases.iter().for_each(|case| *counties.entry(case.village.county()).or_default() += 1);
    let part = |(county, number): (AreaCode, usize)| Part {
        name: county_name(app, &county),
        href: String::new(),
        about: w::CASES_ABOUT.to_owned(),
        adds: format!("{number}{}", units::CASES),
    };
    Ok(counties.into_iter().map(part).collect())
}

fn case_part(case: &CaseLine) -> Part {
    Part {
        name: case.number.clone(),
        href: format!("/case/{}", case.number),
        about: case.status.zh().to_owned(),
        adds: case
            .decided_on
            .map(|on| w::decided(on.days_since(case.handed_in_on), case.trips))
            .unwrap_or_else(|| format!("1{}", units::CASES)),
    }
}

fn leads(reader: &Reader, number: u64) -> Vec<Part> {
    if number == 0 {
        return vec![];
    }
    let href = if reader.enter(Room::Leads).is_ok() { "/discover".to_owned() } else { String::new() };
    vec![Part { name: w::LEADS.to_owned(), href, about: w::LEADS_ABOUT.to_owned(), adds: number.to_string() }]
}

fn county_name(app: &App, county: &AreaCode) -> String {
    app.areas.name(county).unwrap_or_default().to_owned()
}

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
        }
    }
}
