//! Worked cases in a neutral form: facts in, legal outcome out, in a YAML file that knows nothing of our books.
//!
//! The facts of a case become a case block of the books' own language; what is expected is compared with what the books
//! answer, figure by figure and day by day. Words that nobody here knows are told, never passed over.

mod compare;
mod household;
mod member;
mod procedure;
mod relief;

use std::collections::BTreeMap;
use std::fmt;

use law::Library;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use values::{Day, Month, WorkCalendar};

/// A file of cases.
#[derive(Debug, Deserialize)]
struct CaseFile {
    meta: Meta,
    cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
struct Meta {
    /// Fixture figures by name.
    #[serde(default)]
    params: BTreeMap<String, Map<String, Value>>,
    /// Rule sets by name: from when.
    #[serde(default)]
    rule_sets: BTreeMap<String, Map<String, Value>>,
}

/// One case as written.
#[derive(Debug, Deserialize)]
struct Case {
    id: String,
    title: String,
    as_of: String,
    #[serde(default)]
    rule_set: Option<String>,
    #[serde(default)]
    params: Option<String>,
    facts: Map<String, Value>,
    expect: Map<String, Value>,
    confidence: Confidence,
}

/// How sure the expectation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The cited text decides it.
    Firm,
    /// The text decides the route, a local figure the number.
    Param,
    /// Experts differ: printed, not held against the books.
    Ambiguous,
}

/// How one expectation went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The expectation's name in the file.
    pub name: String,
    /// What the file expects.
    pub expected: String,
    /// What the books say.
    pub found: String,
    /// Whether they agree.
    pub holds: bool,
}

/// How one case went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its id in the file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How sure the expectation is.
    pub confidence: Confidence,
    /// One line an expectation.
    pub lines: Vec<Line>,
    /// Facts or expectations that could not be understood, in Chinese.
    pub unread: Vec<String>,
}

/// How a file went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// In the file's order.
    pub rows: Vec<Row>,
}

/// What every comparison needs.
struct Desk<'d> {
    library: &'d Library,
    calendar: &'d WorkCalendar,
    figures: &'d Map<String, Value>,
    /// The first whole month of the case's rule set, when the file has it.
    begins: Option<Month>,
}

/// Runs a file of neutral cases.
///
/// # Errors
/// In Chinese: not YAML, or not of this form.
pub fn run(library: &Library, calendar: &WorkCalendar, text: &str) -> Result<Report, String> {
    let file: CaseFile = serde_saphyr::from_str(text).map_err(|cause| format!("例子文件看不懂：{cause}"))?;
    let none = Map::new();
    let rows = file.cases.iter().map(|case| {
        let figures = case.params.as_ref().and_then(|name| file.meta.params.get(name)).unwrap_or(&none);
        let rules = case.rule_set.as_ref().and_then(|name| file.meta.rule_sets.get(name));
        let from = rules.and_then(|set| set.get("from")).and_then(|from| Day::parse(&text_of(from)).ok());
        judge(case, &Desk { library, calendar, figures, begins: from.map(|day| day.month().next()) })
    });
    Ok(Report { rows: rows.collect() })
}

fn judge(case: &Case, desk: &Desk<'_>) -> Row {
    let mut row = Row {
        id: case.id.clone(),
        title: case.title.clone(),
        confidence: case.confidence,
        lines: Vec::new(),
        unread: Vec::new(),
    };
    match Day::parse(&case.as_of) {
        Ok(as_of) if procedure::is_of_procedure(case) => procedure::judge(case, as_of, desk, &mut row),
        Ok(as_of) => compare::judge(case, as_of, desk, &mut row),
        Err(error) => row.unread.push(format!("as_of：{error}")),
    }
    row
}

impl Row {
    /// Notes an expectation beside what was found.
    fn note(&mut self, name: &str, expected: impl Into<String>, found: impl Into<String>) {
        let (expected, found) = (expected.into(), found.into());
        let holds = expected == found;
        self.lines.push(Line { name: name.to_owned(), expected, found, holds });
    }

    /// Every expectation was understood and holds.
    pub fn holds(&self) -> bool {
        self.unread.is_empty() && self.lines.iter().all(|line| line.holds)
    }

    /// Held against the books when it does not hold.
    pub fn counts(&self) -> bool {
        self.confidence != Confidence::Ambiguous
    }
}

impl Report {
    /// Every case that counts holds.
    pub fn passed(&self) -> bool {
        self.rows.iter().all(|row| row.holds() || !row.counts())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            let mark = match (row.holds(), row.counts()) {
                (true, _) => "符合",
                (false, true) => "不对",
                (false, false) => "两说",
            };
            writeln!(f, "{mark}  {:<5} {}（{}）", row.id, row.title, row.confidence.zh())?;
            for unread in &row.unread {
                writeln!(f, "      看不懂：{unread}")?;
            }
            for line in row.lines.iter().filter(|line| !line.holds || !row.counts()) {
                writeln!(f, "      {}：应是 {}，书里得出 {}", line.name, line.expected, line.found)?;
            }
        }
        let counted: Vec<&Row> = self.rows.iter().filter(|row| row.counts()).collect();
        let held = counted.iter().filter(|row| row.holds()).count();
        let result = if self.passed() { "通过" } else { "没有通过" };
        let open = self.rows.len() - counted.len();
        writeln!(f, "\n结果：{result}。{} 例要对，{held} 例对；另有 {open} 例各地说法不一，只列出", counted.len())
    }
}

impl Confidence {
    fn zh(self) -> &'static str {
        match self {
            Confidence::Firm => "条文定的",
            Confidence::Param => "数字由当地定",
            Confidence::Ambiguous => "说法不一",
        }
    }
}

/// A value as text: `0.1`, `2021-09`, `approve`.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets;

    const CASES: &str = include_str!("../../../../data/cases/worked_cases.yaml");

    #[test]
    fn the_worked_cases_hold() {
        let report = run(&assets::library(None).unwrap(), &assets::calendar(), CASES).unwrap();
        assert_eq!(report.rows.len(), 26);
        assert!(report.passed(), "\n{report}");
    }

    #[test]
    fn a_wrong_expectation_and_an_unknown_word_are_told() {
        let spoiled = CASES.replace("amount_month: 660, first_paid", "amount_month: 661, surprise: 1, first_paid");
        let report = run(&assets::library(None).unwrap(), &assets::calendar(), &spoiled).unwrap();
        assert!(!report.passed());
        assert!(report.to_string().contains("amount_month：应是 661，书里得出 660"), "{report}");
        assert!(report.to_string().contains("看不懂：expect 里的 surprise"), "{report}");
    }

    #[test]
    fn what_is_not_of_the_form_is_refused() {
        let (library, calendar) = (assets::library(None).unwrap(), assets::calendar());
        assert!(run(&library, &calendar, "cases: 3").unwrap_err().starts_with("例子文件看不懂"));
    }
}
