//! A Markdown page taken apart: headings, tables, fenced blocks; everything else is prose and is left alone.
//!
//! Only as much of Markdown as a policy book needs, with the place of every cell and line kept for messages.

use crate::diagnostic::Diagnostic;

/// Books larger than this are refused: no law needs a megabyte.
pub const MAX_BYTES: usize = 1 << 20;
/// A line longer than this is refused.
pub const MAX_LINE_CHARS: usize = 4_000;

/// Where in a book, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// A page: its path, its lines and the elements found.
#[derive(Clone, Debug)]
pub struct Page<'t> {
    /// Path as given; used in messages only.
    pub path: &'t str,
    lines: Vec<&'t str>,
    /// In the order of the page.
    pub elements: Vec<Element<'t>>,
}

/// What a page is made of.
#[derive(Clone, Debug)]
pub enum Element<'t> {
    /// `# 标题`
    Heading {
        /// How many `#`.
        level: usize,
        /// The words.
        text: &'t str,
    },
    /// A table with a header row.
    Table(Table<'t>),
    /// A fenced block.
    Block(Block<'t>),
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table<'t> {
    /// The header cells.
    pub header: Vec<Cell<'t>>,
    /// The rows under the rule.
    pub rows: Vec<Vec<Cell<'t>>>,
}

/// A cell, trimmed.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'t> {
    /// Its text.
    pub text: &'t str,
    /// Where the text starts.
    pub at: Place,
}

/// A fenced block: ```` ```law ````.
#[derive(Clone, Debug)]
pub struct Block<'t> {
    /// The word behind the fence.
    pub kind: &'t str,
    /// Where the fence stands.
    pub at: Place,
    /// Its lines with their numbers.
    pub lines: Vec<(u32, &'t str)>,
}

impl<'t> Table<'t> {
    /// The column under that header.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell.text == name)
    }

    /// The first header: it says what the table is.
    pub fn title(&self) -> &'t str {
        self.header.first().map_or("", |cell| cell.text)
    }
}

