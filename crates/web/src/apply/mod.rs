//! Handing in the one form (交表) at the village.

pub mod draft;
pub mod page;
pub mod receipt;

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use casework::apply::{self, HandIn};
use casework::case::{Case, Desk};
use law::Outcome;
use law::form::Facts;
use values::{AreaLevel, Day, Month};

use self::draft::{Draft, MOST_MEMBERS, members_of, read};
use self::page::{FormPage, form_page};
use self::receipt::{receipt, receipt_of};
use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::case_page::file::{adults, told};
use crate::failure::Failure;
use crate::key;
use crate::parts::{Choice, FieldError};
use crate::registry::{Act, Filed};
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
    let programmes = programmes(app, &filed.family.facts, moment.day.month());
    let procedure =
        app.library.procedure(&programmes[0], moment.day.month(), &draft.village).ok_or(Turned::NotFound)?;
    let desk = Desk { actor: &actor, today: moment.day, at: &moment.at, procedure, calendar: &app.calendar };
    let (open_case, running_number) = app.registry.before_filing(&draft.village, filed.family.id, moment.day).await?;
    let form = form_of(draft, &filed, programmes, open_case, running_number, moment.day);
    let first = apply::hand_in(&desk, &form).map_err(|no| Turned::Refused(Box::new(Failure::refused(&no, ""))))?;
    let case = Case::open(app.registry.case_id(&moment), &first, procedure);
    app.registry.append(&case, Act { events: vec![first], ..Act::default() }, &actor.id, &moment, key).await?;
    Ok(case.filed.number)
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

/// One form asks for everything: the programmes paid by the month that the told facts may open (a case ends in an award),
/// one with a procedure first. 低保 leads unless
/// the books already refuse it and another programme stands open.
fn programmes(app: &App, facts: &Facts, month: Month) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    for one in app.library.determine_all(month, facts) {
        let asked = match one.outcome {
            Outcome::Eligible => true,
            Outcome::NeedsPerson | Outcome::Unknown { .. } => one.programme == w::LEADING,
            Outcome::Refused => false,
        };
        let is_monthly = app.library.programme(&one.programme).is_some_and(|info| info.gives.is_monthly());
        let has_procedure = app.library.procedure(&one.programme, month, &facts.area).is_some();
        if asked && is_monthly && has_procedure && !open.contains(&one.programme) {
            open.push(one.programme);
        }
    }
    if open.is_empty() {
        open.push(w::LEADING.to_owned());
    }
    open.sort_by_key(|programme| programme != w::LEADING);
    open
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
    Ok(reader.page(w::DONE, receipt(&receipt_of(&told, name, &format!("/case/{number}")))))
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
