//! Arrow IPC: a stream, or a file with a footer. A message is read at once, as large as its writer made it.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, SchemaRef};

use super::{BATCH_ROWS, Source, Unit};
use crate::bind::Binding;
use crate::failure::BulkError;

type Messages = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

/// Messages of either sort.
struct IpcSource {
    name: String,
    schema: SchemaRef,
    messages: Messages,
    wanted: Vec<usize>,
    next_row: u64,
}

/// What Arrow files begin with.
const FILE_MAGIC: &[u8; 6] = b"ARROW1";

/// A file: with a footer or a stream, seen from its first bytes.
pub(crate) fn open_file(path: &Path) -> Result<Box<dyn Source>, BulkError> {
    let opened = |cause| BulkError::Open { path: path.to_owned(), cause };
    let name = path.display().to_string();
    let mut file = File::open(path).map_err(opened)?;
    let mut magic = Vec::new();
    Read::by_ref(&mut file).take(FILE_MAGIC.len() as u64).read_to_end(&mut magic).map_err(opened)?;
    file.seek(SeekFrom::Start(0)).map_err(opened)?;
    if magic != FILE_MAGIC {
        return open_stream(name, Box::new(file));
    }
    let reader = FileReader::try_new_buffered(file, None).map_err(|cause| BulkError::read(&name, cause))?;
    Ok(Box::new(IpcSource::new(name, reader.schema(), Box::new(reader))))
}

/// A stream, also from standard input.
pub(crate) fn open_stream(name: String, stream: Box<dyn Read + Send>) -> Result<Box<dyn Source>, BulkError> {
    let stream = BufReader::with_capacity(1 << 20, stream);
    let reader = StreamReader::try_new(stream, None).map_err(|cause| BulkError::read(&name, cause))?;
    Ok(Box::new(IpcSource::new(name, reader.schema(), Box::new(reader))))
}

impl IpcSource {
    fn new(name: String, schema: SchemaRef, messages: Messages) -> IpcSource {
        let wanted = (0..schema.fields().len()).collect();
        IpcSource { name, schema, messages, wanted, next_row: 1 }
    }
}

impl Source for IpcSource {
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
        let failed = |cause| BulkError::read(&self.name, cause);
        let Some(message) = self.messages.next() else { return Ok(None) };
        let batch = message.and_then(|batch| batch.project(&self.wanted)).map_err(failed)?;
        let first_row = self.next_row;
        self.next_row += batch.num_rows() as u64;
        let starts = (0..batch.num_rows()).step_by(BATCH_ROWS);
        let parts = starts.map(move |start| Ok(batch.slice(start, BATCH_ROWS.min(batch.num_rows() - start))));
        Ok(Some(Unit { first_row, batches: Box::new(parts) }))
    }
}
