//! Envelopes on their way to the bank and its answers on their way back; always through outbox and inbox.
//!
//! Crash-safe by order: the database first says what was filed (names and digests), then the files appear, written to a temporary
//! name, synced, renamed. A run that stopped in between is repeated: the same lines make the same bytes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use exchange::banks::{self, Answer, Order, Outcome, PayLine, Profile, Waiting};
use ledger::{Control, Envelope, EnvelopeState, Line};
use store::pay::{BankAnswer, BankFile, BankReturn};
use values::EnvelopeId;

use crate::JobFailure;
use crate::clock::Moment;
use crate::pay::{Run, hand};

/// The agent bank, as seen from here: a file format and three folders.
#[derive(Clone, Debug)]
pub struct Bank<'a> {
    /// Format.
    pub profile: &'a Profile,
    /// Where its files are put.
    pub outbox: PathBuf,
    /// Where read answers go.
    pub archive: PathBuf,
    /// What the passbook shows for each programme.
    pub remarks: &'a BTreeMap<String, String>,
}

/// What became of a file from the bank.
#[derive(Clone, Debug)]
pub enum Collected {
    /// Read before, under whatever name: nothing was done.
    Before,
    /// Booked.
    Booked {
        /// The envelope, as it is now.
        envelope: Box<Envelope>,
        /// Lines that arrived.
        confirmed: Control,
        /// Lines that came back.
        returned: Control,
    },
}

