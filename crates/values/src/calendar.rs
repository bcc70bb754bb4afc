//! Working days (工作日) as the State Council's yearly notices made them, make-up Saturdays and Sundays included.
//!
//! In: a dated table. Out: deadlines. Not here on purpose: any rule that would guess a day the table does not hold. The
//! notice for a year comes out late in the year before; until it is loaded, the answer is [`BeyondCalendar`].

use std::collections::BTreeMap;

use crate::Day;

/// Which days are worked, from the first to the last day a person has checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkCalendar {
    first: Day,
    worked: Vec<bool>,
    holidays: BTreeMap<Day, String>,
}

/// The question lies outside the checked days: the answer is unknown, and is never guessed from weekends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("工作日历只核对了 {from} 至 {until}，这段以外的日子是否上班还不知道；请先导入国务院办公厅公布的放假安排")]
pub struct BeyondCalendar {
    /// First checked day.
    pub from: Day,
    /// Last checked day.
    pub until: Day,
}

/// What is wrong in a calendar table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No day at all.
    #[error("工作日历是空的")]
    Empty,
    /// A row that cannot be read.
    #[error("工作日历第 {line} 行看不懂，应写成“2021-03-01,1,”（日期,是否上班,节日名）")]
    Unreadable {
        /// Line of the file, from 1.
        line: usize,
    },
    /// A day is missing, doubled or out of order: a gap would shift every deadline behind it.
    #[error("工作日历第 {line} 行应是 {expected}，日期必须一天接一天，不缺不重")]
    NotNextDay {
        /// Line of the file, from 1.
        line: usize,
        /// The day that should stand there.
        expected: Day,
    },
}

impl WorkCalendar {
    /// Reads `date,is_workday,holiday`, one row a day without gaps, `is_workday` 0 or 1, `holiday` empty or a name.
    ///
    /// # Errors
    /// [`CalendarError`] names the line.
    pub fn from_csv(text: &str) -> Result<WorkCalendar, CalendarError> {
        let (mut first, mut worked, mut holidays) = (None, Vec::new(), BTreeMap::new());
        for (at, row) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = at + 1;
            if row.trim().is_empty() || row.starts_with("date,") {
                continue;
            }
            let (day, is_worked, holiday) = read_row(row).ok_or(CalendarError::Unreadable { line })?;
            let start = *first.get_or_insert(day);
            let expected = start.plus_days(worked.len() as i64);
            if day != expected {
                return Err(CalendarError::NotNextDay { line, expected });
            }
            worked.push(is_worked);
            if !holiday.is_empty() {
                holidays.insert(day, holiday.to_owned());
            }
        }
        let first = first.ok_or(CalendarError::Empty)?;
        Ok(WorkCalendar { first, worked, holidays })
    }

    /// The first checked day.
    pub fn known_from(&self) -> Day {
        self.first
    }

    /// The last checked day.
    pub fn known_until(&self) -> Day {
        self.first.plus_days(self.worked.len() as i64 - 1)
    }

    /// True when offices work on that day.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when nobody has checked that day.
    pub fn is_working(&self, day: Day) -> Result<bool, BeyondCalendar> {
        let at = usize::try_from(day.days_since(self.first)).map_err(|_| self.beyond())?;
        self.worked.get(at).copied().ok_or_else(|| self.beyond())
    }

    /// The name of the statutory holiday (节日) that frees this day or moves its work, when the table names one.
    pub fn holiday(&self, day: Day) -> Option<&str> {
        self.holidays.get(&day).map(String::as_str)
    }

    /// The `n`-th working day after `from`. The day of the event is not counted (民法典 第二百零一条); `n` = 0 is `from`.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when the deadline, or any day on the way to it, is not checked.
    pub fn plus_working_days(&self, from: Day, n: u32) -> Result<Day, BeyondCalendar> {
        let (mut day, mut left) = (from, n);
        while left > 0 {
            day = day.plus_days(1);
            left -= u32::from(self.is_working(day)?);
        }
        Ok(day)
    }

    /// Working days after `from` up to and including `until`; 0 when `until` is not after `from`.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when a counted day is not checked.
    pub fn working_days_between(&self, from: Day, until: Day) -> Result<u32, BeyondCalendar> {
        let (mut day, mut count) = (from, 0);
        while day < until {
            day = day.plus_days(1);
            count += u32::from(self.is_working(day)?);
        }
        Ok(count)
    }

    /// That day when it is worked, else the next worked day: a party's last day that is a holiday moves on
    /// (民法典 第二百零三条). The office's own deadline does not move.
    ///
    /// # Errors
    /// [`BeyondCalendar`].
    pub fn worked_on_or_after(&self, day: Day) -> Result<Day, BeyondCalendar> {
        let mut day = day;
        while !self.is_working(day)? {
            day = day.plus_days(1);
        }
        Ok(day)
    }

    fn beyond(&self) -> BeyondCalendar {
        BeyondCalendar { from: self.known_from(), until: self.known_until() }
    }
}

