//! The inbox: what the bank left, oldest name first; what was read goes to the archive and is never read again.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Answers beyond 64 MiB are none: 180,000 lines take about 12 MiB.
pub const MAX_ANSWER_BYTES: u64 = 64 << 20;

/// A file that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Where.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Files that wait, by name. Hidden files, folders, links and files still being written (`.part`, `.tmp`) are passed over.
///
/// # Errors
/// The disk's; a file beyond [`MAX_ANSWER_BYTES`] is `FileTooLarge`.
pub fn waiting(folder: &Path) -> io::Result<Vec<Waiting>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
        let is_unfinished = name.starts_with('.') || name.ends_with(".part") || name.ends_with(".tmp");
        if entry.file_type()?.is_file() && !is_unfinished {
            paths.push(entry.path());
        }
    }
    paths.sort();
    paths.into_iter().map(read_whole).collect()
}

fn read_whole(path: PathBuf) -> io::Result<Waiting> {
    let mut bytes = Vec::new();
    File::open(&path)?.take(MAX_ANSWER_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_ANSWER_BYTES {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    Ok(Waiting { path, bytes })
}

/// Moves a file that was read into the archive, under its name and the start of its digest: a second file of the same name
/// does not displace the first. Says where it lies.
///
/// # Errors
/// The disk's.
pub fn archive(file: &Waiting, folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let digest = hex::encode(Sha256::digest(&file.bytes));
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    let target = folder.join(format!("{}-{name}", &digest[..12]));
    fs::rename(&file.path, &target)?;
    super::outbox::sync_folder(folder)?;
    Ok(target)
}
