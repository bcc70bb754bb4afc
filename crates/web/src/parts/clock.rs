//! A clock of a case, drawn: how much of the time is used, where it stood still, where today is, and when it is due.

use maud::{Markup, PreEscaped, html};
use values::Day;

use super::{Light, day, light};
use crate::words::clock as w;

/// A stretch in which a clock stood still.
#[derive(Clone, Debug)]
pub struct Pause {
    /// First day of standing still.
    pub from: Day,
    /// The day it ran again; none while it still stands.
    pub until: Option<Day>,
    /// The named reason.
    pub reason: String,
}

/// How a clock ended, or that it still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// Still running (or standing still) on the day of the page.
    Running,
    /// Stopped on this day.
    Stopped(Day),
}

/// A clock as a page draws it.
#[derive(Clone, Debug)]
pub struct Clock {
    /// `承诺 20 日`.
    pub name: String,
    /// Why it exists: the promise's or the statute's own words.
    pub basis: String,
    /// The day of the event that started it.
    pub started: Day,
    /// The day by which it must stop, pauses already added.
    pub due: Day,
    /// The day of the page.
    pub today: Day,
    /// Running or stopped.
    pub state: ClockState,
    /// Where it stood still.
    pub pauses: Vec<Pause>,
    /// Late, soon, in time, kept.
    pub light: Light,
}

/// The drawing is a thousand units wide and stretches with the page, so it carries no text; the words stand around it.
const WIDE: i64 = 1000;

/// The clock: its words, its bar, its two ends, its pauses.
pub fn clock(clock: &Clock) -> Markup {
    html! {
        div.clock {
            div.head { b { (clock.name) } (light(&clock.light)) }
            (bar(clock))
            div.ends { span { (w::FROM) " " (day(clock.started)) } span { (w::DUE) " " (day(clock.due)) } }
            @for pause in &clock.pauses {
                p.pause { (w::pause(&pause.from.to_string(), pause.until.map(|d| d.to_string()).as_deref(), &pause.reason)) }
            }
            p.pause { (clock.basis) }
        }
    }
}

fn bar(clock: &Clock) -> Markup {
    let end = match clock.state {
        ClockState::Running => clock.today,
        ClockState::Stopped(on) => on,
    };
    let last = clock.due.max(end).plus_days(1);
    let length = last.days_since(clock.started).max(1);
    let at = |day: Day| (day.days_since(clock.started).clamp(0, length)) * WIDE / length;
    let used_to = at(end.min(clock.due).plus_days(1).min(last));
    let used = match clock.light {
        Light::Soon(_) => "fill-soon",
        Light::Done(_) => "fill-kept",
        Light::Late(_) | Light::Good(_) | Light::Paused(_) | Light::Calm(_) => "fill-used",
    };
    let rect = |class: &str, from: i64, to: i64, top: i64, high: i64| {
        PreEscaped(format!(
            r#"<rect class="{class}" x="{from}" y="{top}" width="{}" height="{high}"/>"#,
            (to - from).max(0)
        ))
    };
    html! {
        svg viewBox=(format!("0 0 {WIDE} 18")) preserveAspectRatio="none" role="img" aria-label=(w::drawn(&clock.name, &clock.started.to_string(), &clock.due.to_string(), &end.to_string())) {
            (rect("fill-track", 0, WIDE, 4, 10))
            (rect(used, 0, used_to, 4, 10))
            @for pause in &clock.pauses { (rect("fill-pause", at(pause.from), at(pause.until.unwrap_or(end)), 4, 10)) }
            @if end > clock.due { (rect("fill-late", at(clock.due.plus_days(1)), at(end.plus_days(1)), 4, 10)) }
            (rect("fill-pause", at(clock.due.plus_days(1)) - 3, at(clock.due.plus_days(1)), 0, 18))
            @if clock.state == ClockState::Running { (rect("fill-today", at(clock.today), at(clock.today) + 5, 0, 18)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn drawn(today: &str, state: ClockState, light: Light) -> String {
        clock(&Clock {
            name: "承诺".into(),
            basis: String::new(),
            started: on("2021-09-06"),
            due: on("2021-09-26"),
            today: on(today),
            state,
            pauses: vec![],
            light,
        })
        .0
    }

    #[test]
    fn a_late_clock_shows_its_late_part_and_a_kept_one_does_not() {
        assert!(drawn("2021-09-28", ClockState::Running, Light::Late(2)).contains("fill-late"));
        assert!(!drawn("2021-09-26", ClockState::Running, Light::Soon(0)).contains("fill-late"));
        let kept = drawn("2021-10-15", ClockState::Stopped(on("2021-09-22")), Light::Done("按时".into()));
        assert!(!kept.contains("fill-late") && !kept.contains("fill-today") && kept.contains("fill-kept"));
    }

    #[test]
    fn the_bar_never_leaves_its_drawing() {
        for today in ["2021-09-06", "2021-09-20", "2021-12-31", "2021-09-01"] {
            let svg = drawn(today, ClockState::Running, Light::Good(1));
            for part in svg.split("width=\"").skip(1) {
                let width: i64 = part.split('"').next().unwrap().parse().unwrap();
                assert!((0..=WIDE).contains(&width), "{today}: {width}");
            }
        }
    }
}
