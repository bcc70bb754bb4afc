//! A file that is complete before it has its name, or standard output.

#[cfg(unix)]
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::BulkError;
use crate::place::Place;

/// Where bytes go.
pub(crate) struct Target {
    name: String,
    to: To,
}

enum To {
    Standard(BufWriter<Box<dyn Write + Send>>),
    /// Under another name in the same folder, until it is complete; dropped, it disappears.
    File(BufWriter<NamedTempFile>, PathBuf),
}

const BUFFER: usize = 1 << 18;

impl Target {
    /// Begins a file.
    ///
    /// # Errors
    /// A folder that takes no file.
    pub(crate) fn create(place: &Place, standard: Box<dyn Write + Send>) -> Result<Target, BulkError> {
        let to = match place {
            Place::Standard => To::Standard(BufWriter::with_capacity(BUFFER, standard)),
            Place::File(path) => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let file = unnamed(folder).map_err(|cause| BulkError::Open { path: path.clone(), cause })?;
                To::File(BufWriter::with_capacity(BUFFER, file), path.clone())
            }
        };
        Ok(Target { name: place.to_string(), to })
    }

    /// The name for messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// True for standard output.
    pub(crate) fn is_standard(&self) -> bool {
        matches!(self.to, To::Standard(_))
    }

    /// Everything is written: the file gets its name.
    pub(crate) fn complete(self) -> io::Result<()> {
        match self.to {
            To::Standard(mut out) => out.flush(),
            To::File(file, path) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(&path).map_err(|error| error.error).map(drop)
            }
        }
    }
}

/// Readable as any new file is, not for its owner alone.
fn unnamed(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dixian-").suffix(".part");
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder.tempfile_in(folder)
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Standard(out) => out.write(bytes),
            To::File(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Standard(out) => out.flush(),
            To::File(file, _) => file.flush(),
        }
    }
}
