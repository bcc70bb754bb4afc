//! Bulk import: one transaction for a whole file; the same file a second time changes nothing.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};
use values::{AreaCode, Fen, HouseholdId, PersonId};

use super::{AwardIn, HouseholdIn, PersonIn};
use crate::audit::{self, RowDigest};
use crate::rows::{Cell, Rows};
use crate::{Hand, Store, StoreError};

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
}

/// An import under way. Dropped without [`Importing::finish`], it leaves nothing.
pub struct Importing<'a> {
    tx: Transaction<'a, Any>,
    store: &'a Store,
    hand: Hand,
    unix_ms: i64,
    batch: String,
    counts: ImportCounts,
    rows: Tables,
    /// ID hash → where the person stands.
    known: HashMap<[u8; 32], Known>,
    /// (village, bureau number) digest → household and its digest.
    households: HashMap<[u8; 32], KnownHousehold>,
    /// Awards by person and programme.
    seen_awards: HashMap<(i64, String), Vec<SeenAward>>,
    awards: HashMap<String, (RowDigest, u64)>,
    touched: HashMap<String, u64>,
}

#[derive(Clone, Copy)]
struct Known {
    county: AreaCode,
    person: PersonId,
    household: HouseholdId,
    village: AreaCode,
}

#[derive(Clone)]
struct KnownHousehold {
    household: HouseholdId,
    digest: [u8; 32],
    version: i64,
}

struct SeenAward {
    from: String,
    amount: Fen,
    is_open: bool,
}

struct Tables {
    identity: Rows,
    person: Rows,
    household: Rows,
    facts: Rows,
    account: Rows,
    history: Rows,
    award: Rows,
}

impl Tables {
    fn new() -> Tables {
        Tables {
            identity: Rows::new("INSERT INTO identity (id_hash, county, person)", 3, ""),
            person: Rows::new(
                "INSERT INTO person (county, person, household, position, village, name, name_key, id_number, id_hash, id_tail, birth_on, relation, phone, is_invented)",
                14,
                "ON CONFLICT (county, person) DO UPDATE SET household = excluded.household, position = excluded.position, village = excluded.village, name = excluded.name, name_key = excluded.name_key, relation = excluded.relation, phone = excluded.phone",
            ),
            household: Rows::new(
                "INSERT INTO household (county, household, village, bureau_no, head, address, digest)",
                7,
                "ON CONFLICT (county, household) DO UPDATE SET head = excluded.head, address = excluded.address, digest = excluded.digest",
            ),
            facts: Rows::new(
                "INSERT INTO household_facts (county, household, version, true_from, recorded_at, source, facts, digest)",
                8,
                "",
            ),
            account: Rows::new(
                "INSERT INTO account (county, person, version, holder, number, bank, is_frozen)",
                7,
                "ON CONFLICT (county, person) DO NOTHING",
            ),
            history: Rows::new(
                "INSERT INTO account_history (county, person, version, holder, number, bank, entered_by, verified_by, at)",
                9,
                "ON CONFLICT (county, person, version) DO NOTHING",
            ),
            award: Rows::new(
                "INSERT INTO award (county, award, household, person, village, programme, amount, from_month, until_month, case_id, batch)",
                11,
                "",
            ),
        }
    }
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
        let (mut known, mut households, mut seen_awards) = (HashMap::new(), HashMap::new(), HashMap::new());
        for county in known_counties(&mut tx).await? {
            known_persons(&mut tx, &county, &mut known).await?;
            known_households(&mut tx, &county, &mut households).await?;
            known_awards(&mut tx, &county, &mut seen_awards).await?;
        }
        Ok(Importing {
            tx,
            store: self,
            hand,
            unix_ms,
            batch: batch.to_owned(),
            counts: ImportCounts::default(),
            rows: Tables::new(),
            known,
            households,
            seen_awards,
            awards: HashMap::new(),
            touched: HashMap::new(),
        })
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
        let mut head = PersonId(0);
        for (position, person) in household.members.iter().enumerate() {
            let member = self.person(person, county, household.village, id, position).await?;
            if position == 0 {
                head = member;
            }
        }
        self.household_rows(household, id, head, version, &digest).await?;
        *self.touched.entry(county.to_string()).or_default() += 1;
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
        let id = match self.known.get(&hash) {
            Some(known) => known.person,
            None => {
                let id = PersonId(self.store.next_id(self.unix_ms));
                self.counts.persons_new += 1;
                self.rows
                    .identity
                    .add(&mut self.tx, [hash_text.as_str().into(), county.as_str().into(), id.0.into()])
                    .await?;
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
        if seen.iter().any(|before| before.from == from) {
            self.counts.awards_unchanged += 1;
            return Ok(());
        }
        seen.push(SeenAward { from: from.clone(), amount: award.amount, is_open: true });
        self.counts.awards_new += 1;
        let id = self.store.next_id(self.unix_ms);
        let county = known.county.to_string();
        let (digest, count) = self.awards.entry(county.clone()).or_default();
        for number in [id, known.person.0, award.amount.fen()] {
            digest.number(number);
        }
        digest.field(&award.programme);
        digest.field(&from);
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
            Cell::NoText,
            Cell::NoNumber,
            self.batch.as_str().into(),
        ];
        self.rows.award.add(&mut self.tx, row).await?;
        self.account(&county, known.person, award).await
    }

