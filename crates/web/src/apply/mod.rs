//! Handing in the one form (交表) at the village.

pub mod draft;
pub mod page;
pub mod receipt;

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use casework::apply::{self, Application, HandIn, Proposal};
use casework::case::Desk;
use values::{AreaLevel, Day, Month, PersonId};

use self::draft::{Draft, MOST_MEMBERS, members_of, read};
use self::page::{FormPage, form_page};
use self::receipt::{Receipt, items_of, receipt, receipt_of};
use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::case_page::file::{adults, told};
use crate::case_page::rights::rights_of;
use crate::failure::Failure;
use crate::key;
use crate::parts::{Choice, FieldError};
use crate::registry::Filed;
use crate::router::go;
use crate::seat::{Room, Seat};
use crate::typed::Typed;
use crate::words::{apply as w, failures};

/// `GET /apply`: the empty form.
pub async fn show(State(app): State<Arc<App>>, reader: Reader) -> Result<Response, Turned> {
    reader.enter(Room::Intake)?;
    let typed = Typed(only_village(&app, &reader.frame.seat));
    Ok(reader.page(w::TITLE, body(&app, &reader, &typed, &[])))
}

/// `POST /apply`: one more member, or the hand-in.
pub async fn take(
    State(app): State<Arc<App>>,
    reader: Reader,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Turned> {
    reader.enter(Room::Intake)?;
    let typed = Typed(pairs);
    if typed.get("do") == "more" {
        let typed = one_more(typed);
        return Ok(reader.page(w::TITLE, body(&app, &reader, &typed, &[])));
    }
    let draft = match read(&typed, app.form(), reader.frame.today) {
        Ok(draft) => draft,
        Err(errors) => return Ok(reader.page_with_errors(w::TITLE, body(&app, &reader, &typed, &errors))),
    };
    if !reader.frame.seat.reaches(&draft.village) || !key::is_key(typed.get("key")) {
        return Err(Turned::Unreadable);
    }
    let number = hand_in(&app, &reader, &draft, typed.get("key")).await?;
    Ok(go(&format!("/apply/receipt/{number}")))
}

/// Read, judge, write: the number of the case, the same for a form that was sent twice.
async fn hand_in(app: &App, reader: &Reader, draft: &Draft, key: &str) -> Result<String, Turned> {
    if let Some(number) = app.registry.answered(&draft.village, key).await? {
        return Ok(number);
    }
    let (actor, moment) = (reader.frame.seat.actor(), app.moment());
    no_open_case(app, draft).await?;
    let filed = app.registry.file_household(draft, &actor.id, &moment, key).await?;
    let month = moment.day.month();
    let mut proposals = proposals(app, &filed, month);
    let leading = proposals.first().map_or(w::LEADING.to_owned(), |one| one.programme.clone());
    let procedure = app.library.procedure(&leading, month, &draft.village).ok_or(Turned::NotFound)?;
    let desk = Desk { actor: &actor, today: moment.day, at: &moment.at, procedure, calendar: &app.calendar };
    let (open_case, running_number) = app.registry.before_filing(&draft.village, filed.family.id, moment.day).await?;
    let form = form_of(draft, &filed, vec![leading], open_case, running_number, moment.day);
    let first = apply::hand_in(&desk, &form).map_err(|no| Turned::Refused(Box::new(Failure::refused(&no, ""))))?;
    let events = apply::open_cases(&first, &mut proposals, |programme| {
        app.rules.is_delegated(&draft.village, programme, moment.day)
    });
    let application = Application::of(&events, proposals);
    let cases = apply::opened(&app.library, events, || app.registry.case_id(&moment));
    app.registry.open(&cases, &application, &actor.id, &moment, key).await?;
    Ok(application.number)
}

/// What the books propose on the facts as they were handed in: everything that the family may be entitled to.
fn proposals(app: &App, filed: &Filed, month: Month) -> Vec<Proposal> {
    let members: Vec<PersonId> = filed.family.members.iter().map(|member| member.id).collect();
    apply::propose(&app.library, month, &filed.family.facts, &members, w::LEADING, w::TOLD)
}

/// A family with an open case is sent to that case before anything is written.
async fn no_open_case(app: &App, draft: &Draft) -> Result<(), Turned> {
    let Some(head) = draft.members.first() else { return Err(Turned::Unreadable) };
    let Some(number) = app.registry.open_case_of(&head.id).await? else { return Ok(()) };
    let why = w::has_open_case(&number);
    let href = format!("/case/{number}");
    Err(Turned::Refused(Box::new(Failure {
        case_href: href,
        ..Failure::of(failures::REFUSED, &why, w::HAS_OPEN_CASE_DO)
    })))
}

fn form_of(
    draft: &Draft,
    filed: &Filed,
    programmes: Vec<String>,
    open_case: Option<String>,
    running_number: u32,
    on: Day,
) -> HandIn {
    let adults = adults(&filed.family, on);
    let told = draft.household.len() + draft.members.iter().map(|member| member.facts.len()).sum::<usize>();
    HandIn {
        running_number,
        household: filed.family.id,
        village: draft.village,
        programmes,
        help: draft.help,
        authorised_by: if draft.all_signed { adults.clone() } else { vec![] },
        adults,
        relatives_on_staff: vec![],
        open_case,
        items_asked: u32::try_from(told).unwrap_or(u32::MAX),
        items_prefilled: u32::try_from(filed.known_before).unwrap_or(u32::MAX),
    }
}

/// `GET /apply/receipt/{number}`: the receipt, as often as it is asked for.
pub async fn show_receipt(
    State(app): State<Arc<App>>,
    reader: Reader,
    Path(number): Path<String>,
) -> Result<Response, Turned> {
    reader.enter(Room::Intake)?;
    let file = app.registry.case(&number).await?.ok_or(Turned::NotFound)?;
    if !reader.frame.seat.reaches(&file.case.filed.village) {
        return Err(Turned::NotYours);
    }
    let village = app.place(&file.case.filed.village);
    let told = told(&app, &file, reader.frame.today, &village).ok_or(Turned::NotFound)?;
    let name = &file.family.members.first().ok_or(Turned::NotFound)?.name;
    let application = app.registry.application(&file.case).await?;
    let rights = application.as_ref().map_or_else(Vec::new, |one| rights_of(&app, &file, one));
    let view = Receipt {
        rights,
        items: items_of(application.as_ref()),
        ..receipt_of(&told, name, &format!("/case/{number}"))
    };
    Ok(reader.page(w::DONE, receipt(&view)))
}

fn body(app: &App, reader: &Reader, typed: &Typed, errors: &[FieldError]) -> maud::Markup {
    let sent = typed.get("key");
    let key = if key::is_key(sent) { sent.to_owned() } else { key::fresh() };
    form_page(&FormPage { form: app.form(), villages: villages(app, &reader.frame.seat), typed, errors, key: &key })
}

/// The villages a seat may hand in for; a seat above a township names too many to choose from and has none.
fn villages(app: &App, seat: &Seat) -> Vec<Choice> {
    let within = match seat.office.level() {
        AreaLevel::Village => vec![seat.office],
        AreaLevel::Township => {
            app.areas.of_level_in(&seat.office, AreaLevel::Village).into_iter().map(|area| area.code).collect()
        }
        AreaLevel::Nation | AreaLevel::Province | AreaLevel::City | AreaLevel::County => vec![],
    };
    within
        .into_iter()
        .map(|code| Choice { value: code.to_string(), label: app.areas.name(&code).unwrap_or_default().to_owned() })
        .collect()
}

/// Who sits in one village is not asked which.
fn only_village(app: &App, seat: &Seat) -> Vec<(String, String)> {
    match villages(app, seat).as_slice() {
        [only] => vec![("village".to_owned(), only.value.clone())],
        _ => vec![],
    }
}

fn one_more(typed: Typed) -> Typed {
    let members = (members_of(&typed) + 1).min(MOST_MEMBERS);
    let mut pairs: Vec<(String, String)> = typed.0.into_iter().filter(|(name, _)| name != "members").collect();
    pairs.push(("members".to_owned(), members.to_string()));
    Typed(pairs)
}
