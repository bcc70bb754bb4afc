//! When the books of an envelope differ: which lines, one by one.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use values::Fen;

use crate::Line;

/// What is wrong with one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Locked, but in no bank file.
    NotFiled,
    /// In a bank file, but never locked.
    NotLocked,
    /// In bank files more than once.
    FiledTwice,
    /// Filed with another amount than was locked.
    FiledAmount,
    /// Filed, but the bank is silent.
    NotAnswered,
    /// The bank speaks of a line that was not filed.
    NotAsked,
    /// The bank answered more than once.
    AnsweredTwice,
    /// The bank answered with another amount than was filed.
    AnsweredAmount,
}

/// A line that does not fit, with what stands on either side; zero where it is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unexplained {
    /// The line's number in its envelope.
    pub no: u32,
    /// What is wrong.
    pub doubt: Doubt,
    /// The earlier book: locked, or filed.
    pub before: Fen,
    /// The later book: filed, or answered.
    pub after: Fen,
}

impl Doubt {
    /// The words people see.
    pub const fn zh(self) -> &'static str {
        match self {
            Doubt::NotFiled => "已锁定，银行文件里没有",
            Doubt::NotLocked => "银行文件里有，锁定的明细里没有",
            Doubt::FiledTwice => "银行文件里出现不止一次",
            Doubt::FiledAmount => "银行文件金额与锁定金额不同",
            Doubt::NotAnswered => "已报送，银行没有答复",
            Doubt::NotAsked => "银行答复了没有报送的明细",
            Doubt::AnsweredTwice => "银行答复不止一次",
            Doubt::AnsweredAmount => "银行答复金额与报送金额不同",
        }
    }
}

impl fmt::Display for Unexplained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 笔：{}（{} 元，{} 元）", self.no, self.doubt.zh(), self.before, self.after)
    }
}

/// The doubts that one pair of books can raise.
struct Doubts {
    missing: Doubt,
    unknown: Doubt,
    twice: Doubt,
    amount: Doubt,
}

/// Every line that locked details, bank files and the bank's answers do not agree on, in order of line; empty when all fit.
/// `filed` and `answered` are number and amount of each line of the files and of the answers (paid or returned alike).
pub fn unexplained(locked: &[Line], filed: &[(u32, Fen)], answered: &[(u32, Fen)]) -> Vec<Unexplained> {
    use Doubt::{AnsweredAmount, AnsweredTwice, FiledAmount, FiledTwice, NotAnswered, NotAsked, NotFiled, NotLocked};
    let locked: Vec<(u32, Fen)> = locked.iter().map(|line| (line.no, line.amount)).collect();
    let filing = Doubts { missing: NotFiled, unknown: NotLocked, twice: FiledTwice, amount: FiledAmount };
    let answering = Doubts { missing: NotAnswered, unknown: NotAsked, twice: AnsweredTwice, amount: AnsweredAmount };
    let mut found = compare(&locked, filed, &filing);
    found.extend(compare(filed, answered, &answering));
    found.sort_by_key(|item| (item.no, item.doubt));
    found
}

fn compare(before: &[(u32, Fen)], after: &[(u32, Fen)], doubts: &Doubts) -> Vec<Unexplained> {
    let (before, after) = (by_number(before), by_number(after));
    let nothing = Vec::new();
    let numbers: std::collections::BTreeSet<u32> = before.keys().chain(after.keys()).copied().collect();
    let doubt = |no: u32| {
        let (was, is) = (before.get(&no).unwrap_or(&nothing), after.get(&no).unwrap_or(&nothing));
        let sum = |amounts: &[Fen]| amounts.iter().copied().sum::<Fen>();
        let doubt = match (was.as_slice(), is.as_slice()) {
            (_, []) => doubts.missing,
            ([], _) => doubts.unknown,
            (_, [_, _, ..]) => doubts.twice,
            ([was, ..], [is]) if was != is => doubts.amount,
            (_, [_]) => return None,
        };
        // of what stands twice before, one side is enough: that was said where it was found
        Some(Unexplained { no, doubt, before: was.first().copied().unwrap_or(Fen::ZERO), after: sum(is) })
    };
    numbers.into_iter().filter_map(doubt).collect()
}

fn by_number(book: &[(u32, Fen)]) -> BTreeMap<u32, Vec<Fen>> {
    let mut numbered: BTreeMap<u32, Vec<Fen>> = BTreeMap::new();
    for (no, amount) in book {
        numbered.entry(*no).or_default().push(*amount);
    }
    numbered
}
