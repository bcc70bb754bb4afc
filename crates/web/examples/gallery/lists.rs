//! Invented lists: gauge, board, money, people.

use indicators::Amount;
use maud::Markup;
use values::Fen;
use web::gauge::{self, CountyMoney, Gauge, Measure};
use web::parts::{Tile, TileCounty};
use web::{pay, person, publish, search};

use crate::one_case::{money_lines, month, on};

/// Sample: measure.
pub fn measure(name: &str, figure: Amount, before: Option<Amount>) -> Measure {
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

/// Sample: measures.
pub fn measures() -> Vec<Measure> {
    vec![
        measure("当月发放", Amount::Money(Fen::new(3_366_012_350)), Some(Amount::Money(Fen::new(3_365_000_000)))),
        measure("领到钱的人", Amount::Persons(140_003), Some(Amount::Persons(140_000))),
        measure("二十日内办结", Amount::Share(Some(9_860)), Some(Amount::Share(Some(9_700)))),
        measure("退回的笔数", Amount::Lines(120), None),
    ]
}

/// Sample: gauge page.
pub fn gauge_page() -> Markup {
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

/// Sample: publish page.
pub fn publish_page() -> Markup {
    publish::board(&publish::Board {
        today: on("2021-09-17"),
        counties: vec![],
        townships: vec![],
        villages: vec![],
        chosen: Default::default(),
        notices: vec![notice(), notice()],
    })
}

/// Sample: notice.
pub fn notice() -> publish::Notice {
    publish::Notice {
        href: "/notice".into(),
        programme: "最低生活保障".into(),
        village: "湘潭市雨湖区长城乡新石村".into(),
        office: "雨湖区民政局".into(),
        name: "周桂兰".into(),
        persons: 1,
        amount: Fen::yuan(320),
        span: "每月",
        from: on("2021-09-13"),
        until: on("2021-09-20"),
    }
}

/// Sample: pay page.
pub fn pay_page() -> Markup {
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

/// Sample: envelope.
pub fn envelope() -> Markup {
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

/// Sample: search page.
pub fn search_page() -> Markup {
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

/// Sample: person page.
pub fn person_page() -> Markup {
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
