//! Whole requests through the router: what is sent back, in which frame, with which headers.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use law::Library;
use tower::ServiceExt;
use values::{AreaTree, Day, WorkCalendar};
use web::{App, Moment, router};

const AREAS: &str = include_str!("../../../data/areas/xiangtan.csv");

fn app() -> Router {
    let day = Day::new(2021, 9, 6).unwrap();
    let book = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let books = vec![
        book("policy/one-form.md", include_str!("../../../policy/one-form.md")),
        book("policy/dibao.md", include_str!("../../../policy/dibao.md")),
    ];
    router(App {
        books: books.clone(),
        library: Arc::new(Library::load(&books).unwrap_or_else(|findings| panic!("{}", findings[0]))),
        calendar: Arc::new(WorkCalendar::from_csv(include_str!("../../../data/calendar/workdays.csv")).unwrap()),
        areas: Arc::new(AreaTree::from_csv(AREAS).unwrap()),
        demo_village: "430302202204".parse().unwrap(),
        clock: Arc::new(move || Moment { day, at: "2021-09-06T09:00:00+08:00".into(), unix_ms: 1_630_890_000_000 }),
        seal_key: [7; 32],
    })
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

async fn ask(request: Request<Body>) -> Answer {
    let response = app().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 4 << 20).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

async fn get(path: &str, cookie: &str) -> Answer {
    ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

async fn post(path: &str, form: &str, origin: &str) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("host", "dixian.example")
        .header("origin", origin)
        .body(Body::from(form.to_owned()))
        .unwrap();
    ask(request).await
}

#[tokio::test]
async fn every_answer_carries_the_guard() {
    for path in ["/policy", "/policy/dibao", "/nowhere", "/assets/mark.svg", "/seat"] {
        let answer = get(path, "").await;
        let header = |name: &str| answer.headers.get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        assert!(!header("cache-control").is_empty(), "{path}");
        assert!(
            !answer.text.contains("<script") && !answer.text.contains(" style=") && !answer.text.contains("<style"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_book_is_read_as_a_page_and_an_unknown_one_is_not_found() {
    let list = get("/policy", "").await;
    assert!(list.text.contains("href=\"/policy/dibao\""), "{}", list.text);
    assert!(list.text.contains("低保是按月发给家庭的钱"), "{}", list.text);
    assert!(get("/policy/dibao", "").await.text.contains("谁算一家人</h2>"));
    let none = get("/policy/nothing", "").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    assert!(none.text.contains("没有这个页面") && none.text.contains("回首页"), "the 404 is a page of ours");
}

#[tokio::test]
async fn the_face_is_one_cookie_and_comes_back_to_the_same_page() {
    let answer = post("/elder", "elder=1&back=%2Fpolicy%2Fdibao", "http://dixian.example").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers["location"], "/policy/dibao");
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("elder=1;") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    assert!(get("/policy", "elder=1").await.text.contains("<html lang=\"zh-CN\" class=\"elder\">"));
    assert!(!get("/policy", "elder=0").await.text.contains("class=\"elder\""));
    let away = post("/elder", "elder=1&back=https%3A%2F%2Fother.example", "http://dixian.example").await;
    assert_eq!(away.headers["location"], "/", "never to another host");
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let answer = post("/elder", "elder=1&back=%2F", "http://other.example").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn a_seat_is_marked_as_demo_and_shows_its_doors() {
    let resident = get("/policy", "").await.text;
    assert!(resident.contains("演示") && resident.contains("居民") && !resident.contains("href=\"/search\""));
    let clerk = get("/policy", "seat=township.430302202000").await.text;
    assert!(clerk.contains("href=\"/search\"") && !clerk.contains("href=\"/pay\""));
    let taken = post("/seat", "seat=township.430302202000&back=%2F", "http://dixian.example").await;
    assert!(taken.headers["set-cookie"].to_str().unwrap().starts_with("seat=township.430302202000;"));
    let elsewhere = post("/seat", "seat=township.110101001000&back=%2F", "http://dixian.example").await;
    assert_eq!(elsewhere.status, StatusCode::BAD_REQUEST, "no seat outside the city");
}

#[tokio::test]
async fn the_one_form_keeps_what_was_typed_and_names_every_error() {
    assert_eq!(get("/apply", "").await.status, StatusCode::FORBIDDEN, "a resident has no seat at this desk");
    let request = |form: &str| {
        Request::post("/apply")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", "seat=village.430302202204")
            .body(Body::from(form.to_owned()))
            .unwrap()
    };
    let wrong =
        ask(request("do=hand-in&village=430302202204&members=1&m0.name=%E5%91%A8%E6%A1%82%E5%85%B0&m0.id=4303")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"周桂兰\"") && wrong.text.contains("有几处要改一下"), "kept and named");
    assert!(wrong.text.contains("<title>要改：一张表"), "the title says so too");
    let more = ask(request("do=more&village=430302202204&members=1&m0.name=%E5%91%A8%E6%A1%82%E5%85%B0")).await;
    assert!(
        more.text.contains("第 2 人")
            && more.text.contains("value=\"周桂兰\"")
            && !more.text.contains("有几处要改一下")
    );
}
