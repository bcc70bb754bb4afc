//! The county's sample (抽查): drawn by the system from the day's closed list, so that nobody can choose who is looked at.
//!
//! In: the closed list with its strata, a seed that is the digest of that list, and the share that the county has set. Out: the
//! numbers drawn. The same list gives the same sample on any machine; who wants another sample would have to have another list.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

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

/// The lot of a case: SHA-256 of the seed, its stratum and its number.
fn lot(seed: &[u8; 32], stratum: &str, number: &str) -> [u8; 32] {
    Sha256::new().chain_update(seed).chain_update(stratum).chain_update([0]).chain_update(number).finalize().into()
}
