//! A month: what an entitlement is for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Day;

/// A calendar month, `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i32);

/// Why a text is not a month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("月份“{0}”看不懂，请写成 2021-09 这样的格式")]
pub struct MonthError(String);

impl Month {
    /// The month `month` (1 to 12) of `year`.
    ///
    /// # Errors
    /// [`MonthError`] when there is no such month.
    pub fn new(year: i16, month: i8) -> Result<Month, MonthError> {
        if (1..=12).contains(&month) && (1..=9999).contains(&year) {
            Ok(Month(i32::from(year) * 12 + i32::from(month) - 1))
        } else {
            Err(MonthError(format!("{year}-{month}")))
        }
    }

    /// The year.
    pub fn year(self) -> i16 {
        i16::try_from(self.0.div_euclid(12)).expect("a month lies in a year")
    }

    /// 1 to 12.
    pub fn month_of_year(self) -> i8 {
        i8::try_from(self.0.rem_euclid(12) + 1).expect("a month of the year is small")
    }

    /// The first day.
    pub fn first_day(self) -> Day {
        Day::new(self.year(), self.month_of_year(), 1).expect("every month has a first day")
    }

    /// The last day.
    pub fn last_day(self) -> Day {
        self.next().first_day().plus_days(-1)
    }

    /// So many months later, or earlier when negative.
    pub fn plus(self, months: i32) -> Month {
        Month(self.0 + months)
    }

    /// The following month.
    pub fn next(self) -> Month {
        self.plus(1)
    }

    /// Months from `earlier` to this one.
    pub fn months_since(self, earlier: Month) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month_of_year())
    }
}

impl FromStr for Month {
    type Err = MonthError;

    /// Reads `2021-09`, `2021-9`, `2021.9`, `202109`, `2021年9月`.
    fn from_str(text: &str) -> Result<Month, MonthError> {
        let error = || MonthError(text.trim().to_owned());
        let folded = text.trim().replace(['.', '/', '年'], "-").replace('月', "");
        let (year, month) = match folded.split_once('-') {
            Some(parts) => parts,
            None if folded.len() == 6 && folded.is_ascii() => folded.split_at(4),
            None => return Err(error()),
        };
        match (year.parse(), month.parse()) {
            (Ok(y), Ok(m)) => Month::new(y, m).map_err(|_| error()),
            _ => Err(error()),
        }
    }
}

impl TryFrom<String> for Month {
    type Error = MonthError;
    fn try_from(text: String) -> Result<Month, MonthError> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_and_counted() {
        for text in ["2021-09", "2021-9", "202109", "2021年9月", "2021.09"] {
            assert_eq!(text.parse::<Month>().unwrap().to_string(), "2021-09", "{text}");
        }
        assert!("2021-13".parse::<Month>().is_err());
        let month: Month = "2021-12".parse().unwrap();
        assert_eq!(month.next().to_string(), "2022-01");
        assert_eq!(month.last_day().to_string(), "2021-12-31");
        assert_eq!(month.plus(-12).months_since(month), -12);
    }
}
