//! ID numbers (公民身份号码, GB 11643) and the numbers that stand in their place.
//!
//! In: what somebody typed. Out: a number that holds, with warnings, or a refusal that says where to look. Not here on
//! purpose: whether a person of that number exists, and any rule that turns a citizen away for an area code's history.
//! No error, warning or `Debug` output repeats the number.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{AreaCode, AreaTree, Checked, Day, Warning, folding};

/// An 18-character ID number: 6 area, 8 birth date, 3 sequence, 1 check character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber([u8; 18]);

/// Whose number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IdKind {
    /// 居民身份证.
    Citizen,
    /// 港澳台居民居住证, area 810000.
    HongKongResident,
    /// 港澳台居民居住证, area 820000.
    MacaoResident,
    /// 港澳台居民居住证, area 830000.
    TaiwanResident,
    /// 外国人永久居留身份证, first digit 9.
    ForeignPermanentResident,
}

/// Sex (性别) as an ID number says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// Why a text is not an ID number. The texts never repeat what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Nothing was written.
    #[error("身份证号是空的，请填写证件上的 18 位号码")]
    Empty,
    /// A spreadsheet turned the number into a power of ten.
    #[error("身份证号被电子表格改成了科学记数，末几位已经丢失；请把这一列设为“文本”后重新填写")]
    Scientific,
    /// Neither 18 nor 15 characters.
    #[error("身份证号应是 18 位，这里有 {found} 位；请对照证件，看是漏写还是多写了数字")]
    Length {
        /// How many characters were left after blanks.
        found: usize,
    },
    /// A character that cannot stand there.
    #[error("身份证号第 {at} 位不对，前 17 位只能是数字，末位是数字或 X；请对照证件改正这一位")]
    Character {
        /// Place, from 1.
        at: usize,
    },
    /// The code of no province.
    #[error("身份证号的省份代码不存在（一般是前 2 位）；请对照证件核对开头几位")]
    Province,
    /// The birth date does not exist.
    #[error("身份证号第 7 到 14 位的出生日期不存在；请对照证件核对年月日")]
    BirthDate,
    /// The check character does not fit.
    #[error("身份证号末位的校验码对不上，多半是某一位抄错或相邻两位抄反；请对照证件逐位核对")]
    CheckDigit,
}

/// First two digits of GB/T 2260: the provinces, Taiwan, Hong Kong, Macao; 83 for permits of Taiwan residents.
const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
];
/// A county code that does not exist: people of this repository live under it.
const INVENTED_COUNTY: &[u8; 6] = b"430399";
/// GB 11643 (ISO 7064 MOD 11-2): weights of the 17 digits, and check characters by remainder.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: &[u8; 11] = b"10X98765432";
/// A birth year outside these is a slip of the pen.
const BIRTH_YEARS: std::ops::RangeInclusive<i16> = 1850..=2149;

impl IdNumber {
    /// Reads a number as people write it: full-width digits, blanks, hyphens and a small `x` are folded; 15 old digits
    /// are converted and flagged.
    ///
    /// # Errors
    /// [`IdNumberError`] in plain Chinese, without the number.
    pub fn parse(text: &str) -> Result<Checked<IdNumber>, IdNumberError> {
        let typed = folding::number(text);
        if typed.is_empty() {
            return Err(IdNumberError::Empty);
        }
        if folding::is_scientific(&typed) {
            return Err(IdNumberError::Scientific);
        }
        match typed.chars().count() {
            18 => parse_18(&typed),
            15 => IdNumber::from_15(&typed),
            found => Err(IdNumberError::Length { found }),
        }
    }

    /// Converts the 15 digits of before 1999: the year is 19yy, the check character is computed. Always flagged.
    ///
    /// # Errors
    /// [`IdNumberError`].
    pub fn from_15(text: &str) -> Result<Checked<IdNumber>, IdNumberError> {
        let old = folding::number(text);
        if old.chars().count() != 15 {
            return Err(IdNumberError::Length { found: old.chars().count() });
        }
        require_digits(&old)?;
        let mut digits = [0; 17];
        digits[..6].copy_from_slice(&old.as_bytes()[..6]);
        digits[6..8].copy_from_slice(b"19");
        digits[8..].copy_from_slice(&old.as_bytes()[6..]);
        let mut checked = with_check_character(digits).verified()?;
        checked.warnings.push(Warning::ConvertedFrom15);
        Ok(checked)
    }

    /// A number of nobody: born on `birth`, on the county code that does not exist; an odd sequence is a man's.
    ///
    /// # Panics
    /// When `sequence` has more than three digits or `birth` lies outside 1850 to 2149.
    pub fn invented(birth: Day, sequence: u16) -> IdNumber {
        assert!(sequence < 1000, "a sequence has three digits");
        let (year, month, day) = (birth.year(), birth.month_of_year(), birth.day_of_month());
        assert!(BIRTH_YEARS.contains(&year), "nobody is born in {year}");
        let text = format!("430399{year:04}{month:02}{day:02}{sequence:03}");
        with_check_character(text.as_bytes().try_into().expect("6 + 8 + 3 digits"))
    }

