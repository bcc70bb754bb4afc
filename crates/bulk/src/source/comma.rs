//! CSV: UTF-8, the first line names the columns; all cells are texts, as people write them.

use std::io::Read;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

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
}

impl CommaSource {
    /// Reads the line of names.
    pub(crate) fn open(name: String, input: Box<dyn Read + Send>) -> Result<CommaSource, BulkError> {
        let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(input);
        let names = reader.headers().map_err(|cause| BulkError::read(&name, told(&cause, 0)))?;
        let fields: Vec<Field> = names
            .iter()
            .map(|name| Field::new(name.trim_start_matches('\u{feff}').trim(), DataType::Utf8, true))
            .collect();
        let wanted = (0..fields.len()).collect();
        Ok(CommaSource { name, schema: Arc::new(Schema::new(fields)), reader, wanted, next_row: 1 })
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

impl Source for CommaSource {
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
