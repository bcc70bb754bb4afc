//! Decides whole households: one ground after another, with what was read of them digested.

use std::ops::Range;
use std::sync::Arc;

use law::columns::{Answers, Column, ColumnError, Columns, Lanes, allowed};
use law::form::Belongs;

use crate::answer::{Answered, Keys};
use crate::bind::Bound;
use crate::block::{Block, part};
use crate::desk::{Desk, Ground};
use crate::digest;
use crate::lanes::Lane;
use crate::reject::Reject;
use crate::rows::Rows;

/// Fewer households are decided one by one: arithmetic for their columns would be put together for them alone.
const FEW: usize = 32;

/// What became of a block.
#[derive(Debug)]
pub(crate) struct Decided {
    pub(crate) answered: Answered,
    pub(crate) households: u64,
    pub(crate) persons: u64,
    /// Households left out because a row of theirs cannot be read.
    pub(crate) left_out: u64,
    pub(crate) inputs: u128,
    pub(crate) answers: u128,
    pub(crate) rejects: Vec<Reject>,
    /// Rows that say something else of their household than its first row, with the place of the fact.
    pub(crate) contradictions: Vec<(u64, u16)>,
}

/// The columns of the household facts, a lane a household; none in the place of a person's fact.
pub(crate) type Firsts = Vec<Option<Lane>>;

/// Decides the households of a block.
pub(crate) fn decide<'l>(desk: &Desk<'l>, facts: &[Bound], mut block: Block<'_, 'l>) -> Decided {
    let mut contradictions = Vec::new();
    let firsts = firsts(facts, &block, &mut contradictions);
    let (mut rejects, mut answers, mut from) = (Vec::new(), Vec::new(), 0);
    while from < block.households() {
        let ground = Arc::clone(&block.home(from).ground);
        let to = block.alike_from(from);
        let found = ask(desk, &ground, facts, &mut block, &firsts, from..to, &mut rejects);
        answers.push((from..to, ground, found));
        from = to;
    }
    let keys = keys(&block);
    let inputs = inputs(facts, &block, &firsts, &keys);
    let (persons, households) = (persons(&block), block.households() as u64);
    let left_out = block.bad.iter().filter(|bad| **bad).count() as u64;
    let mut rows = Rows::new(desk, &block, &keys);
    answers.iter().for_each(|(households, ground, answers)| rows.put(ground, households.clone(), answers));
    let (one_each, mut answered, answers) = (rows.one_a_household(), rows.out, rows.digest);
    if one_each {
        std::mem::swap(&mut answered.keys, &mut block.keys);
    }
    Decided { answered, households: households - left_out, persons, left_out, inputs, answers, rejects, contradictions }
}

