//! Reading for the month's run and for the pages that trace a payment.

use ledger::{Entitlement, Line, LineKind, Owed, Returned};
use sqlx::Row;
use sqlx::any::AnyRow;
use values::{AreaCode, AwardId, EnvelopeId, Fen, HouseholdId, Month, PersonId};

use crate::packed::{Fields, Packed, read_packed};
use crate::register::{area, month, month_or_none};
use crate::{Store, StoreError};

/// A payment of a person, for their page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPayment {
    /// Envelope.
    pub envelope: EnvelopeId,
    /// Month of the envelope.
    pub envelope_month: Month,
    /// The line.
    pub line: Line,
    /// What the bank sent back: code and meaning.
    pub returned: Option<(String, String)>,
    /// True when the bank has answered the envelope's files.
    pub is_answered: bool,
}

/// A line with everything behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineTrail {
    /// The payment.
    pub payment: PersonPayment,
    /// The bank file it went with, by name.
    pub files: Vec<String>,
}

/// A line that came back, for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedLine {
    /// The line.
    pub line: Line,
    /// The bank's code.
    pub code: String,
    /// Its meaning.
    pub meaning: String,
}

/// A right with its account and reported death, over `award a`.
const RIGHT: &str = "a.award, a.person, a.household, a.village, a.programme, a.amount, a.from_month, a.until_month, c.holder, c.number, c.is_frozen, \
    (SELECT MAX(d.kind) FROM department_record d WHERE d.kind = '死亡' AND d.id_hash = p.id_hash)";
const RIGHT_WITH: &str = "JOIN person p ON p.county = a.county AND p.person = a.person \
    LEFT JOIN account c ON c.county = a.county AND c.person = a.person";

const LINE: &str = "l.no, l.person, l.household, l.village, l.programme, l.month, l.kind, l.attempt, l.amount, l.award, l.account_name, l.account, l.replaces_envelope, l.replaces_no";

