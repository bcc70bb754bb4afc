//! Bank accounts (银行账号): where money goes. A wrong digit pays a stranger, so every doubt is shown, and none decides.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Checked, Warning, folding};

/// The number of a bank card or social-security card, 16 to 19 digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BankAccount(String);

/// Why a text is not an account. The texts never repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BankAccountError {
    /// Nothing was written.
    #[error("银行账号是空的，请填写社保卡或银行卡的卡号")]
    Empty,
    /// A spreadsheet turned the number into a power of ten.
    #[error("银行账号被电子表格改成了科学记数，末几位已经丢失；请把这一列设为“文本”后重新填写")]
    Scientific,
    /// A character that no account has.
    #[error("银行账号第 {at} 位不是数字，请对照银行卡核对")]
    Character {
        /// Place, from 1, blanks and hyphens not counted.
        at: usize,
    },
    /// Fewer than 16 or more than 19 digits.
    #[error("银行账号应是 16 到 19 位数字，这里有 {found} 位；请对照银行卡核对")]
    Length {
        /// How many digits.
        found: usize,
    },
}

impl BankAccount {
    /// Reads an account; blanks, hyphens and full-width digits are folded. A Luhn check digit (GB/T 19584) that does not
    /// fit warns only: some social-security cards and small banks have none.
    ///
    /// # Errors
    /// [`BankAccountError`] in plain Chinese, without the number.
    pub fn parse(text: &str) -> Result<Checked<BankAccount>, BankAccountError> {
        let typed = folding::number(text);
        if typed.is_empty() {
            return Err(BankAccountError::Empty);
        }
        if folding::is_scientific(&typed) {
            return Err(BankAccountError::Scientific);
        }
        if let Some(at) = typed.chars().position(|c| !c.is_ascii_digit()) {
            return Err(BankAccountError::Character { at: at + 1 });
        }
        if !(16..=19).contains(&typed.len()) {
            return Err(BankAccountError::Length { found: typed.len() });
        }
        let warnings = if luhn_holds(&typed) { Vec::new() } else { vec![Warning::AccountCheckDigit] };
        Ok(Checked { value: BankAccount(typed), warnings })
    }

    /// All digits. Only for bank files: never for a log, a page or an error.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits.
    pub fn tail(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// `6222***********0018`: four digits at each end stand.
    pub fn masked(&self) -> String {
        folding::masked(&self.0, 4, 4)
    }
}

fn luhn_holds(digits: &str) -> bool {
    let sum: u32 = digits.bytes().rev().enumerate().map(|(at, byte)| luhn_part(at, u32::from(byte - b'0'))).sum();
    sum.is_multiple_of(10)
}

/// Every second digit from the right counts twice, a sum above 9 as the sum of its digits.
fn luhn_part(at: usize, digit: u32) -> u32 {
    match (at % 2, digit * 2) {
        (0, _) => digit,
        (_, twice @ 0..=9) => twice,
        (_, twice) => twice - 9,
    }
}

impl TryFrom<String> for BankAccount {
    type Error = BankAccountError;
    fn try_from(text: String) -> Result<BankAccount, BankAccountError> {
        BankAccount::parse(&text).map(|checked| checked.value)
    }
}

impl From<BankAccount> for String {
    fn from(account: BankAccount) -> String {
        account.0
    }
}

/// Masked, so that no log ever holds a whole account.
impl fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BankAccount({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Columns: as typed, does it warn.
    #[test]
    fn accounts_are_read_as_people_write_them() {
        for (typed, warnings) in [
            ("6222021900000000018", vec![]),
            ("6222 0219 0000 0000 018", vec![]),
            ("6222-0219-0000-0000-018", vec![]),
            ("６２２２０２１９０００００００００１８", vec![]),
            ("6222021900000000019", vec![Warning::AccountCheckDigit]),
            ("6217000000000006", vec![]),
        ] {
            assert_eq!(BankAccount::parse(typed).map(|checked| checked.warnings), Ok(warnings), "{typed}");
        }
        let account = BankAccount::parse("6222 0219 0000 0000 018").unwrap().value;
        assert_eq!((account.tail(), account.masked().as_str()), ("0018", "6222***********0018"));
        assert_eq!(format!("{account:?}"), "BankAccount(6222***********0018)");
    }

    /// Columns: as typed, the refusal.
    #[test]
    fn what_is_no_account_is_refused() {
        use BankAccountError::*;
        for (typed, error) in [
            ("", Empty),
            ("6.22202E+18", Scientific),
            ("622202190000000001八", Character { at: 19 }),
            ("622202190000000", Length { found: 15 }),
            ("62220219000000000180", Length { found: 20 }),
        ] {
            assert_eq!(BankAccount::parse(typed).map(|c| c.value), Err(error), "{typed}");
        }
    }

    proptest! {
        /// One wrong digit is always seen.
        #[test]
        fn one_slip_warns(at in 0_usize..19, other in 0_u8..10) {
            let mut digits = *b"6222021900000000018";
            prop_assume!(digits[at] != b'0' + other);
            digits[at] = b'0' + other;
            let checked = BankAccount::parse(std::str::from_utf8(&digits).unwrap()).unwrap();
            prop_assert_eq!(checked.warnings, vec![Warning::AccountCheckDigit]);
        }
    }
}
