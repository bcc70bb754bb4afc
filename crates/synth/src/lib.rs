//! A whole invented city on real villages, from a seed.
//!
//! In: a seed, how many people draw support, the table of areas, the month last paid, the policy books. Out: households
//! with every fact of the form (一张表) and what they draw, written as the files a bureau really has: two rosters, the
//! extracts of other departments, what the bank holds. Same seed, same bytes. Not here on purpose: any figure of law
//! (amounts come from the books), any real person: ID numbers use an area code that does not exist.

mod bank;
mod books;
mod city;
#[cfg(test)]
mod city_tests;
mod dice;
mod extracts;
mod families;
mod form;
mod invented;
mod judge;
mod maker;
mod names;
mod numbers;
mod person;
mod places;
mod plan;
mod rosters;
mod surprises;
mod totals;
mod written;

pub use bank::{AccountState, BankBooks, BankLine};
pub use city::{City, CityError, Institution};
pub use form::FormColumns;
pub use invented::{Invented, InventedError, InventedMember};
pub use numbers::{INVENTED_AREA, id_check_character, luhn_digit};
pub use person::*;
pub use places::Village;
pub use plan::{FEN_PER_PERSON_AND_MONTH, Plan};
pub use surprises::{Found, Surprise};
pub use totals::{ProgrammeTotal, Totals};
pub use written::{FileWritten, Progress, WriteError};
