//! discover: leads, raised once per household, person, programme and rule; and who draws under a household's award.

use casework::discover::{Lead, Outcome};
use sqlx::Row;
use sqlx::any::AnyRow;
use values::{AreaCode, AwardId, Fen, HouseholdId, PersonId};

use crate::register;
use crate::rows::{Cell, Rows, range};
use crate::{Hand, Store, StoreError, audit};

impl Store {
    /// Raises leads of a county; one that was raised before is not raised again. Answers how many are new.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn raise_leads(&self, county: AreaCode, leads: &[Lead], hand: Hand) -> Result<u64, StoreError> {
        let mut writing = self.write(county, hand).await?;
        let mut rows = Rows::new(
            "INSERT INTO lead (county, lead, village, household, person, programme, rule, amount, raised_on, visit_due_on, closed_on, outcome)",
            12,
            "ON CONFLICT (county, household, person, programme, rule) DO NOTHING",
        );
        let mut digest = audit::RowDigest::default();
        for lead in leads {
            digest.number(lead.id);
            let row = [
                writing.county.as_str().into(),
                lead.id.into(),
                lead.village.as_str().into(),
                lead.household.0.into(),
                lead.person.map_or(0, |person| person.0).into(),
                lead.programme.as_str().into(),
                lead.rule.as_str().into(),
                lead.amount.map(|amount| amount.fen()).into(),
                lead.raised_on.to_string().into(),
                lead.visit_due_on.map(|day| day.to_string()).into(),
                Cell::NoText,
                Cell::NoText,
            ];
            rows.add(&mut writing.tx, row).await?;
        }
        let raised = rows.finish(&mut writing.tx).await?;
        writing.audit("raise_leads", &format!("leads:{}", leads.len()), &digest.finish()).await?;
        writing.commit().await?;
        Ok(raised)
    }

    /// Open leads within an area, the first raised first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn open_leads(&self, within: AreaCode, limit: i64) -> Result<Vec<Lead>, StoreError> {
        let (from, until) = range(within);
        let rows = sqlx::query(
            "SELECT lead, village, household, person, programme, rule, amount, raised_on, visit_due_on, closed_on, outcome FROM lead \
             WHERE village >= $1 AND village < $2 AND closed_on IS NULL ORDER BY raised_on, village, lead LIMIT $3",
        )
        .bind(from)
        .bind(until)
        .bind(limit)
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读线索"))?;
        rows.iter().map(lead).collect()
    }

    /// Closes a lead with what came of it.
    ///
    /// # Errors
    /// Closed already by somebody else; the database cannot be written to.
    pub async fn close_lead(&self, lead: &Lead, hand: Hand) -> Result<(), StoreError> {
        let (on, outcome) = lead.closed.expect("only a lead with an outcome is closed");
        let mut writing = self.write(lead.village, hand).await?;
        let done = sqlx::query(
            "UPDATE lead SET closed_on = $1, outcome = $2 WHERE county = $3 AND lead = $4 AND closed_on IS NULL",
        )
        .bind(on.to_string())
        .bind(outcome_code(outcome))
        .bind(&writing.county)
        .bind(lead.id)
        .execute(&mut *writing.tx)
        .await
        .map_err(StoreError::database("办结线索"))?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Conflict { what: "这条线索" });
        }
        writing.audit("close_lead", &format!("lead:{}", lead.id), outcome_code(outcome)).await?;
        writing.commit().await
    }

    /// Keeps who draws under which household award of a county; known pairs change nothing.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn set_award_members(
        &self,
        county: AreaCode,
        members: &[(AwardId, PersonId)],
        hand: Hand,
    ) -> Result<(), StoreError> {
        let mut writing = self.write(county, hand).await?;
        let mut rows = Rows::new(
            "INSERT INTO award_member (county, award, person)",
            3,
            "ON CONFLICT (county, award, person) DO NOTHING",
        );
        let mut digest = audit::RowDigest::default();
        for (award, person) in members {
            digest.number(award.0);
            digest.number(person.0);
            rows.add(&mut writing.tx, [writing.county.as_str().into(), award.0.into(), person.0.into()]).await?;
        }
        rows.finish(&mut writing.tx).await?;
        writing.audit("set_award_members", &format!("members:{}", members.len()), &digest.finish()).await?;
        writing.commit().await
    }
}

fn outcome_code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Helped => "helped",
        Outcome::NotNeeded => "not_needed",
        Outcome::NotEligible => "not_eligible",
        Outcome::AlreadyHelped => "already_helped",
        Outcome::NotFound => "not_found",
    }
}

fn lead(row: &AnyRow) -> Result<Lead, StoreError> {
    let day = |at: usize| {
        let text = row.get::<Option<String>, _>(at);
        text.map(|text| text.parse().map_err(|_| StoreError::unreadable("日期")("不是日期".into()))).transpose()
    };
    let outcome = |text: String| Outcome::ALL.into_iter().find(|outcome| outcome_code(*outcome) == text);
    let closed = day(9)?.zip(row.get::<Option<String>, _>(10).and_then(outcome));
    let person: i64 = row.get(3);
    Ok(Lead {
        id: row.get(0),
        village: register::area(row, 1)?,
        household: HouseholdId(row.get(2)),
        person: (person != 0).then_some(PersonId(person)),
        programme: row.get(4),
        rule: row.get(5),
        amount: row.get::<Option<i64>, _>(6).map(Fen::new),
        raised_on: register::day(row, 7)?,
        visit_due_on: day(8)?,
        closed,
    })
}
