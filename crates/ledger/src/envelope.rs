//! The life of an envelope (发放批次): one county's payments of one month. Count and sum are fixed at lock and checked at every hop.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use values::{AreaCode, Day, EnvelopeId, Fen, Month};

use crate::sums::{FundSum, sums_of};
use crate::{Account, Entry, EntryError, EnvelopeState, FundShares, FundSource, Line, Posting, Refusal};

/// Count and sum, carried through every hop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// Number of lines.
    pub count: u32,
    /// Their sum.
    pub sum: Fen,
}

/// Who signed what, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Work number.
    pub by: String,
    /// Day.
    pub on: Day,
}

/// One county's payments of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Its id.
    pub id: EnvelopeId,
    /// County, twelve digits.
    pub county: AreaCode,
    /// Month.
    pub month: Month,
    /// Where it is.
    pub state: EnvelopeState,
    /// What was locked.
    pub control: Control,
    /// Sums by programme and source of funds, as locked: each line is shared over the sources by itself, so that the sums of any
    /// part of the lines (what came back, what is issued again) add up without a fen between them.
    pub sums: Vec<FundSum>,
    /// Who prepared it.
    pub locked: Signature,
    /// First approval.
    pub first_approval: Option<Signature>,
    /// Second approval.
    pub second_approval: Option<Signature>,
    /// What the bank sent back so far.
    pub returned: Control,
}

impl Control {
    /// Count and sum of lines.
    pub fn of(lines: &[Line]) -> Control {
        let count = u32::try_from(lines.len()).expect("an envelope holds fewer than four billion lines");
        Control { count, sum: lines.iter().map(|line| line.amount).sum() }
    }
}

impl Envelope {
    /// Locks computed lines: count, sum and sums by source are fixed; what is newly owed is booked (nothing, when all lines are
    /// reissues).
    ///
    /// # Errors
    /// No lines; a line of another county, without money, or for what another line pays already; a programme without known shares
    /// of funds.
    pub fn lock(
        id: EnvelopeId,
        county: AreaCode,
        month: Month,
        lines: &[Line],
        shares: &BTreeMap<String, FundShares>,
        by: Signature,
    ) -> Result<(Envelope, Option<Entry>), Refusal> {
        if lines.is_empty() {
            return Err(Refusal::new("nothing_to_pay", format!("{month} 没有要发放的明细"), "请核对待遇和起止月份"));
        }
        if let Some(wrong) = wrong_line(county, lines) {
            return Err(wrong);
        }
        let envelope = Envelope {
            id,
            county,
            month,
            state: EnvelopeState::Locked,
            control: Control::of(lines),
            sums: sums_of(lines, shares)?,
            locked: by,
            first_approval: None,
            second_approval: None,
            returned: Control::default(),
        };
        let granted = envelope.moves(Account::ReliefGranted, Account::OwedToPersons, |sum| sum.granted);
        let entry = envelope.booked(envelope.locked.on, "锁定发放批次，确认应付", granted);
        Ok((envelope, entry))
    }

    /// First or second approval. Three different people: who prepared, who approves first, who approves second.
    ///
    /// # Errors
    /// Not the moment; a person who has signed already.
    pub fn approve(&self, by: Signature) -> Result<Envelope, Refusal> {
        let signed = [Some(&self.locked), self.first_approval.as_ref(), self.second_approval.as_ref()];
        if signed.into_iter().flatten().any(|earlier| earlier.by == by.by) {
            let text = "编制、一审、二审要由三个不同的人";
            return Err(Refusal::new("same_person_approves", text, "请由另一位有权限的人审批"));
        }
        let mut next = self.clone();
        match self.state {
            EnvelopeState::Locked => {
                next.first_approval = Some(by);
                next.state = EnvelopeState::FirstApproved;
            }
            EnvelopeState::FirstApproved => {
                next.second_approval = Some(by);
                next.state = EnvelopeState::SecondApproved;
            }
            _ => return Err(self.wrong_state("审批")),
        }
        Ok(next)
    }

    /// The fund check: every source must cover its share of the whole envelope; nothing is paid by half.
    ///
    /// # Errors
    /// Not the moment; a source that falls short, with how much.
    pub fn fund(&self, at_hand: &BTreeMap<FundSource, Fen>) -> Result<Envelope, Refusal> {
        self.must_be(EnvelopeState::SecondApproved, "落实资金")?;
        let mut short = Vec::new();
        for (source, needed) in self.needed_by_source() {
            let have = at_hand.get(&source).copied().unwrap_or(Fen::ZERO);
            if have < needed {
                short.push(format!("{}资金差 {} 元（需要 {needed} 元，现有 {have} 元）", source.zh(), needed - have));
            }
        }
        if !short.is_empty() {
            let next = "请先登记下达的资金（dixian pay fund），整个批次暂不报银行";
            return Err(Refusal::new("funds_are_short", short.join("；"), next));
        }
        Ok(Envelope { state: EnvelopeState::Funded, ..self.clone() })
    }

