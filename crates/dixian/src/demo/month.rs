//! Two months of payments: computed, locked, approved by two, funded, filed, answered by the bank, reconciled, closed.

use std::time::Instant;

use exchange::banks::{self, simulator};
use jobs::bank::{Bank, Collected};
use jobs::pay::{Allocation, Run};
use ledger::{Envelope, FundSource, Reconciliation};
use store::Hand;
use store::register::AccountIn;
use values::{Day, Fen};

use super::city::Files;
use super::story::Seconds;
use super::{at, staff};
use crate::commands::pay::{Counter, refused};
use crate::failure::Failure;
use crate::tell::Tell;

/// The days of one month's run.
pub struct Dates {
    month: &'static str,
    /// Under which name its payroll is timed.
    phase: &'static str,
    lock: &'static str,
    approve: &'static str,
    file: &'static str,
    answer: &'static str,
    reconcile: &'static str,
}

/// 9 月: everybody.
pub const SEPTEMBER: Dates = Dates {
    month: "2021-09",
    phase: "payroll",
    lock: "2021-09-08",
    approve: "2021-09-09",
    file: "2021-09-10",
    answer: "2021-09-13",
    reconcile: "2021-09-14",
};

/// 10 月: everybody, the widow, and what came back in September. 9 October is a working Saturday.
pub const OCTOBER: Dates = Dates {
    month: "2021-10",
    phase: "payroll_october",
    lock: "2021-10-08",
    approve: "2021-10-08",
    file: "2021-10-09",
    answer: "2021-10-11",
    reconcile: "2021-10-12",
};

/// The day on which the demo's pages stand.
pub fn last_day() -> Day {
    Day::parse(OCTOBER.reconcile).expect("the story's days exist")
}

/// What a month did.
#[derive(Clone, Debug, Default)]
pub struct Lived {
    /// Envelopes, closed.
    pub envelopes: Vec<Envelope>,
    /// Entitlements held back by name of a reason.
    pub held: usize,
    /// Sum of all differences that reconciliation found.
    pub difference: Fen,
}

/// The counter at which the month is lived.
pub struct Month<'a> {
    /// Store, names, formats.
    pub counter: &'a Counter,
    /// The run.
    pub run: Run<'a>,
    /// The bank.
    pub bank: &'a Bank<'a>,
    /// What the bank holds lies among the city's files.
    pub files: &'a Files,
}

