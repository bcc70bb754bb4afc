//! How long search and case pages take with a full city, over HTTP on loopback, as a clerk's browser asks.
//!
//! `cargo bench -p dixian --bench pages` makes the demo city (140,000 persons; `PEOPLE=…` for another size) in a folder below the
//! target directory, serves it with the binary, and prints the median, 95th percentile and largest time of each kind of page.
//! The clock starts before the request is written and stops when the last byte has arrived.
#![allow(clippy::print_stdout)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ADDRESS: &str = "127.0.0.1:18080";
const ROUNDS: usize = 300;

/// A connection that is kept open, with the seat of the township clerk.
struct Browser {
    stream: BufReader<TcpStream>,
    cookie: String,
}

impl Browser {
    fn open() -> Browser {
        let stream = TcpStream::connect(ADDRESS).expect("the pages are served");
        stream.set_nodelay(true).expect("loopback");
        Browser { stream: BufReader::new(stream), cookie: String::new() }
    }

    /// Status, headers and body.
    fn ask(&mut self, request: &str, body: &str) -> (u16, Vec<String>, String) {
        let cookie = if self.cookie.is_empty() { String::new() } else { format!("Cookie: {}\r\n", self.cookie) };
        let length = if body.is_empty() {
            String::new()
        } else {
            format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", body.len())
        };
        let text = format!(
            "{request} HTTP/1.1\r\nHost: {ADDRESS}\r\nOrigin: http://{ADDRESS}\r\nSec-Fetch-Site: same-origin\r\n{cookie}{length}\r\n{body}"
        );
        self.stream.get_mut().write_all(text.as_bytes()).expect("a written request");
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("an answer");
            if line.trim().is_empty() {
                break;
            }
            headers.push(line.trim().to_owned());
        }
        let status = headers[0].split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let value = |name: &str| {
            headers.iter().find_map(|h| h.to_ascii_lowercase().strip_prefix(name).map(|v| v.trim().to_owned()))
        };
        let mut content = Vec::new();
        if let Some(length) = value("content-length:").and_then(|v| v.parse::<usize>().ok()) {
            content.resize(length, 0);
            self.stream.read_exact(&mut content).expect("a body");
        } else if value("transfer-encoding:").is_some() {
            loop {
                let mut size = String::new();
                self.stream.read_line(&mut size).expect("a chunk");
                let size = usize::from_str_radix(size.trim(), 16).expect("a chunk's size");
                let mut chunk = vec![0; size + 2];
                self.stream.read_exact(&mut chunk).expect("a chunk");
                if size == 0 {
                    break;
                }
                content.extend_from_slice(&chunk[..size]);
            }
        }
        (status, headers, String::from_utf8_lossy(&content).into_owned())
    }

    /// Takes the widest seat of the demo that may search, and keeps its cookie.
    fn sit(&mut self) {
        let (_, _, page) = self.ask("GET /seat", "");
        let offered = page.split("name=\"seat\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let seats: Vec<String> = offered.map(str::to_owned).collect();
        let wide = |role: &str| seats.iter().find(|seat| seat.starts_with(role));
        let seat = wide("city.").or(wide("approver.")).expect("the demo offers a seat that may search").clone();
        let (status, headers, _) = self.ask("POST /seat", &format!("seat={}&back=%2F", encoded(&seat)));
        assert!(status < 400, "the seat {seat} is not to be had: {status}");
        let cookies = headers.iter().filter_map(|h| h.strip_prefix("set-cookie: ").or(h.strip_prefix("Set-Cookie: ")));
        self.cookie = cookies.filter_map(|c| c.split(';').next()).collect::<Vec<_>>().join("; ");
    }
}

struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() {
    let people = std::env::var("PEOPLE").unwrap_or_else(|_| "140000".into());
    let data = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("pages-{people}"));
    let binary = env!("CARGO_BIN_EXE_dixian");
    if !data.join("story.json").exists() {
        let out = Command::new(binary)
            .args(["demo", "--no-serve", "--json", "--people", &people, "--data"])
            .arg(&data)
            .output()
            .expect("the binary runs");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        std::fs::write(data.join("story.json"), out.stdout).expect("a writable folder");
    }
    let server = Command::new(binary)
        .args(["serve", "--listen", ADDRESS, "--today", "2021-10-12", "--data"])
        .arg(&data)
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let _served = Served(server);
    wait_until_open();

    let mut browser = Browser::open();
    browser.sit();
    println!("{people} people, {ROUNDS} requests each, one keep-alive connection, milliseconds");
    println!("{:<28} {:>8} {:>8} {:>8} {:>9}", "page", "median", "p95", "max", "KiB");
    let case = "/case/430302-20210906-00001";
    let names = ["周", "刘", "王建国", "彭", "李秀英", "张", "罗", "陈桂英"];
    let tails = ["0022", "0010", "123X", "2345", "1018"];
    let search = |text: &str| ("POST /search".to_owned(), format!("q={}", encoded(text)));
    let page = |path: &str| (format!("GET {path}"), String::new());
    measure(&mut browser, "search by name", |at| search(names[at % names.len()]));
    measure(&mut browser, "search by ID tail", |at| search(tails[at % tails.len()]));
    measure(&mut browser, "search by case number", |_| search("430302-20210906-00001"));
    measure(&mut browser, "case page", |_| page(case));
    measure(&mut browser, "publication board", |_| page("/publish"));
    measure(&mut browser, "gauge", |_| page("/gauge"));
}

fn wait_until_open() {
    let began = Instant::now();
    while TcpStream::connect(ADDRESS).is_err() {
        assert!(began.elapsed() < Duration::from_secs(30), "the pages did not open");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn measure(browser: &mut Browser, name: &str, asked: impl Fn(usize) -> (String, String)) {
    let mut times = Vec::with_capacity(ROUNDS);
    let mut bytes = 0;
    for at in 0..ROUNDS {
        let (request, form) = asked(at);
        let began = Instant::now();
        let (status, _, body) = browser.ask(&request, &form);
        times.push(began.elapsed());
        assert_eq!(status, 200, "{request}");
        bytes = bytes.max(body.len());
    }
    times.sort();
    let ms = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("{name:<28} {:>8.2} {:>8.2} {:>8.2} {:>9}", ms(50), ms(95), ms(100), bytes / 1024);
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
