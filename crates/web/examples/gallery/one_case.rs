//! One invented case, for the case page and the family's page.

use maud::{Markup, html};
use values::{Day, Fen, Month};
use web::case_page::{self, CasePage, FactLine, MoneyLine, Outcome};
use web::parts::{Clock, ClockState, Identity, Light, ReasonLine, SpineRow, SpineState};
use web::track::{self, Answers, RailStep};

/// Sample: on.
pub fn on(text: &str) -> Day {
    Day::parse(text).expect("a sample day")
}

/// Sample: month.
pub fn month(text: &str) -> Month {
    text.parse().expect("a sample month")
}

/// Sample: identity.
pub fn identity() -> Identity {
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

/// Sample: steps.
pub fn steps() -> Vec<SpineRow> {
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

/// Sample: clocks.
pub fn clocks() -> Vec<Clock> {
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

/// Sample: outcomes.
pub fn outcomes() -> Vec<Outcome> {
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
        per: law::AmountPer::Month,
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

/// Sample: money lines.
pub fn money_lines() -> Vec<MoneyLine> {
    vec![MoneyLine {
        month: month("2021-10"),
        kind: "当月".into(),
        amount: Fen::yuan(320),
        state: "已到账".into(),
        account_masked: "6217****0043".into(),
        href: "/envelope".into(),
    }]
}

/// Sample: case.
pub fn case() -> Markup {
    let fact = |name: &str, own: &str, source: &str| FactLine {
        name: name.into(),
        cells: vec![(String::new(), String::new()), (own.into(), source.into())],
        is_plain: own == "无",
    };
    case_page::case_page(&CasePage {
        rights: vec![],
        verbs: vec![],
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

/// Sample: answers.
pub fn answers() -> Markup {
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
