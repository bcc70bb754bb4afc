//! Every page with invented people and figures, to look at while designing: `cargo run -p dixian-web --example gallery`, then
//! open 127.0.0.1:8090. `?elder=1` shows the 长辈版. Nothing here reaches a real page.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use axum::routing::get;
use indicators::Amount;
use maud::{Markup, html};
use values::{Day, Fen, Month};
use web::case_page::{CasePage, FactLine, MoneyLine, Outcome};
use web::frame::{Frame, page};
use web::gauge::{CountyMoney, Gauge, Measure};
use web::parts::{Clock, ClockState, Identity, Light, ReasonLine, SpineRow, SpineState, Tile, TileCounty};
use web::seat::{Role, Seat};
use web::track::{Answers, RailStep};
use web::{assets, case_page, discover, failure, gauge, home, pay, person, policy, publish, search, seat, track};

fn on(text: &str) -> Day {
    Day::parse(text).expect("a sample day")
}

fn month(text: &str) -> Month {
    text.parse().expect("a sample month")
}

fn identity() -> Identity {
    Identity {
        who: "周桂兰".into(),
        who_more: "4303**********0028 · 1 人户".into(),
        asked: "最低生活保障".into(),
        asked_more: "湘潭市雨湖区长城乡新石村".into(),
        at: "公示".into(),
        at_more: "2021-09-13 周一 起".into(),
        holder: "新石村民政协理员".into(),
        holder_more: "演示·协理员".into(),
        promise: Some((on("2021-09-26"), Light::Good(9))),
        statute: Some((on("2021-10-22"), Light::Good(35))),
        next: "公示满七天，送雨湖区民政局确认".into(),
        next_more: "由长城乡经办人送，您不用再跑".into(),
    }
}

fn steps() -> Vec<SpineRow> {
    let row =
        |title: &str, who: &str, promised: &str, done: Option<&str>, state, note: &str, cause: &str, cite: &str| {
            SpineRow {
                title: title.into(),
                who: who.into(),
                promised: Some(on(promised)),
                is_expected: state == SpineState::Ahead,
                done: done.map(on),
                state,
                notes: if note.is_empty() { vec![] } else { vec![note.into()] },
                cause: cause.into(),
                cite: cite.into(),
            }
        };
    vec![
        row(
            "交表",
            "新石村民政协理员",
            "2021-09-06",
            Some("2021-09-06"),
            SpineState::Done,
            "口头提出，协理员代填。",
            "",
            "",
        ),
        row("受理", "长城乡经办人", "2021-09-07", Some("2021-09-07"), SpineState::Done, "", "", "办法 第十条"),
        row(
            "核对",
            "雨湖区核对员",
            "2021-09-10",
            Some("2021-09-11"),
            SpineState::DoneLate(1),
            "五个部门已答复。",
            "部门未答复",
            "办法 第十七条",
        ),
        row(
            "入户",
            "长城乡，两人",
            "2021-09-14",
            Some("2021-09-09"),
            SpineState::Done,
            "张三、李四到家看过，一人住一间瓦房，靠种菜和邻里接济。",
            "",
            "办法 第十六条",
        ),
        row("公示", "新石村公示栏", "2021-09-20", None, SpineState::Now, "", "", "办法 第十九条"),
        row("确认", "雨湖区民政局", "2021-09-22", None, SpineState::Ahead, "", "", "办法 第二十条"),
        row("首次发放", "雨湖区民政局", "2021-10-10", None, SpineState::Ahead, "", "", "办法 第二十一条"),
    ]
}

fn clocks() -> Vec<Clock> {
    let one = |name: &str, basis: &str, started: &str, due: &str, light| Clock {
        name: name.into(),
        basis: basis.into(),
        started: on(started),
        due: on(due),
        today: on("2021-09-17"),
        state: ClockState::Running,
        pauses: vec![],
        light,
    };
    vec![
        one("承诺 20 日", "交表之日起，日历日。", "2021-09-06", "2021-09-26", Light::Good(9)),
        one("法定 30 个工作日", "受理之日起。办法 第二十二条", "2021-09-07", "2021-10-22", Light::Good(35)),
    ]
}

fn outcomes() -> Vec<Outcome> {
    let line = |value: &str, text: &str, formula: &str, cite: &str, full: &str| ReasonLine {
        value: value.into(),
        text: text.into(),
        formula: formula.into(),
        cite: cite.into(),
        cite_full: full.into(),
        next_step: String::new(),
    };
    vec![Outcome {
        programme: "最低生活保障".into(),
        words: "符合".into(),
        amount: Some(Fen::yuan(320)),
        reasons: vec![
            line(
                "100元/月",
                "家里每月可计收入",
                "经营净收入 100元",
                "办法 第十三条",
                "最低生活保障审核确认办法（民发〔2021〕57号）第十三条",
            ),
            line("420元/月", "当地农村低保标准（示例）", "", "暂行办法 第九条", ""),
            line(
                "320元/月",
                "补上差的那一截",
                "标准 × 人口 - 月收入",
                "办法 第二十三条",
                "最低生活保障审核确认办法（民发〔2021〕57号）第二十三条",
            ),
        ],
        steps: vec![line("1人", "人口", "计数(计入)", "办法 第七条", "")],
        met: vec![],
        missing: vec![],
        receipt: vec![
            ("引擎".into(), "0.1.0".into()),
            ("政策".into(), "3f9a…".into()),
            ("信息".into(), "77c1…".into()),
        ],
    }]
}

