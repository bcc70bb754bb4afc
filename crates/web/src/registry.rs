//! What the pages ask of the registry, and nothing more: each question in the pages' words, answered from `store`.

use casework::case::{Case, Event, Notice, Status};
use casework::discover::Lead;
use indicators::Counts;
use law::form::Facts;
use ledger::{Envelope, LineKind, Reconciliation};
use values::{AreaCode, BankAccount, Day, EnvelopeId, Fen, HouseholdId, IdNumber, Month, PersonId, PersonName};

use crate::answer::Turned;

/// A person of the register.
#[derive(Clone, Debug)]
pub struct Known {
    /// The id.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// The ID number; pages show it masked.
    pub id_number: IdNumber,
}

/// A household of the register.
#[derive(Clone, Debug)]
pub struct Family {
    /// The id.
    pub id: HouseholdId,
    /// The village.
    pub village: AreaCode,
    /// The members in the order of the facts, head first.
    pub members: Vec<Known>,
    /// What is known of it.
    pub facts: Facts,
}

/// A person found by search.
#[derive(Clone, Debug)]
pub struct FoundPerson {
    /// The person.
    pub person: Known,
    /// The village.
    pub village: AreaCode,
    /// Programme ids drawn now, with the amount a month.
    pub draws: Vec<(String, Fen)>,
    /// Case numbers.
    pub cases: Vec<String>,
}

/// A case with everything about it.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// Its events, first to last.
    pub events: Vec<Event>,
    /// The household.
    pub family: Family,
}

/// An award as the person's page needs it.
#[derive(Clone, Debug)]
pub struct Right {
    /// Programme id.
    pub programme: String,
    /// Fen a month.
    pub amount: Fen,
    /// First month.
    pub from: Month,
    /// Last month; none while it goes on.
    pub until: Option<Month>,
}

/// A payment and what became of it.
#[derive(Clone, Debug)]
pub struct Paid {
    /// The month it is for.
    pub month: Month,
    /// Programme id.
    pub programme: String,
    /// Kind.
    pub kind: LineKind,
    /// Amount.
    pub amount: Fen,
    /// The account; pages show it masked.
    pub account: Option<BankAccount>,
    /// The envelope.
    pub envelope: EnvelopeId,
    /// The bank's reason when it came back.
    pub returned: Option<String>,
    /// True once the bank has confirmed it.
    pub is_confirmed: bool,
}

/// One page of a list, and where the next begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The cursor of the next page; none on the last.
    pub next: Option<String>,
}

/// A returned line of an envelope.
#[derive(Clone, Debug)]
pub struct CameBack {
    /// Holder of the account.
    pub name: String,
    /// The account; pages show it masked.
    pub account: Option<BankAccount>,
    /// Amount.
    pub amount: Fen,
    /// The bank's reason in words.
    pub reason: String,
}

/// One envelope with its books.
#[derive(Clone, Debug)]
pub struct EnvelopeFile {
    /// The envelope.
    pub envelope: Envelope,
    /// Its five books compared, once the bank has answered.
    pub reconciliation: Option<Reconciliation>,
    /// Lines that came back.
    pub returned: Vec<CameBack>,
    /// Day, what, who.
    pub history: Vec<(Day, String, String)>,
}

/// A person with everything the person's page shows.
#[derive(Clone, Debug)]
pub struct PersonFile {
    /// The person.
    pub person: Known,
    /// The household.
    pub family: Family,
    /// Awards.
    pub rights: Vec<Right>,
    /// Payments, newest first.
    pub paid: Vec<Paid>,
    /// Case numbers and where they stand.
    pub cases: Vec<(String, Status)>,
}

/// The registry as the pages see it.
pub struct Registry;

impl Registry {
    /// True when the register holds invented people only.
    pub async fn is_synthetic(&self) -> bool {
        true
    }

    /// People by name, ID tail or case number.
    pub async fn search(
        &self,
        _within: &AreaCode,
        _question: &str,
        _after: Option<&str>,
    ) -> Result<Page<FoundPerson>, Turned> {
        Err(Turned::NotFound)
    }

    /// A case by its number.
    pub async fn case(&self, _number: &str) -> Result<Option<CaseFile>, Turned> {
        Err(Turned::NotFound)
    }

    /// Payments under the awards of a case.
    pub async fn paid_for(&self, _case: &Case) -> Result<Vec<Paid>, Turned> {
        Err(Turned::NotFound)
    }

    /// A person of a county.
    pub async fn person(&self, _county: &AreaCode, _id: PersonId) -> Result<Option<PersonFile>, Turned> {
        Err(Turned::NotFound)
    }

    /// Notices that hang on a day within an area, with the applicant's name.
    pub async fn notices(
        &self,
        _within: &AreaCode,
        _on: Day,
        _after: Option<&str>,
    ) -> Result<Page<(Notice, PersonName)>, Turned> {
        Err(Turned::NotFound)
    }

    /// Open cases of an office, with the applicant's name, the earliest promise first.
    pub async fn open_cases(&self, _within: &AreaCode) -> Result<Vec<(Case, PersonName)>, Turned> {
        Err(Turned::NotFound)
    }

    /// Months that have envelopes, newest first.
    pub async fn months(&self) -> Result<Vec<Month>, Turned> {
        Err(Turned::NotFound)
    }

    /// What the books say of a month.
    pub async fn counts(&self, _month: Month, _as_of: Day) -> Result<Counts, Turned> {
        Err(Turned::NotFound)
    }

    /// Money of a month by county and programme.
    pub async fn county_money(&self, _month: Month) -> Result<Vec<(AreaCode, String, Fen)>, Turned> {
        Err(Turned::NotFound)
    }

    /// Persons paid in a month by township.
    pub async fn township_persons(&self, _month: Month) -> Result<Vec<(AreaCode, i64)>, Turned> {
        Err(Turned::NotFound)
    }

    /// The envelopes of a month.
    pub async fn envelopes(&self, _month: Month) -> Result<Vec<Envelope>, Turned> {
        Err(Turned::NotFound)
    }

    /// One envelope with its books.
    pub async fn envelope(&self, _id: EnvelopeId) -> Result<Option<EnvelopeFile>, Turned> {
        Err(Turned::NotFound)
    }

    /// Open leads within an area, with the name of whom they are about, and how many there are in all.
    pub async fn leads(
        &self,
        _within: &AreaCode,
        _after: Option<&str>,
    ) -> Result<(Page<(Lead, PersonName)>, i64), Turned> {
        Err(Turned::NotFound)
    }

    /// Adds an event to a case, when nobody acted since.
    pub async fn append(&self, _case: &Case, _event: &Event, _key: &str) -> Result<(), Turned> {
        Err(Turned::NotFound)
    }
}
