//! Telling: data on stdout, words and progress on stderr, one JSON document when asked.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// Where a command's words and data go.
#[derive(Clone, Copy, Debug)]
pub struct Tell {
    json: bool,
}

impl Tell {
    /// Speaks JSON on stdout when `json`, plain text otherwise.
    pub fn new(json: bool) -> Tell {
        Tell { json }
    }

    /// Words for the person at the terminal (stderr).
    pub fn say(self, words: impl AsRef<str>) {
        let _ = writeln!(std::io::stderr().lock(), "{}", words.as_ref());
    }

    /// The command's result: `text` for people, `data` for machines (stdout).
    pub fn data(self, text: impl AsRef<str>, data: &impl Serialize) {
        let mut out = std::io::stdout().lock();
        let written = if self.json {
            let json = serde_json::to_string_pretty(data).expect("results have only text keys");
            writeln!(out, "{json}")
        } else {
            writeln!(out, "{}", text.as_ref())
        };
        drop(written); // a closed pipe is the reader's wish, not a fault
    }

    /// The command's result when stdout carries something else: the same on stderr.
    pub fn aside(self, text: impl AsRef<str>, data: &impl Serialize) {
        if self.json {
            self.say(serde_json::to_string_pretty(data).expect("results have only text keys"));
        } else {
            self.say(text);
        }
    }

    /// A progress bar with numbers on stderr; silent when stderr is not a terminal.
    pub fn progress(self, what: &'static str, total: u64) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style =
            ProgressStyle::with_template("{msg} {bar:28} {human_pos}/{human_len} {elapsed}").expect("a valid template");
        let bar = ProgressBar::new(total).with_style(style).with_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }

    /// Households counted while nobody knows how many there are; silent when stderr is not a terminal.
    pub fn households(self) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let template = "算 {spinner} {human_pos} 户 {per_sec} {elapsed}　Ctrl-C 停下";
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(200));
        bar.with_style(ProgressStyle::with_template(template).expect("a valid template"))
    }

    /// The same where the total may be unknown, with rows a second.
    pub fn rows(self, what: &'static str, total: Option<u64>) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let template = match total {
            Some(_) => "{msg} {bar:28} {human_pos}/{human_len} 行 {per_sec} {elapsed}",
            None => "{msg} {spinner} {human_pos} 行 {per_sec} {elapsed}",
        };
        let style = ProgressStyle::with_template(template).expect("a valid template");
        let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        bar.enable_steady_tick(Duration::from_millis(200));
        bar.with_style(style).with_message(what)
    }
}
