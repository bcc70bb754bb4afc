//! A reader that counts: how much was unpacked in all, and how much since the last mark.

use std::io::{self, BufRead, Read};

use super::SheetRefusal;
use super::limits::MAX_EVENT_BYTES;

/// Refuses to hand out more than was allowed.
pub(super) struct Metered<R> {
    inner: R,
    read: u64,
    since_mark: u64,
    limit: u64,
}

impl<R: BufRead> Metered<R> {
    pub(super) fn new(inner: R, limit: u64) -> Metered<R> {
        Metered { inner, read: 0, since_mark: 0, limit }
    }

    /// A new event begins.
    pub(super) fn mark(&mut self) {
        self.since_mark = 0;
    }

    /// True when more was unpacked than allowed.
    pub(super) fn is_over(&self) -> bool {
        self.read > self.limit
    }

    pub(super) fn read_so_far(&self) -> u64 {
        self.read
    }

    /// The refusal for a fault while reading: a bomb, a text that does not end, or a broken package.
    pub(super) fn refusal(&self, part: &str, packed: u64, fault: &str) -> SheetRefusal {
        if self.is_over() {
            let ratio = self.read / packed.max(1);
            SheetRefusal::Bomb { part: part.to_owned(), mib: self.read >> 20, ratio }
        } else if self.since_mark > MAX_EVENT_BYTES {
            SheetRefusal::CellTooLong {
                place: format!("“{part}”里一个单元格"), limit: super::limits::MAX_CELL_CHARS
            }
        } else {
            SheetRefusal::Broken(format!("{part}：{fault}"))
        }
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read > self.limit || self.since_mark > MAX_EVENT_BYTES {
            return Err(io::Error::other("beyond the limit"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.read += count as u64;
        self.since_mark += count as u64;
        self.inner.consume(count);
    }
}
