//! `dixian demo`: an invented city lives one month, through the same files, rooms and refusals as a real one.
//!
//! September 2021: the city's files are written and imported; every household is determined; a widow applies at her village;
//! on the tenth everybody is paid; the bank returns some; in October the returned lines are issued again and the widow is paid.

mod city;
mod month;
mod staff;
mod story;
mod widow;

use std::time::Instant;

use jobs::clock::{Clock, Moment};
use store::Store;
use values::Day;

use crate::assets;
use crate::cli;
use crate::commands::pay::Counter;
use crate::commands::serve;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;
use story::{Seconds, Story};

/// Lives the month, tells the story, and serves unless told not to.
///
/// # Errors
/// The data directory holds something else; a room fails.
pub async fn run(settings: &Settings, demo: &cli::Demo, tell: Tell) -> Result<(), Failure> {
    let began = Instant::now();
    let library = assets::library(settings.policy.as_deref())?;
    let calendar = assets::calendar();
    let store = fresh_store(settings).await?;
    let mut seconds = Seconds::default();
    tell.say("底线 Dixian · 演示：一座虚构的城市，真实的村名，走完 2021 年 9 月。所有人都是编造的。\n");

    let files = city::write(settings, &library, demo, tell, &mut seconds)?;
    let imported = city::import(&store, &library, &files, tell, &mut seconds).await?;
    let determined = city::determine(&store, &library, &calendar, tell, &mut seconds).await?;

    let counter = Counter::at(settings, store.clone(), &library, assets::sample_profile())?;
    let bank = counter.bank();
    let pay = month::Month { counter: &counter, run: counter.run(&bank), bank: &bank, files: &files };
    pay.allocate_funds().await?;

    let desk = widow::Desk { store: &store, library: &library, calendar: &calendar };
    let mut case = seconds.time("case", desk.until_publication()).await?;
    let september = pay.live(&month::SEPTEMBER, tell, &mut seconds).await?;
    seconds.time("case", desk.until_award(&mut case)).await?;
    pay.correct_accounts(tell).await?;
    let october = pay.live(&month::OCTOBER, tell, &mut seconds).await?;
    seconds.time("case", desk.first_payment(&mut case)).await?;

    let story =
        Story::gather(&store, &calendar, imported, determined, &case, &september, &october, seconds, demo, began)
            .await?;
    tell.data(story.told(&library, &counter.areas), &story);
    if demo.no_serve {
        return Ok(());
    }
    let today = Clock::Rehearsed(month::last_day());
    let books = assets::book_texts(settings.policy.as_deref())?;
    serve::listen(serve::Pages { store, library, calendar, books, clock: today }, &demo.listen, tell).await
}

/// An empty database in the data directory; what a former demo left is replaced, anything else is left alone.
async fn fresh_store(settings: &Settings) -> Result<Store, Failure> {
    if let Some(url) = &settings.db {
        let store = Store::open_postgres(url).await.map_err(Failure::failed)?;
        let (persons, _) = store.register_counts().await.map_err(Failure::failed)?;
        if persons > 0 {
            return Err(Failure::refused("这个 PostgreSQL 数据库里已有数据；演示请用一个空库"));
        }
        return Ok(store);
    }
    let file = settings.data.join("dixian.db");
    if file.exists() {
        let real = {
            let old = settings.open().await?;
            old.real_persons().await.map_err(Failure::failed)?
        };
        if real > 0 {
            let text =
                format!("{} 里有真实人员的数据，演示不会动它；请用 --data 指定另一个目录", settings.data.display());
            return Err(Failure::refused(text));
        }
        for name in ["dixian.db", "dixian.db-wal", "dixian.db-shm"] {
            remove(&settings.data.join(name))?;
        }
        for name in ["city", "outbox", "inbox", "archive"] {
            let folder = settings.data.join(name);
            if folder.exists() {
                std::fs::remove_dir_all(&folder)
                    .map_err(|cause| Failure::failed(format!("清理 {} 失败：{cause}", folder.display())))?;
            }
        }
    }
    settings.open().await
}

fn remove(file: &std::path::Path) -> Result<(), Failure> {
    match std::fs::remove_file(file) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::failed(format!("清理 {} 失败：{cause}", file.display())))
        }
        _ => Ok(()),
    }
}

/// A moment of the story.
pub(crate) fn at(day: &str, hour: u8) -> Moment {
    Moment::rehearsed(Day::parse(day).expect("the story's days exist"), hour, 0)
}
