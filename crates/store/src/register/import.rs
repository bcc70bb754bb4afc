//! Bulk import: one transaction for a whole file; the same file a second time changes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};
use values::{AreaCode, Fen, HouseholdId, PersonId};

use super::account::account_digest;
use super::known::{Known, KnownHousehold, OnFile, SeenAward, digest_of, facts_digest, household_digest};
use super::tables::{Tables, write_identities};
use super::{AwardIn, HouseholdIn, ImportCounts, PersonIn};
use crate::audit::{self, Pile, RowDigest};
use crate::rows::Cell;
use crate::{Hand, Store, StoreError};

/// An import under way. Dropped without [`Importing::finish`], it leaves nothing.
pub struct Importing<'a> {
    tx: Transaction<'a, Any>,
    store: &'a Store,
    hand: Hand,
    unix_ms: i64,
    /// Digest of the file.
    batch: String,
    /// This run: the same file can be imported again later and write again, when the register has changed in between.
    run: String,
    counts: ImportCounts,
    rows: Tables,
    /// Persons not seen before, written in order of their hash: in the file's order each would land on another page.
    identities: Vec<([u8; 32], AreaCode, PersonId)>,
    /// ID hash → where the person stands.
    known: HashMap<[u8; 32], Known>,
    /// (village, bureau number) digest → household and its digest.
    households: HashMap<[u8; 32], KnownHousehold>,
    /// Awards by person and programme.
    seen_awards: HashMap<(i64, String), Vec<SeenAward>>,
    /// Persons with an account on file.
    accounts: HashSet<i64>,
    /// Persons and households of this file, to find who stands in it twice.
    listed: HashSet<[u8; 32]>,
    written: BTreeMap<String, Written>,
}

/// What was written for a county: one audit row each.
#[derive(Default)]
struct Written {
    facts: Pile,
    awards: (RowDigest, u64),
    accounts: Pile,
}

impl Store {
    /// The digest under which an ID number is found again; keyed with this database's salt.
    pub fn id_hash(&self, id_number: &str) -> String {
        hex::encode(self.id_hash_bytes(id_number))
    }

    pub(crate) fn id_hash_bytes(&self, id_number: &str) -> [u8; 32] {
        let mut sha = Sha256::new();
        sha.update(self.salt().as_bytes());
        sha.update(id_number.as_bytes());
        sha.finalize().into()
    }

    /// Begins an import. `batch` is the digest of the file's content: the name under which the import is known.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn begin_import(&self, hand: Hand, unix_ms: i64, batch: &str) -> Result<Importing<'_>, StoreError> {
        let mut tx = self.begin().await?;
        let known = OnFile::whole(&mut tx).await?;
        Ok(Importing::over(self, tx, known, hand, unix_ms, batch))
    }
}

impl<'a> Importing<'a> {
    /// An import that finds on file what `known` holds.
    pub(super) fn over(
        store: &'a Store,
        tx: Transaction<'a, Any>,
        known: OnFile,
        hand: Hand,
        unix_ms: i64,
        batch: &str,
    ) -> Importing<'a> {
        Importing {
            tx,
            store,
            hand,
            unix_ms,
            batch: batch.to_owned(),
            run: store.next_id(unix_ms).to_string(),
            counts: ImportCounts::default(),
            rows: Tables::new(),
            identities: Vec::new(),
            known: known.persons,
            households: known.households,
            seen_awards: known.awards,
            accounts: known.accounts,
            listed: HashSet::new(),
            written: BTreeMap::new(),
        }
    }
}

