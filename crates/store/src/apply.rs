//! apply: cases and their events. Events are added with compare-and-set; the projection follows in the same transaction.

use casework::apply::Application;
use casework::case::{Award, Case, ClockKind, Event, Notice};
use law::Determination;
use sqlx::Row;
use values::{AreaCode, CaseId, Day, HouseholdId, WorkCalendar};

pub use crate::case_rows::CaseRow;
pub(crate) use crate::case_rows::{CASE_ROW, case_row, read_case};
use crate::db::Writing;
use crate::outbox::Message;
use crate::rows::{from_json, gives_code, range};
use crate::{Hand, Store, StoreError, audit};

/// Everything that one act writes.
#[derive(Clone, Debug, Default)]
pub struct Append {
    /// Events, in order; the first continues the case.
    pub events: Vec<Event>,
    /// A determination that an event refers to, with its digest.
    pub determination: Option<(String, Determination)>,
    /// Awards that begin.
    pub awards: Vec<Award>,
    /// Members who draw under a household award.
    pub award_members: Vec<values::PersonId>,
    /// Messages to deliver.
    pub messages: Vec<Message>,
    /// The page's own key: the same key again writes nothing and answers as the first time.
    pub idempotency_key: Option<String>,
}

/// What became of an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// Written now.
    Written,
    /// The same request was written before; nothing was written now.
    AlreadyWritten,
}

impl Store {
    /// Adds what an act brought about. `case` is the case after these events; its number of events before them must be what the
    /// database has, else somebody else was faster.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the case has moved on; the database cannot be written to.
    pub async fn append(
        &self,
        case: &Case,
        append: Append,
        calendar: &WorkCalendar,
        hand: Hand,
    ) -> Result<Appended, StoreError> {
        self.append_together(&[(case, &append)], None, calendar, hand).await
    }

    /// Adds what one act brought about on several cases of one application, and the application itself where it is new or has
    /// changed: all of it, or nothing. The first case's key counts.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of the cases has moved on; the database cannot be written to.
    ///
    /// # Panics
    /// Without a case.
    pub async fn append_together(
        &self,
        cases: &[(&Case, &Append)],
        application: Option<&Application>,
        calendar: &WorkCalendar,
        hand: Hand,
    ) -> Result<Appended, StoreError> {
        let (leading, first) = cases.first().expect("something happened to a case");
        let mut writing = self.write(leading.filed.village, hand).await?;
        if let Some(key) = &first.idempotency_key
            && !writing.first_time(key, &leading.filed.number).await?
        {
            return Ok(Appended::AlreadyWritten);
        }
        for (case, append) in cases {
            writing.append(case, append, calendar).await?;
        }
        if let Some(application) = application {
            writing.application(application).await?;
        }
        writing.commit().await?;
        Ok(Appended::Written)
    }

    /// The case of that number.
    ///
    /// # Errors
    /// Not there, or the database cannot be read.
    pub async fn case_by_number(&self, number: &str) -> Result<Case, StoreError> {
        let county: AreaCode =
            number.get(..6).and_then(|six| six.parse().ok()).ok_or(StoreError::NotFound("这件申请"))?;
        let row = sqlx::query("SELECT document FROM case_file WHERE county = $1 AND number = $2")
            .bind(county.as_str())
            .bind(number)
            .fetch_optional(self.read())
            .await
            .map_err(StoreError::database("读办件"))?
            .ok_or(StoreError::NotFound("这件申请"))?;
        read_case(&row)
    }

