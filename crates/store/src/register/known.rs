//! What the register knows already when an import begins, read page by page.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};
use values::{AreaCode, Fen, HouseholdId, PersonId};

use super::HouseholdIn;
use crate::{StoreError, audit};

/// Where a person stands.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) county: AreaCode,
    pub(super) person: PersonId,
    pub(super) household: HouseholdId,
    pub(super) village: AreaCode,
}

/// A household, by its digest.
#[derive(Clone)]
pub(super) struct KnownHousehold {
    pub(super) household: HouseholdId,
    pub(super) digest: [u8; 32],
    pub(super) version: i64,
}

/// An award on file, or written by this import.
pub(super) struct SeenAward {
    pub(super) from: String,
    pub(super) amount: Fen,
    pub(super) is_open: bool,
}

/// What an import finds on file.
#[derive(Default)]
pub(super) struct OnFile {
    /// By ID hash.
    pub(super) persons: HashMap<[u8; 32], Known>,
    /// By the digest of village and bureau number.
    pub(super) households: HashMap<[u8; 32], KnownHousehold>,
    /// By person and programme.
    pub(super) awards: HashMap<(i64, String), Vec<SeenAward>>,
    /// Persons with an account.
    pub(super) accounts: HashSet<i64>,
}

impl OnFile {
    /// The whole register.
    pub(super) async fn whole(tx: &mut Transaction<'_, Any>) -> Result<OnFile, StoreError> {
        Ok(OnFile {
            persons: known_persons(tx).await?,
            households: known_households(tx).await?,
            awards: known_awards(tx).await?,
            accounts: known_accounts(tx).await?,
        })
    }

    /// One household and where its members, by the hashes of their ID numbers, stand now; enough to write a household, not an award.
    pub(super) async fn of_household(
        tx: &mut Transaction<'_, Any>,
        household: &HouseholdIn,
        members: &[[u8; 32]],
    ) -> Result<OnFile, StoreError> {
        let failed = StoreError::database("读这户人家的档案");
        let row = sqlx::query(
            "SELECT h.household, h.digest, \
             (SELECT MAX(f.version) FROM household_facts f WHERE f.county = h.county AND f.household = h.household) \
             FROM household h WHERE h.county = $1 AND h.village = $2 AND h.bureau_no = $3",
        )
        .bind(household.village.county().as_str())
        .bind(household.village.as_str())
        .bind(&household.bureau_no)
        .fetch_optional(&mut **tx)
        .await
        .map_err(failed)?;
        let mut on_file = OnFile::default();
        if let Some(row) = row {
            let key = digest_of([household.village.as_str(), &household.bureau_no]);
            let digest = bytes(&row.get::<String, _>(1))?;
            let known = KnownHousehold { household: HouseholdId(row.get(0)), digest, version: row.get(2) };
            on_file.households.insert(key, known);
        }
        for hash in members {
            on_file.persons.extend(known_person(tx, hash).await?.map(|known| (*hash, known)));
        }
        Ok(on_file)
    }
}

async fn known_person(tx: &mut Transaction<'_, Any>, hash: &[u8; 32]) -> Result<Option<Known>, StoreError> {
    let row = sqlx::query(
        "SELECT p.county, p.person, p.household, p.village FROM identity i \
         JOIN person p ON p.county = i.county AND p.person = i.person WHERE i.id_hash = $1",
    )
    .bind(hex::encode(hash))
    .fetch_optional(&mut **tx)
    .await
    .map_err(StoreError::database("读登记簿"))?;
    let known = |row: &AnyRow| {
        Ok(Known {
            county: super::area(row, 0)?,
            person: PersonId(row.get(1)),
            household: HouseholdId(row.get(2)),
            village: super::area(row, 3)?,
        })
    };
    row.as_ref().map(known).transpose()
}

/// Rows that are held at once while reading.
const PAGE: i64 = 10_000;

pub(super) fn digest_of<'a>(fields: impl IntoIterator<Item = &'a str>) -> [u8; 32] {
    let mut sha = Sha256::new();
    for field in fields {
        sha.update((field.len() as u64).to_be_bytes());
        sha.update(field.as_bytes());
    }
    sha.finalize().into()
}

