//! Every address of the house, and who answers it.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Form, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use serde::Deserialize;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::answer::{ELDER_COOKIE, Reader, SEAT_COOKIE, Turned, dress, set_cookie};
use crate::app::App;
use crate::case_page::desk;
use crate::frame::safe_back;
use crate::policy::shelf::Shelf;
use crate::seat::{Seat, offers, seats};
use crate::words::seats as seat_words;
use crate::{
    apply, ask, assets, behind, discover, gauge, headers, home, pay, person, policy, publish, queue, search, supervise,
    track,
};

/// The one form of a large family fits many times over.
const LARGEST_FORM_BYTES: usize = 256 * 1024;

/// All pages of one city.
pub fn router(app: App) -> Router {
    let shelf = Arc::new(Shelf::new(&app.books));
    let app = Arc::new(app);
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(search::show).post(search::ask))
        .route("/queue", get(queue::show))
        .route("/supervise", get(supervise::show))
        .route("/case/{number}", get(desk::show).post(desk::act))
        .route("/person/{county}/{id}", get(person::show))
        .route("/track", get(track::show).post(track::open))
        .route("/track/case", get(track::answer))
        .route("/track/leave", post(track::leave))
        .route("/publish", get(publish::show))
        .route("/publish/{number}", get(publish::show_notice))
        .route("/gauge", get(gauge::show))
        .route("/gauge/{key}", get(behind::show))
        .route("/pay", get(pay::show))
        .route("/pay/{county}/{id}", get(pay::show_envelope))
        .route("/discover", get(discover::show))
        .route("/apply", get(apply::show).post(apply::take))
        .route("/apply/receipt/{number}", get(apply::show_receipt))
        .route("/policy", get(policy::show_books))
        .route("/policy/find", get(policy::leave_found).post(policy::show_found))
        .route("/policy/ask", get(ask::show).post(ask::take))
        .route("/policy/lab", get(policy::lab::show))
        .route("/policy/{name}", get(policy::show_book))
        .route("/policy/{name}/stories", get(policy::show_stories))
        .route("/seat", get(show_seats).post(take_seat))
        .route("/elder", post(change_face))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(DefaultBodyLimit::max(LARGEST_FORM_BYTES))
        .layer(middleware::from_fn_with_state(app.clone(), dress))
        .route("/assets/{name}", get(assets::asset))
        .layer(middleware::from_fn(headers::guard))
        .layer(Extension(shelf))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// Serves the pages until `stop` comes to pass; requests under way are finished first.
///
/// # Errors
/// A fault of the network.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(app)).with_graceful_shutdown(stop).await
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Turned::Fault("a page panicked".to_owned()).into_response()
}

/// Sends the reader to another page of this site.
pub fn go(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, safe_back(path).to_owned())]).into_response()
}

fn go_with_cookie(path: &str, cookie: String) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, safe_back(path).to_owned()), (header::SET_COOKIE, cookie)])
        .into_response()
}

#[derive(Deserialize)]
struct Face {
    elder: String,
    back: String,
    /// Set on a page whose form carries what was said; then the same form is sent on to it.
    #[serde(default)]
    carried: String,
}

async fn change_face(Form(face): Form<Face>) -> Response {
    let value = if face.elder == "1" { "1" } else { "0" };
    let mut response = go_with_cookie(&face.back, set_cookie(ELDER_COOKIE, value, 365));
    if face.carried == "1" {
        *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    }
    response
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

async fn show_seats(State(app): State<Arc<App>>, reader: Reader, Query(back): Query<Back>) -> Result<Response, Turned> {
    if !reader.frame.demo {
        return Err(Turned::Closed);
    }
    let offers = offers(app.demo_village, |area| app.areas.path(area));
    Ok(reader.page(seat_words::TITLE, seats(&reader.frame.seat, &offers, safe_back(&back.back))))
}

#[derive(Deserialize)]
struct Taken {
    seat: String,
    back: String,
}

async fn take_seat(State(app): State<Arc<App>>, reader: Reader, Form(taken): Form<Taken>) -> Result<Response, Turned> {
    if !reader.frame.demo {
        return Err(Turned::Closed);
    }
    let seat =
        Seat::of_cookie(&taken.seat).filter(|seat| app.city().contains(&seat.office)).ok_or(Turned::Unreadable)?;
    Ok(go_with_cookie(&taken.back, set_cookie(SEAT_COOKIE, &seat.to_cookie(), 0)))
}