impl<'t> Page<'t> {
    /// Takes a text apart.
    ///
    /// # Errors
    /// One diagnostic: too large, a line too long, or a fence never closed.
    pub fn read(path: &'t str, text: &'t str) -> Result<Page<'t>, Diagnostic> {
        let mut page = Page { path, lines: Vec::new(), elements: Vec::new() };
        let start = Place { line: 1, column: 1 };
        if text.len() > MAX_BYTES {
            let size = text.len() / 1024;
            return Err(Diagnostic::error(
                &page,
                start,
                format!("这本书太大（{size} KB），最多 {} KB", MAX_BYTES / 1024),
            ));
        }
        page.lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().collect();
        if let Some(long) = page.lines.iter().position(|line| line.chars().count() > MAX_LINE_CHARS) {
            let at = Place { line: long as u32 + 1, column: 1 };
            return Err(Diagnostic::error(&page, at, format!("这一行太长，最多 {MAX_LINE_CHARS} 个字")));
        }
        page.elements = page.take_apart()?;
        Ok(page)
    }

    /// The text of a line (from 1); empty when there is none.
    pub fn line(&self, line: u32) -> &'t str {
        self.lines.get((line as usize).wrapping_sub(1)).copied().unwrap_or("")
    }

    /// The first heading: the book's title.
    pub fn title(&self) -> Option<&'t str> {
        self.elements.iter().find_map(|element| match element {
            Element::Heading { text, .. } => Some(*text),
            Element::Table(_) | Element::Block(_) => None,
        })
    }

    /// All tables whose first header is `title`.
    pub fn tables<'p>(&'p self, title: &'p str) -> impl Iterator<Item = &'p Table<'t>> {
        self.elements.iter().filter_map(move |element| match element {
            Element::Table(table) if table.title() == title => Some(table),
            _ => None,
        })
    }

    /// All fenced blocks of that kind.
    pub fn blocks<'p>(&'p self, kind: &'p str) -> impl Iterator<Item = &'p Block<'t>> {
        self.elements.iter().filter_map(move |element| match element {
            Element::Block(block) if block.kind == kind => Some(block),
            _ => None,
        })
    }

    fn take_apart(&self) -> Result<Vec<Element<'t>>, Diagnostic> {
        let mut elements = Vec::new();
        let mut next = 0;
        while let Some(line) = self.lines.get(next) {
            let trimmed = line.trim();
            if trimmed.starts_with("```") {
                let (block, after) = self.block(next)?;
                elements.push(Element::Block(block));
                next = after;
            } else if trimmed.starts_with('|') && self.lines.get(next + 1).is_some_and(|rule| is_rule(rule)) {
                let (table, after) = self.table(next);
                elements.push(Element::Table(table));
                next = after;
            } else {
                let level = trimmed.chars().take_while(|&c| c == '#').count();
                if (1..=6).contains(&level) && trimmed[level..].starts_with(' ') {
                    elements.push(Element::Heading { level, text: trimmed[level..].trim() });
                }
                next += 1;
            }
        }
        Ok(elements)
    }

    fn block(&self, open: usize) -> Result<(Block<'t>, usize), Diagnostic> {
        let at = Place { line: open as u32 + 1, column: 1 };
        let kind = self.lines[open].trim().trim_start_matches('`').trim();
        let body = &self.lines[open + 1..];
        let Some(length) = body.iter().position(|line| line.trim().starts_with("```")) else {
            return Err(Diagnostic::error(self, at, "这一段没有收尾，末尾应另起一行写 ```"));
        };
        let numbered = body[..length].iter().enumerate().map(|(i, line)| ((open + 2 + i) as u32, *line));
        Ok((Block { kind, at, lines: numbered.collect() }, open + length + 2))
    }

    fn table(&self, head: usize) -> (Table<'t>, usize) {
        let rows = self.lines[head + 2..].iter().take_while(|line| line.trim().starts_with('|')).count();
        let table = Table {
            header: self.cells(head),
            rows: (head + 2..head + 2 + rows).map(|line| self.cells(line)).collect(),
        };
        (table, head + 2 + rows)
    }

    fn cells(&self, index: usize) -> Vec<Cell<'t>> {
        let line = self.lines[index];
        let inner = line.trim().trim_start_matches('|');
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let mut column = line.chars().take_while(|c| c.is_whitespace() || *c == '|').count() as u32 + 1;
        if inner.starts_with(char::is_whitespace) {
            column = line.chars().position(|c| c == '|').unwrap_or(0) as u32 + 2;
        }
        let mut cells = Vec::new();
        for raw in inner.split('|') {
            let lead = raw.chars().take_while(|c| c.is_whitespace()).count() as u32;
            cells.push(Cell { text: raw.trim(), at: Place { line: index as u32 + 1, column: column + lead } });
            column += raw.chars().count() as u32 + 1;
        }
        cells
    }
}

/// The name of a file without its folders: the folder the books lie in says nothing about the law.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// `|---|:-:|`, the line under a table's header.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "# 低保\n\n话。\n\n| 参数 | 值 |\n|---|---|\n| 标准 | 600元/月 |\n|空||\n\n```law\n人口 = 计数(计入)\n```\n## 例\n";

    #[test]
    fn a_page_is_taken_apart_with_places() {
        let page = Page::read("b.md", BOOK).unwrap();
        assert_eq!(page.title(), Some("低保"));
        let table = page.tables("参数").next().unwrap();
        assert_eq!(table.column("值"), Some(1));
        let value = table.rows[0][1];
        assert_eq!((value.text, value.at), ("600元/月", Place { line: 7, column: 8 }));
        assert_eq!(table.rows[1].iter().map(|c| (c.text, c.at.column)).collect::<Vec<_>>(), [("空", 2), ("", 4)]);
        let block = page.blocks("law").next().unwrap();
        assert_eq!(block.lines, [(11, "人口 = 计数(计入)")]);
    }

    #[test]
    fn what_cannot_be_a_book_is_refused_with_its_place() {
        let check = |text: &str, line: u32, words: &str| {
            let error = Page::read("b.md", text).unwrap_err();
            assert_eq!(error.line, line);
            assert!(error.message.contains(words), "{}", error.message);
        };
        check("a\n```law\nx = 1\n", 2, "没有收尾");
        check(&format!("a\n{}", "字".repeat(MAX_LINE_CHARS + 1)), 2, "太长");
        check(&"一\n".repeat(MAX_BYTES / 2), 1, "太大");
    }
}
