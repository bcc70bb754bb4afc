//! A whole run: reads, decides on all cores, writes in the order of the table.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use law::{ENGINE, Library};
use serde::Serialize;
use values::{AreaCode, Month};

use crate::bind::Binding;
use crate::desk::Desk;
use crate::failure::BulkError;
use crate::place::{Format, Place};
use crate::receipt::Receipt;
use crate::reject::Reject;
use crate::schema::HOUSEHOLD;
use crate::sink::{self, Target, Words};
use crate::source;
use crate::stitch::{Rejected, Stitch};
use crate::texts::holds_text;
use crate::workshop::Workshop;

/// What is to be decided, from where, to where.
#[derive(Clone, Debug)]
pub struct Job {
    /// The table of households.
    pub input: (Place, Format),
    /// The table of answers.
    pub output: (Place, Format),
    /// Which programmes; all when empty.
    pub programmes: Vec<String>,
    /// For which months.
    pub months: Vec<Month>,
    /// The area of households that say none.
    pub area: Option<AreaCode>,
    /// How many threads decide, at least one.
    pub threads: usize,
    /// Where rows go that cannot be read; none: the first one stops the run.
    pub reject: Option<PathBuf>,
}

/// The streams that `-` means.
pub struct Standard {
    /// Standard input.
    pub input: Box<dyn Read + Send>,
    /// Standard output.
    pub output: Box<dyn Write + Send>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows decided.
    pub rows: u64,
    /// Rows of the table, where its format says it.
    pub of: Option<u64>,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What was asked of what.
    pub receipt: Receipt,
    /// Rows read.
    pub rows: u64,
    /// What somebody should know: columns passed over, rows that contradict each other.
    pub notes: Vec<String>,
}

/// Runs a job. `watch` hears how far it is; when `stop` is set, the run ends and leaves nothing behind.
///
/// # Errors
/// What is wrong with the job, the columns, a row, or the disk.
pub fn run(
    library: &Library,
    job: &Job,
    standard: Standard,
    stop: &AtomicBool,
    watch: &mut dyn FnMut(Progress),
) -> Result<Report, BulkError> {
    check_programmes(library, &job.programmes)?;
    let mut source = source::open(&job.input.0, job.input.1, standard.input)?;
    let (schema, form, name) = (source.schema(), library.form(), job.input.0.to_string());
    let ids: Vec<&str> = job.programmes.iter().map(String::as_str).collect();
    let asked = library.facts_asked(&ids, &job.months);
    let binding = Binding::of(&name, &schema, form, &asked, job.area.is_some())?;
    source.bind(&binding);
    let text_keys = schema.field_with_name(HOUSEHOLD).is_ok_and(|field| holds_text(field.data_type()));
    let desk = Desk::new(library, &job.programmes, &job.months, job.area);
    let sink = sink::create(&job.output.0, job.output.1, standard.output, Words::of(&desk, text_keys))?;
    let rejected: Box<dyn Rejected> = match &job.reject {
        None => Box::new(Stop { name }),
        Some(path) => Box::new(Collect::create(path)?),
    };
    let (of, note) = (source.rows(), source.note());
    let mut stitch = Stitch::new(&desk, &binding.facts, text_keys, sink, rejected);
    let workshop = Workshop { library, desk: &desk, binding: &binding, name: job.input.0.to_string(), stop };
    workshop.work(source, job.threads.max(1), &mut |piece| {
        stitch.take(piece)?;
        watch(Progress { rows: stitch.totals.rows, of });
        Ok(())
    })?;
    let (totals, contradictions) = stitch.finish()?;
    let mut notes: Vec<String> = note.into_iter().chain(binding.notes.iter().cloned()).collect();
    if let Some((row, column)) = contradictions.first {
        let count = contradictions.count;
        notes.push(format!("有 {count} 处家庭的情况同一户前后不一致，以每户第一行为准；第一处在第 {row} 行“{column}”"));
    }
    let programmes = desk.asked.iter().filter(|asked| asked.month == job.months[0]);
    let receipt = totals.onto(Receipt {
        engine: ENGINE.to_owned(),
        books: library.books_hash().to_owned(),
        months: job.months.clone(),
        programmes: programmes.map(|asked| asked.programme.clone()).collect(),
        facts: asked.iter().map(|&fact| form.declaration(fact).name.to_string()).collect(),
        households: 0,
        persons: 0,
        left_out: 0,
        answers: 0,
        input_digest: String::new(),
        answer_digest: String::new(),
    });
    Ok(Report { receipt, rows: totals.rows, notes })
}

fn check_programmes(library: &Library, programmes: &[String]) -> Result<(), BulkError> {
    let Some(unknown) = programmes.iter().find(|id| library.programme(id).is_none()) else { return Ok(()) };
    let known: Vec<&str> = library.programmes().iter().map(|info| info.id.as_str()).collect();
    Err(BulkError::Programme { asked: unknown.clone(), known: known.join("、") })
}

/// The first row that cannot be read stops the run.
struct Stop {
    name: String,
}

impl Rejected for Stop {
    fn reject(&mut self, reject: Reject) -> Result<(), BulkError> {
        Err(BulkError::BadRow { name: self.name.clone(), reject })
    }

    fn finish(&mut self) -> Result<(), BulkError> {
        Ok(())
    }
}

/// Rows that cannot be read go to a file.
struct Collect {
    writer: Option<csv::Writer<Target>>,
    name: String,
}

impl Collect {
    fn create(path: &std::path::Path) -> Result<Collect, BulkError> {
        let target = Target::create(&Place::File(path.to_owned()), Box::new(std::io::sink()))?;
        let name = target.name().to_owned();
        let mut writer = csv::Writer::from_writer(target);
        writer.write_record(["行", "列", "写的是", "问题"]).map_err(|cause| BulkError::write(&name, cause))?;
        Ok(Collect { writer: Some(writer), name })
    }
}

impl Rejected for Collect {
    fn reject(&mut self, reject: Reject) -> Result<(), BulkError> {
        let cells = [&reject.row.to_string(), &reject.column, &reject.found, &reject.why];
        let writer = self.writer.as_mut().expect("not finished");
        writer.write_record(cells).map_err(|cause| BulkError::write(&self.name, cause))
    }

    fn finish(&mut self) -> Result<(), BulkError> {
        let writer = self.writer.take().expect("finished once");
        let target = writer.into_inner().map_err(|cause| BulkError::write(&self.name, cause.error()))?;
        target.complete().map_err(|cause| BulkError::write(&self.name, cause))
    }
}
