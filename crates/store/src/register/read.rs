//! Reading the register: one household for a page, or all of a county for a determination.

use sqlx::Row;
use sqlx::any::AnyRow;
use values::{AreaCode, AwardId, Day, Fen, HouseholdId, Month, PersonId};

use super::{AccountIn, StoredAward};
use crate::{Store, StoreError};

/// A person for a page. Carries the full ID number; pages mask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// Id.
    pub person: PersonId,
    /// Household.
    pub household: HouseholdId,
    /// Village.
    pub village: AreaCode,
    /// Name as written.
    pub name: String,
    /// ID number.
    pub id_number: String,
    /// Day of birth.
    pub birth_on: Day,
    /// 关系.
    pub relation: String,
    /// Telephone.
    pub phone: String,
}

/// A version of a household's facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactsVersion {
    /// From 1.
    pub version: i64,
    /// The day the facts are from.
    pub true_from: Day,
    /// When they were recorded.
    pub recorded_at: String,
    /// From which file or office.
    pub source: String,
    /// The document of the one form, JSON.
    pub facts: String,
    /// Its digest.
    pub digest: String,
}

/// A household for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdView {
    /// Id.
    pub household: HouseholdId,
    /// Village.
    pub village: AreaCode,
    /// The bureau's number.
    pub bureau_no: String,
    /// Address; personal data.
    pub address: String,
    /// Members, the head first.
    pub members: Vec<PersonView>,
    /// The newest facts.
    pub facts: FactsVersion,
    /// Awards, newest first.
    pub awards: Vec<AwardRow>,
}

/// An award with where it is paid to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardRow {
    /// The award.
    pub award: StoredAward,
    /// The account, when one is known.
    pub account: Option<AccountIn>,
    /// True while a change of account awaits verification.
    pub is_account_frozen: bool,
}

pub(crate) const PERSON: &str =
    "SELECT person, household, village, name, id_number, birth_on, relation, phone FROM person";

impl Store {
    /// A household with members, newest facts and awards.
    ///
    /// # Errors
    /// Not there, or the database cannot be read.
    pub async fn household(&self, county: AreaCode, household: HouseholdId) -> Result<HouseholdView, StoreError> {
        let county = county.county();
        let failed = |cause| StoreError::Database { doing: "读家庭档案", cause };
        let row = sqlx::query("SELECT village, bureau_no, address FROM household WHERE county = $1 AND household = $2")
            .bind(county.as_str())
            .bind(household.0)
            .fetch_optional(self.read())
            .await
            .map_err(failed)?
            .ok_or(StoreError::NotFound("这户家庭"))?;
        Ok(HouseholdView {
            household,
            village: area(&row, 0)?,
            bureau_no: row.get(1),
            address: row.get(2),
            members: self.members(county, household).await?,
            facts: self.newest_facts(county, household).await?,
            awards: self.awards_of(county, household).await?,
        })
    }

