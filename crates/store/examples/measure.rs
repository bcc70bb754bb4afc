//! How fast the store is with a full city: `cargo run --release -p dixian-store --example measure -- FOLDER|postgres://… [demo]`.
//!
//! 250,000 invented persons in 90,000 households with 180,000 awards, or with `demo` as many as the demo city has: imported
//! twice, paid once, found again, verified.
#![allow(clippy::print_stdout)] // a measurement speaks on standard output

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use ledger::{Envelope, FundShares, FundSource, Signature};
use store::pay::Locking;
use store::register::{AccountIn, AwardIn, HouseholdIn, ImportCounts, PersonIn};
use store::search::Query;
use store::{Hand, Store, StoreError};
use values::{AreaCode, Day, EnvelopeId, Fen, HouseholdId, Month};

/// How large the city is.
#[derive(Clone, Copy)]
struct Shape {
    households: u64,
    persons: u64,
    awards: u64,
    counties: &'static [u64],
    /// How many groups of facts a member has: about 1.2 KB a household in either city.
    facts: usize,
}

const FULL: Shape = Shape {
    households: 90_000,
    persons: 250_000,
    awards: 180_000,
    counties: &[430_302, 430_304, 430_321, 430_381, 430_382],
    facts: 1,
};

const DEMO: Shape = Shape {
    households: 109_000,
    persons: 158_000,
    awards: 152_000,
    counties: &[430_302, 430_304, 430_321, 430_381, 430_382, 430_371, 430_372, 430_373],
    facts: 2,
};

const VILLAGES: u64 = 957;
const LOOKS: u64 = 200;
const AT: i64 = 1_630_454_400_000; // 2021-09-01T08:00+08:00

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let Some(place) = std::env::args().nth(1) else {
        println!("用法：measure 目录 或 measure postgres://…，后面可加 demo（会写入虚构数据，请用空库）");
        return Ok(());
    };
    let shape = if std::env::args().nth(2).as_deref() == Some("demo") { DEMO } else { FULL };
    let store = match place.contains("://") {
        true => Store::open_postgres(&place).await?,
        false => Store::open_folder(Path::new(&place)).await?,
    };
    println!("{}", store.engine().await?);
    if store.register_counts().await?.0 == 0 {
        let first = timed("import, first time", import(&store, shape)).await?;
        let second = timed("import, same content again", import(&store, shape)).await?;
        println!("  {first:?}\n  {second:?}");
        timed("read all facts in chunks", read_facts(&store)).await?;
        timed("lock a month's envelopes", pay(&store)).await?;
    }
    look(&store, shape).await?;
    let found = timed("verify the audit chain", store.verify_audit()).await?;
    println!("  {} rows, broken: {:?}", found.rows, found.broken);
    Ok(())
}

