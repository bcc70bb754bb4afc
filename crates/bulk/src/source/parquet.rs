//! Parquet: row groups, large ones in parts, are units that threads read and decide side by side.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};

use super::window::Windows;
use super::{BATCH_ROWS, Source, Unit};
use crate::bind::Binding;
use crate::failure::BulkError;
use crate::schema::HOUSEHOLD;
use crate::texts::holds_text;

/// A unit has at most about so many rows.
const UNIT_ROWS: usize = 1 << 19;

/// A Parquet file.
pub(crate) struct ParquetSource {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    /// The next unit: row group, rows of it passed over, row of the table.
    next: (usize, usize, u64),
}

impl ParquetSource {
    /// Reads the file's footer.
    pub(crate) fn open(path: &Path) -> Result<ParquetSource, BulkError> {
        let file = File::open(path).map_err(|cause| BulkError::Open { path: path.to_owned(), cause })?;
        let failed = |cause| BulkError::read(&path.display().to_string(), cause);
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(failed)?;
        Ok(ParquetSource { path: path.to_owned(), metadata, mask: ProjectionMask::all(), next: (0, 0, 1) })
    }
}

/// Texts as dictionaries: a word is looked at once, not on every row. Keys are all different and stay as they are.
fn with_dictionaries(schema: &Schema) -> Schema {
    let fields = schema.fields().iter().map(|field| {
        let words = holds_text(field.data_type()) && field.name() != HOUSEHOLD;
        if !words || matches!(field.data_type(), DataType::Dictionary(..)) {
            return field.clone();
        }
        let words = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        Arc::new(Field::new(field.name(), words, field.is_nullable()))
    });
    Schema::new_with_metadata(fields.collect::<Vec<_>>(), schema.metadata().clone())
}

impl Source for ParquetSource {
    fn schema(&self) -> SchemaRef {
        self.metadata.schema().clone()
    }

    fn rows(&self) -> Option<u64> {
        u64::try_from(self.metadata.metadata().file_metadata().num_rows()).ok()
    }

    fn bind(&mut self, binding: &Binding) {
        self.mask = ProjectionMask::roots(self.metadata.parquet_schema(), binding.wanted.iter().copied());
        let schema = Arc::new(with_dictionaries(self.metadata.schema()));
        let options = ArrowReaderOptions::new().with_schema(schema);
        if let Ok(metadata) = ArrowReaderMetadata::try_new(self.metadata.metadata().clone(), options) {
            self.metadata = metadata; // else the texts are read as the file has them
        }
    }

    fn next(&mut self) -> Result<Option<Unit>, BulkError> {
        let failed = |cause| BulkError::read(&self.path.display().to_string(), cause);
        loop {
            let (group, offset, first_row) = self.next;
            let groups = self.metadata.metadata().row_groups();
            let Some(rows) = groups.get(group).map(|group| group.num_rows() as usize) else { return Ok(None) };
            if offset >= rows {
                self.next = (group + 1, 0, first_row);
                continue;
            }
            let parts = (rows - offset).div_ceil(UNIT_ROWS);
            let length = (rows - offset).div_ceil(parts);
            self.next = (group, offset + length, first_row + length as u64);
            // a file of its own for each unit: readers move the place in a file
            let file = File::open(&self.path).map_err(|cause| BulkError::Open { path: self.path.clone(), cause })?;
            let windows = Windows::new(file, &groups[group]).map_err(failed)?;
            let mut reader = ParquetRecordBatchReaderBuilder::new_with_metadata(windows, self.metadata.clone())
                .with_row_groups(vec![group])
                .with_projection(self.mask.clone())
                .with_batch_size(BATCH_ROWS);
            if length < rows {
                reader = reader.with_offset(offset).with_limit(length);
            }
            return Ok(Some(Unit { first_row, batches: Box::new(reader.build().map_err(failed)?) }));
        }
    }
}
