//! `dixian policy check`: the books, their coverage and the promise.

use std::path::Path;

use values::Day;

use crate::assets;
use crate::failure::Failure;
use crate::tell::Tell;

/// Checks the books of a folder.
///
/// # Errors
/// Books that do not load.
pub fn run(folder: Option<&Path>, tell: Tell) -> Result<(), Failure> {
    let library = assets::library(folder)?;
    let calendar = assets::calendar();
    let from = Day::new(2020, 1, 1).expect("a day");
    let report = law::check(&library, Some((&calendar, from, calendar.known_until())));
    tell.data(report.to_string().trim_end(), &report);
    Ok(())
}
