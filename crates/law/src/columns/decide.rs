//! From masks and numbers to answers: outcome, amount and reason of every lane of a block.

use std::mem::take;
use std::ops::Range;

use super::answers::{Answers, NO_REASON};
use super::code::{Decision, MaskAt};
use super::kernels::{self, Lanewise, Operand};
use super::parts::{Lane, Width};
use super::run::{Block, Registers};
use super::table::Columns;
use crate::engine::quick::Answer;
use crate::library::MAX_MEMBERS;

impl Registers {
    /// Outcome, amount and reason of every lane, in the order in which the law weighs them.
    #[inline(always)]
    pub(super) fn decide(&mut self, decision: &Decision, block: &Block<'_>, answers: &mut Answers) {
        let lanes = block.lanes(decision.lane);
        let n = lanes.len();
        let mut weighed = take(&mut self.weighed);
        weighed.clear(n);
        for (number, fails) in decision.fails.iter().enumerate() {
            weighed.refused.note(self.mask(*fails, &lanes, block), number);
        }
        for (number, doubt) in decision.doubts.iter().enumerate() {
            weighed.doubted.note(self.mask(*doubt, &lanes, block), number);
        }
        let open = self.mask(decision.open, &lanes, block);
        let unknown = match decision.amount {
            None => self.mask(MaskAt::Always(false), &lanes, block),
            Some((width, x, unknown)) => {
                match width {
                    Width::Wide => widened(&mut weighed.amounts, self.number::<i64>(x, &lanes, block)),
                    Width::Narrow | Width::Mask => widened(&mut weighed.amounts, self.number::<i32>(x, &lanes, block)),
                }
                self.mask(unknown, &lanes, block)
            }
        };
        weighed.tell(open, unknown, answers);
        match decision.counted {
            Some(counted) => answers.counted.extend_from_slice(self.mask(counted, &block.members, block)),
            None if decision.lane == Lane::Household => {
                answers.counted.extend_from_slice(&self.zeros[..block.members.len()]);
            }
            None => {}
        }
        if block.columns.largest() > MAX_MEMBERS {
            too_large(decision, block, answers);
        }
        self.weighed = weighed;
    }
}

/// What decides a block's lanes.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    refused: First,
    doubted: First,
    amounts: Vec<i64>,
}

/// Whether any of some masks holds, and which is the first.
#[derive(Debug, Default)]
struct First {
    any: Vec<u8>,
    number: Vec<u8>,
}

impl First {
    fn clear(&mut self, n: usize) {
        self.any.clear();
        self.any.resize(n, 0);
        self.number.clear();
        self.number.resize(n, 0);
    }

    #[inline(always)]
    fn note(&mut self, mask: &[u8], number: usize) {
        let number = u8::try_from(number).expect("a book has few conditions");
        let n = self.any.len();
        let (mask, any, first) = (&mask[..n], &mut self.any[..n], &mut self.number[..n]);
        for lane in 0..n {
            let new = mask[lane] & (any[lane] ^ 1);
            first[lane] |= number & new.wrapping_neg();
            any[lane] |= mask[lane];
        }
    }
}

impl Weighed {
    fn clear(&mut self, n: usize) {
        self.refused.clear(n);
        self.doubted.clear(n);
        self.amounts.clear();
        self.amounts.resize(n, 0);
    }

    #[inline(always)]
    fn tell(&mut self, open: &[u8], unknown: &[u8], answers: &mut Answers) {
        let n = self.amounts.len();
        let (open, unknown, fen) = (&open[..n], &unknown[..n], &self.amounts[..n]);
        let (refused, doubted) = (&self.refused.any[..n], &self.doubted.any[..n]);
        let start = answers.outcome.len();
        answers.outcome.extend((0..n).map(|lane| match () {
            () if refused[lane] != 0 => Answer::Refused,
            () if open[lane] != 0 => Answer::Unknown,
            () if doubted[lane] != 0 => Answer::NeedsPerson,
            () if unknown[lane] != 0 => Answer::Unknown,
            () if fen[lane] < 0 => Answer::NeedsPerson,
            () => Answer::Eligible,
        }));
        let outcomes = &answers.outcome[start..start + n];
        answers.amount.extend((0..n).map(|lane| fen[lane].masked(u8::from(outcomes[lane] == Answer::Eligible))));
        let (fails, doubts) = (&self.refused.number[..n], &self.doubted.number[..n]);
        answers.reason.extend((0..n).map(|lane| {
            let doubt = outcomes[lane] == Answer::NeedsPerson && doubted[lane] != 0;
            let none = if doubt { u16::from(doubts[lane]) } else { NO_REASON };
            if refused[lane] != 0 { u16::from(fails[lane]) } else { none }
        }));
    }
}

/// Reserves what the answers to these households take.
pub(super) fn make_room(
    answers: &mut Answers,
    decision: &Option<Decision>,
    columns: &Columns<'_>,
    households: &Range<usize>,
) {
    let Some(decision) = decision else { return };
    let members = (columns.starts()[households.end] - columns.starts()[households.start]) as usize;
    let lanes = if decision.lane == Lane::Member { members } else { households.len() };
    answers.outcome.reserve(lanes);
    answers.amount.reserve(lanes);
    answers.reason.reserve(lanes);
    if decision.lane == Lane::Household {
        answers.counted.reserve(members);
    }
}

#[inline(always)]
fn widened<T: Lanewise>(into: &mut [i64], numbers: Operand<'_, T>) {
    match numbers {
        Operand::Fixed(number) => into.fill(number.wide()),
        Operand::Lanes(lanes) => kernels::map(into, lanes, T::wide),
    }
}

/// A household with more members than the books take goes to a person.
fn too_large(decision: &Decision, block: &Block<'_>, answers: &mut Answers) {
    let first = answers.len() - block.lanes(decision.lane).len();
    for (household, ends) in block.starts.windows(2).enumerate() {
        if (ends[1] - ends[0]) as usize <= MAX_MEMBERS {
            continue;
        }
        let members = (ends[0] - block.starts[0]) as usize..(ends[1] - block.starts[0]) as usize;
        let lanes = if decision.lane == Lane::Member { members.clone() } else { household..household + 1 };
        for lane in lanes {
            answers.outcome[first + lane] = Answer::NeedsPerson;
            answers.amount[first + lane] = 0;
            answers.reason[first + lane] = NO_REASON;
        }
        if decision.lane == Lane::Household {
            let first = answers.counted.len() - block.members.len();
            answers.counted[first + members.start..first + members.end].fill(0);
        }
    }
}
