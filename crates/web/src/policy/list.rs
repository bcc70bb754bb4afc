//! The list of programmes by what a family meets, the search, and what must not be drawn together.

use law::ProgrammeUnit;
use maud::{Markup, html};
use values::{AreaCode, Month};

use super::book::rows_of;
use super::find::Found;
use super::markdown::Block;
use super::shelf::{Document, Shelf};
use crate::app::App;
use crate::words::{lab, marks, policy as w};

/// A programme in the list.
#[derive(Clone, Debug)]
pub struct Line {
    /// 编号.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, one sentence.
    pub about: String,
    /// For a household or a person.
    pub for_whom: &'static str,
}

/// A row of what must not be drawn together.
#[derive(Clone, Debug)]
pub struct Overlap {
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Cells; programmes by their titles.
    pub rows: Vec<Vec<String>>,
}

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// Groups: name, words, programmes.
    pub groups: Vec<(String, String, Vec<Line>)>,
    /// Documents of no programme: address and title.
    pub others: Vec<(String, String)>,
    /// What must not be drawn together.
    pub overlap: Option<Overlap>,
}

impl Books {
    /// What the shelf holds for an area.
    pub fn of(app: &App, shelf: &Shelf, area: AreaCode, month: Month) -> Books {
        let line = |id: &str| {
            let info = app.library.programme(id)?;
            let version = app.library.version(id, month, &area);
            Some(Line {
                id: id.to_owned(),
                title: version.map_or_else(|| info.title.clone(), |version| version.title.into()).to_string(),
                about: first_sentence(shelf.about(&app.library, id, &area)),
                for_whom: match info.unit {
                    ProgrammeUnit::Household => w::FOR_HOUSEHOLD,
                    ProgrammeUnit::Person => w::FOR_PERSON,
                },
            })
        };
        let mut groups: Vec<(String, String, Vec<Line>)> = w::GROUPS
            .iter()
            .map(|(name, about, ids)| {
                ((*name).to_owned(), (*about).to_owned(), ids.iter().filter_map(|id| line(id)).collect())
            })
            .collect();
        let grouped = |id: &str| w::GROUPS.iter().any(|(_, _, ids)| ids.contains(&id));
        let rest = app.library.programmes().iter().filter(|info| !grouped(&info.id)).filter_map(|info| line(&info.id));
        groups.push((w::OTHERS.to_owned(), String::new(), rest.collect()));
        groups.retain(|(_, _, lines)| !lines.is_empty());
        let others = shelf.documents().iter().filter(|d| d.programme.is_none());
        Books {
            groups,
            others: others.map(|d| (format!("/policy/{}", d.name), d.title.clone())).collect(),
            overlap: shelf.named(w::OVERLAP_NAME).and_then(|document| overlap(app, document)),
        }
    }
}

/// Up to the first full stop.
fn first_sentence(text: &str) -> String {
    text.split_inclusive('。').next().unwrap_or("").to_owned()
}

/// The first table of exclusions, programmes by their titles.
fn overlap(app: &App, document: &Document) -> Option<Overlap> {
    let blocks = document.blocks();
    let rows = blocks.iter().find_map(|block| match block {
        Block::Table(rows) if rows.first()?.first()? == &marks::EXCLUDES => Some(rows),
        _ => None,
    })?;
    let titled = |row: &Vec<&str>| row.iter().map(|cell| app.title_of(cell).to_owned()).collect();
    Some(Overlap {
        head: rows.first()?.iter().map(|cell| (*cell).to_owned()).collect(),
        rows: rows.iter().skip(1).map(titled).collect(),
    })
}

/// The page.
pub fn books(view: &Books) -> Markup {
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        div.doors.no-print {
            section.door { h2 { (w::ASK) } p { (w::ASK_LEAD) } a.button href="/policy/ask" { (w::ASK_GO) } }
            section.door { h2 { (w::FIND) } (search("", false)) }
            section.door { h2 { (lab::TITLE) } p { (lab::DOOR) } a.button.quiet href="/policy/lab" { (lab::DOOR_GO) } }
        }
        @for (name, about, lines) in &view.groups {
            section.block.programmes {
                h2 { (name) @if !about.is_empty() { small { (about) } } }
                ul.plain-list { @for line in lines { li { h3 { a href=(format!("/policy/{}", line.id)) { (line.title) } span.kind { (line.for_whom) } } p { (line.about) } } } }
            }
        }
        @if let Some(overlap) = &view.overlap { (exclusions(overlap)) }
        @if !view.others.is_empty() {
            section.block { h2 { (w::ALSO) } ul.plain-list { @for (href, title) in &view.others { li { a href=(href) { (title) } } } } }
        }
        p.note.soon { (w::EXAMPLE_NOTE) }
    }
}

/// The search box.
fn search(asked: &str, wrong: bool) -> Markup {
    html! {
        form.inline method="post" action="/policy/find" role="search" {
            div.field.wrong[wrong] {
                label.hidden-label for="words" { (w::FIND) }
                span.hint #words-hint { (w::FIND_HINT) }
                @if wrong { span.field-error { (w::FIND_NEED) } }
                input #words name="words" value=(asked) autocomplete="off" aria-describedby="words-hint";
            }
            button.button.quiet type="submit" { (w::FIND_GO) }
        }
    }
}

fn exclusions(overlap: &Overlap) -> Markup {
    let all = std::iter::once(&overlap.head).chain(&overlap.rows);
    let rows: Vec<Vec<&str>> = all.map(|row| row.iter().map(String::as_str).collect()).collect();
    html! {
        section.block {
            h2 { (w::OVERLAP) }
            (rows_of(&rows))
            p { a href=(format!("/policy/{}", w::OVERLAP_NAME)) { (w::OVERLAP_MORE) } }
        }
    }
}

/// So many places are listed.
const MOST: usize = 40;

/// What was found.
pub fn found(asked: &str, found: &[Found]) -> Markup {
    let asked = asked.trim();
    html! {
        div.page-head { h1 { (w::FIND_TITLE) } }
        (search(asked, asked.is_empty()))
        @if asked.is_empty() {
        } @else if found.is_empty() {
            div.empty { h2 { (w::FIND_NONE) } p { (w::FIND_NONE_DO) } p { a href="/policy" { (w::TITLE) } } }
        } @else {
            h2.found-count { @if found.len() > MOST { (w::found_more(MOST, found.len(), asked)) } @else { (w::found(found.len(), asked)) } }
            ol.plain-list.found {
                @for one in found.iter().take(MOST) {
                    li {
                        h3 { a href=(one.href) { (one.title) @if !one.heading.is_empty() { " · " (one.heading) } } @if one.old { " " span.mark { (w::OLD) } } }
                        @if !one.excerpt.1.is_empty() { p { (one.excerpt.0) mark { (one.excerpt.1) } (one.excerpt.2) } }
                    }
                }
            }
        }
    }
}
