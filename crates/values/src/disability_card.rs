//! Disability certificates (残疾人证): an ID number, then category, grade, and the mark of a re-issue.

use serde::{Deserialize, Serialize};

use crate::{Checked, IdNumber, IdNumberError, folding};

/// What a certificate's number says: 20 characters, 22 when re-issued (`B1`, `B2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DisabilityCard {
    /// The holder's ID number.
    pub id: IdNumber,
    /// 残疾类别.
    pub category: DisabilityCategory,
    /// 残疾等级, 1 (gravest) to 4.
    pub grade: DisabilityGrade,
    /// How many times the card was issued again (补办); 0 for the first card.
    pub reissue: u8,
}

/// Category (残疾类别), digits 1 to 7 on the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DisabilityCategory {
    /// 视力.
    Visual,
    /// 听力.
    Hearing,
    /// 言语.
    Speech,
    /// 肢体.
    Physical,
    /// 智力.
    Intellectual,
    /// 精神.
    Mental,
    /// 多重.
    Multiple,
}

/// Grade (残疾等级), 一级 is the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DisabilityGrade {
    /// 一级.
    First,
    /// 二级.
    Second,
    /// 三级.
    Third,
    /// 四级.
    Fourth,
}

/// Why a text is not a certificate's number. The texts never repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisabilityCardError {
    /// Neither 20 nor 22 characters.
    #[error("残疾人证号应是 20 位（补办的证 22 位），这里有 {found} 位；请对照残疾人证核对")]
    Length {
        /// How many characters were left after blanks.
        found: usize,
    },
    /// The first 18 are no ID number.
    #[error("残疾人证号的前 18 位不对：{0}")]
    Id(#[from] IdNumberError),
    /// The 19th is no category.
    #[error("残疾人证号第 19 位是残疾类别，应是 1 到 7；请对照残疾人证核对")]
    Category,
    /// The 20th is no grade.
    #[error("残疾人证号第 20 位是残疾等级，应是 1 到 4；请对照残疾人证核对")]
    Grade,
    /// What follows is no mark of a re-issue.
    #[error("残疾人证号末 2 位是补办标记，应像 B1、B2；请对照残疾人证核对")]
    Reissue,
}

impl DisabilityCard {
    /// Reads a certificate's number; full-width forms, blanks and small letters are folded.
    ///
    /// # Errors
    /// [`DisabilityCardError`] in plain Chinese, without the number.
    pub fn parse(text: &str) -> Result<Checked<DisabilityCard>, DisabilityCardError> {
        let typed: Vec<char> = folding::number(text).to_ascii_uppercase().chars().collect();
        if !matches!(typed.len(), 20 | 22) {
            return Err(DisabilityCardError::Length { found: typed.len() });
        }
        let front: String = typed[..18].iter().collect();
        let checked = IdNumber::parse(&front)?;
        let card = DisabilityCard {
            id: checked.value,
            category: DisabilityCategory::of_digit(typed[18]).ok_or(DisabilityCardError::Category)?,
            grade: DisabilityGrade::of_digit(typed[19]).ok_or(DisabilityCardError::Grade)?,
            reissue: reissue_of(&typed[20..]).ok_or(DisabilityCardError::Reissue)?,
        };
        Ok(Checked { value: card, warnings: checked.warnings })
    }
}

fn reissue_of(mark: &[char]) -> Option<u8> {
    match mark {
        [] => Some(0),
        ['B', digit @ '1'..='9'] => digit.to_digit(10).and_then(|n| u8::try_from(n).ok()),
        _ => None,
    }
}

impl DisabilityCategory {
    /// The category of a certificate's 19th digit.
    pub fn of_digit(digit: char) -> Option<DisabilityCategory> {
        use DisabilityCategory::*;
        let place = digit.to_digit(10)?.checked_sub(1)?;
        [Visual, Hearing, Speech, Physical, Intellectual, Mental, Multiple].get(place as usize).copied()
    }

    /// `视力`, as the one form (一张表) writes it.
    pub fn zh(self) -> &'static str {
        match self {
            DisabilityCategory::Visual => "视力",
            DisabilityCategory::Hearing => "听力",
            DisabilityCategory::Speech => "言语",
            DisabilityCategory::Physical => "肢体",
            DisabilityCategory::Intellectual => "智力",
            DisabilityCategory::Mental => "精神",
            DisabilityCategory::Multiple => "多重",
        }
    }
}

impl DisabilityGrade {
    /// The grade of a certificate's 20th digit.
    pub fn of_digit(digit: char) -> Option<DisabilityGrade> {
        use DisabilityGrade::*;
        let place = digit.to_digit(10)?.checked_sub(1)?;
        [First, Second, Third, Fourth].get(place as usize).copied()
    }

    /// `一级`, as the one form (一张表) writes it.
    pub fn zh(self) -> &'static str {
        match self {
            DisabilityGrade::First => "一级",
            DisabilityGrade::Second => "二级",
            DisabilityGrade::Third => "三级",
            DisabilityGrade::Fourth => "四级",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: as typed, category, grade, re-issues.
    #[test]
    fn certificates_are_read() {
        for (typed, category, grade, reissue) in [
            ("43039919680512002241", "肢体", "一级", 0),
            ("430399196805120022 1 2", "视力", "二级", 0),
            ("43039919540101005x74B1", "多重", "四级", 1),
            ("４３０３９９１９６８０５１２００２２６３ｂ２", "精神", "三级", 2),
        ] {
            let card = DisabilityCard::parse(typed).unwrap().value;
            assert_eq!((card.category.zh(), card.grade.zh(), card.reissue), (category, grade, reissue), "{typed}");
            assert!(card.id.is_invented());
        }
    }

    /// Columns: as typed, the refusal.
    #[test]
    fn what_is_no_certificate_is_refused_with_the_place() {
        use DisabilityCardError::*;
        for (typed, error) in [
            ("430399196805120022", Length { found: 18 }),
            ("43039919680512002341", Id(IdNumberError::CheckDigit)),
            ("43039919680512002281", Category),
            ("43039919680512002201", Category),
            ("43039919680512002245", Grade),
            ("430399196805120022410B", Reissue),
            ("43039919680512002241B0", Reissue),
        ] {
            assert_eq!(DisabilityCard::parse(typed).map(|c| c.value), Err(error), "{typed}");
        }
    }
}
