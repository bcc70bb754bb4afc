//! Answers against the order: a verdict for every line we sent, and what speaks of lines we never sent.

use std::collections::HashMap;

use values::Fen;

use super::answer::{Answer, AnswerLine, AnswerRefusal};
use super::order::{Order, PayLine};
use super::profile::Profile;

/// What became of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Its number.
    pub no: u32,
    /// Its amount.
    pub amount: Fen,
    /// What became of it.
    pub outcome: Outcome,
}

/// Paid, sent back, or for a person to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money arrived.
    Paid,
    /// It came back.
    Returned {
        /// The bank's code.
        code: String,
        /// What it means.
        meaning: String,
    },
    /// Nothing is booked until a person has asked the bank.
    Held(OutcomeHeld),
}

/// Why a line is left to a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutcomeHeld {
    /// The profile does not know the code.
    #[error("返回码“{0}”不在银行格式的代码表里；请问银行是什么意思，补进代码表后再处理")]
    UnknownCode(String),
    /// Another amount than we sent.
    #[error("回盘金额与发出的不一样；请与银行逐笔核对")]
    ChangedAmount,
    /// Another account than we sent.
    #[error("回盘账号与发出的不一样；请与银行核对钱到了哪里")]
    ChangedAccount,
    /// Answered more than once.
    #[error("回盘里这一笔出现了 {0} 次；请与银行核对是不是重复入账")]
    Duplicated(usize),
    /// Not answered.
    #[error("回盘里没有这一笔；请问银行办了没有")]
    Missing,
}

/// An answer held against the order it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// One for every line that was sent in this part, in its order.
    pub verdicts: Vec<Verdict>,
    /// Numbers the bank speaks of that this part never sent.
    pub unknown_lines: Vec<u32>,
}

impl Answer {
    /// Holds the answer against the lines that were sent in this part of the order.
    ///
    /// # Errors
    /// [`AnswerRefusal`] when it answers another run or month.
    pub fn judge(&self, profile: &Profile, sent: &Order, lines_of_part: &[PayLine]) -> Result<Judged, AnswerRefusal> {
        if self.run != sent.run {
            return Err(AnswerRefusal::OtherRun { found: self.run.clone(), expected: sent.run.clone() });
        }
        if self.month != sent.month {
            return Err(AnswerRefusal::OtherMonth { found: self.month, expected: sent.month });
        }
        let mut answers: HashMap<u32, Vec<&AnswerLine>> = HashMap::with_capacity(self.lines.len());
        for line in &self.lines {
            answers.entry(line.no).or_default().push(line);
        }
        let verdicts = lines_of_part.iter().map(|line| Verdict {
            no: line.no,
            amount: line.amount,
            outcome: outcome(profile, line, &answers.remove(&line.no).unwrap_or_default()),
        });
        let verdicts = verdicts.collect();
        let mut unknown_lines: Vec<u32> = answers.into_keys().collect();
        unknown_lines.sort_unstable();
        Ok(Judged { verdicts, unknown_lines })
    }
}

fn outcome(profile: &Profile, sent: &PayLine, answers: &[&AnswerLine]) -> Outcome {
    let answer = match answers {
        [] => return Outcome::Held(OutcomeHeld::Missing),
        [one] => one,
        several => return Outcome::Held(OutcomeHeld::Duplicated(several.len())),
    };
    if answer.amount != sent.amount {
        return Outcome::Held(OutcomeHeld::ChangedAmount);
    }
    if answer.account != sent.account {
        return Outcome::Held(OutcomeHeld::ChangedAccount);
    }
    match profile.code(&answer.code) {
        None => Outcome::Held(OutcomeHeld::UnknownCode(answer.code.chars().take(20).collect())),
        Some(code) if code.paid => Outcome::Paid,
        Some(code) => Outcome::Returned { code: code.code.clone(), meaning: code.meaning.clone() },
    }
}
