//! Migrations: a folder each, with the SQL and its why. Applied in order, never changed afterwards.

use sha2::{Digest, Sha256};
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use crate::StoreError;
use crate::db::Kind;

/// Name and text of every migration, in order.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001-the-chain", include_str!("../migrations/0001-the-chain/up.sql")),
    ("0002-bank-profile", include_str!("../migrations/0002-bank-profile/up.sql")),
    ("0003-applications", include_str!("../migrations/0003-applications/up.sql")),
];

/// Applies what is missing; refuses a database whose applied migrations are not ours.
pub(crate) async fn migrate(tx: &mut Transaction<'_, Any>, kind: Kind) -> Result<(), StoreError> {
    let failed = |cause| StoreError::Database { doing: "升级数据库结构", cause };
    sqlx::query(
        "CREATE TABLE IF NOT EXISTS migration (id BIGINT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied_at TEXT NOT NULL)",
    )
    .execute(&mut **tx)
    .await
    .map_err(failed)?;
    let applied =
        sqlx::query("SELECT name, digest FROM migration ORDER BY id").fetch_all(&mut **tx).await.map_err(failed)?;
    if applied.len() > MIGRATIONS.len() {
        return Err(StoreError::Unusable("数据库是更新版本的程序建的，请用新版程序打开".into()));
    }
    for (at, (name, sql)) in MIGRATIONS.iter().enumerate() {
        let digest = hex::encode(Sha256::digest(sql.as_bytes()));
        match applied.get(at) {
            Some(row) if row.get::<String, _>(0) == *name && row.get::<String, _>(1) == digest => {}
            Some(_) => return Err(StoreError::Unusable(format!("数据库结构 {name} 与本程序的不一致，不能打开"))),
            None => apply(tx, kind, at, name, sql, &digest).await?,
        }
    }
    Ok(())
}

async fn apply(
    tx: &mut Transaction<'_, Any>,
    kind: Kind,
    at: usize,
    name: &str,
    sql: &'static str,
    digest: &str,
) -> Result<(), StoreError> {
    let failed = |cause| StoreError::Database { doing: "升级数据库结构", cause };
    for statement in sql.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
        // the text is a constant of this crate; PostgreSQL shall order text by code point, as SQLite does
        let statement = match kind {
            Kind::Sqlite => statement.to_owned(),
            Kind::Postgres => statement.replace(" TEXT", " TEXT COLLATE \"C\""),
        };
        sqlx::query(AssertSqlSafe(statement)).execute(&mut **tx).await.map_err(failed)?;
    }
    sqlx::query(
        "INSERT INTO migration (id, name, digest, applied_at) VALUES ($1, $2, $3, CAST(CURRENT_TIMESTAMP AS TEXT))",
    )
    .bind(i64::try_from(at + 1).expect("few migrations"))
    .bind(name)
    .bind(digest)
    .execute(&mut **tx)
    .await
    .map_err(failed)?;
    Ok(())
}
