//! The widow's case through the pages alone, from the one form to the letter, by the people who may do each step.

mod house;

use axum::http::StatusCode;
use house::{Answer, House};

const VILLAGE: &str = "seat=village.430302202204";
const TOWNSHIP: &str = "seat=township.430302202000";
const CHECKER: &str = "seat=checker.430302000000";
const APPROVER: &str = "seat=approver.430302000000";

const WIDOW: [(&str, &str); 10] = [
    ("do", "hand-in"),
    ("village", "430302202204"),
    ("members", "2"),
    ("m0.name", "周桂兰"),
    ("m0.id", "430399196805120022"),
    ("m1.name", "刘子杰"),
    ("m1.id", "430399200603210010"),
    ("m1.关系", "子女"),
    ("signed", "是"),
    ("help", "someone"),
];

async fn hand_in(house: &House) -> String {
    let key = house.get("/apply", VILLAGE).await.hidden("", "key");
    let sent = house.post("/apply", VILLAGE, &[&WIDOW[..], &[("key", key.as_str())]].concat()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let number = sent.location().rsplit('/').next().unwrap().to_owned();
    let again = house.post("/apply", VILLAGE, &[&WIDOW[..], &[("key", key.as_str())]].concat()).await;
    assert_eq!(again.location(), sent.location(), "the same form sent twice is one case");
    number
}

/// Day, seat, act, what is typed.
type Leg = (&'static str, &'static str, &'static str, Vec<(&'static str, &'static str)>);

/// Presses the button of an act on the case page.
async fn act(house: &House, day: &str, seat: &str, number: &str, act: &str, pairs: &[(&str, &str)]) -> Answer {
    house.today(day);
    let path = format!("/case/{number}");
    let page = house.get(&path, seat).await;
    let (seen, key) = (page.hidden(act, "seen"), page.hidden(act, "key"));
    house.post(&path, seat, &[&[("act", act), ("seen", &seen), ("key", &key)], pairs].concat()).await
}

#[tokio::test]
async fn she_applies_once_and_everything_after_is_done_for_her() {
    let house = House::with_the_widow().await;
    let number = hand_in(&house).await;
    assert_eq!(number, "430302-20210906-00001");
    let receipt = house.get(&format!("/apply/receipt/{number}"), VILLAGE).await.text;
    assert!(
        receipt.contains(&number) && receipt.contains("2021-09-26 周日") && receipt.contains("周*兰"),
        "number, promise, masked name"
    );

    let legs: [Leg; 7] = [
        ("2021-09-06", TOWNSHIP, "accepted", vec![]),
        ("2021-09-07", TOWNSHIP, "check_asked", vec![("source", "税务"), ("source", "银行")]),
        ("2021-09-08", TOWNSHIP, "visited", vec![("first", "A1"), ("second", "A2"), ("seen0", "一间瓦房")]),
        ("2021-09-08", CHECKER, "check_answered", vec![("source", "税务")]),
        ("2021-09-09", CHECKER, "check_answered", vec![("source", "银行"), ("found", "存款 2000 元")]),
        ("2021-09-09", TOWNSHIP, "opinion_for", vec![]),
        ("2021-09-09", TOWNSHIP, "posted", vec![]),
    ];
    for (day, seat, name, pairs) in legs {
        let done = act(&house, day, seat, &number, name, &pairs).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.text);
    }

    let board = house.get("/publish?county=430302000000", "").await.text;
    assert!(
        board.contains("周桂兰") && board.contains("2021-09-16 周四") && board.contains("还有 7 天"),
        "the notice hangs"
    );
    assert!(!board.contains("0022") && !board.contains("430399"), "no number of hers hangs there");
    let notice = house.get(&format!("/publish/{number}"), "").await;
    assert!(notice.text.contains("最低生活保障审核公示") && notice.text.contains("雨湖区民政局"));
    house.today("2021-09-17");
    assert_eq!(
        house.get(&format!("/publish/{number}"), "").await.status,
        StatusCode::NOT_FOUND,
        "it comes down by itself"
    );
    assert!(house.get("/publish", "").await.text.contains("没有正在公示的事项"));

    for (day, seat, name) in [
        ("2021-09-17", TOWNSHIP, "publication_ended"),
        ("2021-09-18", APPROVER, "confirmed"),
        ("2021-09-18", TOWNSHIP, "notified"),
    ] {
        assert_eq!(act(&house, day, seat, &number, name, &[]).await.status, StatusCode::SEE_OTHER, "{name}");
    }
    let case = house.get(&format!("/case/{number}"), TOWNSHIP).await.text;
    assert!(case.contains("按时办结，用了 12 天"), "the promise's clock stopped at the confirmation");
    assert!(case.contains("4303**********0022") && !case.contains("430399196805120022"));
    let person = house.post("/search", TOWNSHIP, &[("q", "周桂兰")]).await.text;
    assert!(person.contains("最低生活保障 ") && person.contains(&number), "the award and the case are found with her");
}

#[tokio::test]
async fn who_acts_second_is_told_and_nothing_is_written() {
    let house = House::with_the_widow().await;
    let number = hand_in(&house).await;
    let path = format!("/case/{number}");
    let page = house.get(&path, TOWNSHIP).await;
    let (seen, key) = (page.hidden("accepted", "seen"), page.hidden("accepted", "key"));
    let form = [("act", "accepted"), ("seen", seen.as_str()), ("key", key.as_str())];
    assert_eq!(house.post(&path, TOWNSHIP, &form).await.status, StatusCode::SEE_OTHER);
    let late = house.post(&path, TOWNSHIP, &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("刚刚被别人办过了") && late.text.contains(&format!("href=\"{path}\"")));
    assert_eq!(house.store.case_by_number(&number).await.unwrap().seq, 2);
}

#[tokio::test]
async fn a_refusal_names_its_article_and_what_to_do() {
    let house = House::with_the_widow().await;
    let number = hand_in(&house).await;
    act(&house, "2021-09-06", TOWNSHIP, &number, "accepted", &[]).await;
    let alone = act(
        &house,
        "2021-09-07",
        TOWNSHIP,
        &number,
        "visited",
        &[("first", "A1"), ("second", "A1"), ("seen0", "瓦房")],
    )
    .await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alone.text.contains("两名不同的工作人员") && alone.text.contains("第十六条"), "{}", alone.text);
    let again = house.get("/apply", VILLAGE).await.hidden("", "key");
    let second = house.post("/apply", VILLAGE, &[&WIDOW[..], &[("key", again.as_str())]].concat()).await;
    assert!(second.text.contains("已有一件正在办理的申请") && second.text.contains(&number), "one open case a family");
}