fn money_lines() -> Vec<MoneyLine> {
    vec![MoneyLine {
        month: month("2021-10"),
        kind: "当月".into(),
        amount: Fen::yuan(320),
        state: "已到账".into(),
        account_masked: "6217****0043".into(),
        href: "/envelope".into(),
    }]
}

fn case() -> Markup {
    let fact = |name: &str, own: &str, source: &str| FactLine {
        name: name.into(),
        cells: vec![(String::new(), String::new()), (own.into(), source.into())],
        is_plain: own == "无",
    };
    case_page::case_page(&CasePage {
        number: "430302-2021-000001".into(),
        person_href: "/person".into(),
        identity: identity(),
        clocks: clocks(),
        steps: steps(),
        outcomes: outcomes(),
        whose: vec!["全家".into(), "1 本人".into()],
        facts: vec![
            fact("出生日期", "1948-05-12", "公安"),
            fact("经营净收入", "100元/月", "入户调查 2021-09-08"),
            fact("在读", "无", "教育"),
        ],
        money: money_lines(),
        acts: vec![
            html! { form method="post" action="#" { p { "公示满七天，没有人提出不同意见。" } button.button type="submit" { "送区民政局确认" } } },
        ],
    })
}

fn answers() -> Markup {
    let step = |name: &str, done, now| RailStep { name: name.into(), done, now };
    track::answers(&Answers {
        number: "430302-2021-000001".into(),
        name_masked: "周**".into(),
        asked: "申请最低生活保障".into(),
        rail: vec![
            step("交表", true, false),
            step("受理", true, false),
            step("核对和入户", true, false),
            step("公示", false, true),
            step("确认", false, false),
            step("发钱", false, false),
        ],
        at: "正在村里公示".into(),
        at_more:
            "公示七天，到 2021-09-20 周一 为止。村里人看得到您的名字、家里几口人、拟发多少钱，看不到证件号和病情。"
                .into(),
        holder: "新石村村委会".into(),
        holder_more: "有事找村里的民政协理员。".into(),
        promise: Some((on("2021-09-26"), Light::Good(9))),
        statute: Some(on("2021-10-22")),
        to_do: String::new(),
        outcomes: outcomes(),
        money: vec![],
        disagree: vec![
            "公示期间，可以向村委会、长城乡或雨湖区民政局提出，口头、书面都行。".into(),
            "收到决定后不同意，可以在六十日内申请行政复议，或者六个月内向法院起诉。".into(),
        ],
        clocks: clocks(),
        steps: steps(),
    })
}

fn measure(name: &str, figure: Amount, before: Option<Amount>) -> Measure {
    Measure {
        key: "sample",
        name: name.into(),
        figure,
        before,
        definition: "当月至少发成一笔钱的人，一人领几样只算一次。".into(),
        formula: "当月发放明细里状态为“已到账”的不同的人".into(),
        source: "发放明细、银行回盘".into(),
        as_of: on("2021-09-30"),
        behind: "/gauge".into(),
    }
}

fn measures() -> Vec<Measure> {
    vec![
        measure("当月发放", Amount::Money(Fen::new(3_366_012_350)), Some(Amount::Money(Fen::new(3_365_000_000)))),
        measure("领到钱的人", Amount::Persons(140_003), Some(Amount::Persons(140_000))),
        measure("二十日内办结", Amount::Share(Some(9_860)), Some(Amount::Share(Some(9_700)))),
        measure("退回的笔数", Amount::Lines(120), None),
    ]
}

fn gauge_page() -> Markup {
    let county = |name: &str, sums: [i64; 5]| CountyMoney { county: name.into(), sums: sums.map(Fen::yuan).to_vec() };
    let towns = |names: &[&str]| {
        names
            .iter()
            .enumerate()
            .map(|(n, name)| Tile { name: (*name).into(), count: (n as i64) * 900, href: String::new() })
            .collect()
    };
    gauge::gauge(&Gauge {
        month: month("2021-09"),
        months: vec![month("2021-09"), month("2021-08")],
        measures: measures(),
        programmes: ["农村低保", "城市低保", "特困", "残疾人两项补贴", "高龄津贴"].map(str::to_owned).to_vec(),
        counties: vec![
            county("雨湖区", [1_200_000, 2_000_000, 300_000, 500_000, 200_000]),
            county("湘潭县", [6_200_000, 900_000, 1_300_000, 1_500_000, 700_000]),
            county("韶山市", [400_000, 200_000, 100_000, 100_000, 80_000]),
        ],
        townships: vec![
            TileCounty {
                name: "雨湖区".into(), tiles: towns(&["长城乡", "昭潭街道", "鹤岭镇", "姜畲镇"])
            },
            TileCounty { name: "湘潭县".into(), tiles: towns(&["易俗河镇", "石潭镇", "花石镇"]) },
        ],
    })
}

