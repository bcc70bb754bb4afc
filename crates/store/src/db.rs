//! Opening a database, and the one way to write to it.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex};

use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Executor, Row, Transaction};
use values::{AreaCode, IdMint};

use crate::{Hand, StoreError, audit, migration};

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    read: AnyPool,
    write: AnyPool,
    kind: Kind,
    salt: Arc<str>,
    mint: Arc<Mutex<IdMint>>,
    _lock: Option<Arc<File>>,
}

/// Without the salt: who has it can try ID numbers against hashes.
impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("kind", &self.kind).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// One transaction of one county. Dropped without [`Writing::commit`], it leaves nothing.
pub struct Writing<'a> {
    pub(crate) tx: Transaction<'a, Any>,
    pub(crate) county: String,
    pub(crate) hand: Hand,
    audited: u32,
}

impl Store {
    /// Opens (and makes) the SQLite file of a data directory; one process at a time.
    ///
    /// # Errors
    /// The directory cannot be used, or another process uses it.
    pub async fn open_folder(folder: &Path) -> Result<Store, StoreError> {
        let unusable =
            |cause: std::io::Error| StoreError::Unusable(format!("数据目录 {} 不能用：{cause}", folder.display()));
        std::fs::create_dir_all(folder).map_err(unusable)?;
        let lock = File::create(folder.join("dixian.lock")).map_err(unusable)?;
        lock.try_lock().map_err(|_| StoreError::InUse)?;
        let file = std::path::absolute(folder.join("dixian.db")).map_err(unusable)?;
        let url = format!("sqlite://{}?mode=rwc", as_url_path(&file));
        Store::connect(&url, Kind::Sqlite, Some(Arc::new(lock))).await
    }

    /// Opens a PostgreSQL database, `postgres://…`.
    ///
    /// # Errors
    /// It cannot be reached, or is not ours.
    pub async fn open_postgres(url: &str) -> Result<Store, StoreError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            let text = "数据库地址应以 postgres:// 开头；要用 SQLite 请改用 --data 目录";
            return Err(StoreError::Unusable(text.into()));
        }
        Store::connect(url, Kind::Postgres, None).await
    }

    async fn connect(url: &str, kind: Kind, lock: Option<Arc<File>>) -> Result<Store, StoreError> {
        sqlx::any::install_default_drivers();
        let failed = StoreError::database("打开数据库");
        let (writers, readers) = match kind {
            Kind::Sqlite => (1, 4),
            Kind::Postgres => (4, 8),
        };
        let write = pool(url, kind, writers, SQLITE_WRITER).await.map_err(failed)?;
        let (salt, node) = prepare(&write, kind).await?;
        let read = pool(url, kind, readers, SQLITE_READER).await.map_err(StoreError::database("打开数据库"))?;
        let mint = Arc::new(Mutex::new(IdMint::new(node)));
        Ok(Store { read, write, kind, salt: Arc::from(salt), mint, _lock: lock })
    }

    /// The pool for reading.
    pub(crate) fn read(&self) -> &AnyPool {
        &self.read
    }

    /// Which of the two engines this is, where they differ.
    pub(crate) fn is_sqlite(&self) -> bool {
        self.kind == Kind::Sqlite
    }

    pub(crate) fn salt(&self) -> &str {
        &self.salt
    }

    /// A new id at that moment (milliseconds since 1970). Ids are made here, never by the database.
    pub fn next_id(&self, unix_ms: i64) -> i64 {
        self.mint.lock().expect("nobody panics while holding the mint").next(unix_ms)
    }

    pub(crate) async fn begin(&self) -> Result<Transaction<'_, Any>, StoreError> {
        begin(&self.write, self.kind).await
    }

    /// A view of everything as of one moment.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'_, Any>, StoreError> {
        let begin = match self.kind {
            Kind::Sqlite => "BEGIN",
            Kind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.read.begin_with(begin).await.map_err(StoreError::database("开始读取"))
    }

    /// Waits for what is being written and lets go of the database. The data directory stays locked until the last clone is
    /// dropped.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Begins to write in a county.
    ///
    /// # Errors
    /// The database cannot be written to.
    pub async fn write(&self, county: AreaCode, hand: Hand) -> Result<Writing<'_>, StoreError> {
        let tx = self.begin().await?;
        Ok(Writing { tx, county: county.county().to_string(), hand, audited: 0 })
    }

    /// The engine and its version, for `dixian doctor`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn engine(&self) -> Result<String, StoreError> {
        let sql = match self.kind {
            Kind::Sqlite => "SELECT 'SQLite ' || sqlite_version()",
            Kind::Postgres => "SELECT 'PostgreSQL ' || current_setting('server_version')",
        };
        let row = sqlx::query(sql).fetch_one(&self.read).await.map_err(StoreError::database("查看数据库版本"))?;
        Ok(row.get(0))
    }
}

