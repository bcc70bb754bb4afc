//! The temperature gauge (温度表): every number with its unit, definition, formula, source and day, and a way down to what is
//! behind it; by county and programme as bars with the same figures as a table; by township as tiles.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use indicators::{Amount, Counts};
use maud::{Markup, html};
use serde::Deserialize;
use values::{AreaCode, AreaLevel, Day, Fen, Month};

use crate::answer::{Reader, Turned};
use crate::app::App;

use crate::parts::{BarRow, Tile, TileCounty, bars, day, month_words, tiles};
use crate::words::{gauge as w, units};

/// The month asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    month: String,
}

impl Asked {
    /// The month asked for when it has numbers, otherwise the newest that has; none before the first.
    pub fn among(&self, months: &[Month]) -> Option<Month> {
        let asked = self.month.parse::<Month>().ok().filter(|month| months.contains(month));
        asked.or_else(|| months.first().copied())
    }
}

/// `GET /gauge`.
pub async fn show(State(app): State<Arc<App>>, reader: Reader, Query(asked): Query<Asked>) -> Result<Response, Turned> {
    let months = app.registry.months().await?;
    let today = reader.frame.today;
    let asked = asked.among(&months).filter(|_| !asked.month.is_empty());
    let month = match asked {
        Some(month) => Some(month),
        None => newest_paid(&app, &months, today).await?,
    };
    let view = match month {
        None => Gauge {
            month: today.month(),
            months,
            measures: vec![],
            programmes: vec![],
            counties: vec![],
            townships: vec![],
        },
        Some(month) => of_month(&app, month, months, today).await?,
    };
    Ok(reader.page(w::TITLE, gauge(&view)))
}

/// The newest month in which the bank has confirmed money, else the newest at all: a month that has only begun tells little.
///
/// # Errors
/// A fault of the registry.
pub async fn newest_paid(app: &App, months: &[Month], today: Day) -> Result<Option<Month>, Turned> {
    for month in months {
        if app.registry.counts(*month, month.last_day().min(today)).await?.paid > Fen::ZERO {
            return Ok(Some(*month));
        }
    }
    Ok(months.first().copied())
}

async fn of_month(app: &App, month: Month, months: Vec<Month>, today: Day) -> Result<Gauge, Turned> {
    let measures = measures_of(app, month, &months, today).await?;
    let (programmes, counties) = by_programme(app, app.registry.county_money(month).await?);
    let townships = tile_counties(app, app.registry.township_persons(month).await?);
    Ok(Gauge { month, months, measures, programmes, counties, townships })
}

/// The measures of a month, beside the month before where it has numbers.
pub async fn measures_of(app: &App, month: Month, months: &[Month], today: Day) -> Result<Vec<Measure>, Turned> {
    let as_of = |month: Month| month.last_day().min(today);
    let now = app.registry.counts(month, as_of(month)).await?;
    let earlier = month.plus(-1);
    let before =
        if months.contains(&earlier) { Some(app.registry.counts(earlier, as_of(earlier)).await?) } else { None };
    Ok(measures(&now, before.as_ref()))
}

/// How many programmes have a colour of their own; the smallest beyond them are added together.
const OWN_COLOUR: usize = 5;

fn by_programme(app: &App, money: Vec<(AreaCode, String, Fen)>) -> (Vec<String>, Vec<CountyMoney>) {
    let mut totals: BTreeMap<&str, Fen> = BTreeMap::new();
    money.iter().for_each(|(_, programme, sum)| *totals.entry(programme).or_default() += *sum);
    let mut order: Vec<&str> = totals.keys().copied().collect();
    order.sort_by_key(|programme| std::cmp::Reverse(totals[programme]));
    let column = |programme: &str| order.iter().position(|p| *p == programme).map_or(0, |at| at.min(OWN_COLOUR));
    let wide = order.len().min(OWN_COLOUR + 1);
    let mut counties: BTreeMap<AreaCode, Vec<Fen>> = BTreeMap::new();
    for (county, programme, sum) in &money {
        counties.entry(*county).or_insert_with(|| vec![Fen::ZERO; wide])[column(programme)] += *sum;
    }
    let mut names: Vec<String> = order.iter().take(OWN_COLOUR).map(|p| app.title_of(p).to_owned()).collect();
    if order.len() == OWN_COLOUR + 1 {
        names.push(app.title_of(order[OWN_COLOUR]).to_owned());
    } else if order.len() > OWN_COLOUR {
        names.push(w::OTHERS.to_owned());
    }
    let named = |(county, sums): (AreaCode, Vec<Fen>)| CountyMoney {
        county: app.areas.name(&county).unwrap_or_default().to_owned(),
        sums,
    };
    (names, counties.into_iter().map(named).collect())
}

