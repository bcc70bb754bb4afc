//! `dixian pay …`: the month's run, one step a command, each with a name under it.

use std::collections::BTreeMap;
use std::path::Path;

use exchange::banks::{Profile, Waiting};
use jobs::bank::{Bank, Collected};
use jobs::clock::{Clock, Moment};
use jobs::pay::{Allocation, Run};
use law::{Library, Overlap};
use ledger::{Computed, Envelope, EnvelopeState, FundShares, FundSource};
use serde::Serialize;
use store::Store;
use values::{AreaCode, AreaTree, Fen, Month};

use crate::assets;
use crate::cli::{Pay, PayStep};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// Everything the run stands on, owned.
pub struct Counter {
    /// Where all is kept.
    pub store: Store,
    /// Names of areas.
    pub areas: AreaTree,
    shares: BTreeMap<String, FundShares>,
    remarks: BTreeMap<String, String>,
    overlap: Overlap,
    profile: Profile,
    outbox: std::path::PathBuf,
    archive: std::path::PathBuf,
}

/// What a step tells about an envelope.
#[derive(Debug, Serialize)]
struct Told {
    county: String,
    month: Month,
    state: &'static str,
    lines: u32,
    sum_fen: i64,
    returned_lines: u32,
    held_lines: u32,
}

impl Counter {
    /// The counter on an open store.
    ///
    /// # Errors
    /// Folders cannot be used.
    pub fn at(settings: &Settings, store: Store, library: &Library, profile: Profile) -> Result<Counter, Failure> {
        let remarks = library.programmes().iter().map(|info| (info.id.to_string(), info.title.to_string())).collect();
        Ok(Counter {
            store,
            areas: assets::areas(),
            shares: assets::fund_shares(),
            remarks,
            overlap: library.overlap().clone(),
            profile,
            outbox: settings.folder("outbox")?,
            archive: settings.folder("archive")?,
        })
    }

    /// The bank as this counter knows it.
    pub fn bank(&self) -> Bank<'_> {
        Bank {
            profile: &self.profile,
            outbox: self.outbox.clone(),
            archive: self.archive.clone(),
            remarks: &self.remarks,
        }
    }

    /// The run on that bank.
    pub fn run<'a>(&'a self, bank: &'a Bank<'a>) -> Run<'a> {
        Run { store: &self.store, shares: &self.shares, overlap: &self.overlap, bank }
    }

    /// Envelopes of a month; a sentence when there are none.
    async fn envelopes(&self, month: Month) -> Result<Vec<Envelope>, Failure> {
        let found = self.store.envelopes(Some(month)).await.map_err(Failure::failed)?;
        if found.is_empty() {
            return Err(Failure::not_found(format!("{month} 还没有发放批次，请先运行 dixian pay run --month {month}")));
        }
        Ok(found)
    }

    async fn tell(&self, tell: Tell, envelopes: &[Envelope]) -> Result<(), Failure> {
        let mut told = Vec::new();
        for envelope in envelopes {
            let held = self.store.held_lines(envelope.county, envelope.id).await.map_err(Failure::failed)?;
            told.push(Told {
                county: self.areas.plain_name(&envelope.county).unwrap_or_default().to_string(),
                month: envelope.month,
                state: envelope.state.zh(),
                lines: envelope.control.count,
                sum_fen: envelope.control.sum.fen(),
                returned_lines: envelope.returned.count,
                held_lines: held,
            });
        }
        say(tell, &told);
        Ok(())
    }
}

fn say(tell: Tell, told: &[Told]) {
    let line = |t: &Told| {
        let sum = Fen::new(t.sum_fen);
        let (returned, held) = (t.returned_lines, t.held_lines);
        format!("{} {} {} 笔 {sum} 元 · {} · 退回 {returned} 笔 · 暂缓 {held} 笔", t.month, t.county, t.lines, t.state)
    };
    let lines: Vec<String> = told.iter().map(line).collect();
    tell.data(lines.join("\n"), &told);
}

