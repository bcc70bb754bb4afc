//! `dixian policy …`: one module a verb; the verbs on large tables stand in `bulk`.

mod check;
mod cliffs;
mod diff;
mod explain;
mod households;
mod simulate;
mod test;

use std::path::Path;

use crate::cli::Policy;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// Runs one of the verbs.
///
/// # Errors
/// Books that do not load, cases that do not hold, files that cannot be read.
pub async fn run(settings: &Settings, policy: Policy, tell: Tell) -> Result<(), Failure> {
    match policy {
        Policy::Check { dir } => check::run(dir.or(settings.policy.clone()).as_deref(), tell),
        Policy::Test { cases } => test::run(settings.policy.as_deref(), &cases, tell),
        Policy::Run(run) => super::bulk::run(settings, &run, tell),
        Policy::Simulate(asked) => simulate::run(settings, &asked, tell).await,
        Policy::Cliffs(asked) => cliffs::run(settings, &asked, tell),
        Policy::Diff(asked) => diff::run(settings, &asked, tell).await,
        Policy::Schema => super::bulk::schema(settings, tell),
        Policy::Receipt { files } => super::bulk::receipt(&files, tell),
        Policy::Explain { facts, month, programme, tree } => {
            explain::run(settings, &facts, month, programme.as_deref(), tree, tell)
        }
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|cause| Failure::not_found(format!("文件 {} 读不了：{cause}", path.display())))
}
