//! A policy book from its Markdown: headings, paragraphs, lists, quotes, tables, and the two kinds of blocks that run.
//!
//! A small reading of Markdown, enough for the books and no more: what it does not know it shows as a paragraph, and every
//! character passes through the escaping of the templates, so a book can never bring markup of its own.

use maud::{Markup, html};

use super::law_block::{law, worked};
use crate::words::policy as w;

/// A cell of so few characters is not broken.
const SHORT: usize = 9;

enum Block<'a> {
    Heading(usize, &'a str),
    Paragraph(String),
    Quote(String),
    List(Vec<&'a str>),
    Table(Vec<Vec<&'a str>>),
    Law(Vec<&'a str>),
    Worked(Vec<&'a str>),
    Code(Vec<&'a str>),
}

/// The whole book, with its contents.
pub fn book(markdown: &str) -> Markup {
    let blocks = read(markdown);
    let parts: Vec<&str> =
        blocks.iter().filter_map(|b| if let Block::Heading(2, text) = b { Some(*text) } else { None }).collect();
    html! {
        article.book {
            @for (at, block) in blocks.iter().filter(|b| !is_texts(b)).enumerate() {
                (show(block, &parts))
                @if at == 0 && parts.len() > 2 { nav.no-print aria-label=(w::CONTENTS) { ol.contents { @for (n, text) in parts.iter().enumerate() { li { a href=(format!("#p{n}")) { (text) } } } } } }
            }
            @for texts in blocks.iter().filter(|b| is_texts(b)) { details.more { summary { (w::ABOUT) } (show(texts, &parts)) } }
        }
    }
}

/// The book's own data; readers find it at the end.
fn is_texts(block: &Block<'_>) -> bool {
    matches!(block, Block::Table(rows) if rows.first().and_then(|head| head.first()) == Some(&w::TEXTS))
}

/// The title and the first paragraph, for the list of books.
pub fn title_and_about(markdown: &str) -> (String, String) {
    let blocks = read(markdown);
    let title =
        blocks.iter().find_map(|b| if let Block::Heading(1, text) = b { Some((*text).to_owned()) } else { None });
    let about = blocks.into_iter().find_map(|b| if let Block::Paragraph(text) = b { Some(text) } else { None });
    (title.unwrap_or_default(), about.unwrap_or_default().replace("**", ""))
}

/// Short names of the texts the book cites, from its own table (书目), longest first so that 暂行办法 is not read as 办法.
pub fn texts(markdown: &str) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for block in read(markdown) {
        if is_texts(&block)
            && let Block::Table(rows) = block
        {
            named.extend(
                rows.iter().skip(1).filter_map(|row| Some(((*row.first()?).to_owned(), (*row.get(1)?).to_owned()))),
            );
        }
    }
    named.sort_by_key(|(short, _)| std::cmp::Reverse(short.chars().count()));
    named
}

fn read(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.starts_with("<!--") {
            let mut last = text;
            while !last.contains("-->") {
                let Some(more) = lines.next() else { break };
                last = more;
            }
        } else if let Some(kind) = text.strip_prefix("```") {
            let inside: Vec<&str> = lines.by_ref().take_while(|l| !l.trim().starts_with("```")).collect();
            blocks.push(match kind.trim() {
                "law" => Block::Law(inside),
                "case" => Block::Worked(inside),
                _ => Block::Code(inside),
            });
        } else if text.starts_with('#') {
            let level = text.chars().take_while(|c| *c == '#').count();
            blocks.push(Block::Heading(level, text[level..].trim()));
        } else if text.starts_with('|') {
            let mut rows = vec![cells(text)];
            while let Some(next) = lines.next_if(|l| l.trim().starts_with('|')) {
                rows.push(cells(next.trim()));
            }
            blocks.push(Block::Table(rows));
        } else if let Some(item) = item(text) {
            let mut items = vec![item];
            while let Some(next) = lines.next_if(|l| self::item(l.trim()).is_some()) {
                items.extend(self::item(next.trim()));
            }
            blocks.push(Block::List(items));
        } else if let Some(quote) = text.strip_prefix('>') {
            let mut said = quote.trim().to_owned();
            while let Some(next) = lines.next_if(|l| l.trim().starts_with('>')) {
                said.push_str(next.trim().trim_start_matches('>').trim());
            }
            blocks.push(Block::Quote(said));
        } else if !text.is_empty() {
            let mut said = text.to_owned();
            while let Some(next) = lines.next_if(|l| goes_on(l.trim())) {
                said.push_str(next.trim());
            }
            blocks.push(Block::Paragraph(said));
        }
    }
    blocks
}

fn goes_on(text: &str) -> bool {
    !text.is_empty()
        && !["#", "|", "```", ">", "<!--"].iter().any(|mark| text.starts_with(mark))
        && item(text).is_none()
}

fn item(text: &str) -> Option<&str> {
    text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")).or_else(|| {
        let (number, rest) = text.split_once(". ")?;
        (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(rest)
    })
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

fn show(block: &Block<'_>, parts: &[&str]) -> Markup {
    html! {
        @match block {
            Block::Heading(1, text) => h1 { (words(text)) },
            Block::Heading(2, text) => h2 id=[parts.iter().position(|p| p == text).map(|n| format!("p{n}"))] { (words(text)) },
            Block::Heading(_, text) => h3 { (words(text)) },
            Block::Paragraph(text) => p { (words(text)) },
            Block::Quote(text) => blockquote { (words(text)) },
            Block::List(items) => ul { @for item in items { li { (words(item)) } } },
            Block::Table(rows) => (rows_of(rows)),
            Block::Law(lines) => (law(lines)),
            Block::Worked(lines) => (worked(lines)),
            Block::Code(lines) => pre.law { (lines.join("\n")) },
        }
    }
}

fn rows_of(rows: &[Vec<&str>]) -> Markup {
    let is_rule = |row: &Vec<&str>| row.iter().all(|c| !c.is_empty() && c.chars().all(|c| matches!(c, '-' | ':')));
    let head = rows.first().map(Vec::as_slice).unwrap_or_default();
    html! {
        div.table-box tabindex="0" {
            table {
                thead { tr { @for cell in head { th scope="col" { (words(cell)) } } } }
                tbody { @for row in rows.iter().skip(1).filter(|r| !is_rule(r)) { tr { @for cell in row { td.nowrap[cell.chars().count() <= SHORT] { (words(cell)) } } } } }
            }
        }
    }
}

/// Bold and code inside a line; everything else is text. Links keep their words only: a book sends nobody to other hosts.
fn words(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split("**").enumerate() {
            @if at % 2 == 1 { b { (code(part)) } } @else { (code(part)) }
        }
    }
}

fn code(text: &str) -> Markup {
    html! { @for (at, part) in text.split('`').enumerate() { @if at % 2 == 1 { code { (part) } } @else { (part) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "<!-- 不给人看\n的话 -->\n# 低保\n\n| 书目 | |\n|---|---|\n| 编号 | dibao |\n\n低保是发给**家庭**的\n现金。\n\n## 谁算\n- 甲\n- 乙\n\n```law\n人口 = 计数(计入) 〔办法 第七条〕\n```\n<script>x</script>\n";

    #[test]
    fn a_book_reads_as_a_page_and_brings_no_markup_of_its_own() {
        let shown = book(BOOK).0;
        assert!(!shown.contains("不给人看"), "comments are not for residents");
        assert!(shown.contains("<p>低保是发给<b>家庭</b>的现金。</p>"), "{shown}");
        assert!(shown.contains("<li>甲</li><li>乙</li>"));
        assert!(shown.contains(">编号</td>") && shown.contains(">dibao</td>") && !shown.contains("---"));
        assert!(shown.contains("&lt;script&gt;") && !shown.contains("<script>"));
        assert_eq!(title_and_about(BOOK), ("低保".to_owned(), "低保是发给家庭的现金。".to_owned()));
    }
}
