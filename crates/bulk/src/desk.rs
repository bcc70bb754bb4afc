//! Asks the books for whole households: a plan for each ground (areas that are decided alike), shared by all threads.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, RwLock};

use law::columns::{Answers, Asked, Column, ColumnError, Columns, Lanes, NO_REASON, Plan, allowed};
use law::form::Belongs;
use law::{Answer, Gives, Library, ProgrammeUnit, Verdict};
use values::{AreaCode, Month};

use crate::answer::{Answered, Keys, NO_WORD, NONE};
use crate::bind::Bound;
use crate::block::{Block, part};
use crate::digest;
use crate::lanes::Lane;
use crate::reject::Reject;

/// The books, bound to the questions of a run.
pub(crate) struct Desk<'l> {
    library: &'l Library,
    programmes: Vec<String>,
    months: Vec<Month>,
    given: AreaCode,
    named: BTreeSet<AreaCode>,
    known: RwLock<Known<'l>>,
    /// The questions, in the order of the answers.
    pub(crate) asked: Vec<Asked>,
    /// All reasons that the books can give.
    pub(crate) reasons: Vec<String>,
    /// Of each question, whether it is about money; recognition and things have no amount.
    pays: Vec<bool>,
    asked_digests: Vec<u64>,
    reason_digests: Vec<u64>,
}

/// The areas seen so far.
#[derive(Default)]
struct Known<'l> {
    numbers: BTreeMap<AreaCode, u32>,
    areas: Vec<(u64, Arc<Ground<'l>>)>,
    grounds: BTreeMap<AreaCode, Arc<Ground<'l>>>,
}

/// Areas that are decided alike.
pub(crate) struct Ground<'l> {
    area: AreaCode,
    plan: Plan<'l>,
    /// For each question: the reasons of its conditions and of its doubts, as places in the desk's list.
    reasons: Vec<[Vec<u16>; 2]>,
}

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
    /// Rows that say something else of their household than its first row.
    pub(crate) contradictions: Vec<(u64, u16)>,
}

