//! The county's sample (抽查): drawn by the system from the day's closed list, so that nobody can choose who is looked at.
//!
//! In: the closed list with its strata, a seed that is the digest of that list, and the share that the county has set. Out: the
//! numbers drawn. The same list gives the same sample on any machine; who wants another sample would have to have another list.

use std::collections::BTreeMap;

/// One case of the closed list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// What it is drawn among: township and programme.
    pub stratum: String,
    /// Case number.
    pub number: String,
}

/// The text whose digest is the seed: every line of the closed list, in order.
pub fn closed_list(listed: &[Listed]) -> String {
    let mut lines: Vec<String> = listed.iter().map(|one| format!("{} {}", one.stratum, one.number)).collect();
    lines.sort();
    lines.join("\n")
}

/// Draws `percent` of every stratum, rounded up; in order of their numbers.
///
/// # Panics
/// For a share above one hundred.
pub fn draw(listed: &[Listed], seed: [u8; 32], percent: u32) -> Vec<String> {
    assert!(percent <= 100, "a share of a hundred");
    let mut strata: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in listed {
        strata.entry(&one.stratum).or_default().push(&one.number);
    }
    let mut drawn: Vec<String> = Vec::new();
    for (stratum, mut numbers) in strata {
        let wanted = (numbers.len() * percent as usize).div_ceil(100).min(numbers.len());
        numbers.sort_by_key(|number| (lot(&seed, stratum, number), *number));
        drawn.extend(numbers.into_iter().take(wanted).map(str::to_owned));
    }
    drawn.sort();
    drawn
}

/// The lot of a case: its stratum and number mixed into the seed (FNV-1a, then the finaliser of SplitMix64).
fn lot(seed: &[u8; 32], stratum: &str, number: &str) -> u64 {
    let bytes = seed.iter().copied().chain(stratum.bytes()).chain([0]).chain(number.bytes());
    let mut mixed = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
