//! Lights of the work queue: a shape and a word; colour only repeats them.

use maud::{Markup, html};
use values::Day;

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

/// Days before the due day from which a light warns.
const SOON_DAYS: i64 = 3;

impl Light {
    /// The light of something due on a day and not done on the day of the page.
    pub fn due(by: Day, today: Day) -> Light {
        match by.days_since(today) {
            left if left < 0 => Light::Late(-left),
            left if left <= SOON_DAYS => Light::Soon(left),
            left => Light::Good(left),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_light_turns_on_the_day_before_the_day_and_the_day_after() {
        let due = Day::new(2021, 9, 26).unwrap();
        for (today, expected) in [
            ("2021-09-22", Light::Good(4)),
            ("2021-09-23", Light::Soon(3)),
            ("2021-09-25", Light::Soon(1)),
            ("2021-09-26", Light::Soon(0)),
            ("2021-09-27", Light::Late(1)),
        ] {
            assert_eq!(Light::due(due, Day::parse(today).unwrap()), expected, "{today}");
        }
    }
}
