//! A Parquet file read in windows: each column of a row group is read ahead by a piece of fixed size, instead of with several
//! calls of the system for every page. What is held does not grow with the row group.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Mutex;

use bytes::Bytes;
use parquet::errors::Result;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{ChunkReader, Length};

/// So much of a column is read at once.
const WINDOW: u64 = 1 << 20;
/// So much at least is handed on for a page's header, when the column has it.
const HEADER: u64 = 1 << 16;

/// The columns of one row group of a file.
pub(super) struct Windows {
    length: u64,
    /// Where each column ends, by its beginning.
    columns: BTreeMap<u64, u64>,
    held: Mutex<Held>,
}

struct Held {
    file: File,
    /// What is held of a column, by the column's beginning: its place in the file, and the bytes.
    windows: BTreeMap<u64, (u64, Bytes)>,
}

impl Windows {
    /// Reads the row group of this file, which no other reader moves in.
    pub(super) fn new(file: File, group: &RowGroupMetaData) -> Result<Windows> {
        let columns = group.columns().iter().map(|column| {
            let (start, length) = column.byte_range();
            (start, start + length)
        });
        let length = file.metadata()?.len();
        Ok(Windows { length, columns: columns.collect(), held: Mutex::new(Held { file, windows: BTreeMap::new() }) })
    }

    /// At least `least` bytes from `start` on, and all that is held behind them.
    fn from(&self, start: u64, least: u64) -> Result<Bytes> {
        let column = self.columns.range(..=start).next_back().filter(|(_, end)| start < **end);
        let (column, end) = column.map_or((start, self.length), |(column, end)| (*column, *end));
        let least = least.min(end.saturating_sub(start));
        let mut held = self.held.lock().expect("a failed reader ends the run");
        if let Some((at, bytes)) = held.windows.get(&column) {
            let there = *at..*at + bytes.len() as u64;
            if there.contains(&start) && there.end - start >= least {
                return Ok(bytes.slice((start - there.start) as usize..));
            }
        }
        let bytes = held.read(start..(start + WINDOW.max(least)).min(end))?;
        held.windows.insert(column, (start, bytes.clone()));
        Ok(bytes)
    }
}

impl Held {
    fn read(&mut self, range: Range<u64>) -> Result<Bytes> {
        let length = range.end.saturating_sub(range.start);
        let mut bytes = Vec::with_capacity(length as usize);
        self.file.seek(SeekFrom::Start(range.start))?;
        Read::by_ref(&mut self.file).take(length).read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }
}

impl Length for Windows {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Windows {
    type T = Cursor<Bytes>;

    fn get_read(&self, start: u64) -> Result<Cursor<Bytes>> {
        self.from(start, HEADER).map(Cursor::new)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.from(start, length as u64)?;
        if bytes.len() < length {
            return Err(parquet::errors::ParquetError::EOF(format!("文件在第 {start} 字节之后断了")));
        }
        Ok(bytes.slice(..length))
    }
}
