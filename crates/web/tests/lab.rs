//! 改一个数会怎样, asked by somebody at a browser.

#[allow(dead_code, reason = "this file uses its part of the house")]
mod house;

use axum::http::StatusCode;
use house::House;

/// The words behind a heading of the page, marks left out.
fn main_of(text: &str) -> String {
    let main = text.split("<main").nth(1).and_then(|main| main.split("</main>").next()).expect("a page");
    let mut out = String::new();
    let mut inside = true;
    for sign in main.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            sign if !inside => out.push(sign),
            _ => {}
        }
    }
    out
}

#[tokio::test]
async fn another_figure_shows_who_has_more_and_no_count_below_five() {
    let house = House::open().await;
    let empty = house.get("/policy/lab", "").await;
    assert_eq!(empty.status, StatusCode::OK);
    let text = main_of(&empty.text);
    assert!(text.contains("小城里有 8 户、16 人") && !text.contains("算出来是什么"), "{text}");
    assert!(empty.text.contains("农村低保标准（420元/月）"), "the figure in force stands beside its name");
    // eight households of the widow: 农村低保 420 → 520 for two who count
    let raised = house.get("/policy/lab?figure=农村低保标准&area=430300&value=520元/月", "").await;
    let text = main_of(&raised.text);
    assert_eq!(raised.status, StatusCode::OK);
    assert!(text.contains("湘潭市：农村低保标准 420元/月 改成 520元/月"), "{text}");
    assert!(text.contains("受益 8 户、16 人，每月合计 +1,600 元；受损 0 户"), "{text}");
    // one county in which none of them lives
    let elsewhere = house.get("/policy/lab?figure=农村低保标准&area=430382&value=520元/月", "").await;
    assert!(main_of(&elsewhere.text).contains("没有一户的结论或者钱有变化"));
}

#[tokio::test]
async fn what_cannot_be_asked_is_told_at_its_field() {
    let house = House::open().await;
    let check = async |query: &str, words: &str| {
        let answer = house.get(&format!("/policy/lab?{query}"), "").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(main_of(&answer.text).contains(words), "{query}: {}", main_of(&answer.text));
    };
    check("figure=农村低保标准", "请写上想改成多少").await;
    check("figure=农村低保标谁&value=1元/月", "请在单子里选一个数").await;
    check("figure=农村低保标准&value=520元/年", "元/月").await;
    check("figure=农村低保标准&value=520=1", "农村低保标准").await;
    let long = "9".repeat(41);
    check(&format!("figure=农村低保标准&value={long}"), "请写上想改成多少").await;
}
