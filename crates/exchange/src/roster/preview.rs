//! What a person looks at before an import: which column was taken for what, the first rows masked, counts and sums.

use std::collections::BTreeMap;

use values::{BankAccount, Fen, IdNumber, PersonName, Phone};

use super::batch::RosterBatch;
use crate::headings::{Headings, Meaning};
use crate::sheets::Row;

/// So many rows are shown.
const ROWS_SHOWN: usize = 5;

/// A roster at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The sheet; empty for a text table.
    pub sheet: String,
    /// The last row of headings.
    pub heading_row: u32,
    /// Headings that were understood, as written.
    pub matched: Vec<String>,
    /// Headings nobody knows; their columns are not imported.
    pub unmatched: Vec<String>,
    /// The first rows under the understood headings, people masked.
    pub first_rows: Vec<Vec<String>>,
    /// Rows of data.
    pub rows: usize,
    /// Distinct persons among the rows that hold.
    pub persons: usize,
    /// Households among them.
    pub households: usize,
    /// Benefits by title: how many, and a month's money.
    pub awards: BTreeMap<&'static str, (usize, Fen)>,
}

impl Preview {
    pub(super) fn of(sheet: &str, headings: &Headings) -> Preview {
        Preview {
            sheet: sheet.to_owned(),
            heading_row: headings.last_row,
            matched: shown(headings).map(|(at, _)| headings.text(at).to_owned()).collect(),
            unmatched: headings.unmatched(),
            ..Preview::default()
        }
    }

    pub(super) fn add(&mut self, row: &Row, headings: &Headings) {
        self.rows += 1;
        if self.first_rows.len() < ROWS_SHOWN {
            let cells = shown(headings).map(|(at, meaning)| masked(meaning, &row.cell(at).text));
            self.first_rows.push(cells.collect());
        }
    }

    pub(super) fn count(&mut self, batch: &RosterBatch) {
        self.households = batch.households.len();
        self.persons = batch.households.iter().map(|family| family.members.len()).sum();
        for award in &batch.awards {
            let (count, sum) = self.awards.entry(award.title).or_default();
            *count += 1;
            *sum += award.amount;
        }
    }
}

fn shown(headings: &Headings) -> impl Iterator<Item = (usize, Meaning)> + '_ {
    let known = headings.columns.iter().enumerate().filter_map(|(at, (_, meaning))| Some((at, (*meaning)?)));
    known.filter(|(_, meaning)| *meaning != Meaning::Ignored)
}

/// Names, numbers and addresses as a public list would show them; what cannot be read is not shown.
fn masked(meaning: Meaning, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let hidden = || "***".to_owned();
    match meaning {
        Meaning::Name | Meaning::HeadName | Meaning::Holder => {
            PersonName::parse(text).map_or_else(|_| hidden(), |name| name.masked())
        }
        Meaning::Id | Meaning::HeadId => IdNumber::parse(text).map_or_else(|_| hidden(), |id| id.value.masked()),
        Meaning::Account => BankAccount::parse(text).map_or_else(|_| hidden(), |account| account.value.masked()),
        Meaning::Phone => Phone::parse(text).map_or_else(|_| hidden(), |phone| phone.masked()),
        Meaning::Address => hidden(),
        Meaning::County
        | Meaning::Township
        | Meaning::Village
        | Meaning::Place
        | Meaning::HouseholdNumber
        | Meaning::Programme
        | Meaning::Since
        | Meaning::Counted
        | Meaning::Amount
        | Meaning::Bank
        | Meaning::AsOf
        | Meaning::Ignored
        | Meaning::Fact(_) => text.to_owned(),
    }
}
