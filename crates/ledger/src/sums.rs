//! Sums of lines by programme and source of funds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use values::Fen;

use crate::{FundShares, FundSource, Line, LineKind, Refusal};

/// What an envelope takes from one source for one programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundSum {
    /// Programme id.
    pub programme: String,
    /// Source.
    pub source: FundSource,
    /// All lines.
    pub amount: Fen,
    /// Of these, lines that are granted with this envelope; reissues were granted with the envelope they came back from.
    pub granted: Fen,
}

/// What one programme takes from its sources while lines are added up.
struct Adding<'a> {
    shares: &'a FundShares,
    amounts: Vec<Fen>,
    granted: Vec<Fen>,
}

/// Sums of lines by programme and source, in order. Each line is shared out by itself, see [`crate::Envelope::sums`].
///
/// # Errors
/// A programme without known shares.
pub(crate) fn sums_of<'a>(
    lines: impl IntoIterator<Item = &'a Line>,
    shares: &BTreeMap<String, FundShares>,
) -> Result<Vec<FundSum>, Refusal> {
    let mut adding: BTreeMap<&str, Adding<'_>> = BTreeMap::new();
    let mut parts = Vec::new();
    for line in lines {
        let sum = match adding.get_mut(line.programme.as_str()) {
            Some(sum) => sum,
            None => adding.entry(&line.programme).or_insert(Adding::nothing(shares_of(&line.programme, shares)?)),
        };
        sum.shares.split_into(line.amount, &mut parts);
        for (all, part) in sum.amounts.iter_mut().zip(&parts) {
            *all += *part;
        }
        if line.kind != LineKind::Reissue {
            for (all, part) in sum.granted.iter_mut().zip(&parts) {
                *all += *part;
            }
        }
    }
    let mut sums: Vec<FundSum> = adding.iter().flat_map(|(programme, sum)| sum.rows(programme)).collect();
    sums.sort_by(|a, b| (&a.programme, a.source).cmp(&(&b.programme, b.source)));
    Ok(sums)
}

/// What each source must give for these lines.
///
/// # Errors
/// A programme without known shares.
pub fn needed_by_source(
    lines: &[Line],
    shares: &BTreeMap<String, FundShares>,
) -> Result<BTreeMap<FundSource, Fen>, Refusal> {
    let mut needed: BTreeMap<FundSource, Fen> = BTreeMap::new();
    for sum in sums_of(lines, shares)? {
        *needed.entry(sum.source).or_default() += sum.amount;
    }
    Ok(needed)
}

impl<'a> Adding<'a> {
    fn nothing(shares: &'a FundShares) -> Adding<'a> {
        let zero = || shares.sources().map(|_| Fen::ZERO).collect();
        Adding { shares, amounts: zero(), granted: zero() }
    }

    fn rows(&self, programme: &str) -> impl Iterator<Item = FundSum> {
        let sums = self.amounts.iter().copied().zip(self.granted.iter().copied());
        self.shares.sources().zip(sums).filter(|(_, (amount, _))| *amount != Fen::ZERO).map(
            move |(source, (amount, granted))| FundSum { programme: programme.to_owned(), source, amount, granted },
        )
    }
}

fn shares_of<'a>(programme: &str, shares: &'a BTreeMap<String, FundShares>) -> Result<&'a FundShares, Refusal> {
    shares.get(programme).ok_or_else(|| {
        let text = format!("项目 {programme} 没有资金分担比例");
        Refusal::new("shares_unknown", text, "请在资金分担表里补上这个项目")
    })
}
