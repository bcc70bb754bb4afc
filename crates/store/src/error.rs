//! What can go wrong with a database, in plain Chinese, with what was being done. No personal data inside.

/// Why the store could not do what was asked.
#[derive(thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("数据库出错：正在{doing}。{cause}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// What the database said.
        cause: sqlx::Error,
    },
    /// Somebody else changed it first: read again, decide again.
    #[error("{what}刚被别人改过，请刷新后再办")]
    Conflict {
        /// What was changed.
        what: &'static str,
    },
    /// Two payments of the same person, programme, month, kind and attempt; or a line replaced twice.
    #[error("这笔钱已经发过了，数据库拒绝重复发放")]
    PaidAlready,
    /// The same person or household where only one may stand.
    #[error("{0}")]
    Twice(&'static str),
    /// Not there.
    #[error("找不到{0}")]
    NotFound(&'static str),
    /// Another process holds the data directory.
    #[error("数据目录正被另一个 dixian 程序使用；同一时间只能有一个程序写入，请先关掉那一个")]
    InUse,
    /// The file is not what this program can open.
    #[error("{0}")]
    Unusable(String),
    /// A stored document that cannot be read back: damaged, or written by a newer release.
    #[error("存储的{what}读不回来：{cause}。请先运行 dixian audit verify")]
    Unreadable {
        /// Which.
        what: &'static str,
        /// Why.
        cause: String,
    },
}

/// As people see it: what a database adds for programmers can hold whole rows, and with them names and numbers.
impl std::fmt::Debug for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl StoreError {
    pub(crate) fn database(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
        move |cause| StoreError::Database { doing, cause }
    }

    pub(crate) fn unreadable(what: &'static str) -> impl Fn(String) -> StoreError {
        move |cause| StoreError::Unreadable { what, cause }
    }
}
