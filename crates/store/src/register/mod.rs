//! The register (登记簿): persons, households, their facts as dated documents, accounts and awards.

mod account;
mod enrol;
mod import;
mod known;
mod read;
mod tables;

use serde::{Deserialize, Serialize};
use values::{AreaCode, AwardId, Day, Fen, HouseholdId, Month, PersonId};

pub use enrol::Enrolled;
pub use import::Importing;
pub use read::{AwardRow, FactsVersion, HouseholdView, PersonView};
pub(crate) use read::{PERSON, area, day, month, month_or_none, person_view};

/// A household as a roster has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdIn {
    /// Where, twelve digits.
    pub village: AreaCode,
    /// The bureau's own number, unique within the village.
    pub bureau_no: String,
    /// Street address; personal data.
    pub address: String,
    /// Members, the head first.
    pub members: Vec<PersonIn>,
    /// Facts of the one form, as JSON, members in the same order.
    pub facts: String,
    /// The day the facts are from.
    pub true_from: Day,
    /// From which file or office.
    pub source: String,
}

/// A person as a roster has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonIn {
    /// Name as written.
    pub name: String,
    /// Folded name for matching.
    pub name_key: String,
    /// ID number.
    pub id_number: String,
    /// Day of birth.
    pub birth_on: Day,
    /// 关系.
    pub relation: String,
    /// Telephone, possibly empty.
    pub phone: String,
    /// True for the invented people of demos and tests.
    pub is_invented: bool,
}

/// An award as a roster has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardIn {
    /// Whose, by ID number.
    pub id_number: String,
    /// Programme id.
    pub programme: String,
    /// Fen a month.
    pub amount: Fen,
    /// First month.
    pub from: Month,
    /// Account.
    pub account: AccountIn,
}

/// An account to pay to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountIn {
    /// Holder.
    pub holder: String,
    /// Number.
    pub number: String,
    /// Bank.
    pub bank: String,
}

/// An award as it stands in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAward {
    /// Id.
    pub award: AwardId,
    /// Household.
    pub household: HouseholdId,
    /// Payee.
    pub person: PersonId,
    /// Village.
    pub village: AreaCode,
    /// Programme id.
    pub programme: String,
    /// Fen a month.
    pub amount: Fen,
    /// First month.
    pub from: Month,
    /// Last month.
    pub until: Option<Month>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ImportCounts {
    /// Persons not seen before.
    pub persons_new: u64,
    /// Households not seen before.
    pub households_new: u64,
    /// Households whose facts, members or address changed.
    pub households_changed: u64,
    /// Households exactly as before.
    pub households_unchanged: u64,
    /// Awards not seen before.
    pub awards_new: u64,
    /// Awards exactly as before.
    pub awards_unchanged: u64,
    /// Awards that the register has with another amount: left as they are, for a person to judge.
    pub awards_differing: u64,
}
