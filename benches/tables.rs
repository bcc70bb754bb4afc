//! Tables of households, from file to file: `cargo bench -p dixian-bulk --bench tables [-- HOUSEHOLDS] [--write FILE] [--read FILE] [--stream] [--gaps]`.
//!
//! Writes a Parquet table of so many invented households (2.6 members, every fact that the book of dibao reads, Snappy,
//! always the same for the same number), then decides it as `dixian policy run` does, to Parquet, and tells rows a second,
//! processor seconds of all threads, and the most memory held. With `--write` the table stays and nothing is decided, with
//! `--read` such a table is decided; with `--gaps` one fact in fifty is not known. Memory does not grow with the number: the table is made row group by row group.
#![allow(clippy::print_stdout)] // a bench speaks on standard output

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray,
};
use arrow_ipc::writer::StreamWriter;
use arrow_schema::Schema;
use bulk::{Format, Job, Place, Standard, Usage};
use law::Library;
use law::columns::day_number;
use law::form::{Belongs, FactDecl, FactKind};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

const BOOKS: [(&str, &str); 2] = [
    ("policy/one-form.md", include_str!("../policy/one-form.md")),
    ("policy/dibao.md", include_str!("../policy/dibao.md")),
];
const MONTH: &str = "2021-09";
const VILLAGE: &str = "430302202204";
/// Households of one row group.
const AT_ONCE: usize = 200_000;
const ROUNDS: usize = 5;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let households = words.iter().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000);
    let gaps = words.iter().any(|word| word == "--gaps");
    let after =
        |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)).map(PathBuf::from);
    let (kept, made) = (after("--write"), after("--read"));
    let library = Library::load(&BOOKS).expect("the books are sound");
    if words.iter().any(|word| word == "--stream") {
        return stream(&library, households, gaps);
    }
    let folder = tempfile::tempdir().expect("a folder");
    if let Some(made) = made {
        return decide(&library, &made, &folder.path().join("answers.parquet"));
    }
    let input = kept.clone().unwrap_or_else(|| folder.path().join("households.parquet"));
    write(&library, &input, households, gaps);
    let megabytes = std::fs::metadata(&input).map_or(0, |file| file.len() >> 20);
    println!("{households} households, {megabytes} MiB of Parquet");
    if kept.is_none() {
        decide(&library, &input, &folder.path().join("answers.parquet"));
    }
}

fn decide(library: &Library, input: &Path, output: &Path) {
    for _ in 0..ROUNDS {
        let job = Job {
            input: (Place::File(input.to_owned()), Format::Parquet),
            output: (Place::File(output.to_owned()), Format::Parquet),
            programmes: vec!["dibao".to_owned()],
            months: vec![MONTH.parse().expect("a month")],
            area: None,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
            reject: None,
        };
        let standard = Standard { input: Box::new(std::io::empty()), output: Box::new(std::io::sink()) };
        let (start, before) = (Instant::now(), Usage::now());
        let report = bulk::run(library, &job, standard, &AtomicBool::new(false), &mut |_| {}).expect("a sound table");
        let (seconds, after) = (start.elapsed().as_secs_f64(), Usage::now());
        println!(
            "{:.3} s, {:.1} million rows a second; {:.3} processor s; most memory {} MiB",
            seconds,
            report.rows as f64 / seconds / 1e6,
            (after.cpu_ms - before.cpu_ms) / 1e3,
            after.peak_bytes.unwrap_or(0) >> 20
        );
    }
}

/// A number that looks random, always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn write(library: &Library, path: &Path, households: usize, gaps: bool) {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut dice = Dice(2021);
    let mut writer: Option<ArrowWriter<File>> = None;
    for first in (0..households).step_by(AT_ONCE) {
        let batch = batch(library, &mut dice, first, AT_ONCE.min(households - first), gaps);
        let writer = writer.get_or_insert_with(|| {
            let file = File::create(path).expect("a place to write");
            ArrowWriter::try_new(file, batch.schema(), Some(properties.clone())).expect("a schema of plain columns")
        });
        writer.write(&batch).expect("room on the disk");
        writer.flush().expect("room on the disk");
    }
    writer.expect("at least one household").close().expect("room on the disk");
}