    /// The bank file is written and carries exactly what was locked: what is owed becomes money on its way.
    ///
    /// # Errors
    /// Not the moment; a file whose count or sum is not the locked one.
    pub fn file(&self, on: Day, filed: Control) -> Result<(Envelope, Entry), Refusal> {
        self.must_be(EnvelopeState::Funded, "报银行")?;
        if filed != self.control {
            let text = format!(
                "银行文件 {} 笔 {} 元，与锁定的 {} 笔 {} 元不一致",
                filed.count, filed.sum, self.control.count, self.control.sum
            );
            return Err(Refusal::new("file_differs_from_lock", text, "请不要发送，重新生成文件"));
        }
        let sent = self.moves(Account::InTransit, Account::FundsAtHand, |sum| sum.amount);
        let entry = self.booked(on, "报送银行，资金在途", sent).expect("a locked envelope carries money");
        Ok((Envelope { state: EnvelopeState::Filed, ..self.clone() }, entry))
    }

    /// The bank has answered the whole file: what arrived settles what was owed; what came back is at hand again, and still owed.
    /// `returned` are the lines it sent back.
    ///
    /// # Errors
    /// Not the moment; more returned than was sent; a line returned twice, or one that this envelope did not send.
    pub fn answer(
        &self,
        on: Day,
        returned: &[&Line],
        shares: &BTreeMap<String, FundShares>,
    ) -> Result<(Envelope, Vec<Entry>), Refusal> {
        self.must_be(EnvelopeState::Filed, "登记回盘")?;
        let back = Control {
            count: u32::try_from(returned.len()).expect("fewer returns than lines"),
            sum: returned.iter().map(|line| line.amount).sum(),
        };
        if back.count > self.control.count || back.sum > self.control.sum {
            let text = "退回的比报送的还多";
            return Err(Refusal::new("more_returned_than_sent", text, "请向银行核实回盘文件"));
        }
        let sums = sums_of(returned.iter().copied(), shares)?;
        if let Some(wrong) = self.wrong_return(returned, &sums) {
            return Err(wrong);
        }
        let entries = self.settle(on, &sums);
        let state = match back.count {
            0 => EnvelopeState::Paid,
            count if count == self.control.count => EnvelopeState::Returned,
            _ => EnvelopeState::PartlyReturned,
        };
        Ok((Envelope { state, returned: back, ..self.clone() }, entries))
    }

    /// A line sent back twice or never sent; the sums by programme and source catch a line of another envelope.
    fn wrong_return(&self, returned: &[&Line], sums: &[FundSum]) -> Option<Refusal> {
        let mut numbers: Vec<u32> = returned.iter().map(|line| line.no).collect();
        numbers.sort_unstable();
        if let Some(twice) = numbers.windows(2).find(|pair| pair[0] == pair[1]) {
            let text = format!("第 {} 笔在回盘里退回了两次", twice[0]);
            return Some(Refusal::new("returned_twice", text, "请向银行核实回盘文件"));
        }
        let is_sent = |back: &FundSum| {
            let same = |sum: &&FundSum| sum.programme == back.programme && sum.source == back.source;
            self.sums.iter().find(same).is_some_and(|sum| back.amount <= sum.amount)
        };
        let is_numbered = numbers.iter().all(|no| (1..=self.control.count).contains(no));
        if is_numbered && sums.iter().all(is_sent) {
            return None;
        }
        let text = "退回的明细里有这个批次没有报送的";
        Some(Refusal::new("returned_but_not_sent", text, "请核对回盘文件属于哪个批次"))
    }

    /// Everything in transit leaves transit: what arrived settles what was owed, what came back is at hand again.
    fn settle(&self, on: Day, back: &[FundSum]) -> Vec<Entry> {
        let (mut settled, mut came_back) = (Vec::new(), Vec::new());
        for sum in &self.sums {
            let same = |other: &&FundSum| other.programme == sum.programme && other.source == sum.source;
            let returned = back.iter().find(same).map_or(Fen::ZERO, |other| other.amount);
            let arrived = sum.amount - returned;
            let post = |account, amount| self.posting(account, sum, amount);
            settled.extend([post(Account::OwedToPersons, arrived), post(Account::InTransit, -arrived)]);
            came_back.extend([post(Account::FundsAtHand, returned), post(Account::InTransit, -returned)]);
        }
        let entries = [("银行确认到账", settled), ("银行退回，资金回到待发", came_back)];
        entries.into_iter().filter_map(|(memo, postings)| self.booked(on, memo, postings)).collect()
    }

