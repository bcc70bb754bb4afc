//! Searching in the books: a section is found when every word stands in it; letters find titles by the initials of their pinyin.

use encoding_rs::GBK;
use law::Library;
use values::{AreaCode, Month};

use super::markdown::{Block, plain};
use super::shelf::{Document, Shelf};

/// A place in a book that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its page and place.
    pub href: String,
    /// The book's title.
    pub title: String,
    /// The section's heading; empty for the opening.
    pub heading: String,
    /// What stands before the word, the word, and what stands behind; empty where a title was found by its letters.
    pub excerpt: (String, String, String),
    /// True for a version that is no longer in force.
    pub old: bool,
}

/// A section of a book, ready to be searched.
#[derive(Debug)]
struct Section<'s> {
    document: &'s Document,
    anchor: usize,
    heading: String,
    text: String,
}

/// Longer questions are cut: nobody searches for a page.
const LONGEST: usize = 40;
const BEFORE: usize = 16;
const BEHIND: usize = 44;

/// Searches all books; sections of titles that match stand first, superseded versions last.
pub fn find(shelf: &Shelf, library: &Library, asked: &str, month: Month, area: &AreaCode) -> Vec<Found> {
    let folded = fold(&asked.chars().take(LONGEST).collect::<String>());
    let words: Vec<&str> = folded.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let letters = folded.replace(' ', "");
    let by_letters = letters.len() >= 2 && letters.bytes().all(|b| b.is_ascii_lowercase());
    let mut found: Vec<(u8, Found)> = Vec::new();
    for section in shelf.documents().iter().flat_map(sections) {
        let (title, heading) = (fold(&section.document.title), fold(&section.heading));
        let named = |name: &str| {
            words.iter().all(|word| name.contains(word)) || (by_letters && initials(name).contains(&letters))
        };
        let whole = format!("{title} {heading} {}", section.text);
        let rank = match () {
            () if section.anchor == 0 && named(&title) => 0,
            () if named(&heading) && !heading.is_empty() => 1,
            () if words.iter().all(|word| whole.contains(word)) && section.text.contains(words[0]) => 2,
            () => continue,
        };
        let since = superseded(section.document, shelf, library, month, area);
        found.push((rank + if since.is_some() { 3 } else { 0 }, section.found(words[0], since)));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, one)| one).collect()
}

/// The month in which a document began that no longer is, or not yet is, part of what is in force.
fn superseded(document: &Document, shelf: &Shelf, library: &Library, month: Month, area: &AreaCode) -> Option<Month> {
    let programme = document.programme.as_deref()?;
    let volume = shelf.open(library, programme, month, area)?;
    if volume.chain.iter().any(|(_, other)| other.path == document.path) {
        return None;
    }
    library.versions(programme, area).iter().find(|v| v.path == document.path).map(|v| v.from.month())
}

/// A document parted at its headings of the second level, as its page numbers them.
fn sections(document: &Document) -> Vec<Section<'_>> {
    let mut found = vec![Section { document, anchor: 0, heading: String::new(), text: String::new() }];
    for block in document.blocks() {
        if let Block::Heading(2, heading) = block {
            let anchor = found.len();
            found.push(Section { document, anchor, heading: plain(heading), text: String::new() });
        } else if let Some(last) = found.last_mut() {
            last.text.push_str(&fold(&text_of(&block)));
            last.text.push('\n');
        }
    }
    found
}

fn text_of(block: &Block<'_>) -> String {
    match block {
        Block::Heading(1, _) => String::new(),
        Block::Heading(_, text) => plain(text),
        Block::Paragraph(text) | Block::Quote(text) => plain(text),
        Block::List(items) | Block::Numbered(items) => items.iter().map(|i| plain(i)).collect::<Vec<_>>().join("；"),
        Block::Table(rows) => rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("；"),
        Block::Law(lines) | Block::Worked(_, lines) | Block::Code(lines) => lines.join("；"),
    }
}

impl Section<'_> {
    fn found(&self, word: &str, since: Option<Month>) -> Found {
        let page = match (&self.document.programme, since) {
            (Some(id), Some(month)) => format!("/policy/{id}?month={month}"),
            (Some(id), None) => format!("/policy/{id}"),
            (None, _) => format!("/policy/{}", self.document.name),
        };
        let place = if self.anchor == 0 { String::new() } else { format!("#{}", anchor(&self.heading)) };
        Found {
            href: format!("{page}{place}"),
            title: self.document.title.clone(),
            heading: self.heading.clone(),
            excerpt: excerpt(&self.text, word),
            old: since.is_some(),
        }
    }
}

