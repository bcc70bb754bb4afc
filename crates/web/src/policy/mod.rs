//! Policy pages: the very files that run, as residents read them.

mod book;
mod law_block;

use maud::{Markup, html};

pub use book::{book, texts, title_and_about};

use crate::words::policy as w;

/// A book in the list.
#[derive(Clone, Debug)]
pub struct BookLine {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its first paragraph.
    pub about: String,
}

/// The list of books.
pub fn books(lines: &[BookLine]) -> Markup {
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        ul.plain-list.book { @for line in lines { li { h2 { a href=(line.href) { (line.title) } } p.muted { (line.about) } } } }
        p.note.soon { (w::EXAMPLE) }
    }
}
