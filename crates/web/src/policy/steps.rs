//! The procedure as a line to follow: who does what, how long it may take, and what is promised.

use law::{Procedure, Step};
use maud::{Markup, html};

use super::law_block::cites;
use super::shelf::Texts;
use crate::words::policy as w;

/// The steps, the promise above them.
pub fn steps(procedure: &Procedure, texts: &Texts) -> Markup {
    html! {
        @if let Some(term) = procedure.promise { p.lead { b { (w::promised(&term.to_string(), &procedure.promise_until)) } } }
        ol.path {
            @for step in &procedure.steps { (one(step, texts)) }
        }
        p {
            @if let Some(term) = procedure.statutory { (w::statutory(&term.to_string(), &procedure.statutory_from, &procedure.promise_until)) }
            @if let Some(days) = procedure.publication_days { (w::publication(days)) }
            @if procedure.publication_forbidden { (w::PUBLICATION_FORBIDDEN) }
        }
    }
}

fn one(step: &Step, texts: &Texts) -> Markup {
    let begins: Vec<&str> = step.starts_from.iter().filter(|from| **from != step.name).map(String::as_str).collect();
    let listed: Vec<String> = if step.cite.is_empty() { vec![] } else { vec![step.cite.clone()] };
    html! {
        li {
            h3 { (step.name) }
            p { (step.by) "　" b { (step.term) } }
            p.small.muted {
                @if begins.is_empty() { (w::HAND_IN) } @else { (w::after(&begins.join("、"))) }
                @if !step.parallel.is_empty() { "，" (w::beside(&step.parallel.join("、"))) }
                @if let Some(cause) = &step.pausable { "。" (w::PAUSABLE) (cause) }
            }
            (cites(&listed, texts))
        }
    }
}