/// Over everything of a household that an import would write.
pub(super) fn household_digest(household: &HouseholdIn) -> [u8; 32] {
    let members = household
        .members
        .iter()
        .flat_map(|person| [person.name.as_str(), &person.id_number, &person.relation, &person.phone]);
    digest_of([household.address.as_str(), &household.facts].into_iter().chain(members))
}

/// What of a version of facts counts in the chain.
pub(super) fn facts_digest(household: &HouseholdIn) -> String {
    audit::digest([household.true_from.to_string().as_str(), &household.source, &household.facts])
}

/// Reads a table page by page in the order of its key, which is the first two columns: county and id. `$1`, `$2` is the key after
/// which a page begins, `$3` how many rows it has.
async fn read_pages(
    tx: &mut Transaction<'_, Any>,
    doing: &'static str,
    sql: &'static str,
    mut take: impl FnMut(&AnyRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut after = (String::new(), 0_i64);
    loop {
        let rows = sqlx::query(sql)
            .bind(after.0)
            .bind(after.1)
            .bind(PAGE)
            .fetch_all(&mut **tx)
            .await
            .map_err(StoreError::database(doing))?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = (last.get(0), last.get(1));
        rows.iter().try_for_each(&mut take)?;
    }
}

async fn known_persons(tx: &mut Transaction<'_, Any>) -> Result<HashMap<[u8; 32], Known>, StoreError> {
    let sql = "SELECT county, person, id_hash, household, village FROM person WHERE (county, person) > ($1, $2) \
               ORDER BY county, person LIMIT $3";
    let mut known = HashMap::new();
    read_pages(tx, "读登记簿", sql, |row| {
        let at = Known {
            county: super::area(row, 0)?,
            person: PersonId(row.get(1)),
            household: HouseholdId(row.get(3)),
            village: super::area(row, 4)?,
        };
        known.insert(bytes(&row.get::<String, _>(2))?, at);
        Ok(())
    })
    .await?;
    Ok(known)
}

async fn known_households(tx: &mut Transaction<'_, Any>) -> Result<HashMap<[u8; 32], KnownHousehold>, StoreError> {
    let sql = "SELECT h.county, h.household, h.village, h.bureau_no, h.digest, \
               (SELECT MAX(f.version) FROM household_facts f WHERE f.county = h.county AND f.household = h.household) \
               FROM household h WHERE (h.county, h.household) > ($1, $2) ORDER BY h.county, h.household LIMIT $3";
    let mut known = HashMap::new();
    read_pages(tx, "读登记簿", sql, |row| {
        let key = digest_of([row.get::<String, _>(2).as_str(), &row.get::<String, _>(3)]);
        let digest = bytes(&row.get::<String, _>(4))?;
        known.insert(key, KnownHousehold { household: HouseholdId(row.get(1)), digest, version: row.get(5) });
        Ok(())
    })
    .await?;
    Ok(known)
}

async fn known_awards(tx: &mut Transaction<'_, Any>) -> Result<HashMap<(i64, String), Vec<SeenAward>>, StoreError> {
    let sql = "SELECT county, award, person, programme, from_month, amount, until_month FROM award \
               WHERE (county, award) > ($1, $2) ORDER BY county, award LIMIT $3";
    let mut known: HashMap<(i64, String), Vec<SeenAward>> = HashMap::new();
    read_pages(tx, "读待遇台账", sql, |row| {
        let is_open = row.get::<Option<String>, _>(6).is_none();
        let award = SeenAward { from: row.get(4), amount: Fen::new(row.get(5)), is_open };
        known.entry((row.get(2), row.get(3))).or_default().push(award);
        Ok(())
    })
    .await?;
    Ok(known)
}

/// Persons with an account on file.
async fn known_accounts(tx: &mut Transaction<'_, Any>) -> Result<HashSet<i64>, StoreError> {
    let rows = sqlx::query("SELECT person FROM account").fetch_all(&mut **tx).await;
    Ok(rows.map_err(StoreError::database("读收款账户"))?.iter().map(|row| row.get(0)).collect())
}

fn bytes(text: &str) -> Result<[u8; 32], StoreError> {
    let mut all = [0; 32];
    hex::decode_to_slice(text, &mut all).map_err(|_| StoreError::unreadable("摘要")("不是十六进制".into()))?;
    Ok(all)
}
