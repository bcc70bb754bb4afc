//! A batch of rows as numbers, and where its households begin. The first and the last household may go on in the batches
//! around it: they are handed over as [`Fragment`]s, what lies between as a [`Block`].

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch};
use arrow_schema::DataType;
use law::form::OneForm;
use values::AreaCode;

use crate::answer::Keys;
use crate::bind::{Binding, Bound};
use crate::block::Block;
use crate::desk::{Desk, Home, area_of};
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
pub(crate) struct Fragment<'l> {
    pub(crate) first_row: u64,
    pub(crate) key: Option<Key>,
    pub(crate) home: Home<'l>,
    pub(crate) bad: bool,
    /// A column a bound fact.
    columns: Vec<Vec<Option<i64>>>,
    rows: usize,
}

/// The first household of a slab, the whole ones, the last.
pub(crate) type Pieces<'a, 'l> = (Fragment<'l>, Option<Block<'a, 'l>>, Option<Fragment<'l>>);

/// Where the households of a slab are registered.
#[derive(Debug)]
pub(crate) struct Homes<'l> {
    all: Vec<Home<'l>>,
    /// Which of them is each household's.
    at: Vec<u32>,
}

impl<'l> Homes<'l> {
    fn number(&mut self, home: Home<'l>) -> u32 {
        self.all.push(home);
        self.all.len() as u32 - 1
    }
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
    pub(crate) fn split<'a, 'l>(&'a self, homes: &'a Homes<'l>) -> Pieces<'a, 'l> {
        let households = self.cuts.len() - 1;
        let home = |household: usize| homes.all[homes.at[household] as usize].clone();
        let first = self.fragment(0, home(0));
        let last = (households > 1).then(|| self.fragment(households - 1, home(households - 1)));
        let middle = (households > 2).then(|| self.block(1..households - 1, homes));
        (first, middle, last)
    }