impl Importing<'_> {
    /// Where the person of that ID number lives, when the register knows them.
    pub fn household_of(&self, id_number: &str) -> Option<(AreaCode, HouseholdId)> {
        self.known.get(&self.store.id_hash_bytes(id_number)).map(|known| (known.village, known.household))
    }

    /// Fen a month that the person of that ID number draws of a programme by an award without an end.
    pub fn drawn_by(&self, id_number: &str, programme: &str) -> Option<Fen> {
        let person = self.known.get(&self.store.id_hash_bytes(id_number))?.person;
        let seen = self.seen_awards.get(&(person.0, programme.to_owned()))?;
        seen.iter().find(|award| award.is_open).map(|award| award.amount)
    }

    /// Adds or renews a household with its members and facts.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn household(&mut self, household: &HouseholdIn) -> Result<(), StoreError> {
        let key = digest_of([household.village.as_str(), &household.bureau_no]);
        self.list(key, household)?;
        let digest = household_digest(household);
        let before = self.households.get(&key).cloned();
        match &before {
            Some(known) if known.digest == digest => {
                self.counts.households_unchanged += 1;
                return Ok(());
            }
            Some(_) => self.counts.households_changed += 1,
            None => self.counts.households_new += 1,
        }
        let id = before.as_ref().map_or_else(|| HouseholdId(self.store.next_id(self.unix_ms)), |known| known.household);
        let version = before.map_or(1, |known| known.version + 1);
        self.households.insert(key, KnownHousehold { household: id, digest, version });
        let county = household.village.county();
        if version > 1 {
            self.leave(county, id).await?;
        }
        let mut head = PersonId(0);
        for (position, person) in household.members.iter().enumerate() {
            let member = self.person(person, county, household.village, id, position).await?;
            if position == 0 {
                head = member;
            }
        }
        self.household_rows(household, id, head, version, &digest).await?;
        let written = self.written.entry(county.to_string()).or_default();
        written.facts.add(id.0, version, facts_digest(household));
        Ok(())
    }

    /// A household stands in a file once, and so does each person.
    fn list(&mut self, key: [u8; 32], household: &HouseholdIn) -> Result<(), StoreError> {
        if !self.listed.insert(key) {
            return Err(StoreError::Twice("名册里同一户（村居和户编号相同）出现了两次，请合并后再导入"));
        }
        for person in &household.members {
            if !self.listed.insert(self.store.id_hash_bytes(&person.id_number)) {
                return Err(StoreError::Twice("名册里有人同时列在两处（身份证号相同），请核对后再导入"));
            }
        }
        Ok(())
    }

    /// Before a household's members are written anew: who is not among them any more is no member.
    async fn leave(&mut self, county: AreaCode, household: HouseholdId) -> Result<(), StoreError> {
        sqlx::query("UPDATE person SET position = -1 WHERE county = $1 AND household = $2")
            .bind(county.to_string())
            .bind(household.0)
            .execute(&mut *self.tx)
            .await
            .map_err(StoreError::database("更新家庭成员"))?;
        Ok(())
    }

    /// A person who is listed in another county now moves there, unless money runs for them where they were.
    async fn move_here(&mut self, hash: &str, known: Known, county: AreaCode) -> Result<(), StoreError> {
        let failed = |cause| StoreError::Database { doing: "迁移人员档案", cause };
        let sql = "SELECT COUNT(*) FROM award WHERE county = $1 AND person = $2 AND until_month IS NULL";
        let running = sqlx::query(sql)
            .bind(known.county.to_string())
            .bind(known.person.0)
            .fetch_one(&mut *self.tx)
            .await
            .map_err(failed)?;
        if running.get::<i64, _>(0) > 0 {
            return Err(StoreError::Twice("名册里有人在另一个县（市、区）还有待遇在发，请先在那边停发再导入"));
        }
        sqlx::query("DELETE FROM person WHERE county = $1 AND person = $2")
            .bind(known.county.to_string())
            .bind(known.person.0)
            .execute(&mut *self.tx)
            .await
            .map_err(failed)?;
        sqlx::query("UPDATE identity SET county = $1 WHERE id_hash = $2")
            .bind(county.to_string())
            .bind(hash)
            .execute(&mut *self.tx)
            .await
            .map_err(failed)?;
        Ok(())
    }

    async fn household_rows(
        &mut self,
        household: &HouseholdIn,
        id: HouseholdId,
        head: PersonId,
        version: i64,
        digest: &[u8; 32],
    ) -> Result<(), StoreError> {
        let county = Cell::from(household.village.county().as_str());
        let digest = hex::encode(digest);
        let row = [
            county.clone(),
            id.0.into(),
            household.village.as_str().into(),
            household.bureau_no.as_str().into(),
            head.0.into(),
            household.address.as_str().into(),
            digest.as_str().into(),
        ];
        self.rows.household.add(&mut self.tx, row).await?;
        let facts = [
            county,
            id.0.into(),
            version.into(),
            household.true_from.to_string().into(),
            self.hand.at.as_str().into(),
            household.source.as_str().into(),
            household.facts.as_str().into(),
            digest.into(),
            self.run.as_str().into(),
        ];
        self.rows.facts.add(&mut self.tx, facts).await
    }

    async fn person(
        &mut self,
        person: &PersonIn,
        county: AreaCode,
        village: AreaCode,
        household: HouseholdId,
        position: usize,
    ) -> Result<PersonId, StoreError> {
        let hash = self.store.id_hash_bytes(&person.id_number);
        let hash_text = hex::encode(hash);
        let id = match self.known.get(&hash).copied() {
            Some(known) => {
                if known.county != county {
                    self.move_here(&hash_text, known, county).await?;
                }
                known.person
            }
            None => {
                let id = PersonId(self.store.next_id(self.unix_ms));
                self.counts.persons_new += 1;
                self.identities.push((hash, county, id));
                id
            }
        };
        self.known.insert(hash, Known { county, person: id, household, village });
        let tail = &person.id_number[person.id_number.len().saturating_sub(4)..];
        let row = [
            county.as_str().into(),
            id.0.into(),
            household.0.into(),
            i64::try_from(position).expect("few members").into(),
            village.as_str().into(),
            person.name.as_str().into(),
            person.name_key.as_str().into(),
            person.id_number.as_str().into(),
            hash_text.into(),
            tail.into(),
            person.birth_on.to_string().into(),
            person.relation.as_str().into(),
            person.phone.as_str().into(),
            i64::from(person.is_invented).into(),
        ];
        self.rows.person.add(&mut self.tx, row).await?;
        Ok(id)
    }

    /// Adds an award of a person whom the register (or this import) knows; an award already there changes nothing.
    ///
    /// # Errors
    /// The person is not known; the database cannot be written to.
    pub async fn award(&mut self, award: &AwardIn) -> Result<(), StoreError> {
        let known = *self
            .known
            .get(&self.store.id_hash_bytes(&award.id_number))
            .ok_or(StoreError::NotFound("待遇名单里的人，请先导入家庭档案"))?;
        let from = award.from.to_string();
        let seen = self.seen_awards.entry((known.person.0, award.programme.clone())).or_default();
        if let Some(before) = seen.iter().find(|before| before.from == from) {
            let is_same = before.amount == award.amount;
            *(if is_same { &mut self.counts.awards_unchanged } else { &mut self.counts.awards_differing }) += 1;
            return Ok(());
        }
        seen.push(SeenAward { from: from.clone(), amount: award.amount, is_open: true });
        self.counts.awards_new += 1;
        let id = self.store.next_id(self.unix_ms);
        let county = known.county.to_string();
        let (digest, count) = &mut self.written.entry(county.clone()).or_default().awards;
        digest.award([id, known.person.0, award.amount.fen()], &award.programme, &from);
        *count += 1;
        let row = [
            county.as_str().into(),
            id.into(),
            known.household.0.into(),
            known.person.0.into(),
            known.village.as_str().into(),
            award.programme.as_str().into(),
            award.amount.fen().into(),
            from.into(),
            self.run.as_str().into(),
        ];
        self.rows.award.add(&mut self.tx, row).await?;
        self.account(&county, known.person, award).await
    }

    async fn account(&mut self, county: &str, person: PersonId, award: &AwardIn) -> Result<(), StoreError> {
        if !self.accounts.insert(person.0) {
            return Ok(());
        }
        let account = &award.account;
        let by = self.hand.by.as_str();
        let written = self.written.entry(county.to_owned()).or_default();
        written.accounts.add(person.0, 1, account_digest(account, by, by));
        let row = [
            county.into(),
            person.0.into(),
            1.into(),
            account.holder.as_str().into(),
            account.number.as_str().into(),
            account.bank.as_str().into(),
            0.into(),
        ];
        self.rows.account.add(&mut self.tx, row).await?;
        let row = [
            county.into(),
            person.0.into(),
            1.into(),
            account.holder.as_str().into(),
            account.number.as_str().into(),
            account.bank.as_str().into(),
            by.into(),
            by.into(),
            self.hand.at.as_str().into(),
            self.run.as_str().into(),
        ];
        self.rows.history.add(&mut self.tx, row).await
    }

    /// Makes the whole import true at once. `name` and `kind` describe the file.
    ///
    /// # Errors
    /// The database could not keep it; nothing was written.
    pub async fn finish(mut self, name: &str, kind: &str) -> Result<ImportCounts, StoreError> {
        write_identities(&mut self.tx, self.identities).await?;
        let Tables { person, household, facts, account, history, award } = self.rows;
        for rows in [person, household, facts, award, account, history] {
            rows.finish(&mut self.tx).await?;
        }
        let outcome = serde_json::to_string(&self.counts).expect("counts are plain");
        for (county, written) in self.written {
            let Written { facts, awards: (awards, award_count), accounts } = written;
            let piles = [
                ("facts", facts.count(), facts.finish()),
                ("awards", usize::try_from(award_count).expect("counted in memory"), awards.finish()),
                ("accounts", accounts.count(), accounts.finish()),
            ];
            for (what, count, digest) in piles.into_iter().filter(|(_, count, _)| *count > 0) {
                let subject = format!("{what}:{}:{count}:{}", self.run, self.batch);
                audit::add(&mut self.tx, &county, &self.hand, "import", &subject, &digest).await?;
            }
        }
        sqlx::query(
            "INSERT INTO import_batch (digest, name, kind, at, by_whom, outcome) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (digest) DO NOTHING",
        )
        .bind(&self.batch)
        .bind(name)
        .bind(kind)
        .bind(&self.hand.at)
        .bind(&self.hand.by)
        .bind(outcome)
        .execute(&mut *self.tx)
        .await
        .map_err(StoreError::database("登记导入批次"))?;
        self.tx.commit().await.map_err(StoreError::database("写入导入的数据"))?;
        Ok(self.counts)
    }
}
