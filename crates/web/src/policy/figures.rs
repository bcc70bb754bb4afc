//! Dated figures as they stand for the reader's area and month: value, source or the mark 示例, and how they came to be.

use law::{Library, ParameterValue};
use maud::{Markup, html};
use values::{AreaCode, Month};

use crate::app::App;
use crate::parts::of_text;
use crate::words::policy as w;

/// For whom and when figures are shown.
#[derive(Clone, Copy)]
pub struct Stand<'a> {
    /// The law.
    pub library: &'a Library,
    /// Names of places.
    pub app: &'a App,
    /// The reader's area.
    pub area: AreaCode,
    /// The month.
    pub month: Month,
}

/// The figures of these names.
pub fn figures(names: &[&str], stand: &Stand<'_>) -> Markup {
    html! { dl.figures { @for name in names { (figure(name, stand)) } } }
}

fn figure(name: &str, stand: &Stand<'_>) -> Markup {
    let now = stand.library.parameter(name, &stand.area, stand.month);
    let others: Vec<ParameterValue> =
        stand.library.figure_history(name, &stand.area).into_iter().filter(|row| now.as_ref() != Some(row)).collect();
    html! {
        div {
            dt id=(super::law_block::id_of(name)) { (name) }
            dd.now { @match &now { Some(row) => (of_text(&row.value)), None => (w::NO_FIGURE) } }
            @if let Some(row) = &now { dd.from { (source(row, stand)) } }
            @if !others.is_empty() {
                dd { details.more { summary { (w::HISTORY) } ul { @for row in &others { li { b { (row.value) } "　" (source(row, stand)) } } } } }
            }
        }
    }
}

fn source(row: &ParameterValue, stand: &Stand<'_>) -> Markup {
    html! {
        (w::since(place(row, stand.app), &row.start.to_string()))
        @if !row.cite.is_empty() { "。" (w::BASIS) (row.cite) }
        @if let Some(why) = &row.example { " " span.mark { (w::EXAMPLE) } " " (why) }
    }
}

fn place<'a>(row: &'a ParameterValue, app: &'a App) -> &'a str {
    if row.area == AreaCode::NATION { w::NATION } else { app.areas.name(&row.area).unwrap_or(row.area.short()) }
}
