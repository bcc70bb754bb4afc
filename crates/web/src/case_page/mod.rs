//! The case page: everything about one case on one screen. Above the fold the six answers; below them the timeline, the two
//! clocks, the determination with its reasons, the facts with source and date, and where the money went.

mod act_form;
pub mod acts;
pub mod desk;
pub mod file;
mod from_case;

pub use act_form::{ActForm, act_form};
pub use from_case::Told;
use maud::{Markup, html};
use values::{Day, Fen, Month};

use crate::parts::{
    Clock, Column, Identity, ReasonLine, SpineRow, Table, clock, identity, month, reasons, spine, table, yuan_exact,
};
use crate::words::{case as w, clock as clock_words, spine as spine_words};

/// A determination as shown: the machine's proposal, or what is missing for one.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The programme's title.
    pub programme: String,
    /// `符合`, `不符合`, `要由人定`, `还缺信息`.
    pub words: String,
    /// Amount a month.
    pub amount: Option<Fen>,
    /// The main reasons.
    pub reasons: Vec<ReasonLine>,
    /// Every definition used, for who wants to follow it to the end.
    pub steps: Vec<ReasonLine>,
    /// Facts that are missing.
    pub missing: Vec<String>,
    /// The receipt: engine, hash of the books, hash of the facts.
    pub receipt: Vec<(String, String)>,
}

/// One fact of the household.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// Whose it is: `1 本人`, or the household's.
    pub whose: String,
    /// The fact.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Which department gave it.
    pub source: String,
    /// On which day.
    pub on: Option<Day>,
}

/// One movement of money.
#[derive(Clone, Debug)]
pub struct MoneyLine {
    /// The month paid for.
    pub month: Month,
    /// Regular, re-issue, arrears.
    pub kind: String,
    /// The amount.
    pub amount: Fen,
    /// How it stands: paid, returned and why.
    pub state: String,
    /// The account, masked.
    pub account_masked: String,
    /// The envelope's page, for a reader who may see it; empty otherwise.
    pub href: String,
}

/// The case as a page shows it.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// The case number.
    pub number: String,
    /// The applicant's page.
    pub person_href: String,
    /// The six answers.
    pub identity: Identity,
    /// The clocks that have started.
    pub clocks: Vec<Clock>,
    /// The steps.
    pub steps: Vec<SpineRow>,
    /// What the engine proposes, programme by programme.
    pub outcomes: Vec<Outcome>,
    /// The facts, household first.
    pub facts: Vec<FactLine>,
    /// Money paid under awards of this case.
    pub money: Vec<MoneyLine>,
    /// Forms of what this reader may do next; none when nothing.
    pub acts: Vec<Markup>,
}

/// The page.
pub fn case_page(view: &CasePage) -> Markup {
    html! {
        p.crumbs { (w::TITLE) " " (view.number) " · " a href=(view.person_href) { (w::PERSON) } }
        h1.hidden-label { (w::title(&view.number)) }
        (identity(&view.identity))
        div.split {
            div {
                section.block { h2 { (spine_words::TITLE) } p.muted.small { (spine_words::LEAD) } div.field { (spine(&view.steps)) } }
                section.block { h2 { (w::DETERMINATION) } (determination(&view.outcomes)) }
                section.block { h2 { (w::FACTS) } (facts(&view.facts)) }
                section.block { h2 { (w::MONEY) } (money(&view.money)) }
            }
            div.side {
                section.act {
                    h2 { (w::ACT) }
                    @if view.acts.is_empty() { p.muted { (w::NO_ACT) } }
                    @for act in &view.acts { (act) }
                }
                section.block { h2 { (clock_words::TITLE) } @for one in &view.clocks { (clock(one)) } }
            }
        }
    }
}

/// What the engine proposes, with its reasons; also on the resident's page.
pub fn determination(outcomes: &[Outcome]) -> Markup {
    html! {
        @if outcomes.is_empty() { p.muted { (w::NOT_YET) } }
        @for one in outcomes { (outcome(one)) }
    }
}

fn outcome(one: &Outcome) -> Markup {
    html! {
        div.stack {
            div.outcome {
                b { (one.programme) "：" (one.words) }
                @if let Some(amount) = one.amount { span.figure { (crate::parts::yuan(amount)) } span.muted { (w::PER_MONTH) } }
            }
            @if !one.missing.is_empty() { p { (w::MISSING) (one.missing.join("、")) } }
            (reasons(&one.reasons))
            @if !one.steps.is_empty() { details.more { summary { (w::EXPLAIN) } (reasons(&one.steps)) } }
            @if !one.receipt.is_empty() {
                details.more { summary { (w::RECEIPT) } p.small.muted { (w::RECEIPT_LEAD) } dl.pairs { @for (name, value) in &one.receipt { dt { (name) } dd { (value) } } } }
            }
            p.small.muted { (w::PROPOSES) }
        }
    }
}

const FACTS: [Column; 5] = [
    Column::words(w::WHOSE),
    Column::words(w::FACT),
    Column::words(w::VALUE),
    Column::words(w::SOURCE),
    Column::words(w::ON),
];

fn facts(lines: &[FactLine]) -> Markup {
    let rows = lines
        .iter()
        .map(|f| {
            vec![
                html! { (f.whose) },
                html! { (f.name) },
                crate::parts::of_text(&f.value),
                html! { (f.source) },
                html! { @if let Some(on) = f.on { (on) } },
            ]
        })
        .collect();
    table(Table { caption: w::FACTS_LEAD, columns: &FACTS, rows, total: vec![] })
}

const MONEY: [Column; 5] = [
    Column::words(w::MONTH),
    Column::words(w::KIND),
    Column::number(w::AMOUNT),
    Column::words(w::STATE),
    Column::words(w::ACCOUNT),
];

/// Money paid, month by month; also on the person's and the resident's page.
pub fn money(lines: &[MoneyLine]) -> Markup {
    let rows = lines
        .iter()
        .map(|m| {
            vec![
                html! { @if m.href.is_empty() { (month(m.month)) } @else { a href=(m.href) { (month(m.month)) } } },
                html! { (m.kind) },
                yuan_exact(m.amount),
                html! { (m.state) },
                html! { span.nowrap { (m.account_masked) } },
            ]
        })
        .collect();
    html! {
        @if lines.is_empty() { p.muted { (w::MONEY_NONE) } }
        @else { (table(Table { caption: w::MONEY, columns: &MONEY, rows, total: vec![] })) }
    }
}
