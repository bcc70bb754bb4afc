//! The shelf: every book as a document, and which of them together make the book in force.

use std::sync::OnceLock;

use law::{Library, Version, Worked};
use sha2::{Digest, Sha256};
use values::{AreaCode, Day, Month};

use super::markdown::{Block, plain, read};
use crate::words::marks;

/// Short and full names of the texts that books cite, longest short name first so that 暂行办法 is not read as 办法.
pub type Texts = Vec<(String, String)>;

/// A book as a document.
#[derive(Debug)]
pub struct Document {
    /// As it was loaded.
    pub path: String,
    /// The file's name without its ending: `dibao-2022`.
    pub name: String,
    /// The Markdown.
    pub text: String,
    /// SHA-256 of it, hexadecimal.
    pub digest: String,
    /// 编号 of the programme it is a book of; none for prose and for the form.
    pub programme: Option<String>,
    /// The first heading.
    pub title: String,
    /// The first paragraph.
    pub about: String,
    /// Texts it cites.
    pub texts: Texts,
    /// 沿用: the day on which the book starts that it takes over.
    pub takes_over: Option<Day>,
    worked: OnceLock<Vec<Worked>>,
}

impl Document {
    /// Reads a book.
    pub fn new(path: &str, text: &str) -> Document {
        let blocks = read(text);
        let title = blocks.iter().find_map(|b| if let Block::Heading(1, text) = b { Some(*text) } else { None });
        let about = blocks.iter().find_map(|b| if let Block::Paragraph(text) = b { Some(plain(text)) } else { None });
        let keys = keys(&blocks);
        let value = |key: &str| keys.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone());
        let takes_over = value(marks::TAKES_OVER).and_then(|day| Day::parse(&day).ok());
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let mut texts: Texts = keys.iter().filter(|(k, _)| !marks::OWN.contains(&k.as_str())).cloned().collect();
        texts.sort_by_key(|(short, _)| std::cmp::Reverse(short.chars().count()));
        Document {
            path: path.to_owned(),
            name: file.strip_suffix(".md").unwrap_or(file).to_owned(),
            digest: Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect(),
            programme: value(marks::ID),
            title: title.unwrap_or(file).to_owned(),
            about: about.unwrap_or_default(),
            texts,
            takes_over,
            text: text.to_owned(),
            worked: OnceLock::new(),
        }
    }

    /// Its parts.
    pub fn blocks(&self) -> Vec<Block<'_>> {
        read(&self.text)
    }

    /// What the engine answers to its worked cases; worked out once.
    pub fn worked(&self, library: &Library) -> &[Worked] {
        self.worked.get_or_init(|| library.worked(&self.path))
    }
}

/// The rows of 书目.
fn keys(blocks: &[Block<'_>]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for block in blocks {
        if let Block::Table(rows) = block
            && is_about(rows)
        {
            let row = |row: &Vec<&str>| Some(((*row.first()?).to_owned(), (*row.get(1)?).to_owned()));
            found.extend(rows.iter().skip(1).filter_map(row));
        }
    }
    found
}

/// True for the book's own data (书目).
pub fn is_about(rows: &[Vec<&str>]) -> bool {
    rows.first().and_then(|head| head.first()) == Some(&marks::BOOK)
}

/// All books.
#[derive(Debug)]
pub struct Shelf {
    documents: Vec<Document>,
}

impl Shelf {
    /// Reads the books: path and text.
    pub fn new(books: &[(String, String)]) -> Shelf {
        Shelf { documents: books.iter().map(|(path, text)| Document::new(path, text)).collect() }
    }

    /// All documents, in the order they were given.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The document of that name: `one-form`.
    pub fn named(&self, name: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.name == name)
    }

    fn at(&self, path: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.path == path)
    }

    /// The book in force of a programme, with the books it takes over behind it; the earliest book where none is in force yet.
    pub fn open(&self, library: &Library, programme: &str, month: Month, area: &AreaCode) -> Option<Volume<'_>> {
        let versions = library.versions(programme, area);
        let in_force = library.version(programme, month, area);
        let is_in_force = in_force.is_some();
        let version = in_force.or_else(|| versions.first().cloned())?;
        let mut chain = vec![(version.from, self.at(&version.path)?)];
        while let Some(day) = chain.last().and_then(|(_, document)| document.takes_over) {
            let fresh = |v: &&Version| v.from == day && chain.iter().all(|(_, document)| document.path != v.path);
            let base = versions.iter().rev().find(fresh);
            match base.and_then(|base| self.at(&base.path)) {
                Some(document) => chain.push((day, document)),
                None => break,
            }
        }
        Some(Volume { version, versions, chain, is_in_force })
    }

    /// The sentence that says what a programme is: of the book all its versions go back to.
    pub fn about(&self, library: &Library, programme: &str, area: &AreaCode) -> &str {
        let versions = library.versions(programme, area);
        let documents = versions.iter().filter_map(|version| self.at(&version.path));
        let mut whole = documents.filter(|document| document.takes_over.is_none());
        whole.next_back().map_or("", |document| &document.about)
    }
}

