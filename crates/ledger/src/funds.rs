//! Where the money comes from, and how a sum is shared over sources without losing a fen.

use serde::{Deserialize, Serialize};
use values::Fen;

/// A source of funds (资金来源). Books are kept apart by source (专款专用, 649号 第五条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FundSource {
    /// 中央.
    Central,
    /// 省.
    Province,
    /// 市.
    City,
    /// 县.
    County,
    /// 福彩公益金.
    LotteryWelfare,
    /// 慈善应急资金.
    CharityPool,
    /// 乡镇备用金.
    TownshipStandby,
}

impl FundSource {
    /// Every source.
    pub const ALL: [FundSource; 7] = [
        FundSource::Central,
        FundSource::Province,
        FundSource::City,
        FundSource::County,
        FundSource::LotteryWelfare,
        FundSource::CharityPool,
        FundSource::TownshipStandby,
    ];

    /// The name people use.
    pub const fn zh(self) -> &'static str {
        match self {
            FundSource::Central => "中央",
            FundSource::Province => "省",
            FundSource::City => "市",
            FundSource::County => "县",
            FundSource::LotteryWelfare => "福彩",
            FundSource::CharityPool => "慈善",
            FundSource::TownshipStandby => "备用金",
        }
    }

    /// The name under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            FundSource::Central => "central",
            FundSource::Province => "province",
            FundSource::City => "city",
            FundSource::County => "county",
            FundSource::LotteryWelfare => "lottery_welfare",
            FundSource::CharityPool => "charity_pool",
            FundSource::TownshipStandby => "township_standby",
        }
    }

    /// The source stored under that name, or called that by people.
    pub fn from_code(text: &str) -> Option<FundSource> {
        FundSource::ALL.into_iter().find(|source| source.code() == text || source.zh() == text)
    }
}

/// How a programme's money is shared over sources, in parts of a thousand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundShares(Vec<(FundSource, u32)>);

/// Shares that do not make a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("资金分担比例合计应是千分之一千，现在是千分之{0}")]
pub struct ShareError(u64);

impl FundShares {
    /// Shares in parts of a thousand; a source named twice has the sum of both.
    ///
    /// # Errors
    /// [`ShareError`] when they do not add up to a thousand.
    pub fn new(shares: Vec<(FundSource, u32)>) -> Result<FundShares, ShareError> {
        let sum: u64 = shares.iter().map(|(_, permille)| u64::from(*permille)).sum();
        if sum != 1000 {
            return Err(ShareError(sum));
        }
        let mut merged: Vec<(FundSource, u32)> = Vec::new();
        for (source, permille) in shares {
            match merged.iter_mut().find(|(known, _)| *known == source) {
                Some((_, all)) => *all += permille,
                None => merged.push((source, permille)),
            }
        }
        Ok(FundShares(merged))
    }

    /// The sources, in the order in which parts are made.
    pub(crate) fn sources(&self) -> impl Iterator<Item = FundSource> {
        self.0.iter().map(|(source, _)| *source)
    }

    /// Writes the parts of `total` into `parts`, in order of [`FundShares::sources`]; `parts` is reused from line to line.
    pub(crate) fn split_into(&self, total: Fen, parts: &mut Vec<Fen>) {
        assert!(!total.is_negative(), "only money that is there can be shared out");
        let mut remainders = [0; FundSource::ALL.len()];
        let mut left_over = total.fen();
        parts.clear();
        for ((_, permille), remainder) in self.0.iter().zip(&mut remainders) {
            let exact = i128::from(total.fen()) * i128::from(*permille);
            let whole = i64::try_from(exact / 1000).expect("a part is not more than the whole");
            *remainder = exact % 1000;
            left_over -= whole;
            parts.push(Fen::new(whole));
        }
        for _ in 0..left_over {
            let largest = *remainders.iter().max().expect("there are sources");
            let at = remainders.iter().position(|remainder| *remainder == largest).expect("the largest is there");
            remainders[at] = -1; // one fen each: fewer fen are left over than there are sources with a remainder
            parts[at] += Fen::new(1);
        }
        assert_eq!(parts.iter().copied().sum::<Fen>(), total, "no fen is lost in sharing");
    }
}

/// Shares `total` out exactly: whole parts first, then the left-over fen to the largest remainders (ties: the earlier source).
/// The parts always add up to `total`; `total` is not negative.
pub fn split_by_shares(total: Fen, shares: &FundShares) -> Vec<(FundSource, Fen)> {
    let mut parts = Vec::with_capacity(shares.0.len());
    shares.split_into(total, &mut parts);
    shares.sources().zip(parts).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn thirds() -> FundShares {
        FundShares::new(vec![(FundSource::Central, 334), (FundSource::City, 333), (FundSource::County, 333)]).unwrap()
    }

    #[test]
    fn left_over_fen_go_to_the_largest_remainders() {
        let parts = |fen| split_by_shares(Fen::new(fen), &thirds()).iter().map(|(_, f)| f.fen()).collect::<Vec<_>>();
        assert_eq!(parts(0), [0, 0, 0]);
        assert_eq!(parts(1), [1, 0, 0]);
        assert_eq!(parts(2), [1, 1, 0]);
        assert_eq!(parts(1000), [334, 333, 333]);
    }

    #[test]
    fn a_source_named_twice_is_one_source() {
        let twice = vec![(FundSource::City, 400), (FundSource::County, 200), (FundSource::City, 400)];
        let parts = split_by_shares(Fen::new(10), &FundShares::new(twice).unwrap());
        assert_eq!(parts, [(FundSource::City, Fen::new(8)), (FundSource::County, Fen::new(2))]);
    }

    #[test]
    fn shares_that_make_no_whole_are_refused() {
        assert_eq!(FundShares::new(vec![(FundSource::Central, 999)]), Err(ShareError(999)));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_sharing(fen in 0i64..10_000_000_000, a in 0u32..=1000, b in 0u32..=1000) {
            prop_assume!(a + b <= 1000);
            let shares = vec![(FundSource::Central, a), (FundSource::City, b), (FundSource::County, 1000 - a - b)];
            let parts = split_by_shares(Fen::new(fen), &FundShares::new(shares).unwrap());
            prop_assert_eq!(parts.iter().map(|(_, part)| part.fen()).sum::<i64>(), fen);
        }
    }
}
