//! CSV: the first line names the columns; all cells are texts, as people write them. UTF-8; where the beginning of the file is
//! none, what spreadsheet programs in China write: UTF-16 with its mark, else GB 18030.

use std::io::{Cursor, Read};
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use encoding_rs::{Encoding, GB18030, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::{BATCH_ROWS, Source, Unit};
use crate::bind::Binding;
use crate::failure::BulkError;

/// A CSV file or stream.
pub(crate) struct CommaSource {
    name: String,
    schema: SchemaRef,
    reader: csv::Reader<Box<dyn Read + Send>>,
    wanted: Vec<usize>,
    next_row: u64,
    /// What it was read as, when that is not UTF-8.
    encoding: Option<&'static Encoding>,
}

/// So many bytes are looked at to find the encoding; the names of the columns stand in them.
const HEAD: usize = 1 << 16;

/// What a character that cannot be read becomes.
const UNREADABLE: char = '\u{fffd}';

/// The beginning of the stream: what is there, up to the end of the first line at least. No more is waited for: a program that
/// writes slowly is answered line by line, and can be interrupted. True when nothing follows.
fn head_of(input: &mut dyn Read) -> std::io::Result<(Vec<u8>, bool)> {
    let (mut head, mut filled) = (vec![0; HEAD], 0);
    let mut is_all = false;
    while filled < HEAD && !is_all && !head[..filled].contains(&b'\n') {
        match input.read(&mut head[filled..]) {
            Ok(more) => (filled, is_all) = (filled + more, more == 0),
            Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    head.truncate(filled);
    Ok((head, is_all))
}

/// The stream as UTF-8, and what it is in when that is something else. A stream that begins as UTF-8 must go on so.
fn as_utf8(mut input: Box<dyn Read + Send>) -> std::io::Result<(Box<dyn Read + Send>, Option<&'static Encoding>)> {
    let (head, is_all) = head_of(&mut input)?;
    let marked = Encoding::for_bom(&head).map(|(encoding, _)| encoding);
    let found = match (marked, std::str::from_utf8(&head)) {
        (Some(encoding), _) => Some(encoding).filter(|encoding| *encoding != UTF_8),
        (None, Ok(_)) => None,
        // a character cut by the end of the head is no mistake
        (None, Err(cut)) if cut.error_len().is_none() && !is_all => None,
        (None, Err(_)) => Some(GB18030),
    };
    let all = Cursor::new(head).chain(input);
    Ok(match found {
        None => (Box::new(all), None),
        Some(encoding) => {
            let decoded = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(all);
            (Box::new(decoded), Some(encoding))
        }
    })
}

impl CommaSource {
    /// Reads the line of names.
    pub(crate) fn open(name: String, input: Box<dyn Read + Send>) -> Result<CommaSource, BulkError> {
        let (input, encoding) = as_utf8(input).map_err(|cause| BulkError::read(&name, cause))?;
        let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(input);
        let names = reader.headers().map_err(|cause| BulkError::read(&name, told(&cause, 0)))?;
        let fields: Vec<Field> = names
            .iter()
            .map(|name| Field::new(name.trim_start_matches('\u{feff}').trim(), DataType::Utf8, true))
            .collect();
        let wanted = (0..fields.len()).collect();
        Ok(CommaSource { name, schema: Arc::new(Schema::new(fields)), reader, wanted, next_row: 1, encoding })
    }
}

/// What is wrong with a line, in Chinese.
fn told(cause: &csv::Error, row: u64) -> String {
    match cause.kind() {
        csv::ErrorKind::Utf8 { .. } => format!("第 {row} 行不是 UTF-8；请把文件另存为 UTF-8 编码的 CSV"),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("第 {row} 行有 {len} 格，标题有 {expected_len} 格")
        }
        _ => cause.to_string(),
    }
}

fn unreadable(row: u64) -> String {
    format!(
        "第 {row} 行有读不出来的字：文件不是 UTF-8，按 GB 18030 也读不通；请用表格软件打开后另存为 UTF-8 编码的 CSV"
    )
}

impl Source for CommaSource {
    fn note(&self) -> Option<String> {
        let encoding = self.encoding?;
        let name = if encoding == GB18030 { "GB 18030（GBK、GB 2312 都在内）" } else { encoding.name() };
        Some(format!("文件不是 UTF-8，是按 {name} 读的；有字不对的，请另存为 UTF-8 再算"))
    }

    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn rows(&self) -> Option<u64> {
        None
    }

    fn bind(&mut self, binding: &Binding) {
        self.wanted = binding.wanted.clone();
    }

    fn next(&mut self) -> Result<Option<Unit>, BulkError> {
        let mut columns: Vec<StringBuilder> = self.wanted.iter().map(|_| StringBuilder::new()).collect();
        let mut record = csv::StringRecord::new();
        let mut rows = 0;
        while rows < BATCH_ROWS {
            let row = self.next_row + rows as u64;
            match self.reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) if self.encoding.is_some() && record.as_slice().contains(UNREADABLE) => {
                    return Err(BulkError::read(&self.name, unreadable(row)));
                }
                Ok(true) => rows += 1,
                Err(cause) => return Err(BulkError::read(&self.name, told(&cause, row))),
            }
            for (column, &at) in columns.iter_mut().zip(&self.wanted) {
                match record.get(at).filter(|cell| !cell.is_empty()) {
                    Some(cell) => column.append_value(cell),
                    None => column.append_null(),
                }
            }
        }
        if rows == 0 {
            return Ok(None);
        }
        let arrays: Vec<ArrayRef> = columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
        let schema = self.schema.project(&self.wanted).expect("the binding chose from these columns");
        let batch = RecordBatch::try_new(Arc::new(schema), arrays).expect("columns of one length");
        let first_row = self.next_row;
        self.next_row += rows as u64;
        Ok(Some(Unit { first_row, batches: Box::new(std::iter::once(Ok(batch))) }))
    }
}
