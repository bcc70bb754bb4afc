//! 改一个数会怎样: another figure beside the one in force, on an invented town.
//!
//! In: a figure, a place, a value, in the address, so that a question can be sent to somebody. Out: who would have more and less,
//! and what a year costs, as sums; counts below five hidden. Not here on purpose: the register. Its households are asked by
//! `policy simulate`, which takes seconds; the town answers at once.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use laboratory::{Disclosure, Findings, ProgrammeFinding, Question, Reform, Shown, Simulation, caveats, sentences};
use law::form::Facts;
use law::{Library, ParameterValue};
use maud::{Markup, html};
use serde::Deserialize;
use tokio::sync::Semaphore;
use values::{AreaCode, Fen, Month};

use super::{place, places};
use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::parts::{Choice, Column, Field, FieldError, Input, Table, error_summary, field, table, yuan_words};
use crate::words::{lab as w, policy};

/// What is asked.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    figure: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    value: String,
}

/// So many questions are worked out at once; the others wait their turn.
static AT_ONCE: Semaphore = Semaphore::const_new(1);
/// A value is at most so long.
const LONGEST: usize = 40;

/// What stands on the page.
struct View {
    figures: Vec<Choice>,
    places: Vec<Choice>,
    asked: Asked,
    errors: Vec<FieldError>,
    /// What was changed, and what came out.
    found: Option<(String, Box<Findings>)>,
    town: (u64, u64),
}

/// `GET /policy/lab`: the form, and what comes out of what it asks.
pub async fn show(State(app): State<Arc<App>>, reader: Reader, Query(asked): Query<Asked>) -> Result<Response, Turned> {
    let month = reader.frame.today.month();
    let area = place(&app, &reader, &asked.area);
    let area = if asked.area.is_empty() { app.city() } else { area };
    let mut view = View {
        figures: figures(&app.library, &area, month),
        places: places(&app).into_iter().map(|(value, label)| Choice { value, label }).collect(),
        errors: Vec::new(),
        found: None,
        town: (app.invented.len() as u64, app.invented.iter().map(|facts| facts.members.len() as u64).sum()),
        asked: Asked { area: area.to_string(), ..asked },
    };
    if !view.asked.figure.is_empty() || !view.asked.value.is_empty() {
        view.errors = missing(&app.library, &view.asked, &area, month);
    }
    let is_asked = !view.asked.figure.is_empty() && view.errors.is_empty() && !app.invented.is_empty();
    if is_asked {
        match answer(&app, view.asked.clone(), area, month).await? {
            Ok(found) => view.found = Some((told(&app, &view.asked, &area, month), Box::new(found))),
            Err(error) => view.errors.push(error),
        }
    }
    let body = page(&app, &view);
    Ok(if view.errors.is_empty() { reader.page(w::TITLE, body) } else { reader.page_with_errors(w::TITLE, body) })
}

fn in_force(library: &Library, name: &str, area: &AreaCode, month: Month) -> Option<ParameterValue> {
    library.parameter(name, area, month)
}

fn figures(library: &Library, area: &AreaCode, month: Month) -> Vec<Choice> {
    let mut names: Vec<String> = library.figure_rows().into_iter().map(|row| row.name).collect();
    names.sort();
    names.dedup();
    let choice = |name: String| {
        let value = in_force(library, &name, area, month)?.value;
        Some(Choice { label: w::figure(&name, &value), value: name })
    };
    names.into_iter().filter_map(choice).collect()
}

fn missing(library: &Library, asked: &Asked, area: &AreaCode, month: Month) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if in_force(library, &asked.figure, area, month).is_none() {
        errors.push(FieldError { name: "figure".to_owned(), text: w::FIGURE_NEED.to_owned() });
    }
    if asked.value.trim().is_empty() || asked.value.chars().count() > LONGEST {
        errors.push(FieldError { name: "value".to_owned(), text: w::VALUE_NEED.to_owned() });
    }
    errors
}

/// Works the question out, apart from whoever else is being answered.
async fn answer(app: &App, asked: Asked, area: AreaCode, month: Month) -> Result<Result<Findings, FieldError>, Turned> {
    let fault = |cause: &dyn std::fmt::Display| Turned::Fault(format!("working out another figure: {cause}"));
    let turn = AT_ONCE.acquire().await.map_err(|cause| fault(&cause))?;
    let (library, town, city) = (app.library.clone(), app.invented.clone(), app.city());
    let work = move || beside(&library, &town, &asked, (area != city).then_some(area), month);
    let found = tokio::task::spawn_blocking(work).await.map_err(|cause| fault(&cause));
    drop(turn);
    found
}

