//! A checked roster into the register: one transaction, whole or not at all; the same roster again changes nothing.
//!
//! A roster with facts says how households are now, and renews them. A roster of money alone says who draws what: of
//! people the register knows it changes neither facts nor households, and people it does not know it brings in.

use law::form::{FactRow, Facts, OneForm};
use store::register::{AccountIn, AwardIn, HouseholdIn, ImportCounts, Importing, PersonIn};
use store::{Hand, Store, StoreError};
use values::{Day, Month};

use super::batch::{RosterAward, RosterBatch, RosterHousehold, RosterPerson};

/// Under which name a roster is imported, and when.
#[derive(Clone, Debug)]
pub struct ImportNote<'a> {
    /// Who imports, and the moment.
    pub hand: Hand,
    /// The same moment for new ids.
    pub unix_ms: i64,
    /// The file's name, without its folders.
    pub file: &'a str,
    /// The day the facts are from.
    pub as_of: Day,
    /// The first month of benefits for which the roster says none.
    pub first_month: Month,
}

/// Puts a roster into the register. `digest` is the file's, by which the import is known.
///
/// # Errors
/// The database could not keep it; nothing was written.
///
/// # Panics
/// A batch whose facts are not of `form` is a bug of the caller.
pub async fn import(
    store: &Store,
    form: &OneForm,
    batch: &RosterBatch,
    digest: &[u8; 32],
    note: &ImportNote<'_>,
) -> Result<ImportCounts, StoreError> {
    let mut importing = store.begin_import(note.hand.clone(), note.unix_ms, &hex::encode(digest)).await?;
    for household in &batch.households {
        for known in to_write(&importing, household, batch.has_facts) {
            importing.household(&known.written(store, form, note)).await?;
        }
    }
    for award in &batch.awards {
        let person = &batch.households[award.household].members[award.member];
        // where the roster does not say since when, the register's word stands
        if award.since.is_none() && importing.leave_award(person.id.as_str(), award.programme) {
            continue;
        }
        importing.award(&awarded(person, award, note)).await?;
    }
    importing.finish(note.file, if batch.has_facts { "household_roster" } else { "payment_roster" }).await
}

/// A household, or the one member of it whom the register does not know yet.
struct ToWrite<'b> {
    household: &'b RosterHousehold,
    only: Option<usize>,
}

/// What the register has to take of a household. Where it knows some of the members and the roster has no facts, the
/// others come in by themselves: the roster cannot say that the register's household has lost its other members.
fn to_write<'b>(importing: &Importing<'_>, household: &'b RosterHousehold, has_facts: bool) -> Vec<ToWrite<'b>> {
    if has_facts {
        return vec![ToWrite { household, only: None }];
    }
    let unknown: Vec<usize> = (0..household.members.len())
        .filter(|&at| importing.household_of(household.members[at].id.as_str()).is_none())
        .collect();
    if unknown.len() == household.members.len() {
        return vec![ToWrite { household, only: None }];
    }
    unknown.into_iter().map(|at| ToWrite { household, only: Some(at) }).collect()
}

impl ToWrite<'_> {
    fn written(&self, store: &Store, form: &OneForm, note: &ImportNote<'_>) -> HouseholdIn {
        let ToWrite { household, only } = self;
        let kept = |at: usize| only.is_none_or(|only| only == at);
        let members: Vec<&RosterPerson> =
            household.members.iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, person)| person).collect();
        let rows = household.facts.members.iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, row)| row.clone());
        let facts =
            Facts { area: household.area, household: household.facts.household.clone(), members: rows.collect() };
        let number = match (only, &household.number) {
            (None, Some(number)) => number.to_string(),
            _ => number_of_person(store, members[0]),
        };
        HouseholdIn {
            village: household.area,
            bureau_no: number,
            address: household.address.as_deref().unwrap_or_default().to_owned(),
            members: members.iter().zip(&facts.members).map(|(person, row)| member(form, person, row)).collect(),
            facts: form.facts_to_json(&facts).to_string(),
            true_from: note.as_of,
            source: "花名册".to_owned(),
        }
    }
}

fn member(form: &OneForm, person: &RosterPerson, facts: &FactRow) -> PersonIn {
    let relation = form.fact("关系").and_then(|id| Some(form.show_value(id, &facts.value(id)?)));
    PersonIn {
        name: person.name.as_str().to_owned(),
        name_key: person.name.key(),
        id_number: person.id.as_str().to_owned(),
        birth_on: person.id.birth().expect("a checked ID number holds a day of birth"),
        relation: relation.unwrap_or_default(),
        phone: person.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned()),
        is_invented: person.id.is_invented(),
    }
}

fn awarded(person: &RosterPerson, award: &RosterAward, note: &ImportNote<'_>) -> AwardIn {
    AwardIn {
        id_number: person.id.as_str().to_owned(),
        programme: award.programme.to_owned(),
        amount: award.amount,
        from: award.since.unwrap_or(note.first_month),
        account: AccountIn {
            holder: award.holder.to_string(),
            number: award.account.as_ref().map_or_else(String::new, |account| account.as_str().to_owned()),
            bank: award.bank.as_deref().unwrap_or_default().to_owned(),
        },
    }
}

/// The number of a household that has none: made of its first person's, and tells nothing of it.
fn number_of_person(store: &Store, person: &RosterPerson) -> String {
    let mut hash = store.id_hash(person.id.as_str());
    hash.truncate(HASH_CHARS);
    format!("自编{hash}")
}

/// Sixteen hexadecimal characters: no two of a million households meet.
const HASH_CHARS: usize = 16;
