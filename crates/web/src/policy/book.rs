//! One book in force, as residents read it: contents, prose, rules, figures of their area, steps, stories, versions.

use std::collections::BTreeSet;

use maud::{Markup, html};
use values::Day;

use super::figures::{Stand, figures};
use super::find::anchor;
use super::law_block::{Changes, Item, Mark, Setting, items, law};
use super::markdown::{Block, plain, words};
use super::shelf::{Document, Texts, Volume, is_about};
use super::steps::steps;
use super::story::{Story, anchor as story_anchor, answer_line, story, told};
use crate::parts::month_words;
use crate::words::{marks, policy as w};

/// So many stories stand on one page.
const STORIES_A_PAGE: usize = 20;

/// So many stories stand on the page of the book itself; all stand on a page of their own.
const STORIES_SHOWN: usize = 2;

/// What a page of a book shows.
pub struct View<'a> {
    /// 编号, in addresses.
    pub programme: &'a str,
    /// Area and month.
    pub stand: Stand<'a>,
    /// Places the reader may choose from: code and name.
    pub places: &'a [(String, String)],
    /// What was typed as the month.
    pub month_typed: &'a str,
    /// True when that is no month.
    pub month_wrong: bool,
}

/// A document that belongs to no programme.
pub fn prose(document: &Document, stand: Stand<'_>) -> Markup {
    let mut page = Page::new(document.texts.clone(), vec![], Changes::new(), stand);
    let blocks = document.blocks();
    page.contents(&blocks);
    let shown: Vec<Markup> = blocks.iter().map(|block| page.show(block, None)).collect();
    html! { article.book { @for block in &shown { (block) } (texts(&document.texts)) } }
}

/// The book in force.
pub fn book(volume: &Volume<'_>, view: &View<'_>) -> Markup {
    let chain: Vec<(Day, Vec<Block<'_>>)> = volume.chain.iter().map(|(from, d)| (*from, d.blocks())).collect();
    let (names, changes) = names_and_changes(&chain);
    let cited = volume.texts();
    let mut page = Page::new(cited.clone(), names, changes, view.stand);
    let documents: Vec<Vec<Markup>> = volume
        .chain
        .iter()
        .zip(&chain)
        .enumerate()
        .map(|(at, ((_, document), (_, blocks)))| {
            if chain.len() > 1 {
                page.contents.push((chapter_id(volume, at), chapter(volume, at)));
            }
            page.contents(blocks);
            blocks
                .iter()
                .filter(|b| !matches!(b, Block::Heading(1, _)))
                .map(|b| page.show(b, Some((volume, view, document))))
                .collect()
        })
        .collect();
    html! {
        div.page-head {
            h1 { (volume.version.title) }
            p.no-print { a.button href=(format!("/policy/ask?for={}", view.programme)) { (w::ask_this(&volume.version.title)) } }
        }
        (versions(volume, view))
        article.book {
            (page.list_of_contents())
            @for (at, blocks) in documents.iter().enumerate() {
                @if documents.len() > 1 { h2.chapter id=(chapter_id(volume, at)) { (chapter(volume, at)) } }
                @for block in blocks { (block) }
            }
            (texts(&cited))
            (colophon(volume, view))
        }
    }
}

/// A document of a chain has its place by the name of its file.
const CHAPTER: &str = "v-";

fn chapter_id(volume: &Volume<'_>, at: usize) -> String {
    format!("{CHAPTER}{}", volume.chain[at].1.name)
}

fn chapter(volume: &Volume<'_>, at: usize) -> String {
    let from = volume.chain[at].0.to_string();
    if at + 1 < volume.chain.len() { w::what_changed(&from) } else { w::inherited(&from) }
}

/// Every name that a formula may lead to, and what newer documents say of an older one's items.
fn names_and_changes(chain: &[(Day, Vec<Block<'_>>)]) -> (Vec<String>, Changes) {
    let (mut names, mut changes) = (Vec::new(), Changes::new());
    for (from, blocks) in chain {
        for block in blocks {
            match block {
                Block::Law(lines) => {
                    for one in items(lines) {
                        if one.mark != Mark::New {
                            changes.entry(one.key()).or_insert_with(|| (one.clone(), from.to_string()));
                        }
                        if !one.key().0 {
                            names.push(one.name);
                        }
                    }
                }
                Block::Table(rows) if kind(rows) == marks::FIGURES => {
                    names.extend(rows.iter().skip(1).filter_map(|row| row.first()).map(|name| (*name).to_owned()));
                }
                _ => {}
            }
        }
    }
    (names, changes)
}

fn kind<'a>(rows: &[Vec<&'a str>]) -> &'a str {
    rows.first().and_then(|head| head.first()).copied().unwrap_or("")
}

