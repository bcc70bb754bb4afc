//! Writes households as tables, runs jobs, and reads tables of answers.

#![allow(dead_code)] // each test file uses its part of this

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray,
};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::DataType;
use bulk::{BulkError, Format, Job, Place, Report, Standard};
use law::Library;
use law::columns::number;
use law::form::{Belongs, FactDecl, FactId, FactKind, Facts, OneForm, Value};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use values::Month;

/// A row of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub key: String,
    pub member: Option<i64>,
    pub programme: String,
    pub month: String,
    pub outcome: String,
    pub amount: Option<i64>,
    pub reason: String,
    pub counted: Option<i64>,
}

/// Which of the allowed types each column has, by the bits of a number.
#[derive(Clone, Copy, Debug)]
pub struct Spelling(u64);

impl Spelling {
    pub fn of(bits: u64) -> Spelling {
        Spelling(bits)
    }

    fn choose(self, column: usize, among: u64) -> u64 {
        (self.0.rotate_left(column as u32 * 5) ^ self.0 >> 7) % among
    }
}

/// How cells are written.
#[derive(Clone, Copy)]
pub enum Cells {
    /// Everything as people write it.
    Text,
    /// Types of many sorts.
    Typed(Spelling),
}

/// The households as one batch, a row a member.
pub fn batch(form: &OneForm, households: &[(String, Facts)], cells: Cells) -> RecordBatch {
    let rows: Vec<(&str, &Facts, usize)> = households
        .iter()
        .flat_map(|(key, facts)| (0..facts.members.len()).map(move |member| (key.as_str(), facts, member)))
        .collect();
    let keys = rows.iter().map(|row| row.0);
    let choose = |column, among| match cells {
        Cells::Typed(spelling) => spelling.choose(column, among),
        Cells::Text => among - 1,
    };
    let keys: ArrayRef = match choose(0, 3) {
        0 => Arc::new(keys.map(|key| key.parse::<i64>().ok()).collect::<Int64Array>()),
        1 => Arc::new(keys.map(|key| key.parse::<i32>().ok()).collect::<Int32Array>()),
        _ => Arc::new(keys.map(Some).collect::<StringArray>()),
    };
    let areas = rows.iter().map(|row| row.1.area.as_str());
    let areas: ArrayRef = match choose(1, 2) {
        0 => Arc::new(areas.collect::<DictionaryArray<Int32Type>>()),
        _ => Arc::new(areas.map(Some).collect::<StringArray>()),
    };
    let mut columns = vec![("户".to_owned(), keys), ("地区".to_owned(), areas)];
    for (at, (fact, decl)) in form.facts().enumerate() {
        let values = rows.iter().map(|(_, facts, member)| match decl.belongs {
            Belongs::Person => facts.members[*member].value(fact),
            Belongs::Household => facts.household.value(fact),
        });
        let values: Vec<Option<Value>> = values.collect();
        // a column without a value may as well not be there
        if values.iter().any(Option::is_some) {
            columns.push((decl.name.to_string(), column(form, fact, decl, &values, cells, at + 2)));
        }
    }
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

fn column(
    form: &OneForm,
    fact: FactId,
    decl: &FactDecl,
    values: &[Option<Value>],
    cells: Cells,
    place: usize,
) -> ArrayRef {
    let texts = || values.iter().map(|value| value.map(|value| form.show_value(fact, &value)));
    let Cells::Typed(spelling) = cells else { return Arc::new(texts().collect::<StringArray>()) };
    let choose = |among| spelling.choose(place, among);
    let words = || -> ArrayRef {
        let texts: Vec<Option<String>> = texts().collect();
        Arc::new(texts.iter().map(Option::as_deref).collect::<DictionaryArray<Int32Type>>())
    };
    let numbers = || values.iter().map(|value| value.map(number));
    let narrow = numbers().flatten().all(|number| i32::try_from(number).is_ok());
    match decl.kind {
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => match choose(5) {
            0 if narrow => Arc::new(numbers().map(|number| number.map(|fen| fen as i32)).collect::<Int32Array>()),
            0 | 1 => Arc::new(numbers().collect::<Int64Array>()),
            2 => Arc::new(numbers().map(|number| number.map(|fen| fen as f64 / 100.0)).collect::<Float64Array>()),
            3 => {
                let fen = numbers().map(|number| number.map(i128::from)).collect::<Decimal128Array>();
                Arc::new(fen.with_precision_and_scale(18, 2).unwrap())
            }
            _ => Arc::new(texts().collect::<StringArray>()),
        },
        FactKind::Count => match choose(2) {
            0 => Arc::new(numbers().collect::<Int64Array>()),
            _ => Arc::new(numbers().map(|number| number.map(|count| count as f64)).collect::<Float64Array>()),
        },
        FactKind::Date => match choose(2) {
            0 => Arc::new(numbers().map(|number| number.map(|day| day as i32)).collect::<Date32Array>()),
            _ => Arc::new(texts().collect::<StringArray>()),
        },
        FactKind::YesNo => match choose(3) {
            0 => Arc::new(numbers().map(|number| number.map(|yes| yes == 1)).collect::<BooleanArray>()),
            1 => Arc::new(numbers().collect::<Int64Array>()),
            _ => words(),
        },
        FactKind::Choice(_) if choose(2) == 0 => Arc::new(texts().collect::<StringArray>()),
        FactKind::Choice(_) | FactKind::Ratio => words(),
    }
}

/// Writes a table, cut into pieces of so many rows.
pub fn write(path: &Path, format: Format, all: &RecordBatch, rows: usize) {
    let file = std::fs::File::create(path).unwrap();
    match format {
        Format::Parquet => {
            let properties = WriterProperties::builder().set_max_row_group_row_count(Some(rows)).build();
            let mut writer = ArrowWriter::try_new(file, all.schema(), Some(properties)).unwrap();
            writer.write(all).unwrap();
            writer.close().unwrap();
        }
        Format::Arrow => {
            let mut writer = FileWriter::try_new(file, &all.schema()).unwrap();
            pieces(all, rows).iter().for_each(|piece| writer.write(piece).unwrap());
            writer.finish().unwrap();
        }
        Format::Csv => write_csv(file, all),
    }
}

fn write_csv(file: impl Write, all: &RecordBatch) {
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(all.schema().fields().iter().map(|field| field.name())).unwrap();
    for row in 0..all.num_rows() {
        let cell = |column: &ArrayRef| {
            let texts = column.as_string::<i32>();
            if texts.is_null(row) { String::new() } else { texts.value(row).to_owned() }
        };
        writer.write_record(all.columns().iter().map(cell)).unwrap();
    }
    writer.flush().unwrap();
}

fn pieces(all: &RecordBatch, rows: usize) -> Vec<RecordBatch> {
    (0..all.num_rows()).step_by(rows).map(|at| all.slice(at, rows.min(all.num_rows() - at))).collect()
}

/// What a run writes to standard output.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// All programmes from a table to a table, on three threads.
pub fn job(input: (Place, Format), output: (Place, Format), months: &[Month]) -> Job {
    Job { input, output, programmes: Vec::new(), months: months.to_vec(), area: None, threads: 3, reject: None }
}

/// Runs a job with these bytes on standard input; gives the report and what went to standard output.
pub fn run(library: &Library, job: &Job, bytes: &[u8]) -> Result<(Report, Vec<u8>), BulkError> {
    let heard = Heard::default();
    let standard = Standard { input: Box::new(Cursor::new(bytes.to_vec())), output: Box::new(heard.clone()) };
    let report = bulk::run(library, job, standard, &AtomicBool::new(false), &mut |_| {})?;
    let said = heard.0.lock().unwrap().clone();
    Ok((report, said))
}

/// A table through standard input and output, as Arrow streams with messages of so many rows.
pub fn stream(library: &Library, all: &RecordBatch, rows: usize, months: &[Month]) -> (Report, Vec<Row>) {
    let mut bytes = Vec::new();
    let mut writer = StreamWriter::try_new(&mut bytes, &all.schema()).unwrap();
    pieces(all, rows).iter().for_each(|piece| writer.write(piece).unwrap());
    writer.finish().unwrap();
    drop(writer);
    let standard = || (Place::Standard, Format::Arrow);
    let (report, said) = run(library, &job(standard(), standard(), months), &bytes).unwrap();
    let batches = StreamReader::try_new(said.as_slice(), None).unwrap();
    (report, batches.flat_map(|batch| rows_of(&batch.unwrap())).collect())
}

/// The rows of a table of answers.
pub fn read(path: &Path, format: Format) -> Vec<Row> {
    let file = std::fs::File::open(path).unwrap();
    match format {
        Format::Parquet => {
            let batches = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
            batches.flat_map(|batch| rows_of(&batch.unwrap())).collect()
        }
        Format::Arrow => FileReader::try_new(file, None).unwrap().flat_map(|batch| rows_of(&batch.unwrap())).collect(),
        Format::Csv => {
            let mut reader = csv::Reader::from_reader(file);
            let number = |cell: &str| (!cell.is_empty()).then(|| cell.parse().unwrap());
            let row = |cells: csv::StringRecord| Row {
                key: cells[0].to_owned(),
                member: number(&cells[1]),
                programme: cells[2].to_owned(),
                month: cells[3].to_owned(),
                outcome: cells[4].to_owned(),
                amount: number(&cells[5]),
                reason: cells[6].to_owned(),
                counted: number(&cells[7]),
            };
            reader.records().map(|record| row(record.unwrap())).collect()
        }
    }
}

fn rows_of(batch: &RecordBatch) -> Vec<Row> {
    let text = |name: &str, row: usize| {
        let column = batch.column_by_name(name).unwrap();
        match column.data_type() {
            _ if column.is_null(row) => String::new(),
            DataType::Dictionary(..) => {
                let words = column.as_dictionary::<Int32Type>();
                words.values().as_string::<i32>().value(words.keys().value(row) as usize).to_owned()
            }
            DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
            _ => column.as_string::<i32>().value(row).to_owned(),
        }
    };
    let number = |name: &str, row: usize| {
        let column = batch.column_by_name(name).unwrap();
        column.is_valid(row).then(|| match column.data_type() {
            DataType::Int32 => i64::from(column.as_primitive::<Int32Type>().value(row)),
            _ => column.as_primitive::<Int64Type>().value(row),
        })
    };
    let row = |row: usize| Row {
        key: text("户", row),
        member: number("成员", row),
        programme: text("项目", row),
        month: text("月", row),
        outcome: text("结果", row),
        amount: number("金额", row),
        reason: text("理由", row),
        counted: number("保障人口", row),
    };
    (0..batch.num_rows()).map(row).collect()
}