/// The first lanes of the household facts; rows that contradict their household's first are noted.
pub(crate) fn firsts(facts: &[Bound], block: &Block<'_, '_>, contradictions: &mut Vec<(u64, u16)>) -> Firsts {
    let first = |(at, (bound, column)): (usize, (&Bound, &Column<'_>))| match bound.belongs {
        Belongs::Person => None,
        Belongs::Household => {
            let (lane, differ) = block.firsts(column);
            contradictions.extend(differ.iter().map(|&row| (block.first_row + row as u64, at as u16)));
            Some(lane)
        }
    };
    facts.iter().zip(&block.columns).enumerate().map(first).collect()
}

/// The answers to all questions for households of one ground. Households with numbers that no fact may have become bad.
fn ask(
    desk: &Desk<'_>,
    ground: &Ground<'_>,
    facts: &[Bound],
    block: &mut Block<'_, '_>,
    firsts: &Firsts,
    households: Range<usize>,
    rejects: &mut Vec<Reject>,
) -> Vec<Answers> {
    let form = desk.library.form();
    let cuts = &block.starts[households.start..=households.end];
    let lanes = cuts[0] as usize..cuts[cuts.len() - 1] as usize;
    let starts: Vec<u32> = cuts.iter().map(|cut| cut - cuts[0]).collect();
    let mut columns = Columns::new(ground.area, starts, form);
    let mut beyond = Vec::new();
    for (at, bound) in facts.iter().enumerate() {
        let column = || match &firsts[at] {
            Some(lane) => lane.column(households.clone()),
            None => part(&block.columns[at], lanes.clone()),
        };
        match columns.set(form, bound.fact, column()) {
            Ok(()) => {}
            Err(ColumnError::Value { .. }) => {
                let (within, found) = within(bound, column());
                columns.set(form, bound.fact, within).expect("what is beyond was taken out");
                beyond.extend(found.into_iter().map(|(lane, number)| match bound.belongs {
                    Belongs::Person => (lanes.start + lane, at, number),
                    Belongs::Household => (block.starts[households.start + lane] as usize, at, number),
                }));
            }
            Err(error) => unreachable!("the binding checked the column: {error}"),
        }
    }
    let answers = match households.len() {
        ..FEW => ground.plan.answer_few(&columns),
        many => ground.plan.answer(&columns, 0..many),
    };
    drop(columns);
    for (lane, at, number) in beyond {
        block.set_bad(lane);
        let (row, column) = (block.first_row + lane as u64, facts[at].name.clone());
        let why = format!("的数 {number} 超出一张表允许的范围，请核对（钱以分计）");
        rejects.push(Reject { row, column, found: number.to_string(), why });
    }
    answers
}

/// The column without the numbers that the form does not allow, and those numbers with their lanes.
fn within<'c>(bound: &Bound, column: Column<'c>) -> (Column<'c>, Vec<(usize, i64)>) {
    let (least, most) = allowed(&bound.kind);
    let mut known = column.known.as_deref().map_or_else(|| vec![1; column.lanes.len()], <[u8]>::to_vec);
    let at = |lane: usize| match &column.lanes {
        Lanes::I64(lanes) => lanes[lane],
        Lanes::I32(lanes) => i64::from(lanes[lane]),
        Lanes::U8(lanes) => i64::from(lanes[lane]),
    };
    let mut found = Vec::new();
    for (lane, known) in known.iter_mut().enumerate() {
        if *known != 0 && !(least..=most).contains(&at(lane)) {
            *known = 0;
            found.push((lane, at(lane)));
        }
    }
    (Column { known: Some(known.into()), lanes: column.lanes }, found)
}

/// A number for each household's key and area.
fn keys(block: &Block<'_, '_>) -> Vec<u64> {
    let with_home = |(household, key): (usize, u64)| digest::mix(key, block.home(household).digest);
    match &block.keys {
        Keys::Numbers(keys) => keys.iter().map(|&key| digest::of_key(key)).enumerate().map(with_home).collect(),
        Keys::Texts(ends, all) => {
            let key = |at| digest::of_key_text(&all[Keys::text(ends, all, at)]);
            (0..ends.len()).map(key).enumerate().map(with_home).collect()
        }
    }
}

fn persons(block: &Block<'_, '_>) -> u64 {
    if block.bad.is_empty() {
        return block.rows() as u64;
    }
    let decided = |(household, _): &(usize, &[u32])| !block.is_bad(*household);
    block.starts.windows(2).enumerate().filter(decided).map(|(_, pair)| u64::from(pair[1] - pair[0])).sum()
}

/// The sum of the digests of the block's households: key, area, and every fact that was read.
fn inputs(facts: &[Bound], block: &Block<'_, '_>, firsts: &Firsts, keys: &[u64]) -> u128 {
    /// So many households' sums stay near the processor while column after column is added.
    const AT_ONCE: usize = 512;
    let names: Vec<u64> = facts.iter().map(|bound| digest::of_text(&bound.name)).collect();
    let (mut sum, mut households, mut rows) = (0u128, Vec::new(), Vec::new());
    for from in (0..block.households()).step_by(AT_ONCE) {
        let to = block.households().min(from + AT_ONCE);
        let lanes = block.starts[from] as usize..block.starts[to] as usize;
        households.clear();
        households.resize(to - from, 0u64);
        rows.clear();
        rows.resize(lanes.len(), 0u64);
        for (at, name) in names.iter().enumerate() {
            match &firsts[at] {
                Some(lane) => digest::add_column(&mut households, &lane.column(from..to), *name),
                None => digest::add_column(&mut rows, &part(&block.columns[at], lanes.clone()), *name),
            }
        }
        for household in (from..to).filter(|household| !block.is_bad(*household)) {
            let members =
                block.starts[household] as usize - lanes.start..block.starts[household + 1] as usize - lanes.start;
            let all = rows[members].iter().fold(households[household - from], |all, &row| digest::mix(all, row));
            sum = sum.wrapping_add(digest::spread(keys[household], all));
        }
    }
    sum
}