fn publish_page() -> Markup {
    publish::board(&publish::Board {
        today: on("2021-09-17"),
        counties: vec![],
        townships: vec![],
        villages: vec![],
        chosen: Default::default(),
        notices: vec![notice(), notice()],
    })
}

fn notice() -> publish::Notice {
    publish::Notice {
        href: "/notice".into(),
        programme: "最低生活保障".into(),
        village: "湘潭市雨湖区长城乡新石村".into(),
        office: "雨湖区民政局".into(),
        name: "周桂兰".into(),
        persons: 1,
        amount: Fen::yuan(320),
        from: on("2021-09-13"),
        until: on("2021-09-20"),
    }
}

fn pay_page() -> Markup {
    let line = |county: &str, state: &str, lines| pay::EnvelopeLine {
        href: "/envelope".into(),
        county: county.into(),
        state: state.into(),
        total: pay::Total { lines, amount: Fen::new(lines * 24_013) },
        returned: pay::Total { lines: 12, amount: Fen::yuan(3_120) },
    };
    pay::envelopes(&pay::Envelopes {
        month: month("2021-09"),
        months: vec![month("2021-09")],
        envelopes: vec![
            line("雨湖区", "已对平", 21_034),
            line("岳塘区", "部分退回", 14_120),
            line("湘潭县", "已关账", 61_220),
        ],
    })
}

fn envelope() -> Markup {
    let total = |lines| Some(pay::Total { lines, amount: Fen::new(lines * 24_013) });
    pay::envelope(&pay::EnvelopePage {
        county: "雨湖区".into(),
        month: month("2021-09"),
        states: ["草稿", "算好", "锁定", "一批", "二批", "验资", "出文件", "部分退回", "对平", "关账"]
            .map(str::to_owned)
            .to_vec(),
        at: 8,
        gates: vec![
            ("决定（待遇合计）".into(), total(21_034)),
            ("锁定".into(), total(21_034)),
            ("银行文件".into(), total(21_034)),
            ("银行发成".into(), total(21_022)),
            ("银行退回".into(), total(12)),
            ("账上".into(), None),
        ],
        gaps: Some(vec![]),
        funds: vec![("中央".into(), Fen::yuan(3_000_000)), ("省".into(), Fen::yuan(1_000_000))],
        returned: vec![pay::ReturnedLine {
            name: "欧阳小明".into(),
            account_masked: "6217****0043".into(),
            amount: Fen::yuan(251),
            reason: "户名不符".into(),
        }],
        history: vec![
            (on("2021-09-08"), "锁定".into(), "演示·财务甲".into()),
            (on("2021-09-09"), "第一个批".into(), "演示·审批乙".into()),
        ],
    })
}

fn search_page() -> Markup {
    let found = |name: &str| search::Found {
        href: "/person".into(),
        name: name.into(),
        id_masked: "4303**********0028".into(),
        village: "湘潭市雨湖区长城乡新石村".into(),
        draws: vec!["农村低保 320元".into()],
        cases: vec![("430302-2021-000001".into(), "/case".into())],
    };
    search::search(&search::Search {
        question: "周".into(),
        errors: vec![],
        found: Some(vec![found("周桂兰"), found("周阿卜杜热合曼·吐尔逊江"), found("周𬭎")]),
        next: "x".into(),
    })
}

fn person_page() -> Markup {
    let member = |name: &str, relation: &str| person::Member {
        relation: relation.into(),
        name: name.into(),
        id_masked: "4303**********0028".into(),
        href: if relation == "本人" { String::new() } else { "/person".into() },
    };
    person::person(&person::PersonPage {
        name: "周桂兰".into(),
        id_masked: "4303**********0028".into(),
        village: "湘潭市雨湖区长城乡新石村".into(),
        members: vec![member("周桂兰", "本人"), member("李小梅", "子女")],
        awards: vec![person::AwardLine {
            programme: "农村低保".into(),
            amount: Fen::yuan(320),
            from: month("2021-10"),
            until: None,
            note: "全家 1 人".into(),
        }],
        payments: money_lines(),
        cases: vec![("430302-2021-000001".into(), "/case".into(), "正在公示".into())],
    })
}

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
        "policy" => policy::books(&[policy::BookLine {
            href: "/book".into(),
            title: "最低生活保障".into(),
            about: "低保是按月发给家庭的现金。".into(),
        }]),
        "book" => policy::book(&std::fs::read_to_string("policy/dibao.md").unwrap_or_default()),
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
        city: "湘潭市".into(), today: on("2021-09-17"), elder, seat: sample_seat(), demo: true, here: here.into()
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
