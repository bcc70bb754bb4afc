//! How the people who draw support divide over the programmes: every person counted once, under the programme that
//! brings them to the bureau; further benefits (both disability allowances, the age allowance) come on top.

use values::Fen;

/// What the city pays a person on average: 404 million yuan a year to 140,000 people (the newspaper article of
/// March 2021, `domain` §1.6), in fen a month.
pub const FEN_PER_PERSON_AND_MONTH: i64 = 40_400_000_000 / 140_000 / 12;

/// So many persons per group of 140,000.
const SHARES: [u64; 7] = [48_000, 16_000, 17_000, 450, 1_300, 15_000, 42_250];

/// Persons drawing support, by the programme that brings them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In rural dibao households.
    pub rural_dibao: usize,
    /// In urban dibao households.
    pub urban_dibao: usize,
    /// 特困人员.
    pub tekun: usize,
    /// 孤儿.
    pub orphans: usize,
    /// 事实无人抚养儿童.
    pub unattended: usize,
    /// Severely disabled, not on dibao: nursing allowance only.
    pub nursing: usize,
    /// Of high age, not on dibao or tekun: age allowance only.
    pub elders: usize,
}

impl Plan {
    /// Divides `people` by largest remainder, so that the groups add up to it exactly.
    pub fn of(people: usize) -> Plan {
        let total: u64 = SHARES.iter().sum();
        let people = people as u64;
        let mut groups = SHARES.map(|share| people * share / total);
        let mut order: Vec<usize> = (0..SHARES.len()).collect();
        order.sort_by_key(|&group| (std::cmp::Reverse(people * SHARES[group] % total), group));
        let left = people - groups.iter().sum::<u64>();
        for &group in order.iter().take(left as usize) {
            groups[group] += 1;
        }
        let [rural_dibao, urban_dibao, tekun, orphans, unattended, nursing, elders] = groups.map(|g| g as usize);
        Plan { rural_dibao, urban_dibao, tekun, orphans, unattended, nursing, elders }
    }

    /// All of them.
    pub fn people(&self) -> usize {
        self.rural_dibao + self.urban_dibao + self.tekun + self.orphans + self.unattended + self.nursing + self.elders
    }

    /// What they should draw together in a month.
    pub fn money(&self) -> Fen {
        Fen::new(FEN_PER_PERSON_AND_MONTH * self.people() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_add_up_to_the_people_asked() {
        for people in [0, 1, 2, 7, 200, 3_000, 139_999, 140_000, 1_000_003] {
            assert_eq!(Plan::of(people).people(), people);
        }
        assert_eq!(Plan::of(140_000).rural_dibao, 48_000);
    }
}
