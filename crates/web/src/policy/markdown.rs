//! A policy book from its Markdown: headings, paragraphs, lists, quotes, tables, and the two kinds of blocks that run.
//!
//! A small reading of Markdown, enough for the books and no more: what it does not know it shows as a paragraph, and every
//! character passes through the escaping of the templates, so a book can never bring markup of its own.

use std::iter::{Enumerate, Peekable};
use std::str::Lines;

use maud::{Markup, html};

/// A part of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'a> {
    /// Level and words.
    Heading(usize, &'a str),
    /// A paragraph, its lines joined.
    Paragraph(String),
    /// A quote.
    Quote(String),
    /// A list without numbers.
    List(Vec<String>),
    /// A list with numbers.
    Numbered(Vec<String>),
    /// A table: the head, then the rows.
    Table(Vec<Vec<&'a str>>),
    /// Lines of a `law` block.
    Law(Vec<&'a str>),
    /// Line (from 1) and lines of a `case` block.
    Worked(u32, Vec<&'a str>),
    /// Lines of any other block.
    Code(Vec<&'a str>),
}

type Reading<'a> = Peekable<Enumerate<Lines<'a>>>;

/// Takes a book apart.
pub fn read(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        let text = line.trim();
        if text.starts_with("<!--") {
            comment(text, &mut lines);
        } else if let Some(kind) = text.strip_prefix("```") {
            blocks.push(fenced(kind.trim(), at as u32 + 1, &mut lines));
        } else if text.starts_with('#') {
            let level = text.chars().take_while(|c| *c == '#').count();
            blocks.push(Block::Heading(level, text[level..].trim()));
        } else if text.starts_with('|') {
            blocks.push(table(text, &mut lines));
        } else if let Some(first) = item(text) {
            blocks.push(Block::List(items(first, item, &mut lines)));
        } else if let Some(first) = numbered(text) {
            blocks.push(Block::Numbered(items(first, numbered, &mut lines)));
        } else if let Some(quote) = text.strip_prefix('>') {
            let mut said = quote.trim().to_owned();
            while let Some((_, next)) = lines.next_if(|(_, l)| l.trim().starts_with('>')) {
                said.push_str(next.trim().trim_start_matches('>').trim());
            }
            blocks.push(Block::Quote(said));
        } else if !text.is_empty() {
            let mut said = text.to_owned();
            go_on(&mut said, &mut lines);
            blocks.push(Block::Paragraph(said));
        }
    }
    blocks
}

fn comment(first: &str, lines: &mut Reading<'_>) {
    let mut last = first;
    while !last.contains("-->") {
        let Some((_, more)) = lines.next() else { break };
        last = more;
    }
}

fn fenced<'a>(kind: &str, line: u32, lines: &mut Reading<'a>) -> Block<'a> {
    let inside = lines.by_ref().map(|(_, l)| l).take_while(|l| !l.trim().starts_with("```")).collect();
    match kind {
        "law" => Block::Law(inside),
        "case" => Block::Worked(line, inside),
        _ => Block::Code(inside),
    }
}

/// A table without the rule under its head.
fn table<'a>(head: &'a str, lines: &mut Reading<'a>) -> Block<'a> {
    let mut rows = vec![cells(head)];
    while let Some((_, next)) = lines.next_if(|(_, l)| l.trim().starts_with('|')) {
        let row = cells(next.trim());
        if !row.iter().all(|c| !c.is_empty() && c.chars().all(|c| matches!(c, '-' | ':'))) {
            rows.push(row);
        }
    }
    Block::Table(rows)
}

fn cells(line: &str) -> Vec<&str> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    inner.strip_suffix('|').unwrap_or(inner).split('|').map(str::trim).collect()
}

fn items<'a>(first: &str, of: impl Fn(&'a str) -> Option<&'a str>, lines: &mut Reading<'a>) -> Vec<String> {
    let mut found = vec![first.to_owned()];
    loop {
        if let Some(last) = found.last_mut() {
            go_on(last, lines);
        }
        match lines.next_if(|(_, l)| of(l.trim()).is_some()).and_then(|(_, l)| of(l.trim())) {
            Some(next) => found.push(next.to_owned()),
            None => return found,
        }
    }
}