    /// The 18 characters. Only for storing, matching and lawful files: never for a log, a page or an error.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an ID number is ASCII")
    }

    /// Whose number it is.
    pub fn kind(&self) -> IdKind {
        match &self.0[..2] {
            b"81" => IdKind::HongKongResident,
            b"82" => IdKind::MacaoResident,
            b"83" => IdKind::TaiwanResident,
            [b'9', _] => IdKind::ForeignPermanentResident,
            _ => IdKind::Citizen,
        }
    }

    /// The day of birth; every kind of today's numbers says one.
    pub fn birth(&self) -> Option<Day> {
        let number = |range: std::ops::Range<usize>| self.as_str()[range].parse::<i16>().ok();
        let (year, month, day) = (number(6..10)?, number(10..12)?, number(12..14)?);
        if !BIRTH_YEARS.contains(&year) {
            return None;
        }
        Day::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
    }

    /// The sex that the 17th digit says; odd is male.
    pub fn sex(&self) -> Option<Sex> {
        match self.kind() {
            // The layout of these is of medium trust: sex is asked, not read off.
            IdKind::ForeignPermanentResident => None,
            _ if (self.0[16] - b'0').is_multiple_of(2) => Some(Sex::Female),
            _ => Some(Sex::Male),
        }
    }

    /// The last four characters, for a person to recognise their own number.
    pub fn tail(&self) -> &str {
        &self.as_str()[14..]
    }

    /// `4303**********0018`: four characters at each end stand.
    pub fn masked(&self) -> String {
        folding::masked(self.as_str(), 4, 4)
    }

    /// True for the county code 430399, which does not exist: the people of demonstrations and tests.
    pub fn is_invented(&self) -> bool {
        self.0.starts_with(INVENTED_COUNTY)
    }

    /// Looks the county code up. A code that is unknown, statistical, or had ended before the birth warns and never
    /// refuses. A code that began after the birth is no reason to warn: many were given their number late.
    pub fn check_area(&self, counties: &AreaTree) -> Option<Warning> {
        if self.kind() != IdKind::Citizen || self.is_invented() {
            return None;
        }
        let code: AreaCode = self.as_str()[..6].parse().expect("the first six are digits");
        let Some(area) = counties.get(&code) else { return Some(Warning::CountyNotInTable) };
        if area.is_statistical_only {
            return Some(Warning::CountyStatisticalOnly);
        }
        let had_ended = area.valid_to.zip(self.birth()).is_some_and(|(end, birth)| end < birth);
        had_ended.then_some(Warning::CountyEndedBeforeBirth)
    }

    /// The number, when province, birth date and check character hold; the order of the checks is the order of reading.
    fn verified(self) -> Result<Checked<IdNumber>, IdNumberError> {
        let is_foreign = self.kind() == IdKind::ForeignPermanentResident;
        // 外国人永久居留身份证 2023: 9, two digits of the province, three of the nationality.
        let at = usize::from(is_foreign);
        let province = (self.0[at] - b'0') * 10 + (self.0[at + 1] - b'0');
        if !PROVINCES.contains(&province) {
            return Err(IdNumberError::Province);
        }
        if self.birth().is_none() {
            return Err(IdNumberError::BirthDate);
        }
        if self.0[17] != check_character(&self.0[..17]) {
            return Err(IdNumberError::CheckDigit);
        }
        let warnings = if is_foreign { vec![Warning::LayoutUnsure] } else { Vec::new() };
        Ok(Checked { value: self, warnings })
    }
}

fn parse_18(typed: &str) -> Result<Checked<IdNumber>, IdNumberError> {
    let upper = typed.to_ascii_uppercase();
    let front: String = upper.chars().take(17).collect();
    require_digits(&front)?;
    let last = upper.chars().last().unwrap_or(' ');
    if !last.is_ascii_digit() && last != 'X' {
        return Err(IdNumberError::Character { at: 18 });
    }
    let characters = upper.as_bytes().try_into().expect("18 ASCII characters");
    IdNumber(characters).verified()
}

fn require_digits(text: &str) -> Result<(), IdNumberError> {
    match text.chars().position(|c| !c.is_ascii_digit()) {
        Some(at) => Err(IdNumberError::Character { at: at + 1 }),
        None => Ok(()),
    }
}

fn with_check_character(digits: [u8; 17]) -> IdNumber {
    let mut number = [0; 18];
    number[..17].copy_from_slice(&digits);
    number[17] = check_character(&digits);
    IdNumber(number)
}

fn check_character(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(&digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECK_CHARACTERS[(sum % 11) as usize]
}

impl Sex {
    /// `男` or `女`, as forms write it.
    pub fn zh(self) -> &'static str {
        match self {
            Sex::Male => "男",
            Sex::Female => "女",
        }
    }
}

impl TryFrom<String> for IdNumber {
    type Error = IdNumberError;
    fn try_from(text: String) -> Result<IdNumber, IdNumberError> {
        IdNumber::parse(&text).map(|checked| checked.value)
    }
}

impl From<IdNumber> for String {
    fn from(number: IdNumber) -> String {
        number.as_str().to_owned()
    }
}

/// Masked, so that no log ever holds a whole number.
impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber({})", self.masked())
    }
}

#[cfg(test)]
mod tests;