    /// The number of the household's case that is still open, if any.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn open_case_of(&self, county: AreaCode, household: HouseholdId) -> Result<Option<String>, StoreError> {
        let row = sqlx::query(
            "SELECT number FROM case_file WHERE county = $1 AND household = $2 AND decided_on IS NULL AND status <> 'withdrawn' ORDER BY case_id LIMIT 1",
        )
        .bind(county.county().as_str())
        .bind(household.0)
        .fetch_optional(self.read())
        .await
        .map_err(StoreError::database("读办件"))?;
        Ok(row.map(|row| row.get(0)))
    }

    /// Cases of a household, newest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn cases_of(&self, county: AreaCode, household: HouseholdId) -> Result<Vec<CaseRow>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("{CASE_ROW} WHERE county = $1 AND household = $2 ORDER BY case_id DESC"));
        let rows = sqlx::query(sql).bind(county.county().as_str()).bind(household.0).fetch_all(self.read()).await;
        rows.map_err(StoreError::database("读办件"))?.iter().map(case_row).collect()
    }

    /// Everything that happened to a case, in order.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn events(&self, county: AreaCode, id: CaseId) -> Result<Vec<Event>, StoreError> {
        let rows = sqlx::query("SELECT document FROM event WHERE county = $1 AND case_id = $2 ORDER BY seq")
            .bind(county.county().as_str())
            .bind(id.0)
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("读办件经过"))?;
        rows.iter().map(|row| from_json("办件事件", &row.get::<String, _>(0))).collect()
    }

    /// What lies on a role's desk within an area, the most urgent first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn queue(
        &self,
        held_by: casework::case::Role,
        within: AreaCode,
        limit: i64,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "{CASE_ROW} WHERE held_by = $1 AND village >= $2 AND village < $3 ORDER BY promise_due_on NULLS LAST, case_id LIMIT $4"
        ));
        let (from, until) = range(within);
        let rows =
            sqlx::query(sql).bind(held_by.code()).bind(from).bind(until).bind(limit).fetch_all(self.read()).await;
        rows.map_err(StoreError::database("读待办"))?.iter().map(case_row).collect()
    }

    /// The next running number of a county's day.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn next_running_number(&self, county: AreaCode, on: Day) -> Result<u32, StoreError> {
        // the cases beside an application's leading one have longer numbers
        let row = sqlx::query(
            "SELECT COUNT(*) FROM case_file WHERE county = $1 AND handed_in_on = $2 AND LENGTH(number) = 21",
        )
        .bind(county.county().as_str())
        .bind(on.to_string())
        .fetch_one(self.read())
        .await
        .map_err(StoreError::database("编受理号"))?;
        Ok(u32::try_from(row.get::<i64, _>(0)).expect("few cases a day") + 1)
    }

    /// The case of that number when the last four of a member's ID number are these; the same `None` for a wrong number and
    /// wrong digits, so that nobody can find out which numbers exist.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn track(&self, number: &str, id_tail: &str) -> Result<Option<Case>, StoreError> {
        let Some(county) = number.get(..6).and_then(|six| six.parse::<AreaCode>().ok()) else { return Ok(None) };
        let row = sqlx::query(
            "SELECT c.document FROM case_file c WHERE c.county = $1 AND c.number = $2 AND EXISTS \
             (SELECT 1 FROM person p WHERE p.county = c.county AND p.household = c.household AND p.id_tail = $3)",
        )
        .bind(county.as_str())
        .bind(number)
        .bind(id_tail)
        .fetch_optional(self.read())
        .await
        .map_err(StoreError::database("查进度"))?;
        row.as_ref().map(read_case).transpose()
    }
}

