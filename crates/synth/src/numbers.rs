//! Numbers that look right and belong to nobody: ID numbers of an area that does not exist, bank accounts of a
//! prefix no bank has, phones.

use std::collections::HashMap;

use values::Day;

use crate::dice::Dice;
use crate::person::Sex;

/// The area code of every invented ID number (GB/T 2260 has no 430399).
pub const INVENTED_AREA: &str = "430399";

/// Sequence numbers below this are kept for the families of `people/`, which are written by hand.
const FIRST_SEQUENCE: u32 = 20;

/// The check character of the first 17 digits of an ID number (GB 11643: weights 2^(17-i) mod 11).
pub fn id_check_character(first17: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first17.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from(b"10X98765432"[(sum % 11) as usize])
}

/// Gives every invented person an ID number of their own.
#[derive(Default)]
pub(crate) struct IdNumbers {
    given: HashMap<(Day, Sex), u32>,
}

impl IdNumbers {
    /// The next number of that birthday and sex.
    pub(crate) fn next(&mut self, birth: Day, sex: Sex) -> String {
        let given = self.given.entry((birth, sex)).or_insert(0);
        let odd = u32::from(sex == Sex::Male);
        // 37 is prime to the 490 even (or odd) numbers left: neighbours do not get neighbouring numbers
        let place = (*given * 37 + birth.day_of_month() as u32 * 11) % 490;
        assert!(*given < 490, "more people born on one day than there are numbers");
        *given += 1;
        let sequence = FIRST_SEQUENCE + place * 2 + odd;
        let first17 = format!(
            "{INVENTED_AREA}{:04}{:02}{:02}{sequence:03}",
            birth.year(),
            birth.month_of_year(),
            birth.day_of_month()
        );
        let check = id_check_character(&first17);
        format!("{first17}{check}")
    }
}

/// The digit that makes a number pass Luhn's test when it is written behind `digits`.
pub fn luhn_digit(digits: &str) -> char {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match (place % 2 == 0, digit * 2) {
                (true, double @ 10..) => double - 9,
                (true, double) => double,
                (false, _) => digit,
            }
        })
        .sum();
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

/// Gives out bank accounts: 19 digits on 629999, three in a hundred of which fail Luhn's test, as some real ones do.
pub(crate) struct Accounts {
    given: u64,
}

impl Accounts {
    pub(crate) fn new() -> Accounts {
        Accounts { given: 0 }
    }

    /// The next account; every number once.
    pub(crate) fn next(&mut self, dice: &mut Dice) -> String {
        self.given += 1;
        let digits = format!("629999{:012}", self.given * 7_919 + 430_000_000_000);
        let right = luhn_digit(&digits);
        let last = if dice.per_mille(30) {
            char::from(b'0' + (right as u8 - b'0' + dice.between(1, 9) as u8) % 10)
        } else {
            right
        };
        format!("{digits}{last}")
    }
}

/// A mobile number; elders share phones, so it need not be theirs alone.
pub(crate) fn phone(dice: &mut Dice) -> String {
    let prefix =
        *dice.pick(&["133", "135", "136", "138", "139", "150", "151", "152", "155", "158", "173", "180", "187", "189"]);
    format!("{prefix}0000{:04}", dice.below(10_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_examples_check() {
        // 43038219880229001X and others are made-up vectors of GB 11643's arithmetic
        for id in ["43038219880229001X", "430302195401010018", "430321194910011232", "430304200107310315"] {
            assert_eq!(id_check_character(&id[..17]), id.chars().last().unwrap(), "{id}");
        }
        assert_eq!(luhn_digit("622202190000000001"), '8');
    }

    #[test]
    fn every_number_is_given_once_and_tells_birthday_and_sex() {
        let mut numbers = IdNumbers::default();
        let birth = Day::new(1940, 2, 29).unwrap();
        let mut seen = std::collections::HashSet::new();
        for turn in 0..980 {
            let sex = if turn % 2 == 0 { Sex::Male } else { Sex::Female };
            let id = numbers.next(birth, sex);
            assert_eq!(&id[..14], "43039919400229");
            assert_eq!(id.as_bytes()[16] % 2 == 1, sex == Sex::Male, "{id}");
            assert_eq!(id_check_character(&id[..17]), id.chars().last().unwrap());
            assert!(&id[14..17] >= "020", "numbers below 020 belong to people/");
            assert!(seen.insert(id));
        }
    }

    #[test]
    fn about_three_accounts_in_a_hundred_fail_luhn() {
        let mut dice = Dice::new(5, 0);
        let mut accounts = Accounts::new();
        let all: std::collections::HashSet<String> = (0..10_000).map(|_| accounts.next(&mut dice)).collect();
        assert_eq!(all.len(), 10_000);
        let failing = all.iter().filter(|a| luhn_digit(&a[..18]) != a.chars().last().unwrap()).count();
        assert!((200..400).contains(&failing), "{failing}");
    }
}