impl Bank<'_> {
    /// The order that an envelope's lines make; the bank knows lines by our numbers.
    pub fn order(&self, id: EnvelopeId, county: values::AreaCode, month: values::Month, lines: &[Line]) -> Order {
        let lines = lines.iter().map(|line| PayLine {
            no: line.no,
            account_name: line.account_name.clone(),
            account: line.account.clone(),
            amount: line.amount,
            remark: self.remarks.get(&line.programme).cloned().unwrap_or_default(),
        });
        Order { run: format!("E{id}"), county, month, lines: lines.collect() }
    }

    /// Writes the bank files of a funded envelope; of a filed one, puts back files that are missing.
    ///
    /// # Errors
    /// Not the moment; a line that the format cannot carry; the folder.
    pub async fn file(
        &self,
        run: &Run<'_>,
        envelope: &Envelope,
        by: &str,
        moment: &Moment,
    ) -> Result<(Envelope, Vec<String>), JobFailure> {
        let lines = run.store.lines(envelope.county, envelope.id).await?;
        let order = self.order(envelope.id, envelope.county, envelope.month, &lines);
        let files = order.write(self.profile).map_err(|wrong| JobFailure::File(wrong.to_string()))?;
        if let Some(held) = files.held.first() {
            return Err(JobFailure::File(format!("第 {} 笔写不进银行文件：{}", held.no, held.reason)));
        }
        let filed = if envelope.state == EnvelopeState::Filed {
            self.is_ours(&run.store.bank_files(envelope.county, envelope.id).await?).map_err(JobFailure::File)?;
            envelope.clone()
        } else {
            let count = u32::try_from(files.count).expect("an envelope holds fewer than four billion lines");
            let (next, entry) = envelope.file(moment.on, Control { count, sum: files.sum })?;
            let number = run.store.next_id(moment.unix_ms);
            let kept: Vec<BankFile> = files.files.iter().map(|file| self.kept_file(file)).collect();
            run.store.move_envelope(envelope, &next, &[(number, entry)], &kept, hand(by, moment)).await?;
            next
        };
        let mut names = Vec::new();
        for file in &files.files {
            if !self.outbox.join(&file.name).exists() {
                banks::put(&self.outbox, &file.name, &file.bytes)
                    .map_err(|wrong| JobFailure::File(wrong.to_string()))?;
            }
            names.push(file.name.clone());
        }
        Ok((filed, names))
    }

    /// Reads one file from the bank: what arrived, what came back. Nothing is booked unless every line has its answer.
    ///
    /// # Errors
    /// A file that does not tie, answers something else, or leaves lines to a person.
    pub async fn collect(
        &self,
        run: &Run<'_>,
        waiting: &Waiting,
        by: &str,
        moment: &Moment,
    ) -> Result<Collected, JobFailure> {
        let refused = |text: String| JobFailure::File(format!("{}：{text}", shown_name(waiting)));
        let answer = Answer::read(self.profile, &waiting.bytes).map_err(|wrong| refused(wrong.to_string()))?;
        let digest = hex(&answer.digest);
        if run.store.was_received(&digest).await? {
            self.put_away(waiting)?;
            return Ok(Collected::Before);
        }
        let envelope = self.answered_envelope(run, &answer).await.map_err(|wrong| refused(wrong.to_string()))?;
        self.is_ours(&run.store.bank_files(envelope.county, envelope.id).await?).map_err(refused)?;
        let lines = run.store.lines(envelope.county, envelope.id).await?;
        let order = self.order(envelope.id, envelope.county, envelope.month, &lines);
        let part = self.profile.part(&order.lines, answer.part);
        let part = part.ok_or_else(|| refused(format!("没有第 {} 卷", answer.part)))?;
        let judged = answer.judge(self.profile, &order, part).map_err(|wrong| refused(wrong.to_string()))?;
        let returned = clear_answers(&judged).map_err(refused)?;
        let kept = BankAnswer {
            file_no: i64::from(answer.part),
            confirmed: Control { count: answer.paid_count, sum: answer.paid_sum },
            returned,
            digest,
            name: shown_name(waiting),
        };
        let booked = self.book(run, &envelope, &lines, kept, by, moment).await?;
        self.put_away(waiting)?;
        Ok(booked)
    }

    /// Keeps the answer; with the last part, the envelope moves on and both sides of the ledger are booked.
    async fn book(
        &self,
        run: &Run<'_>,
        envelope: &Envelope,
        lines: &[Line],
        answer: BankAnswer,
        by: &str,
        moment: &Moment,
    ) -> Result<Collected, JobFailure> {
        let files = run.store.bank_files(envelope.county, envelope.id).await?.len();
        let (answered, _, _) = run.store.answers(envelope.county, envelope.id).await?;
        let confirmed = answer.confirmed;
        let sum = answer.returned.iter().map(|back| back.amount).sum();
        let returned = Control { count: u32::try_from(answer.returned.len()).expect("fewer returns than lines"), sum };
        let mut after = envelope.clone();
        let is_last = usize::try_from(answered).is_ok_and(|answered| answered + 1 == files);
        let fresh = if is_last {
            let earlier = run.store.returns_of(envelope.county, envelope.id).await?;
            let mut back: Vec<&Line> = earlier.iter().map(|returned| &returned.line).collect();
            back.extend(answer.returned.iter().map(|back| &lines[back.no as usize - 1]));
            let (next, entries) = envelope.answer(moment.on, &back, run.shares)?;
            let entries: Vec<_> = entries.into_iter().map(|entry| (run.store.next_id(moment.unix_ms), entry)).collect();
            after = next;
            run.store.keep_answer(envelope, &answer, Some((&after, &entries)), hand(by, moment)).await?
        } else {
            run.store.keep_answer(envelope, &answer, None, hand(by, moment)).await?
        };
        Ok(if fresh { Collected::Booked { envelope: Box::new(after), confirmed, returned } } else { Collected::Before })
    }

    /// Another bank may mean something else by the same code: answers are read by the profile that wrote their files.
    fn is_ours(&self, kept: &[BankFile]) -> Result<(), String> {
        let foreign = |file: &&BankFile| !file.profile.is_empty() && file.profile != self.profile.name;
        match kept.iter().find(foreign) {
            None => Ok(()),
            Some(file) => Err(format!(
                "这个批次的银行文件是用“{}”的格式写的，现在用的是“{}”；请用 --profile 换回当时的格式",
                file.profile, self.profile.name
            )),
        }
    }

    fn kept_file(&self, file: &banks::BankFile) -> BankFile {
        let count = u32::try_from(file.count).expect("a file holds fewer than four billion lines");
        BankFile {
            file_no: i64::from(file.part),
            name: file.name.clone(),
            digest: hex(&file.digest),
            control: Control { count, sum: file.sum },
            profile: self.profile.name.clone(),
        }
    }

    async fn answered_envelope(&self, run: &Run<'_>, answer: &Answer) -> Result<Envelope, JobFailure> {
        let unknown = || JobFailure::File(format!("批次 {} 不是这里发出的", answer.run));
        let id: i64 = answer.run.strip_prefix('E').and_then(|number| number.parse().ok()).ok_or_else(unknown)?;
        let of_month = run.store.envelopes(Some(answer.month)).await?;
        of_month.into_iter().find(|envelope| envelope.id == EnvelopeId(id)).ok_or_else(unknown)
    }

    fn put_away(&self, waiting: &Waiting) -> Result<(), JobFailure> {
        let failed = |cause| JobFailure::File(format!("归档 {} 失败：{cause}", shown_name(waiting)));
        banks::archive(waiting, &self.archive).map(drop).map_err(failed)
    }
}

/// The lines that came back; refuses when a line is left to a person.
fn clear_answers(judged: &banks::Judged) -> Result<Vec<BankReturn>, String> {
    if let Some(no) = judged.unknown_lines.first() {
        return Err(format!("回盘里的第 {no} 笔不是我们发出的，请向银行核实；整个文件没有入账"));
    }
    let mut returned = Vec::new();
    for verdict in &judged.verdicts {
        match &verdict.outcome {
            Outcome::Paid => {}
            Outcome::Returned { code, meaning } => returned.push(BankReturn {
                no: verdict.no,
                code: code.clone(),
                meaning: meaning.clone(),
                amount: verdict.amount,
            }),
            Outcome::Held(why) => return Err(format!("第 {} 笔要人工核实：{why}；整个文件没有入账", verdict.no)),
        }
    }
    Ok(returned)
}

fn shown_name(waiting: &Waiting) -> String {
    waiting.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
