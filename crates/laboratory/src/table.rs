//! A table that a terminal, a Markdown page and a web page can show.

use std::fmt::Write;

/// Rows of text; the first column is a name, the others are numbers unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// So many columns from the left are words.
    words: usize,
}

impl Table {
    /// An empty table; so many columns from the left are words, the others numbers.
    pub fn new(words: usize, header: &[&str]) -> Table {
        Table { header: header.iter().map(|text| (*text).to_owned()).collect(), rows: Vec::new(), words }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// A row of another length than the header is a bug of the caller.
    pub fn row(&mut self, cells: Vec<String>) {
        assert_eq!(cells.len(), self.header.len(), "a row has as many cells as the header");
        self.rows.push(cells);
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// For a terminal: columns made even, Chinese counting two.
    pub fn text(&self) -> String {
        let lines = || std::iter::once(&self.header).chain(&self.rows);
        let column = |at: usize| lines().map(|line| width(&line[at])).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.header.len()).map(column).collect();
        let mut out = String::new();
        for line in lines() {
            let mut text = String::new();
            for (at, cell) in line.iter().enumerate() {
                let pad = " ".repeat(widths[at] - width(cell));
                let between = if at == 0 { "" } else { "  " };
                let _ = match at < self.words {
                    true => write!(text, "{between}{cell}{pad}"),
                    false => write!(text, "{between}{pad}{cell}"),
                };
            }
            out.push_str(text.trim_end());
            out.push('\n');
        }
        out
    }

    /// For a Markdown page.
    pub fn markdown(&self) -> String {
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "｜")).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rule: Vec<&str> = (0..self.header.len()).map(|at| if at < self.words { "---" } else { "---:" }).collect();
        let mut out = line(&self.header);
        let _ = writeln!(out, "| {} |", rule.join(" | "));
        self.rows.iter().for_each(|row| out.push_str(&line(row)));
        out
    }

    /// For a web page.
    pub fn html(&self) -> String {
        let mut out = String::from("<table>\n<thead><tr>");
        for (at, cell) in self.header.iter().enumerate() {
            let _ = write!(out, "<th scope=\"col\"{}>{}</th>", self.class(at), escaped(cell));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            out.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let (open, close) = if at == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
                let _ = write!(out, "<{open}{}>{}</{close}>", self.class(at), escaped(cell));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table>\n");
        out
    }

    fn class(&self, at: usize) -> &'static str {
        if at < self.words { "" } else { " class=\"number\"" }
    }
}

/// Text as HTML and SVG take it.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// How many columns of a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if c as u32 >= 0x1100 { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(1, &["县", "户"]);
        table.row(vec!["雨湖区".into(), "8".into()]);
        table.row(vec!["<甲|乙>".into(), "16".into()]);
        table
    }

    #[test]
    fn a_terminal_gets_even_columns() {
        assert_eq!(table().text(), "县       户\n雨湖区    8\n<甲|乙>  16\n");
    }

    #[test]
    fn pages_get_what_cannot_be_taken_for_marks() {
        assert_eq!(table().markdown(), "| 县 | 户 |\n| --- | ---: |\n| 雨湖区 | 8 |\n| <甲｜乙> | 16 |\n");
        assert!(table().html().contains("<th scope=\"row\">&lt;甲|乙&gt;</th><td class=\"number\">16</td>"));
    }
}