    /// Where the households are registered, by their first rows.
    pub(crate) fn homes<'l>(&mut self, desk: &Desk<'l>) -> Homes<'l> {
        let households = self.cuts.len() - 1;
        let column = self.area.clone();
        let words = column.as_ref().and_then(|column| Words::of(column.as_ref()));
        let texts = column.as_ref().and_then(|column| Texts::of(column.as_ref()));
        let mut homes = Homes { all: Vec::new(), at: Vec::with_capacity(households) };
        let mut seen: HashMap<Option<&str>, Result<u32, String>> = HashMap::new();
        let mut before: Option<(Option<&str>, u32)> = None;
        for household in 0..households {
            let row = self.cuts[household] as usize;
            let text = match (&words, &texts) {
                (Some(words), _) => words.at(row),
                (None, texts) => texts.and_then(|texts| texts.at(row)),
            };
            if let Some((_, at)) =
                before.filter(|(same, _)| same.map(str::as_ptr) == text.map(str::as_ptr) && *same == text)
            {
                homes.at.push(at);
                continue;
            }
            let known = seen.entry(text).or_insert_with(|| desk.home(text).map(|home| homes.number(home)));
            let at = known.clone().unwrap_or_else(|why| {
                self.reject(row, AREA, text.unwrap_or("").to_owned(), why);
                homes.number(desk.nowhere())
            });
            before = Some((text, at)).filter(|_| seen[&text].is_ok());
            homes.at.push(at);
        }
        homes
    }

    /// The area each household writes, by its first row; rows that say none or nothing readable are rejected.
    pub(crate) fn areas(&mut self, given: Option<AreaCode>) -> Vec<AreaCode> {
        let column = self.area.clone();
        let words = column.as_ref().and_then(|column| Words::of(column.as_ref()));
        let texts = column.as_ref().and_then(|column| Texts::of(column.as_ref()));
        let mut areas = Vec::with_capacity(self.cuts.len() - 1);
        for household in 0..self.cuts.len() - 1 {
            let row = self.cuts[household] as usize;
            let text = match (&words, &texts) {
                (Some(words), _) => words.at(row),
                (None, texts) => texts.and_then(|texts| texts.at(row)),
            };
            areas.push(area_of(text, given).unwrap_or_else(|why| {
                self.reject(row, AREA, text.unwrap_or("").to_owned(), why);
                AreaCode::NATION
            }));
        }
        areas
    }

    /// A household's key.
    pub(crate) fn key(&self, household: usize) -> Option<Key> {
        key_at(&self.keys, self.cuts[household] as usize)
    }

    /// All households, the first and the last perhaps not whole; nothing is said of where they are.
    pub(crate) fn all(&self) -> Block<'_, 'static> {
        let rows = 0..self.keys.len();
        Block {
            first_row: self.first_row,
            starts: self.cuts.clone(),
            keys: gather(&self.keys, &self.cuts[..self.cuts.len() - 1]),
            homes: &[],
            at: Vec::new(),
            columns: self.lanes.iter().map(|lane| lane.column(rows.clone())).collect(),
            bad: Vec::new(),
        }
    }

    fn fragment<'l>(&self, household: usize, home: Home<'l>) -> Fragment<'l> {
        let rows = self.cuts[household] as usize..self.cuts[household + 1] as usize;
        Fragment {
            first_row: self.first_row + rows.start as u64,
            key: key_at(&self.keys, rows.start),
            home,
            bad: self.bad_rows.iter().any(|row| rows.contains(row)),
            columns: self.lanes.iter().map(|lane| rows.clone().map(|row| lane.at(row)).collect()).collect(),
            rows: rows.len(),
        }
    }

    fn block<'a, 'l>(&'a self, households: Range<usize>, homes: &'a Homes<'l>) -> Block<'a, 'l> {
        let cuts = &self.cuts[households.start..=households.end];
        let rows = cuts[0] as usize..cuts[cuts.len() - 1] as usize;
        let mut block = Block {
            first_row: self.first_row + rows.start as u64,
            starts: cuts.iter().map(|cut| cut - cuts[0]).collect(),
            keys: gather(&self.keys, &cuts[..cuts.len() - 1]),
            homes: &homes.all,
            at: homes.at[households].to_vec(),
            columns: self.lanes.iter().map(|lane| lane.column(rows.clone())).collect(),
            bad: Vec::new(),
        };
        for &row in self.bad_rows.iter().filter(|row| rows.contains(row)) {
            block.set_bad(row - rows.start);
        }
        block
    }
}

impl<'l> Fragment<'l> {
    /// Puts the rest of the household behind.
    pub(crate) fn append(&mut self, rest: Fragment<'l>) {
        self.bad |= rest.bad;
        self.rows += rest.rows;
        self.columns.iter_mut().zip(rest.columns).for_each(|(column, rest)| column.extend(rest));
    }

    /// The household's lanes, each a row.
    pub(crate) fn lanes(&self, facts: &[Bound]) -> Vec<Lane> {
        facts.iter().zip(&self.columns).map(|(bound, numbers)| Lane::of(&bound.kind, numbers)).collect()
    }

    /// The household, whole, with its lanes.
    pub(crate) fn block<'a>(&'a self, lanes: &'a [Lane]) -> Block<'a, 'l> {
        let keys = match &self.key {
            Some(Key::Number(key)) => Keys::Numbers(vec![*key]),
            Some(Key::Text(key)) => Keys::Texts(vec![key.len()], key.clone()),
            None => unreachable!("a household without a key is not decided"),
        };
        Block {
            first_row: self.first_row,
            starts: vec![0, self.rows as u32],
            keys,
            homes: std::slice::from_ref(&self.home),
            at: vec![0],
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
            Arc::new((0..column.len()).map(|row| words.at(row)).collect::<arrow_array::StringArray>())
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
            // every row is noted, and kept when the key changed: no branch to guess
            let keys = keys.as_primitive::<Int64Type>().values();
            let mut count = 1;
            cuts.resize(keys.len() + 1, 0);
            for (row, pair) in keys.windows(2).enumerate() {
                cuts[count] = row as u32 + 1;
                count += usize::from(pair[0] != pair[1]);
            }
            cuts.truncate(count);
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
