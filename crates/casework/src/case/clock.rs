//! The clocks of a case: what was promised, what the law allows, and the letter after a refusal. Stored are days; status is computed.

use law::Term;
use serde::{Deserialize, Serialize};
use values::{Day, WorkCalendar};

/// A running or stopped clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Which.
    pub kind: ClockKind,
    /// How long it may run.
    pub term: Term,
    /// The day of the event that started it; that day itself is not counted.
    pub started_on: Day,
    /// When it stood still.
    pub pauses: Vec<Pause>,
    /// The day it ended.
    pub stopped_on: Option<Day>,
}

/// Which clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// 承诺时限, from the hand-in.
    Promise,
    /// 法定时限, from acceptance.
    Statute,
    /// 告知时限: the letter after a refusal.
    Letter,
}

/// A time during which a clock stood still, for a named reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// First day that does not count is the day after.
    pub from: Day,
    /// Last day that does not count; none while it stands still.
    pub until: Option<Day>,
    /// Why.
    pub reason: String,
}

/// How a clock looks on a day: word and colour say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// 按时.
    OnTime,
    /// 快到期: two working days or less.
    DueSoon,
    /// 已超期.
    Late,
    /// 暂停.
    Paused,
    /// 已办结.
    Done,
    /// The calendar does not reach that far.
    Unknown,
}

impl ClockKind {
    /// The name people use.
    pub const fn zh(self) -> &'static str {
        match self {
            ClockKind::Promise => "承诺时限",
            ClockKind::Statute => "法定时限",
            ClockKind::Letter => "告知时限",
        }
    }
}

impl Light {
    /// The word beside the colour.
    pub const fn zh(self) -> &'static str {
        match self {
            Light::OnTime => "按时",
            Light::DueSoon => "快到期",
            Light::Late => "已超期",
            Light::Paused => "暂停",
            Light::Done => "已办结",
            Light::Unknown => "日历未公布，算不出",
        }
    }
}

/// How many working days ahead a light turns to due soon: a Friday's warning for a Tuesday comes while somebody can still act.
const DUE_SOON_WORKING_DAYS: u32 = 2;

impl Clock {
    /// The last day in time, pauses added; `None` when the calendar does not reach that far or the clock stands still.
    pub fn due_on(&self, calendar: &WorkCalendar) -> Option<Day> {
        let stood: Option<Vec<(Day, Day)>> =
            self.pauses.iter().map(|pause| pause.until.map(|until| (pause.from, until))).collect();
        let stood = stood?;
        match self.term {
            Term::SameDay => Some(self.started_on),
            Term::Days(days) => {
                let more: i64 = stood.iter().map(|(from, until)| until.days_since(*from)).sum();
                Some(self.started_on.plus_days(i64::from(days) + more))
            }
            Term::WorkingDays(days) => {
                let mut more = 0;
                for (from, until) in stood {
                    more += calendar.working_days_between(from, until).ok()?;
                }
                calendar.plus_working_days(self.started_on, days + more).ok()
            }
        }
    }

    /// Days of the clock's own kind used until `today` (or until it stopped), pauses taken out.
    pub fn used_by(&self, today: Day, calendar: &WorkCalendar) -> Option<i64> {
        let end = self.stopped_on.unwrap_or(today).max(self.started_on);
        let count = |from: Day, until: Day| match self.term {
            Term::WorkingDays(_) => calendar.working_days_between(from, until).ok().map(i64::from),
            Term::SameDay | Term::Days(_) => Some(until.days_since(from)),
        };
        let mut used = count(self.started_on, end)?;
        for pause in &self.pauses {
            used -= count(pause.from, pause.until.unwrap_or(end).min(end).max(pause.from))?;
        }
        Some(used)
    }

    /// True while it stands still.
    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.until.is_none())
    }

    /// How it looks on `today`. A case that ended late stays late.
    pub fn light(&self, today: Day, calendar: &WorkCalendar) -> Light {
        if self.is_paused() && self.stopped_on.is_none() {
            return Light::Paused;
        }
        let Some(due) = self.due_on(calendar) else { return Light::Unknown };
        match self.stopped_on {
            Some(stopped) if stopped > due => Light::Late,
            Some(_) => Light::Done,
            None if today > due => Light::Late,
            None if is_soon(today, due, calendar) => Light::DueSoon,
            None => Light::OnTime,
        }
    }
}

/// Whether at most two working days are left from `today` to `due`; calendar days beyond the calendar's end.
pub fn is_soon(today: Day, due: Day, calendar: &WorkCalendar) -> bool {
    let left = calendar.working_days_between(today, due).ok();
    left.map_or(due.days_since(today) <= i64::from(DUE_SOON_WORKING_DAYS), |left| left <= DUE_SOON_WORKING_DAYS)
}
