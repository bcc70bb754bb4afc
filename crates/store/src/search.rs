//! Finding a person by name, ID tail or whole number, and a case by its number.

use sqlx::Row;
use values::{AreaCode, HouseholdId, PersonId};

use crate::apply::{CASE_ROW, CaseRow, case_row};
use crate::register::{PersonView, area, day};
use crate::rows::range;
use crate::{Store, StoreError};

/// What was typed, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// The folded beginning of a name.
    Name(String),
    /// The last four of an ID number.
    IdTail(String),
    /// A whole ID number.
    IdNumber(String),
    /// A case number or its beginning.
    CaseNumber(String),
}

/// Where the last page ended: village and person of its last row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// Folded name of the last row.
    pub name_key: String,
    /// Village of the last row.
    pub village: AreaCode,
    /// Person of the last row.
    pub person: PersonId,
}

const COLUMNS: &str = "SELECT person, household, village, name, id_number, birth_on, relation, phone FROM person";

impl Store {
    /// Persons within an area, `limit` at a time, in order of name, village and id.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn search_persons(
        &self,
        query: &Query,
        within: AreaCode,
        after: Option<&After>,
        limit: i64,
    ) -> Result<Vec<PersonView>, StoreError> {
        let (from, until) = range(within);
        let (name, village, person) = match after {
            Some(after) => (after.name_key.clone(), after.village.to_string(), after.person.0),
            None => (String::new(), String::new(), 0),
        };
        let later = "(name_key > $5 OR (name_key = $5 AND (village > $6 OR (village = $6 AND person > $7))))";
        let (condition, wanted, end) = match query {
            Query::Name(key) => ("name_key >= $1 AND name_key < $2", key.clone(), format!("{key}\u{10ffff}")),
            Query::IdTail(tail) => ("id_tail = $1 AND id_tail <= $2", tail.clone(), tail.clone()),
            Query::IdNumber(number) => {
                let hash = self.id_hash(number);
                let sql = "person IN (SELECT person FROM identity WHERE id_hash = $1) AND $2 = $2";
                (sql, hash, String::new())
            }
            Query::CaseNumber(_) => return Ok(Vec::new()),
        };
        let sql = sqlx::AssertSqlSafe(format!(
            "{COLUMNS} WHERE {condition} AND village >= $3 AND village < $4 AND {later} ORDER BY name_key, village, person LIMIT $8"
        ));
        let rows = sqlx::query(sql)
            .bind(wanted)
            .bind(end)
            .bind(from)
            .bind(until)
            .bind(name)
            .bind(village)
            .bind(person)
            .bind(limit)
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("查人"))?;
        rows.iter()
            .map(|row| {
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
            })
            .collect()
    }

    /// Cases whose number begins so, within an area, newest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn search_cases(
        &self,
        beginning: &str,
        within: AreaCode,
        limit: i64,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let (from, until) = range(within);
        let sql = sqlx::AssertSqlSafe(format!(
            "{CASE_ROW} WHERE number >= $1 AND number < $2 AND village >= $3 AND village < $4 ORDER BY number DESC LIMIT $5"
        ));
        let rows = sqlx::query(sql)
            .bind(beginning.to_owned())
            .bind(format!("{beginning}\u{10ffff}"))
            .bind(from)
            .bind(until)
            .bind(limit)
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("查办件"))?;
        rows.iter().map(case_row).collect()
    }
}