impl Store {
    /// The rights of a county that may be due in `month`, with account and reported deaths as known now.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn entitlements(&self, county: AreaCode, of: Month) -> Result<Vec<Entitlement>, StoreError> {
        let from = format!(
            "FROM award a {RIGHT_WITH} \
             WHERE a.county = $1 AND a.amount > 0 AND a.from_month <= $2 AND (a.until_month IS NULL OR a.until_month >= $2)"
        );
        let what = Packed { doing: "读当月待遇", columns: RIGHT, from: &from, bucket: "a.village" };
        let mut rights = Vec::new();
        let binds = [county.county().to_string(), of.to_string()];
        read_packed(self.read(), self.is_sqlite(), what, &[&binds[0], &binds[1]], &mut |row| {
            rights.push(packed_entitlement(row)?);
            Ok(())
        })
        .await?;
        Ok(rights)
    }

    /// Rights of a county that were held back in months before `before` and for which no line was made since, as known now, with
    /// the reason of the last time. Lines that came back are not among them: see [`Store::returned_lines`].
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn owed(&self, county: AreaCode, before: Month) -> Result<Vec<Owed>, StoreError> {
        let sql = format!(
            "SELECT {RIGHT}, x.month, x.reason FROM exclusion x \
             JOIN award a ON a.county = x.county AND a.person = x.person AND a.programme = x.programme \
               AND a.from_month <= x.month AND (a.until_month IS NULL OR a.until_month >= x.month) {RIGHT_WITH} \
             WHERE x.county = $1 AND x.month < $2 AND x.reason <> 'not_corrected' \
               AND x.envelope = (SELECT MAX(y.envelope) FROM exclusion y WHERE y.county = x.county AND y.person = x.person \
                 AND y.programme = x.programme AND y.month = x.month) \
               AND NOT EXISTS (SELECT 1 FROM payment_line l WHERE l.county = x.county AND l.person = x.person \
                 AND l.programme = x.programme AND l.month = x.month) \
             ORDER BY x.month, a.award"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(county.county().as_str())
            .bind(before.to_string())
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("读以前月份暂缓的待遇"))?;
        rows.iter().map(owed).collect()
    }

    /// Lines of a county that came back and were not issued again; the account is there once it was corrected after the return.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn returned_lines(&self, county: AreaCode) -> Result<Vec<Returned>, StoreError> {
        let sql = format!(
            "SELECT {LINE}, l.envelope, c.holder, c.number FROM bank_return r \
             JOIN payment_line l ON l.county = r.county AND l.envelope = r.envelope AND l.no = r.no \
             LEFT JOIN account c ON c.county = l.county AND c.person = l.person \
             WHERE r.county = $1 AND NOT EXISTS (SELECT 1 FROM payment_line n \
               WHERE n.county = l.county AND n.replaces_envelope = l.envelope AND n.replaces_no = l.no) \
             ORDER BY l.envelope, l.no"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(county.county().as_str()).fetch_all(self.read()).await;
        rows.map_err(StoreError::database("读退回明细"))?
            .iter()
            .map(|row| {
                let original = line(row)?;
                let (holder, number): (Option<String>, Option<String>) = (row.get(15), row.get(16));
                let is_corrected =
                    number.as_ref() != Some(&original.account) || holder.as_ref() != Some(&original.account_name);
                Ok(Returned {
                    line: (EnvelopeId(row.get(14)), original.no),
                    account_name: holder.unwrap_or_default(),
                    account: number.filter(|_| is_corrected),
                    original,
                })
            })
            .collect()
    }

    /// All lines of an envelope, in order.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn lines(&self, county: AreaCode, envelope: EnvelopeId) -> Result<Vec<Line>, StoreError> {
        lines_of(self.read(), self.is_sqlite(), county, envelope).await
    }

    /// What came back of an envelope.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn returns_of(&self, county: AreaCode, envelope: EnvelopeId) -> Result<Vec<ReturnedLine>, StoreError> {
        let sql = format!(
            "SELECT {LINE}, r.code, r.meaning FROM bank_return r \
             JOIN payment_line l ON l.county = r.county AND l.envelope = r.envelope AND l.no = r.no \
             WHERE r.county = $1 AND r.envelope = $2 ORDER BY l.no"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(county.county().as_str())
            .bind(envelope.0)
            .fetch_all(self.read())
            .await;
        let rows = rows.map_err(StoreError::database("读退回明细"))?;
        rows.iter().map(|row| Ok(ReturnedLine { line: line(row)?, code: row.get(14), meaning: row.get(15) })).collect()
    }

    /// Payments to a household, newest month first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn payments_of(
        &self,
        county: AreaCode,
        persons: &[PersonId],
        limit: i64,
    ) -> Result<Vec<PersonPayment>, StoreError> {
        let sql = format!(
            "SELECT {LINE}, l.envelope, e.month, r.code, r.meaning, e.state FROM payment_line l \
             JOIN envelope e ON e.county = l.county AND e.envelope = l.envelope \
             LEFT JOIN bank_return r ON r.county = l.county AND r.envelope = l.envelope AND r.no = l.no \
             WHERE l.county = $1 AND l.person = $2 ORDER BY e.month DESC, l.no LIMIT $3"
        );
        let mut found = Vec::new();
        for person in persons {
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql.clone()))
                .bind(county.county().as_str())
                .bind(person.0)
                .bind(limit)
                .fetch_all(self.read())
                .await
                .map_err(StoreError::database("读发放记录"))?;
            for row in &rows {
                found.push(person_payment(row)?);
            }
        }
        found.sort_by(|a, b| (b.envelope_month, a.line.no).cmp(&(a.envelope_month, b.line.no)));
        Ok(found)
    }
}

fn entitlement(row: &AnyRow) -> Result<Entitlement, StoreError> {
    Ok(Entitlement {
        award: AwardId(row.get(0)),
        person: PersonId(row.get(1)),
        household: HouseholdId(row.get(2)),
        village: area(row, 3)?,
        programme: row.get(4),
        amount: Fen::new(row.get(5)),
        from: month(row, 6)?,
        until: month_or_none(row, 7)?,
        account_name: row.get::<Option<String>, _>(8).unwrap_or_default(),
        account: row.get::<Option<String>, _>(9).unwrap_or_default(),
        is_account_frozen: row.get::<Option<i64>, _>(10).unwrap_or(0) != 0,
        is_reported_dead: row.get::<Option<String>, _>(11).is_some(),
    })
}

