//! What other departments know of people on file and the rosters do not: deaths, cars, firms, wages, new cards.
//!
//! Each is a lead somebody has to look into; none of them stops anybody's money by itself.

use values::{Day, Fen};

use crate::city::City;
use crate::dice::Dice;
use crate::families::programme;
use crate::person::*;

/// Something a department's extract tells of a person on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surprise {
    /// Index in [`City::households`].
    pub household: usize,
    /// Index of the member.
    pub member: usize,
    /// What was found.
    pub found: Found,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Died on that day, and still in payment.
    Died(Day),
    /// Owns a car nobody declared.
    Vehicle,
    /// Holds a firm nobody declared.
    Business,
    /// Earns this much a month, not what the file says.
    Wage(Fen),
    /// Got a disability card lately.
    Card(Impairment, Grade),
    /// No longer on a school roll.
    LeftSchool,
}

/// Draws the city's surprises.
pub(crate) fn of(city: &City, dice: &mut Dice) -> Vec<Surprise> {
    let today = city.month.last_day();
    let mut surprises = Vec::new();
    for (household, family) in city.households.iter().enumerate() {
        for (member, person) in family.members.iter().enumerate() {
            if let Some(found) = found_of(dice, family, person, today) {
                surprises.push(Surprise { household, member, found });
            }
        }
    }
    surprises
}

fn found_of(dice: &mut Dice, family: &Household, person: &Person, today: Day) -> Option<Found> {
    let (age, roll) = (person.age_on(today), dice.below(10_000));
    let on_dibao = family.draws.iter().any(|draw| draw.programme == programme::DIBAO);
    let draws = !family.draws.is_empty();
    match roll {
        0..=14 if draws && age >= 60 => Some(Found::Died(today.plus_days(-dice.between(2, 75)))),
        100..=119 if on_dibao && age >= 18 && !person.marks.vehicle => Some(Found::Vehicle),
        200..=209 if on_dibao && (18..70).contains(&age) => Some(Found::Business),
        300..=449 if on_dibao && wage_of(person) > Fen::ZERO => {
            Some(Found::Wage(wage_of(person) + Fen::yuan(dice.stepped(400, 2_600, 10))))
        }
        500..=539 if person.grade == Grade::None && (6..80).contains(&age) && !person.marks.on_tekun => {
            let impairment = dice.weighted(&[(6, Impairment::Body), (2, Impairment::Mental), (2, Impairment::Sight)]);
            let grade = dice.weighted(&[(1, Grade::First), (3, Grade::Second), (3, Grade::Third), (2, Grade::Fourth)]);
            Some(Found::Card(impairment, grade))
        }
        600..=899 if on_dibao && age >= 18 && person.study != Study::None => Some(Found::LeftSchool),
        _ => None,
    }
}

fn wage_of(person: &Person) -> Fen {
    person.means.as_deref().map_or(Fen::ZERO, |means| means.wage)
}