/// Runs one of the steps.
///
/// # Errors
/// A rule says no, or something outside fails.
pub async fn run(settings: &Settings, pay: Pay, tell: Tell) -> Result<(), Failure> {
    let library = assets::library(settings.policy.as_deref())?;
    let profile = assets::bank_profile(&settings.data.join("banks"), pay.profile.as_deref())?;
    let counter = Counter::at(settings, settings.open().await?, &library, profile)?;
    let bank = counter.bank();
    let run = counter.run(&bank);
    let now = Clock::Machine.now();
    match pay.step {
        PayStep::Run { month, by, dry_run } => lock(&counter, &run, month, &by, dry_run, &now, tell).await,
        PayStep::Approve { month, by } => {
            let mut done = Vec::new();
            for envelope in counter.envelopes(month).await? {
                let approved = run.approve(&envelope, &by, &now).await.map_err(refused)?;
                done.push(match approved.state {
                    EnvelopeState::SecondApproved => run.fund(&approved, &by, &now).await.map_err(refused)?,
                    _ => approved,
                });
            }
            counter.tell(tell, &done).await
        }
        PayStep::Fund { county, source, amount, document, by } => {
            let grant = Allocation {
                county: county_of(&counter.areas, &county)?,
                source: FundSource::from_code(&source).ok_or_else(|| {
                    Failure::usage(format!("没有资金来源“{source}”；可用：中央、省、市、县、福彩、慈善、备用金"))
                })?,
                amount: Fen::parse_yuan(&amount).map_err(Failure::usage)?,
                document: &document,
            };
            run.allocate(&grant, &by, &now).await.map_err(refused)?;
            tell.data(
                format!("已登记{}资金 {} 元（{document}）", grant.source.zh(), grant.amount),
                &serde_json::json!({"booked_fen": grant.amount.fen()}),
            );
            Ok(())
        }
        PayStep::File { month, by } => {
            let mut done = Vec::new();
            for envelope in counter.envelopes(month).await? {
                let envelope = match envelope.state {
                    EnvelopeState::SecondApproved => run.fund(&envelope, &by, &now).await.map_err(refused)?,
                    _ => envelope,
                };
                done.push(bank.file(&run, &envelope, &by, &now).await.map_err(refused)?.0);
            }
            tell.say(format!("银行文件在 {}", settings.data.join("outbox").display()));
            counter.tell(tell, &done).await
        }
        PayStep::Return { file, by } => collect(&counter, &bank, &run, &file, &by, &now, tell).await,
        PayStep::Reconcile { month, by } => {
            let mut done = Vec::new();
            for envelope in counter.envelopes(month).await? {
                done.push(run.reconcile(&envelope, &by, &now).await.map_err(refused)?.0);
            }
            counter.tell(tell, &done).await
        }
        PayStep::Status { month } => counter.tell(tell, &counter.envelopes(month).await?).await,
    }
}

async fn lock(
    counter: &Counter,
    run: &Run<'_>,
    month: Month,
    by: &str,
    dry_run: bool,
    now: &Moment,
    tell: Tell,
) -> Result<(), Failure> {
    let (mut done, mut shown) = (Vec::new(), Vec::new());
    for county in counter.store.counties().await.map_err(Failure::failed)? {
        let computed = run.compute(county, month).await.map_err(refused)?;
        let name = counter.areas.plain_name(&county).unwrap_or_default();
        tell.say(format!(
            "{name}：{} 笔，暂缓 {} 笔，与上月比 {} 处不同",
            computed.computed.lines.len(),
            computed.computed.excluded.len(),
            computed.differences.len()
        ));
        if dry_run {
            shown.push(not_locked(name.to_string(), month, &computed.computed));
        } else if let Some(envelope) = run.lock(month, &computed, by, now).await.map_err(refused)? {
            done.push(envelope);
        }
    }
    if dry_run {
        say(tell, &shown);
        return Ok(());
    }
    counter.tell(tell, &done).await
}

/// A month as it would be locked now.
fn not_locked(county: String, month: Month, computed: &Computed) -> Told {
    let count = |counted: usize| u32::try_from(counted).expect("an envelope holds fewer than four billion lines");
    Told {
        county,
        month,
        state: "试算，没有写入",
        lines: count(computed.lines.len()),
        sum_fen: computed.lines.iter().map(|line| line.amount).sum::<Fen>().fen(),
        returned_lines: 0,
        held_lines: count(computed.excluded.len()),
    }
}

async fn collect(
    counter: &Counter,
    bank: &Bank<'_>,
    run: &Run<'_>,
    file: &Path,
    by: &str,
    now: &Moment,
    tell: Tell,
) -> Result<(), Failure> {
    let bytes =
        std::fs::read(file).map_err(|cause| Failure::not_found(format!("文件 {} 读不了：{cause}", file.display())))?;
    let waiting = Waiting { path: file.to_owned(), bytes };
    match bank.collect(run, &waiting, by, now).await.map_err(refused)? {
        Collected::Before => {
            let data = serde_json::json!({"was_read_before": true});
            tell.data("这个文件以前读过，没有重复入账", &data);
            Ok(())
        }
        Collected::Booked { envelope, .. } => counter.tell(tell, &[*envelope]).await,
    }
}

/// Refusals of money and of the store, with the right exit code.
pub fn refused(failure: jobs::JobFailure) -> Failure {
    use store::StoreError;
    match failure {
        jobs::JobFailure::Store(StoreError::Conflict { .. } | StoreError::PaidAlready) => Failure::conflict(failure),
        jobs::JobFailure::Refused(_) | jobs::JobFailure::File(_) => Failure::refused(failure),
        jobs::JobFailure::Store(_) | jobs::JobFailure::Facts { .. } => Failure::failed(failure),
    }
}

/// A county by its name or code.
fn county_of(areas: &AreaTree, text: &str) -> Result<AreaCode, Failure> {
    let city: AreaCode = assets::HOME.parse().expect("the home city has a code");
    text.parse()
        .ok()
        .or_else(|| areas.find(&city, text))
        .ok_or_else(|| Failure::not_found(format!("找不到县区“{text}”")))
}
