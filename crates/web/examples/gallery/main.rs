//! Every page with invented people and figures, to look at while designing: `cargo run -p dixian-web --example gallery`, then
//! open 127.0.0.1:8090. `?elder=1` shows the 长辈版. Nothing here reaches a real page.

mod lists;
mod one_case;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use axum::routing::get;
use lists::{envelope, gauge_page, measures, notice, pay_page, person_page, publish_page, search_page};
use maud::Markup;
use one_case::{answers, case, on};
use values::Fen;
use web::frame::{Frame, page};
use web::seat::{Role, Seat};
use web::{assets, discover, failure, home, publish, search, seat, track};
fn body(name: &str) -> Markup {
    match name {
        "search" => search_page(),
        "empty" => search::search(&search::Search {
            question: "周".into(),
            errors: vec![],
            found: Some(vec![]),
            next: String::new(),
        }),
        "case" => case(),
        "person" => person_page(),
        "track" => track::ask("", &[]),
        "wrong" => track::ask(
            "4303",
            &[web::parts::FieldError { name: "number".into(), text: web::words::track::NOT_FOUND.into() }],
        ),
        "answers" => answers(),
        "publish" => publish_page(),
        "notice" => publish::notice(&notice()),
        "gauge" => gauge_page(),
        "pay" => pay_page(),
        "envelope" => envelope(),
        "discover" => discover::leads(&discover::Leads {
            leads: vec![discover::Lead {
                href: "/person".into(),
                name: "李大爷".into(),
                village: "新石村".into(),
                programme: "高龄津贴".into(),
                amount: Some(Fen::yuan(100)),
                state: "等着上门".into(),
                since: on("2021-09-01"),
            }],
            more: false,
        }),
        "seat" => seat::seats(
            &sample_seat(),
            &seat::offers("430302202204".parse().expect("a village"), |a| a.to_string()),
            "/",
        ),
        "apply" => apply_page(),
        "404" => failure::failure(&failure::Failure::not_found()),
        _ => home::home(
            &frame(false, "/"),
            &home::Home { queue: Some(home::Queue { late: 1, soon: 3, good: 27 }), measures: measures() },
        ),
    }
}

fn apply_page() -> Markup {
    let text = std::fs::read_to_string("policy/one-form.md").unwrap_or_default();
    let form = law::form::OneForm::parse("policy/one-form.md", &text).expect("the form of the house reads");
    let typed = web::typed::Typed(vec![("m0.id".into(), "43039919480512".into()), ("members".into(), "2".into())]);
    let today = on("2021-09-06");
    let errors = web::apply::draft::read(&typed, &form, today).err().unwrap_or_default();
    web::apply::page::form_page(&web::apply::page::FormPage {
        form: &form,
        villages: vec![],
        typed: &typed,
        errors: &errors,
        key: "k",
    })
}

fn sample_seat() -> Seat {
    Seat { role: Role::TownshipClerk, office: "430302202".parse().expect("a township") }
}

fn frame(elder: bool, here: &str) -> Frame {
    Frame {
        city: "湘潭市".into(),
        today: on("2021-09-17"),
        elder,
        seat: sample_seat(),
        demo: true,
        here: here.into(),
        carried: vec![],
    }
}

#[derive(serde::Deserialize)]
struct Face {
    elder: Option<u8>,
    resident: Option<u8>,
    print: Option<u8>,
}

async fn show(Path(name): Path<String>, Query(face): Query<Face>) -> impl IntoResponse {
    let mut frame = frame(face.elder.is_some(), &format!("/{name}"));
    if face.resident.is_some() || name == "answers" || name == "track" {
        frame.seat.role = Role::Resident;
    }
    let body = if name == "home" {
        home::home(
            &frame,
            &home::Home { queue: Some(home::Queue { late: 1, soon: 3, good: 27 }), measures: measures() },
        )
    } else {
        body(&name)
    };
    (
        [("content-type", "text/html; charset=utf-8")],
        dressed(page(&frame, &name, body).into_string(), face.print.is_some()),
    )
}

/// `?print=1` shows on the screen what paper would get.
fn dressed(html: String, print: bool) -> String {
    if print { html.replace(assets::stylesheet_path(), "/paper.css") } else { html }
}

async fn paper() -> impl IntoResponse {
    ([("content-type", "text/css; charset=utf-8")], assets::STYLESHEET.replace("@media print", "@media all"))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new()
        .route("/assets/{name}", get(assets::asset))
        .route("/paper.css", get(paper))
        .route("/{name}", get(show));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8090").await?;
    axum::serve(listener, app).await
}