    async fn members(&self, county: AreaCode, household: HouseholdId) -> Result<Vec<PersonView>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "{PERSON} WHERE county = $1 AND household = $2 AND position >= 0 ORDER BY position"
        ));
        let rows = sqlx::query(sql).bind(county.as_str()).bind(household.0).fetch_all(self.read()).await;
        rows.map_err(StoreError::database("读家庭成员"))?.iter().map(person_view).collect()
    }

    /// One person.
    ///
    /// # Errors
    /// Not there, or the database cannot be read.
    pub async fn person(&self, county: AreaCode, id: PersonId) -> Result<PersonView, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("{PERSON} WHERE county = $1 AND person = $2"));
        let row = sqlx::query(sql).bind(county.county().as_str()).bind(id.0).fetch_optional(self.read()).await;
        row.map_err(StoreError::database("读人员档案"))?
            .as_ref()
            .map(person_view)
            .ok_or(StoreError::NotFound("这个人"))?
    }

    /// County and id of the person with that ID number.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn find_identity(&self, id_number: &str) -> Result<Option<(AreaCode, PersonId)>, StoreError> {
        let row = sqlx::query("SELECT county, person FROM identity WHERE id_hash = $1")
            .bind(self.id_hash(id_number))
            .fetch_optional(self.read())
            .await
            .map_err(StoreError::database("按身份证号查人"))?;
        row.map(|row| Ok((area(&row, 0)?, PersonId(row.get(1))))).transpose()
    }

    /// The newest facts of a household.
    ///
    /// # Errors
    /// Not there, or the database cannot be read.
    pub async fn newest_facts(&self, county: AreaCode, household: HouseholdId) -> Result<FactsVersion, StoreError> {
        let row = sqlx::query(
            "SELECT version, true_from, recorded_at, source, facts, digest FROM household_facts \
             WHERE county = $1 AND household = $2 ORDER BY version DESC LIMIT 1",
        )
        .bind(county.county().as_str())
        .bind(household.0)
        .fetch_optional(self.read())
        .await
        .map_err(StoreError::database("读家庭事实"))?
        .ok_or(StoreError::NotFound("这户家庭的事实"))?;
        Ok(FactsVersion {
            version: row.get(0),
            true_from: day(&row, 1)?,
            recorded_at: row.get(2),
            source: row.get(3),
            facts: row.get(4),
            digest: row.get(5),
        })
    }

    /// Awards of a household, newest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn awards_of(&self, county: AreaCode, household: HouseholdId) -> Result<Vec<AwardRow>, StoreError> {
        let sql = "SELECT a.award, a.household, a.person, a.village, a.programme, a.amount, a.from_month, a.until_month, \
                   c.holder, c.number, c.bank, c.is_frozen FROM award a \
                   LEFT JOIN account c ON c.county = a.county AND c.person = a.person \
                   WHERE a.county = $1 AND a.household = $2 ORDER BY a.from_month DESC, a.award DESC";
        let rows = sqlx::query(sql).bind(county.county().as_str()).bind(household.0).fetch_all(self.read()).await;
        rows.map_err(StoreError::database("读待遇"))?.iter().map(award_row).collect()
    }

    /// Counties that have households, in order.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn counties(&self) -> Result<Vec<AreaCode>, StoreError> {
        let rows = sqlx::query("SELECT DISTINCT county FROM household ORDER BY county").fetch_all(self.read()).await;
        rows.map_err(StoreError::database("读县区"))?.iter().map(|row| area(row, 0)).collect()
    }

    /// A county's households with their newest facts, `limit` at a time after `after`, in order of id: for determinations in bulk.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn facts_after(
        &self,
        county: AreaCode,
        after: HouseholdId,
        limit: i64,
    ) -> Result<Vec<(HouseholdId, AreaCode, String)>, StoreError> {
        let rows = sqlx::query(
            "SELECT h.household, h.village, f.facts FROM household h \
             JOIN household_facts f ON f.county = h.county AND f.household = h.household AND f.version = \
               (SELECT MAX(g.version) FROM household_facts g WHERE g.county = h.county AND g.household = h.household) \
             WHERE h.county = $1 AND h.household > $2 ORDER BY h.household LIMIT $3",
        )
        .bind(county.county().as_str())
        .bind(after.0)
        .bind(limit)
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读家庭事实"))?;
        rows.iter().map(|row| Ok((HouseholdId(row.get(0)), area(row, 1)?, row.get(2)))).collect()
    }

    /// A county's members by household and position, and their awards: the other half of a bulk determination.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn members_of_county(&self, county: AreaCode) -> Result<Vec<(HouseholdId, PersonId)>, StoreError> {
        let rows = sqlx::query(
            "SELECT household, person FROM person WHERE county = $1 AND position >= 0 ORDER BY household, position",
        )
        .bind(county.county().as_str())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读家庭成员"))?;
        Ok(rows.iter().map(|row| (HouseholdId(row.get(0)), PersonId(row.get(1)))).collect())
    }

    /// All awards of a county, by household.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn awards_of_county(&self, county: AreaCode) -> Result<Vec<StoredAward>, StoreError> {
        let rows = sqlx::query(
            "SELECT award, household, person, village, programme, amount, from_month, until_month FROM award \
             WHERE county = $1 ORDER BY household, award",
        )
        .bind(county.county().as_str())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读待遇台账"))?;
        rows.iter().map(stored_award).collect()
    }

    /// How many persons do not carry an invented ID number; the demo's role switcher refuses when there is one.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn real_persons(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM person WHERE is_invented = 0").fetch_one(self.read()).await;
        Ok(row.map_err(StoreError::database("查看数据是否为演示数据"))?.get(0))
    }

    /// Persons and households in the register.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn register_counts(&self) -> Result<(i64, i64), StoreError> {
        let row = sqlx::query("SELECT (SELECT COUNT(*) FROM person), (SELECT COUNT(*) FROM household)")
            .fetch_one(self.read())
            .await;
        let row = row.map_err(StoreError::database("清点登记簿"))?;
        Ok((row.get(0), row.get(1)))
    }
}

pub(crate) fn area(row: &AnyRow, at: usize) -> Result<AreaCode, StoreError> {
    row.get::<String, _>(at).parse().map_err(|_| StoreError::unreadable("区划代码")("不是十二位数字".into()))
}

pub(crate) fn day(row: &AnyRow, at: usize) -> Result<Day, StoreError> {
    row.get::<String, _>(at).parse().map_err(|_| StoreError::unreadable("日期")("不是日期".into()))
}

pub(crate) fn month(row: &AnyRow, at: usize) -> Result<Month, StoreError> {
    row.get::<String, _>(at).parse().map_err(|_| StoreError::unreadable("月份")("不是月份".into()))
}

pub(crate) fn month_or_none(row: &AnyRow, at: usize) -> Result<Option<Month>, StoreError> {
    let text = row.get::<Option<String>, _>(at);
    text.map(|text| text.parse().map_err(|_| StoreError::unreadable("月份")("不是月份".into()))).transpose()
}

pub(crate) fn person_view(row: &AnyRow) -> Result<PersonView, StoreError> {
    Ok(PersonView {
        person: PersonId(row.get(0)),
        household: HouseholdId(row.get(1)),
        village: area(row, 2)?,
        name: row.get(3),
        id_number: row.get(4),
        birth_on: day(row, 5)?,
        relation: row.get(6),
        phone: row.get(7),
    })
}

fn stored_award(row: &AnyRow) -> Result<StoredAward, StoreError> {
    Ok(StoredAward {
        award: AwardId(row.get(0)),
        household: HouseholdId(row.get(1)),
        person: PersonId(row.get(2)),
        village: area(row, 3)?,
        programme: row.get(4),
        amount: Fen::new(row.get(5)),
        from: month(row, 6)?,
        until: month_or_none(row, 7)?,
    })
}

fn award_row(row: &AnyRow) -> Result<AwardRow, StoreError> {
    let holder: Option<String> = row.get(8);
    let account = holder.map(|holder| AccountIn { holder, number: row.get(9), bank: row.get(10) });
    let is_account_frozen = row.get::<Option<i64>, _>(11).unwrap_or(0) != 0;
    Ok(AwardRow { award: stored_award(row)?, account, is_account_frozen })
}
