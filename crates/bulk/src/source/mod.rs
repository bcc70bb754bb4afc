//! Where rows come from: one batch after another, each with the number of its first row.

mod comma;
mod ipc;
mod parquet;
mod window;

use std::io::Read;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};

use crate::bind::Binding;
use crate::failure::BulkError;
use crate::place::{Format, Place};

/// The batches of one unit of work, in order.
pub(crate) type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

/// A piece of the table that one thread works off.
pub(crate) struct Unit {
    /// The table's row of its first row, from 1.
    pub(crate) first_row: u64,
    pub(crate) batches: Batches,
}

/// A table that can be read once, from its beginning.
pub(crate) trait Source: Send {
    /// The columns.
    fn schema(&self) -> SchemaRef;

    /// What somebody should know of how it is read.
    fn note(&self) -> Option<String> {
        None
    }

    /// How many rows there are, where the format says it.
    fn rows(&self) -> Option<u64>;

    /// From now on only the wanted columns are read, in the binding's order.
    fn bind(&mut self, binding: &Binding);

    /// The next unit; none at the end.
    fn next(&mut self) -> Result<Option<Unit>, BulkError>;
}

/// So many rows are one batch: its columns stay in a core's cache from reading to writing.
pub(crate) const BATCH_ROWS: usize = 1 << 15;

/// Opens a table; `standard` is what `-` reads.
///
/// # Errors
/// A file that cannot be opened or is not of its format.
pub(crate) fn open(
    place: &Place,
    format: Format,
    standard: Box<dyn Read + Send>,
) -> Result<Box<dyn Source>, BulkError> {
    let name = place.to_string();
    match (format, place.path()) {
        (Format::Parquet, None) => Err(BulkError::read(&name, "Parquet 不能从标准输入读，请用 Arrow 流")),
        (Format::Parquet, Some(path)) => Ok(Box::new(parquet::ParquetSource::open(path)?)),
        (Format::Arrow, Some(path)) => ipc::open_file(path),
        (Format::Arrow, None) => ipc::open_stream(name, standard),
        (Format::Csv, Some(path)) => {
            let file = std::fs::File::open(path).map_err(|cause| BulkError::Open { path: path.to_owned(), cause })?;
            Ok(Box::new(comma::CommaSource::open(name, Box::new(file))?))
        }
        (Format::Csv, None) => Ok(Box::new(comma::CommaSource::open(name, standard)?)),
    }
}
