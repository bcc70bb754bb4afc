//! Parquet.

use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::columns::Columns;
use super::{Sink, Target, Words};
use crate::answer::Answered;
use crate::failure::BulkError;

pub(crate) struct ParquetSink {
    writer: Option<ArrowWriter<Target>>,
    columns: Columns,
    name: String,
}

impl ParquetSink {
    pub(crate) fn new(target: Target, words: Words) -> Result<ParquetSink, BulkError> {
        let (columns, name) = (Columns::new(&words), target.name().to_owned());
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_column_dictionary_enabled("户".into(), false)
            .set_column_dictionary_enabled("金额".into(), false)
            .build();
        let writer = ArrowWriter::try_new(target, columns.schema().clone(), Some(properties))
            .map_err(|cause| BulkError::write(&name, cause))?;
        Ok(ParquetSink { writer: Some(writer), columns, name })
    }
}

impl Sink for ParquetSink {
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
