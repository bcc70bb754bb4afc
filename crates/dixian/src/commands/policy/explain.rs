//! `dixian policy explain`: one household, all programmes, with reasons.

use std::path::Path;

use law::Library;
use law::form::Facts;
use values::Month;

use super::read;
use crate::assets;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// Answers for the household of a file: as a letter says it, with the tree of what was used when asked for.
///
/// # Errors
/// Books that do not load, no such programme, a file that is no household.
pub fn run(
    settings: &Settings,
    facts: &Path,
    month: Month,
    programme: Option<&str>,
    tree: bool,
    tell: Tell,
) -> Result<(), Failure> {
    let library = assets::library(settings.policy.as_deref())?;
    if let Some(id) = programme.filter(|id| library.programme(id).is_none()) {
        let known: Vec<&str> = library.programmes().iter().map(|info| info.id.as_str()).collect();
        return Err(Failure::not_found(format!("没有项目“{id}”；现有：{}", known.join("、"))));
    }
    let household = household(&library, facts)?;
    let explained = law::explain(&library, month, &household, programme);
    let text = if tree { explained.tree() } else { explained.to_string() };
    tell.data(text.trim_end(), &explained);
    Ok(())
}

/// Reads the facts of one household, as they are or as a family of people/ carries them.
///
/// # Errors
/// A file that cannot be read, or is no household.
pub fn household(library: &Library, facts: &Path) -> Result<Facts, Failure> {
    let text = read(facts)?;
    let json: serde_json::Value = serde_json::from_str(&text)
        .map_err(|cause| Failure::usage(format!("{} 不是 JSON：{cause}", facts.display())))?;
    // a family of people/ carries its facts under 事实
    let json = json.get("事实").cloned().unwrap_or(json);
    library.form().facts_from_json(&json).map_err(|found| {
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        Failure::usage(format!("{} 的事实有错：\n{}", facts.display(), lines.join("\n")))
    })
}
