//! Standard input that does not hold up a run that was stopped: whoever waits for the next bytes looks up now and then.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Standard input, until `stop` is set.
///
/// # Errors
/// A process without a standard input.
pub fn stoppable_stdin(stop: Arc<AtomicBool>) -> io::Result<Box<dyn Read + Send>> {
    Ok(Box::new(Stoppable { file: stdin()?, stop }))
}

struct Stoppable {
    file: File,
    stop: Arc<AtomicBool>,
}

impl Read for Stoppable {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while !self.stop.load(Ordering::Relaxed) {
            if is_ready(&self.file)? {
                return self.file.read(bytes);
            }
        }
        Err(io::Error::other("已中断"))
    }
}

/// Without the library's own buffer, which would hide bytes from whoever asks the system for them.
#[cfg(unix)]
fn stdin() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

/// Waits a fifth of a second for bytes or the end.
#[cfg(unix)]
fn is_ready(file: &File) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let glance = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
    match poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&glance)) {
        Ok(ready) => Ok(ready > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(windows)]
fn stdin() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
}

#[cfg(windows)]
fn is_ready(_: &File) -> io::Result<bool> {
    Ok(true)
}
