//! The outbox: a file is whole before it has its name.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file does not stand in the outbox.
#[derive(Debug, thiserror::Error)]
pub enum OutboxRefusal {
    /// A name that leads elsewhere.
    #[error("文件名不安全，只能用字母、数字、点、连字符和下划线")]
    Name,
    /// The name is taken by other content.
    #[error("发件箱里已有同名文件，内容不同；请先查清那个文件交给银行没有")]
    Taken,
    /// The disk refused. Nothing stands under the name.
    #[error("写发件箱失败，文件没有生成；请查磁盘后重试")]
    Disk(#[source] io::Error),
}

/// Puts a file into the outbox: temporary file, fsync, rename, fsync of the folder. The same file twice is one file.
///
/// # Errors
/// [`OutboxRefusal`].
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, OutboxRefusal> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.is_empty() || name.len() > 120 || name.starts_with('.') || !name.chars().all(is_plain) {
        return Err(OutboxRefusal::Name);
    }
    let target = folder.join(name);
    if target.exists() {
        let is_same = std::fs::read(&target).map_err(OutboxRefusal::Disk)? == bytes;
        return if is_same { Ok(target) } else { Err(OutboxRefusal::Taken) };
    }
    let mut temporary =
        tempfile::Builder::new().prefix(".writing-").tempfile_in(folder).map_err(OutboxRefusal::Disk)?;
    temporary.write_all(bytes).map_err(OutboxRefusal::Disk)?;
    temporary.as_file().sync_all().map_err(OutboxRefusal::Disk)?;
    match temporary.persist_noclobber(&target) {
        Ok(_) => {}
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => return Err(OutboxRefusal::Taken),
        Err(error) => return Err(OutboxRefusal::Disk(error.error)),
    }
    sync_folder(folder).map_err(OutboxRefusal::Disk)?;
    Ok(target)
}

/// The new name itself must survive a power cut.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems keep names without being asked.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
