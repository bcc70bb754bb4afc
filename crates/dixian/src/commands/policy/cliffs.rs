//! `dixian policy cliffs`: where earning more leaves a household with less.

use laboratory::cliffs::{Ask, Curve};
use laboratory::{charts, households};
use law::Library;
use law::form::Facts;

use super::explain::household;
use super::simulate::write_charts;
use crate::assets;
use crate::cli::Cliffs;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// So many rows of a curve on the terminal; JSON has all.
const ROWS: usize = 25;

/// Draws the curve of each household.
///
/// # Errors
/// Books that do not load, files that are no household, a fact that cannot be drawn.
pub fn run(settings: &Settings, asked: &Cliffs, tell: Tell) -> Result<(), Failure> {
    let library = assets::library(settings.policy.as_deref())?;
    let mut curves = Vec::new();
    for (name, facts) in &families(&library, asked)? {
        let ask = Ask {
            household: name,
            facts,
            fact: &asked.fact,
            member: asked.member.saturating_sub(1),
            month: asked.month,
            limit: asked.to,
            step: asked.step,
        };
        curves.push(Curve::of(&library, &ask).map_err(Failure::usage)?);
    }
    let text: Vec<String> = curves.iter().map(words).collect();
    if let Some(folder) = &asked.charts {
        let drawn: Vec<_> =
            curves.iter().map(|curve| (curve.household.replace('：', "-"), charts::curve(curve))).collect();
        write_charts(folder, &drawn)?;
        tell.say(format!("图写在 {}", folder.display()));
    }
    tell.data(text.join("\n\n"), &curves);
    Ok(())
}

fn words(curve: &Curve) -> String {
    format!("{}（{}）\n{}\n\n{}", curve.household, curve.month, curve.sentence(), curve.table(ROWS).text().trim_end())
}

/// The households of the files, named by the file; else the invented families.
fn families(library: &Library, asked: &Cliffs) -> Result<Vec<(String, Facts)>, Failure> {
    if asked.facts.is_empty() {
        let texts: Vec<&str> = assets::FAMILIES.iter().map(|(_, text)| *text).collect();
        let facts = households::read(library, &texts).map_err(Failure::failed)?;
        return Ok(assets::FAMILIES.iter().map(|(name, _)| (*name).to_owned()).zip(facts).collect());
    }
    let one = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, household(library, path)?))
    };
    asked.facts.iter().map(one).collect()
}