fn stream(library: &Library, households: usize, gaps: bool) {
    let once = batch(library, &mut Dice(2021), 0, AT_ONCE.min(households), gaps);
    let schema = once.schema();
    let out = std::io::BufWriter::with_capacity(1 << 20, std::io::stdout());
    let mut writer = StreamWriter::try_new(out, &schema).expect("a schema of plain columns");
    for first in (0..households).step_by(AT_ONCE) {
        let keys: Int64Array = once.column(0).as_primitive::<Int64Type>().unary(|key| key + first as i64);
        let mut columns = once.columns().to_vec();
        columns[0] = Arc::new(keys);
        let again = RecordBatch::try_new(schema.clone(), columns).expect("the same columns");
        for row in (0..again.num_rows()).step_by(1 << 15) {
            let part = again.slice(row, (1 << 15).min(again.num_rows() - row));
            if writer.write(&part).is_err() {
                return; // nobody reads any more
            }
        }
    }
    let _ = writer.finish();
}

fn batch(library: &Library, dice: &mut Dice, first: usize, households: usize, gaps: bool) -> RecordBatch {
    let sizes: Vec<usize> = (0..households).map(|_| [1, 1, 2, 2, 2, 3, 3, 3, 4, 5][dice.roll(10) as usize]).collect();
    let owners: Vec<usize> = sizes.iter().enumerate().flat_map(|(at, &size)| std::iter::repeat_n(at, size)).collect();
    let heads: Vec<bool> = (0..owners.len()).map(|row| row == 0 || owners[row] != owners[row - 1]).collect();
    let village = StringArray::from(vec![VILLAGE]);
    let villages = DictionaryArray::<Int32Type>::new(vec![0; owners.len()].into(), Arc::new(village));
    let keys: Int64Array = owners.iter().map(|owner| Some((first + owner) as i64)).collect();
    let mut columns: Vec<(String, ArrayRef)> =
        vec![("户".to_owned(), Arc::new(keys)), ("地区".to_owned(), Arc::new(villages))];
    let month = MONTH.parse().expect("a month");
    let form = library.form();
    for fact in library.facts_asked(&["dibao"], &[month]) {
        let decl = form.declaration(fact);
        let rolls: Vec<u64> = match decl.belongs {
            Belongs::Person => owners.iter().map(|_| dice.roll(1 << 30)).collect(),
            Belongs::Household => {
                let rolls: Vec<u64> = sizes.iter().map(|_| dice.roll(1 << 30)).collect();
                owners.iter().map(|&owner| rolls[owner]).collect()
            }
        };
        let known = rolls.iter().map(|roll| !gaps || roll / 7 % 50 != 0).collect::<Vec<bool>>();
        columns.push((decl.name.to_string(), column(decl, &rolls, &heads, &known)));
    }
    let fields = columns.iter().map(|(name, array)| {
        arrow_schema::Field::new(name, array.data_type().clone(), gaps && name != "户" && name != "地区")
    });
    let schema = Schema::new(fields.collect::<Vec<_>>());
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, array)| array).collect()).expect("one length")
}

fn column(decl: &FactDecl, rolls: &[u64], heads: &[bool], known: &[bool]) -> ArrayRef {
    let numbers = |of: &dyn Fn(u64) -> i64| -> Vec<Option<i64>> {
        rolls.iter().zip(known).map(|(&roll, known)| known.then_some(of(roll))).collect()
    };
    match &decl.kind {
        FactKind::YesNo => Arc::new(
            rolls.iter().zip(known).map(|(roll, known)| known.then_some(roll % 50 == 0)).collect::<BooleanArray>(),
        ),
        FactKind::Choice(choices) => {
            let few = choices.len() as u64;
            let place = |(roll, head): (&u64, &bool)| match (decl.name.as_str(), head) {
                ("关系", true) => 0,
                ("关系", false) => 1 + (roll % 4) as i32,
                _ => Some(roll % (few * 8)).filter(|place| *place < few).unwrap_or(0) as i32,
            };
            let keys = rolls.iter().zip(heads).map(place).zip(known).map(|(place, known)| known.then_some(place));
            let words = StringArray::from_iter_values(choices);
            Arc::new(DictionaryArray::<Int32Type>::new(keys.collect::<Int32Array>(), Arc::new(words)))
        }
        FactKind::Date => {
            let first = day_number("1930-01-01".parse().expect("a day"));
            let day = |(roll, known): (&u64, &bool)| known.then_some(first + (roll % 33_000) as i32);
            Arc::new(rolls.iter().zip(known).map(day).collect::<Date32Array>())
        }
        FactKind::Count => Arc::new(numbers(&|roll| (roll % 3) as i64).into_iter().collect::<Int64Array>()),
        FactKind::Money { .. } => {
            Arc::new(numbers(&|roll| (roll % 20_000 * 100) as i64).into_iter().collect::<Int64Array>())
        }
        _ => {
            // whole yuan a month, three in four have none
            let amount = |roll: u64| (roll % 4_000).saturating_sub(3_000) as i64 * 100;
            Arc::new(numbers(&amount).into_iter().collect::<Int64Array>())
        }
    }
}