fn read_row(row: &str) -> Option<(Day, bool, &str)> {
    let mut cells = row.trim_end().splitn(3, ',');
    let day = Day::parse(cells.next()?).ok()?;
    let is_worked = match cells.next()?.trim() {
        "1" => true,
        "0" => false,
        _ => return None,
    };
    Some((day, is_worked, cells.next().unwrap_or("").trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TABLE: &str = include_str!("../../../data/calendar/workdays.csv");
    const DEADLINES: &str = include_str!("../../../data/vectors/deadlines/deadline_vectors.csv");

    fn calendar() -> WorkCalendar {
        WorkCalendar::from_csv(TABLE).unwrap()
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Columns: handed in, working days, due.
    #[test]
    fn every_deadline_of_the_table_is_met() {
        let calendar = calendar();
        let mut checked = 0;
        for row in DEADLINES.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let (from, n, due) = (day(cells[0]), cells[1].parse().unwrap(), day(cells[2]));
            assert_eq!(calendar.plus_working_days(from, n), Ok(due), "{row}");
            assert_eq!(calendar.working_days_between(from, due), Ok(n), "{row}");
            checked += 1;
        }
        assert_eq!(checked, 1512);
    }

    #[test]
    fn make_up_days_and_festivals_count_as_announced() {
        let calendar = calendar();
        for (from, n, due) in [
            ("2026-08-10", 30, "2026-09-20"), // a make-up Sunday
            ("2021-03-08", 20, "2021-04-06"), // behind the Tomb-sweeping Festival
            ("2021-09-13", 30, "2021-10-29"),
            ("2021-09-29", 3, "2021-10-09"), // a make-up Saturday
            ("2021-09-29", 0, "2021-09-29"),
        ] {
            assert_eq!(calendar.plus_working_days(day(from), n), Ok(day(due)), "{from} + {n}");
        }
        assert_eq!(calendar.holiday(day("2021-10-01")), Some("国庆节"));
        assert_eq!(calendar.is_working(day("2021-10-09")), Ok(true));
        assert_eq!(calendar.worked_on_or_after(day("2021-10-01")), Ok(day("2021-10-08")));
    }

    #[test]
    fn past_the_last_checked_year_nothing_is_guessed() {
        let calendar = calendar();
        let beyond = BeyondCalendar { from: day("2010-01-01"), until: day("2026-12-31") };
        assert_eq!(calendar.known_until(), day("2026-12-31"));
        assert_eq!(calendar.is_working(day("2026-12-31")), Ok(true));
        assert_eq!(calendar.is_working(day("2027-01-01")), Err(beyond));
        assert_eq!(calendar.is_working(day("2009-12-31")), Err(beyond));
        assert_eq!(calendar.plus_working_days(day("2026-12-30"), 1), Ok(day("2026-12-31")));
        assert_eq!(calendar.plus_working_days(day("2026-12-30"), 2), Err(beyond));
        assert_eq!(calendar.working_days_between(day("2026-12-30"), day("2027-01-05")), Err(beyond));
    }

    #[test]
    fn a_table_with_a_gap_a_double_or_a_strange_mark_is_refused() {
        use CalendarError::*;
        for (table, error) in [
            ("date,is_workday\n", Empty),
            ("2021-03-01,1\n2021-03-03,1\n", NotNextDay { line: 2, expected: day("2021-03-02") }),
            ("2021-03-01,1\n2021-03-01,1\n", NotNextDay { line: 2, expected: day("2021-03-02") }),
            ("2021-03-01,是\n", Unreadable { line: 1 }),
            ("明天,1\n", Unreadable { line: 1 }),
        ] {
            assert_eq!(WorkCalendar::from_csv(table), Err(error), "{table}");
        }
    }

    proptest! {
        /// Counting forward and counting back agree, and a deadline is always a worked day.
        #[test]
        fn counting_back_undoes_counting_forward(offset in 0_i64..5_900, n in 1_u32..120) {
            let calendar = calendar();
            let from = calendar.known_from().plus_days(offset);
            let due = calendar.plus_working_days(from, n).unwrap();
            prop_assert_eq!(calendar.working_days_between(from, due), Ok(n));
            prop_assert_eq!(calendar.is_working(due), Ok(true));
        }
    }
}