impl Writing<'_> {
    /// Adds an audit row: what was done to what, and the digest of what was written.
    pub(crate) async fn audit(&mut self, act: &str, subject: &str, payload: &str) -> Result<(), StoreError> {
        self.audited += 1;
        audit::add(&mut self.tx, &self.county, &self.hand, act, subject, payload).await
    }

    /// Makes everything of this transaction true at once.
    ///
    /// # Errors
    /// The database could not keep it; nothing was written.
    ///
    /// # Panics
    /// When something was written without an audit row: that is a bug, and it must not reach the disk.
    pub async fn commit(self) -> Result<(), StoreError> {
        assert!(self.audited > 0, "every write has its audit row");
        self.tx.commit().await.map_err(StoreError::database("写入数据库"))
    }
}

async fn begin(pool: &AnyPool, kind: Kind) -> Result<Transaction<'static, Any>, StoreError> {
    // IMMEDIATE: a transaction that reads first and writes later must not find the file taken in between
    let begin = match kind {
        Kind::Sqlite => "BEGIN IMMEDIATE",
        Kind::Postgres => "BEGIN",
    };
    pool.begin_with(begin).await.map_err(StoreError::database("开始写入"))
}

/// Checks the engine, migrates, and answers this database's salt and the node under which ids are made.
async fn prepare(pool: &AnyPool, kind: Kind) -> Result<(String, u8), StoreError> {
    let failed = |cause| StoreError::Database { doing: "准备数据库", cause };
    let mut tx = begin(pool, kind).await?;
    match kind {
        Kind::Sqlite => assert_sqlite_is_safe(&mut tx).await?,
        // two programs that start at once on an empty database migrate one after the other; any constant number does
        Kind::Postgres => {
            sqlx::query("SELECT pg_advisory_xact_lock(430300)").execute(&mut *tx).await.map_err(failed)?;
        }
    }
    migration::migrate(&mut tx, kind).await?;
    let known = sqlx::query("SELECT value FROM setting WHERE name = 'salt'").fetch_optional(&mut *tx).await;
    let salt = match known.map_err(failed)? {
        Some(row) => row.get::<String, _>(0),
        None => {
            let made = random_salt(&mut tx, kind).await?;
            let insert = sqlx::query("INSERT INTO setting (name, value) VALUES ('salt', $1)").bind(&made);
            insert.execute(&mut *tx).await.map_err(failed)?;
            made
        }
    };
    let node = next_node(&mut tx).await?;
    tx.commit().await.map_err(failed)?;
    Ok((salt, node))
}

/// Every opening takes the next of 255 nodes: two programs on one database, or one started again at the same moment of an
/// invented calendar, do not make the same ids.
async fn next_node(tx: &mut Transaction<'_, Any>) -> Result<u8, StoreError> {
    let row = sqlx::query(
        "INSERT INTO setting (name, value) VALUES ('node', '1') \
         ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(setting.value AS BIGINT) % 255 + 1 AS TEXT) RETURNING value",
    )
    .fetch_one(&mut **tx)
    .await
    .map_err(StoreError::database("准备数据库"))?;
    let node: String = row.get(0);
    node.parse().map_err(|_| StoreError::unreadable("编号节点")(node))
}

async fn pool(
    url: &str,
    kind: Kind,
    connections: u32,
    sqlite_settings: &'static [&'static str],
) -> Result<AnyPool, sqlx::Error> {
    AnyPoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if kind == Kind::Sqlite {
                    for pragma in sqlite_settings {
                        connection.execute(*pragma).await?;
                    }
                }
                Ok(())
            })
        })
        .connect(url)
        .await
}

/// Every byte of a path that means something else in an address is written as %XX.
fn as_url_path(path: &Path) -> String {
    let mut url = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => url.push(char::from(*byte)),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// FULL, because NORMAL can lose an acknowledged commit at power loss.
const SQLITE_WRITER: &[&str] = &[
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_size_limit = 67108864", // an import leaves a log as large as itself; give the room back
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32000",
];

/// Readers cannot write, whatever they are asked.
const SQLITE_READER: &[&str] = &[
    "PRAGMA query_only = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
];

/// Before 3.51.3 a WAL reset with two connections could damage the file.
async fn assert_sqlite_is_safe(tx: &mut Transaction<'_, Any>) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT sqlite_version()")
        .fetch_one(&mut **tx)
        .await
        .map_err(StoreError::database("查看 SQLite 版本"))?;
    let version: String = row.get(0);
    let parts: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    if parts.as_slice() < [3, 51, 3].as_slice() {
        return Err(StoreError::Unusable(format!("SQLite {version} 太旧，需要 3.51.3 以上")));
    }
    Ok(())
}

async fn random_salt(tx: &mut Transaction<'_, Any>, kind: Kind) -> Result<String, StoreError> {
    let sql = match kind {
        Kind::Sqlite => "SELECT lower(hex(randomblob(32)))",
        Kind::Postgres => "SELECT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')",
    };
    let row = sqlx::query(sql).fetch_one(&mut **tx).await.map_err(StoreError::database("准备数据库"))?;
    Ok(row.get(0))
}
