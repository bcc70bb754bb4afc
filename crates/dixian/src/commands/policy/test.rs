//! `dixian policy test`: the cases of the books and of other files.

use std::path::{Path, PathBuf};

use super::read;
use crate::assets;
use crate::failure::Failure;
use crate::tell::Tell;

/// Answers worked cases.
///
/// # Errors
/// Books that do not load, files that cannot be read, cases that do not hold.
pub fn run(folder: Option<&Path>, extra: &[PathBuf], tell: Tell) -> Result<(), Failure> {
    let library = assets::library(folder)?;
    let files: Result<Vec<(String, String)>, Failure> =
        extra.iter().map(|path| Ok((path.display().to_string(), read(path)?))).collect();
    let report = law::test(&library, &files?);
    tell.data(report.to_string().trim_end(), &report);
    if report.passed() { Ok(()) } else { Err(Failure::failed("有例子没有通过，见上表")) }
}
