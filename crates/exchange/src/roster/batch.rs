//! What a roster holds, ready for the store.

use law::form::Facts;
use values::{AreaCode, BankAccount, Fen, IdNumber, Month, PersonName, Phone};

/// Persons, households and benefits of a roster; nothing of it stands in the register yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RosterBatch {
    /// In the order of the file.
    pub households: Vec<RosterHousehold>,
    /// In the order of the file.
    pub awards: Vec<RosterAward>,
    /// True when the file had columns of facts: it then says more than names and money.
    pub has_facts: bool,
}

/// A household as the roster has it.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterHousehold {
    /// The bureau's own number, when the roster has one.
    pub number: Option<Box<str>>,
    /// Village or township (a county when nothing nearer was given).
    pub area: AreaCode,
    /// Where it lives.
    pub address: Option<Box<str>>,
    /// Facts of the household, and of the members in the order of `members`.
    pub facts: Facts,
    /// The head stands first when the roster says who it is.
    pub members: Vec<RosterPerson>,
}

/// A person as the roster has them.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterPerson {
    /// ID number.
    pub id: IdNumber,
    /// As written.
    pub name: PersonName,
    /// Telephone.
    pub phone: Option<Phone>,
    /// The first row the person stands in.
    pub row: u32,
}

/// A benefit in payment as the roster has it.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterAward {
    /// Place in [`RosterBatch::households`].
    pub household: usize,
    /// Place in the household's members.
    pub member: usize,
    /// The programme's id.
    pub programme: &'static str,
    /// The title the roster uses, folded: what the bank's remark shows.
    pub title: &'static str,
    /// First month, when the roster says.
    pub since: Option<Month>,
    /// A month's money.
    pub amount: Fen,
    /// Persons the money is for, when the roster says (dibao).
    pub counted: Option<u32>,
    /// Whose account it is: the person, a guardian, an institution.
    pub holder: Box<str>,
    /// Where the money goes; none is none on file.
    pub account: Option<BankAccount>,
    /// 开户行.
    pub bank: Option<Box<str>>,
    /// The row.
    pub row: u32,
}