/// A book in force: the newest document first, then those it takes over.
#[derive(Debug)]
pub struct Volume<'s> {
    /// The version shown.
    pub version: Version,
    /// All versions of the area, the earliest first.
    pub versions: Vec<Version>,
    /// Documents with the day they start.
    pub chain: Vec<(Day, &'s Document)>,
    /// False when no book was in force in the month asked.
    pub is_in_force: bool,
}

impl Volume<'_> {
    /// The texts all documents cite; of one short name the newest document's.
    pub fn texts(&self) -> Texts {
        let mut texts = Texts::new();
        for (short, full) in self.chain.iter().flat_map(|(_, document)| &document.texts) {
            if texts.iter().all(|(other, _)| other != short) {
                texts.push((short.clone(), full.clone()));
            }
        }
        texts.sort_by_key(|(short, _)| std::cmp::Reverse(short.chars().count()));
        texts
    }

    /// The last day a version was in force; none for the latest.
    pub fn until(&self, version: &Version) -> Option<Day> {
        let later = self.versions.iter().filter(|other| other.from > version.from);
        later.map(|other| other.from.plus_days(-1)).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "# 低保\n\n| 书目 | |\n|---|---|\n| 编号 | dibao |\n| 起 | 2022-10-20 |\n| 沿用 | 2021-07-01 |\n| 办法 | 审核确认办法 |\n| 暂行办法 | 社会救助暂行办法 |\n\n发给**家庭**的钱。\n";

    #[test]
    fn a_document_knows_its_programme_its_texts_and_what_it_takes_over() {
        let book = Document::new("policy/dibao-2022.md", BOOK);
        assert_eq!((book.name.as_str(), book.programme.as_deref()), ("dibao-2022", Some("dibao")));
        assert_eq!((book.title.as_str(), book.about.as_str()), ("低保", "发给家庭的钱。"));
        assert_eq!(book.takes_over, Some(Day::new(2021, 7, 1).unwrap()));
        let names: Vec<&str> = book.texts.iter().map(|(short, _)| short.as_str()).collect();
        assert_eq!(names, ["暂行办法", "办法"], "the longer short name is tried first");
        assert_eq!(book.digest.len(), 64);
    }

    #[test]
    fn a_book_that_takes_over_another_is_read_together_with_it() {
        let books: Vec<(String, String)> = [
            ("policy/one-form.md", include_str!("../../../../policy/one-form.md")),
            ("policy/orphan-schooling-2025.md", include_str!("../../../../policy/orphan-schooling-2025.md")),
            ("policy/orphan-schooling.md", include_str!("../../../../policy/orphan-schooling.md")),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .to_vec();
        let library = Library::load(&books).unwrap_or_else(|findings| panic!("{}", findings[0]));
        let shelf = Shelf::new(&books);
        let area: AreaCode = "430302".parse().unwrap();
        for (month, names, in_force) in [
            ("2025-09", &["orphan-schooling-2025", "orphan-schooling"][..], true),
            ("2025-03", &["orphan-schooling"], true),
            ("2015-01", &["orphan-schooling"], false),
        ] {
            let volume = shelf.open(&library, "orphan-schooling", month.parse().unwrap(), &area).unwrap();
            let found: Vec<&str> = volume.chain.iter().map(|(_, document)| document.name.as_str()).collect();
            assert_eq!((found.as_slice(), volume.is_in_force), (names, in_force), "{month}");
        }
        let about = shelf.about(&library, "orphan-schooling", &area);
        assert!(about.starts_with("满 18 岁的孤儿"), "what it is stands in the first book: {about}");
        assert!(shelf.open(&library, "nothing", "2025-09".parse().unwrap(), &area).is_none());
    }
}
