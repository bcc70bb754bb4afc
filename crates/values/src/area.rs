//! Area codes: 12 digits, 2 province + 2 city + 2 county + 3 township + 3 village (GB/T 2260 and the statistical codes below it).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A 12-digit area code (区划代码). Shorter codes are padded with zeros: `430321` is `430321000000`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AreaCode([u8; 12]);

/// How far down a code reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AreaLevel {
    /// 全国 `000000000000`.
    Nation,
    /// 省.
    Province,
    /// 市.
    City,
    /// 县（市、区）.
    County,
    /// 乡镇（街道）.
    Township,
    /// 村（居）.
    Village,
}

/// Why a text is not an area code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("区划代码“{0}”不对，应是 2、4、6、9 或 12 位数字")]
pub struct AreaCodeError(String);

impl AreaCode {
    /// The whole nation.
    pub const NATION: AreaCode = AreaCode([b'0'; 12]);

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an area code is ASCII digits")
    }

    /// How far down the code reaches, read off its last digits that are not zero.
    pub fn level(&self) -> AreaLevel {
        let zero = |from: usize, to: usize| self.0[from..to].iter().all(|&b| b == b'0');
        match () {
            () if !zero(9, 12) => AreaLevel::Village,
            () if !zero(6, 9) => AreaLevel::Township,
            () if !zero(4, 6) => AreaLevel::County,
            () if !zero(2, 4) => AreaLevel::City,
            () if !zero(0, 2) => AreaLevel::Province,
            () => AreaLevel::Nation,
        }
    }

    /// The enclosing area of that level (itself when it is of that level or above).
    pub fn at(&self, level: AreaLevel) -> AreaCode {
        let keep = digits_of(level);
        let mut code = [b'0'; 12];
        code[..keep].copy_from_slice(&self.0[..keep]);
        AreaCode(code)
    }

    /// The county, `430321000000`: every registry row carries it.
    pub fn county(&self) -> AreaCode {
        self.at(AreaLevel::County)
    }

    /// The township.
    pub fn township(&self) -> AreaCode {
        self.at(AreaLevel::Township)
    }

    /// The area that directly encloses this one; none for the nation.
    pub fn parent(&self) -> Option<AreaCode> {
        let up = match self.level() {
            AreaLevel::Nation => return None,
            AreaLevel::Province => AreaLevel::Nation,
            AreaLevel::City => AreaLevel::Province,
            AreaLevel::County => AreaLevel::City,
            AreaLevel::Township => AreaLevel::County,
            AreaLevel::Village => AreaLevel::Township,
        };
        Some(self.at(up))
    }

    /// True when `other` is this area or lies within it.
    pub fn contains(&self, other: &AreaCode) -> bool {
        other.at(self.level()) == *self
    }

    /// The first six digits, as ID numbers and case numbers use them.
    pub fn county6(&self) -> &str {
        &self.as_str()[..6]
    }

    /// The digits without the padding: `4303` for a city, `430321` for a county.
    pub fn short(&self) -> &str {
        &self.as_str()[..digits_of(self.level()).max(2)]
    }
}

fn digits_of(level: AreaLevel) -> usize {
    match level {
        AreaLevel::Nation => 0,
        AreaLevel::Province => 2,
        AreaLevel::City => 4,
        AreaLevel::County => 6,
        AreaLevel::Township => 9,
        AreaLevel::Village => 12,
    }
}

impl FromStr for AreaCode {
    type Err = AreaCodeError;
    fn from_str(text: &str) -> Result<AreaCode, AreaCodeError> {
        let digits = text.trim().as_bytes();
        if !matches!(digits.len(), 2 | 4 | 6 | 9 | 12) || !digits.iter().all(u8::is_ascii_digit) {
            return Err(AreaCodeError(text.trim().to_owned()));
        }
        let mut code = [b'0'; 12];
        code[..digits.len()].copy_from_slice(digits);
        Ok(AreaCode(code))
    }
}

impl TryFrom<String> for AreaCode {
    type Error = AreaCodeError;
    fn try_from(text: String) -> Result<AreaCode, AreaCodeError> {
        text.parse()
    }
}

impl From<AreaCode> for String {
    fn from(code: AreaCode) -> String {
        code.as_str().to_owned()
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AreaCode({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(text: &str) -> AreaCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_knows_its_level_and_what_encloses_it() {
        let village = area("430302202204");
        assert_eq!(village.level(), AreaLevel::Village);
        assert_eq!(village.parent(), Some(area("430302202")));
        assert_eq!(village.county(), area("430302"));
        assert_eq!(village.county6(), "430302");
        assert!(area("4303").contains(&village));
        assert!(!area("430304").contains(&village));
        assert!(AreaCode::NATION.contains(&village));
        assert_eq!(area("430000").level(), AreaLevel::Province);
        assert_eq!(AreaCode::NATION.parent(), None);
    }

    #[test]
    fn what_is_not_a_code_is_refused() {
        for text in ["", "4303021", "43030２", "abcdef"] {
            assert!(text.parse::<AreaCode>().is_err(), "{text}");
        }
    }
}