#[tokio::test]
async fn a_case_is_not_shown_to_another_township() {
    let house = House::with_the_widow().await;
    let number = hand_in(&house).await;
    assert_eq!(house.get(&format!("/case/{number}"), "seat=township.430304001000").await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.get(&format!("/case/{number}"), "").await.status, StatusCode::FORBIDDEN);
    let auditor = house.get(&format!("/case/{number}"), "seat=auditor.430300000000").await.text;
    assert!(auditor.contains("您只能看") && !auditor.contains("name=\"act\""), "an auditor sees and does nothing");
}

#[tokio::test]
async fn she_sees_her_case_with_number_and_tail_and_a_wrong_one_tells_nothing() {
    let house = House::with_the_widow().await;
    let number = hand_in(&house).await;
    let wrong_tail = house.post("/track", "", &[("number", &number), ("tail", "9999")]).await;
    let wrong_number = house.post("/track", "", &[("number", "430302-20210906-09999"), ("tail", "0022")]).await;
    let told = |answer: &Answer| answer.text.replace(&number, "N").replace("430302-20210906-09999", "N");
    assert_eq!(wrong_tail.status, wrong_number.status);
    assert_eq!(told(&wrong_tail), told(&wrong_number), "the same answer to the letter");

    let right = house.post("/track", "", &[("number", &format!(" {number}")), ("tail", "００22")]).await;
    assert_eq!(
        (right.status, right.location()),
        (StatusCode::SEE_OTHER, "/track/case"),
        "blanks and full-width digits are forgiven"
    );
    let bare = house.post("/track", "", &[("number", &number.replace('-', "")), ("tail", "0022")]).await;
    assert_eq!(bare.location(), "/track/case", "hyphens may be left out");
    let cookie = right.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let page = house.get("/track/case", &cookie).await.text;
    for answer in
        ["到哪一步了？", "在谁手里？", "哪天办完？", "为什么是这个数？", "不同意怎么办？", "2021-09-26 周日", "周*兰"]
    {
        assert!(page.contains(answer), "{answer}");
    }
    assert!(!page.contains("周桂兰") && !page.contains("0022"));
    assert_eq!(
        house.get("/track/case", "track=430302-20210906-00001.2021-09-06.00").await.location(),
        "/track",
        "a made-up seal opens nothing"
    );
    house.today("2021-09-07");
    assert_eq!(house.get("/track/case", &cookie).await.location(), "/track", "the next day it is asked again");
}

#[tokio::test]
async fn a_number_can_be_felt_for_ten_times_a_day_and_no_more() {
    let house = House::with_the_widow().await;
    let number = hand_in(&house).await;
    for tail in 0..10 {
        house.post("/track", "", &[("number", &number), ("tail", &format!("{tail:04}"))]).await;
    }
    let right = house.post("/track", "", &[("number", &number), ("tail", "0022")]).await;
    assert!(right.text.contains("今天试的次数太多了"), "even the right tail rests until tomorrow");
}
