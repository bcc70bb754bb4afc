//! What an audit row speaks of, counted again from the rows themselves.

use ledger::Posting;
use sqlx::{Any, Row, Transaction};
use values::{AreaCode, EnvelopeId, Fen};

use super::{Pile, RowDigest, digest};
use crate::StoreError;

/// What was found under the subject of an audit row.
pub(crate) struct Recount {
    /// The key under which [`UNSPOKEN`] lists the same.
    pub(crate) key: String,
    /// What it is, for people.
    pub(crate) name: &'static str,
    /// Its digest now.
    pub(crate) digest: String,
}

/// A kind of rows that may not exist without an audit row.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// County and key of every one there is.
    pub(crate) sql: &'static str,
}

pub(crate) const UNSPOKEN: &[Kind] = &[
    Kind {
        name: "办件事件",
        sql: "SELECT county, 'event:' || CAST(case_id AS TEXT) || ':' || CAST(seq AS TEXT) FROM event ORDER BY county, case_id, seq",
    },
    Kind {
        name: "发放明细",
        sql: "SELECT DISTINCT county, 'envelope:' || CAST(envelope AS TEXT) FROM payment_line ORDER BY 1, 2",
    },
    Kind {
        name: "总账分录",
        sql: "SELECT county, 'entry:' || CAST(entry AS TEXT) FROM ledger_entry ORDER BY county, entry",
    },
    Kind {
        name: "总账分录",
        sql: "SELECT DISTINCT county, 'entry:' || CAST(entry AS TEXT) FROM ledger_posting ORDER BY 1, 2",
    },
    Kind { name: "待遇台账", sql: "SELECT DISTINCT county, 'awards:' || batch FROM award ORDER BY 1, 2" },
    Kind {
        name: "银行退回记录",
        sql: "SELECT county, 'return:' || CAST(envelope AS TEXT) || ':' || file_digest FROM bank_answer \
              UNION SELECT county, 'return:' || CAST(envelope AS TEXT) || ':' || file_digest FROM bank_return ORDER BY 1, 2",
    },
    Kind { name: "家庭事实", sql: "SELECT DISTINCT county, 'facts:' || batch FROM household_facts ORDER BY 1, 2" },
    Kind {
        name: "收款账户", sql: "SELECT DISTINCT county, 'accounts:' || batch FROM account_history ORDER BY 1, 2"
    },
    // the account in use is the newest of its history
    Kind {
        name: "收款账户",
        sql: "SELECT a.county, 'account:' || CAST(a.person AS TEXT) FROM account a WHERE NOT EXISTS (SELECT 1 FROM account_history h \
              WHERE h.county = a.county AND h.person = a.person AND h.version = a.version AND h.holder = a.holder AND h.number = a.number AND h.bank = a.bank) \
              ORDER BY a.county, a.person",
    },
];

/// Applications, cases and envelopes as they stand: county, key, state and document of every one. The newest audit row of each key holds the
/// digest of both.
pub(crate) const STANDING: &[Kind] = &[
    Kind {
        name: "申请的现状",
        sql: "SELECT county, 'application:' || number, '', document FROM application ORDER BY county, number",
    },
    Kind {
        name: "办件的现状",
        sql: "SELECT county, 'case:' || CAST(case_id AS TEXT), status, document FROM case_file ORDER BY county, case_id",
    },
    Kind {
        name: "发放批次的现状",
        sql: "SELECT county, 'state:' || CAST(envelope AS TEXT), state, document FROM envelope ORDER BY county, envelope",
    },
];

/// The key of [`STANDING`] that a subject is about.
pub(crate) fn standing_key(subject: &str) -> Option<&str> {
    let is_one = ["case:", "state:", "application:"].iter().any(|kind| subject.starts_with(kind));
    subject.rsplit_once(':').filter(|_| is_one).map(|(key, _)| key)
}

/// Counts again what `subject` names; none for subjects whose rows may change or hold no money and no rights.
pub(crate) async fn recount(
    tx: &mut Transaction<'_, Any>,
    county: &str,
    subject: &str,
) -> Result<Option<Recount>, StoreError> {
    let parts: Vec<&str> = subject.split(':').collect();
    let text = |at: usize| parts.get(at).copied().unwrap_or_default();
    let number = |at: usize| text(at).parse::<i64>().unwrap_or_default();
    let (named, name, digest) = match parts[0] {
        "event" => (3, "办件事件", event(tx, county, number(1), number(2)).await?),
        "envelope" => (2, "发放明细", lines(tx, county, number(1)).await?),
        "entry" => (2, "总账分录", entry(tx, county, number(1)).await?),
        "awards" => (2, "待遇台账", awards(tx, county, text(1)).await?),
        "return" => (3, "银行退回记录", returns(tx, county, number(1), text(2)).await?),
        "facts" => (2, "家庭事实", facts(tx, county, text(1)).await?),
        "accounts" => (2, "收款账户", accounts(tx, county, text(1)).await?),
        _ => return Ok(None),
    };
    Ok(Some(Recount { key: parts[..named.min(parts.len())].join(":"), name, digest }))
}

async fn event(tx: &mut Transaction<'_, Any>, county: &str, case: i64, seq: i64) -> Result<String, StoreError> {
    let row = sqlx::query("SELECT document FROM event WHERE county = $1 AND case_id = $2 AND seq = $3")
        .bind(county)
        .bind(case)
        .bind(seq)
        .fetch_optional(&mut **tx)
        .await
        .map_err(StoreError::database("验算办件事件"))?;
    Ok(row.map_or_else(String::new, |row| digest([row.get::<String, _>(0).as_str()])))
}

