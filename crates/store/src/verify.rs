//! verify: what other departments have on file (核对数据), found by the hash of the ID number.

use std::collections::BTreeMap;

use sqlx::Row;

use crate::audit;
use crate::rows::Rows;
use crate::{Hand, Store, StoreError};

/// A record of a department about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentRecord {
    /// ID number, hashed before it is stored.
    pub id_number: String,
    /// Department: 公安.
    pub source: String,
    /// What kind: 死亡, 机动车, 养老金 ….
    pub kind: String,
    /// The day the record is from.
    pub as_of: String,
    /// Folded name, for comparing with the register.
    pub name_key: String,
    /// Facts of the one form, JSON object.
    pub facts: String,
}

/// What a department has about a person of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRecord {
    /// Department.
    pub source: String,
    /// Kind.
    pub kind: String,
    /// The day the record is from.
    pub as_of: String,
    /// Folded name as the department has it.
    pub name_key: String,
    /// Facts, JSON object.
    pub facts: String,
}

impl Store {
    /// Keeps an extract whole, in one transaction; the same file again changes nothing. Answers how many records it holds, and
    /// whether they were new.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn import_extract(
        &self,
        records: &[DepartmentRecord],
        batch: &str,
        name: &str,
        hand: Hand,
    ) -> Result<(u64, bool), StoreError> {
        let count = records.len() as u64;
        let mut tx = self.begin().await?;
        let failed = |cause| StoreError::Database { doing: "登记部门数据", cause };
        let fresh = sqlx::query(
            "INSERT INTO import_batch (digest, name, kind, at, by_whom, outcome) VALUES ($1,$2,'extract',$3,$4,$5) ON CONFLICT (digest) DO NOTHING",
        )
        .bind(batch)
        .bind(name)
        .bind(&hand.at)
        .bind(&hand.by)
        .bind(count.to_string())
        .execute(&mut *tx)
        .await
        .map_err(failed)?;
        if fresh.rows_affected() == 0 {
            return Ok((count, false));
        }
        let mut rows = Rows::new(
            "INSERT INTO department_record (id_hash, source, kind, as_of, name_key, facts)",
            6,
            "ON CONFLICT (id_hash, source, kind, as_of) DO UPDATE SET name_key = excluded.name_key, facts = excluded.facts",
        );
        // the last line about the same person, kind and day counts; one statement must not touch a row twice
        let last: BTreeMap<_, _> = records.iter().map(|r| ((&r.id_number, &r.source, &r.kind, &r.as_of), r)).collect();
        for record in last.into_values() {
            let row = [
                self.id_hash(&record.id_number).into(),
                record.source.as_str().into(),
                record.kind.as_str().into(),
                record.as_of.as_str().into(),
                record.name_key.as_str().into(),
                record.facts.as_str().into(),
            ];
            rows.add(&mut tx, row).await?;
        }
        rows.finish(&mut tx).await?;
        let nation = values::AreaCode::NATION;
        audit::add(&mut tx, nation.as_str(), &hand, "import_extract", &format!("extract:{batch}:{count}"), batch)
            .await?;
        tx.commit().await.map_err(failed)?;
        Ok((count, true))
    }

    /// What departments have about the person of that ID number, newest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn department_records(&self, id_number: &str) -> Result<Vec<FoundRecord>, StoreError> {
        let rows = sqlx::query("SELECT source, kind, as_of, name_key, facts FROM department_record WHERE id_hash = $1 ORDER BY as_of DESC, source, kind")
            .bind(self.id_hash(id_number))
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("查部门数据"))?;
        Ok(rows
            .iter()
            .map(|row| FoundRecord {
                source: row.get(0),
                kind: row.get(1),
                as_of: row.get(2),
                name_key: row.get(3),
                facts: row.get(4),
            })
            .collect())
    }

    /// All records of a kind, with the person of the register they speak of: county, household, person.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn records_of_kind(
        &self,
        kind: &str,
    ) -> Result<Vec<(values::AreaCode, values::HouseholdId, values::PersonId, FoundRecord)>, StoreError> {
        let rows = sqlx::query(
            "SELECT p.county, p.household, p.person, d.source, d.kind, d.as_of, d.name_key, d.facts FROM department_record d \
             JOIN identity i ON i.id_hash = d.id_hash JOIN person p ON p.county = i.county AND p.person = i.person \
             WHERE d.kind = $1 ORDER BY p.county, p.person",
        )
        .bind(kind)
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("查部门数据"))?;
        rows.iter()
            .map(|row| {
                let found = FoundRecord {
                    source: row.get(3),
                    kind: row.get(4),
                    as_of: row.get(5),
                    name_key: row.get(6),
                    facts: row.get(7),
                };
                let county = crate::register::area(row, 0)?;
                Ok((county, values::HouseholdId(row.get(1)), values::PersonId(row.get(2)), found))
            })
            .collect()
    }
}
