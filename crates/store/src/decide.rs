//! decide: determinations as they were signed, and the awards that follow from a confirmation.

use casework::case::Award;
use law::Determination;
use sqlx::Row;
use values::{AreaCode, CaseId, PersonId};

use crate::db::Writing;
use crate::rows::{from_json, gives_code};
use crate::{Store, StoreError, audit};

impl Store {
    /// The determinations of a case, oldest first, with their digests.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn determinations(
        &self,
        county: AreaCode,
        case: CaseId,
    ) -> Result<Vec<(String, Determination)>, StoreError> {
        let rows = sqlx::query(
            "SELECT digest, document FROM determination WHERE county = $1 AND case_id = $2 ORDER BY at, programme",
        )
        .bind(county.county().as_str())
        .bind(case.0)
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读认定"))?;
        rows.iter().map(|row| Ok((row.get(0), from_json("认定", &row.get::<String, _>(1))?))).collect()
    }

    /// The digest under which a determination is kept: the same answer has the same digest on any machine.
    pub fn determination_digest(determination: &Determination) -> String {
        audit::digest([serde_json::to_string(determination).expect("a determination is plain").as_str()])
    }
}

impl Writing<'_> {
    pub(crate) async fn determination(
        &mut self,
        case: CaseId,
        digest: &str,
        determination: &Determination,
    ) -> Result<(), StoreError> {
        let outcome = match determination.outcome {
            law::Outcome::Eligible => "eligible",
            law::Outcome::Refused => "refused",
            law::Outcome::NeedsPerson => "needs_person",
            law::Outcome::Unknown { .. } => "unknown",
        };
        sqlx::query(
            "INSERT INTO determination (county, case_id, programme, digest, month, outcome, amount, facts_digest, document, at) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (county, case_id, programme, digest) DO NOTHING",
        )
        .bind(&self.county)
        .bind(case.0)
        .bind(determination.programme.as_str())
        .bind(digest)
        .bind(determination.month.to_string())
        .bind(outcome)
        .bind(determination.amount.map(|amount| amount.fen()))
        .bind(determination.receipt.facts.as_str())
        .bind(serde_json::to_string(determination).expect("a determination is plain"))
        .bind(&self.hand.at)
        .execute(&mut *self.tx)
        .await
        .map_err(StoreError::database("写认定"))?;
        Ok(())
    }

    pub(crate) async fn award(
        &mut self,
        award: &Award,
        village: AreaCode,
        members: &[PersonId],
    ) -> Result<(), StoreError> {
        let batch = format!("award-{}", award.id);
        sqlx::query(
            "INSERT INTO award (county, award, household, person, village, programme, amount, from_month, until_month, case_id, batch, gives) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
        )
        .bind(&self.county)
        .bind(award.id.0)
        .bind(award.household.0)
        .bind(award.person.0)
        .bind(village.as_str())
        .bind(&award.programme)
        .bind(award.amount.fen())
        .bind(award.from.to_string())
        .bind(award.until.map(|month| month.to_string()))
        .bind(award.case.map(|case| case.0))
        .bind(&batch)
        .bind(gives_code(award.gives))
        .execute(&mut *self.tx)
        .await
        .map_err(StoreError::database("写待遇"))?;
        for member in members {
            sqlx::query("INSERT INTO award_member (county, award, person) VALUES ($1,$2,$3)")
                .bind(&self.county)
                .bind(award.id.0)
                .bind(member.0)
                .execute(&mut *self.tx)
                .await
                .map_err(StoreError::database("写保障成员"))?;
        }
        let mut digest = audit::RowDigest::default();
        let from = award.from.to_string();
        digest.award([award.id.0, award.person.0, award.amount.fen()], &award.programme, &from);
        self.audit("award", &format!("awards:{batch}:1"), &digest.finish()).await
    }
}