    async fn account(&mut self, county: &str, person: PersonId, award: &AwardIn) -> Result<(), StoreError> {
        let account = &award.account;
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
        let by = &self.hand.by;
        let row = [
            county.into(),
            person.0.into(),
            1.into(),
            account.holder.as_str().into(),
            account.number.as_str().into(),
            account.bank.as_str().into(),
            by.as_str().into(),
            by.as_str().into(),
            self.hand.at.as_str().into(),
        ];
        self.rows.history.add(&mut self.tx, row).await
    }

    /// Makes the whole import true at once. `name` and `kind` describe the file.
    ///
    /// # Errors
    /// The database could not keep it; nothing was written.
    pub async fn finish(mut self, name: &str, kind: &str) -> Result<ImportCounts, StoreError> {
        let Tables { identity, person, household, facts, account, history, award } = self.rows;
        for rows in [identity, person, household, facts, award, account, history] {
            rows.finish(&mut self.tx).await?;
        }
        let outcome = serde_json::to_string(&self.counts).expect("counts are plain");
        for (county, (digest, count)) in self.awards {
            let subject = format!("awards:{}:{count}", self.batch);
            audit::add(&mut self.tx, &county, &self.hand, "import_awards", &subject, &digest.finish()).await?;
        }
        for (county, count) in self.touched {
            let subject = format!("households:{}:{count}", self.batch);
            audit::add(&mut self.tx, &county, &self.hand, "import_households", &subject, &self.batch).await?;
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

fn digest_of<'a>(fields: impl IntoIterator<Item = &'a str>) -> [u8; 32] {
    let mut sha = Sha256::new();
    for field in fields {
        sha.update((field.len() as u64).to_be_bytes());
        sha.update(field.as_bytes());
    }
    sha.finalize().into()
}

fn household_digest(household: &HouseholdIn) -> [u8; 32] {
    let members = household
        .members
        .iter()
        .flat_map(|person| [person.name.as_str(), &person.id_number, &person.relation, &person.phone]);
    digest_of([household.address.as_str(), &household.facts].into_iter().chain(members))
}

/// Counties of the register: what is known is read county by county, so that never a whole city's rows stand in memory.
async fn known_counties(tx: &mut Transaction<'_, Any>) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query("SELECT DISTINCT county FROM household").fetch_all(&mut **tx).await;
    Ok(rows.map_err(StoreError::database("读登记簿"))?.iter().map(|row| row.get(0)).collect())
}

async fn known_persons(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    known: &mut HashMap<[u8; 32], Known>,
) -> Result<(), StoreError> {
    let sql = "SELECT id_hash, person, household, village FROM person WHERE county = $1";
    let rows = sqlx::query(sql).bind(county).fetch_all(&mut **tx).await;
    let county = area(county)?;
    for row in rows.map_err(StoreError::database("读登记簿"))? {
        let at = Known {
            county,
            person: PersonId(row.get(1)),
            household: HouseholdId(row.get(2)),
            village: area(&row.get::<String, _>(3))?,
        };
        known.insert(bytes(&row.get::<String, _>(0))?, at);
    }
    Ok(())
}

async fn known_households(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    known: &mut HashMap<[u8; 32], KnownHousehold>,
) -> Result<(), StoreError> {
    let sql = "SELECT h.village, h.bureau_no, h.household, h.digest, \
               (SELECT MAX(f.version) FROM household_facts f WHERE f.county = h.county AND f.household = h.household) \
               FROM household h WHERE h.county = $1";
    let rows = sqlx::query(sql).bind(county).fetch_all(&mut **tx).await;
    for row in rows.map_err(StoreError::database("读登记簿"))? {
        let key = digest_of([row.get::<String, _>(0).as_str(), &row.get::<String, _>(1)]);
        let at = KnownHousehold {
            household: HouseholdId(row.get(2)),
            digest: bytes(&row.get::<String, _>(3))?,
            version: row.get(4),
        };
        known.insert(key, at);
    }
    Ok(())
}

async fn known_awards(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    known: &mut HashMap<(i64, String), Vec<SeenAward>>,
) -> Result<(), StoreError> {
    let sql = "SELECT person, programme, from_month, amount, until_month FROM award WHERE county = $1";
    let rows = sqlx::query(sql).bind(county).fetch_all(&mut **tx).await;
    for row in rows.map_err(StoreError::database("读待遇台账"))? {
        let is_open = row.get::<Option<String>, _>(4).is_none();
        let award = SeenAward { from: row.get(2), amount: Fen::new(row.get(3)), is_open };
        known.entry((row.get(0), row.get(1))).or_default().push(award);
    }
    Ok(())
}

fn area(text: &str) -> Result<AreaCode, StoreError> {
    text.parse().map_err(|_| StoreError::unreadable("区划代码")("不是十二位数字".into()))
}

fn bytes(text: &str) -> Result<[u8; 32], StoreError> {
    let mut all = [0; 32];
    hex::decode_to_slice(text, &mut all).map_err(|_| StoreError::unreadable("摘要")("不是十六进制".into()))?;
    Ok(all)
}
