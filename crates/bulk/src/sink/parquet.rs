//! Parquet: a page of each column for every batch of rows, a row group for every million.

use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use parquet::arrow::{ArrowSchemaConverter, add_encoded_arrow_schema_to_metadata};
use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::SchemaDescriptor;

use super::columns::{distinct, schema};
use super::pages::{Chunk, Values, places, put_text};
use super::{Sink, Target, Words};
use crate::answer::{Answered, Keys, NO_WORD, NONE, OUTCOMES};
use crate::failure::BulkError;

/// About so many rows are one row group: its encoded pages are held until it is written.
const GROUP_ROWS: u64 = 1 << 20;

pub(crate) struct ParquetSink {
    writer: Option<SerializedFileWriter<Target>>,
    schema: SchemaDescriptor,
    /// The words of 项目, 月, 结果 and 理由.
    words: [Vec<String>; 4],
    /// For each question: its places among the programmes and the months.
    asked: Vec<[u16; 2]>,
    open: Option<(Vec<Chunk>, u64)>,
    name: String,
}

impl ParquetSink {
    pub(crate) fn new(target: Target, words: Words) -> std::result::Result<ParquetSink, BulkError> {
        let name = target.name().to_owned();
        ParquetSink::begin(target, words, &name).map_err(|cause| BulkError::write(&name, cause))
    }

    fn begin(target: Target, words: Words, name: &str) -> Result<ParquetSink> {
        let arrow = schema(words.text_keys);
        let schema = ArrowSchemaConverter::new().convert(&arrow)?;
        let mut properties = WriterProperties::builder().build();
        add_encoded_arrow_schema_to_metadata(&arrow, &mut properties);
        let writer = SerializedFileWriter::new(target, schema.root_schema_ptr(), Arc::new(properties))?;
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect::<Vec<String>>();
        let (programmes, months) = (owned(distinct(&words.programmes)), owned(distinct(&words.months)));
        let place = |all: &[String], word| all.iter().position(|one| one == word).expect("it is among them") as u16;
        let asked = words.programmes.iter().zip(&words.months);
        let asked = asked.map(|(programme, month)| [place(&programmes, programme), place(&months, month)]).collect();
        let words = [programmes, months, owned(OUTCOMES.to_vec()), words.reasons];
        Ok(ParquetSink { writer: Some(writer), schema, words, asked, open: None, name: name.to_owned() })
    }

    fn chunks(&self) -> Result<Vec<Chunk>> {
        let [programmes, months, outcomes, reasons] = &self.words;
        let words = [None, None, Some(programmes), Some(months), Some(outcomes), None, Some(reasons), None];
        let columns = self.schema.columns().iter().zip(words);
        columns.map(|(column, words)| Chunk::new(column.clone(), words.map(Vec::as_slice))).collect()
    }

    /// A page of each column.
    fn pages(&mut self, rows: Answered) -> Result<()> {
        let (mut chunks, before) = match self.open.take() {
            Some(open) => open,
            None => (self.chunks()?, 0),
        };
        let count = rows.len();
        let asked =
            |which: usize| rows.asked.iter().map(|&asked| self.asked[usize::from(asked)][which]).collect::<Vec<u16>>();
        let outcomes: Vec<u16> = rows.outcome.iter().map(|&outcome| outcome.into()).collect();
        let reasons: Vec<u16> = rows.reason.iter().copied().filter(|&reason| reason != NO_WORD).collect();
        let whole = |numbers: &[i32]| Some(numbers.iter().map(|&number| i64::from(number) != NONE).collect());
        let amounts = rows.amount.iter().filter(|&&amount| amount != NONE);
        chunks[0].page(count, None, keys(&rows.keys))?;
        chunks[1].page(count, whole(&rows.member), numbers(&rows.member))?;
        chunks[2].page(count, None, places(self.words[0].len(), &asked(0)))?;
        chunks[3].page(count, None, places(self.words[1].len(), &asked(1)))?;
        chunks[4].page(count, None, places(self.words[2].len(), &outcomes))?;
        let paid = rows.amount.iter().map(|&amount| amount != NONE).collect();
        chunks[5].page(count, Some(paid), plain(amounts.flat_map(|amount| amount.to_le_bytes()).collect()))?;
        let named = rows.reason.iter().map(|&reason| reason != NO_WORD).collect();
        chunks[6].page(count, Some(named), places(self.words[3].len(), &reasons))?;
        chunks[7].page(count, whole(&rows.counted), numbers(&rows.counted))?;
        self.open = Some((chunks, before + count as u64));
        if before + count as u64 >= GROUP_ROWS { self.group() } else { Ok(()) }
    }

    /// Writes the open row group.
    fn group(&mut self) -> Result<()> {
        let Some((chunks, _)) = self.open.take() else { return Ok(()) };
        let mut group = self.writer.as_mut().expect("not finished").next_row_group()?;
        for chunk in chunks {
            let (bytes, result) = chunk.close()?;
            group.append_column(&Bytes::from(bytes), result)?;
        }
        group.close().map(drop)
    }

    fn end(&mut self) -> Result<()> {
        self.group()?;
        let mut target = self.writer.take().expect("finished once").into_inner()?;
        target.flush()?;
        Ok(target.complete()?)
    }
}

fn plain(bytes: Vec<u8>) -> Values {
    Values { encoding: Encoding::PLAIN, bytes }
}

fn numbers(numbers: &[i32]) -> Values {
    let there = numbers.iter().filter(|&&number| i64::from(number) != NONE);
    plain(there.flat_map(|number| number.to_le_bytes()).collect())
}

fn keys(keys: &Keys) -> Values {
    match keys {
        Keys::Numbers(keys) => plain(keys.iter().flat_map(|key| key.to_le_bytes()).collect()),
        Keys::Texts(ends, all) => {
            let mut bytes = Vec::with_capacity(all.len() + 4 * ends.len());
            (0..ends.len()).for_each(|at| put_text(&mut bytes, &all[Keys::text(ends, all, at)]));
            plain(bytes)
        }
    }
}

impl Sink for ParquetSink {
    fn write(&mut self, rows: Answered) -> std::result::Result<(), BulkError> {
        self.pages(rows).map_err(|cause| BulkError::write(&self.name, cause))
    }

    fn finish(&mut self) -> std::result::Result<(), BulkError> {
        self.end().map_err(|cause| BulkError::write(&self.name, cause))
    }
}