impl Writing<'_> {
    async fn append(&mut self, case: &Case, append: &Append, calendar: &WorkCalendar) -> Result<(), StoreError> {
        let before = i64::from(case.seq) - i64::try_from(append.events.len()).expect("few events");
        self.project(case, before, calendar).await?;
        for event in &append.events {
            self.event(case.id, event).await?;
        }
        self.clocks(case, calendar).await?;
        if let Some(posting) = &case.posting {
            self.notice(case.id, &posting.notice, posting.withdrawn_on).await?;
        }
        if let Some((digest, determination)) = &append.determination {
            self.determination(case.id, digest, determination).await?;
        }
        for award in &append.awards {
            self.award(award, case.filed.village, &append.award_members).await?;
        }
        for message in &append.messages {
            self.send(message).await?;
        }
        Ok(())
    }

    /// Writes the projection if the database still has `before` events of the case.
    async fn project(&mut self, case: &Case, before: i64, calendar: &WorkCalendar) -> Result<(), StoreError> {
        let status = case.status();
        let promise = case.clock(ClockKind::Promise);
        let due = |kind| case.clock(kind).and_then(|clock| clock.due_on(calendar)).map(|day| day.to_string());
        let decided = case.decided_on();
        let days_used = decided.and_then(|on| promise.and_then(|clock| clock.used_by(on, calendar)));
        let is_in_time =
            decided.zip(promise.and_then(|clock| clock.due_on(calendar))).map(|(on, due)| i64::from(on <= due));
        let document = serde_json::to_string(case).expect("a case is plain");
        let step = case.running_step(calendar).filter(|_| status.is_open());
        let sql = if before == 0 {
            "INSERT INTO case_file (status, held_by, promise_due_on, statute_due_on, decided_on, days_used, is_in_time, trips, seq, document, \
             village, holder, step, step_since, step_due_on, waits_for, county, case_id, number, household, programme, handed_in_on) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)"
        } else {
            "UPDATE case_file SET status=$1, held_by=$2, promise_due_on=$3, statute_due_on=$4, decided_on=$5, days_used=$6, is_in_time=$7, \
             trips=$8, seq=$9, document=$10, village=$11, holder=$12, step=$13, step_since=$14, step_due_on=$15, waits_for=$16 \
             WHERE county=$17 AND case_id=$18 AND seq=$19"
        };
        let mut query = sqlx::query(sql)
            .bind(status.code())
            .bind(case.held_by().map_or("", casework::case::Role::code))
            .bind(due(ClockKind::Promise))
            .bind(due(ClockKind::Statute))
            .bind(decided.map(|day| day.to_string()))
            .bind(days_used)
            .bind(is_in_time)
            .bind(i64::from(case.trips))
            .bind(i64::from(case.seq))
            .bind(&document)
            .bind(case.office().to_string())
            .bind(case.holder.clone().unwrap_or_default())
            .bind(step.map_or("", |(name, _, _)| name))
            .bind(step.map(|(_, since, _)| since.to_string()))
            .bind(step.and_then(|(_, _, due)| due).map(|day| day.to_string()))
            .bind(waits_for(case))
            .bind(self.county.clone())
            .bind(case.id.0);
        query = if before == 0 {
            query
                .bind(case.filed.number.clone())
                .bind(case.filed.household.0)
                .bind(case.filed.programmes.first().cloned().unwrap_or_default())
                .bind(case.filed.on.to_string())
        } else {
            query.bind(before)
        };
        let done = query.execute(&mut *self.tx).await.map_err(|cause| match cause.as_database_error() {
            Some(error) if error.is_unique_violation() => StoreError::Conflict { what: "这件申请" },
            _ => StoreError::Database { doing: "写办件", cause },
        })?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Conflict { what: "这件申请" });
        }
        let subject = format!("case:{}:{}", case.id, case.seq);
        self.audit("case_stands", &subject, &audit::as_it_stands(status.code(), &document)).await
    }

    async fn event(&mut self, case: CaseId, event: &Event) -> Result<(), StoreError> {
        let document = serde_json::to_string(event).expect("an event is plain");
        sqlx::query("INSERT INTO event (county, case_id, seq, kind, on_day, at, actor, document) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)")
            .bind(&self.county)
            .bind(case.0)
            .bind(i64::from(event.seq))
            .bind(event.act.kind())
            .bind(event.on.to_string())
            .bind(&event.at)
            .bind(&event.actor.id)
            .bind(&document)
            .execute(&mut *self.tx)
            .await
            .map_err(StoreError::database("写办件事件"))?;
        let subject = format!("event:{case}:{}", event.seq);
        self.audit(event.act.kind(), &subject, &audit::digest([document.as_str()])).await
    }

    async fn clocks(&mut self, case: &Case, calendar: &WorkCalendar) -> Result<(), StoreError> {
        for clock in &case.clocks {
            let kind = match clock.kind {
                ClockKind::Promise => "promise",
                ClockKind::Statute => "statute",
                ClockKind::Letter => "letter",
            };
            sqlx::query(
                "INSERT INTO clock (county, case_id, kind, started_on, due_on, is_paused, stopped_on) VALUES ($1,$2,$3,$4,$5,$6,$7) \
                 ON CONFLICT (county, case_id, kind) DO UPDATE SET due_on = excluded.due_on, is_paused = excluded.is_paused, stopped_on = excluded.stopped_on",
            )
            .bind(&self.county)
            .bind(case.id.0)
            .bind(kind)
            .bind(clock.started_on.to_string())
            .bind(clock.due_on(calendar).map(|day| day.to_string()))
            .bind(i64::from(clock.is_paused()))
            .bind(clock.stopped_on.map(|day| day.to_string()))
            .execute(&mut *self.tx)
            .await
            .map_err(StoreError::database("写办件时钟"))?;
        }
        Ok(())
    }

    async fn notice(&mut self, case: CaseId, notice: &Notice, withdrawn_on: Option<Day>) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO notice (county, case_id, number, village, programme, persons, amount, posted_on, until_on, withdrawn_on, gives) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (county, case_id) DO UPDATE SET persons = excluded.persons, amount = excluded.amount, gives = excluded.gives, \
             posted_on = excluded.posted_on, until_on = excluded.until_on, withdrawn_on = excluded.withdrawn_on",
        )
        .bind(&self.county)
        .bind(case.0)
        .bind(&notice.number)
        .bind(notice.village.as_str())
        .bind(&notice.programme)
        .bind(i64::from(notice.persons))
        .bind(notice.amount.fen())
        .bind(notice.posted_on.to_string())
        .bind(notice.until.to_string())
        .bind(withdrawn_on.map(|day| day.to_string()))
        .bind(gives_code(notice.gives))
        .execute(&mut *self.tx)
        .await
        .map_err(StoreError::database("写公示"))?;
        Ok(())
    }
}

/// What the promise stands still for; empty while it runs.
fn waits_for(case: &Case) -> String {
    let promise = case.clock(ClockKind::Promise).filter(|clock| clock.is_paused() && clock.stopped_on.is_none());
    promise.and_then(|clock| clock.pauses.last()).map(|pause| pause.reason.clone()).unwrap_or_default()
}
