//! A roster into the register: whole or not at all; the same roster a second time changes nothing.
//!
//! A roster with columns of facts renews households. One of names and money adds households only of people the register has
//! never heard of, and never touches facts that are there.

use law::form::OneForm;
use store::register::{AccountIn, AwardIn, HouseholdIn, ImportCounts, Importing, PersonIn};
use store::{Hand, Store, StoreError};
use values::{Day, HouseholdId, Month};

use super::batch::{RosterAward, RosterBatch, RosterHousehold};
use crate::findings::Findings;

/// What an import stands on.
pub struct ImportContext<'a> {
    /// 一张表, by which facts are written.
    pub form: &'a OneForm,
    /// The register.
    pub store: &'a Store,
    /// Who imports, and when.
    pub hand: Hand,
    /// The same moment in milliseconds since 1970: ids are made from it.
    pub unix_ms: i64,
    /// The day the roster is from.
    pub on: Day,
    /// First month of benefits whose row does not say.
    pub month: Month,
    /// The file's name, for the list of imports.
    pub name: &'a str,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// New, changed, unchanged.
    pub counts: ImportCounts,
    /// What a person should look at.
    pub findings: Findings,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportRefusal {
    /// The roster contradicts the register.
    #[error("花名册与登记簿有 {} 处对不上，没有导入；第一处：{}", .0.error_count, .0.errors.first().map(ToString::to_string).unwrap_or_default())]
    Contradicts(Box<Findings>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RosterBatch {
    /// Imports the batch. `digest` is the file's.
    ///
    /// # Errors
    /// [`ImportRefusal`]; the register is then as it was.
    pub async fn import(&self, digest: &[u8; 32], context: ImportContext<'_>) -> Result<Imported, ImportRefusal> {
        let batch = hex::encode(digest);
        let importing = context.store.begin_import(context.hand.clone(), context.unix_ms, &batch).await?;
        let mut work = Work {
            batch: self,
            context: &context,
            importing,
            findings: Findings::default(),
            awards_unchanged: 0,
            households_unchanged: 0,
        };
        for household in &self.households {
            work.household(household).await?;
        }
        if work.findings.is_clean() {
            for award in &self.awards {
                work.award(award).await?;
            }
        }
        let Work { importing, mut findings, awards_unchanged, households_unchanged, .. } = work;
        if !findings.is_clean() {
            findings.sort();
            return Err(ImportRefusal::Contradicts(Box::new(findings)));
        }
        let kind = if self.awards.is_empty() { "archive" } else { "roster" };
        let mut counts = importing.finish(context.name, kind).await?;
        counts.awards_unchanged += awards_unchanged;
        counts.households_unchanged += households_unchanged;
        Ok(Imported { counts, findings })
    }
}

struct Work<'a> {
    batch: &'a RosterBatch,
    context: &'a ImportContext<'a>,
    importing: Importing<'a>,
    findings: Findings,
    awards_unchanged: u64,
    households_unchanged: u64,
}

impl Work<'_> {
    async fn household(&mut self, household: &RosterHousehold) -> Result<(), StoreError> {
        let known: Vec<Option<_>> =
            household.members.iter().map(|person| self.importing.household_of(person.id.as_str())).collect();
        let homes: Vec<HouseholdId> = known.iter().flatten().map(|(_, home)| *home).collect();
        if homes.windows(2).any(|pair| pair[0] != pair[1]) {
            let row = household.members[0].row;
            self.findings.error(row, "", "这一户的人在登记簿里分在几户；请先在系统里办理合户或分户，再导入");
            return Ok(());
        }
        if self.batch.has_facts {
            for (person, place) in household.members.iter().zip(&known) {
                if place.is_some_and(|(village, _)| village != household.area) {
                    let what = "这个人在登记簿里登记在别的村（居）；请先在系统里办理迁移，再导入";
                    self.findings.error(person.row, "", what);
                    return Ok(());
                }
            }
        } else if let Some(stranger) = household.members.iter().zip(&known).find(|(_, place)| place.is_none()) {
            if !homes.is_empty() {
                let what = "登记簿里有这一户，但没有这个人；请先把他写进家庭档案导入，再导入花名册";
                self.findings.error(stranger.0.row, "", what);
                return Ok(());
            }
        } else {
            self.households_unchanged += 1;
            return Ok(());
        }
        let prepared = self.prepared(household);
        self.importing.household(&prepared).await
    }

    fn prepared(&self, household: &RosterHousehold) -> HouseholdIn {
        let form = self.context.form;
        let relation = form.fact("关系");
        let members = household.members.iter().zip(&household.facts.members).map(|(person, facts)| PersonIn {
            name: person.name.as_str().to_owned(),
            name_key: person.name.key(),
            id_number: person.id.as_str().to_owned(),
            birth_on: person.id.birth().expect("an ID number that was read says a birthday"),
            relation: relation.and_then(|id| Some(form.show_value(id, &facts.value(id)?))).unwrap_or_default(),
            phone: person.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned()),
            is_invented: person.id.is_invented(),
        });
        HouseholdIn {
            village: household.area,
            bureau_no: match &household.number {
                Some(number) => number.to_string(),
                // nobody gave a number: the head's own, by which a second import finds the household again
                None => format!("~{}", &self.context.store.id_hash(household.members[0].id.as_str())[..24]),
            },
            address: household.address.as_deref().unwrap_or_default().to_owned(),
            members: members.collect(),
            facts: form.facts_to_text(&household.facts),
            true_from: self.context.on,
            source: "花名册".to_owned(),
        }
    }

    async fn award(&mut self, award: &RosterAward) -> Result<(), StoreError> {
        let person = &self.batch.households[award.household].members[award.member];
        if let Some(amount) = self.importing.drawn_by(person.id.as_str(), award.programme) {
            self.awards_unchanged += 1;
            if amount != award.amount {
                self.findings.warn(award.row, "登记簿里已有这项待遇，金额与花名册不同；没有改动，请在系统里办理复核");
            }
            return Ok(());
        }
        let account = AccountIn {
            holder: award.holder.to_string(),
            number: award.account.as_ref().map_or_else(String::new, |account| account.as_str().to_owned()),
            bank: award.bank.as_deref().unwrap_or_default().to_owned(),
        };
        let award = AwardIn {
            id_number: person.id.as_str().to_owned(),
            programme: award.programme.to_owned(),
            amount: award.amount,
            from: award.since.unwrap_or(self.context.month),
            account,
        };
        self.importing.award(&award).await
    }
}