/// What has been shown so far, and with what.
struct Page<'a> {
    cited: Texts,
    names: Vec<String>,
    changes: Changes,
    stand: Stand<'a>,
    anchors: BTreeSet<String>,
    contents: Vec<(String, String)>,
    figures: BTreeSet<String>,
    has_steps: bool,
    stories: usize,
}

type Place<'v> = Option<(&'v Volume<'v>, &'v View<'v>, &'v Document)>;

impl<'a> Page<'a> {
    fn new(cited: Texts, names: Vec<String>, changes: Changes, stand: Stand<'a>) -> Page<'a> {
        let (anchors, contents, figures) = Default::default();
        Page { cited, names, changes, stand, anchors, contents, figures, has_steps: false, stories: 0 }
    }

    /// Takes the headings of a document into the contents; a heading that stood before gets a number.
    fn contents(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            if let Block::Heading(2, text) = block {
                let own = anchor(text);
                let taken =
                    self.contents.iter().filter(|(id, _)| *id == own || id.starts_with(&format!("{own}~"))).count();
                let id = if taken == 0 { own } else { format!("{own}~{}", taken + 1) };
                self.contents.push((id, plain(text)));
            }
        }
    }

    fn list_of_contents(&self) -> Markup {
        html! {
            @if self.contents.len() > 2 {
                nav.no-print aria-label=(w::CONTENTS) {
                    p.tag { (w::CONTENTS) }
                    ol.contents { @for (id, text) in &self.contents { li.chapter[id.starts_with(CHAPTER)] { a href=(format!("#{id}")) { (text) } } } }
                }
            }
        }
    }

    fn show(&mut self, block: &Block<'_>, place: Place<'_>) -> Markup {
        match block {
            Block::Heading(1, text) => html! { h1 { (words(text)) } },
            Block::Heading(2, text) => {
                let plain = plain(text);
                let next = self.contents.iter().find(|(id, t)| *t == plain && !self.anchors.contains(id)).cloned();
                let id = next.map(|(id, _)| id);
                self.anchors.extend(id.clone());
                html! { h2 id=[id] { (words(text)) } }
            }
            Block::Heading(_, text) => html! { h3 { (words(text)) } },
            Block::Paragraph(text) => html! { p { (words(text)) } },
            Block::Quote(text) => html! { blockquote { (words(text)) } },
            Block::List(items) => html! { ul { @for item in items { li { (words(item)) } } } },
            Block::Numbered(items) => html! { ol { @for item in items { li { (words(item)) } } } },
            Block::Table(rows) => self.table(rows, place),
            Block::Law(lines) => self.law(&items(lines)),
            Block::Worked(line, lines) => self.story(*line, lines, place),
            Block::Code(lines) => html! { pre.law { (lines.join("\n")) } },
        }
    }

    fn law(&self, items: &[Item]) -> Markup {
        law(items, &Setting { texts: &self.cited, names: &self.names, changes: &self.changes })
    }