fn tile_counties(app: &App, persons: Vec<(AreaCode, i64)>) -> Vec<TileCounty> {
    let count: BTreeMap<AreaCode, i64> = persons.into_iter().collect();
    let tiles = |county: &AreaCode| {
        let towns = app.areas.of_level_in(county, AreaLevel::Township);
        towns
            .into_iter()
            .map(|town| Tile {
                name: town.name.clone(),
                count: count.get(&town.code).copied().unwrap_or(0),
                href: String::new(),
            })
            .collect()
    };
    let counties = app.areas.of_level_in(&app.city(), AreaLevel::County);
    counties
        .into_iter()
        .map(|county| TileCounty { name: county.name.clone(), tiles: tiles(&county.code) })
        .filter(|c| c.tiles.iter().any(|t| t.count > 0))
        .collect()
}

/// One measure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The measure's key.
    pub key: &'static str,
    /// What is measured.
    pub name: String,
    /// The number, with its unit.
    pub figure: Amount,
    /// The same number a month earlier.
    pub before: Option<Amount>,
    /// What it is.
    pub definition: String,
    /// How it is computed.
    pub formula: String,
    /// From which rows.
    pub source: String,
    /// The day it holds for.
    pub as_of: Day,
    /// The page of the cases or lines behind it.
    pub behind: String,
}

/// A county's money of the month by programme, in the order of [`Gauge::programmes`].
#[derive(Clone, Debug)]
pub struct CountyMoney {
    /// The county.
    pub county: String,
    /// One sum a programme.
    pub sums: Vec<Fen>,
}

/// What the gauge shows.
#[derive(Clone, Debug)]
pub struct Gauge {
    /// The month.
    pub month: Month,
    /// Months that have numbers, newest first.
    pub months: Vec<Month>,
    /// The measures.
    pub measures: Vec<Measure>,
    /// The programmes of the bars, at most six.
    pub programmes: Vec<String>,
    /// The counties.
    pub counties: Vec<CountyMoney>,
    /// Persons drawing money by township.
    pub townships: Vec<TileCounty>,
}

/// The page.
pub fn gauge(view: &Gauge) -> Markup {
    html! {
        div.page-head { h1 { (w::TITLE) " · " (month_words(view.month)) } p.lead { (w::LEAD) } }
        (month_form("/gauge", w::MONTH, w::GO, view.month, &view.months))
        @if view.measures.is_empty() {
            div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } }
        } @else {
            div.stack-large {
                section { h2.hidden-label { (w::MEASURES) } div.measures { @for one in &view.measures { (measure(one)) } } }
                @if !view.counties.is_empty() { (by_county(view)) }
                @if !view.townships.is_empty() {
                    section.block { h2 { (w::TILES) } p.muted.small { (w::TILES_LEAD) } (tiles(&view.townships)) }
                }
            }
        }
    }
}

/// Choosing a month, as a plain form.
pub fn month_form(action: &str, label: &str, go: &str, chosen: Month, months: &[Month]) -> Markup {
    html! {
        form.inline method="get" action=(action) {
            div.field {
                label for="month" { (label) }
                select #month name="month" { @for m in months { option value=(m) selected[*m == chosen] { (month_words(*m)) } } }
            }
            button.button.quiet type="submit" { (go) }
        }
    }
}

/// One measure with all it owes the reader.
pub fn measure(one: &Measure) -> Markup {
    html! {
        article.measure .large[matches!(one.figure, Amount::Money(_))] {
            h3 { (one.name) }
            p.figure { (figure(&one.figure)) }
            p.change { (change(&one.figure, one.before.as_ref())) }
            p.change { (w::AS_OF) " " (day(one.as_of)) }
            details.more {
                summary { (w::HOW) }
                dl.pairs {
                    dt { (w::DEFINITION) } dd { (one.definition) }
                    dt { (w::FORMULA) } dd { (one.formula) }
                    dt { (w::SOURCE) } dd { (one.source) }
                }
            }
            @if !one.behind.is_empty() { p.small { a href=(one.behind) { (w::BEHIND) } } }
        }
    }
}

fn figure(amount: &Amount) -> Markup {
    let unit = if matches!(amount, Amount::Days(None)) { "" } else { amount.unit() };
    html! { span.money { (amount.shown()) span.unit { (unit) } } }
}

/// The change against the month before, in words; shares are set side by side, because a difference of shares misleads.
fn change(now: &Amount, before: Option<&Amount>) -> String {
    let Some(before) = before else { return w::NO_BEFORE.to_owned() };
    match difference(now, before) {
        None => w::was(&before.shown()),
        Some(by) if is_nothing(&by) => w::SAME.to_owned(),
        Some(by) if is_more(now, before) => w::up(&by.shown(), by.unit()),
        Some(by) => w::down(&by.shown(), by.unit()),
    }
}

