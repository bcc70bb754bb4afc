//! Whole households, ready to be decided.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use law::columns::{Column, Lanes};

use crate::answer::Keys;
use crate::desk::Home;
use crate::lanes::{Lane, Numbers};

/// Whole households of a table: a lane a row in every column.
#[derive(Debug)]
pub(crate) struct Block<'a, 'l> {
    /// The table's row of the first lane, from 1.
    pub(crate) first_row: u64,
    /// Household `h` has the lanes `starts[h]..starts[h + 1]`.
    pub(crate) starts: Vec<u32>,
    /// 户 of each household.
    pub(crate) keys: Keys,
    /// Where households are registered.
    pub(crate) homes: &'a [Home<'l>],
    /// Which of the homes is each household's.
    pub(crate) at: Vec<u32>,
    /// A column a bound fact, household facts on every row too.
    pub(crate) columns: Vec<Column<'a>>,
    /// True for households that cannot be decided; empty when all can.
    pub(crate) bad: Vec<bool>,
}

impl<'l> Block<'_, 'l> {
    /// Where a household is registered.
    pub(crate) fn home(&self, household: usize) -> &Home<'l> {
        &self.homes[self.at[household] as usize]
    }

    /// The first household from this one on that is decided on another ground.
    pub(crate) fn alike_from(&self, from: usize) -> usize {
        let ground = &self.home(from).ground;
        let alike: Vec<bool> = self.homes.iter().map(|home| Arc::ptr_eq(&home.ground, ground)).collect();
        let other = self.at[from..].iter().position(|&at| !alike[at as usize]);
        other.map_or(self.households(), |households| from + households)
    }

    /// True for a household that cannot be decided.
    pub(crate) fn is_bad(&self, household: usize) -> bool {
        self.bad.get(household) == Some(&true)
    }

    pub(crate) fn households(&self) -> usize {
        self.starts.len() - 1
    }

    pub(crate) fn rows(&self) -> usize {
        self.starts[self.households()] as usize
    }

    /// Notes that a lane's household cannot be decided.
    pub(crate) fn set_bad(&mut self, lane: usize) {
        let household = self.starts.partition_point(|&start| start as usize <= lane) - 1;
        self.bad.resize(self.starts.len() - 1, false);
        self.bad[household] = true;
    }

    /// The first lane of each household in a column of rows, and the first lane that differs from its household's first.
    pub(crate) fn firsts(&self, column: &Column<'_>) -> (Lane, Vec<usize>) {
        let starts = &self.starts[..self.households()];
        let known = column.known.as_deref();
        let numbers = match &column.lanes {
            Lanes::I64(lanes) => Numbers::I64(starts.iter().map(|&at| lanes[at as usize]).collect::<Vec<_>>().into()),
            Lanes::I32(lanes) => Numbers::I32(starts.iter().map(|&at| lanes[at as usize]).collect::<Vec<_>>().into()),
            Lanes::U8(lanes) => Numbers::U8(starts.iter().map(|&at| lanes[at as usize]).collect()),
        };
        let firsts = known.map(|known| starts.iter().map(|&at| known[at as usize]).collect());
        let differ = match &column.lanes {
            Lanes::I64(lanes) => differ(&self.starts, lanes, known),
            Lanes::I32(lanes) => differ(&self.starts, lanes, known),
            Lanes::U8(lanes) => differ(&self.starts, lanes, known),
        };
        (Lane { numbers, known: firsts }, differ)
    }
}

/// Lanes that say something else than their household's first; a later lane that says nothing is no contradiction.
fn differ<T: Copy + PartialEq>(starts: &[u32], lanes: &[T], known: Option<&[u8]>) -> Vec<usize> {
    let is_known = |lane: usize| known.is_none_or(|known| known[lane] != 0);
    let other = |first: usize, lane: usize| is_known(lane) && (lanes[lane] != lanes[first] || !is_known(first));
    let households = starts.windows(2).map(|pair| (pair[0] as usize, pair[1] as usize));
    // nearly always all changes are from one household to the next: counting them takes no branch for each member
    let change = |at: usize| usize::from(lanes[at - 1] != lanes[at]);
    let changes: usize = lanes.windows(2).map(|pair| usize::from(pair[0] != pair[1])).sum();
    let between: usize = starts[1..starts.len() - 1].iter().map(|&at| change(at as usize)).sum();
    if known.is_none() && changes == between {
        return Vec::new();
    }
    households.flat_map(|(first, end)| (first + 1..end).filter(move |&lane| other(first, lane))).collect()
}

/// Some lanes of a column, nothing copied.
pub(crate) fn part<'c>(column: &'c Column<'_>, lanes: Range<usize>) -> Column<'c> {
    let known = column.known.as_ref().map(|known| Cow::Borrowed(&known[lanes.clone()]));
    let lanes = match &column.lanes {
        Lanes::I64(all) => Lanes::I64(Cow::Borrowed(&all[lanes])),
        Lanes::I32(all) => Lanes::I32(Cow::Borrowed(&all[lanes])),
        Lanes::U8(all) => Lanes::U8(Cow::Borrowed(&all[lanes])),
    };
    Column { lanes, known }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_of_a_household_stands_and_another_word_is_noticed() {
        let block = Block {
            first_row: 1,
            starts: vec![0, 2, 3, 5],
            keys: Keys::Numbers(vec![1, 2, 3]),
            homes: &[],
            at: vec![0; 3],
            columns: Vec::new(),
            bad: Vec::new(),
        };
        let check = |lanes: [u8; 5], known: [u8; 5], firsts: [u8; 3], found: &[usize]| {
            let column = Column { lanes: Lanes::U8(lanes.to_vec().into()), known: Some(known.to_vec().into()) };
            let (lane, differ) = block.firsts(&column);
            let Numbers::U8(numbers) = lane.numbers else { panic!("the type stays") };
            assert_eq!((numbers.as_slice(), differ.as_slice()), (&firsts[..], found));
        };
        check([1, 1, 2, 3, 3], [1; 5], [1, 2, 3], &[]);
        check([1, 2, 2, 3, 4], [1; 5], [1, 2, 3], &[1, 4]);
        check([1, 0, 2, 3, 0], [1, 0, 1, 1, 0], [1, 2, 3], &[]); // later rows may be empty
        check([0, 1, 2, 3, 3], [0, 1, 1, 1, 1], [0, 2, 3], &[1]); // the first may not be empty alone
    }
}
