//! The real pages over a data folder, as on a day of one's choice at nine in the morning; books, calendar and areas come from the
//! workspace, so examples run at its root.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use law::Library;
use store::Store;
use values::{AreaTree, Day, WorkCalendar};
use web::registry::Registry;
use web::{App, Moment};

/// What may go wrong in an example.
pub type Failure = Box<dyn std::error::Error>;

/// The pages over a folder, as on that day at nine in the morning.
async fn app(folder: &Path, day: Day) -> Result<App, Failure> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir("policy")?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("SOURCE.md"));
    paths.sort();
    let books: Vec<(String, String)> = paths
        .iter()
        .map(|path| Ok((path.display().to_string(), std::fs::read_to_string(path)?)))
        .collect::<Result<_, std::io::Error>>()?;
    let library = Arc::new(Library::load(&books).map_err(|findings| findings[0].to_string())?);
    let calendar = Arc::new(WorkCalendar::from_csv(&std::fs::read_to_string("data/calendar/workdays.csv")?)?);
    let store = Store::open_folder(folder).await?;
    Ok(App {
        registry: Registry::new(store, library.clone(), calendar.clone()),
        patience: Default::default(),
        books,
        library,
        rules: Default::default(),
        calendar,
        areas: Arc::new(AreaTree::from_csv(&std::fs::read_to_string("data/areas/xiangtan.csv")?)?),
        demo_village: "430302202204".parse()?,
        clock: Arc::new(move || Moment { day, at: format!("{day}T09:00:00+08:00"), unix_ms: 1_640_000_000_000 }),
        invented: Arc::default(),
        seal_key: [0; 32],
    })
}

/// The pages that the two arguments name: FOLDER and DAY.
pub async fn from_arguments() -> Result<App, Failure> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(day)) = (arguments.next(), arguments.next()) else { return Err("FOLDER DAY".into()) };
    app(Path::new(&folder), Day::parse(&day)?).await
}
