//! Where things are: the data directory, the database, the books.

use std::path::{Path, PathBuf};

use store::{Store, StoreError};

use crate::cli::Common;
use crate::failure::Failure;

/// What every command needs to find its way.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Data directory.
    pub data: PathBuf,
    /// PostgreSQL address; none for SQLite in the data directory.
    pub db: Option<String>,
    /// Directory of books; none for those inside the binary.
    pub policy: Option<PathBuf>,
}

impl Settings {
    /// From the command line.
    pub fn of(common: &Common) -> Settings {
        Settings { data: common.data.clone(), db: common.db.clone(), policy: common.policy.clone() }
    }

    /// Opens the database; makes the data directory when it is not there.
    ///
    /// # Errors
    /// It cannot be opened, or another process uses it.
    pub async fn open(&self) -> Result<Store, Failure> {
        let opened = match &self.db {
            Some(url) => Store::open_postgres(url).await,
            None => Store::open_folder(&self.data).await,
        };
        opened.map_err(|cause| match cause {
            StoreError::InUse => Failure::try_later(cause),
            cause => Failure::failed(cause),
        })
    }

    /// A folder of the data directory, made when missing.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn folder(&self, name: &str) -> Result<PathBuf, Failure> {
        let folder = self.data.join(name);
        make_folder(&folder)?;
        Ok(folder)
    }
}

/// Makes a folder and what is above it.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|cause| Failure::failed(format!("目录 {} 建不了：{cause}", folder.display())))
}