    fn table(&mut self, rows: &[Vec<&str>], place: Place<'_>) -> Markup {
        if is_about(rows) {
            return html! {};
        }
        match (kind(rows), place) {
            (marks::FIGURES, Some(_)) => {
                let names: Vec<&str> = rows.iter().skip(1).filter_map(|row| row.first().copied()).collect();
                let fresh: Vec<&str> =
                    names.into_iter().filter(|name| self.figures.insert((*name).to_owned())).collect();
                html! { @if !fresh.is_empty() { (figures(&fresh, &self.stand)) } }
            }
            (marks::STEPS, Some((_, view, _))) => {
                let procedure = self.stand.library.procedure(view.programme, self.stand.month, &self.stand.area);
                let shown = if self.has_steps { None } else { procedure };
                self.has_steps = true;
                html! { @if let Some(procedure) = shown { (steps(procedure, &self.cited)) } }
            }
            (marks::EXCLUDES | marks::DRAWING, _) => rows_of(&self.titled(rows)),
            _ => rows_of(rows),
        }
    }

    /// Programmes by their titles: an id is for books, not for readers.
    fn titled<'r>(&self, rows: &[Vec<&'r str>]) -> Vec<Vec<&'r str>>
    where
        'a: 'r,
    {
        let library: &'a law::Library = self.stand.library;
        let titled = |cell: &&'r str| library.programme(cell).map_or(*cell, |info| info.title.as_str());
        rows.iter().map(|row| row.iter().map(titled).collect()).collect()
    }

    /// How many stories of a document stand before this line.
    fn stories_of(&self, document: &Document, line: u32) -> usize {
        document.worked(self.stand.library).iter().filter(|one| one.line < line).count()
    }

    /// The first stories are told in full, the others named; all of a document are told on a page of their own.
    fn story(&mut self, line: u32, lines: &[&str], place: Place<'_>) -> Markup {
        let Some((volume, view, document)) = place else { return html! { pre { (lines.join("\n")) } } };
        let story = story(line, lines);
        self.stories += 1;
        if self.stories <= STORIES_SHOWN {
            return told(&story, document.worked(self.stand.library), &self.cited);
        }
        let from =
            volume.chain.iter().find(|(_, d)| d.path == document.path).map_or(volume.version.from, |(from, _)| *from);
        let is_newest = volume.chain.first().is_some_and(|(_, d)| d.path == document.path);
        let month = if is_newest { self.stand.month } else { from.month() };
        let page = self.stories_of(document, line) / STORIES_A_PAGE + 1;
        let at = format!("month={month}&area={}&page={page}#{}", self.stand.area, story_anchor(line));
        let href = format!("/policy/{}/stories?{at}", view.programme);
        html! { p.told { a href=(href) { (story.title) } span.muted { "　" (answer_line(&story)) } } }
    }
}

/// The stories of the newest document in force, a page (from 1) of them.
pub fn stories(volume: &Volume<'_>, view: &View<'_>, page: usize) -> Markup {
    let cited = volume.texts();
    let at = format!("month={}&area={}", view.stand.month, view.stand.area);
    let Some((_, document)) = volume.chain.first() else { return html! {} };
    let blocks = document.blocks();
    let cases: Vec<Story> = blocks
        .iter()
        .filter_map(|b| if let Block::Worked(line, lines) = b { Some(story(*line, lines)) } else { None })
        .collect();
    let pages = cases.len().div_ceil(STORIES_A_PAGE);
    let page = page.clamp(1, pages.max(1));
    let worked = document.worked(view.stand.library);
    html! {
        div.page-head { h1 { (w::stories_of(&volume.version.title)) } p.lead { (w::STORIES_LEAD) } p { a href=(format!("/policy/{}?{at}", view.programme)) { (w::STORY_BACK) } } }
        article.book {
            h2.hidden-label { (w::STORIES) }
            @for one in cases.iter().skip((page - 1) * STORIES_A_PAGE).take(STORIES_A_PAGE) { (told(one, worked, &cited)) }
            @if pages > 1 {
                nav.buttons aria-label=(w::STORIES) {
                    @for n in 1..=pages { @if n == page { b aria-current="page" { (w::page(n)) } } @else { a href=(format!("/policy/{}/stories?{at}&page={n}", view.programme)) { (w::page(n)) } } }
                }
            }
            (texts(&cited))
        }
    }
}