/// How far two amounts of one kind are apart; none for shares and for different kinds.
fn difference(now: &Amount, before: &Amount) -> Option<Amount> {
    Some(match (now, before) {
        (Amount::Persons(a), Amount::Persons(b)) => Amount::Persons(a.abs_diff(*b)),
        (Amount::Lines(a), Amount::Lines(b)) => Amount::Lines(a.abs_diff(*b)),
        (Amount::Cases(a), Amount::Cases(b)) => Amount::Cases(a.abs_diff(*b)),
        (Amount::Leads(a), Amount::Leads(b)) => Amount::Leads(a.abs_diff(*b)),
        (Amount::Money(a), Amount::Money(b)) => Amount::Money(if a > b { *a - *b } else { *b - *a }),
        _ => return None,
    })
}

fn is_nothing(by: &Amount) -> bool {
    matches!(by, Amount::Persons(0) | Amount::Lines(0) | Amount::Cases(0) | Amount::Leads(0) | Amount::Money(Fen::ZERO))
}

fn is_more(now: &Amount, before: &Amount) -> bool {
    match (now, before) {
        (Amount::Persons(a), Amount::Persons(b)) | (Amount::Lines(a), Amount::Lines(b)) => a > b,
        (Amount::Cases(a), Amount::Cases(b)) | (Amount::Leads(a), Amount::Leads(b)) => a > b,
        (Amount::Money(a), Amount::Money(b)) => a > b,
        _ => false,
    }
}

/// The measures of a month beside the month before, from what the gauge's own room counts.
pub fn measures(now: &Counts, before: Option<&Counts>) -> Vec<Measure> {
    let old = before.map(indicators::gauge);
    let measure = |(at, figure): (usize, indicators::Figure)| Measure {
        key: figure.key,
        name: figure.name.to_owned(),
        before: old.as_ref().map(|old| old[at].value),
        figure: figure.value,
        definition: figure.definition.to_owned(),
        formula: figure.formula.to_owned(),
        source: figure.source.to_owned(),
        as_of: now.as_of,
        behind: format!("/gauge/{}?month={}", figure.key, now.month),
    };
    indicators::gauge(now).into_iter().enumerate().map(measure).collect()
}

fn by_county(view: &Gauge) -> Markup {
    let rows: Vec<BarRow> = view
        .counties
        .iter()
        .map(|c| BarRow {
            label: c.county.clone(),
            parts: c.sums.iter().map(|s| s.fen()).collect(),
            total: format!("{}{}", c.sums.iter().copied().sum::<Fen>(), units::YUAN),
        })
        .collect();
    let caption = w::by_county(&month_words(view.month));
    html! {
        section.block.stack {
            h2 { (w::BY_COUNTY) }
            p.muted.small { (w::BY_COUNTY_LEAD) }
            (bars(&caption, &view.programmes, &rows))
            (figures_table(view, &caption))
        }
    }
}

fn figures_table(view: &Gauge, caption: &str) -> Markup {
    let mut total = vec![Fen::ZERO; view.programmes.len()];
    let rows = view.counties.iter().map(|c| {
        let cells = c.sums.iter().enumerate().map(|(at, sum)| {
            total[at] += *sum;
            html! { (sum) }
        });
        let mut row = vec![html! { (c.county) }];
        row.extend(cells);
        row.push(html! { b { (c.sums.iter().copied().sum::<Fen>()) } });
        row
    });
    let rows: Vec<_> = rows.collect();
    html! {
        div.table-box tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { th scope="col" { (w::COUNTY) } @for p in &view.programmes { th.num scope="col" { (p) } } th.num scope="col" { (w::TOTAL) } } }
                tbody { @for row in &rows { tr { @for (at, cell) in row.iter().enumerate() { @if at == 0 { th scope="row" { (cell) } } @else { td.num { (cell) } } } } } }
                tfoot { tr { th scope="row" { (w::TOTAL) } @for sum in &total { td.num { (sum) } } td.num { (total.iter().copied().sum::<Fen>()) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_said_with_its_unit_and_shares_stand_side_by_side() {
        for (now, before, words) in [
            (Amount::Persons(140_003), Some(Amount::Persons(140_000)), "↑ 比上月多 3人"),
            (Amount::Money(Fen::yuan(1)), Some(Amount::Money(Fen::yuan(1_001))), "↓ 比上月少 1,000.00元"),
            (Amount::Lines(7), Some(Amount::Lines(7)), "和上月一样"),
            (Amount::Share(Some(9_860)), Some(Amount::Share(Some(9_700))), "上月 97.00%"),
            (Amount::Lines(7), None, "没有上月的数可比"),
        ] {
            assert_eq!(change(&now, before.as_ref()), words);
        }
    }
}
