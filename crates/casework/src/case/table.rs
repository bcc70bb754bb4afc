//! The state tables of procedures, as markdown: what the books lay down and where a case stands meanwhile.

use std::fmt::Write;

use law::Procedure;

use super::Status;
use super::way::way_of;

/// The table of one procedure: its way step by step, then its limits.
pub fn state_table(procedure: &Procedure) -> String {
    let mut page = String::from(
        "| 步骤 | 承办 | 时限 | 在谁之后 | 可暂停 | 轮到它时的状态 | 依据 |\n|---|---|---|---|---|---|---|\n",
    );
    for point in way_of(procedure) {
        let step = procedure.steps.iter().find(|step| step.name == point.name);
        let by = step.map_or("乡镇（街道），系统要求两人分办", |step| step.by.as_str());
        let pausable = step.and_then(|step| step.pausable.as_deref()).unwrap_or_default();
        let cite = step.map_or("", |step| step.cite.as_str());
        let state = if point.after.is_empty() { "—" } else { Status::before(&point.name).zh() };
        let row = [&point.name, by, &point.term.to_string(), &point.after.join("、"), pausable, state, cite];
        writeln!(page, "| {} |", row.join(" | ")).expect("a string takes all");
    }
    page.push_str(&limits(procedure));
    page
}

fn limits(procedure: &Procedure) -> String {
    let mut said = Vec::new();
    said.extend(procedure.promise.map(|term| format!("承诺 {term}")));
    said.extend(procedure.statutory.map(|term| format!("法定 {term}")));
    said.extend(procedure.extended.map(|term| format!("有争议 {term}")));
    said.extend(procedure.limits.iter().map(|limit| format!("{} {}", limit.name, limit.term)));
    if procedure.publication_forbidden {
        said.push("任何情况下不公示".to_owned());
    }
    if said.is_empty() { String::new() } else { format!("\n{}。\n", said.join("；")) }
}
