//! The requests of the case page: read it, act on it.

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use casework::apply::opening_beside;
use casework::case::{Act, Actor, Case, Desk, Event, caught_up, spread};
use casework::pay::{award, relief};
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
    let application = app.registry.application(&file.case).await?;
    let village = app.place(&file.case.filed.village);
    let told = told(&app, &file, reader.frame.today, &village).ok_or(Turned::NotFound)?;
    let view = page_of(&app, &reader.frame, (&file, application.as_ref()), &told, &paid, &key::fresh());
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
    if typed.get("act") == "insisted" {
        return insist(&app, &reader.frame.seat.actor(), &file, &typed).await;
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
    let reason = Some(typed.get("reason").trim().to_owned()).filter(|text| !text.is_empty());
    let event = desk.event(&file.case, done, reason);
    let mut after = file.case.clone();
    after.add(&event);
    let beside = beside(&app, &file, &event).await?;
    let written = brought_about(&app, &file, &after, event, &found, &moment)?;
    app.registry.append_beside(&after, written, beside, &actor.id, &moment, typed.get("key")).await?;
    Ok(go(&href))
}

/// What the act brings to the cases beside this one: evidence is asked once.
async fn beside(app: &App, file: &CaseFile, event: &Event) -> Result<Vec<(Case, Event)>, Turned> {
    let others = app.registry.beside(&file.case).await?;
    let with_procedure = others.into_iter().filter_map(|case| {
        let procedure = app.library.procedure(leading(&case), case.filed.on.month(), &case.filed.village)?;
        Some((case, procedure))
    });
    Ok(spread(event, &file.case.filed.number, with_procedure))
}

/// A family insists on a right that was not opened: its case opens, and takes over the evidence there is.
async fn insist(app: &App, actor: &Actor, file: &CaseFile, typed: &Typed) -> Result<Response, Turned> {
    let moment = app.moment();
    let mut application = app.registry.application(&file.case).await?.ok_or(Turned::NotFound)?;
    let leading = app.registry.case(&application.number).await?.ok_or(Turned::NotFound)?;
    let at: usize = typed.get("right").parse().map_err(|_| Turned::Unreadable)?;
    let wanted = application.proposals.get(at).ok_or(Turned::Unreadable)?.clone();
    let village = file.case.filed.village;
    let procedure = app.library.procedure(&wanted.programme, moment.day.month(), &village).ok_or(Turned::NotFound)?;
    let desk = Desk { actor, today: moment.day, at: &moment.at, procedure, calendar: &app.calendar };
    let is_delegated = app.rules.is_delegated(&village, &wanted.programme, moment.day);
    let place = application.proposals.iter().filter(|one| one.case.is_some()).count() + 1;
    let first = opening_beside(&desk, &leading.events[0], place, &wanted, is_delegated)
        .map_err(|no| Turned::Refused(Box::new(Failure::refused(&no, &format!("/case/{}", file.case.filed.number)))))?;
    let case = Case::open(app.registry.case_id(&moment), &first, procedure);
    let number = case.filed.number.clone();
    let (case, taken) = caught_up(&case, procedure, &leading.events, &application.number, moment.day, &moment.at);
    application.insisted(at, &number);
    let events = std::iter::once(first).chain(taken).collect();
    app.registry.open_one(&case, events, &application, &actor.id, &moment, typed.get("key")).await?;
    Ok(go(&format!("/case/{number}")))
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
    let mine = found.first();
    match (&event.act, mine) {
        (Act::OpinionGiven { .. }, Some(one)) => {
            written.determination = Some((Store::determination_digest(one), one.clone()))
        }
        (Act::ReliefGiven { .. }, _) => {
            let head = file.family.members.first().ok_or(Turned::NotFound)?.id;
            let award = relief(after, AwardId(app.registry.next_id(moment)), head)
                .map_err(|no| Turned::Refused(Box::new(Failure::refused(&no, ""))))?;
            written.award = Some((award, vec![]));
        }
        (Act::Confirmed { .. }, one) if after.relief.is_none() => {
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
    if reader.frame.seat.reaches(&file.case.office()) || reader.frame.seat.reaches(&file.case.filed.village) {
        Ok(file)
    } else {
        Err(Turned::NotYours)
    }
}
