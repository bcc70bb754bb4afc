//! Telephone numbers. Elders share phones with neighbours and children: a number is never anybody's identity.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::folding;

/// A mobile (`13800000001`) or a land line with its area code (`073158000000`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Why a text is not a telephone number. The texts never repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was written.
    #[error("电话号码是空的；没有电话可以填村里或亲属的电话")]
    Empty,
    /// A character that no number has.
    #[error("电话号码里有不是数字的字，请只填一个号码")]
    Character,
    /// No area code in front of a land line.
    #[error("座机号码前请加区号，例如 0731")]
    AreaCodeMissing,
    /// Neither a mobile nor a land line.
    #[error("电话号码位数不对：手机是 1 开头的 11 位，座机是区号加 7 或 8 位；请核对")]
    Length,
}

impl Phone {
    /// Reads a number; `+86`, `0086`, blanks, hyphens, brackets and full-width digits are folded.
    ///
    /// # Errors
    /// [`PhoneError`] in plain Chinese, without the number.
    pub fn parse(text: &str) -> Result<Phone, PhoneError> {
        let typed: String = folding::number(text).chars().filter(|c| !matches!(c, '(' | ')')).collect();
        if typed.is_empty() {
            return Err(PhoneError::Empty);
        }
        let home = ["+86", "0086"].iter().find_map(|prefix| typed.strip_prefix(prefix)).unwrap_or(&typed);
        if !home.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneError::Character);
        }
        match (home.as_bytes(), home.len()) {
            ([b'1', b'3'..=b'9', ..], 11) => Ok(Phone(home.to_owned())),
            // 0 + two digits (010, 02x) or three, then 7 or 8 digits.
            ([b'0', b'1'..=b'2', ..], 10..=11) | ([b'0', b'3'..=b'9', ..], 11..=12) => Ok(Phone(home.to_owned())),
            ([b'2'..=b'8', ..], 7..=8) => Err(PhoneError::AreaCodeMissing),
            _ => Err(PhoneError::Length),
        }
    }

    /// All digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for a mobile, which alone can be sent a text message.
    pub fn is_mobile(&self) -> bool {
        self.0.starts_with('1')
    }

    /// `138****0001`, `0731****0000`: the middle four of a mobile are hidden, of a land line all but area code and end.
    pub fn masked(&self) -> String {
        match (self.is_mobile(), self.0.as_bytes()[1]) {
            (true, _) | (false, b'1' | b'2') => folding::masked(&self.0, 3, 4),
            (false, _) => folding::masked(&self.0, 4, 4),
        }
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;
    fn try_from(text: String) -> Result<Phone, PhoneError> {
        Phone::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> String {
        phone.0
    }
}

/// Masked, so that no log ever holds a whole number.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: as typed, as kept, as shown.
    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, kept, shown) in [
            ("13800000001", "13800000001", "138****0001"),
            ("138 0000 0001", "13800000001", "138****0001"),
            ("+86-138-0000-0001", "13800000001", "138****0001"),
            ("008613800000001", "13800000001", "138****0001"),
            ("１３８０００００００１", "13800000001", "138****0001"),
            ("0731-58000000", "073158000000", "0731****0000"),
            ("（0731）5800000", "07315800000", "0731***0000"),
            ("010-80000000", "01080000000", "010****0000"),
        ] {
            let phone = Phone::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert_eq!((phone.as_str(), phone.masked().as_str()), (kept, shown), "{typed}");
            assert_eq!(phone.is_mobile(), kept.starts_with('1'));
        }
    }

    /// Columns: as typed, the refusal.
    #[test]
    fn what_is_no_number_is_refused() {
        use PhoneError::*;
        for (typed, error) in [
            ("", Empty),
            ("没有", Character),
            ("13800000001/13900000001", Character),
            ("58000000", AreaCodeMissing),
            ("1380000000", Length),
            ("138000000011", Length),
            ("12345", Length),
            ("07315", Length),
        ] {
            assert_eq!(Phone::parse(typed), Err(error), "{typed}");
        }
    }
}