/// Where a section stands on its page: by its words, so that it is the same whatever stands before it.
pub fn anchor(heading: &str) -> String {
    let kept: String = plain(heading).chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("s-{kept}")
}

fn excerpt(text: &str, word: &str) -> (String, String, String) {
    let Some(at) = text.find(word) else { return Default::default() };
    let before: Vec<char> = text[..at].chars().collect();
    let behind = text[at + word.len()..].chars().take(BEHIND);
    let line = |c: char| if c == '\n' { ' ' } else { c };
    (
        before[before.len().saturating_sub(BEFORE)..].iter().map(|c| line(*c)).collect(),
        word.to_owned(),
        behind.map(line).collect(),
    )
}

/// Capital letters, full-width letters and blanks as people do not mean them.
fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(plain).flat_map(char::to_lowercase).collect()
}

/// GB 2312 sorts its 3,755 common characters by pinyin: where the characters of each initial begin.
const FIRSTS: [(u16, char); 23] = [
    (0xB0A1, 'a'),
    (0xB0C5, 'b'),
    (0xB2C1, 'c'),
    (0xB4EE, 'd'),
    (0xB6EA, 'e'),
    (0xB7A2, 'f'),
    (0xB8C1, 'g'),
    (0xB9FE, 'h'),
    (0xBBF7, 'j'),
    (0xBFA6, 'k'),
    (0xC0AC, 'l'),
    (0xC2E8, 'm'),
    (0xC4C3, 'n'),
    (0xC5B6, 'o'),
    (0xC5BE, 'p'),
    (0xC6DA, 'q'),
    (0xC8BB, 'r'),
    (0xC8F6, 's'),
    (0xCBFA, 't'),
    (0xCDDA, 'w'),
    (0xCEF4, 'x'),
    (0xD1B9, 'y'),
    (0xD4D1, 'z'),
];
const BEHIND_THE_LAST: u16 = 0xD7FA;

/// Initials of the pinyin of common characters; all else is passed over, letters stay.
fn initials(text: &str) -> String {
    text.chars().filter_map(|c| if c.is_ascii_alphabetic() { Some(c) } else { initial(c) }).collect()
}

fn initial(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let (bytes, _, unknown) = GBK.encode(c.encode_utf8(&mut buffer));
    let &[high, low] = bytes.as_ref() else { return None };
    let code = u16::from_be_bytes([high, low]);
    if unknown || code >= BEHIND_THE_LAST || low < 0xA1 {
        return None;
    }
    FIRSTS.iter().rev().find(|(from, _)| *from <= code).map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> (Shelf, Library) {
        let books: Vec<(String, String)> = [
            ("policy/one-form.md", include_str!("../../../../policy/one-form.md")),
            ("policy/dibao.md", include_str!("../../../../policy/dibao.md")),
            ("policy/orphan.md", include_str!("../../../../policy/orphan.md")),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .to_vec();
        (Shelf::new(&books), Library::load(&books).unwrap_or_else(|findings| panic!("{}", findings[0])))
    }

    #[test]
    fn words_and_letters_find_their_section() {
        let (shelf, library) = shelf();
        let month: Month = "2021-09".parse().unwrap();
        let area: AreaCode = "430302".parse().unwrap();
        for (asked, title, heading) in [
            ("孤儿", "孤儿基本生活保障", ""),
            ("收入怎么算", "最低生活保障", "收入怎么算"),
            ("服刑 戒毒", "最低生活保障", "谁算一家人"),
            ("zdsh", "最低生活保障", ""),
            ("SRZMS", "最低生活保障", "收入怎么算"),
            ("ｚｄｓｈ", "最低生活保障", ""),
        ] {
            let found = find(&shelf, &library, asked, month, &area);
            let first = found.first().map(|one| (one.title.as_str(), one.heading.as_str()));
            let any = found.iter().any(|one| (one.title.as_str(), one.heading.as_str()) == (title, heading));
            assert!(any, "{asked} finds {first:?}");
        }
        for nothing in ["", "   ", "量子力学", "<script>"] {
            assert!(find(&shelf, &library, nothing, month, &area).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn initials_of_common_characters() {
        for (text, letters) in [("高龄津贴", "gljt"), ("特困人员", "tkry"), ("低保2021", "db"), ("啊座", "az")]
        {
            assert_eq!(initials(text), letters);
        }
    }
}
