//! Whole requests through the router: what is sent back, in which frame, with which headers.

mod house;

use axum::http::StatusCode;
use house::House;

const TOWNSHIP: &str = "seat=township.430302202000";
const VILLAGE: &str = "seat=village.430302202204";

#[tokio::test]
async fn every_answer_carries_the_guard_and_no_script_or_style() {
    let house = House::with_the_widow().await;
    for path in [
        "/",
        "/track",
        "/publish",
        "/gauge",
        "/policy",
        "/policy/dibao",
        "/policy/dibao?month=2020-01&area=430321",
        "/policy/dibao/stories",
        "/policy/one-form",
        "/policy/ask",
        "/policy/ask?for=dibao",
        "/nowhere",
        "/assets/mark.svg",
        "/seat",
        "/search",
        "/apply",
        "/queue",
        "/discover",
        "/pay",
    ] {
        for cookie in ["", TOWNSHIP, "seat=finance.430302000000", "elder=1"] {
            let answer = house.get(path, cookie).await;
            let header =
                |name: &str| answer.headers.get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
            let policy = header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("x-frame-options"), "DENY", "{path}");
            assert!(path.starts_with("/assets") || header("cache-control") == "no-store", "{path}");
            assert!(
                !answer.text.contains("<script") && !answer.text.contains(" style=") && !answer.text.contains("<style"),
                "{path}"
            );
            assert!(answer.status.as_u16() < 500, "{path} {cookie}");
            assert!(answer.text.len() < 100_000, "{path} is a small page");
        }
    }
}

