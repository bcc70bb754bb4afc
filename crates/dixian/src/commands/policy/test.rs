//! `dixian policy test`: the cases of the books and of other files.

use std::path::{Path, PathBuf};

use super::read;
use crate::assets;
use crate::failure::Failure;
use crate::neutral;
use crate::tell::Tell;

/// Answers worked cases: those of the books, case blocks of other files, and neutral cases (.yaml).
///
/// # Errors
/// Books that do not load, files that cannot be read, cases that do not hold.
pub fn run(folder: Option<&Path>, extra: &[PathBuf], tell: Tell) -> Result<(), Failure> {
    let library = assets::library(folder)?;
    let is_neutral = |path: &&PathBuf| path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    let (neutral, blocks): (Vec<&PathBuf>, Vec<&PathBuf>) = extra.iter().partition(|path| is_neutral(path));
    let files: Result<Vec<(String, String)>, Failure> =
        blocks.into_iter().map(|path| Ok((path.display().to_string(), read(path)?))).collect();
    let report = law::test(&library, &files?);
    let mut passed = report.passed();
    tell.data(report.to_string().trim_end(), &report);
    for path in neutral {
        let report = neutral::run(&library, &assets::calendar(), &read(path)?)
            .map_err(|why| Failure::usage(format!("{}：{why}", path.display())))?;
        passed &= report.passed();
        tell.data(report.to_string().trim_end(), &report);
    }
    if passed { Ok(()) } else { Err(Failure::failed("有例子没有通过，见上表")) }
}
