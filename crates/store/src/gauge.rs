//! The counts behind the gauge, each from the rows it speaks of.

use indicators::Counts;
use sqlx::Row;
use values::{AreaCode, Day, Fen, Month};

use crate::{Store, StoreError};

/// A sum of a month by one grouping, for bars and tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSum {
    /// County or programme.
    pub key: String,
    /// Distinct payees.
    pub payees: i64,
    /// Lines.
    pub lines: i64,
    /// Locked.
    pub amount: Fen,
}

impl Store {
    /// What the books say about `month`, as of `today`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn counts(&self, month: Month, today: Day) -> Result<Counts, StoreError> {
        let money = self.money_counts(month).await?;
        let cases = self.case_counts(month).await?;
        let mut difference = Fen::ZERO;
        for envelope in self.envelopes(Some(month)).await? {
            if envelope.state >= ledger::EnvelopeState::Paid {
                let found = ledger::reconcile(self.totals(&envelope).await?);
                difference += found.gaps.iter().map(|gap| Fen::new(gap.amount.fen().abs())).sum();
            }
        }
        let leads = sqlx::query(
            "SELECT CAST(COALESCE(SUM(CASE WHEN closed_on IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN outcome = 'helped' THEN 1 ELSE 0 END), 0) AS BIGINT) FROM lead",
        )
        .fetch_one(self.read())
        .await
        .map_err(StoreError::database("清点线索"))?;
        let [lines, locked, payees, reissued, paid, returned, persons] = money;
        let [handed_in, open, decided, in_time, days, one_trip] = cases;
        Ok(Counts {
            month,
            as_of: today,
            persons_in_payment: count(persons),
            payees: count(payees),
            locked: Fen::new(locked),
            paid: Fen::new(paid),
            lines: count(lines),
            returned_lines: count(returned),
            reissued_lines: count(reissued),
            difference,
            cases_handed_in: count(handed_in),
            cases_open: count(open),
            cases_decided: count(decided),
            cases_in_time: count(in_time),
            days_used: count(days),
            cases_one_trip: count(one_trip),
            leads_open: count(leads.get(0)),
            leads_helped: count(leads.get(1)),
        })
    }

    async fn money_counts(&self, month: Month) -> Result<[i64; 7], StoreError> {
        let failed = |cause| StoreError::Database { doing: "清点发放", cause };
        let text = month.to_string();
        let row = sqlx::query(
            "SELECT COUNT(*), CAST(COALESCE(SUM(l.amount), 0) AS BIGINT), COUNT(DISTINCT l.person), \
             CAST(COALESCE(SUM(CASE WHEN l.kind = 'reissue' THEN 1 ELSE 0 END), 0) AS BIGINT) \
             FROM payment_line l JOIN envelope e ON e.county = l.county AND e.envelope = l.envelope WHERE e.month = $1",
        )
        .bind(&text)
        .fetch_one(self.read())
        .await
        .map_err(failed)?;
        let answer = sqlx::query(
            "SELECT CAST(COALESCE(SUM(a.confirmed_sum), 0) AS BIGINT), CAST(COALESCE(SUM(a.returned_count), 0) AS BIGINT) \
             FROM bank_answer a JOIN envelope e ON e.county = a.county AND e.envelope = a.envelope WHERE e.month = $1",
        )
        .bind(&text)
        .fetch_one(self.read())
        .await
        .map_err(failed)?;
        let persons = sqlx::query(
            "SELECT COUNT(*) FROM (SELECT l.person FROM payment_line l JOIN envelope e ON e.county = l.county AND e.envelope = l.envelope \
               WHERE e.month = $1 AND l.kind <> 'reissue' \
             UNION SELECT m.person FROM payment_line l JOIN envelope e ON e.county = l.county AND e.envelope = l.envelope \
               JOIN award_member m ON m.county = l.county AND m.award = l.award WHERE e.month = $1 AND l.kind <> 'reissue') drawing",
        )
        .bind(&text)
        .fetch_one(self.read())
        .await
        .map_err(failed)?;
        Ok([row.get(0), row.get(1), row.get(2), row.get(3), answer.get(0), answer.get(1), persons.get(0)])
    }

    async fn case_counts(&self, month: Month) -> Result<[i64; 6], StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN decided_on IS NULL AND status <> 'withdrawn' THEN 1 ELSE 0 END), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN decided_on >= $1 AND decided_on <= $2 THEN 1 ELSE 0 END), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN decided_on >= $1 AND decided_on <= $2 THEN COALESCE(is_in_time, 0) ELSE 0 END), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN decided_on >= $1 AND decided_on <= $2 THEN COALESCE(days_used, 0) ELSE 0 END), 0) AS BIGINT), \
             CAST(COALESCE(SUM(CASE WHEN decided_on >= $1 AND decided_on <= $2 AND trips <= 1 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM case_file",
        )
        .bind(month.first_day().to_string())
        .bind(month.last_day().to_string())
        .fetch_one(self.read())
        .await
        .map_err(StoreError::database("清点办件"))?;
        Ok([0, 1, 2, 3, 4, 5].map(|at| row.get(at)))
    }

    /// Persons drawing support in `month` by the awards on file (payees and counted members, each once), and of them those
    /// whose money of that month's envelopes arrived.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn drawing_persons(&self, month: Month) -> Result<(i64, i64), StoreError> {
        let failed = |cause| StoreError::Database { doing: "清点领取救助的人", cause };
        let active = "a.amount > 0 AND a.from_month <= $1 AND (a.until_month IS NULL OR a.until_month >= $1)";
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT a.person FROM award a WHERE {active} \
             UNION SELECT m.person FROM award a JOIN award_member m ON m.county = a.county AND m.award = a.award WHERE {active}) drawing"
        );
        let drawing = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(month.to_string())
            .fetch_one(self.read())
            .await
            .map_err(failed)?;
        let arrived = "FROM payment_line l JOIN envelope e ON e.county = l.county AND e.envelope = l.envelope \
             LEFT JOIN bank_return r ON r.county = l.county AND r.envelope = l.envelope AND r.no = l.no";
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT l.person {arrived} WHERE e.month = $1 AND r.no IS NULL \
             UNION SELECT m.person {arrived} JOIN award_member m ON m.county = l.county AND m.award = l.award \
               WHERE e.month = $1 AND r.no IS NULL) paid"
        );
        let paid = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(month.to_string())
            .fetch_one(self.read())
            .await
            .map_err(failed)?;
        Ok((drawing.get(0), paid.get(0)))
    }

    /// Villages that have a household on file.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn villages(&self) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(DISTINCT village) FROM household").fetch_one(self.read()).await;
        Ok(row.map_err(StoreError::database("清点村（社区）"))?.get(0))
    }

    /// Sums of a month by county.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn sums_by_county(&self, month: Month) -> Result<Vec<GroupSum>, StoreError> {
        self.sums("l.county", month, None).await
    }

    /// Sums of a month by programme, of a county or of all.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn sums_by_programme(&self, month: Month, county: Option<AreaCode>) -> Result<Vec<GroupSum>, StoreError> {
        self.sums("l.programme", month, county).await
    }

    /// Distinct persons on the month's lines by township.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn payees_by_township(&self, month: Month) -> Result<Vec<(AreaCode, i64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT SUBSTR(l.village, 1, 9), COUNT(DISTINCT l.person) FROM payment_line l \
             JOIN envelope e ON e.county = l.county AND e.envelope = l.envelope WHERE e.month = $1 \
             GROUP BY SUBSTR(l.village, 1, 9) ORDER BY 1",
        )
        .bind(month.to_string())
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("按乡镇清点发放"))?;
        rows.iter().map(|row| Ok((crate::register::area(row, 0)?, row.get(1)))).collect()
    }

    async fn sums(
        &self,
        key: &'static str,
        month: Month,
        county: Option<AreaCode>,
    ) -> Result<Vec<GroupSum>, StoreError> {
        let sql = format!(
            "SELECT {key}, COUNT(DISTINCT l.person), COUNT(*), CAST(SUM(l.amount) AS BIGINT) FROM payment_line l \
             JOIN envelope e ON e.county = l.county AND e.envelope = l.envelope \
             WHERE e.month = $1 AND ($2 = '' OR l.county = $2) GROUP BY {key} ORDER BY {key}"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(month.to_string())
            .bind(county.map(|county| county.county().to_string()).unwrap_or_default())
            .fetch_all(self.read())
            .await
            .map_err(StoreError::database("汇总发放"))?;
        let group = |row: &sqlx::any::AnyRow| GroupSum {
            key: row.get(0),
            payees: row.get(1),
            lines: row.get(2),
            amount: Fen::new(row.get(3)),
        };
        Ok(rows.iter().map(group).collect())
    }
}

fn count(number: i64) -> u64 {
    u64::try_from(number).expect("a count is not negative")
}