async fn lines(tx: &mut Transaction<'_, Any>, county: &str, envelope: i64) -> Result<String, StoreError> {
    let county: AreaCode = county.parse().map_err(|_| StoreError::unreadable("区划代码")(county.to_owned()))?;
    let mut digest = RowDigest::default();
    let is_sqlite = tx.backend_name() == "SQLite";
    for line in crate::pay::lines_of(&mut **tx, is_sqlite, county, EnvelopeId(envelope)).await? {
        digest.line(&line);
    }
    Ok(digest.finish())
}

async fn entry(tx: &mut Transaction<'_, Any>, county: &str, number: i64) -> Result<String, StoreError> {
    let rows = sqlx::query(
        "SELECT e.on_day, e.memo, p.account, p.fund, p.programme, p.month, p.amount FROM ledger_entry e \
         JOIN ledger_posting p ON p.county = e.county AND p.entry = e.entry WHERE e.county = $1 AND e.entry = $2 ORDER BY p.no",
    )
    .bind(county)
    .bind(number)
    .fetch_all(&mut **tx)
    .await
    .map_err(StoreError::database("验算总账"))?;
    let mut digest = RowDigest::default();
    for row in &rows {
        let posting = Posting {
            account: crate::ledger::account(row, 2)?,
            fund: crate::ledger::fund(row, 3)?,
            programme: row.get(4),
            county: AreaCode::NATION,
            month: crate::register::month(row, 5)?,
            amount: Fen::new(row.get(6)),
        };
        digest.posting(&row.get::<String, _>(0), &row.get::<String, _>(1), &posting);
    }
    Ok(digest.finish())
}

async fn awards(tx: &mut Transaction<'_, Any>, county: &str, batch: &str) -> Result<String, StoreError> {
    let rows = sqlx::query(
        "SELECT award, person, amount, programme, from_month FROM award WHERE county = $1 AND batch = $2 ORDER BY award",
    )
    .bind(county)
    .bind(batch)
    .fetch_all(&mut **tx)
    .await
    .map_err(StoreError::database("验算待遇台账"))?;
    let mut digest = RowDigest::default();
    for row in &rows {
        digest.award([row.get(0), row.get(1), row.get(2)], &row.get::<String, _>(3), &row.get::<String, _>(4));
    }
    Ok(digest.finish())
}

async fn returns(tx: &mut Transaction<'_, Any>, county: &str, envelope: i64, file: &str) -> Result<String, StoreError> {
    let failed = |cause| StoreError::Database { doing: "验算银行退回", cause };
    let mut digest = RowDigest::default();
    let sql =
        "SELECT no, code, amount FROM bank_return WHERE county = $1 AND envelope = $2 AND file_digest = $3 ORDER BY no";
    let back = sqlx::query(sql).bind(county).bind(envelope).bind(file).fetch_all(&mut **tx).await.map_err(failed)?;
    for row in &back {
        digest.refusal(row.get(0), &row.get::<String, _>(1), row.get(2));
    }
    let sql = "SELECT file_no, confirmed_count, confirmed_sum FROM bank_answer WHERE county = $1 AND envelope = $2 AND file_digest = $3";
    let total = sqlx::query(sql).bind(county).bind(envelope).bind(file).fetch_all(&mut **tx).await.map_err(failed)?;
    for row in &total {
        digest.answer(row.get(0), row.get(1), row.get(2));
    }
    Ok(digest.finish())
}

async fn facts(tx: &mut Transaction<'_, Any>, county: &str, batch: &str) -> Result<String, StoreError> {
    let mut pile = Pile::default();
    let mut after = (0_i64, 0_i64);
    loop {
        let rows = sqlx::query(
            "SELECT household, version, true_from, source, facts FROM household_facts WHERE county = $1 AND batch = $2 \
             AND (household, version) > ($3, $4) ORDER BY household, version LIMIT 2000",
        )
        .bind(county)
        .bind(batch)
        .bind(after.0)
        .bind(after.1)
        .fetch_all(&mut **tx)
        .await
        .map_err(StoreError::database("验算家庭事实"))?;
        let Some(last) = rows.last() else { return Ok(pile.finish()) };
        after = (last.get(0), last.get(1));
        for row in &rows {
            let [true_from, source, facts] = [2, 3, 4].map(|at| row.get::<String, _>(at));
            pile.add(row.get(0), row.get(1), digest([true_from.as_str(), &source, &facts]));
        }
    }
}

async fn accounts(tx: &mut Transaction<'_, Any>, county: &str, batch: &str) -> Result<String, StoreError> {
    let rows = sqlx::query(
        "SELECT person, version, holder, number, bank, entered_by, verified_by FROM account_history WHERE county = $1 AND batch = $2",
    )
    .bind(county)
    .bind(batch)
    .fetch_all(&mut **tx)
    .await
    .map_err(StoreError::database("验算收款账户"))?;
    let mut pile = Pile::default();
    for row in &rows {
        let fields = [2, 3, 4, 5, 6].map(|at| row.get::<String, _>(at));
        pile.add(row.get(0), row.get(1), digest(fields.each_ref().map(String::as_str)));
    }
    Ok(pile.finish())
}
