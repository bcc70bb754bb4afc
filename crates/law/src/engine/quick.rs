//! The fast path: outcome, amount, first reason, who counts; no words, no trace.

use super::evaluate::{Evaluator, HOUSEHOLD};
use super::program::{Clause, V};
use values::Fen;

/// The answer without its words. Equal to the traced one: a test holds them to it on random households.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The answer.
    pub outcome: Answer,
    /// Fen, when eligible, for the span of time that [`ProgrammeInfo::gives`](crate::ProgrammeInfo) says; none for
    /// recognition and services. Only a monthly amount may become an award.
    pub amount: Option<Fen>,
    /// Refused: the number of the first condition that failed. NeedsPerson: of the first doubt, none when a number
    /// could not be computed. [`Library::verdict_reason`](crate::Library::verdict_reason) has the words.
    pub reason: Option<u16>,
    /// Bit `i` is set when member `i` counts.
    pub counted: u64,
}

/// Outcome without its missing facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// 符合.
    Eligible,
    /// 不符合.
    Refused,
    /// 要人来看.
    NeedsPerson,
    /// 还不知道.
    Unknown,
}

impl Evaluator<'_> {
    /// Decides for the household ([`HOUSEHOLD`]) or a member.
    pub(crate) fn verdict(&mut self, member: usize) -> Verdict {
        let mut verdict = self.answer(member);
        verdict.counted = self.counted(member);
        verdict
    }

    fn answer(&mut self, member: usize) -> Verdict {
        let program = self.program;
        let mut undecided = None;
        for (number, condition) in program.conditions.iter().enumerate() {
            match self.value(condition.root, member) {
                V::YesNo(true) => {}
                V::YesNo(false) => return plain(Answer::Refused, Some(number as u16)),
                V::Beyond => undecided = Some(V::Beyond),
                _ => undecided = undecided.or(Some(V::Unknown)),
            }
        }
        let doubt = self.first_doubt(&program.doubts, member, &mut undecided);
        match undecided {
            Some(V::Beyond) => return plain(Answer::NeedsPerson, None),
            Some(_) => return plain(Answer::Unknown, None),
            None if doubt.is_some() => return plain(Answer::NeedsPerson, doubt),
            None => {}
        }
        let Some(amount) = &program.amount else { return plain(Answer::Eligible, None) };
        match self.value(amount.root, member) {
            V::Num(number) => match number.as_whole().filter(|fen| *fen >= 0) {
                Some(fen) => Verdict { amount: Some(Fen::new(fen)), ..plain(Answer::Eligible, None) },
                None => plain(Answer::NeedsPerson, None),
            },
            V::Unknown => plain(Answer::Unknown, None),
            _ => plain(Answer::NeedsPerson, None),
        }
    }

    fn first_doubt(&mut self, doubts: &[Clause], member: usize, undecided: &mut Option<V>) -> Option<u16> {
        let mut first = None;
        for (number, doubt) in doubts.iter().enumerate() {
            match self.value(doubt.root, member) {
                V::YesNo(false) => {}
                V::YesNo(true) => first = first.or(Some(number as u16)),
                V::Beyond => *undecided = Some(V::Beyond),
                _ => *undecided = undecided.or(Some(V::Unknown)),
            }
        }
        first
    }

    fn counted(&mut self, member: usize) -> u64 {
        if member != HOUSEHOLD {
            return 1 << member;
        }
        let Some(counted) = self.program.counted else { return 0 };
        (0..self.facts.members.len())
            .filter(|&member| self.definition(counted, member) == V::YesNo(true))
            .fold(0, |mask, member| mask | 1 << member)
    }
}

pub(crate) fn plain(outcome: Answer, reason: Option<u16>) -> Verdict {
    Verdict { outcome, amount: None, reason, counted: 0 }
}
