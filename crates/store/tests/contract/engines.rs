//! The engines that the contract is held to: SQLite in a folder of its own, and a PostgreSQL that this process starts from
//! Debian's package on a spare port of the loopback. Each check gets a database of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, Row};
use store::Store;

/// A fresh database of one engine.
pub struct House {
    pub store: Store,
    pub engine: &'static str,
    url: String,
    _folder: Option<tempfile::TempDir>,
}

/// Runs one check on every engine there is.
pub fn on_both(check: impl AsyncFn(&House)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        check(&on_sqlite().await).await;
        if let Some(cluster) = cluster() {
            check(&cluster.fresh().await).await;
        }
    });
}

async fn on_sqlite() -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_folder(folder.path()).await.unwrap();
    let url = format!("sqlite://{}", folder.path().join("dixian.db").display());
    House { store, engine: "SQLite", url, _folder: Some(folder) }
}

impl House {
    /// Does what somebody with the database's own password could do; answers how many rows it touched.
    pub async fn tamper(&self, sql: &str) -> u64 {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let done = connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap_or_else(|no| panic!("{sql}: {no}"));
        connection.close().await.unwrap();
        done.rows_affected()
    }

    /// One number out of the database.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        row.get(0)
    }

    /// Lets go of the database and opens it anew, as the next start would.
    pub async fn next_start(&self) -> Result<Store, store::StoreError> {
        self.store.close().await;
        let Some(folder) = &self._folder else { return Store::open_postgres(&self.url).await };
        let next = folder.path().join("next"); // the lock of the first folder lives as long as its store
        std::fs::create_dir(&next).unwrap();
        std::fs::copy(folder.path().join("dixian.db"), next.join("dixian.db")).unwrap();
        Store::open_folder(&next).await
    }

    /// Opens the same database once more, as another program would.
    pub async fn open_again(&self) -> Result<Store, store::StoreError> {
        match &self._folder {
            Some(folder) => Store::open_folder(folder.path()).await,
            None => Store::open_postgres(&self.url).await,
        }
    }
}

/// A PostgreSQL of this process. The shell that started it ends it and removes its files when its standard input closes, which
/// happens however this process ends.
struct Cluster {
    port: u16,
    databases: AtomicU32,
    _shell: (Child, ChildStdin),
}

const SCRIPT: &str = r#"
set -e
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$BIN/initdb" -D "$dir/data" -U dixian -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
"$BIN/postgres" -D "$dir/data" -p "$PORT" -k "$dir" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 >"$dir/log" 2>&1 &
server=$!
tries=0
until "$BIN/pg_isready" -q -h 127.0.0.1 -p "$PORT"; do
  tries=$((tries + 1))
  if [ $tries -gt 300 ] || ! kill -0 $server; then cat "$dir/log" >&2; exit 1; fi
  sleep 0.1
done
echo ready
cat >/dev/null
kill -QUIT $server
wait $server || true
"#;

fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(start).as_ref()
}

fn start() -> Option<Cluster> {
    let Some(binaries) = binaries() else {
        let text = "\n*** PostgreSQL was SKIPPED: no /usr/lib/postgresql/*/bin. The contract was held to SQLite alone. ***\n\n";
        assert!(std::env::var_os("DIXIAN_NEEDS_POSTGRES").is_none(), "{text}");
        std::io::stderr().write_all(text.as_bytes()).unwrap();
        return None;
    };
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut shell = as_plain_user()
        .args(["sh", "-c", SCRIPT])
        .env("BIN", binaries)
        .env("PORT", port.to_string())
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdin = shell.stdin.take().unwrap();
    let mut line = String::new();
    BufReader::new(shell.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "ready", "PostgreSQL did not start");
    Some(Cluster { port, databases: AtomicU32::new(0), _shell: (shell, stdin) })
}

/// The newest of Debian's versions.
fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
    found.retain(|bin| bin.join("initdb").exists() && bin.join("postgres").exists());
    found.sort();
    found.pop()
}

/// PostgreSQL refuses to run as root; Debian's package brings a user for it.
fn as_plain_user() -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout.trim_ascii() == b"0" {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]);
        command
    } else {
        Command::new("env")
    }
}

impl Cluster {
    /// A new database whose own order of letters is Chinese: the store must not depend on it.
    async fn fresh(&self) -> House {
        sqlx::any::install_default_drivers();
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let root = format!("postgres://dixian@127.0.0.1:{}", self.port);
        let mut connection = AnyConnection::connect(&format!("{root}/postgres")).await.unwrap();
        let sql =
            format!("CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN' LOCALE 'C'");
        connection.execute(AssertSqlSafe(sql)).await.unwrap();
        connection.close().await.unwrap();
        let url = format!("{root}/{name}");
        let store = Store::open_postgres(&url).await.unwrap();
        House { store, engine: "PostgreSQL", url, _folder: None }
    }
}
