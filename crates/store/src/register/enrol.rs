//! One household at intake: the one form brings a family that the register does not know yet, or knows otherwise.

use sqlx::Row;
use values::{HouseholdId, PersonId};

use super::known::{OnFile, facts_digest, household_digest};
use super::{AccountIn, HouseholdIn, ImportCounts, Importing};
use crate::audit::Pile;
use crate::{Hand, Store, StoreError};

/// A household that was enrolled now, or was known by its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Household.
    pub household: HouseholdId,
    /// Members in the order of the form.
    pub members: Vec<PersonId>,
}

impl Store {
    /// Enrols a household with its facts and, when given, the head's account (entered by the writer, verified by `verified_by`).
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a member is already on file: then the household on file is the one to use.
    pub async fn enrol(
        &self,
        household: &HouseholdIn,
        account: Option<(&AccountIn, &str)>,
        hand: Hand,
        unix_ms: i64,
    ) -> Result<Enrolled, StoreError> {
        let failed = |cause| StoreError::Database { doing: "登记新家庭", cause };
        let id = HouseholdId(self.next_id(unix_ms));
        let at = hand.at.clone();
        let mut writing = self.write(household.village, hand).await?;
        let county = writing.county.clone();
        let mut members = Vec::new();
        for (position, person) in household.members.iter().enumerate() {
            let member = PersonId(self.next_id(unix_ms));
            let hash = self.id_hash(&person.id_number);
            let fresh = sqlx::query(
                "INSERT INTO identity (id_hash, county, person) VALUES ($1,$2,$3) ON CONFLICT (id_hash) DO NOTHING",
            )
            .bind(&hash)
            .bind(&county)
            .bind(member.0)
            .execute(&mut *writing.tx)
            .await
            .map_err(failed)?;
            if fresh.rows_affected() == 0 {
                return Err(StoreError::Conflict { what: "这户人家的档案（有成员已经在册）" });
            }
            sqlx::query(
                "INSERT INTO person (county, person, household, position, village, name, name_key, id_number, id_hash, id_tail, birth_on, relation, phone, is_invented) \
                 VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)",
            )
            .bind(&county)
            .bind(member.0)
            .bind(id.0)
            .bind(i64::try_from(position).expect("few members"))
            .bind(household.village.as_str())
            .bind(&person.name)
            .bind(&person.name_key)
            .bind(&person.id_number)
            .bind(&hash)
            .bind(&person.id_number[person.id_number.len().saturating_sub(4)..])
            .bind(person.birth_on.to_string())
            .bind(&person.relation)
            .bind(&person.phone)
            .bind(i64::from(person.is_invented))
            .execute(&mut *writing.tx)
            .await
            .map_err(failed)?;
            members.push(member);
        }
        let digest = hex::encode(household_digest(household));
        let batch = format!("household-{id}");
        sqlx::query("INSERT INTO household (county, household, village, bureau_no, head, address, digest) VALUES ($1,$2,$3,$4,$5,$6,$7)")
            .bind(&county)
            .bind(id.0)
            .bind(household.village.as_str())
            .bind(&household.bureau_no)
            .bind(members.first().map_or(0, |head| head.0))
            .bind(&household.address)
            .bind(&digest)
            .execute(&mut *writing.tx)
            .await
            .map_err(failed)?;
        sqlx::query(
            "INSERT INTO household_facts (county, household, version, true_from, recorded_at, source, facts, digest, batch) VALUES ($1,$2,1,$3,$4,$5,$6,$7,$8)",
        )
        .bind(&county)
        .bind(id.0)
        .bind(household.true_from.to_string())
        .bind(&at)
        .bind(&household.source)
        .bind(&household.facts)
        .bind(&digest)
        .bind(&batch)
        .execute(&mut *writing.tx)
        .await
        .map_err(failed)?;
        let mut pile = Pile::default();
        pile.add(id.0, 1, facts_digest(household));
        writing.audit("enrol", &format!("facts:{batch}"), &pile.finish()).await?;
        if let (Some((account, verified_by)), Some(head)) = (account, members.first()) {
            writing.correct_account(*head, account, verified_by).await?;
        }
        writing.commit().await?;
        Ok(Enrolled { household: id, members })
    }

    /// Adds or renews one household as an import of it alone would, without reading the rest of the register. `batch` names what it
    /// came with; the same batch a second time writes what has changed since.
    ///
    /// # Errors
    /// [`StoreError::Twice`] when a member stands in it twice, or has money running in another county; the database cannot be
    /// written to.
    pub async fn renew(
        &self,
        household: &HouseholdIn,
        batch: &str,
        hand: Hand,
        unix_ms: i64,
    ) -> Result<ImportCounts, StoreError> {
        let mut tx = self.begin().await?;
        let members: Vec<[u8; 32]> =
            household.members.iter().map(|person| self.id_hash_bytes(&person.id_number)).collect();
        let known = OnFile::of_household(&mut tx, household, &members).await?;
        let mut import = Importing::over(self, tx, known, hand, unix_ms, batch);
        import.household(household).await?;
        import.finish(&household.source, "hand_in").await
    }

    /// Which household a person on file belongs to.
    ///
    /// # Errors
    /// Not there, or the database cannot be read.
    pub async fn household_of(&self, county: values::AreaCode, person: PersonId) -> Result<HouseholdId, StoreError> {
        let row = sqlx::query("SELECT household FROM person WHERE county = $1 AND person = $2")
            .bind(county.county().as_str())
            .bind(person.0)
            .fetch_optional(self.read())
            .await
            .map_err(StoreError::database("读人员档案"))?
            .ok_or(StoreError::NotFound("这个人"))?;
        Ok(HouseholdId(row.get(0)))
    }
}