impl<'l> Desk<'l> {
    /// A desk for these questions; `given` is the area of households that say none.
    pub(crate) fn new(
        library: &'l Library,
        programmes: &[String],
        months: &[Month],
        given: Option<AreaCode>,
    ) -> Desk<'l> {
        let ids: Vec<&str> = programmes.iter().map(String::as_str).collect();
        let asked = library.plan(&ids, months, AreaCode::NATION).asked().to_vec();
        let reasons = library.reason_names(&ids, months);
        let pays = |asked: &Asked| {
            library.programme(&asked.programme).is_some_and(|info| matches!(info.gives, Gives::Money(_)))
        };
        let desk = Desk {
            pays: asked.iter().map(pays).collect(),
            asked_digests: asked
                .iter()
                .map(|asked| digest::mix(digest::of_text(&asked.programme), digest::of_text(&asked.month.to_string())))
                .collect(),
            reason_digests: reasons.iter().map(|name| digest::of_text(name)).collect(),
            library,
            programmes: programmes.to_vec(),
            months: months.to_vec(),
            given: given.unwrap_or(AreaCode::NATION),
            named: library.areas_named(),
            known: RwLock::default(),
            asked,
            reasons,
        };
        desk.number(AreaCode::NATION);
        desk.number(desk.given);
        desk
    }

    /// The number of the area of households that say none.
    pub(crate) fn given(&self) -> u32 {
        self.number(self.given)
    }

    /// The number of the nation, for households that are not decided.
    pub(crate) fn nation(&self) -> u32 {
        self.number(AreaCode::NATION)
    }

    /// The number of an area as a row writes it; the given one for a row that says none.
    pub(crate) fn area(&self, text: Option<&str>) -> Result<u32, String> {
        match text {
            Some(text) => match text.parse::<AreaCode>() {
                Ok(code) => Ok(self.number(code)),
                Err(error) => Err(format!("：{error}")),
            },
            None if self.given == AreaCode::NATION => Err("空着；写上区划代码，或者用 --area 写明".to_owned()),
            None => Ok(self.given()),
        }
    }

    fn number(&self, code: AreaCode) -> u32 {
        if let Some(&number) = self.known.read().expect("no thread failed").numbers.get(&code) {
            return number;
        }
        let mut known = self.known.write().expect("no thread failed");
        if let Some(&number) = known.numbers.get(&code) {
            return number;
        }
        let ancestors = std::iter::successors(Some(code), AreaCode::parent);
        let area = ancestors.into_iter().find(|area| self.named.contains(area)).unwrap_or(AreaCode::NATION);
        let ground = known.grounds.entry(area).or_insert_with(|| Arc::new(self.ground(area))).clone();
        let number = known.areas.len() as u32;
        known.areas.push((digest::of_text(code.as_str()), ground));
        known.numbers.insert(code, number);
        number
    }

    fn ground(&self, area: AreaCode) -> Ground<'l> {
        let ids: Vec<&str> = self.programmes.iter().map(String::as_str).collect();
        let plan = self.library.plan(&ids, &self.months, area);
        let reasons = plan
            .asked()
            .iter()
            .map(|asked| [Answer::Refused, Answer::NeedsPerson].map(|outcome| self.reasons_of(asked, area, outcome)));
        Ground { area, reasons: reasons.collect(), plan }
    }

    fn reasons_of(&self, asked: &Asked, area: AreaCode, outcome: Answer) -> Vec<u16> {
        let name = |number: u16| {
            let verdict = Verdict { outcome, amount: None, reason: Some(number), counted: 0 };
            self.library.verdict_reason(&asked.programme, asked.month, &area, &verdict).map(|reason| reason.name)
        };
        let place =
            |name: String| self.reasons.iter().position(|reason| *reason == name).map_or(NO_WORD, |at| at as u16);
        (0..NO_REASON).map_while(name).map(place).collect()
    }

    /// Decides the households of a block.
    pub(crate) fn decide(&self, facts: &[Bound], mut block: Block<'_>) -> Decided {
        let known: Vec<(u64, Arc<Ground<'l>>)> = {
            let known = self.known.read().expect("no thread failed");
            // the areas of a batch are few; all of a nation's are many
            let most = block.areas.iter().max().map_or(0, |most| *most as usize + 1);
            if most <= 4096 { known.areas[..most].to_vec() } else { known.areas.clone() }
        };
        let mut contradictions = Vec::new();
        let firsts: Vec<Option<Lane>> = (facts.iter().zip(&block.columns).enumerate())
            .map(|(at, (bound, column))| match bound.belongs {
                Belongs::Person => None,
                Belongs::Household => {
                    let (lane, differ) = block.firsts(column);
                    contradictions.extend(differ.iter().map(|&row| (block.first_row + row as u64, at as u16)));
                    Some(lane)
                }
            })
            .collect();
        let mut rejects = Vec::new();
        let mut answers: Vec<(Range<usize>, Vec<Answers>)> = Vec::new();
        let mut from = 0;
        while from < block.households() {
            let ground = &known[block.areas[from] as usize].1;
            let alike = |area: &u32| Arc::ptr_eq(&known[*area as usize].1, ground);
            let to = from + block.areas[from..].iter().take_while(|area| alike(area)).count();
            answers.push((from..to, self.ask(ground, facts, &mut block, &firsts, from..to, &mut rejects)));
            from = to;
        }
        let keys = key_digests(&block.keys, &block.areas, &known);
        let inputs = self.inputs(facts, &block, &firsts, &keys);
        let mut writer = Writer { desk: self, block: &block, keys: &keys, answers: 0, out: Answered::none(false) };
        writer.out.keys = Keys::none(matches!(block.keys, Keys::Texts(..)));
        for (households, answers) in &answers {
            let ground = &known[block.areas[households.start] as usize].1;
            writer.write(ground, households.clone(), answers);
        }
        let left_out = block.bad.iter().filter(|bad| **bad).count() as u64;
        Decided {
            households: block.households() as u64 - left_out,
            persons: persons(&block),
            left_out,
            inputs,
            answers: writer.answers,
            answered: writer.out,
            rejects,
            contradictions,
        }
    }

    /// The answers to all questions for households of one ground.
    fn ask(
        &self,
        ground: &Ground<'_>,
        facts: &[Bound],
        block: &mut Block<'_>,
        firsts: &[Option<Lane>],
        households: Range<usize>,
        rejects: &mut Vec<Reject>,
    ) -> Vec<Answers> {
        let form = self.library.form();
        let cuts = &block.starts[households.start..=households.end];
        let lanes = cuts[0] as usize..cuts[cuts.len() - 1] as usize;
        let starts: Vec<u32> = cuts.iter().map(|cut| cut - cuts[0]).collect();
        let mut columns = Columns::new(ground.area, starts, form);
        let mut beyond = Vec::new();
        for (at, bound) in facts.iter().enumerate() {
            let column = match &firsts[at] {
                Some(lane) => lane.column(households.clone()),
                None => part(&block.columns[at], lanes.clone()),
            };
            match columns.set(form, bound.fact, column.clone()) {
                Ok(()) => {}
                Err(ColumnError::Value { .. }) => {
                    let (allowed, found) = within(bound, column);
                    columns.set(form, bound.fact, allowed).expect("what is beyond was taken out");
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

    /// The sum of the digests of the block's households: key, area, and every fact that was read.
    fn inputs(&self, facts: &[Bound], block: &Block<'_>, firsts: &[Option<Lane>], keys: &[u64]) -> u128 {
        const AT_ONCE: usize = 2048;
        let names: Vec<u64> = facts.iter().map(|bound| digest::of_text(&bound.name)).collect();
        let mut households = vec![0u64; block.households()];
        let mut rows = vec![0u64; block.rows()];
        for (at, name) in names.iter().enumerate() {
            if let Some(lane) = &firsts[at] {
                digest::add_column(&mut households, &lane.column(0..block.households()), *name);
            }
        }
        for (from, sums) in (0..).step_by(AT_ONCE).zip(rows.chunks_mut(AT_ONCE)) {
            for (at, name) in names.iter().enumerate().filter(|(at, _)| firsts[*at].is_none()) {
                digest::add_column(sums, &part(&block.columns[at], from..from + sums.len()), *name);
            }
        }
        let mut sum = 0u128;
        for (household, pair) in block.starts.windows(2).enumerate() {
            if block.bad.get(household) == Some(&true) {
                continue;
            }
            let rows = &rows[pair[0] as usize..pair[1] as usize];
            let members = rows.iter().fold(households[household], |all, &row| digest::mix(all, row));
            sum = sum.wrapping_add(digest::spread(keys[household], members));
        }
        sum
    }
}

/// A number for each household's key and area.
fn key_digests(keys: &Keys, areas: &[u32], known: &[(u64, Arc<Ground<'_>>)]) -> Vec<u64> {
    let area = |household: usize| known[areas[household] as usize].0;
    match keys {
        Keys::Numbers(keys) => {
            keys.iter().enumerate().map(|(at, &key)| digest::mix(digest::of_key(key), area(at))).collect()
        }
        Keys::Texts(ends, all) => (0..ends.len())
            .map(|at| digest::mix(digest::of_key_text(&all[Keys::text(ends, all, at)]), area(at)))
            .collect(),
    }
}

fn persons(block: &Block<'_>) -> u64 {
    let decided = |(household, _): &(usize, &[u32])| block.bad.get(*household) != Some(&true);
    block.starts.windows(2).enumerate().filter(decided).map(|(_, pair)| u64::from(pair[1] - pair[0])).sum()
}

/// The column without the numbers that the form does not allow, and those numbers.
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

/// Makes rows of answers.
struct Writer<'w, 'l> {
    desk: &'w Desk<'l>,
    block: &'w Block<'w>,
    keys: &'w [u64],
    answers: u128,
    out: Answered,
}

impl Writer<'_, '_> {
    fn write(&mut self, ground: &Ground<'_>, households: Range<usize>, answers: &[Answers]) {
        let first = self.block.starts[households.start] as usize;
        for (at, household) in households.enumerate() {
            if self.block.bad.get(household) == Some(&true) {
                continue;
            }
            let members =
                self.block.starts[household] as usize - first..self.block.starts[household + 1] as usize - first;
            for (question, answers) in answers.iter().enumerate() {
                match self.desk.asked[question].unit {
                    ProgrammeUnit::Household => {
                        let counted = answers.counted.get(members.clone()).unwrap_or(&[]);
                        let counted = counted.iter().map(|&counts| i32::from(counts)).sum();
                        self.push(ground, question, household, NONE as i32, answers, at, counted);
                    }
                    ProgrammeUnit::Person => {
                        for lane in members.clone() {
                            let member = (lane - members.start) as i32 + 1;
                            self.push(ground, question, household, member, answers, lane, NONE as i32);
                        }
                    }
                }
            }
        }
    }

    #[allow(clippy::too_many_arguments)] // one row's cells
    fn push(
        &mut self,
        ground: &Ground<'_>,
        question: usize,
        household: usize,
        member: i32,
        answers: &Answers,
        lane: usize,
        counted: i32,
    ) {
        let (outcome, number) = (answers.outcome[lane], answers.reason[lane]);
        let named = |sort: usize| ground.reasons[question][sort].get(usize::from(number)).copied().unwrap_or(NO_WORD);
        let (code, reason) = match outcome {
            Answer::Eligible => (0, NO_WORD),
            Answer::Refused => (1, named(0)),
            Answer::NeedsPerson => (2, named(1)),
            Answer::Unknown => (3, NO_WORD),
        };
        let eligible = code == 0;
        let amount = if eligible && self.desk.pays[question] { answers.amount[lane] } else { NONE };
        let counted = if eligible { counted } else { NONE as i32 };
        let why = self.desk.reason_digests.get(usize::from(reason)).copied().unwrap_or(0);
        let who = digest::mix(self.keys[household], self.desk.asked_digests[question] ^ member as u64);
        let what = digest::mix(amount as u64 ^ code << 60, why ^ counted as u64);
        self.answers = self.answers.wrapping_add(digest::spread(who, what));
        self.out.keys.push_from(&self.block.keys, household);
        self.out.member.push(member);
        self.out.asked.push(question as u16);
        self.out.outcome.push(code as u8);
        self.out.amount.push(amount);
        self.out.reason.push(reason);
        self.out.counted.push(counted);
    }
}
