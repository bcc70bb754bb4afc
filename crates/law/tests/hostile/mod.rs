//! Books that nobody would write: taken or refused, and a refusal points into the book.
#![allow(dead_code)] // each test file uses its part of this

use law::{Diagnostic, Library, Severity, check, test};
use serde_json::json;

use crate::support;

pub const FORM: &str = "policy/one-form.md";

/// A refusal has a place inside the text it names.
fn points_into(found: &Diagnostic, books: &[(String, String)]) -> bool {
    let Some((_, text)) = books.iter().find(|(path, _)| *path == found.path) else { return found.path == "policy" };
    let line = text.trim_start_matches('\u{feff}').lines().nth(found.line as usize - 1);
    line.map_or(found.line == 1, |line| found.column >= 1 && found.column as usize <= line.chars().count() + 2)
}

/// Takes the books or refuses them; whatever is taken must answer.
pub fn tried(books: &[(String, String)]) -> bool {
    match Library::load(books) {
        Err(findings) => {
            assert!(findings.iter().any(|found| found.severity == Severity::Error), "refused without an error");
            for found in &findings {
                assert!(points_into(found, books), "points nowhere: {found}");
                assert!(!found.to_string().is_empty());
            }
            false
        }
        Ok(library) => {
            assert!(library.warnings().iter().all(|found| points_into(found, books)));
            let _ = test(&library, &[("", ""); 0]).to_string();
            let _ = check(&library, None).to_string();
            answer(&library);
            true
        }
    }
}

/// All programmes for two families, by all three evaluators.
fn answer(library: &Library) {
    let one = json!({"地区": "430302202204", "成员": [{}, {}]});
    let two = json!({"地区": "430302202204", "成员": [{"工资": "100"}]});
    let facts: Vec<_> = [one, two].iter().filter_map(|json| library.form().facts_from_json(json).ok()).collect();
    for month in ["2021-09", "2026-08"] {
        let month = month.parse().expect("a month");
        library.determine_bulk(month, &facts);
        for facts in &facts {
            library.determine_all(month, facts).iter().for_each(|found| assert!(!found.to_string().is_empty()));
        }
        if !facts.is_empty() {
            let columns = support::columns(library, &facts, true);
            library.plan(&[], &[month], facts[0].area).answers(&columns);
        }
    }
}