#[tokio::test]
async fn a_role_sees_what_its_role_may() {
    let house = House::with_the_widow().await;
    let doors = ["/search", "/queue", "/apply", "/discover", "/pay"];
    for (seat, open) in [
        ("", [false; 5]),
        ("village.430302202204", [true, true, true, true, false]),
        ("township.430302202000", [true, true, true, true, false]),
        ("social.430302202000", [true, true, false, true, false]),
        ("checker.430302000000", [true, true, false, false, false]),
        ("approver.430302000000", [true, true, false, true, true]),
        ("finance.430302000000", [false, false, false, false, true]),
        ("city.430300000000", [true, true, false, true, true]),
        ("auditor.430300000000", [true, true, false, true, true]),
    ] {
        for (door, may) in doors.iter().zip(open) {
            let status = house.get(door, &format!("seat={seat}")).await.status;
            assert_eq!(status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{seat} at {door}");
        }
    }
}

#[tokio::test]
async fn a_book_is_read_as_a_page_and_an_unknown_one_is_not_found() {
    let house = House::open().await;
    let list = house.get("/policy", "").await;
    assert!(list.text.contains("href=\"/policy/dibao\"") && list.text.contains("低保是按月发给家庭的钱"));
    assert!(house.get("/policy/dibao", "").await.text.contains("谁算一家人</h2>"));
    for (path, words) in [
        (
            "/policy/dibao",
            &["<dt id=\"d-城市低保标准\">城市低保标准", "湘潭市，2021-07 起", "示例", "承诺：从交表到确认，20 日。"][..],
        ),
        ("/policy/dibao", &["每个人", "不符合时：", "家庭存款超过当地规定", "<a href=\"#t-办法\""]),
        ("/policy/dibao", &["符合，660元；从 2021-10 发", "SHA-256"]),
        ("/policy/dibao?month=2020-01", &["这个月还没有这本书管着"]),
        ("/policy/dibao?month=2030-01", &["只核对到 2022-10-19", "这个月没有查到"]),
        ("/policy/dibao?month=九月", &["月份请这样写", "value=\"九月\""]),
        ("/policy/dibao?area=110101", &["下面的数字按湘潭市"]),
        ("/policy/dibao/stories", &["有能力的儿子一分钱没给", "有能力的赡养人没有给赡养费，要入户了解。</p>"]),
        ("/policy/one-form", &["残疾人证", "data-label=\"归属\""]),
    ] {
        let shown = house.get(path, "").await.text;
        for word in words {
            assert!(shown.contains(word), "{word} at {path}");
        }
    }
    let none = house.get("/policy/nothing", "").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    assert!(none.text.contains("没有这个页面") && none.text.contains("回首页"), "the 404 is a page of ours");
}

#[tokio::test]
async fn words_find_their_section_and_stay_out_of_addresses() {
    let house = House::open().await;
    let found = house.post("/policy/find", "", &[("words", "存款")]).await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(found.text.contains("<mark>存款</mark>") && found.text.contains("href=\"/policy/dibao#s-符合不符合\""));
    let book = house.get("/policy/dibao", "").await.text;
    assert!(book.contains("<h2 id=\"s-符合不符合\">"), "what was found is there");
    assert!(house.post("/policy/find", "", &[("words", "zdshbz")]).await.text.contains("最低生活保障</a>"));
    let none = house.post("/policy/find", "", &[("words", "<b>量子</b>")]).await;
    assert!(none.text.contains("没有找到") && none.text.contains("value=\"&lt;b&gt;量子&lt;/b&gt;\""));
    assert_eq!(house.post("/policy/find", "", &[("words", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.get("/policy/find", "").await.location(), "/policy", "a switch of face loses only the words");
}

#[tokio::test]
async fn the_face_is_one_cookie_and_comes_back_to_the_same_page() {
    let house = House::open().await;
    let answer = house.post("/elder", "", &[("elder", "1"), ("back", "/policy/dibao")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/policy/dibao"));
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("elder=1;") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    assert!(house.get("/policy", "elder=1").await.text.contains("<html lang=\"zh-CN\" class=\"elder\">"));
    assert!(!house.get("/policy", "elder=0").await.text.contains("class=\"elder\""));
    let away = house.post("/elder", "", &[("elder", "1"), ("back", "https://other.example")]).await;
    assert_eq!(away.location(), "/", "never to another host");
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let house = House::open().await;
    let answer = house.post_from("/elder", "", &[("elder", "1"), ("back", "/")], "http://other.example").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn a_seat_is_marked_as_demo_and_shows_its_doors() {
    let house = House::open().await;
    let resident = house.get("/policy", "").await.text;
    assert!(resident.contains("演示") && resident.contains("居民") && !resident.contains("href=\"/search\""));
    let clerk = house.get("/policy", TOWNSHIP).await.text;
    assert!(clerk.contains("href=\"/search\"") && !clerk.contains("href=\"/pay\""));
    let taken = house.post("/seat", "", &[("seat", "township.430302202000"), ("back", "/")]).await;
    assert!(taken.headers["set-cookie"].to_str().unwrap().starts_with("seat=township.430302202000;"));
    let elsewhere = house.post("/seat", "", &[("seat", "township.110101001000"), ("back", "/")]).await;
    assert_eq!(elsewhere.status, StatusCode::BAD_REQUEST, "no seat outside the city");
}

#[tokio::test]
async fn people_are_found_by_name_tail_or_both_within_the_seats_area_and_masked() {
    let house = House::with_the_widow().await;
    for (question, found) in [
        ("周桂兰", true),
        ("周", true),
        ("0022", true),
        ("周桂兰 0022", true),
        ("王 0022", false),
        ("9999", false),
        ("430399196805120022", true),
    ] {
        let page = house.post("/search", TOWNSHIP, &[("q", question)]).await.text;
        assert_eq!(page.contains(">周桂兰</a>"), found, "{question}");
        assert!(!found || page.contains("4303**********0022"), "{question}");
    }
    let typed = house.post("/search", TOWNSHIP, &[("q", "周桂兰")]).await.text;
    assert!(!typed.contains("430399196805120022"), "no page carries a whole ID number");
    let elsewhere = house.post("/search", "seat=township.430304001000", &[("q", "周桂兰")]).await.text;
    assert!(elsewhere.contains("没有查到"), "another township's clerk does not find her");
    let page = house.post("/search", TOWNSHIP, &[("q", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_one_form_keeps_what_was_typed_and_names_every_error() {
    let house = House::open().await;
    assert_eq!(house.get("/apply", "").await.status, StatusCode::FORBIDDEN, "a resident has no seat at this desk");
    let typed = [("village", "430302202204"), ("members", "1"), ("m0.name", "周桂兰"), ("m0.id", "4303")];
    let wrong = house.post("/apply", VILLAGE, &[typed.as_slice(), &[("do", "hand-in")]].concat()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"周桂兰\"") && wrong.text.contains("有几处要改一下"), "kept and named");
    assert!(wrong.text.contains("<title>要改：一张表"), "the title says so too");
    let more = house.post("/apply", VILLAGE, &[typed.as_slice(), &[("do", "more")]].concat()).await.text;
    assert!(more.contains("第 2 人") && more.contains("value=\"周桂兰\"") && !more.contains("有几处要改一下"));
}

#[tokio::test]
async fn when_a_real_person_is_in_the_register_only_the_public_pages_stay_open() {
    let house = House::with_the_widow().await;
    assert_eq!(house.get("/search", TOWNSHIP).await.status, StatusCode::OK);
    house.let_a_real_person_in().await;
    for path in ["/search", "/queue", "/apply", "/discover", "/pay", "/seat"] {
        let answer = house.get(path, TOWNSHIP).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.text.contains("工作人员的页面没有开放") && !answer.text.contains("class=\"demo\""), "{path}");
    }
    for path in ["/", "/track", "/publish", "/gauge", "/policy"] {
        assert_eq!(house.get(path, TOWNSHIP).await.status, StatusCode::OK, "{path}");
    }
}