/// Lines that belong to what was begun.
fn go_on(said: &mut String, lines: &mut Reading<'_>) {
    let goes_on = |text: &str| {
        !text.is_empty()
            && !["#", "|", "```", ">", "<!--"].iter().any(|mark| text.starts_with(mark))
            && item(text).is_none()
            && numbered(text).is_none()
    };
    while let Some((_, next)) = lines.next_if(|(_, l)| goes_on(l.trim())) {
        said.push_str(next.trim());
    }
}

fn item(text: &str) -> Option<&str> {
    text.strip_prefix("- ").or_else(|| text.strip_prefix("* "))
}

fn numbered(text: &str) -> Option<&str> {
    let (number, rest) = text.split_once(". ")?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(rest)
}

/// Bold, code and links inside a line; everything else is text. A link leads to another book or keeps its words only: a book
/// sends nobody to other hosts.
pub fn words(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split("**").enumerate() {
            @if at % 2 == 1 { b { (code(part)) } } @else { (code(part)) }
        }
    }
}

fn code(text: &str) -> Markup {
    html! { @for (at, part) in text.split('`').enumerate() { @if at % 2 == 1 { code { (part) } } @else { (linked(part)) } } }
}

fn linked(text: &str) -> Markup {
    let Some((before, said, target, after)) = link(text) else { return html! { (text) } };
    html! {
        (before)
        @match book_of(target) { Some(name) => a href=(format!("/policy/{name}")) { (said) }, None => (said) }
        (linked(after))
    }
}

/// `before[said](target)after`.
fn link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = text.find("](")?;
    let open = text[..middle].rfind('[')?;
    let close = middle + text[middle..].find(')')?;
    Some((&text[..open], &text[open + 1..middle], &text[middle + 2..close], &text[close + 1..]))
}

/// The name of a book beside this one: `dibao.md`, `../policy/dibao.md`.
fn book_of(target: &str) -> Option<&str> {
    let name = target.rsplit('/').next()?.strip_suffix(".md")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!name.is_empty() && !target.contains(':') && name.chars().all(plain)).then_some(name)
}

/// A line without its marks, for lists and for searching.
pub fn plain(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, words, _, after)) = link(rest) {
        said.push_str(before);
        said.push_str(words);
        rest = after;
    }
    said.push_str(rest);
    said.replace("**", "").replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_taken_apart_with_its_places() {
        let book = "<!-- 不给人看\n的话 -->\n# 低保\n\n| 书目 | |\n|---|---|\n| 编号 | dibao |\n\n发给**家庭**的\n现金。\n- 甲\n  接着\n- 乙\n1. 先\n2. 后\n```case\n例: 一\n```\n";
        let blocks = read(book);
        assert_eq!(
            blocks,
            [
                Block::Heading(1, "低保"),
                Block::Table(vec![vec!["书目", ""], vec!["编号", "dibao"]]),
                Block::Paragraph("发给**家庭**的现金。".to_owned()),
                Block::List(vec!["甲接着".to_owned(), "乙".to_owned()]),
                Block::Numbered(vec!["先".to_owned(), "后".to_owned()]),
                Block::Worked(16, vec!["例: 一"]),
            ]
        );
    }

    #[test]
    fn inline_marks_are_shown_and_nothing_else_becomes_markup() {
        for (text, shown) in [
            ("**家庭**的`law`段", "<b>家庭</b>的<code>law</code>段"),
            ("看[一张表](one-form.md)", "看<a href=\"/policy/one-form\">一张表</a>"),
            ("看[别处](https://other.example/x.md)。", "看别处。"),
            ("看[别处](javascript:alert(1).md)", "看别处.md)"),
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ] {
            assert_eq!(words(text).0, shown);
        }
        assert_eq!(plain("**甲**[乙](c.md)`丙`"), "甲乙丙");
    }
}
