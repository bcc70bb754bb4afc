//! Finding a person by name, ID tail or whole number, and a case by its number.

use values::{AreaCode, PersonId};

use crate::apply::{CASE_ROW, CaseRow, case_row};
use crate::register::{PERSON, PersonView, person_view};
use crate::rows::range;
use crate::{Store, StoreError};

/// What was typed, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// The folded beginning of a name.
    Name(String),
    /// A part of a name, folded: slower, for when the beginning is not known.
    NamePart(String),
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
        let (condition, wanted, end) = match query {
            Query::Name(key) => ("name_key >= $1 AND name_key < $2", key.clone(), format!("{key}\u{10ffff}")),
            Query::NamePart(key) => ("name_key LIKE $1 ESCAPE '!' AND $2 = ''", containing(key), String::new()),
            Query::IdTail(tail) => ("id_tail = $1 AND $2 = ''", tail.clone(), String::new()),
            Query::IdNumber(number) => return self.person_of_number(number, within).await,
            Query::CaseNumber(_) => return Ok(Vec::new()),
        };
        let (from, until) = range(within);
        // an engine may begin at the cursor, so the first page's stands where the wanted names begin
        let (name, village, person) = match (after, query) {
            (Some(after), _) => (after.name_key.clone(), after.village.to_string(), after.person.0),
            (None, Query::Name(key)) => (key.clone(), String::new(), 0),
            (None, _) => (String::new(), String::new(), 0),
        };
        let sql = sqlx::AssertSqlSafe(format!(
            "{PERSON} WHERE {condition} AND village >= $3 AND village < $4 AND (name_key, village, person) > ($5, $6, $7) \
             ORDER BY name_key, village, person LIMIT $8"
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
        rows.iter().map(person_view).collect()
    }

    /// The person of a whole ID number, if within the area: two reads by key instead of a walk through the register.
    async fn person_of_number(&self, number: &str, within: AreaCode) -> Result<Vec<PersonView>, StoreError> {
        let Some((county, person)) = self.find_identity(number).await? else { return Ok(Vec::new()) };
        let found = self.person(county, person).await?;
        Ok(if within.contains(&found.village) { vec![found] } else { Vec::new() })
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
        // a case number begins with the six digits of its county: named here too, the index by county and number serves
        let county: String = beginning.chars().take(6).take_while(char::is_ascii_digit).collect();
        let sql = sqlx::AssertSqlSafe(format!(
            "{CASE_ROW} WHERE number >= $1 AND number < $2 AND village >= $3 AND village < $4 AND county >= $5 AND county < $6 \
             ORDER BY number DESC LIMIT $7"
        ));
        let rows = sqlx::query(sql)
            .bind(beginning.to_owned())
            .bind(format!("{beginning}\u{10ffff}"))
            .bind(from)
            .bind(until)
            .bind(county.clone())
            .bind(format!("{county}:"))
            .bind(limit)
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("查办件"))?;
        rows.iter().map(case_row).collect()
    }
}

/// The pattern of a text that contains `part`; signs that mean something to LIKE stand for themselves.
fn containing(part: &str) -> String {
    let mut pattern = String::from("%");
    for sign in part.chars() {
        if matches!(sign, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}
