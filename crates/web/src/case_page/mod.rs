//! The case page: everything about one case on one screen. Above the fold the six answers; below them the timeline, the two
//! clocks, the determination with its reasons, the facts with source and date, and where the money went.

mod act_form;
pub mod acts;
pub mod desk;
pub mod file;
mod from_case;
pub mod rights;
pub mod verbs;

pub use act_form::{ActForm, act_form};
pub use from_case::Told;
use law::AmountPer;
use maud::{Markup, html};
use values::{Fen, Month};

use crate::parts::{
    Clock, Column, Identity, ReasonLine, SpineRow, Table, clock, identity, month, reasons, spine, table, yuan_exact,
};
use crate::words::{application as a, case as w, clock as clock_words, spine as spine_words, verbs as verb_words};

/// A determination as shown: the machine's proposal, or what is missing for one.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The programme's title.
    pub programme: String,
    /// `符合`, `不符合`, `要由人定`, `还缺信息`.
    pub words: String,
    /// The amount, for the span of `per`.
    pub amount: Option<Fen>,
    /// A month, once or a year.
    pub per: AmountPer,
    /// The main reasons.
    pub reasons: Vec<ReasonLine>,
    /// The conditions that are met, when all are.
    pub met: Vec<ReasonLine>,
    /// Every definition used, for who wants to follow it to the end.
    pub steps: Vec<ReasonLine>,
    /// Facts that are missing, by who knows them.
    pub missing: Vec<(String, String)>,
    /// The receipt: engine, hash of the books, hash of the facts.
    pub receipt: Vec<(String, String)>,
}

/// One fact as the form names it, with what is known of the household or of each member.
#[derive(Clone, Debug)]
pub struct FactLine {
    /// The fact.
    pub name: String,
    /// One cell for each column of [`CasePage::whose`]: value, and source with its day; empty where nothing is known.
    pub cells: Vec<(String, String)>,
    /// True when every cell says no, none or nothing.
    pub is_plain: bool,
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
    /// Whose the columns of the facts are: the household, then each member.
    pub whose: Vec<String>,
    /// The facts, household first.
    pub facts: Vec<FactLine>,
    /// Money paid under awards of this case.
    pub money: Vec<MoneyLine>,
    /// Every right of the application that this case belongs to.
    pub rights: Vec<rights::RightLine>,
    /// Forms by which the case goes from hand to hand.
    pub verbs: Vec<Markup>,
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
                @if !view.rights.is_empty() {
                    section.block { h2 { (a::TITLE) } p.muted.small { (a::LEAD) } (rights::rights(&view.rights)) }
                }
                section.block { h2 { (w::DETERMINATION) } (determination(&view.outcomes)) }
                section.block { h2 { (w::FACTS) } (facts(&view.whose, &view.facts)) }
                section.block { h2 { (w::MONEY) } (money(&view.money)) }
            }
            div.side {
                section.act {
                    h2 { (w::ACT) }
                    @if view.acts.is_empty() { p.muted { (w::NO_ACT) } }
                    @for act in &view.acts { (act) }
                    @if !view.verbs.is_empty() {
                        details.more { summary { (verb_words::TITLE) } @for verb in &view.verbs { div.field { (verb) } } }
                    }
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
                @if let Some(amount) = one.amount { span.figure { (crate::parts::yuan(amount)) } span.muted { (w::per(one.per)) } }
            }
            @if !one.missing.is_empty() {
                p { (w::MISSING) }
                dl.pairs { @for (source, names) in &one.missing { dt { (source) } dd { (names) } } }
            }
            (reasons(&one.reasons))
            @if !one.met.is_empty() { details.more { summary { (w::met(one.met.len())) } (reasons(&one.met)) } }
            @if !one.steps.is_empty() { details.more { summary { (w::EXPLAIN) } (reasons(&one.steps)) } }
            @if !one.receipt.is_empty() {
                details.more { summary { (w::RECEIPT) } p.small.muted { (w::RECEIPT_LEAD) } dl.pairs { @for (name, value) in &one.receipt { dt { (name) } dd { (value) } } } }
            }
            p.small.muted { (w::PROPOSES) }
        }
    }
}

/// What says something stands open; what is no, none or nothing for everybody is folded.
fn facts(whose: &[String], lines: &[FactLine]) -> Markup {
    let (plain, telling): (Vec<&FactLine>, Vec<&FactLine>) = lines.iter().partition(|line| line.is_plain);
    html! {
        p.muted.small { (w::FACTS_LEAD) }
        (fact_table(whose, &telling))
        @if !plain.is_empty() { details.more { summary { (w::plain_facts(plain.len())) } (fact_table(whose, &plain)) } }
    }
}

fn fact_table(whose: &[String], lines: &[&FactLine]) -> Markup {
    html! {
        div.table-box tabindex="0" role="region" aria-label=(w::FACTS) {
            table {
                thead { tr { th scope="col" { (w::FACT) } @for one in whose { th scope="col" { (one) } } } }
                tbody {
                    @for line in lines {
                        tr {
                            th.nowrap scope="row" { (line.name) }
                            @for (value, source) in &line.cells { td { @if !value.is_empty() { (crate::parts::of_text(value)) " " span.source { (source) } } } }
                        }
                    }
                }
            }
        }
    }
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
