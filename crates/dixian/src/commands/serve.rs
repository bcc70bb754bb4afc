//! `dixian serve`: opens the pages on a loopback address until it is told to stop.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use jobs::clock::Clock;
use law::Library;
use law::form::Facts;
use store::Store;
use tokio::net::TcpListener;
use values::WorkCalendar;
use web::patience::Patience;
use web::{App, Moment};

use crate::assets;
use crate::cli::Serve;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// The village over which the demo's seats stand: 新石村.
const DEMO_VILLAGE: &str = "430302202204";

/// Serves the data directory.
///
/// # Errors
/// The address is taken; a rehearsed day on real data.
pub async fn run(settings: &Settings, serve: &Serve, tell: Tell) -> Result<(), Failure> {
    let library = assets::library(settings.policy.as_deref())?;
    let store = settings.open().await?;
    let clock = match serve.today {
        None => Clock::Machine,
        Some(day) if store.real_persons().await.map_err(Failure::failed)? == 0 => Clock::Rehearsed(day),
        Some(_) => return Err(Failure::refused("登记簿里有真实人员，不能把今天当作另一天；请去掉 --today")),
    };
    let books = assets::book_texts(settings.policy.as_deref())?;
    listen(Pages { store, library, calendar: assets::calendar(), books, clock }, &serve.listen, tell).await
}

/// What the pages are opened with.
pub struct Pages {
    /// The register.
    pub store: Store,
    /// The law.
    pub library: Library,
    /// Working days.
    pub calendar: WorkCalendar,
    /// The books as residents read them: path and text.
    pub books: Vec<(String, String)>,
    /// What day it is.
    pub clock: Clock,
}

/// Listens until Ctrl-C or a termination signal; requests under way are finished first.
///
/// # Errors
/// The address cannot be listened on.
pub async fn listen(pages: Pages, address: &str, tell: Tell) -> Result<(), Failure> {
    let listener = TcpListener::bind(address).await.map_err(|cause| {
        Failure::failed(format!("地址 {address} 用不了：{cause}。请用 --listen 换一个，例如 127.0.0.1:8081"))
    })?;
    tell.say(format!("\n网页已打开：http://{address}　（按 Ctrl-C 关闭）"));
    let (store, clock) = (pages.store.clone(), pages.clock);
    let app = app(pages);
    let (library, calendar, rules) = (app.library.clone(), app.calendar.clone(), app.rules.clone());
    let days = tokio::spawn(async move {
        let day = jobs::day::Day { store: &store, library: &library, calendar: &calendar, rules: &rules };
        live(&day, clock, tell).await;
    });
    let served = web::serve(app, listener, stopped()).await;
    days.abort();
    served.map_err(|cause| Failure::failed(format!("网页服务出错：{cause}")))
}

/// What the day brings by itself, looked after every hour: a run that finds nothing new changes nothing.
async fn live(day: &jobs::day::Day<'_>, clock: Clock, tell: Tell) {
    let mut hours = tokio::time::interval(HOUR);
    loop {
        hours.tick().await;
        if let Err(failure) = day.live(&clock.now()).await {
            tell.say(format!("当天的例行事务没有办成，一小时后再试：{failure}"));
        }
    }
}

const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);

/// The pages of an open register.
pub fn app(pages: Pages) -> App {
    let Pages { store, library, calendar, books, clock } = pages;
    let (library, calendar) = (Arc::new(library), Arc::new(calendar));
    let invented = Arc::new(invented(&library));
    App {
        registry: web::registry::Registry::new(store, library.clone(), calendar.clone()),
        patience: Patience::default(),
        books,
        library,
        rules: Arc::new(assets::county_rules()),
        invented,
        calendar,
        areas: Arc::new(assets::areas()),
        demo_village: DEMO_VILLAGE.parse().expect("a village"),
        clock: Arc::new(move || {
            let now = clock.now();
            Moment { day: now.on, at: now.at, unix_ms: now.unix_ms }
        }),
        seal_key: seal_key(),
    }
}

/// People drawing support in the town of the laboratory's page: an answer takes a fraction of a second.
const TOWN: usize = 2_000;

/// The town of the laboratory's page; nobody where the books have no room for a town, and the page then says so.
fn invented(library: &Library) -> Vec<Facts> {
    let month = "2021-08".parse().expect("a month");
    let city = synth::City::generate(2021, TOWN, assets::XIANGTAN, month, library);
    let (Ok(city), Ok(columns)) = (city, synth::FormColumns::of(library.form())) else { return Vec::new() };
    city.households().iter().map(|household| columns.facts(household)).collect()
}

/// Thirty-two bytes that nobody outside this process knows: the standard library's hash keys come from the system's randomness.
fn seal_key() -> [u8; 32] {
    let mut key = [0; 32];
    for (at, part) in key.chunks_exact_mut(8).enumerate() {
        part.copy_from_slice(&RandomState::new().hash_one(at).to_be_bytes());
    }
    key
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    let mut terminated =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).expect("signals can be heard");
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}
