//! Arrow IPC: a file with a footer, or a stream on standard output that a reader can follow while it is written.

use std::io::Write;

use arrow_ipc::writer::{FileWriter, StreamWriter};

use super::columns::Columns;
use super::{Sink, Target, Words};
use crate::answer::Answered;
use crate::failure::BulkError;

/// Begins a stream on standard output, a file elsewhere.
pub(crate) fn create(target: Target, words: Words) -> Result<Box<dyn Sink>, BulkError> {
    let (columns, name) = (Columns::new(&words), target.name().to_owned());
    let failed = |cause| BulkError::write(&name, cause);
    if target.is_standard() {
        let writer = StreamWriter::try_new(target, columns.schema()).map_err(failed)?;
        return Ok(Box::new(StreamSink { writer: Some(writer), columns, name }));
    }
    let writer = FileWriter::try_new(target, columns.schema()).map_err(failed)?;
    Ok(Box::new(FileSink { writer: Some(writer), columns, name }))
}

struct StreamSink {
    writer: Option<StreamWriter<Target>>,
    columns: Columns,
    name: String,
}

impl Sink for StreamSink {
    fn write(&mut self, rows: Answered) -> Result<(), BulkError> {
        let writer = self.writer.as_mut().expect("not finished");
        writer.write(&self.columns.batch(rows)).map_err(|cause| BulkError::write(&self.name, cause))?;
        writer.get_mut().flush().map_err(|cause| BulkError::write(&self.name, cause))
    }

    fn finish(&mut self) -> Result<(), BulkError> {
        let writer = self.writer.take().expect("finished once");
        let target = writer.into_inner().map_err(|cause| BulkError::write(&self.name, cause))?;
        target.complete().map_err(|cause| BulkError::write(&self.name, cause))
    }
}

struct FileSink {
    writer: Option<FileWriter<Target>>,
    columns: Columns,
    name: String,
}

impl Sink for FileSink {
    fn write(&mut self, rows: Answered) -> Result<(), BulkError> {
        let writer = self.writer.as_mut().expect("not finished");
        writer.write(&self.columns.batch(rows)).map_err(|cause| BulkError::write(&self.name, cause))
    }

    fn finish(&mut self) -> Result<(), BulkError> {
        let writer = self.writer.take().expect("finished once");
        let target = writer.into_inner().map_err(|cause| BulkError::write(&self.name, cause))?;
        target.complete().map_err(|cause| BulkError::write(&self.name, cause))
    }
}
