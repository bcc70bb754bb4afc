//! The story: one JSON object for machines, a page of plain Chinese for people.

use std::future::Future;
use std::time::{Duration, Instant};

use casework::case::{ClockKind, Light};
use indicators::Movement;
use jobs::determine::CityDetermined;
use law::Library;
use serde::Serialize;
use store::Store;
use values::{AreaTree, Fen, Month, WorkCalendar};

use super::city::Imported;
use super::month::{Lived, last_day};
use super::widow::Widow;
use crate::cli;
use crate::failure::Failure;

/// Seconds by phase, to the millisecond, in the order of the story.
#[derive(Clone, Debug, Default)]
pub struct Seconds(Vec<(&'static str, Duration)>);

/// What the demo did.
#[derive(Clone, Debug, Serialize)]
pub struct Story {
    /// Persons drawing support: named on an award, or counted in a household that draws dibao.
    pub people: i64,
    /// Of them, persons whose September money arrived.
    pub paid_persons: i64,
    /// September, confirmed by the bank.
    pub paid_fen: i64,
    /// Lines in September's bank files.
    pub bank_lines: u64,
    /// Of them, sent back by the bank.
    pub returned_lines: u64,
    /// Of these, issued again with October.
    pub reissued_lines: u64,
    /// Entitlements held back in September, by name of a reason.
    pub held_lines: usize,
    /// All differences between entitlements, envelopes, files, bank and ledger, both months.
    pub ledger_difference_fen: i64,
    /// True when every audit row and what it speaks of fit.
    pub audit_ok: bool,
    /// Rows of the audit chains.
    pub audit_rows: u64,
    /// Households on file.
    pub households: i64,
    /// Persons on file.
    pub persons_on_file: i64,
    /// Villages with a household on file.
    pub villages: i64,
    /// What determining the city found.
    pub determined: CityDetermined,
    /// What the import brought.
    pub imported: Imported,
    /// October, confirmed by the bank.
    pub october_paid_fen: i64,
    /// October's lines.
    pub october_bank_lines: u64,
    /// 周桂兰.
    pub widow: WidowStory,
    /// October's gauge beside September's.
    pub gauge: Vec<GaugeLine>,
    /// The seed.
    pub seed: u64,
    /// Seconds by phase.
    pub seconds: serde_json::Map<String, serde_json::Value>,
    /// The largest the program has been.
    pub peak_rss_mib: u64,
}

/// The widow's part.
#[derive(Clone, Debug, Serialize)]
pub struct WidowStory {
    /// Case number.
    pub case_number: String,
    /// Days of the promise used.
    pub promise_days_used: i64,
    /// True when within the promise.
    pub is_in_time: bool,
    /// Times she went to an office.
    pub trips: u32,
    /// A month's award.
    pub award_fen: i64,
    /// First month.
    pub first_month: String,
    /// Why, each with its article.
    pub reasons: Vec<String>,
    /// What else the same form brought: title, words of the money, case number, where it stands.
    pub others: Vec<OtherRight>,
    /// Questions she was asked.
    pub items_asked: u32,
    /// Questions answered from what the government held.
    pub items_prefilled: u32,
    /// Answers that other cases used again.
    pub items_reused: u32,
}

/// A right beside the leading one.
#[derive(Clone, Debug, Serialize)]
pub struct OtherRight {
    /// The programme.
    pub title: String,
    /// Fen, for the span the programme pays.
    pub amount_fen: i64,
    /// Its case.
    pub case_number: String,
    /// Where it stands.
    pub status: String,
}

/// A figure of the gauge, both months.
#[derive(Clone, Debug, Serialize)]
pub struct GaugeLine {
    /// Name and unit.
    pub figure: String,
    /// September.
    pub september: String,
    /// October.
    pub october: String,
}

impl Seconds {
    /// Adds time to a phase.
    pub fn add(&mut self, phase: &'static str, time: Duration) {
        match self.0.iter_mut().find(|(name, _)| *name == phase) {
            Some((_, sum)) => *sum += time,
            None => self.0.push((phase, time)),
        }
    }

    /// Times what is awaited.
    pub async fn time<T>(&mut self, phase: &'static str, work: impl Future<Output = T>) -> T {
        let began = Instant::now();
        let done = work.await;
        self.add(phase, began.elapsed());
        done
    }

    /// Times what is done at once.
    pub fn time_now<T>(&mut self, phase: &'static str, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.add(phase, began.elapsed());
        done
    }

    fn listed(&self, began: Instant) -> serde_json::Map<String, serde_json::Value> {
        let all = self
            .0
            .iter()
            .map(|(name, time)| ((*name).to_owned(), *time))
            .chain([("total".to_owned(), began.elapsed())]);
        all.map(|(name, time)| (name, (time.as_millis() as f64 / 1000.0).into())).collect()
    }
}

impl Story {
    /// Reads everything back from the store: the story tells what was kept, not what was meant.
    #[allow(clippy::too_many_arguments)] // the story is where all threads of the demo meet
    pub async fn gather(
        store: &Store,
        calendar: &WorkCalendar,
        imported: Imported,
        determined: CityDetermined,
        widow: &Widow,
        september: &Lived,
        october: &Lived,
        mut seconds: Seconds,
        demo: &cli::Demo,
        began: Instant,
    ) -> Result<Story, Failure> {
        let (first, second): (Month, Month) =
            ("2021-09".parse().expect("a month"), "2021-10".parse().expect("a month"));
        let gauge_began = Instant::now();
        let before = store.counts(first, last_day()).await.map_err(Failure::failed)?;
        let now = store.counts(second, last_day()).await.map_err(Failure::failed)?;
        let (people, paid_persons) = store.drawing_persons(first).await.map_err(Failure::failed)?;
        let (persons_on_file, households) = store.register_counts().await.map_err(Failure::failed)?;
        let villages = store.villages().await.map_err(Failure::failed)?;
        seconds.add("gauge", gauge_began.elapsed());
        let verified = seconds.time("audit", store.verify_audit()).await.map_err(Failure::failed)?;
        Ok(Story {
            people,
            paid_persons,
            paid_fen: before.paid.fen(),
            bank_lines: before.lines,
            returned_lines: before.returned_lines,
            reissued_lines: now.reissued_lines,
            held_lines: september.held,
            ledger_difference_fen: (september.difference + october.difference).fen(),
            audit_ok: verified.broken.is_none(),
            audit_rows: verified.rows,
            households,
            persons_on_file,
            villages,
            determined,
            imported,
            october_paid_fen: now.paid.fen(),
            october_bank_lines: now.lines,
            widow: widow_story(widow, calendar),
            gauge: indicators::movement(&now, &before).iter().map(gauge_line).collect(),
            seed: demo.seed,
            seconds: seconds.listed(began),
            peak_rss_mib: peak_rss_mib(),
        })
    }

    /// The story in plain Chinese.
    pub fn told(&self, library: &Library, areas: &AreaTree) -> String {
        let village = areas.path(&"430302202204".parse().expect("a village"));
        let w = &self.widow;
        let title = library.programme("dibao").map_or("低保", |info| info.title.as_str());
        let mut lines = vec![
            String::new(),
            format!(
                "【一】{} 人领取救助，登记簿里 {} 人、{} 户，分布在 {} 个村（社区）。",
                self.people, self.persons_on_file, self.households, self.villages
            ),
            format!("【二】{village}的周桂兰 9 月 6 日在村里交了一张表（{}），只跑了 {} 趟。", w.case_number, w.trips),
            format!(
                "      核对和入户同时进行，公示 7 天，县里由另一个人确认：用了 {} 天，承诺 20 天{}。",
                w.promise_days_used,
                if w.is_in_time { "以内" } else { "，超期" }
            ),
            format!("      {title}每月 {} 元，从 {} 发。理由：", Fen::new(w.award_fen), w.first_month),
        ];
        lines.extend(w.reasons.iter().map(|reason| format!("        · {reason}")));
        lines.extend(w.others.iter().map(|other| {
            let amount = Fen::new(other.amount_fen);
            format!("      同一张表还办成：{} {amount} 元（{}，{}）。", other.title, other.case_number, other.status)
        }));
        lines.push(format!(
            "      问了她 {} 项，部门已有 {} 项，别的待遇直接用了 {} 次，没有再问。",
            w.items_asked, w.items_prefilled, w.items_reused
        ));
        lines.push(format!(
            "【三】9 月 10 日：{} 笔报送银行，到账 {} 元，{} 人收到；银行退回 {} 笔，暂缓 {} 笔（都写明原因）。",
            self.bank_lines,
            Fen::new(self.paid_fen),
            self.paid_persons,
            self.returned_lines,
            self.held_lines
        ));
        lines.push(format!(
            "【四】10 月：退回的 {} 笔更正账户后重发，周桂兰领到第一笔，共 {} 笔。",
            self.reissued_lines, self.october_bank_lines
        ));
        lines.push(format!(
            "【五】五本账（应发、批次、文件、银行、总账）相差 {} 元；审计链 {} 条{}。",
            Fen::new(self.ledger_difference_fen),
            self.audit_rows,
            if self.audit_ok { "全部相符" } else { "有不符" }
        ));
        lines.push("【六】温度表（9 月 → 10 月）：".to_owned());
        lines.extend(
            self.gauge.iter().map(|line| format!("        {}：{} → {}", line.figure, line.september, line.october)),
        );
        let total = self.seconds.get("total").and_then(serde_json::Value::as_f64).unwrap_or_default();
        lines.push(format!("\n用时 {total:.1} 秒，内存最高 {} MiB。", self.peak_rss_mib));
        lines.join("\n")
    }
}

fn widow_story(widow: &Widow, calendar: &WorkCalendar) -> WidowStory {
    let case = &widow.case;
    let promise = case.clock(ClockKind::Promise).expect("a dibao case has its promise");
    let decided = case.decided_on().expect("the widow's case was decided");
    let yes = case.confirmation.as_ref().expect("the widow's case was confirmed");
    let reasons = widow.determination.reasons.iter();
    let other = |case: &casework::case::Case| OtherRight {
        title: title_in(widow, &case.filed.programmes[0]),
        amount_fen: case.confirmation.as_ref().map_or(0, |yes| yes.amount.fen()),
        case_number: case.filed.number.clone(),
        status: case.status().zh().to_owned(),
    };
    WidowStory {
        others: widow.others.iter().map(other).collect(),
        items_asked: widow.application.asked,
        items_prefilled: widow.application.prefilled,
        items_reused: widow.application.reused,
        case_number: case.filed.number.clone(),
        promise_days_used: promise.used_by(decided, calendar).expect("2021 lies within the calendar"),
        is_in_time: promise.light(decided, calendar) == Light::Done,
        trips: case.trips,
        award_fen: yes.amount.fen(),
        first_month: yes.from.to_string(),
        reasons: reasons
            .map(|reason| {
                if reason.cite.is_empty() {
                    reason.text.to_string()
                } else {
                    format!("{} {}", reason.text, reason.cite)
                }
            })
            .collect(),
    }
}

fn title_in(widow: &Widow, programme: &str) -> String {
    let proposal = widow.application.proposals.iter().find(|one| one.programme == programme);
    proposal.map_or_else(String::new, |one| one.title.clone())
}

fn gauge_line(moved: &Movement) -> GaugeLine {
    GaugeLine {
        figure: format!("{}{}", moved.now.name, unit(moved)),
        september: moved.before.shown(),
        october: moved.now.value.shown(),
    }
}

fn unit(moved: &Movement) -> String {
    match moved.now.value.unit() {
        "" => String::new(),
        unit => format!("（{unit}）"),
    }
}

/// As the kernel tells it; zero where there is no such file.
fn peak_rss_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next())
        .and_then(|kib| kib.parse::<u64>().ok())
        .map_or(0, |kib| kib / 1024)
}
