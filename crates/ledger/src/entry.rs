//! Double entry: an entry's postings add up to nothing, or it is no entry.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use values::{AreaCode, Day, EnvelopeId, Fen, Month};

use crate::{Account, FundSource};

/// One side of a movement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Posting {
    /// Account.
    pub account: Account,
    /// Source of funds.
    pub fund: FundSource,
    /// Programme id; empty for allocations to all.
    pub programme: String,
    /// County, twelve digits.
    pub county: AreaCode,
    /// The month the money is for.
    pub month: Month,
    /// Debit positive, credit negative.
    pub amount: Fen,
}

/// A movement of money. Only made balanced; never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The day it is booked on.
    pub on: Day,
    /// What happened, in plain Chinese.
    pub memo: String,
    /// The envelope it belongs to, if any.
    pub envelope: Option<EnvelopeId>,
    /// The entry it corrects, if any.
    pub corrects: Option<i64>,
    /// Both sides.
    pub postings: Vec<Posting>,
}

/// Why postings make no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The two sides differ.
    #[error("分录借贷不平，相差 {0} 元")]
    Unbalanced(Fen),
    /// A source gives what another one pays.
    #[error("分录在资金来源“{0}”上借贷不平，资金不能混用")]
    FundsMixed(&'static str),
    /// No money moves.
    #[error("分录没有金额")]
    Empty,
}

impl Entry {
    /// A balanced entry. Postings of no money are dropped.
    ///
    /// # Errors
    /// [`EntryError`] when it is not balanced within every source of funds, or moves nothing.
    pub fn new(
        on: Day,
        memo: impl Into<String>,
        envelope: Option<EnvelopeId>,
        postings: Vec<Posting>,
    ) -> Result<Entry, EntryError> {
        let postings: Vec<Posting> = postings.into_iter().filter(|posting| posting.amount != Fen::ZERO).collect();
        if postings.is_empty() {
            return Err(EntryError::Empty);
        }
        let difference: Fen = postings.iter().map(|posting| posting.amount).sum();
        if difference != Fen::ZERO {
            return Err(EntryError::Unbalanced(difference));
        }
        for fund in FundSource::ALL {
            let sum: Fen = postings.iter().filter(|posting| posting.fund == fund).map(|posting| posting.amount).sum();
            if sum != Fen::ZERO {
                return Err(EntryError::FundsMixed(fund.zh()));
            }
        }
        Ok(Entry { on, memo: memo.into(), envelope, corrects: None, postings })
    }

    /// The entry that takes back `this`, which keeps its place: nothing is edited.
    pub fn reversal(this: &Entry, number: i64, on: Day, why: &str) -> Entry {
        let turned = this.postings.iter().map(|posting| Posting { amount: -posting.amount, ..posting.clone() });
        Entry {
            on,
            memo: format!("冲销第 {number} 号分录：{why}"),
            envelope: this.envelope,
            corrects: Some(number),
            postings: turned.collect(),
        }
    }
}

/// Balances by account and source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrialBalance {
    /// Account and source → balance, debit positive.
    pub balances: BTreeMap<(Account, FundSource), Fen>,
}

impl TrialBalance {
    /// The balances of these entries.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> TrialBalance {
        let mut balances: BTreeMap<(Account, FundSource), Fen> = BTreeMap::new();
        for posting in entries.into_iter().flat_map(|entry| &entry.postings) {
            *balances.entry((posting.account, posting.fund)).or_default() += posting.amount;
        }
        TrialBalance { balances }
    }

    /// What all balances add up to: nothing, or the ledger is wrong.
    pub fn difference(&self) -> Fen {
        self.balances.values().copied().sum()
    }

    /// The balance of an account over all sources.
    pub fn of_account(&self, account: Account) -> Fen {
        self.balances.iter().filter(|((a, _), _)| *a == account).map(|(_, balance)| *balance).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(account: Account, fund: FundSource, fen: i64) -> Posting {
        let county = "430302".parse().unwrap();
        let month = "2021-09".parse().unwrap();
        Posting { account, fund, programme: "dibao".into(), county, month, amount: Fen::new(fen) }
    }

    fn entry(postings: Vec<Posting>) -> Result<Entry, EntryError> {
        Entry::new(Day::new(2021, 9, 10).unwrap(), "试", None, postings)
    }

    #[test]
    fn an_entry_balances_within_every_source_or_is_none() {
        use Account::{FundsAtHand, FundsReceived};
        use FundSource::{Central, City};
        assert!(entry(vec![posting(FundsAtHand, Central, 8), posting(FundsReceived, Central, -8)]).is_ok());
        let unbalanced = entry(vec![posting(FundsAtHand, Central, 8), posting(FundsReceived, Central, -4)]);
        assert_eq!(unbalanced, Err(EntryError::Unbalanced(Fen::new(4))));
        let mixed = entry(vec![posting(FundsAtHand, Central, 8), posting(FundsReceived, City, -8)]);
        assert_eq!(mixed, Err(EntryError::FundsMixed("中央")));
        assert_eq!(entry(vec![posting(FundsAtHand, Central, 0)]), Err(EntryError::Empty));
    }

    #[test]
    fn a_reversal_names_the_old_entry_and_leaves_nothing() {
        let old = entry(vec![
            posting(Account::FundsAtHand, FundSource::City, 4),
            posting(Account::FundsReceived, FundSource::City, -4),
        ])
        .unwrap();
        let back = Entry::reversal(&old, 7, Day::new(2021, 9, 11).unwrap(), "重复登记");
        assert_eq!(back.corrects, Some(7));
        assert!(TrialBalance::of([&old, &back]).balances.values().all(|balance| *balance == Fen::ZERO));
    }
}
