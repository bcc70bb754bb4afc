//! The digest of a file: the same file is the same import, whatever it is called.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::sheets::SheetRefusal;

/// SHA-256 of a file's bytes.
pub(crate) fn of_file(path: &Path) -> Result<[u8; 32], SheetRefusal> {
    let disk = |error: std::io::Error| SheetRefusal::disk(&error);
    let mut file = File::open(path).map_err(disk)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer).map_err(disk)? {
            0 => return Ok(hash.finalize().into()),
            count => hash.update(&buffer[..count]),
        }
    }
}
