//! Policy pages: the very files that run, as residents read them, and what they mean for one family.
//!
//! In: the books, an area, a month. Out: the list of programmes, one book in force, its stories, what was searched for. Not here on
//! purpose: any rule; what a book means is asked of `law`.

pub mod book;
mod figures;
pub mod find;
pub mod lab;
mod law_block;
pub mod list;
mod markdown;
pub mod shelf;
mod steps;
mod story;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use values::{AreaCode, AreaLevel, Month};

use self::book::{View, prose};
use self::figures::Stand;
use self::shelf::{Shelf, Volume};
use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::router::go;
use crate::words::policy as w;

/// The shelf as handlers ask for it.
pub type OnShelf = Extension<Arc<Shelf>>;

/// For whom and when a book is read.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    month: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    page: String,
}

/// The reader's place: a county of this city, or the city.
fn place(app: &App, reader: &Reader, asked: &str) -> AreaCode {
    let city = app.city();
    let own = reader.frame.seat.office;
    let own = if own.level() > AreaLevel::County { own.county() } else { own };
    let wanted = asked.parse::<AreaCode>().ok().filter(|area| city.contains(area));
    wanted.or(Some(own).filter(|own| city.contains(own))).unwrap_or(city)
}

/// The city and its counties, by code and name.
pub(crate) fn places(app: &App) -> Vec<(String, String)> {
    let city = app.city();
    let counties = app.areas.of_level_in(&city, AreaLevel::County);
    let named = counties.into_iter().map(|area| (area.code.to_string(), area.name.clone()));
    std::iter::once((city.to_string(), app.city_name())).chain(named).collect()
}

/// `GET /policy`: the programmes.
pub async fn show_books(State(app): State<Arc<App>>, shelf: OnShelf, reader: Reader) -> Response {
    let area = place(&app, &reader, "");
    reader.page(w::TITLE, list::books(&list::Books::of(&app, &shelf, area, reader.frame.today.month())))
}

/// What is searched for.
#[derive(Debug, Deserialize)]
pub struct Words {
    #[serde(default)]
    words: String,
}

/// `POST /policy/find`: words go in the body, because people type names into every box.
pub async fn show_found(
    State(app): State<Arc<App>>,
    shelf: OnShelf,
    reader: Reader,
    Form(asked): Form<Words>,
) -> Response {
    let (area, month) = (place(&app, &reader, ""), reader.frame.today.month());
    let found = find::find(&shelf, &app.library, &asked.words, month, &area);
    let body = list::found(&asked.words, &found);
    if asked.words.trim().is_empty() {
        return reader.page_with_errors(w::FIND_TITLE, body);
    }
    reader.page(w::FIND_TITLE, body)
}

/// `GET /policy/find`: what a browser asks for after a switch of face.
pub async fn leave_found() -> Response {
    go("/policy")
}

/// `GET /policy/{name}`: a programme's book in force, or a document by its name.
pub async fn show_book(
    State(app): State<Arc<App>>,
    shelf: OnShelf,
    reader: Reader,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Turned> {
    let read = Read::of(&app, &reader, &asked);
    if let Some(volume) = shelf.open(&app.library, &name, read.stand.month, &read.stand.area) {
        let view = read.view(&name);
        return Ok(reader.page(&volume.version.title, book::book(&volume, &view)));
    }
    let document = shelf.named(&name).ok_or(Turned::NotFound)?;
    if let Some(programme) = &document.programme {
        let versions = app.library.versions(programme, &read.stand.area);
        let from = versions.iter().find(|v| v.path == document.path).ok_or(Turned::NotFound)?.from;
        return Ok(go(&format!("/policy/{programme}?month={}", from.month())));
    }
    Ok(reader.page(&document.title, prose(document, read.stand)))
}

/// `GET /policy/{name}/stories`: all worked cases of the book in force.
pub async fn show_stories(
    State(app): State<Arc<App>>,
    shelf: OnShelf,
    reader: Reader,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Turned> {
    let read = Read::of(&app, &reader, &asked);
    let volume: Volume<'_> =
        shelf.open(&app.library, &name, read.stand.month, &read.stand.area).ok_or(Turned::NotFound)?;
    Ok(reader.page(
        &w::stories_of(&volume.version.title),
        book::stories(&volume, &read.view(&name), asked.page.parse().unwrap_or(1)),
    ))
}

/// Area and month of a request, with the places to choose from.
struct Read<'a> {
    stand: Stand<'a>,
    places: Vec<(String, String)>,
    month_typed: String,
    month_wrong: bool,
}

impl<'a> Read<'a> {
    fn of(app: &'a App, reader: &Reader, asked: &Asked) -> Read<'a> {
        let today = reader.frame.today.month();
        let typed: Option<Month> = asked.month.trim().parse().ok();
        let month = typed.unwrap_or(today);
        let month_wrong = typed.is_none() && !asked.month.trim().is_empty();
        let month_typed = if month_wrong { asked.month.clone() } else { month.to_string() };
        let stand = Stand { library: &app.library, app, area: place(app, reader, &asked.area), month };
        Read { stand, places: places(app), month_typed, month_wrong }
    }

    fn view<'v>(&'v self, programme: &'v str) -> View<'v> {
        View {
            programme,
            stand: self.stand,
            places: &self.places,
            month_typed: &self.month_typed,
            month_wrong: self.month_wrong,
        }
    }
}
