//! Reasons beside figures, citations opening in place.

use maud::{Markup, html};

use super::of_text;
use crate::words::reasons as w;

/// One line of an explanation.
#[derive(Clone, Debug)]
pub struct ReasonLine {
    /// The figure or outcome, with its unit; may be empty.
    pub value: String,
    /// What it is, in a sentence.
    pub text: String,
    /// How it came about; may be empty.
    pub formula: String,
    /// The article; may be empty.
    pub cite: String,
    /// The article's full name and place, shown when the citation is opened; may be empty.
    pub cite_full: String,
    /// What the family can do next; may be empty.
    pub next_step: String,
}

/// The list.
pub fn reasons(lines: &[ReasonLine]) -> Markup {
    html! {
        ul.reasons {
            @for line in lines {
                li {
                    div.value { (of_text(&line.value)) }
                    div.text {
                        p { (line.text) }
                        @if !line.formula.is_empty() { p.formula { (line.formula) } }
                        @if !line.next_step.is_empty() { p.small { (w::NEXT_STEP) (line.next_step) } }
                        (cite(&line.cite, &line.cite_full))
                    }
                }
            }
        }
    }
}

fn cite(short: &str, full: &str) -> Markup {
    html! {
        @if short.is_empty() {
        } @else if full.is_empty() {
            p.small.muted { (w::BASIS) (short) }
        } @else {
            details.cite { summary { (w::BASIS) (short) span.paper-only { " " (full) } } blockquote { (full) } }
        }
    }
}
