//! Handing in the one form (交表) at the village.

pub mod draft;
pub mod page;
pub mod receipt;

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use values::AreaLevel;

use self::draft::{MOST_MEMBERS, members_of, read};
use self::page::{FormPage, form_page};
use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::key;
use crate::parts::{Choice, FieldError};
use crate::seat::{Room, Seat};
use crate::typed::Typed;
use crate::words::apply as w;

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
    match read(&typed, app.form(), reader.frame.today) {
        Err(errors) => Ok(reader.page_with_errors(w::TITLE, body(&app, &reader, &typed, &errors))),
        Ok(_draft) => Err(Turned::NotFound),
    }
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
