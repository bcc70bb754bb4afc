//! Control totals of a city: what the demo prints and the tests compare.

use std::collections::{BTreeMap, BTreeSet};

use values::Fen;

use crate::city::{City, drawing};
use crate::person::Truth;

/// Persons and money of a programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProgrammeTotal {
    /// Persons: counted members for dibao, drawing persons otherwise.
    pub persons: usize,
    /// A month's money.
    pub money: Fen,
}

/// Control totals of a city.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Distinct persons drawing support.
    pub people: usize,
    /// Everybody on file.
    pub on_file: usize,
    /// Households on file.
    pub households: usize,
    /// Households that draw.
    pub drawing_households: usize,
    /// Villages with at least one drawing household.
    pub villages: usize,
    /// Benefits in payment: rows of the payment roster.
    pub payments: usize,
    /// A month's money.
    pub money: Fen,
    /// By programme id.
    pub programmes: BTreeMap<&'static str, ProgrammeTotal>,
    /// Households due something that never applied.
    pub never_applied: usize,
    /// Households due nothing.
    pub neighbours: usize,
}

impl City {
    /// Adds the city up.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals { households: self.households.len(), ..Totals::default() };
        let mut villages = BTreeSet::new();
        for household in &self.households {
            totals.on_file += household.members.len();
            totals.people += drawing(household);
            match household.truth {
                Truth::Recipient => {
                    totals.drawing_households += 1;
                    villages.insert(household.area);
                }
                Truth::NeverApplied => totals.never_applied += 1,
                Truth::Neighbour => totals.neighbours += 1,
            }
            for draw in &household.draws {
                let programme = totals.programmes.entry(draw.programme).or_default();
                programme.persons += usize::from(draw.counted);
                programme.money += draw.amount;
                totals.money += draw.amount;
                totals.payments += 1;
            }
        }
        totals.villages = villages.len();
        totals
    }
}
