//! How fast the pages are over a data folder: `cargo run --release -p dixian-web --example measure -- FOLDER 2021-10-15`, run at
//! the root of the workspace after `dixian demo --no-serve --data FOLDER`. Prints the median and the 95th of a hundred.
#![allow(clippy::print_stdout)] // a measurement speaks on standard output

mod opened;

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use opened::Failure;
use tower::ServiceExt;

const ROUNDS: usize = 200;
const SEAT: &str = "seat=city.430300000000";

/// Family names common in the city, and tails no worse than others.
const NAMES: [&str; 10] = ["周桂兰", "刘", "陈", "谭", "李建", "王秀", "彭", "罗", "黄勇", "欧阳"];

async fn answer(pages: &Router, request: Request<Body>) -> Result<(Duration, String), Failure> {
    let start = Instant::now();
    let response = pages.clone().oneshot(request).await?;
    let status = response.status();
    let body = to_bytes(response.into_body(), 8 << 20).await?;
    let took = start.elapsed();
    if !status.is_success() {
        return Err(format!("{status}").into());
    }
    Ok((took, String::from_utf8(body.to_vec())?))
}

fn get(path: &str) -> Result<Request<Body>, Failure> {
    Ok(Request::get(path).header("cookie", SEAT).body(Body::empty())?)
}

fn search(question: &str) -> Result<Request<Body>, Failure> {
    let escaped: String = question.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let request =
        Request::post("/search").header("cookie", SEAT).header("content-type", "application/x-www-form-urlencoded");
    Ok(request.body(Body::from(format!("q={escaped}")))?)
}

async fn measured(
    pages: &Router,
    what: &str,
    requests: impl Fn(usize) -> Result<Request<Body>, Failure>,
) -> Result<String, Failure> {
    let (first, _) = answer(pages, requests(0)?).await?;
    let (mut times, mut last) = (Vec::with_capacity(ROUNDS), String::new());
    for round in 0..ROUNDS {
        let (took, page) = answer(pages, requests(round)?).await?;
        times.push(took);
        last = page;
    }
    times.sort();
    let ms = |took: Duration| took.as_secs_f64() * 1_000.0;
    let (half, most) = (times[ROUNDS / 2], times[ROUNDS * 95 / 100]);
    println!(
        "{what:<24} first {:>8.1} ms   p50 {:>7.2} ms   p95 {:>7.2} ms   {:>7} bytes",
        ms(first),
        ms(half),
        ms(most),
        last.len()
    );
    Ok(last)
}

fn link<'a>(page: &'a str, to: &str) -> Option<&'a str> {
    let at = page.find(&format!("href=\"{to}"))? + 6;
    page[at..].split('"').next()
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let pages = web::router(opened::from_arguments().await?);
    measured(&pages, "home", |_| get("/")).await?;
    measured(&pages, "search by name", |round| search(NAMES[round % NAMES.len()])).await?;
    measured(&pages, "search by tail", |round| search(&format!("{:04}", round * 37 % 10_000))).await?;
    let found = measured(&pages, "search by name and tail", |_| search("周桂兰 0022")).await?;
    let person = link(&found, "/person").ok_or("the widow is not in this register")?.to_owned();
    measured(&pages, "person", |_| get(&person)).await?;
    if let Some(case) = link(&found, "/case").map(str::to_owned) {
        measured(&pages, "case", |_| get(&case)).await?;
    }
    measured(&pages, "queue", |_| get("/queue")).await?;
    measured(&pages, "leads", |_| get("/discover")).await?;
    measured(&pages, "gauge", |_| get("/gauge")).await?;
    measured(&pages, "envelopes", |_| get("/pay")).await?;
    measured(&pages, "board", |_| get("/publish")).await?;
    Ok(())
}
