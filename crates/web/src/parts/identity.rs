//! The identity bar: what every case page answers before one scrolls.

use maud::{Markup, html};
use values::Day;

use super::{Light, day, light};
use crate::words::identity as w;

/// Who · what was asked · where it is · who has it · by which day, on both clocks · what happens next.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The person, as the reader may see the name.
    pub who: String,
    /// Masked ID number, or the household's size and village; a second line under the name.
    pub who_more: String,
    /// What was asked.
    pub asked: String,
    /// Where they live.
    pub asked_more: String,
    /// The step the case is at.
    pub at: String,
    /// Since when it is there.
    pub at_more: String,
    /// The office and role that has it.
    pub holder: String,
    /// Its telephone or the person's name; may be empty.
    pub holder_more: String,
    /// The 20-day promise: due day and light; none before it starts.
    pub promise: Option<(Day, Light)>,
    /// The statutory clock: due day and light; none before acceptance.
    pub statute: Option<(Day, Light)>,
    /// What happens next, one sentence.
    pub next: String,
    /// Who does that, or what the resident has to do (usually nothing).
    pub next_more: String,
}

/// The bar.
pub fn identity(bar: &Identity) -> Markup {
    html! {
        dl.identity {
            div.whole { dt { (w::WHO) } dd { (bar.who) small { (bar.who_more) } } }
            div { dt { (w::ASKED) } dd { (bar.asked) small { (bar.asked_more) } } }
            div { dt { (w::AT) } dd { (bar.at) small { (bar.at_more) } } }
            div { dt { (w::HOLDER) } dd { (bar.holder) small { (bar.holder_more) } } }
            div { dt { (w::DUE) } (due(w::PROMISE, bar.promise.as_ref())) (due(w::STATUTE, bar.statute.as_ref())) }
            div.whole { dt { (w::NEXT) } dd { (bar.next) small { (bar.next_more) } } }
        }
    }
}

fn due(name: &str, clock: Option<&(Day, Light)>) -> Markup {
    html! {
        dd.due {
            @match clock {
                Some((by, state)) => { span { (name) " " (day(*by)) } (light(state)) },
                None => { span { (name) " " (w::NOT_STARTED) } },
            }
        }
    }
}
