//! How a handler answers: with a page in its frame, or by turning away with a page that says why and what to do.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use maud::Markup;

use store::StoreError;

use crate::app::App;
use crate::failure::{Failure, failure};
use crate::frame::{Frame, page};
use crate::seat::{Role, Room, Seat};
use crate::words;

/// Name of the cookie that holds the face.
pub const ELDER_COOKIE: &str = "elder";
/// Name of the cookie that holds the demo's seat.
pub const SEAT_COOKIE: &str = "seat";

/// Who reads, and how: the frame of the page that will answer.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The frame.
    pub frame: Frame,
}

impl Reader {
    /// A whole page.
    pub fn page(&self, title: &str, body: Markup) -> Response {
        Html(page(&self.frame, title, body).into_string()).into_response()
    }

    /// A page that asks for something to be put right: 422, and the title says so.
    pub fn page_with_errors(&self, title: &str, body: Markup) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, self.page(&words::fields::title_with_errors(title), body)).into_response()
    }

    /// Whether the reader may enter a part of the house, and on which ground not.
    ///
    /// # Errors
    /// [`Turned::Closed`] when real people are in the register, [`Turned::NotYours`] when the seat may not.
    pub fn enter(&self, room: Room) -> Result<(), Turned> {
        if !self.frame.demo {
            Err(Turned::Closed)
        } else if self.frame.seat.may_enter(room) {
            Ok(())
        } else {
            Err(Turned::NotYours)
        }
    }
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, value)| value)
}

/// The `Set-Cookie` line: for this site only, never readable by a script; gone with the browser unless days are given.
pub fn set_cookie(name: &str, value: &str, days: u32) -> String {
    let kept = if days == 0 { String::new() } else { format!("; Max-Age={}", u64::from(days) * 86_400) };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{kept}")
}

async fn reader(app: &App, headers: &HeaderMap, here: String) -> Reader {
    let synthetic = app.is_synthetic().await;
    let stranger = Seat { role: Role::Resident, office: app.city() };
    let seat = cookie(headers, SEAT_COOKIE).and_then(Seat::of_cookie).filter(|_| synthetic).unwrap_or(stranger);
    let elder = cookie(headers, ELDER_COOKIE) == Some("1");
    Reader {
        frame: Frame {
            city: app.city_name(),
            today: app.moment().day,
            elder,
            seat,
            demo: synthetic,
            here,
            carried: vec![],
        },
    }
}

/// Where a switch of face leads back to: this page when it can be asked for again, otherwise the form that led to it.
fn here_of(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| "/".to_owned(), |path| path.as_str().to_owned())
}

impl FromRequestParts<Arc<App>> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Reader, Self::Rejection> {
        Ok(reader(app, &parts.headers, here_of(parts)).await)
    }
}

/// Why a request was turned away.
#[derive(Clone, Debug)]
pub enum Turned {
    /// 404: no such thing, or none that this reader may know of.
    NotFound,
    /// 403: this seat may not.
    NotYours,
    /// 403: staff pages are shut.
    Closed,
    /// 403: sent from another site.
    Foreign,
    /// 400: the form could not be read.
    Unreadable,
    /// 409: somebody else acted first; the case's page.
    MovedOn(String),
    /// 422: the law says no; words, article, what to do, the case's page.
    Refused(Box<Failure>),
    /// 500: a fault of the world; what we were doing, logged once, here.
    Fault(String),
}

impl Turned {
    fn status(&self) -> StatusCode {
        match self {
            Turned::NotFound => StatusCode::NOT_FOUND,
            Turned::NotYours | Turned::Closed | Turned::Foreign => StatusCode::FORBIDDEN,
            Turned::Unreadable => StatusCode::BAD_REQUEST,
            Turned::MovedOn(_) => StatusCode::CONFLICT,
            Turned::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Turned::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn failure(self) -> Failure {
        use words::failures as w;
        match self {
            Turned::NotFound => Failure::not_found(),
            Turned::NotYours => Failure::not_yours(),
            Turned::Closed => Failure::closed(),
            Turned::Foreign => Failure::foreign(),
            Turned::Unreadable => Failure::of(w::UNREADABLE, w::UNREADABLE_WHY, w::UNREADABLE_DO),
            Turned::MovedOn(case) => Failure::moved_on(&case),
            Turned::Refused(failure) => *failure,
            Turned::Fault(_) => Failure::broken(),
        }
    }
}

/// What is not there is not found; all else is the world's fault, logged once where the answer is made.
impl From<StoreError> for Turned {
    fn from(error: StoreError) -> Turned {
        match error {
            StoreError::NotFound(_) => Turned::NotFound,
            fault => Turned::Fault(fault.to_string()),
        }
    }
}

/// The answer without its frame; [`dress`] gives it one.
impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        if let Turned::Fault(cause) = &self {
            tracing::error!(%cause, "a request failed");
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts every refusal, every unknown path and every panic into a page of our own.
pub async fn dress(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let here = if request.method() == axum::http::Method::GET { request.uri().to_string() } else { "/".to_owned() };
    let mut response = next.run(request).await;
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let turned = response
        .extensions_mut()
        .remove::<Turned>()
        .or_else(|| Turned::of_status(response.status()).filter(|_| !is_page));
    match turned {
        None => response,
        Some(turned) => {
            let (status, view) = (turned.status(), turned.failure());
            let page = reader(&app, &headers, here).await.page(&view.title, failure(&view));
            (status, page).into_response()
        }
    }
}

impl Turned {
    /// What the framework itself turned away.
    fn of_status(status: StatusCode) -> Option<Turned> {
        match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Turned::NotFound),
            StatusCode::INTERNAL_SERVER_ERROR => Some(Turned::Fault(String::new())),
            StatusCode::BAD_REQUEST
            | StatusCode::UNPROCESSABLE_ENTITY
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
            | StatusCode::PAYLOAD_TOO_LARGE => Some(Turned::Unreadable),
            _ => None,
        }
    }
}