impl Month<'_> {
    /// Books what each source gives each county, from September's need, for three months and a reserve.
    ///
    /// # Errors
    /// The store.
    pub async fn allocate_funds(&self) -> Result<(), Failure> {
        let moment = at("2021-09-01", 11);
        let mut counties = self.counter.store.counties().await.map_err(Failure::failed)?;
        let hers = staff::approver().office.county(); // a small city may have nobody else there
        if !counties.contains(&hers) {
            counties.push(hers);
        }
        for county in counties {
            let computed = self.run.compute(county, "2021-09".parse().expect("a month")).await.map_err(refused)?;
            let needed =
                ledger::needed_by_source(&computed.computed.lines, self.run.shares).map_err(Failure::refused)?;
            for source in [FundSource::Central, FundSource::Province, FundSource::City, FundSource::County] {
                let amount = needed.get(&source).copied().unwrap_or_default() * 3 + Fen::yuan(100_000);
                let grant = Allocation { county, source, amount, document: "演示财〔2021〕1号" };
                self.run.allocate(&grant, staff::PREPARES, &moment).await.map_err(refused)?;
            }
        }
        Ok(())
    }

    /// Lives one month of payments from the cut-off to the closed books.
    ///
    /// # Errors
    /// A rule says no, or something outside fails.
    pub async fn live(&self, dates: &Dates, tell: Tell, seconds: &mut Seconds) -> Result<Lived, Failure> {
        let began = Instant::now();
        let (mut envelopes, held) = self.lock(dates).await?;
        for envelope in &mut envelopes {
            let moment = at(dates.approve, 15);
            for by in [staff::APPROVES_FIRST, staff::APPROVES_SECOND] {
                *envelope = self.run.approve(envelope, by, &moment).await.map_err(refused)?;
            }
            *envelope = self.run.fund(envelope, staff::PREPARES, &moment).await.map_err(refused)?;
            *envelope =
                self.bank.file(&self.run, envelope, staff::PREPARES, &at(dates.file, 9)).await.map_err(refused)?.0;
        }
        seconds.add(dates.phase, began.elapsed());
        seconds.time("bank", async { self.bank_answers() }).await?;
        let began = Instant::now();
        let mut lived = self.collect(dates, envelopes).await?;
        lived.held = held;
        seconds.add("return", began.elapsed());
        let lines: u32 = lived.envelopes.iter().map(|envelope| envelope.control.count).sum();
        let sum: Fen = lived.envelopes.iter().map(|envelope| envelope.control.sum).sum();
        let returned: u32 = lived.envelopes.iter().map(|envelope| envelope.returned.count).sum();
        tell.say(format!(
            "{} 发放 {lines} 笔 {sum} 元，银行退回 {returned} 笔，暂缓 {held} 笔，对账差额 {} 元。",
            dates.month, lived.difference
        ));
        Ok(lived)
    }

    async fn lock(&self, dates: &Dates) -> Result<(Vec<Envelope>, usize), Failure> {
        let month = dates.month.parse().expect("a month");
        let (mut envelopes, mut held) = (Vec::new(), 0);
        for county in self.counter.store.counties().await.map_err(Failure::failed)? {
            let computed = self.run.compute(county, month).await.map_err(refused)?;
            held += computed.computed.excluded.len();
            envelopes
                .extend(self.run.lock(month, &computed, staff::PREPARES, &at(dates.lock, 16)).await.map_err(refused)?);
        }
        Ok((envelopes, held))
    }

    /// The bank, which knows our files and its own accounts, and nothing else of us.
    fn bank_answers(&self) -> Result<(), Failure> {
        let held = self.files.folder.join("bank").join("accounts.csv");
        let text =
            std::fs::read_to_string(&held).map_err(|cause| Failure::failed(format!("银行账户文件读不了：{cause}")))?;
        let accounts = simulator::Accounts::from_csv(&text).map_err(Failure::failed)?;
        let inbox = self.inbox();
        simulator::answer_folder(self.bank.profile, &accounts, &self.bank.outbox, &inbox).map_err(Failure::failed)?;
        // the bank has taken the files away
        for file in banks::waiting(&self.bank.outbox).map_err(Failure::failed)? {
            banks::archive(&file, &self.bank.archive).map_err(Failure::failed)?;
        }
        Ok(())
    }

    fn inbox(&self) -> std::path::PathBuf {
        self.bank.archive.with_file_name("inbox")
    }

    async fn collect(&self, dates: &Dates, mut envelopes: Vec<Envelope>) -> Result<Lived, Failure> {
        let moment = at(dates.answer, 10);
        for file in banks::waiting(&self.inbox()).map_err(Failure::failed)? {
            if let Collected::Booked { envelope, .. } =
                self.bank.collect(&self.run, &file, staff::PREPARES, &moment).await.map_err(refused)?
                && let Some(known) = envelopes.iter_mut().find(|known| known.id == envelope.id)
            {
                *known = *envelope;
            }
        }
        let mut lived = Lived::default();
        for envelope in envelopes {
            let (closed, found) =
                self.run.reconcile(&envelope, staff::PREPARES, &at(dates.reconcile, 10)).await.map_err(refused)?;
            lived.difference += difference(&found);
            lived.envelopes.push(closed);
        }
        Ok(lived)
    }

    /// The villages bring corrected accounts; two people put their names to each.
    ///
    /// # Errors
    /// The store.
    pub async fn correct_accounts(&self, tell: Tell) -> Result<(), Failure> {
        let path = self.files.folder.join("bank").join("corrections.csv");
        let text =
            std::fs::read_to_string(&path).map_err(|cause| Failure::failed(format!("更正名单读不了：{cause}")))?;
        let hand = Hand { by: staff::PREPARES.into(), at: at("2021-09-26", 10).at };
        let mut corrected = 0;
        for row in corrections(&text) {
            let Some((county, person)) =
                self.counter.store.find_identity(row.id_number).await.map_err(Failure::failed)?
            else {
                continue;
            };
            let account = AccountIn {
                holder: row.holder.to_owned(),
                number: row.account.to_owned(),
                bank: "湘潭示例农商银行".to_owned(),
            };
            self.counter
                .store
                .correct_account(county, person, &account, staff::APPROVES_FIRST, hand.clone())
                .await
                .map_err(Failure::failed)?;
            corrected += 1;
        }
        tell.say(format!("村里核实更正了 {corrected} 个账户，一人录入，另一人核验。"));
        Ok(())
    }
}

fn difference(found: &Reconciliation) -> Fen {
    found.gaps.iter().map(|gap| Fen::new(gap.amount.fen().abs())).sum()
}

struct Correction<'t> {
    id_number: &'t str,
    holder: &'t str,
    account: &'t str,
}

/// Reads the village's list by its headings.
fn corrections(text: &str) -> Vec<Correction<'_>> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let headings: Vec<&str> = lines.next().unwrap_or_default().split(',').map(str::trim).collect();
    let at = |name: &str| headings.iter().position(|heading| *heading == name);
    let (Some(id), Some(holder), Some(account)) = (at("身份证号"), at("新开户名"), at("新账号")) else {
        return Vec::new();
    };
    lines
        .map(|line| line.split(',').map(str::trim).collect::<Vec<_>>())
        .filter(|cells| cells.len() == headings.len())
        .map(|cells| Correction { id_number: cells[id], holder: cells[holder], account: cells[account] })
        .collect()
}