/// A table as a document writes it, its first row the headings.
pub fn rows_of(rows: &[Vec<&str>]) -> Markup {
    let head = rows.first().map(Vec::as_slice).unwrap_or_default();
    html! {
        div.table-box.rows {
            table {
                thead { tr { @for cell in head { th scope="col" { (words(cell)) } } } }
                tbody {
                    @for row in rows.iter().skip(1) {
                        tr { @for (at, cell) in row.iter().enumerate() {
                            @if at == 0 { th scope="row" { (words(cell)) } }
                            @else if cell.is_empty() { td {} }
                            @else { td data-label=(head.get(at).copied().unwrap_or("")) { span.nowrap[is_date(cell)] { (words(cell)) } } }
                        } }
                    }
                }
            }
        }
    }
}

/// A month or a day stays on one line.
fn is_date(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Which version, for which place and month; and the way to the others.
fn versions(volume: &Volume<'_>, view: &View<'_>) -> Markup {
    let stand = &view.stand;
    let place = view.places.iter().find(|(code, _)| *code == stand.area.to_string()).map_or("", |(_, name)| name);
    html! {
        section.stand {
            @if !volume.is_in_force { p.note.soon { (w::NOT_YET) } }
            @if stand.month.first_day() > volume.version.checked_until { p.note.soon { (w::unchecked(&volume.version.checked_until.to_string())) } }
            p { (w::showing(place, &month_words(stand.month))) }
            details.more.no-print open[view.month_wrong] {
                summary { (w::HERE) }
                form.inline method="get" action=(format!("/policy/{}", view.programme)) {
                    div.field { label for="area" { (w::AREA) } select #area name="area" { @for (code, name) in view.places { option value=(code) selected[*code == stand.area.to_string()] { (name) } } } }
                    div.field.wrong[view.month_wrong] { label for="month" { (w::MONTH) } span.hint #month-hint { @if view.month_wrong { (w::MONTH_WRONG) } @else { (w::MONTH_HINT) } } input #month name="month" value=(view.month_typed) inputmode="numeric" autocomplete="off" aria-describedby="month-hint"; }
                    button.button.quiet type="submit" { (w::GO) }
                }
            }
            @if volume.versions.len() > 1 {
                nav aria-label=(w::VERSIONS) {
                    p.tag { (w::VERSIONS) }
                    ol.versions {
                        @for version in &volume.versions {
                            @let span = w::until(&version.from.to_string(), volume.until(version).map(|d| d.to_string()).as_deref(), &version.checked_until.to_string());
                            @let here = version.path == volume.version.path;
                            li { @if here { b aria-current="true" { (span) } " " span.mark { (w::THIS) } } @else { a href=(format!("/policy/{}?month={}&area={}", view.programme, version.from.month().next(), stand.area)) { (span) } } }
                        }
                    }
                }
            }
        }
    }
}

fn texts(texts: &Texts) -> Markup {
    html! {
        @if !texts.is_empty() {
            h2 #texts { (w::THE_TEXTS) }
            dl.texts { @for (short, full) in texts { div { dt id=(format!("t-{short}")) { (short) } dd { (words(full)) } } } }
        }
    }
}

fn colophon(volume: &Volume<'_>, view: &View<'_>) -> Markup {
    html! {
        footer.colophon {
            p { (w::EXAMPLE_NOTE) }
            @for (from, document) in &volume.chain { p { (w::THE_BOOK) " " (from) " " (w::PRINTED) " SHA-256 " code { (document.digest) } } }
            p { (w::ALL_HASH) " SHA-256 " code { (view.stand.library.books_hash()) } }
        }
    }
}
