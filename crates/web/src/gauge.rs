//! The temperature gauge (温度表): every number with its unit, definition, formula, source and day, and a way down to what is
//! behind it; by county and programme as bars with the same figures as a table; by township as tiles.

use maud::{Markup, html};
use values::{Day, Fen, Month};

use crate::parts::{BarRow, TileCounty, bars, count, day, month_words, tiles, yuan_exact};
use crate::words::{gauge as w, units};

/// A number of the gauge, in its unit.
#[derive(Clone, Debug)]
pub enum Figure {
    /// A count and its unit (人, 户, 件, 笔).
    Count(i64, String),
    /// Money.
    Money(Fen),
    /// A share as words with its sign, already exact: `98.6%`.
    Share(String),
}

/// One measure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// What is measured.
    pub name: String,
    /// The number.
    pub figure: Figure,
    /// The same number a month earlier.
    pub before: Option<Figure>,
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
                div.measures { @for one in &view.measures { (measure(one)) } }
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
        article.measure .large[matches!(one.figure, Figure::Money(_))] {
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

fn figure(figure: &Figure) -> Markup {
    match figure {
        Figure::Count(number, unit) => count(*number, unit),
        Figure::Money(amount) => yuan_exact(*amount),
        Figure::Share(words) => html! { (words) },
    }
}

fn change(now: &Figure, before: Option<&Figure>) -> String {
    let (by, unit): (i64, &str) = match (now, before) {
        (Figure::Count(now, unit), Some(Figure::Count(before, _))) => (now - before, unit),
        (Figure::Money(now), Some(Figure::Money(before))) => return money_change(*now - *before),
        (Figure::Share(_), Some(Figure::Share(before))) => return w::was(before),
        (Figure::Count(..) | Figure::Money(_) | Figure::Share(_), _) => return w::NO_BEFORE.to_owned(),
    };
    match by {
        0 => w::SAME.to_owned(),
        by if by > 0 => w::up(&by.to_string(), unit),
        by => w::down(&by.unsigned_abs().to_string(), unit),
    }
}

fn money_change(by: Fen) -> String {
    match by {
        Fen::ZERO => w::SAME.to_owned(),
        by if by.is_negative() => w::down(&(-by).to_string(), units::YUAN),
        by => w::up(&by.to_string(), units::YUAN),
    }
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