    /// Reconciled: every difference was explained.
    ///
    /// # Errors
    /// Not the moment; an unexplained difference.
    pub fn reconcile(&self, found: &crate::Reconciliation) -> Result<Envelope, Refusal> {
        if !matches!(self.state, EnvelopeState::Paid | EnvelopeState::PartlyReturned | EnvelopeState::Returned) {
            return Err(self.wrong_state("对账"));
        }
        if !found.ties() {
            let gaps: Vec<String> = found.gaps.iter().map(ToString::to_string).collect();
            return Err(Refusal::new("does_not_tie", format!("对账不平：{}", gaps.join("；")), "请逐项查明后再关账"));
        }
        Ok(Envelope { state: EnvelopeState::Reconciled, ..self.clone() })
    }

    /// Closed: nothing moves any more.
    ///
    /// # Errors
    /// Not reconciled.
    pub fn close(&self) -> Result<Envelope, Refusal> {
        self.must_be(EnvelopeState::Reconciled, "关闭")?;
        Ok(Envelope { state: EnvelopeState::Closed, ..self.clone() })
    }

    fn must_be(&self, state: EnvelopeState, what: &str) -> Result<(), Refusal> {
        if self.state == state { Ok(()) } else { Err(self.wrong_state(what)) }
    }

    fn wrong_state(&self, what: &str) -> Refusal {
        let text = format!("{} 批次现在是“{}”，不能{what}", self.month, self.state.zh());
        Refusal::new("wrong_state", text, "请按顺序办理：锁定、一审、二审、落实资金、报银行、回盘、对账、关闭")
    }

    fn posting(&self, account: Account, sum: &FundSum, amount: Fen) -> Posting {
        let (fund, programme) = (sum.source, sum.programme.clone());
        Posting { account, fund, programme, county: self.county, month: self.month, amount }
    }

    /// Both sides of a movement from `credit` to `debit`, by programme and source.
    fn moves(&self, debit: Account, credit: Account, amount: impl Fn(&FundSum) -> Fen) -> Vec<Posting> {
        let both = |sum: &FundSum| [self.posting(debit, sum, amount(sum)), self.posting(credit, sum, -amount(sum))];
        self.sums.iter().flat_map(both).collect()
    }

    /// The entry of postings made in pairs; none when no money moves.
    fn booked(&self, on: Day, memo: &str, postings: Vec<Posting>) -> Option<Entry> {
        match Entry::new(on, memo, Some(self.id), postings) {
            Ok(entry) => Some(entry),
            Err(EntryError::Empty) => None,
            Err(wrong) => panic!("both sides are made together: {wrong}"),
        }
    }

    /// What each source must give.
    pub fn needed_by_source(&self) -> BTreeMap<FundSource, Fen> {
        let mut needed: BTreeMap<FundSource, Fen> = BTreeMap::new();
        for sum in &self.sums {
            *needed.entry(sum.source).or_default() += sum.amount;
        }
        needed
    }

    /// What each programme pays.
    pub fn by_programme(&self) -> BTreeMap<&str, Fen> {
        let mut paid: BTreeMap<&str, Fen> = BTreeMap::new();
        for sum in &self.sums {
            *paid.entry(&sum.programme).or_default() += sum.amount;
        }
        paid
    }

    /// What was granted with this envelope (without reissues).
    pub fn granted(&self) -> Fen {
        self.sums.iter().map(|sum| sum.granted).sum()
    }
}

/// A line that must not be locked: of another county, without money, or for what another line pays already.
fn wrong_line(county: AreaCode, lines: &[Line]) -> Option<Refusal> {
    if let Some(line) = lines.iter().find(|line| !county.contains(&line.village)) {
        let text = format!("第 {} 笔不是本县（{}）的", line.no, county.county6());
        return Some(Refusal::new("line_of_another_county", text, "一个县一个批次，请按县重新编制"));
    }
    if let Some(line) = lines.iter().find(|line| line.amount <= Fen::ZERO) {
        return Some(Refusal::new("line_without_money", format!("第 {} 笔没有金额", line.no), "请重新编制"));
    }
    let mut by_purpose: Vec<&Line> = lines.iter().collect();
    by_purpose.sort_unstable_by(|a, b| a.paid_for().cmp(&b.paid_for()));
    let twice = by_purpose.windows(2).find(|pair| pair[0].paid_for() == pair[1].paid_for())?;
    let text = format!("第 {} 笔与第 {} 笔是同一人同一项目同一月", twice[0].no, twice[1].no);
    Some(Refusal::new("paid_twice", text, "请核实后只留一笔，重新编制"))
}
