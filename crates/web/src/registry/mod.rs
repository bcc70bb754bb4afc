//! What the pages ask of the registry, in the pages' words: a thin hand between `store` and the pages. Texts become values here,
//! once; a stored text that is no value any more is a fault and not a guess.

mod cases;
mod money;
mod people;
mod supervise;

use std::sync::{Arc, Mutex, PoisonError};

use casework::case::{Case, Event, Status};
use law::Library;
use law::form::Facts;
use ledger::{Envelope, LineKind, Reconciliation};
use store::Store;
use values::{
    AreaCode, BankAccount, Day, EnvelopeId, Fen, HouseholdId, IdNumber, Month, PersonId, PersonName, WorkCalendar,
};

use crate::answer::Turned;

pub use cases::{Act, published_name};
pub use people::Filed;
pub use supervise::Supervised;

/// The registry as the pages see it.
pub struct Registry {
    store: Store,
    library: Arc<Library>,
    calendar: Arc<WorkCalendar>,
    /// Whether only invented people are in the register, as of the state of the audit chain it was asked at.
    synthetic: Mutex<Option<(i64, bool)>>,
    /// Counts of months, as of the state of the audit chain they were counted at.
    counted: Mutex<money::Counted>,
}

impl Registry {
    /// The registry of an open store.
    pub fn new(store: Store, library: Arc<Library>, calendar: Arc<WorkCalendar>) -> Registry {
        Registry { store, library, calendar, synthetic: Mutex::default(), counted: Mutex::default() }
    }

    /// True when the register holds invented people only; false also when nobody can tell.
    pub async fn is_synthetic(&self) -> bool {
        let Ok(mark) = self.store.audit_mark().await else { return false };
        let known = *self.synthetic.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, answer)) = known
            && at == mark
        {
            return answer;
        }
        let answer = matches!(self.store.real_persons().await, Ok(0));
        *self.synthetic.lock().unwrap_or_else(PoisonError::into_inner) = Some((mark, answer));
        answer
    }
}

/// A stored text that is no value any more.
fn unreadable(what: &'static str) -> impl FnOnce(String) -> Turned {
    move |cause| Turned::Fault(format!("{what}: {cause}"))
}

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

/// A case that waits.
#[derive(Clone, Debug)]
pub struct WaitingCase {
    /// Its number.
    pub number: String,
    /// The village.
    pub village: AreaCode,
    /// The household.
    pub household: HouseholdId,
    /// Where it is.
    pub status: Status,
    /// The promised day; none while the clock stands still.
    pub due_on: Option<Day>,
}

/// A case as lists need it: no name, no number of a person.
#[derive(Clone, Debug)]
pub struct CaseLine {
    /// Its number.
    pub number: String,
    /// The village.
    pub village: AreaCode,
    /// Where it is.
    pub status: Status,
    /// The day of the hand-in.
    pub handed_in_on: Day,
    /// The day of the decision.
    pub decided_on: Option<Day>,
    /// Trips of the family.
    pub trips: i64,
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
    /// The county that paid.
    pub county: AreaCode,
    /// The envelope.
    pub envelope: EnvelopeId,
    /// The bank's reason when it came back.
    pub returned: Option<String>,
    /// True once the bank has answered.
    pub is_answered: bool,
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
