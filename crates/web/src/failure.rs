//! Pages that say no: each says what happened, why, and what to do; a refusal also names its article.

use casework::case::Refusals;
use maud::{Markup, html};

use crate::words::failures as w;

/// A page that says no.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What happened.
    pub title: String,
    /// Why.
    pub why: String,
    /// The article; empty when there is none.
    pub cite: String,
    /// What to do.
    pub next: String,
    /// Everything else that stands against it, a sentence each.
    pub also: Vec<String>,
    /// The case concerned; its page is offered.
    pub case_href: String,
}

impl Failure {
    /// A failure of fixed words.
    pub fn of(title: &str, why: &str, next: &str) -> Failure {
        Failure {
            title: title.to_owned(),
            why: why.to_owned(),
            cite: String::new(),
            also: vec![],
            next: next.to_owned(),
            case_href: String::new(),
        }
    }

    /// No such page.
    pub fn not_found() -> Failure {
        Failure::of(w::NOT_FOUND, w::NOT_FOUND_WHY, w::NOT_FOUND_DO)
    }

    /// Ours to repair.
    pub fn broken() -> Failure {
        Failure::of(w::BROKEN, w::BROKEN_WHY, w::BROKEN_DO)
    }

    /// This seat may not enter.
    pub fn not_yours() -> Failure {
        Failure::of(w::NOT_YOURS, w::NOT_YOURS_WHY, w::NOT_YOURS_DO)
    }

    /// Staff pages are shut, because real people are in the register and nobody can log in yet.
    pub fn closed() -> Failure {
        Failure::of(w::CLOSED, w::CLOSED_WHY, w::CLOSED_DO)
    }

    /// The form was sent from another site.
    pub fn foreign() -> Failure {
        Failure::of(w::FOREIGN, w::FOREIGN_WHY, w::FOREIGN_DO)
    }

    /// The law, or the house, says no to an act on a case.
    pub fn refused(refusals: &Refusals, case_href: &str) -> Failure {
        let first = refusals.first();
        Failure {
            title: w::REFUSED.to_owned(),
            why: first.text.clone(),
            cite: first.cite.clone(),
            next: first.next_step.clone(),
            also: refusals.iter().skip(1).map(ToString::to_string).collect(),
            case_href: case_href.to_owned(),
        }
    }

    /// Somebody else acted on the case first.
    pub fn moved_on(case_href: &str) -> Failure {
        Failure { case_href: case_href.to_owned(), ..Failure::of(w::MOVED_ON, w::MOVED_ON_WHY, w::MOVED_ON_DO) }
    }
}

/// The page.
pub fn failure(view: &Failure) -> Markup {
    html! {
        div.page-head { h1 { (view.title) } }
        div.prose.stack {
            p { (view.why) }
            @if !view.also.is_empty() { ul.plain-list { @for sentence in &view.also { li { (sentence) } } } }
            @if !view.cite.is_empty() { p.muted { (w::BASIS) "：" (view.cite) } }
            div.note { h2 { (w::DO) } p { (view.next) } }
            p.buttons {
                @if !view.case_href.is_empty() { a.button href=(view.case_href) { (w::BACK_CASE) } }
                a.button.quiet href="/" { (w::BACK_HOME) }
            }
        }
    }
}
