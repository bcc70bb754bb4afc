//! What is wrong with a book, where, and what was perhaps meant; worded for the clerk who wrote it.

use std::fmt;

use serde::Serialize;

use crate::page::{Page, Place};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Severity {
    /// The books may not be used.
    #[serde(rename = "错误")]
    Error,
    /// The books work; somebody should look.
    #[serde(rename = "提醒")]
    Warning,
}

/// One finding in a book, with the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The book's path as it was given.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What was perhaps meant, or what to do.
    pub hint: Option<String>,
    /// The line of the book.
    pub excerpt: String,
}

impl Diagnostic {
    /// An error at a place of a page.
    pub fn error(page: &Page<'_>, at: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            path: page.path.to_owned(),
            line: at.line,
            column: at.column,
            message: message.into(),
            hint: None,
            excerpt: shortened(page.line(at.line), at.column),
        }
    }

    /// A warning at a place of a page.
    pub fn warning(page: &Page<'_>, at: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(page, at, message) }
    }

    /// The same with a hint.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }
}

const EXCERPT_CHARS: usize = 160;

/// A line too long to print is cut behind the place that matters.
fn shortened(line: &str, column: u32) -> String {
    let end = (column as usize).max(EXCERPT_CHARS / 2) + EXCERPT_CHARS / 2;
    if column as usize > 4 * EXCERPT_CHARS { String::new() } else { line.chars().take(end).collect() }
}

/// One column of a terminal for ASCII, two for Chinese.
fn is_wide(c: char) -> bool {
    c as u32 >= 0x1100
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "错误",
            Severity::Warning => "提醒",
        };
        writeln!(f, "{}:{}:{}: {word}：{}", self.path, self.line, self.column, self.message)?;
        if !self.excerpt.is_empty() {
            let before = self.excerpt.chars().take(self.column.saturating_sub(1) as usize);
            let pad: String = before.map(|c| if is_wide(c) { '\u{3000}' } else { ' ' }).collect();
            writeln!(f, "{:>5} | {}", self.line, self.excerpt)?;
            writeln!(f, "      | {pad}^")?;
        }
        if let Some(hint) = &self.hint {
            writeln!(f, "      = {hint}")?;
        }
        Ok(())
    }
}

/// The name of `names` nearest to `word`, when it is near enough to be a slip of the pen.
pub fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let word: Vec<char> = word.chars().take(24).collect();
    let allowed = if word.len() <= 3 { 1 } else { word.len() / 3 + 1 };
    names
        .filter(|name| name.chars().take(60).count().abs_diff(word.len()) <= allowed)
        .filter_map(|name| Some((distance(&word, name, allowed)?, name)))
        .filter(|&(steps, name)| steps < name.chars().count().max(word.len()))
        .min()
        .map(|(_, name)| name)
}

/// Edit distance in characters, a swap of neighbours counting two; none as soon as it is more than `most`.
fn distance(left: &[char], right: &str, most: usize) -> Option<usize> {
    let mut row: Vec<usize> = (0..=left.len()).collect();
    for (i, r) in right.chars().take(60).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &l) in left.iter().enumerate() {
            let cost = diagonal + usize::from(l != r);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(row[j + 1] + 1);
        }
        if row.iter().all(|steps| *steps > most) {
            return None;
        }
    }
    Some(row[left.len()]).filter(|steps| *steps <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_only_when_near() {
        let names = ["城市低保标准", "农村低保标准", "户口", "人口"];
        let check = |word: &str, meant: Option<&str>| assert_eq!(nearest(word, names.into_iter()), meant, "{word}");
        check("城市低保标淮", Some("城市低保标准"));
        check("人囗", Some("人口"));
        check("月收入", None);
        check("甲", None);
    }
}
