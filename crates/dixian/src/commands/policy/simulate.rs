//! `dixian policy simulate`: a reform beside its baseline.

use std::path::Path;

use laboratory::{Disclosure, Findings, Question, Reform, Simulation, Svg, Table, charts, report, words};
use law::Library;
use values::Month;

use super::households::Source;
use crate::assets;
use crate::cli::{Over, Simulate};
use crate::failure::Failure;
use crate::settings::{Settings, make_folder};
use crate::tell::Tell;

/// What is put into words around the findings.
pub struct Asked {
    /// The report's heading.
    pub title: String,
    /// In the words it was asked in.
    pub asked: Vec<String>,
    /// Differences of the two sets of books, when they were compared.
    pub differences: Option<Table>,
}

/// Simulates.
///
/// # Errors
/// Books or settings that cannot be used, households that cannot be read, files that cannot be written.
pub async fn run(settings: &Settings, asked: &Simulate, tell: Tell) -> Result<(), Failure> {
    let baseline = assets::library(settings.policy.as_deref())?;
    let other = asked.reform.as_deref().map(|folder| assets::library(Some(folder))).transpose()?;
    let reform = Reform { settings: asked.set.clone() }
        .of(other.as_ref().unwrap_or(&baseline), asked.month)
        .map_err(|wrong| Failure::usage(wrong.to_string().trim_end()))?;
    let mut said: Vec<String> = asked.set.iter().map(ToString::to_string).collect();
    if let Some(folder) = &asked.reform {
        said.insert(0, format!("换用另一套政策书：{}", folder.file_name().unwrap_or_default().to_string_lossy()));
    }
    let frame = Asked { title: "政策方案测算报告".to_owned(), asked: said, differences: None };
    let findings = beside(settings, (&baseline, &reform), asked.month, &asked.over, frame, tell).await?;
    tell.data(words(&findings, &assets::areas()).trim_end(), &findings);
    Ok(())
}

/// Puts two sets of books beside each other on the households asked for, and writes the charts and the report.
///
/// # Errors
/// As [`run`].
pub async fn beside(
    settings: &Settings,
    (baseline, reform): (&Library, &Library),
    month: Month,
    over: &Over,
    asked: Asked,
    tell: Tell,
) -> Result<Findings, Failure> {
    let months = std::iter::successors(Some(month), |month: &Month| Some(month.next()));
    let question = Question {
        baseline,
        reform,
        months: months.take(over.months.into()).collect(),
        margin_percent: Some(over.near).filter(|percent| *percent > 0),
    };
    let mut simulation = Simulation::new(question).map_err(Failure::usage)?;
    let source = Source::of(over);
    source.feed(settings, baseline, &mut simulation, tell).await?;
    let findings = simulation.finish(if over.publish { Disclosure::Public } else { Disclosure::Inside });
    if let Some(folder) = &over.charts {
        write_charts(folder, &charts::all(&findings, &assets::areas()))?;
        tell.say(format!("图写在 {}", folder.display()));
    }
    if let Some(path) = &over.report {
        let frame = report::Frame {
            title: asked.title,
            asked: asked.asked,
            households_from: source.words(),
            differences: asked.differences,
        };
        write_report(path, &frame, &findings, over.charts.as_deref())?;
        tell.say(format!("报告写在 {}", path.display()));
    }
    Ok(findings)
}

fn write_report(path: &Path, frame: &report::Frame, findings: &Findings, charts: Option<&Path>) -> Result<(), Failure> {
    let areas = assets::areas();
    let link = |name: &str| charts.map(|folder| folder.join(format!("{name}.svg")).display().to_string());
    let text = match path.extension().and_then(|ending| ending.to_str()) {
        Some("md") => report::markdown(frame, findings, &areas, &link),
        Some("html" | "htm") => report::html(frame, findings, &areas),
        _ => return Err(Failure::usage("报告的文件名要以 .md 或 .html 结尾")),
    };
    write(path, &text)
}

/// Writes each chart into a folder, made when missing.
///
/// # Errors
/// The disk.
pub fn write_charts(folder: &Path, charts: &[(impl AsRef<str>, Svg)]) -> Result<(), Failure> {
    make_folder(folder)?;
    charts.iter().try_for_each(|(name, svg)| write(&folder.join(format!("{}.svg", name.as_ref())), &svg.element()))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|cause| Failure::failed(format!("{} 写不了：{cause}", path.display())))
}
