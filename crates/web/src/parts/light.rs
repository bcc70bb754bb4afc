//! Lights of the work queue: a shape and a word; colour only repeats them.

use maud::{Markup, html};

use crate::words::lights;

/// How a piece of work stands on the day of the page. Days are whole days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Light {
    /// So many days past its due day.
    Late(i64),
    /// Due within the warning window, so many days left (0 is today).
    Soon(i64),
    /// So many days left.
    Good(i64),
    /// The clock stands still, for this named reason.
    Paused(String),
    /// Finished; the words say how.
    Done(String),
    /// Nothing to warn about; the words say why.
    Calm(String),
}

/// The light as a page shows it.
pub fn light(light: &Light) -> Markup {
    let (class, shape, words) = match light {
        Light::Late(days) => ("late", "■", lights::late(*days)),
        Light::Soon(days) => ("soon", "▲", lights::soon(*days)),
        Light::Good(days) => ("good", "●", lights::left(*days)),
        Light::Paused(reason) => ("calm", "‖", lights::paused(reason)),
        Light::Done(words) => ("good", "✓", words.clone()),
        Light::Calm(words) => ("calm", "○", words.clone()),
    };
    html! { span.light.(class) { i aria-hidden="true" { (shape) } (words) } }
}
