//! Rows in bulk: the driver costs tens of microseconds for every row it hands over, the database a few. A month's rights and
//! lines therefore come back packed: many rows in one text, fields and rows parted by control characters that no name carries.

use sqlx::Row;
use values::{AreaCode, Month};

use crate::StoreError;

const FIELD: char = '\u{1f}';
const ROW: char = '\u{1e}';

/// What is read packed.
#[derive(Clone, Copy)]
pub(crate) struct Packed<'q> {
    /// What is being done, for errors.
    pub doing: &'static str,
    /// Column expressions; NULL arrives as an empty field.
    pub columns: &'q str,
    /// From `FROM` on, with `$1`, `$2` ….
    pub from: &'q str,
    /// Rows of the same value travel together; some hundreds to some thousands of rows each.
    pub bucket: &'static str,
}

/// The fields of one row.
pub(crate) struct Fields<'t> {
    fields: Vec<&'t str>,
}

/// Reads, and hands every row to `take`; the order of rows is not kept. The two engines name the same functions differently.
pub(crate) async fn read_packed(
    executor: impl sqlx::Executor<'_, Database = sqlx::Any>,
    is_sqlite: bool,
    what: Packed<'_>,
    binds: &[&str],
    take: &mut (dyn FnMut(&Fields<'_>) -> Result<(), StoreError> + Send),
) -> Result<(), StoreError> {
    let columns: Vec<&str> = what.columns.split(", ").collect();
    let (join, code) = if is_sqlite { ("group_concat", "char") } else { ("string_agg", "chr") };
    let texts: Vec<String> = columns.iter().map(|column| format!("COALESCE(CAST({column} AS TEXT), '')")).collect();
    let line = texts.join(&format!(" || {code}(31) || "));
    let sql = format!(
        "SELECT {join}(line, {code}(30)) FROM (SELECT {line} AS line, {} AS bucket {}) packed GROUP BY bucket",
        what.bucket, what.from
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)); // constants of this crate alone
    for bind in binds {
        query = query.bind((*bind).to_owned());
    }
    let rows = query.fetch_all(executor).await.map_err(StoreError::database(what.doing))?;
    for row in &rows {
        let text: String = row.get(0);
        for line in text.split(ROW) {
            let fields: Vec<&str> = line.split(FIELD).collect();
            if fields.len() != columns.len() {
                return Err(StoreError::unreadable("批量数据")("字段个数不对".into()));
            }
            take(&Fields { fields })?;
        }
    }
    Ok(())
}

impl Fields<'_> {
    pub(crate) fn text(&self, at: usize) -> String {
        self.fields[at].to_owned()
    }

    pub(crate) fn is_empty(&self, at: usize) -> bool {
        self.fields[at].is_empty()
    }

    pub(crate) fn number(&self, at: usize) -> Result<i64, StoreError> {
        self.fields[at].parse().map_err(|_| StoreError::unreadable("数字")("不是整数".into()))
    }

    pub(crate) fn number_or_none(&self, at: usize) -> Result<Option<i64>, StoreError> {
        if self.is_empty(at) { Ok(None) } else { self.number(at).map(Some) }
    }

    pub(crate) fn area(&self, at: usize) -> Result<AreaCode, StoreError> {
        self.fields[at].parse().map_err(|_| StoreError::unreadable("区划代码")("不是十二位数字".into()))
    }

    pub(crate) fn month(&self, at: usize) -> Result<Month, StoreError> {
        self.fields[at].parse().map_err(|_| StoreError::unreadable("月份")("不是月份".into()))
    }
}
