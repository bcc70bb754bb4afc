//! The money pages: a month's envelopes by county, and one envelope with its control totals from decision to bank return, its
//! returned lines, and who did what.

use maud::{Markup, html};
use values::{Day, Fen, Month};

use crate::gauge::month_form;
use crate::parts::{Column, Table, count, day, table, yuan_exact};
use crate::words::{pay as w, units};

/// How many lines and how much money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Payment lines.
    pub lines: i64,
    /// Their sum.
    pub amount: Fen,
}

/// One envelope in the month's list.
#[derive(Clone, Debug)]
pub struct EnvelopeLine {
    /// The envelope's page.
    pub href: String,
    /// The county.
    pub county: String,
    /// The state's words.
    pub state: String,
    /// Count and sum.
    pub total: Total,
    /// Returned by the bank.
    pub returned: Total,
}

/// The month's list.
#[derive(Clone, Debug)]
pub struct Envelopes {
    /// The month.
    pub month: Month,
    /// Months that have envelopes, newest first.
    pub months: Vec<Month>,
    /// The envelopes.
    pub envelopes: Vec<EnvelopeLine>,
}

/// A returned line.
#[derive(Clone, Debug)]
pub struct ReturnedLine {
    /// The payee's name.
    pub name: String,
    /// The account, masked.
    pub account_masked: String,
    /// The amount.
    pub amount: Fen,
    /// The bank's reason in words.
    pub reason: String,
    /// What happens with it.
    pub next: String,
}

/// One envelope.
#[derive(Clone, Debug)]
pub struct EnvelopePage {
    /// The county.
    pub county: String,
    /// The month.
    pub month: Month,
    /// The states in their order, and how many of them are behind the envelope (the last reached is current).
    pub states: Vec<String>,
    /// Index of the current state.
    pub at: usize,
    /// The gates: name, and the total that passed; none when not reached.
    pub gates: Vec<(String, Option<Total>)>,
    /// The difference that reconciliation found; none before it ran.
    pub difference: Option<Fen>,
    /// Money by fund source.
    pub funds: Vec<(String, Fen)>,
    /// The returned lines.
    pub returned: Vec<ReturnedLine>,
    /// Day, what, and who.
    pub history: Vec<(Day, String, String)>,
}

const LIST: [Column; 6] = [
    Column::words(w::COUNTY),
    Column::words(w::STATE),
    Column::number(w::LINES),
    Column::number(w::AMOUNT),
    Column::number(w::RETURNED),
    Column::number(w::RETURNED_AMOUNT),
];

/// The list page.
pub fn envelopes(view: &Envelopes) -> Markup {
    let sum = |pick: fn(&EnvelopeLine) -> Total| {
        view.envelopes
            .iter()
            .map(pick)
            .fold(Total::default(), |a, b| Total { lines: a.lines + b.lines, amount: a.amount + b.amount })
    };
    let (all, back) = (sum(|e| e.total), sum(|e| e.returned));
    let total = vec![
        html! { (w::TOTAL) },
        html! {},
        count(all.lines, units::LINES),
        yuan_exact(all.amount),
        count(back.lines, units::LINES),
        yuan_exact(back.amount),
    ];
    let rows = view.envelopes.iter().map(list_row).collect();
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        (month_form("/pay", w::MONTH, w::GO, view.month, &view.months))
        section.block {
            @if view.envelopes.is_empty() {
                div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } }
            } @else {
                (table(Table { caption: &crate::parts::month_words(view.month), columns: &LIST, rows, total }))
            }
        }
    }
}

fn list_row(line: &EnvelopeLine) -> Vec<Markup> {
    vec![
        html! { a href=(line.href) { (line.county) } },
        html! { (line.state) },
        count(line.total.lines, units::LINES),
        yuan_exact(line.total.amount),
        count(line.returned.lines, units::LINES),
        yuan_exact(line.returned.amount),
    ]
}

/// One envelope's page.
pub fn envelope(view: &EnvelopePage) -> Markup {
    html! {
        div.page-head { h1 { (w::title(&view.county, &crate::parts::month_words(view.month))) } }
        ol.steps {
            @for (at, state) in view.states.iter().enumerate() {
                li class=[if at < view.at { Some("done") } else if at == view.at { Some("now") } else { None }] aria-current=[(at == view.at).then_some("step")] { (state) }
            }
        }
        section.block { h2 { (w::CONTROL) } (verdict(view.difference)) (gates(&view.gates)) }
        section.block { h2 { (w::RETURNS) } (returns(&view.returned)) }
        section.block { h2 { (w::BY_FUND) } dl.pairs { @for (fund, amount) in &view.funds { dt { (fund) } dd { (yuan_exact(*amount)) } } } }
        section.block { h2 { (w::HISTORY) } ul.plain-list { @for (on, what, who) in &view.history { li { (day(*on)) " " b { (what) } " " span.muted { (who) } } } } }
    }
}

fn verdict(difference: Option<Fen>) -> Markup {
    html! {
        @match difference {
            None => {},
            Some(Fen::ZERO) => div.note.done { p { "✓ " (w::BALANCED) } },
            Some(by) => div.note.late { p { "■ " (w::unbalanced(&by.to_string())) } },
        }
    }
}

const GATES: [Column; 3] = [Column::words(w::STAGE), Column::number(w::LINES), Column::number(w::AMOUNT)];

fn gates(gates: &[(String, Option<Total>)]) -> Markup {
    let rows = gates
        .iter()
        .map(|(name, total)| match total {
            Some(total) => vec![html! { (name) }, count(total.lines, units::LINES), yuan_exact(total.amount)],
            None => vec![html! { (name) }, html! { span.muted { "—" } }, html! { span.muted { "—" } }],
        })
        .collect();
    html! { div.field { (table(Table { caption: w::CONTROL, columns: &GATES, rows, total: vec![] })) } }
}

const RETURNS: [Column; 5] = [
    Column::words(w::WHO),
    Column::words(w::ACCOUNT),
    Column::number(w::AMOUNT),
    Column::words(w::REASON),
    Column::words(w::NEXT),
];

fn returns(lines: &[ReturnedLine]) -> Markup {
    let rows = lines
        .iter()
        .map(|r| {
            vec![
                html! { (r.name) },
                html! { span.nowrap { (r.account_masked) } },
                yuan_exact(r.amount),
                html! { (r.reason) },
                html! { (r.next) },
            ]
        })
        .collect();
    html! {
        @if lines.is_empty() { p.muted { (w::RETURNS_NONE) } } @else { (table(Table { caption: w::RETURNS, columns: &RETURNS, rows, total: vec![] })) }
    }
}
