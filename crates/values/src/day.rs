//! A civil day in Asia/Shanghai. What day it is today is an argument, never asked here.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::Month;

/// A civil day, `YYYY-MM-DD`, in Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

/// Why a text is not a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// The form is not a date's.
    #[error("日期“{0}”看不懂，请写成 2021-03-01 这样的格式")]
    Unreadable(String),
    /// The form is right and the day does not exist.
    #[error("日期“{0}”不存在，请核对年月日")]
    NoSuchDay(String),
}

impl Day {
    /// The day of these numbers.
    ///
    /// # Errors
    /// [`DayError::NoSuchDay`] for 30 February and the like.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Day, DayError> {
        Date::new(year, month, day).map(Day).map_err(|_| DayError::NoSuchDay(format!("{year}-{month:02}-{day:02}")))
    }

    /// Reads a day as people write it: `2021-3-1`, `2021.3.1`, `2021/03/01`, `20210301`, `2021年3月1日`, full-width digits.
    ///
    /// # Errors
    /// [`DayError`] in plain Chinese.
    pub fn parse(text: &str) -> Result<Day, DayError> {
        let folded: String = text.trim().chars().map(fold_date_char).collect();
        let folded = folded.trim_end_matches('-');
        let unreadable = || DayError::Unreadable(text.trim().to_owned());
        let parts: Vec<&str> = if folded.len() == 8 && folded.bytes().all(|b| b.is_ascii_digit()) {
            vec![&folded[..4], &folded[4..6], &folded[6..]]
        } else {
            folded.split('-').collect()
        };
        let [year, month, day] = parts.as_slice() else { return Err(unreadable()) };
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return Err(unreadable());
        }
        match (year.parse(), month.parse(), day.parse()) {
            (Ok(y), Ok(m), Ok(d)) => Day::new(y, m, d).map_err(|_| DayError::NoSuchDay(text.trim().to_owned())),
            _ => Err(unreadable()),
        }
    }

    /// So many calendar days (日) later, or earlier when negative.
    pub fn plus_days(self, days: i64) -> Day {
        Day(self.0.checked_add(days.days()).expect("a day beyond the calendar"))
    }

    /// Calendar days from `earlier` to this day.
    pub fn days_since(self, earlier: Day) -> i64 {
        i64::from((self.0 - earlier.0).get_days())
    }

    /// The month this day lies in.
    pub fn month(self) -> Month {
        Month::new(self.0.year(), self.0.month()).expect("a civil day lies in a month")
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month of the year, 1 to 12.
    pub fn month_of_year(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> i8 {
        self.0.day()
    }

    /// Completed years of age on this day of a person born on `birth`; born on 29 February, a year completes on
    /// 1 March of a common year (民法典 第二百零一条: counted by the day itself; the day that lacks is not invented).
    pub fn age_of_birth(self, birth: Day) -> i64 {
        let had_birthday = (self.0.month(), self.0.day()) >= (birth.0.month(), birth.0.day());
        i64::from(self.0.year()) - i64::from(birth.0.year()) - i64::from(!had_birthday)
    }

    /// `一` to `日`.
    pub fn weekday_zh(self) -> char {
        match self.0.weekday() {
            Weekday::Monday => '一',
            Weekday::Tuesday => '二',
            Weekday::Wednesday => '三',
            Weekday::Thursday => '四',
            Weekday::Friday => '五',
            Weekday::Saturday => '六',
            Weekday::Sunday => '日',
        }
    }

    /// As pages show it: `2021-03-29 周一`.
    pub fn with_weekday(self) -> String {
        format!("{self} 周{}", self.weekday_zh())
    }
}

/// Separators become `-`, full-width digits plain ones; `日` and `号` end the date.
fn fold_date_char(c: char) -> char {
    match c {
        '０'..='９' => (b'0' + (c as u32 - '０' as u32) as u8) as char,
        '.' | '/' | '年' | '月' | '日' | '号' | '．' | '／' | '－' | '—' => '-',
        c => c,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Day {
    type Err = DayError;
    fn from_str(text: &str) -> Result<Day, DayError> {
        Day::parse(text)
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;
    fn try_from(text: String) -> Result<Day, DayError> {
        Day::parse(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2021-03-01", "2021.3.1", "2021/3/1", "20210301", "2021年3月1日", "２０２１．０３．０１"]
        {
            assert_eq!(Day::parse(text).map(|d| d.to_string()), Ok("2021-03-01".to_owned()), "{text}");
        }
        assert_eq!(Day::parse("2021-02-30"), Err(DayError::NoSuchDay("2021-02-30".into())));
        assert_eq!(Day::parse("明天"), Err(DayError::Unreadable("明天".into())));
        assert_eq!(Day::parse("1-2-3"), Err(DayError::Unreadable("1-2-3".into())));
    }

    #[test]
    fn age_turns_on_the_birthday() {
        let birth = day("1941-09-10");
        assert_eq!(day("2021-09-09").age_of_birth(birth), 79);
        assert_eq!(day("2021-09-10").age_of_birth(birth), 80);
        assert_eq!(day("2021-09-11").age_of_birth(birth), 80);
        let leap = day("1940-02-29");
        assert_eq!(day("2021-02-28").age_of_birth(leap), 80);
        assert_eq!(day("2021-03-01").age_of_birth(leap), 81);
    }

    #[test]
    fn a_day_knows_its_weekday() {
        assert_eq!(day("2021-03-29").with_weekday(), "2021-03-29 周一");
        assert_eq!(day("2021-03-28").days_since(day("2021-03-08")), 20);
    }
}