fn owed(row: &AnyRow) -> Result<Owed, StoreError> {
    let reason = serde_json::Value::String(row.get(13));
    let reason = serde_json::from_value(reason).map_err(|e| StoreError::unreadable("暂缓原因")(e.to_string()))?;
    Ok(Owed { month: month(row, 12)?, reason, right: entitlement(row)? })
}

/// All lines of an envelope, in order.
pub(crate) async fn lines_of(
    executor: impl sqlx::Executor<'_, Database = sqlx::Any>,
    is_sqlite: bool,
    county: AreaCode,
    envelope: EnvelopeId,
) -> Result<Vec<Line>, StoreError> {
    let from = "FROM payment_line l WHERE l.county = $1 AND l.envelope = CAST($2 AS BIGINT)";
    let what = Packed { doing: "读发放明细", columns: LINE, from, bucket: "l.village" };
    let mut lines = Vec::new();
    let binds = [county.county().to_string(), envelope.to_string()];
    read_packed(executor, is_sqlite, what, &[&binds[0], &binds[1]], &mut |row| {
        lines.push(packed_line(row)?);
        Ok(())
    })
    .await?;
    lines.sort_unstable_by_key(|line| line.no);
    Ok(lines)
}

fn person_payment(row: &AnyRow) -> Result<PersonPayment, StoreError> {
    let returned =
        row.get::<Option<String>, _>(16).map(|code| (code, row.get::<Option<String>, _>(17).unwrap_or_default()));
    let state = ledger::EnvelopeState::from_code(&row.get::<String, _>(18));
    Ok(PersonPayment {
        envelope: EnvelopeId(row.get(14)),
        envelope_month: month(row, 15)?,
        line: line(row)?,
        returned,
        is_answered: state.is_some_and(|state| state >= ledger::EnvelopeState::Paid),
    })
}

pub(crate) fn line(row: &AnyRow) -> Result<Line, StoreError> {
    let kind: String = row.get(6);
    let number = |at: usize| u32::try_from(row.get::<i64, _>(at)).unwrap_or(u32::MAX);
    let replaces = row.get::<Option<i64>, _>(12).zip(row.get::<Option<i64>, _>(13));
    Ok(Line {
        no: number(0),
        person: PersonId(row.get(1)),
        household: HouseholdId(row.get(2)),
        village: area(row, 3)?,
        programme: row.get(4),
        month: month(row, 5)?,
        kind: LineKind::from_code(&kind).ok_or_else(|| StoreError::unreadable("发放种类")(kind.clone()))?,
        attempt: number(7),
        amount: Fen::new(row.get(8)),
        award: AwardId(row.get(9)),
        account_name: row.get(10),
        account: row.get(11),
        replaces: replaces.map(|(envelope, no)| (EnvelopeId(envelope), u32::try_from(no).unwrap_or(u32::MAX))),
    })
}

fn packed_entitlement(row: &Fields<'_>) -> Result<Entitlement, StoreError> {
    Ok(Entitlement {
        award: AwardId(row.number(0)?),
        person: PersonId(row.number(1)?),
        household: HouseholdId(row.number(2)?),
        village: row.area(3)?,
        programme: row.text(4),
        amount: Fen::new(row.number(5)?),
        from: row.month(6)?,
        until: if row.is_empty(7) { None } else { Some(row.month(7)?) },
        account_name: row.text(8),
        account: row.text(9),
        is_account_frozen: row.number_or_none(10)?.unwrap_or(0) != 0,
        is_reported_dead: !row.is_empty(11),
    })
}

fn packed_line(row: &Fields<'_>) -> Result<Line, StoreError> {
    let number = |at: usize| row.number(at).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    let replaces = row.number_or_none(12)?.zip(row.number_or_none(13)?);
    Ok(Line {
        no: number(0)?,
        person: PersonId(row.number(1)?),
        household: HouseholdId(row.number(2)?),
        village: row.area(3)?,
        programme: row.text(4),
        month: row.month(5)?,
        kind: LineKind::from_code(&row.text(6)).ok_or_else(|| StoreError::unreadable("发放种类")(row.text(6)))?,
        attempt: number(7)?,
        amount: Fen::new(row.number(8)?),
        award: AwardId(row.number(9)?),
        account_name: row.text(10),
        account: row.text(11),
        replaces: replaces.map(|(envelope, no)| (EnvelopeId(envelope), u32::try_from(no).unwrap_or(u32::MAX))),
    })
}
