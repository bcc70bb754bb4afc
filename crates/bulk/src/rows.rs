//! Answers of the books as rows of the table that comes out.

use std::iter::repeat_n;
use std::ops::Range;

use law::columns::Answers;
use law::{Answer, ProgrammeUnit};

use crate::answer::{Answered, Keys, NO_WORD, NONE};
use crate::block::Block;
use crate::desk::{Desk, Ground};
use crate::digest;

/// In the columns of 32 bits.
const NONE_32: i32 = NONE as i32;

/// Rows of a block, household after household, and the sum of their digests.
pub(crate) struct Rows<'r, 'l> {
    desk: &'r Desk<'l>,
    block: &'r Block<'r, 'l>,
    /// A number for each household's key and area.
    keys: &'r [u64],
    pub(crate) out: Answered,
    pub(crate) digest: u128,
}

/// One answer to one question, as it stands in a row.
#[derive(Clone, Copy)]
struct Cells {
    outcome: u8,
    amount: i64,
    reason: u16,
    counted: i32,
}

impl<'r, 'l> Rows<'r, 'l> {
    /// No rows yet.
    pub(crate) fn new(desk: &'r Desk<'l>, block: &'r Block<'r, 'l>, keys: &'r [u64]) -> Rows<'r, 'l> {
        let texts = matches!(block.keys, Keys::Texts(..));
        Rows { desk, block, keys, out: Answered::none(texts), digest: 0 }
    }

    /// True when each household has one row: the rows' keys are the households', and are not gathered here.
    pub(crate) fn one_a_household(&self) -> bool {
        self.desk.asked.len() == 1 && self.desk.asked[0].unit == ProgrammeUnit::Household && self.block.bad.is_empty()
    }

    /// Puts the answers of some households behind, those of the bad ones left out.
    pub(crate) fn put(&mut self, ground: &Ground<'_>, households: Range<usize>, answers: &[Answers]) {
        let first = self.block.starts[households.start] as usize;
        if self.one_a_household() {
            return self.put_one_each(ground, first, households, &answers[0]);
        }
        for (at, household) in households.enumerate().filter(|(_, household)| !self.block.is_bad(*household)) {
            let members = self.members(household, first);
            for (question, answers) in answers.iter().enumerate() {
                match self.desk.asked[question].unit {
                    ProgrammeUnit::Household => {
                        let cells = self.cells(ground, question, answers, at, counted(answers, members.clone()));
                        self.row(question, household, NONE_32, cells);
                    }
                    ProgrammeUnit::Person => {
                        for lane in members.clone() {
                            let cells = self.cells(ground, question, answers, lane, NONE_32);
                            self.row(question, household, (lane - members.start) as i32 + 1, cells);
                        }
                    }
                }
            }
        }
    }

    /// The same column by column, for the one question about households.
    fn put_one_each(&mut self, ground: &Ground<'_>, first: usize, households: Range<usize>, answers: &Answers) {
        let count = households.len();
        // the sums up to each member: no loop of unknown length for each household
        let mut sums = vec![0];
        for &counts in &answers.counted {
            sums.push(sums[sums.len() - 1] + i32::from(counts));
        }
        assert_eq!(sums.len() - 1, self.members(households.end - 1, first).end, "each member counts or not");
        self.out.outcome.reserve(count);
        self.out.amount.reserve(count);
        self.out.reason.reserve(count);
        self.out.counted.reserve(count);
        for (at, household) in households.enumerate() {
            let members = self.members(household, first);
            let one = self.cells(ground, 0, answers, at, sums[members.end] - sums[members.start]);
            self.digest = self.digest.wrapping_add(self.digest_of(0, household, NONE_32, one));
            self.out.outcome.push(one.outcome);
            self.out.amount.push(one.amount);
            self.out.reason.push(one.reason);
            self.out.counted.push(one.counted);
        }
        self.out.member.extend(repeat_n(NONE_32, count));
        self.out.asked.extend(repeat_n(0, count));
    }

    /// The lanes of a household's members in answers that begin with the lane `first` of the block.
    fn members(&self, household: usize, first: usize) -> Range<usize> {
        self.block.starts[household] as usize - first..self.block.starts[household + 1] as usize - first
    }

    fn cells(&self, ground: &Ground<'_>, question: usize, answers: &Answers, lane: usize, counted: i32) -> Cells {
        let number = usize::from(answers.reason[lane]);
        let named = |sort: usize| ground.reasons[question][sort].get(number).copied().unwrap_or(NO_WORD);
        let without = |outcome, reason| Cells { outcome, amount: NONE, reason, counted: NONE_32 };
        match answers.outcome[lane] {
            Answer::Eligible => {
                let amount = if self.desk.pays[question] { answers.amount[lane] } else { NONE };
                Cells { outcome: 0, amount, reason: NO_WORD, counted }
            }
            Answer::Refused => without(1, named(0)),
            Answer::NeedsPerson => without(2, named(1)),
            Answer::Unknown => without(3, NO_WORD),
        }
    }

    fn row(&mut self, question: usize, household: usize, member: i32, cells: Cells) {
        self.digest = self.digest.wrapping_add(self.digest_of(question, household, member, cells));
        self.out.keys.push_from(&self.block.keys, household);
        self.out.member.push(member);
        self.out.asked.push(question as u16);
        self.out.outcome.push(cells.outcome);
        self.out.amount.push(cells.amount);
        self.out.reason.push(cells.reason);
        self.out.counted.push(cells.counted);
    }

    fn digest_of(&self, question: usize, household: usize, member: i32, cells: Cells) -> u128 {
        let why = self.desk.reason_digests.get(usize::from(cells.reason)).copied().unwrap_or(0);
        let who = digest::mix(self.keys[household], self.desk.asked_digests[question] ^ member as u64);
        let what = digest::mix(cells.amount as u64 ^ u64::from(cells.outcome) << 60, why ^ cells.counted as u64);
        digest::spread(who, what)
    }
}

/// How many members an answer to a household counts.
fn counted(answers: &Answers, members: Range<usize>) -> i32 {
    answers.counted.get(members).unwrap_or(&[]).iter().map(|&counts| i32::from(counts)).sum()
}
