//! The money pages: a month's envelopes by county, and one envelope with its control totals from decision to bank return, its
//! returned lines, and who did what.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use ledger::{Control, Envelope, EnvelopeState, FundSource};
use maud::{Markup, html};
use values::{AreaCode, Day, EnvelopeId, Fen, Month};

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::gauge::{Asked, month_form};
use crate::parts::{Column, Table, count, day, table, yuan_exact};
use crate::registry::EnvelopeFile;
use crate::seat::Room;
use crate::words::{pay as w, units};

/// `GET /pay`: the month's envelopes within the reader's office.
pub async fn show(State(app): State<Arc<App>>, reader: Reader, Query(asked): Query<Asked>) -> Result<Response, Turned> {
    reader.enter(Room::Money)?;
    let months = app.registry.months().await?;
    let Some(month) = asked.among(&months) else {
        let view = Envelopes { month: reader.frame.today.month(), months, envelopes: vec![] };
        return Ok(reader.page(w::TITLE, envelopes(&view)));
    };
    let mine = app.registry.envelopes(month).await?.into_iter().filter(|e| reader.frame.seat.reaches(&e.county));
    let view = Envelopes { month, months, envelopes: mine.map(|e| line_of(&app, &e)).collect() };
    Ok(reader.page(w::TITLE, envelopes(&view)))
}

/// `GET /pay/{county}/{id}`: one envelope with its books.
pub async fn show_envelope(
    State(app): State<Arc<App>>,
    reader: Reader,
    Path((county, id)): Path<(String, i64)>,
) -> Result<Response, Turned> {
    reader.enter(Room::Money)?;
    let county: AreaCode = county.parse().map_err(|_| Turned::NotFound)?;
    let file = app.registry.envelope(&county, EnvelopeId(id)).await?;
    if !reader.frame.seat.reaches(&file.envelope.county) {
        return Err(Turned::NotYours);
    }
    let view = page_of(&app, &file);
    Ok(reader.page(&w::title(&view.county, &crate::parts::month_words(view.month)), envelope(&view)))
}

fn total(control: Control) -> Total {
    Total { lines: i64::from(control.count), amount: control.sum }
}

fn line_of(app: &App, envelope: &Envelope) -> EnvelopeLine {
    EnvelopeLine {
        href: format!("/pay/{}/{}", envelope.county.county6(), envelope.id),
        county: app.areas.name(&envelope.county).unwrap_or_default().to_owned(),
        state: envelope.state.zh().to_owned(),
        total: total(envelope.control),
        returned: total(envelope.returned),
    }
}

fn page_of(app: &App, file: &EnvelopeFile) -> EnvelopePage {
    let envelope = &file.envelope;
    let line = line_of(app, envelope);
    let totals = file.reconciliation.as_ref().map(|found| found.totals);
    let gates = [
        (w::STAGE_LOCKED, Some(total(envelope.control))),
        (w::STAGE_LINES, totals.map(|t| total(t.lines))),
        (w::STAGE_FILED, totals.map(|t| total(t.filed))),
        (w::STAGE_PAID, totals.map(|t| total(t.confirmed))),
        (w::STAGE_RETURNED, totals.map(|t| total(t.returned))),
    ];
    let steps = steps_of(envelope);
    EnvelopePage {
        county: line.county,
        month: envelope.month,
        at: steps.iter().position(|state| *state == envelope.state).unwrap_or_default(),
        states: steps.iter().map(|state| w::step(state.code()).to_owned()).collect(),
        gates: gates.into_iter().map(|(name, total)| (name.to_owned(), total)).collect(),
        gaps: file.reconciliation.as_ref().map(|found| found.gaps.iter().map(ToString::to_string).collect()),
        funds: funds_of(envelope),
        returned: file
            .returned
            .iter()
            .map(|r| ReturnedLine {
                name: r.name.clone(),
                account_masked: r.account.as_ref().map(|a| a.masked()).unwrap_or_default(),
                amount: r.amount,
                reason: r.reason.clone(),
            })
            .collect(),
        history: history_of(envelope),
    }
}

/// Who signed what, from the envelope itself.
fn history_of(envelope: &Envelope) -> Vec<(Day, String, String)> {
    let signed = [
        (w::LOCKED, Some(&envelope.locked)),
        (w::FIRST, envelope.first_approval.as_ref()),
        (w::SECOND, envelope.second_approval.as_ref()),
    ];
    signed.into_iter().filter_map(|(what, by)| by.map(|by| (by.on, what.to_owned(), by.by.clone()))).collect()
}

/// The states an envelope passes; of the three answers of the bank only the one that came, or the good one while none has.
fn steps_of(envelope: &Envelope) -> Vec<EnvelopeState> {
    use EnvelopeState::{Paid, PartlyReturned, Returned};
    let answer = match envelope.returned.count {
        0 => Paid,
        all if all == envelope.control.count => Returned,
        _ => PartlyReturned,
    };
    let is_answer = |state: &EnvelopeState| matches!(state, Paid | PartlyReturned | Returned);
    EnvelopeState::ALL.into_iter().filter(|state| !is_answer(state) || *state == answer).collect()
}

fn funds_of(envelope: &Envelope) -> Vec<(String, Fen)> {
    let sum = |source: FundSource| envelope.sums.iter().filter(|s| s.source == source).map(|s| s.amount).sum::<Fen>();
    FundSource::ALL
        .into_iter()
        .map(|source| (source.zh().to_owned(), sum(source)))
        .filter(|(_, amount)| *amount != Fen::ZERO)
        .collect()
}

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
    /// The gaps that reconciliation found; none before the bank has answered.
    pub gaps: Option<Vec<String>>,
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
        section.block { h2 { (w::CONTROL) } (verdict(view.gaps.as_deref())) (gates(&view.gates)) }
        section.block { h2 { (w::RETURNS) } (returns(&view.returned)) }
        section.block { h2 { (w::BY_FUND) } dl.pairs { @for (fund, amount) in &view.funds { dt { (fund) } dd { (yuan_exact(*amount)) } } } }
        section.block { h2 { (w::HISTORY) } ul.plain-list { @for (on, what, who) in &view.history { li { (day(*on)) " " b { (what) } " " span.muted { (who) } } } } }
    }
}

fn verdict(gaps: Option<&[String]>) -> Markup {
    html! {
        @match gaps {
            None => {},
            Some([]) => div.note.done { p { "✓ " (w::BALANCED) } },
            Some(gaps) => div.note.late { p { "■ " (w::UNBALANCED) } @for gap in gaps { p { (gap) } } },
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

const RETURNS: [Column; 4] =
    [Column::words(w::WHO), Column::words(w::ACCOUNT), Column::number(w::AMOUNT), Column::words(w::REASON)];

fn returns(lines: &[ReturnedLine]) -> Markup {
    let rows = lines
        .iter()
        .map(|r| {
            vec![
                html! { (r.name) },
                html! { span.nowrap { (r.account_masked) } },
                yuan_exact(r.amount),
                html! { (r.reason) },
            ]
        })
        .collect();
    html! {
        @if lines.is_empty() { p.muted { (w::RETURNS_NONE) } } @else { (table(Table { caption: w::RETURNS, columns: &RETURNS, rows, total: vec![] })) }
    }
}
