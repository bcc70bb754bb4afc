//! The city: made from a seed, written as files, read back through the real import, determined.

use std::path::PathBuf;

use exchange::departments::{self, ExtractContext};
use jobs::determine::{CityDetermined, determine_city};
use law::Library;
use serde::Serialize;
use store::{Hand, Store};
use synth::City;
use values::{Month, WorkCalendar};

use super::story::Seconds;
use super::{at, staff};
use crate::assets;
use crate::cli;
use crate::commands::import::{self, Roster};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// Where the city's files are.
pub struct Files {
    /// The folder.
    pub folder: PathBuf,
    names: Vec<String>,
}

/// What the import brought.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Imported {
    /// Persons in the register.
    pub persons: u64,
    /// Households.
    pub households: u64,
    /// Awards.
    pub awards: u64,
    /// Records of other departments.
    pub department_records: u64,
}

/// The month the roster was last paid.
fn last_paid() -> Month {
    "2021-08".parse().expect("a month")
}

/// Makes the city and writes its files.
///
/// # Errors
/// The folder cannot be written.
pub fn write(
    settings: &Settings,
    library: &Library,
    demo: &cli::Demo,
    tell: Tell,
    seconds: &mut Seconds,
) -> Result<Files, Failure> {
    let people = usize::try_from(demo.people).expect("people fit");
    let city = seconds
        .time_now("city", || City::generate(demo.seed, people, assets::XIANGTAN, last_paid(), library))
        .map_err(Failure::failed)?;
    let folder = settings.folder("city")?;
    let bar = tell.progress("写出城市的文件", 0);
    let mut progress = |_: &str, done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let written = seconds.time_now("files", || city.write_files(&folder, &mut progress)).map_err(Failure::failed)?;
    bar.finish_and_clear();
    super::widow::open_account(&folder)?;
    let bytes: u64 = written.iter().map(|file| file.bytes).sum();
    tell.say(format!(
        "写出 {} 个文件（{} MiB）：民政局的两本花名册，各部门的比对数据，银行的账户。",
        written.len(),
        bytes >> 20
    ));
    Ok(Files { folder, names: written.into_iter().map(|file| file.name.to_string()).collect() })
}

/// Reads the files back, as a bureau would.
///
/// # Errors
/// A file is refused, or the store fails.
pub async fn import(
    store: &Store,
    library: &Library,
    files: &Files,
    tell: Tell,
    seconds: &mut Seconds,
) -> Result<Imported, Failure> {
    let began = std::time::Instant::now();
    let areas = assets::areas();
    let moment = at("2021-09-01", 8);
    let hand = Hand { by: staff::IMPORTS.into(), at: moment.at.clone() };
    let roster = Roster { library, areas: &areas, area: None };
    let mut imported = Imported::default();
    for name in &files.names {
        let path = files.folder.join(name);
        if is_roster(name) {
            let read = roster.read(&path)?;
            roster.refuse_errors(&path, &read)?;
            let counts = roster.keep(store, &path, &read, moment.on, &hand.by, &moment).await?;
            imported.persons += counts.persons_new;
            imported.households += counts.households_new;
            imported.awards += counts.awards_new;
        } else if let Some((kind, source)) = departments::kind_and_source_of_name(&path, library.form()) {
            let context = ExtractContext { form: library.form(), source, kind, as_of: moment.on };
            imported.department_records += import::extract(store, &path, &context, &hand).await?.0;
        }
    }
    seconds.add("import", began.elapsed());
    tell.say(format!(
        "读进登记簿：{} 人，{} 户，{} 份待遇；各部门数据 {} 条。",
        imported.persons, imported.households, imported.awards, imported.department_records
    ));
    Ok(imported)
}

fn is_roster(name: &str) -> bool {
    name.ends_with(".xlsx")
}

/// Determines every household for September.
///
/// # Errors
/// The store, or facts that cannot be read.
pub async fn determine(
    store: &Store,
    library: &Library,
    calendar: &WorkCalendar,
    tell: Tell,
    seconds: &mut Seconds,
) -> Result<CityDetermined, Failure> {
    let (_, households) = store.register_counts().await.map_err(Failure::failed)?;
    let bar = tell.progress("按政策书逐户认定", u64::try_from(households).unwrap_or(0));
    let month = "2021-09".parse().expect("a month");
    let moment = at("2021-09-01", 10);
    let mut progress = |done| bar.set_position(done);
    let determined = seconds
        .time("determine", async {
            determine_city(store, library, calendar, month, &moment, &mut progress).await.map_err(Failure::failed)
        })
        .await?;
    bar.finish_and_clear();
    tell.say(format!(
        "逐户认定 {} 户：{} 份待遇与政策书一致，{} 份要人看，发现 {} 条线索（符合条件却没有领）。",
        determined.households, determined.agreeing, determined.differing, determined.leads
    ));
    Ok(determined)
}
