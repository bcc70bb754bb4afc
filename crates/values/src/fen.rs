//! Money: whole fen (分), never a fraction, never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// An amount of money in whole fen (1 元 = 100 分). Negative amounts exist (differences, corrections).
///
/// Arithmetic stops the program on overflow: a wrong sum of money is worse than no sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(i64);

/// Why a text is not an amount of money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FenError {
    /// Nothing was written.
    #[error("金额是空的，请填写数字，例如 660 或 660.50")]
    Empty,
    /// A character that no amount has.
    #[error("金额“{0}”里有不是数字的字，请只填数字，例如 1200.50")]
    NotANumber(String),
    /// More than two decimals: it would have to be rounded, and nobody said how.
    #[error("金额“{0}”的小数多于两位，请精确到分")]
    TooPrecise(String),
    /// Larger than any amount this system can hold.
    #[error("金额“{0}”太大，请核对")]
    TooLarge(String),
}

impl Fen {
    /// No money.
    pub const ZERO: Fen = Fen(0);

    /// An amount of whole fen.
    pub const fn new(fen: i64) -> Fen {
        Fen(fen)
    }

    /// An amount of whole yuan.
    pub const fn yuan(yuan: i64) -> Fen {
        match yuan.checked_mul(100) {
            Some(fen) => Fen(fen),
            None => panic!("amount beyond i64 fen"),
        }
    }

    /// The number of fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// True when the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Adds, or `None` beyond what an amount can hold.
    pub fn checked_add(self, other: Fen) -> Option<Fen> {
        self.0.checked_add(other.0).map(Fen)
    }

    /// Reads an amount in yuan as people write it: `660`, `1,200.50`, `１２００元`, `￥12`.
    ///
    /// # Errors
    /// [`FenError`] in plain Chinese. Three decimals are refused, never rounded.
    pub fn parse_yuan(text: &str) -> Result<Fen, FenError> {
        let folded: String = text.chars().filter_map(fold_amount_char).collect();
        let shown = || text.trim().to_owned();
        let (sign, digits) = match folded.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, folded.as_str()),
        };
        let digits = digits.trim_start_matches(['¥', '￥']);
        let digits = digits.strip_suffix('元').unwrap_or(digits);
        if digits.is_empty() {
            return Err(FenError::Empty);
        }
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit()) || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(FenError::NotANumber(shown()));
        }
        let part = part.trim_end_matches('0');
        if part.len() > 2 {
            return Err(FenError::TooPrecise(shown()));
        }
        let yuan: i64 = whole.parse().map_err(|_| FenError::TooLarge(shown()))?;
        let cents: i64 = format!("{part:0<2}").parse().map_err(|_| FenError::NotANumber(shown()))?;
        yuan.checked_mul(100)
            .and_then(|fen| fen.checked_add(cents))
            .map(|fen| Fen(sign * fen))
            .ok_or_else(|| FenError::TooLarge(shown()))
    }
}

/// Full-width digits and marks become plain ones; spaces and thousands marks vanish.
fn fold_amount_char(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        '．' => Some('.'),
        '－' | '−' => Some('-'),
        ',' | '，' | '\u{feff}' | '\u{200b}' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// Yuan with two decimals and thousands marks: `1,200.50`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let digits = (fen / 100).to_string();
        let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 4);
        if self.0 < 0 {
            text.push('-');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text.push_str(&format!(".{:02}", fen % 100));
        f.pad(&text)
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0.checked_add(other.0).expect("a sum of money overflowed"))
    }
}

impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0.checked_sub(other.0).expect("a difference of money overflowed"))
    }
}

impl Neg for Fen {
    type Output = Fen;
    fn neg(self) -> Fen {
        Fen(self.0.checked_neg().expect("a negated amount overflowed"))
    }
}

/// So many times the amount (persons, months): whole numbers only.
impl Mul<i64> for Fen {
    type Output = Fen;
    fn mul(self, times: i64) -> Fen {
        Fen(self.0.checked_mul(times).expect("a multiple of money overflowed"))
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Fen) {
        *self = *self + other;
    }
}

impl SubAssign for Fen {
    fn sub_assign(&mut self, other: Fen) {
        *self = *self - other;
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, fen) in [
            ("660", 66_000),
            ("1,200.50", 120_050),
            ("１２００元", 120_000),
            ("￥12.3", 1_230),
            ("-0.01", -1),
            ("12.3400", 1_234),
            (" 8 ", 800),
        ] {
            assert_eq!(Fen::parse_yuan(text), Ok(Fen::new(fen)), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_amount_is_refused_with_its_reason() {
        use FenError::*;
        for (text, error) in [
            ("", Empty),
            ("元", Empty),
            ("NaN", NotANumber("NaN".into())),
            ("1e18", NotANumber("1e18".into())),
            ("12.345", TooPrecise("12.345".into())),
            ("99999999999999999999", TooLarge("99999999999999999999".into())),
            ("1.2.3", NotANumber("1.2.3".into())),
        ] {
            assert_eq!(Fen::parse_yuan(text), Err(error), "{text}");
        }
    }

    #[test]
    fn amounts_are_shown_with_thousands_marks() {
        for (fen, text) in [(0, "0.00"), (5, "0.05"), (123_456_789, "1,234,567.89"), (-100_000, "-1,000.00")] {
            assert_eq!(Fen::new(fen).to_string(), text);
        }
    }

    #[test]
    #[should_panic(expected = "overflowed")]
    fn a_sum_that_overflows_stops() {
        let _ = Fen::new(i64::MAX) + Fen::new(1);
    }
}
