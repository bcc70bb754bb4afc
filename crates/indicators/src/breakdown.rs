//! One sum of money seen by programme, by county, by source of funds: the same fen each time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use values::{AreaCode, Fen};

/// Money of a month in its smallest parts, as the books have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// Programme id.
    pub programme: String,
    /// County, twelve digits.
    pub county: AreaCode,
    /// Source of funds, by its stored name.
    pub fund: String,
    /// Fen.
    pub amount: Fen,
}

/// By what the money is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// 按项目.
    Programme,
    /// 按县.
    County,
    /// 按资金来源.
    Fund,
}

/// One part of the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Programme id, county code or source.
    pub key: String,
    /// Fen.
    pub amount: Fen,
    /// Parts of ten thousand of the whole, rounded down; `None` when the whole is nothing.
    pub share: Option<u32>,
    /// The key under which the payments behind it can be opened: `paid/programme/dibao`.
    pub behind: String,
}

impl By {
    const fn code(self) -> &'static str {
        match self {
            By::Programme => "programme",
            By::County => "county",
            By::Fund => "fund",
        }
    }

    fn key(self, paid: &Paid) -> &str {
        match self {
            By::Programme => &paid.programme,
            By::County => paid.county.as_str(),
            By::Fund => &paid.fund,
        }
    }
}

/// The parts of the whole, the largest first (the same amount: in order of key). They add up to the whole, whatever they are seen by.
pub fn breakdown(paid: &[Paid], by: By) -> Vec<Part> {
    let mut sums: BTreeMap<&str, Fen> = BTreeMap::new();
    for part in paid {
        *sums.entry(by.key(part)).or_default() += part.amount;
    }
    let whole: Fen = paid.iter().map(|part| part.amount).sum();
    assert_eq!(sums.values().copied().sum::<Fen>(), whole, "no fen is lost in adding up");
    let part = |(key, amount): (&str, Fen)| Part {
        key: key.to_owned(),
        amount,
        share: share(amount, whole),
        behind: format!("paid/{}/{key}", by.code()),
    };
    let mut parts: Vec<Part> = sums.into_iter().map(part).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.amount)); // stable: equal amounts stay in order of key
    parts
}

fn share(part: Fen, whole: Fen) -> Option<u32> {
    let share = (i128::from(part.fen()) * 10_000).checked_div(i128::from(whole.fen()))?;
    u32::try_from(share).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paid(programme: &str, county: &str, fund: &str, fen: i64) -> Paid {
        let county = county.parse().unwrap();
        Paid { programme: programme.into(), county, fund: fund.into(), amount: Fen::new(fen) }
    }

    #[test]
    fn one_sum_is_the_same_fen_by_whatever_it_is_seen() {
        let month = [
            paid("dibao", "430302", "central", 1),
            paid("dibao", "430304", "city", 2),
            paid("old-age", "430302", "city", 4),
            paid("tekun", "430321", "county", 7),
        ];
        for (by, parts) in [
            (By::Programme, vec![("tekun", 7, 5000), ("old-age", 4, 2857), ("dibao", 3, 2142)]),
            (By::County, vec![("430321000000", 7, 5000), ("430302000000", 5, 3571), ("430304000000", 2, 1428)]),
            (By::Fund, vec![("county", 7, 5000), ("city", 6, 4285), ("central", 1, 714)]),
        ] {
            let found = breakdown(&month, by);
            let shown: Vec<_> =
                found.iter().map(|part| (part.key.as_str(), part.amount.fen(), part.share.unwrap())).collect();
            assert_eq!(shown, parts, "{by:?}");
        }
        assert_eq!(breakdown(&month, By::Fund)[0].behind, "paid/fund/county");
    }

    #[test]
    fn of_nothing_there_is_no_share() {
        assert_eq!(breakdown(&[], By::County), []);
        assert_eq!(breakdown(&[paid("dibao", "430302", "city", 0)], By::County)[0].share, None);
    }
}