/// Both sets of books on the town; the whole city is every place that has the figure.
fn beside(
    library: &Library,
    town: &[Facts],
    asked: &Asked,
    area: Option<AreaCode>,
    month: Month,
) -> Result<Findings, FieldError> {
    let wrong = |text: String| FieldError { name: "value".to_owned(), text };
    let at = area.map_or_else(String::new, |area| format!("@{}", area.short()));
    let setting = format!("{}{at}={}", asked.figure, asked.value).parse();
    let setting = setting.map_err(|refusal: laboratory::LabRefusal| wrong(refusal.to_string()))?;
    let reform = Reform { settings: vec![setting] }.of(library, month);
    let reform = reform.map_err(|found| wrong(found.message))?;
    let question = Question { baseline: library, reform: &reform, months: vec![month], margin_percent: None };
    let mut simulation = Simulation::new(question).map_err(|refusal| wrong(refusal.to_string()))?;
    simulation.add(town);
    Ok(simulation.finish(Disclosure::Public))
}

fn told(app: &App, asked: &Asked, area: &AreaCode, month: Month) -> String {
    let before = in_force(&app.library, &asked.figure, area, month).map_or_else(String::new, |row| row.value);
    w::asked(app.areas.name(area).unwrap_or_default(), &asked.figure, &before, asked.value.trim())
}

fn page(app: &App, view: &View) -> Markup {
    let line = |name: &str, label: &str, hint: &str, input: Input, value: &str| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
        input,
        value: value.to_owned(),
    };
    let figure = line("figure", w::FIGURE, w::FIGURE_HINT, Input::Select(view.figures.clone()), &view.asked.figure);
    let area = line("area", w::AREA, "", Input::Select(view.places.clone()), &view.asked.area);
    let value = line("value", w::VALUE, w::VALUE_HINT, Input::Line("text"), &view.asked.value);
    html! {
        p.no-print { a href="/policy" { (policy::TITLE) } }
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        (error_summary(&view.errors))
        @if app.invented.is_empty() { p.note { (w::TOWN_EMPTY) } } @else {
            div.stack {
            form.stack.no-print method="get" action="/policy/lab" {
                (field(&figure, &view.errors))
                (field(&area, &view.errors))
                (field(&value, &view.errors))
                div.buttons { button.button type="submit" { (w::GO) } }
            }
            p.note { (w::town(view.town.0, view.town.1)) (w::LIVE) }
            }
        }
        @if let Some((asked, found)) = &view.found { (outcome(asked, found)) }
    }
}

fn outcome(asked: &str, found: &Findings) -> Markup {
    let columns = [
        Column::words(w::NAME),
        Column::number(w::BEFORE),
        Column::number(w::AFTER),
        Column::number(w::NEWLY),
        Column::number(w::NO_LONGER),
        Column::number(w::MONEY_BEFORE),
        Column::number(w::MONEY_AFTER),
    ];
    let changed: Vec<&ProgrammeFinding> = found.programmes.iter().filter(|it| !it.is_unchanged()).collect();
    html! {
        section.block.stack {
            h2 { (w::FOUND) }
            p { b { (asked) } }
            ul.plain-list { @for said in sentences(found) { li { (said) } } }
            @if !changed.is_empty() {
                (table(Table { caption: w::PROGRAMMES, columns: &columns, rows: changed.into_iter().map(row).collect(), total: Vec::new() }))
            }
            p.note { (w::UNCHANGED) (w::HIDDEN_NOTE) }
        }
        section.block {
            h2 { (w::SURE) }
            ul.plain-list { @for said in caveats(found) { li { (said) } } }
        }
    }
}

fn row(it: &ProgrammeFinding) -> Vec<Markup> {
    let count = |shown: Shown<u64>| html! { (shown.known().map_or_else(|| w::HIDDEN.to_owned(), |n| n.to_string())) };
    let money = |shown: Shown<Fen>| html! { (shown.known().map_or_else(|| w::HIDDEN.to_owned(), yuan_words)) };
    vec![
        html! { (it.title) },
        count(it.before.cases),
        count(it.after.cases),
        count(it.newly),
        count(it.no_longer),
        money(it.before.fen),
        money(it.after.fen),
    ]
}
