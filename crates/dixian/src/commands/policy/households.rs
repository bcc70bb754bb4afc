//! The households of a simulation: the register in the database, a table (Parquet, Arrow, CSV), or a file with one household a
//! line (JSON).

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use bulk::{BulkError, Format, Place, Table};
use indicatif::ProgressBar;
use laboratory::Simulation;
use laboratory::households::read;
use law::Library;
use values::{AreaCode, HouseholdId};

use crate::cli::Over;
use crate::commands::bulk::{failure, stop_on_ctrl_c};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// Households taken at a time: bounds memory, keeps all cores busy.
const CHUNK: usize = 8_192;

/// Where the households come from.
pub enum Source {
    /// All households on file.
    Register,
    /// A table, one row a person; with the area of households that say none.
    Table(PathBuf, Format, Option<AreaCode>),
    /// A file, one household a line (JSON).
    Lines(PathBuf),
}

impl Source {
    /// The file that was named, a table where its name ends like one; else the register.
    pub fn of(over: &Over) -> Source {
        let Some(path) = &over.input else { return Source::Register };
        match Place::File(path.clone()).format() {
            Ok(format) => Source::Table(path.clone(), format, over.area),
            Err(_) => Source::Lines(path.clone()),
        }
    }

    /// For the report.
    pub fn words(&self) -> String {
        match self {
            Source::Register => "登记的全部住户".to_owned(),
            Source::Table(path, ..) | Source::Lines(path) => {
                format!("文件 {}", path.file_name().unwrap_or_default().to_string_lossy())
            }
        }
    }

    /// Gives all households to the simulation; Ctrl-C ends it, and nothing was written.
    ///
    /// # Errors
    /// The database or file cannot be read, a household cannot be understood, or Ctrl-C.
    pub async fn feed(
        &self,
        settings: &Settings,
        library: &Library,
        simulation: &mut Simulation<'_>,
        tell: Tell,
    ) -> Result<(), Failure> {
        let stop = stop_on_ctrl_c();
        match self {
            Source::Register => {
                let bar = tell.households();
                register(settings, library, simulation, &bar, &stop).await?;
                bar.finish_and_clear();
            }
            Source::Table(path, format, area) => {
                let input = (Place::File(path.clone()), *format);
                let table = Table { input, standard: Box::new(std::io::empty()), area: *area, stop: &stop };
                rows(table, library, simulation, tell)?;
            }
            Source::Lines(path) => {
                let bar = tell.households();
                lines(path, library, simulation, &bar, &stop)?;
                bar.finish_and_clear();
            }
        }
        Ok(())
    }
}

fn rows(table: Table<'_>, library: &Library, simulation: &mut Simulation<'_>, tell: Tell) -> Result<(), Failure> {
    let mut bar: Option<ProgressBar> = None;
    let mut take = |households: &[law::form::Facts], progress: bulk::Progress| {
        simulation.add(households);
        bar.get_or_insert_with(|| tell.rows("算", progress.of)).set_position(progress.rows);
        Ok(())
    };
    let notes = table.read(library.form(), &mut take).map_err(|error| match error {
        // here no row is put aside: all households or none
        BulkError::BadRow { name, reject } => Failure::usage(format!("{name} {reject}\n改好这一行再算")),
        other => failure(other),
    })?;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    notes.iter().for_each(|note| tell.say(format!("注意：{note}")));
    Ok(())
}

async fn register(
    settings: &Settings,
    library: &Library,
    simulation: &mut Simulation<'_>,
    bar: &ProgressBar,
    stop: &AtomicBool,
) -> Result<(), Failure> {
    let store = settings.open().await?;
    for county in store.counties().await.map_err(Failure::failed)? {
        let mut after = HouseholdId(0);
        loop {
            going_on(stop)?;
            let chunk = store.facts_after(county, after, CHUNK as i64).await.map_err(Failure::failed)?;
            let Some((last, _, _)) = chunk.last() else { break };
            after = *last;
            let texts: Vec<&str> = chunk.iter().map(|(_, _, facts)| facts.as_str()).collect();
            let facts = read(library, &texts).map_err(|wrong| {
                let (household, _, _) = &chunk[wrong.number - 1];
                Failure::failed(format!("住户 {} 的事实看不懂：{}", household.0, wrong.cause))
            })?;
            simulation.add(&facts);
            bar.inc(facts.len() as u64);
        }
    }
    Ok(())
}

fn lines(
    path: &Path,
    library: &Library,
    simulation: &mut Simulation<'_>,
    bar: &ProgressBar,
    stop: &AtomicBool,
) -> Result<(), Failure> {
    let unreadable = |cause: std::io::Error| Failure::not_found(format!("文件 {} 读不了：{cause}", path.display()));
    let file = std::io::BufReader::new(std::fs::File::open(path).map_err(unreadable)?);
    let mut waiting: Vec<(usize, String)> = Vec::with_capacity(CHUNK);
    let mut take = |waiting: &mut Vec<(usize, String)>| -> Result<(), Failure> {
        going_on(stop)?;
        let texts: Vec<&str> = waiting.iter().map(|(_, text)| text.as_str()).collect();
        let facts = read(library, &texts).map_err(|wrong| {
            let (line, _) = &waiting[wrong.number - 1];
            Failure::usage(format!("{} 第 {line} 行的事实看不懂：{}", path.display(), wrong.cause))
        })?;
        simulation.add(&facts);
        bar.inc(facts.len() as u64);
        waiting.clear();
        Ok(())
    };
    for (number, line) in file.lines().enumerate() {
        let line = line.map_err(unreadable)?;
        if !line.trim().is_empty() {
            waiting.push((number + 1, line));
        }
        if waiting.len() == CHUNK {
            take(&mut waiting)?;
        }
    }
    take(&mut waiting)
}

fn going_on(stop: &AtomicBool) -> Result<(), Failure> {
    match stop.load(Ordering::Relaxed) {
        true => Err(Failure::failed("已经停下，什么都没有写")),
        false => Ok(()),
    }
}
