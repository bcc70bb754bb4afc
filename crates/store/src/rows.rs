//! Rows on their way in and out: many written with few statements, documents read back, ranges of areas.

use std::sync::Arc;

use law::{AmountPer, Gives};
use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments, AssertSqlSafe, Transaction};

use values::{AreaCode, AreaLevel};

use crate::StoreError;

/// A cell of a row.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
    NoText,
    NoNumber,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Number(number)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Cell {
        text.map_or(Cell::NoText, Cell::Text)
    }
}

impl From<Option<i64>> for Cell {
    fn from(number: Option<i64>) -> Cell {
        number.map_or(Cell::NoNumber, Cell::Number)
    }
}

/// Both engines take at least 32,766 bound values a statement. Every statement is handed to the database's own thread and waited
/// for: with 500 values a fifth of an import's time went into that, beyond 8,000 nothing more is saved.
const VALUES_A_STATEMENT: usize = 8_000;

/// Collects rows of one table and writes them in chunks within the caller's transaction.
pub(crate) struct Rows {
    insert: &'static str,
    columns: usize,
    after: &'static str,
    cells: Vec<Cell>,
    /// Rows that were really written: without those that met a conflict.
    written: u64,
    /// Text of a full chunk, made when the first is full.
    full: Option<Arc<str>>,
}

impl Rows {
    /// `insert` ends before VALUES: `INSERT INTO t (a, b)`; `after` is empty or an `ON CONFLICT` clause.
    pub(crate) fn new(insert: &'static str, columns: usize, after: &'static str) -> Rows {
        Rows { insert, columns, after, cells: Vec::new(), written: 0, full: None }
    }

    /// Adds a row; writes a chunk when one is full.
    pub(crate) async fn add<const N: usize>(
        &mut self,
        tx: &mut Transaction<'_, Any>,
        row: [Cell; N],
    ) -> Result<(), StoreError> {
        assert_eq!(N, self.columns, "a row has a cell for each column");
        self.cells.extend(row);
        if self.cells.len() / self.columns == VALUES_A_STATEMENT / self.columns {
            let sql = self.full.take().unwrap_or_else(|| self.statement(tx).into());
            self.run(tx, Arc::clone(&sql), true).await?;
            self.full = Some(sql);
        }
        Ok(())
    }

    /// Writes what is left; answers how many rows were really written.
    pub(crate) async fn finish(mut self, tx: &mut Transaction<'_, Any>) -> Result<u64, StoreError> {
        if !self.cells.is_empty() {
            let sql = self.statement(tx).into();
            self.run(tx, sql, false).await?;
        }
        Ok(self.written)
    }

    /// The text for the cells at hand.
    fn statement(&self, tx: &Transaction<'_, Any>) -> String {
        let places = match tx.backend_name() {
            "SQLite" => Places::Plain,
            _ => Places::Numbered,
        };
        statement(self.insert, self.columns, self.cells.len() / self.columns, self.after, places)
    }

    /// A full chunk comes again and is kept prepared; the rest is of any length, and keeping each would fill the memory.
    async fn run(&mut self, tx: &mut Transaction<'_, Any>, sql: Arc<str>, is_full: bool) -> Result<(), StoreError> {
        let mut values = AnyArguments::default();
        values.reserve(self.cells.len(), 0);
        for cell in self.cells.drain(..) {
            match cell {
                Cell::Text(text) => values.add(text),
                Cell::Number(number) => values.add(number),
                Cell::NoText => values.add(None::<String>),
                Cell::NoNumber => values.add(None::<i64>),
            }
            .expect("texts and numbers can always be bound");
        }
        // the text is made of constants of this crate and numbered places alone
        let query = sqlx::query_with(AssertSqlSafe(sql), values).persistent(is_full);
        self.written += query.execute(&mut **tx).await.map_err(unique_means_paid)?.rows_affected();
        Ok(())
    }
}

/// A broken uniqueness of money has a name of its own.
pub(crate) fn unique_means_paid(cause: sqlx::Error) -> StoreError {
    let is_money = |error: &dyn sqlx::error::DatabaseError| {
        let text = error.message();
        error.is_unique_violation()
            && (text.contains("payment_line")
                || text.contains("payment_once")
                || text.contains("payment_replaced_once"))
    };
    match cause.as_database_error() {
        Some(error) if is_money(error) => StoreError::PaidAlready,
        _ => StoreError::Database { doing: "批量写入", cause },
    }
}

/// How a statement marks where its values go.
#[derive(Clone, Copy)]
enum Places {
    /// `?`: SQLite keeps numbered places in a list that it walks for each of them, so that thousands cost their square.
    Plain,
    /// `$1`: the only form PostgreSQL knows.
    Numbered,
}

fn statement(insert: &str, columns: usize, rows: usize, after: &str, places: Places) -> String {
    let mut sql = String::with_capacity(insert.len() + rows * columns * 7 + after.len() + 8);
    sql.push_str(insert);
    sql.push_str(" VALUES ");
    let mut place = 0;
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..columns {
            place += 1;
            if column > 0 {
                sql.push(',');
            }
            match places {
                Places::Plain => sql.push('?'),
                Places::Numbered => sql.push_str(&format!("${place}")),
            }
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(after);
    sql
}

/// The half-open range of twelve-digit codes within an area.
pub(crate) fn range(within: AreaCode) -> (String, String) {
    let from = match within.level() {
        AreaLevel::Nation => String::new(),
        _ => within.short().to_owned(),
    };
    let until = format!("{from}:"); // ':' follows '9'
    (from, until)
}

/// Reads a stored document back.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|cause| StoreError::unreadable(what)(cause.to_string()))
}

/// The name under which it is stored what an award gives.
pub(crate) fn gives_code(gives: Gives) -> &'static str {
    match gives {
        Gives::Money(AmountPer::Month) => "month",
        Gives::Money(AmountPer::Once) => "once",
        Gives::Money(AmountPer::Year) => "year",
        Gives::Recognition => "recognition",
        Gives::Services => "services",
    }
}

/// What is given, as it was stored.
pub(crate) fn gives_of(code: &str) -> Result<Gives, StoreError> {
    const ALL: [Gives; 5] = [
        Gives::Money(AmountPer::Month),
        Gives::Money(AmountPer::Once),
        Gives::Money(AmountPer::Year),
        Gives::Recognition,
        Gives::Services,
    ];
    let found = ALL.into_iter().find(|gives| gives_code(*gives) == code);
    found.ok_or_else(|| StoreError::unreadable("待遇种类")(code.to_owned()))
}