async fn timed<T>(what: &str, work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let done = work.await?;
    println!("{what:<32} {:>8.2} s, {:>6.2} s of processor", start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    Ok(done)
}

/// What this process has used so far, as Linux tells it in hundredths; zero elsewhere. On a busy machine it says more than the clock.
fn cpu_seconds() -> f64 {
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return 0.0 };
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn hand() -> Hand {
    Hand { by: "measure".into(), at: "2021-09-01T08:00:00+08:00".into() }
}

async fn import(store: &Store, shape: Shape) -> Result<ImportCounts, StoreError> {
    let mut importing = store.begin_import(hand(), AT, "measured-roster").await?;
    for number in 0..shape.households {
        importing.household(&shape.household(number)).await?;
    }
    for person in 0..shape.awards {
        importing.award(&award(person)).await?;
    }
    importing.finish("measured.xlsx", "roster").await
}

impl Shape {
    fn household(self, number: u64) -> HouseholdIn {
        let first = number * self.persons / self.households;
        let members: Vec<PersonIn> = (first..(number + 1) * self.persons / self.households).map(person).collect();
        let facts = vec![format!("{{{}}}", FACTS[..self.facts].join(",")); members.len()].join(",");
        let village = self.village(number);
        HouseholdIn {
            village,
            bureau_no: format!("H{number}"),
            address: format!("第{number}号"),
            facts: format!(r#"{{"地区":"{village}","家庭":{{"户口":"农村","房屋套数":"1"}},"成员":[{facts}]}}"#),
            members,
            true_from: "2021-09-01".parse().expect("a day"),
            source: "花名册".into(),
        }
    }

    fn village(self, number: u64) -> AreaCode {
        let at = number % VILLAGES;
        let counties = self.counties.len();
        let county = self.counties[usize::try_from(at).expect("small") % counties];
        format!("{county}{:03}{:03}", 100 + at / 5 % 14, 200 + at / 70).parse().expect("twelve digits")
    }
}

/// Groups of facts of a member, the commonest first.
const FACTS: [&str; 2] = [
    r#""关系":"本人","性别":"女","出生日期":"1968-05-12","状态":"在家","婚姻":"丧偶","在读":"无","残疾类别":"无","劳动能力":"部分","自理能力":"能自理","长期同住":"是","工资":"600","养老金":"0","存款":{"值":"2000","来源":"银行","日期":"2021-08-08"}"#,
    r#""残疾等级":"无","重病":"否","法定义务人":"否","宗教教职":"否","经营净收入":"0","财产净收入":"0","赡养费":"100","其他转移":"0","社会保险个人缴费":"30","支付的赡养费":"0","有机动车":{"值":"否","来源":"公安","日期":"2021-08-08"},"摩托车":"否","经商办企业":"否","有外住赡养人":"否","湖南户籍":"是","父母状况":"正常","养育方式":"无","供养方式":"无""#,
];

fn person(number: u64) -> PersonIn {
    let name: String = [number / 4_000, number / 60, number]
        .into_iter()
        .map(|n| {
            char::from_u32(0x4e00 + u32::try_from(n * 2_654_435_761 % 4_001).expect("small")).expect("a character")
        })
        .collect();
    PersonIn {
        name_key: name.clone(),
        name,
        id_number: id_number(number),
        birth_on: "1968-05-12".parse().expect("a day"),
        relation: "本人".into(),
        phone: String::new(),
        is_invented: true,
    }
}

/// Shaped like an invented ID number; nothing here checks its last digit.
fn id_number(number: u64) -> String {
    format!("430399{:08}{:04}", 19_000_101 + number / 10_000, number % 10_000)
}

fn award(person: u64) -> AwardIn {
    AwardIn {
        id_number: id_number(person),
        programme: "old-age".into(),
        amount: Fen::yuan(100 + i64::try_from(person % 7).expect("small")),
        from: "2021-01".parse().expect("a month"),
        account: AccountIn { holder: "户名".into(), number: format!("6217{person:015}"), bank: "银行".into() },
    }
}

async fn read_facts(store: &Store) -> Result<(), StoreError> {
    for county in store.counties().await? {
        let mut after = HouseholdId(0);
        loop {
            let chunk = store.facts_after(county, after, 4_000).await?;
            let Some(last) = chunk.last() else { break };
            after = last.0;
        }
    }
    Ok(())
}

async fn pay(store: &Store) -> Result<(), StoreError> {
    let month: Month = "2021-09".parse().expect("a month");
    let on: Day = "2021-09-10".parse().expect("a day");
    let shares =
        BTreeMap::from([("old-age".to_owned(), FundShares::new(vec![(FundSource::County, 1000)]).expect("whole"))]);
    let (mut read, mut compute, mut write) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut lines = 0;
    for county in store.counties().await? {
        let start = Instant::now();
        let entitlements = store.entitlements(county, month).await?;
        read += start.elapsed();
        let start = Instant::now();
        let computed = ledger::compute(month, entitlements, Vec::new(), &[]);
        let id = EnvelopeId(store.next_id(AT));
        let by = Signature { by: "measure".into(), on };
        let locked =
            Envelope::lock(id, county, month, &computed.lines, &shares, by).expect("there is something to pay");
        compute += start.elapsed();
        let start = Instant::now();
        let entry = locked.1.as_ref().map(|entry| (store.next_id(AT), entry));
        store.lock_envelope(Locking { envelope: &locked.0, computed: &computed, entry }, hand()).await?;
        write += start.elapsed();
        lines += computed.lines.len();
    }
    println!("  {lines} lines: read {read:.2?}, compute {compute:.2?}, write {write:.2?}");
    Ok(())
}

async fn look(store: &Store, shape: Shape) -> Result<(), StoreError> {
    let city: AreaCode = "4303".parse().expect("a city");
    let county: AreaCode = "430302".parse().expect("a county");
    let whole = |n: u64| person(n * 1_231 % shape.persons);
    for (what, within, query) in [
        ("name of three, city", city, &(|n| Query::Name(whole(n).name_key)) as &dyn Fn(u64) -> Query),
        ("surname, city", city, &|n| Query::Name(whole(n).name_key.chars().take(1).collect())),
        ("surname, county", county, &|n| Query::Name(whole(n).name_key.chars().take(1).collect())),
        ("ID tail, city", city, &|n| Query::IdTail(format!("{:04}", n * 37 % 10_000))),
        ("ID tail, county", county, &|n| Query::IdTail(format!("{:04}", n * 37 % 10_000))),
        ("whole ID number, city", city, &|n| Query::IdNumber(whole(n).id_number)),
    ] {
        let mut took = Vec::new();
        let mut found = 0;
        for n in 0..LOOKS {
            let start = Instant::now();
            found += store.search_persons(&query(n), within, None, 50).await?.len();
            took.push(start.elapsed());
        }
        took.sort();
        let at = |percent: usize| took[took.len() * percent / 100].as_secs_f64() * 1000.0;
        println!("search {what:<25} median {:>7.2} ms, p95 {:>7.2} ms ({found} found in {LOOKS})", at(50), at(95));
    }
    let person = store.search_persons(&Query::IdNumber(whole(5).id_number), city, None, 1).await?;
    timed("one household's page", store.household(person[0].village, person[0].household)).await.map(drop)
}
