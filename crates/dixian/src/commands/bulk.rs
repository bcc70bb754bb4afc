//! `dixian policy run | schema | receipt`: large tables.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use bulk::{BulkError, Format, Job, Place, Receipt, Report, Standard, Usage};
use indicatif::ProgressBar;
use serde::Serialize;
use values::Month;

use crate::assets;
use crate::cli::PolicyRun;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// What a run did and what it cost.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    report: Report,
    seconds: f64,
    rows_per_second: u64,
    cpu_seconds: f64,
    peak_mib: Option<u64>,
}

/// Decides a table of households.
///
/// # Errors
/// What is wrong with the books, the question, the table or the disk; or Ctrl-C.
pub fn run(settings: &Settings, asked: &PolicyRun, tell: Tell) -> Result<(), Failure> {
    let library = assets::library(settings.policy.as_deref())?;
    let job = job(asked)?;
    let stop = stop_on_ctrl_c();
    let input =
        bulk::stoppable_stdin(Arc::clone(&stop)).map_err(|cause| Failure::failed(format!("标准输入：{cause}")))?;
    let standard = Standard { input, output: Box::new(std::io::stdout()) };
    let (began, before) = (Instant::now(), Usage::now());
    let mut bar: Option<ProgressBar> = None;
    let report = bulk::run(&library, &job, standard, &stop, &mut |progress| {
        bar.get_or_insert_with(|| tell.rows("算", progress.of)).set_position(progress.rows);
    })
    .map_err(failure)?;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let (seconds, after) = (began.elapsed().as_secs_f64(), Usage::now());
    if let Some(path) = &asked.receipt {
        write_receipt(path, &report.receipt)?;
    }
    let told = Told {
        seconds,
        rows_per_second: (report.rows as f64 / seconds.max(1e-9)) as u64,
        cpu_seconds: (after.cpu_ms - before.cpu_ms) / 1e3,
        peak_mib: after.peak_bytes.map(|bytes| bytes >> 20),
        report,
    };
    told.report.notes.iter().for_each(|note| tell.say(format!("注意：{note}")));
    match asked.output {
        Place::Standard => tell.aside(words(&told), &told),
        Place::File(_) => tell.data(words(&told), &told),
    }
    Ok(())
}

fn job(asked: &PolicyRun) -> Result<Job, Failure> {
    let given: Option<Format> = asked.format.as_deref().and_then(|name| name.parse().ok());
    let format = |place: &Place| match (place.format(), given, place) {
        (_, Some(given), Place::Standard) => Ok(given),
        (Ok(format), _, _) => Ok(format),
        (Err(_), Some(given), _) => Ok(given),
        (Err(error), None, _) => Err(Failure::usage(error)),
    };
    let months = std::iter::successors(Some(asked.month), |month: &Month| Some(month.next()));
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    Ok(Job {
        input: (asked.input.clone(), format(&asked.input)?),
        output: (asked.output.clone(), format(&asked.output)?),
        programmes: asked.programme.clone(),
        months: months.take(asked.months.into()).collect(),
        area: asked.area,
        threads: asked.threads.map_or_else(cores, std::num::NonZeroUsize::get),
        reject: asked.reject.clone(),
    })
}

/// The first Ctrl-C ends the run in order; the second at once.
pub(super) fn stop_on_ctrl_c() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    let pressed = move || {
        if told.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    // heard from here on, not from when the task first runs
    #[cfg(unix)]
    if let Ok(mut signals) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt()) {
        tokio::spawn(async move {
            while signals.recv().await.is_some() {
                pressed();
            }
        });
    }
    #[cfg(not(unix))]
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            pressed();
        }
    });
    stop
}

/// How a run that failed ends.
pub fn failure(error: BulkError) -> Failure {
    match error {
        BulkError::Programme { .. } | BulkError::Open { .. } => Failure::not_found(error),
        BulkError::Format { .. } | BulkError::Columns { .. } | BulkError::BadRow { .. } | BulkError::Receipts(_) => {
            Failure::usage(error)
        }
        BulkError::Read { .. } | BulkError::Write { .. } | BulkError::Interrupted => Failure::failed(error),
    }
}

fn words(told: &Told) -> String {
    let Told { report: Report { receipt, rows, .. }, seconds, rows_per_second, cpu_seconds, peak_mib } = told;
    let left_out = match receipt.left_out {
        0 => String::new(),
        count => format!("\n没有算：{count} 户，因为有读不懂的行"),
    };
    let memory = peak_mib.map(|mib| format!("，内存最多 {mib} MiB")).unwrap_or_default();
    format!(
        "{} 户、{} 人，答了 {} 行{left_out}\n读 {rows} 行用 {seconds:.2} 秒，每秒 {rows_per_second} 行；处理器 {cpu_seconds:.2} 秒{memory}\n{}",
        receipt.households,
        receipt.persons,
        receipt.answers,
        receipt_words(receipt)
    )
}

fn receipt_words(receipt: &Receipt) -> String {
    format!(
        "凭据：{}，政策书 {}…\n进：{}\n出：{}",
        receipt.engine,
        receipt.books.get(..16).unwrap_or(&receipt.books),
        receipt.input_digest,
        receipt.answer_digest
    )
}

/// The columns of the table that goes in.
///
/// # Errors
/// Books that do not load.
pub fn schema(settings: &Settings, tell: Tell) -> Result<(), Failure> {
    let library = assets::library(settings.policy.as_deref())?;
    tell.data(bulk::schema_page(library.form()).trim_end(), &bulk::schema(library.form()));
    Ok(())
}

/// Adds up receipts.
///
/// # Errors
/// Files that are no receipts, or of different questions.
pub fn receipt(files: &[PathBuf], tell: Tell) -> Result<(), Failure> {
    let parts: Result<Vec<Receipt>, Failure> = files.iter().map(|path| read_receipt(path)).collect();
    let whole = Receipt::add(&parts?).map_err(failure)?;
    let words =
        format!("{} 张凭据，{} 户、{} 人，答了 {} 行", files.len(), whole.households, whole.persons, whole.answers);
    tell.data(format!("{words}\n{}", receipt_words(&whole)), &whole);
    Ok(())
}

fn read_receipt(path: &Path) -> Result<Receipt, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| Failure::not_found(format!("文件 {} 读不了：{cause}", path.display())))?;
    let wrong = |cause| Failure::usage(format!("{} 不是计算凭据：{cause}", path.display()));
    let json: serde_json::Value = serde_json::from_str(&text).map_err(wrong)?;
    let receipt = json.get("receipt").cloned().unwrap_or(json);
    serde_json::from_value(receipt).map_err(wrong)
}

fn write_receipt(path: &Path, receipt: &Receipt) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(receipt).expect("a receipt has only text keys");
    std::fs::write(path, text + "\n").map_err(|cause| Failure::failed(format!("{} 写不了：{cause}", path.display())))
}
