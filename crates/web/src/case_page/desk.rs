//! The requests of the case page: read it, act on it.

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use casework::case::Desk;

use super::acts::judge;
use super::case_page;
use super::file::{around, determinations, page_of, told};
use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::failure::Failure;
use crate::key;
use crate::registry::CaseFile;
use crate::router::go;
use crate::seat::Room;
use crate::typed::Typed;
use crate::words::case as w;

/// `GET /case/{number}`.
pub async fn show(State(app): State<Arc<App>>, reader: Reader, Path(number): Path<String>) -> Result<Response, Turned> {
    let file = mine(&app, &reader, &number).await?;
    let paid = app.registry.paid_for(&file.case).await?;
    let village = app.place(&file.case.filed.village);
    let told = told(&app, &file, reader.frame.today, &village).ok_or(Turned::NotFound)?;
    let view = page_of(&app, &reader.frame, &file, &told, &paid, &key::fresh());
    Ok(reader.page(&w::title(&number), case_page(&view)))
}

/// `POST /case/{number}`: read, judge, write, tell.
pub async fn act(
    State(app): State<Arc<App>>,
    reader: Reader,
    Path(number): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Turned> {
    let typed = Typed(pairs);
    let file = mine(&app, &reader, &number).await?;
    let href = format!("/case/{number}");
    if typed.get("seen") != file.case.seq.to_string() || !key::is_key(typed.get("key")) {
        return Err(Turned::MovedOn(href));
    }
    let moment = app.moment();
    let told = told(&app, &file, moment.day, "").ok_or(Turned::NotFound)?;
    let actor = reader.frame.seat.actor();
    let desk =
        Desk { actor: &actor, today: moment.day, at: &moment.at, procedure: told.procedure, calendar: &app.calendar };
    let around = around(&app, &file, &determinations(&app, &file));
    let done = judge(&file.case, &desk, &typed, &around)
        .map_err(|no| Turned::Refused(Box::new(Failure::refused(&no, &href))))?;
    let event = desk.event(&file.case, done, None);
    app.registry.append(&file.case, &event, typed.get("key")).await?;
    Ok(go(&href))
}

/// The case, when this reader may see it.
async fn mine(app: &App, reader: &Reader, number: &str) -> Result<CaseFile, Turned> {
    reader.enter(Room::Register)?;
    let file = app.registry.case(number).await?.ok_or(Turned::NotFound)?;
    if reader.frame.seat.reaches(&file.case.filed.village) { Ok(file) } else { Err(Turned::NotYours) }
}
