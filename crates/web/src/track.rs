//! The resident's page: five questions, answered one after another in large type, without an account. The number and the ID tail
//! travel in the form's body; a wrong number and a wrong tail get the same answer, so that nobody can feel for numbers.

use maud::{Markup, html};
use values::Day;

use crate::case_page::{MoneyLine, Outcome, determination, money};
use crate::home::track_form;
use crate::parts::{Clock, FieldError, Light, SpineRow, clock, light, spine};
use crate::words::{clock as clock_words, spine as spine_words, track as w};

/// A step of the rail: its name, and whether it is behind, here or ahead.
#[derive(Clone, Debug)]
pub struct RailStep {
    /// The step.
    pub name: String,
    /// Behind the case.
    pub done: bool,
    /// The case is here.
    pub now: bool,
}

/// The answers of one case.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The case number.
    pub number: String,
    /// The name with all but the family name hidden.
    pub name_masked: String,
    /// What was asked.
    pub asked: String,
    /// The steps.
    pub rail: Vec<RailStep>,
    /// Where the case is: one sentence.
    pub at: String,
    /// What that means: one or two sentences.
    pub at_more: String,
    /// Which office has it.
    pub holder: String,
    /// How to reach it.
    pub holder_more: String,
    /// The promised day and how it stands.
    pub promise: Option<(Day, Light)>,
    /// The last day by law.
    pub statute: Option<Day>,
    /// What the resident has to do; empty for nothing.
    pub to_do: String,
    /// The determinations made.
    pub outcomes: Vec<Outcome>,
    /// Money paid so far.
    pub money: Vec<MoneyLine>,
    /// What to do when one disagrees: sentences with article, where and until when.
    pub disagree: Vec<String>,
    /// The clocks.
    pub clocks: Vec<Clock>,
    /// The timeline.
    pub steps: Vec<SpineRow>,
}

/// The page that asks.
pub fn ask(number: &str, errors: &[FieldError]) -> Markup {
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        (track_form(number, errors))
        @if !errors.is_empty() { p.field { (w::NOT_FOUND_ASK) } }
    }
}

/// The page that answers.
pub fn answers(view: &Answers) -> Markup {
    html! {
        div.page-head { h1 { (view.name_masked) "，" (view.asked) } p.lead { (w::NUMBER) " " (view.number) } }
        div.answers {
            section { h2 { (w::Q_WHERE) } div { p.answer { (view.at) } (rail(&view.rail)) p.more-words { (view.at_more) } } }
            section { h2 { (w::Q_WHO) } div { p.answer { (view.holder) } p.more-words { (view.holder_more) } } }
            section { h2 { (w::Q_WHEN) } (when(view)) }
            section { h2 { (w::Q_NEXT) } div { p.answer { (if view.to_do.is_empty() { w::NOTHING_TO_DO } else { &view.to_do }) } } }
            section {
                h2 { (w::Q_WHY) }
                div { @if view.outcomes.is_empty() { p.answer { (w::NO_AMOUNT_YET) } } @else { (determination(&view.outcomes)) } }
            }
            section { h2 { (w::Q_PAID) } (money(&view.money)) }
            section { h2 { (w::Q_DISAGREE) } div.more-words.stack { @for sentence in &view.disagree { p { (sentence) } } } }
        }
        section.block { h2 { (spine_words::TITLE) } p.muted { (spine_words::LEAD) } div.field { (spine(&view.steps)) } }
        section.block.no-print {
            div.buttons {
                a.button.quiet href="/track" { (w::AGAIN) }
                form method="post" action="/track/leave" { button.button.quiet type="submit" { (w::LEAVE) } }
            }
            p.hint { (w::LEAVE_HINT) }
        }
    }
}

fn rail(steps: &[RailStep]) -> Markup {
    html! {
        ol.rail {
            @for step in steps {
                li class=(match (step.done, step.now) { (_, true) => "now", (true, false) => "done", (false, false) => "ahead" }) aria-current=[step.now.then_some("step")] { (step.name) }
            }
        }
    }
}

fn when(view: &Answers) -> Markup {
    html! {
        div {
            @if let Some((by, state)) = &view.promise { p.answer { (w::promise(&by.with_weekday())) } p.more-words { (light(state)) } }
            @if let Some(by) = view.statute { p.more-words { (w::statute(&by.with_weekday())) } }
            @if !view.clocks.is_empty() { details.more { summary { (w::BOTH_CLOCKS) } h3 { (clock_words::TITLE) } @for one in &view.clocks { (clock(one)) } } }
        }
    }
}
