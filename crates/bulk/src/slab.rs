//! A batch of rows as numbers, and where its households begin. The first and the last household may go on in the batches
//! around it: they are handed over as [`Fragment`]s, what lies between as a [`Block`].

use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch};
use arrow_schema::DataType;
use law::form::OneForm;

use crate::answer::Keys;
use crate::bind::{Binding, Bound};
use crate::block::Block;
use crate::desk::Desk;
use crate::lanes::{Lane, read};
use crate::reject::Reject;
use crate::schema::{AREA, HOUSEHOLD};
use crate::texts::{Texts, Words};

/// A household's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Number(i64),
    Text(String),
}

/// Rows of one household, perhaps not all of them.
#[derive(Clone, Debug)]
pub(crate) struct Fragment {
    pub(crate) first_row: u64,
    pub(crate) key: Option<Key>,
    pub(crate) area: u32,
    pub(crate) bad: bool,
    /// A column a bound fact.
    columns: Vec<Vec<Option<i64>>>,
    rows: usize,
}

/// A batch of rows as numbers.
#[derive(Debug)]
pub(crate) struct Slab {
    first_row: u64,
    keys: ArrayRef,
    area: Option<ArrayRef>,
    lanes: Vec<Lane>,
    /// Where households begin, and the number of rows at the end.
    cuts: Vec<u32>,
    /// Rows that cannot be read, in no order.
    bad_rows: Vec<usize>,
    /// What is wrong with them.
    pub(crate) rejects: Vec<Reject>,
}

impl Slab {
    /// Makes numbers of a batch that has rows.
    pub(crate) fn of(form: &OneForm, binding: &Binding, batch: &RecordBatch, first_row: u64) -> Slab {
        assert!(batch.num_rows() > 0, "an empty batch has no households");
        let keys = plain_keys(batch.column(binding.household));
        let mut slab = Slab {
            first_row,
            cuts: cuts(&keys),
            keys,
            area: binding.area.map(|place| batch.column(place).clone()),
            lanes: Vec::with_capacity(binding.facts.len()),
            bad_rows: Vec::new(),
            rejects: Vec::new(),
        };
        slab.look_for_missing_keys();
        for bound in &binding.facts {
            let mut wrong = Vec::new();
            slab.lanes.push(read(form, bound.fact, bound.shape, batch.column(bound.place).as_ref(), &mut wrong));
            for (row, found, why) in wrong {
                slab.reject(row, &bound.name, found, why);
            }
        }
        slab
    }

    fn look_for_missing_keys(&mut self) {
        for row in 0..self.keys.len() {
            if self.keys.is_null(row) {
                self.reject(row, HOUSEHOLD, String::new(), "空着；每一行都要写户号".to_owned());
            }
            if self.keys.null_count() == 0 {
                return;
            }
        }
    }

    fn reject(&mut self, row: usize, column: &str, found: String, why: String) {
        self.bad_rows.push(row);
        self.rejects.push(Reject { row: self.first_row + row as u64, column: column.to_owned(), found, why });
    }

    /// The first household; the whole ones after it; the last one, unless it is the first.
    pub(crate) fn split(&self, areas: &[u32]) -> (Fragment, Option<Block<'_>>, Option<Fragment>) {
        let households = self.cuts.len() - 1;
        let first = self.fragment(0, areas[0]);
        let last = (households > 1).then(|| self.fragment(households - 1, areas[households - 1]));
        let middle = (households > 2).then(|| self.block(1..households - 1, areas[1..households - 1].to_vec()));
        (first, middle, last)
    }

    /// The desk's number of each household's area, by its first row.
    pub(crate) fn areas(&mut self, desk: &Desk<'_>) -> Vec<u32> {
        let households = self.cuts.len() - 1;
        let Some(column) = self.area.clone() else { return vec![desk.given(); households] };
        let mut numbers = Vec::with_capacity(households);
        let words = Words::of(column.as_ref());
        let texts = Texts::of(column.as_ref());
        let (mut before, mut number) = (None, Ok(desk.given()));
        for at in 0..households {
            let row = self.cuts[at] as usize;
            let text = match (&words, &texts) {
                (Some(words), _) => column.is_valid(row).then(|| words.words.at(words.keys[row] as usize)).flatten(),
                (None, Some(texts)) => texts.at(row),
                (None, None) => unreachable!("the binding says text"),
            };
            let text = text.filter(|text| !text.trim().is_empty());
            if before != Some(text) {
                (before, number) = (Some(text), desk.area(text));
            }
            match &number {
                Ok(number) => numbers.push(*number),
                Err(why) => {
                    self.reject(row, AREA, text.unwrap_or("").to_owned(), why.clone());
                    numbers.push(desk.nation());
                }
            }
        }
        numbers
    }

