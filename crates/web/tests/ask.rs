//! 这对我意味着什么, walked as a family walks it: one question after another, until the answer is settled.

mod house;

use axum::http::StatusCode;
use house::{Answer, House};

/// The fields that the form of a page carries, and the fields it asks for.
struct Page {
    text: String,
    carried: Vec<(String, String)>,
    asked: Vec<String>,
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

impl Page {
    fn of(answer: Answer) -> Page {
        let form = answer.text.split("<main").nth(1).and_then(|main| main.split("</main>").next()).unwrap().to_owned();
        let carried = between(&form, "<input type=\"hidden\" name=\"", ">");
        let carried = carried.iter().map(|field| {
            let (name, rest) = field.split_once("\" value=\"").unwrap();
            (name.to_owned(), rest.trim_end_matches('"').to_owned())
        });
        let carried = carried.collect();
        let mut asked: Vec<String> =
            between(&form, " name=\"q.", "\"").iter().map(|name| format!("q.{name}")).collect();
        asked.dedup();
        Page { text: form, carried, asked }
    }

    fn fact(&self) -> Option<&str> {
        self.carried.iter().find(|(name, _)| name == "ask").map(|(_, fact)| fact.as_str())
    }

    fn heading(&self) -> &str {
        between(&self.text, "<h1>", "</h1>")[0]
    }
}

async fn send(house: &House, page: &Page, more: &[(&str, &str)]) -> Page {
    let carried = page.carried.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let pairs: Vec<(&str, &str)> = carried.chain(more.iter().copied()).collect();
    Page::of(house.post("/policy/ask", "", &pairs).await)
}

async fn begin(house: &House, programme: &str, people: &[&str]) -> Page {
    let mut pairs = vec![("for", programme), ("area", "430321"), ("do", "everybody")];
    pairs.extend(people.iter().map(|who| ("who", *who)));
    Page::of(house.post("/policy/ask", "", &pairs).await)
}

/// Answers every question: as `known` says (a field, or a fact for everybody), else 没有, else 否, 无, 正常 or 0.
async fn walk(house: &House, mut page: Page, known: &[(&str, &str)]) -> (Page, Vec<String>) {
    let mut facts = Vec::new();
    while let Some(fact) = page.fact().map(str::to_owned) {
        assert!(facts.len() < 60, "the asking comes to an end: {facts:?}");
        assert!(!facts.contains(&fact), "{fact} is asked once: {facts:?}");
        let answer = |field: &str| {
            known.iter().find(|(name, _)| *name == field || *name == fact).map_or("", |(_, text)| *text).to_owned()
        };
        let answers: Vec<(String, String)> = page.asked.iter().map(|name| (name.clone(), answer(&name[2..]))).collect();
        let told: Vec<(&str, &str)> = answers.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        page = if told.iter().all(|(_, text)| text.is_empty()) && page.text.contains("value=\"none\"") {
            send(house, &page, &[("do", "none")]).await
        } else {
            let list = page.text.find("type=\"radio\"").map_or("", |at| &page.text[at..]);
            let offered = ["否", "无", "正常"].into_iter().find(|word| list.contains(&format!("value=\"{word}\"")));
            let nothing = offered.unwrap_or("0");
            let filled: Vec<(&str, &str)> =
                told.iter().map(|(name, text)| (*name, if text.is_empty() { nothing } else { *text })).collect();
            send(house, &page, &[&filled[..], &[("do", "answer")]].concat()).await
        };
        assert!(!page.text.contains("error-summary"), "{fact}: {}", page.text);
        facts.push(fact);
    }
    (page, facts)
}

const FAMILY: [(&str, &str); 6] = [
    ("出生日期", "2011-02-01"),
    ("户口", "农村"),
    ("房屋套数", "1"),
    ("m0.工资", "600"),
    ("状态", "在家"),
    ("在读", "义务教育"),
];

#[tokio::test]
async fn a_family_is_asked_until_the_answer_is_settled_and_gets_what_the_book_says() {
    let house = House::open().await;
    let page = begin(&house, "dibao", &["本人", "配偶", "子女"]).await;
    let known = [&FAMILY[..], &[("m1.工资", "0"), ("m2.工资", "0")]].concat();
    let (result, facts) = walk(&house, page, &known).await;
    assert!(result.text.contains("符合，每月 720 元，从 2021-10 起发"), "{}", result.text);
    assert!(result.text.contains("办法 第二十三条") && result.text.contains("示例"));
    assert!(facts.len() < 25, "{} questions: {facts:?}", facts.len());
    assert!(
        !facts.iter().any(|fact| fact == "离家年数" || fact == "摩托车"),
        "what hangs on a no is not asked: {facts:?}"
    );

    let changed = send(&house, &result, &[("change", "工资")]).await;
    assert!(
        changed.text.contains("value=\"600\"") && changed.fact() == Some("工资"),
        "the answer is kept: {}",
        changed.text
    );
    let told = [("q.m0.工资", "6000"), ("q.m1.工资", "0"), ("q.m2.工资", "0"), ("do", "answer")];
    let refused = send(&house, &changed, &told).await;
    for words in ["不符合", "家庭人均收入不低于当地低保标准", "可以看是否符合低保边缘家庭", "您家的数：", "暂行 第九条"]
    {
        assert!(refused.text.contains(words), "{words} in {}", refused.text);
    }
}

#[tokio::test]
async fn a_car_settles_it_and_nothing_more_is_asked() {
    let house = House::open().await;
    let (result, facts) = walk(
        &house,
        begin(&house, "dibao", &["本人"]).await,
        &[&FAMILY[..3], &FAMILY[4..], &[("有机动车", "是")]].concat(),
    )
    .await;
    assert!(result.text.contains("家里有规定以外的机动车"), "{}", result.text);
    assert!(facts.iter().all(|fact| fact != "存款"), "{facts:?}");
    assert!(
        result.text.contains("怎样会不同") && result.text.contains("您本人的“有机动车”如果是“否”"),
        "{}",
        result.text
    );
}

#[tokio::test]
async fn all_at_once_shows_what_gives_most_together_and_why_not_everything() {
    let house = House::with_all_books().await;
    let page = begin(&house, "all", &["本人"]).await;
    let known = [
        ("出生日期", "1948-05-12"),
        ("户口", "农村"),
        ("状态", "在家"),
        ("性别", "男"),
        ("残疾类别", "肢体"),
        ("残疾等级", "二级"),
        ("劳动能力", "无"),
        ("自理能力", "能自理"),
        ("房屋套数", "1"),
    ];
    let (result, facts) = walk(&house, page, &known).await;
    for words in ["放在一起，能拿得最多的是", "每月合计", "另外", "为什么不能都要", "国发〔2016〕14号"]
    {
        assert!(result.text.contains(words), "{words} after {facts:?} in {}", result.text);
    }
    assert!(facts.len() < 50, "{} questions: {facts:?}", facts.len());
}

#[tokio::test]
async fn not_knowing_is_an_answer() {
    let house = House::open().await;
    let mut page = begin(&house, "dibao", &["本人"]).await;
    let mut questions = 0;
    while page.fact().is_some() {
        page = send(&house, &page, &[("do", "skip")]).await;
        questions += 1;
        assert!(questions < 60, "not knowing comes to an end too");
    }
    assert!(page.text.contains("还不知道") && page.text.contains("还缺："), "{}", page.text);
    assert!(page.text.contains("都是“不知道”") || page.text.contains(">不知道</dd>"));
}

#[tokio::test]
async fn every_step_can_be_taken_back_and_nothing_typed_is_lost() {
    let house = House::open().await;
    let first = Page::of(house.get("/policy/ask?for=dibao", "").await);
    assert!(first.heading().contains("哪个县"), "the programme is known: {}", first.heading());
    let nowhere = house.post("/policy/ask", "", &[("for", "dibao"), ("do", "area")]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.text.contains("<title>要改：") && nowhere.text.contains("请选一个地方"));
    let who = send(&house, &first, &[("area", "430321"), ("do", "area")]).await;
    assert!(who.heading().contains("家里有谁"));
    let two = send(&house, &who, &[("relation", "子女"), ("do", "add")]).await;
    assert!(two.text.contains("<li>您本人</li><li>子女</li>"), "{}", two.text);
    let one = send(&house, &two, &[("do", "drop")]).await;
    assert!(!one.text.contains("<li>子女</li>"));
    let question = send(&house, &two, &[("do", "everybody")]).await;
    let fact = question.fact().unwrap().to_owned();
    let wrong: Vec<(&str, &str)> = vec![(question.asked[0].as_str(), "也许"), ("do", "answer")];
    let again = send(&house, &question, &wrong).await;
    assert!(again.text.contains("error-summary") && again.fact() == Some(fact.as_str()));
    let next = send(&house, &question, &[("do", "none")]).await;
    assert_ne!(next.fact(), Some(fact.as_str()));
    let back = send(&house, &next, &[("do", "back")]).await;
    assert_eq!(back.fact(), Some(fact.as_str()));
    let kept = back.text.contains(" checked") || back.text.contains("value=\"0\"");
    assert!(kept, "what was answered stands there: {}", back.text);
    assert!(send(&house, &back, &[("do", "back")]).await.heading().contains("家里有谁"));
}

#[tokio::test]
async fn what_was_said_is_in_no_address_and_survives_a_switch_of_face() {
    let house = House::open().await;
    let pairs = [
        ("for", "dibao"),
        ("area", "430321"),
        ("who", "本人"),
        ("who", "子女"),
        ("m1.工资", "77"),
        ("elder", "1"),
        ("back", "/policy/ask"),
        ("carried", "1"),
    ];
    let switched = house.post("/elder", "", &pairs).await;
    assert_eq!(
        (switched.status, switched.location()),
        (StatusCode::TEMPORARY_REDIRECT, "/policy/ask"),
        "the form is sent on"
    );
    let page = house.post("/policy/ask", "elder=1", &pairs).await;
    assert!(page.text.contains("class=\"elder\"") && page.text.contains("value=\"77元/月\""));
    for address in between(&page.text, "href=\"", "\"").into_iter().chain(between(&page.text, "action=\"", "\"")) {
        assert!(!address.contains("77") && !address.contains("工资"), "{address}");
    }
    let nonsense = house.post("/policy/ask", "", &[("do", "rm"), ("for", "dibao")]).await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
    let nobody = house.post("/policy/ask", "", &[("do", "answer"), ("ask", "姓名"), ("for", "dibao")]).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
}
