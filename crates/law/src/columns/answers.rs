//! What a plan answers: a column each for outcome, amount and reason.

use values::Fen;

use crate::engine::quick::{Answer, Verdict};

/// In place of a reason's number when there is none.
pub const NO_REASON: u16 = u16::MAX;

/// The answers to one question of a plan, in the order of the households (household programmes) or of the members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The answer of each lane.
    pub outcome: Vec<Answer>,
    /// Fen, when eligible and there is an amount; else 0.
    pub amount: Vec<i64>,
    /// Refused: number of the first condition that failed. NeedsPerson: of the first doubt. Else [`NO_REASON`].
    pub reason: Vec<u16>,
    /// For a household programme, 1 for each member that counts (保障对象, 计入); empty for a person programme.
    pub counted: Vec<u8>,
}

impl Answers {
    /// How many lanes.
    pub fn len(&self) -> usize {
        self.outcome.len()
    }

    /// True when there is no lane.
    pub fn is_empty(&self) -> bool {
        self.outcome.is_empty()
    }

    /// The answers of a plan's later households put behind these.
    pub fn append(&mut self, mut later: Answers) {
        self.outcome.append(&mut later.outcome);
        self.amount.append(&mut later.amount);
        self.reason.append(&mut later.reason);
        self.counted.append(&mut later.counted);
    }

    pub(crate) fn push(&mut self, verdict: Verdict) {
        self.outcome.push(verdict.outcome);
        self.amount.push(verdict.amount.map_or(0, Fen::fen));
        self.reason.push(verdict.reason.unwrap_or(NO_REASON));
    }
}