    fn fragment(&self, household: usize, area: u32) -> Fragment {
        let rows = self.cuts[household] as usize..self.cuts[household + 1] as usize;
        Fragment {
            first_row: self.first_row + rows.start as u64,
            key: key_at(&self.keys, rows.start),
            area,
            bad: self.bad_rows.iter().any(|row| rows.contains(row)),
            columns: self.lanes.iter().map(|lane| rows.clone().map(|row| lane.at(row)).collect()).collect(),
            rows: rows.len(),
        }
    }

    fn block(&self, households: Range<usize>, areas: Vec<u32>) -> Block<'_> {
        let cuts = &self.cuts[households.start..=households.end];
        let rows = cuts[0] as usize..cuts[cuts.len() - 1] as usize;
        let mut block = Block {
            first_row: self.first_row + rows.start as u64,
            starts: cuts.iter().map(|cut| cut - cuts[0]).collect(),
            keys: gather(&self.keys, &cuts[..cuts.len() - 1]),
            areas,
            columns: self.lanes.iter().map(|lane| lane.column(rows.clone())).collect(),
            bad: Vec::new(),
        };
        for &row in self.bad_rows.iter().filter(|row| rows.contains(row)) {
            block.set_bad(row - rows.start);
        }
        block
    }
}

impl Fragment {
    /// Puts the rest of the household behind.
    pub(crate) fn append(&mut self, rest: Fragment) {
        self.bad |= rest.bad;
        self.rows += rest.rows;
        self.columns.iter_mut().zip(rest.columns).for_each(|(column, rest)| column.extend(rest));
    }

    /// The household's lanes, each a row.
    pub(crate) fn lanes(&self, facts: &[Bound]) -> Vec<Lane> {
        facts.iter().zip(&self.columns).map(|(bound, numbers)| Lane::of(&bound.kind, numbers)).collect()
    }

    /// The household, whole, with its lanes.
    pub(crate) fn block<'l>(&self, lanes: &'l [Lane]) -> Block<'l> {
        let keys = match &self.key {
            Some(Key::Number(key)) => Keys::Numbers(vec![*key]),
            Some(Key::Text(key)) => Keys::Texts(vec![key.len()], key.clone()),
            None => unreachable!("a household without a key is not decided"),
        };
        Block {
            first_row: self.first_row,
            starts: vec![0, self.rows as u32],
            keys,
            areas: vec![self.area],
            columns: lanes.iter().map(|lane| lane.column(0..self.rows)).collect(),
            bad: Vec::new(),
        }
    }
}

/// Keys as 64-bit numbers or as plain texts.
fn plain_keys(column: &ArrayRef) -> ArrayRef {
    match column.data_type() {
        DataType::Int32 => {
            let keys = column.as_primitive::<Int32Type>().iter().map(|key| key.map(i64::from));
            Arc::new(keys.collect::<Int64Array>())
        }
        DataType::Dictionary(..) => {
            let words = Words::of(column.as_ref()).expect("the binding says text");
            let at = |row: usize| column.is_valid(row).then(|| words.words.at(words.keys[row] as usize)).flatten();
            Arc::new((0..column.len()).map(at).collect::<arrow_array::StringArray>())
        }
        _ => column.clone(),
    }
}

fn key_at(keys: &ArrayRef, row: usize) -> Option<Key> {
    match Texts::of(keys.as_ref()) {
        Some(texts) => texts.at(row).map(|text| Key::Text(text.to_owned())),
        None => keys.is_valid(row).then(|| Key::Number(keys.as_primitive::<Int64Type>().value(row))),
    }
}

/// Where the key changes; a row without a key is alone.
fn cuts(keys: &ArrayRef) -> Vec<u32> {
    let mut cuts = Vec::with_capacity(keys.len() / 2 + 2);
    cuts.push(0);
    match Texts::of(keys.as_ref()) {
        Some(texts) => {
            let differ = |row: usize| texts.at(row).is_none() || texts.at(row) != texts.at(row - 1);
            cuts.extend((1..keys.len()).filter(|&row| differ(row)).map(|row| row as u32));
        }
        None if keys.null_count() > 0 => {
            let differ = |row: usize| keys.is_null(row) || key_at(keys, row) != key_at(keys, row - 1);
            cuts.extend((1..keys.len()).filter(|&row| differ(row)).map(|row| row as u32));
        }
        None => {
            let keys = keys.as_primitive::<Int64Type>().values();
            let pairs = keys.windows(2).enumerate();
            cuts.extend(pairs.filter(|(_, pair)| pair[0] != pair[1]).map(|(row, _)| row as u32 + 1));
        }
    }
    cuts.push(keys.len() as u32);
    cuts
}

fn gather(keys: &ArrayRef, rows: &[u32]) -> Keys {
    match Texts::of(keys.as_ref()) {
        Some(texts) => {
            let mut gathered = Keys::none(true);
            rows.iter().for_each(|&row| gathered.push_text(texts.at(row as usize).unwrap_or("")));
            gathered
        }
        None => {
            let keys = keys.as_primitive::<Int64Type>().values();
            Keys::Numbers(rows.iter().map(|&row| keys[row as usize]).collect())
        }
    }
}
