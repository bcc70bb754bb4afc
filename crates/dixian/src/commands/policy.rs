//! `dixian policy check | test | explain`; the verbs on large tables stand in `bulk`.

use std::path::{Path, PathBuf};

use values::Day;

use crate::assets;
use crate::cli::Policy;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// Runs one of the verbs.
///
/// # Errors
/// Books that do not load, cases that do not hold, files that cannot be read.
pub fn run(settings: &Settings, policy: Policy, tell: Tell) -> Result<(), Failure> {
    match policy {
        Policy::Check { dir } => check(dir.or(settings.policy.clone()).as_deref(), tell),
        Policy::Test { cases } => test(settings.policy.as_deref(), &cases, tell),
        Policy::Run(run) => super::bulk::run(settings, &run, tell),
        Policy::Schema => super::bulk::schema(settings, tell),
        Policy::Receipt { files } => super::bulk::receipt(&files, tell),
        Policy::Explain { facts, month, programme } => {
            let library = assets::library(settings.policy.as_deref())?;
            if let Some(id) = programme.as_deref().filter(|id| library.programme(id).is_none()) {
                let known: Vec<&str> = library.programmes().iter().map(|info| info.id.as_str()).collect();
                return Err(Failure::not_found(format!("没有项目“{id}”；现有：{}", known.join("、"))));
            }
            let text = read(&facts)?;
            let json: serde_json::Value = serde_json::from_str(&text)
                .map_err(|cause| Failure::usage(format!("{} 不是 JSON：{cause}", facts.display())))?;
            // a family of people/ carries its facts under 事实
            let json = json.get("事实").cloned().unwrap_or(json);
            let household = library.form().facts_from_json(&json).map_err(|found| {
                let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
                Failure::usage(format!("{} 的事实有错：\n{}", facts.display(), lines.join("\n")))
            })?;
            let explained = law::explain(&library, month, &household, programme.as_deref());
            tell.data(explained.to_string().trim_end(), &explained);
            Ok(())
        }
    }
}

fn check(folder: Option<&Path>, tell: Tell) -> Result<(), Failure> {
    let library = assets::library(folder)?;
    let calendar = assets::calendar();
    let from = Day::new(2020, 1, 1).expect("a day");
    let report = law::check(&library, Some((&calendar, from, calendar.known_until())));
    tell.data(report.to_string().trim_end(), &report);
    Ok(())
}

fn test(folder: Option<&Path>, extra: &[PathBuf], tell: Tell) -> Result<(), Failure> {
    let library = assets::library(folder)?;
    let files: Result<Vec<(String, String)>, Failure> =
        extra.iter().map(|path| Ok((path.display().to_string(), read(path)?))).collect();
    let report = law::test(&library, &files?);
    tell.data(report.to_string().trim_end(), &report);
    if report.passed() { Ok(()) } else { Err(Failure::failed("有例子没有通过，见上表")) }
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|cause| Failure::not_found(format!("文件 {} 读不了：{cause}", path.display())))
}
