//! The only place that looks at a watch. Everybody else is told what day it is.

use jiff::Timestamp;
use jiff::tz::Offset;
use values::Day;

/// A moment in Asia/Shanghai, as events and audit rows record it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The civil day.
    pub on: Day,
    /// RFC 3339 with the offset +08:00.
    pub at: String,
    /// Milliseconds since 1970, for ids.
    pub unix_ms: i64,
}

/// Where the present moment comes from: the machine, or a day that a rehearsal has set.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock, read in Asia/Shanghai whatever zone the machine is in.
    Machine,
    /// A rehearsed day at nine in the morning.
    Rehearsed(Day),
}

impl Clock {
    /// The present moment.
    pub fn now(self) -> Moment {
        match self {
            Clock::Machine => moment(Timestamp::now()),
            Clock::Rehearsed(day) => Moment::rehearsed(day, 9, 0),
        }
    }

    /// The present day.
    pub fn today(self) -> Day {
        self.now().on
    }
}

impl Moment {
    /// A moment of a rehearsal: this day at `hour`:`minute`.
    pub fn rehearsed(day: Day, hour: u8, minute: u8) -> Moment {
        assert!(hour < 24 && minute < 60, "an hour and minute of the day");
        let at = format!("{day}T{hour:02}:{minute:02}:00+08:00");
        let timestamp: Timestamp = at.parse().expect("a civil day and an hour make a timestamp");
        Moment { on: day, unix_ms: timestamp.as_millisecond(), at }
    }
}

fn moment(timestamp: Timestamp) -> Moment {
    let civil = Offset::constant(8).to_datetime(timestamp);
    let at = format!("{}+08:00", civil.round(jiff::Unit::Second).expect("seconds round"));
    let on = Day::new(civil.year(), civil.month(), civil.day()).expect("a civil day");
    Moment { on, at, unix_ms: timestamp.as_millisecond() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_shanghai() {
        for (utc, day) in [("2021-08-31T15:59:59Z", "2021-08-31"), ("2021-08-31T16:00:00Z", "2021-09-01")] {
            assert_eq!(moment(utc.parse().unwrap()).on.to_string(), day, "{utc}");
        }
        assert_eq!(moment("2021-08-31T16:00:00Z".parse().unwrap()).at, "2021-09-01T00:00:00+08:00");
    }

    #[test]
    fn a_rehearsed_moment_is_the_same_moment() {
        let rehearsed = Moment::rehearsed(Day::parse("2021-09-01").unwrap(), 0, 0);
        assert_eq!(rehearsed, moment("2021-08-31T16:00:00Z".parse().unwrap()));
    }
}
