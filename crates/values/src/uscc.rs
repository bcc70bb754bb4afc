//! Unified social credit codes (统一社会信用代码, GB 32100): organisations, village committees, charities, companies.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::folding;

/// An 18-character code: registrar, type, 6 area digits, 9 of the organisation, 1 check character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uscc([u8; 18]);

/// Why a text is not such a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsccError {
    /// Not 18 characters.
    #[error("统一社会信用代码应是 18 位，这里有 {found} 位；请对照登记证书核对")]
    Length {
        /// How many characters were left after blanks.
        found: usize,
    },
    /// A character the code does not use (I, O, S, V, Z are left out), or a letter among the area digits.
    #[error("统一社会信用代码第 {at} 位不对：第 3 到 8 位是数字，别处不用字母 I、O、S、V、Z；请对照登记证书核对")]
    Character {
        /// Place, from 1.
        at: usize,
    },
    /// The check character does not fit.
    #[error("统一社会信用代码末位的校验码对不上，多半是抄错了一位；请对照登记证书逐位核对")]
    CheckCharacter,
}

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl Uscc {
    /// Reads a code; small letters, full-width forms and blanks are folded.
    ///
    /// # Errors
    /// [`UsccError`] in plain Chinese.
    pub fn parse(text: &str) -> Result<Uscc, UsccError> {
        let typed = folding::number(text).to_ascii_uppercase();
        let found = typed.chars().count();
        if found != 18 {
            return Err(UsccError::Length { found });
        }
        let mut values = [0; 18];
        for (at, c) in typed.chars().enumerate() {
            let value = ALPHABET.iter().position(|&known| char::from(known) == c);
            let fits = !(2..8).contains(&at) || c.is_ascii_digit();
            values[at] = value.filter(|_| fits).ok_or(UsccError::Character { at: at + 1 })?;
        }
        if values[17] != check_value(&values[..17]) {
            return Err(UsccError::CheckCharacter);
        }
        Ok(Uscc(values.map(|value| ALPHABET[value])))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("the alphabet is ASCII")
    }

    /// True when a civil-affairs department (民政) registered it: associations, service bodies, foundations, committees.
    pub fn is_of_civil_affairs(&self) -> bool {
        self.0[0] == b'5'
    }
}

/// GB 32100: weights are the powers of 3 modulo 31.
fn check_value(values: &[usize]) -> usize {
    let (sum, _) = values.iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    (31 - sum % 31) % 31
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl TryFrom<String> for Uscc {
    type Error = UsccError;
    fn try_from(text: String) -> Result<Uscc, UsccError> {
        Uscc::parse(&text)
    }
}

impl From<Uscc> for String {
    fn from(code: Uscc) -> String {
        code.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VECTORS: &str = include_str!("../../../data/vectors/uscc/gb32100_uscc_vectors.csv");

    #[test]
    fn every_code_of_the_table_is_judged_alike() {
        let rows: Vec<&str> = VECTORS.lines().skip(1).collect();
        assert_eq!(rows.len(), 800);
        for row in rows {
            let cells: Vec<&str> = row.split(',').collect();
            let verdict = match Uscc::parse(cells[0]) {
                Ok(_) => "valid",
                Err(UsccError::Length { .. }) => "invalid:InvalidLength",
                Err(UsccError::Character { .. }) => "invalid:InvalidFormat",
                Err(UsccError::CheckCharacter) => "invalid:InvalidChecksum",
            };
            assert_eq!(verdict, cells[1], "{row}");
        }
    }

    #[test]
    fn the_example_of_the_standard_passes() {
        let code = Uscc::parse(" 91350100m000100y43 ").unwrap();
        assert_eq!(code.as_str(), "91350100M000100Y43");
        assert!(!code.is_of_civil_affairs());
        assert_eq!(Uscc::parse("9135010OM000100Y43"), Err(UsccError::Character { at: 8 }));
        assert_eq!(Uscc::parse(""), Err(UsccError::Length { found: 0 }));
    }
}
