//! The requests of the case page: read it, act on it.

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use casework::case::{Act, Case, Desk, Event};
use casework::pay::award;
use law::Determination;
use store::Store;
use values::AwardId;

use super::acts::judge;
use super::case_page;
use super::file::{around, determinations, leading, page_of, told};
use crate::answer::{Reader, Turned};
use crate::app::{App, Moment};
use crate::failure::Failure;
use crate::key;
use crate::registry::{Act as Written, CaseFile};
use crate::router::go;
use crate::seat::Room;
use crate::typed::Typed;
use crate::words::case as w;

/// `GET /case/{number}`.
pub async fn show(State(app): State<Arc<App>>, reader: Reader, Path(number): Path<String>) -> Result<Response, Turned> {
    let file = mine(&app, &reader, &number).await?;
    let paid = app.registry.paid_for(&file).await?;
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
    let found = determinations(&app, &file);
    let around = around(&app, &file, &found);
    let done = judge(&file.case, &desk, &typed, &around)
        .map_err(|no| Turned::Refused(Box::new(Failure::refused(&no, &href))))?;
    let event = desk.event(&file.case, done, None);
    let mut after = file.case.clone();
    after.add(&event);
    let written = brought_about(&app, &file, &after, event, &found, &moment)?;
    app.registry.append(&after, written, &actor.id, &moment, typed.get("key")).await?;
    Ok(go(&href))
}

/// What follows from an act besides its event: an opinion keeps the determination it rests on, a confirmation opens the award.
fn brought_about(
    app: &App,
    file: &CaseFile,
    after: &Case,
    event: Event,
    found: &[Determination],
    moment: &Moment,
) -> Result<Written, Turned> {
    let mut written = Written::default();
    let leading = found.iter().find(|one| one.programme == leading(after));
    match (&event.act, leading) {
        (Act::OpinionGiven { .. }, Some(one)) => {
            written.determination = Some((Store::determination_digest(one), one.clone()))
        }
        (Act::Confirmed { .. }, one) => {
            let head = file.family.members.first().ok_or(Turned::NotFound)?.id;
            let award = award(after, AwardId(app.registry.next_id(moment)), head)
                .map_err(|no| Turned::Refused(Box::new(Failure::refused(&no, ""))))?;
            let counted = one.map(|one| one.counted.as_slice()).unwrap_or_default();
            let members =
                counted.iter().filter_map(|at| file.family.members.get(*at)).map(|member| member.id).collect();
            written.award = Some((award, members));
        }
        _ => {}
    }
    written.events.push(event);
    Ok(written)
}

/// The case, when this reader may see it.
async fn mine(app: &App, reader: &Reader, number: &str) -> Result<CaseFile, Turned> {
    reader.enter(Room::Register)?;
    let file = app.registry.case(number).await?.ok_or(Turned::NotFound)?;
    if reader.frame.seat.reaches(&file.case.filed.village) { Ok(file) } else { Err(Turned::NotYours) }
}
