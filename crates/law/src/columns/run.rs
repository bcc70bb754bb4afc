//! Runs a plan's steps over blocks of households small enough that everything stays near the processor.

use std::mem::take;
use std::ops::Range;

use values::Day;

use super::answers::Answers;
use super::code::{Act, Code, MaskAt, NumberAt, Step};
use super::decide::{Weighed, make_room};
use super::kernels::{self, Lanewise, Operand};
use super::parts::{Lane, Width};
use super::table::{Column, Columns, Lanes};
use crate::form::FactId;

/// So many households at a time.
const BLOCK: usize = 512;

/// Space for a block's values.
#[derive(Debug, Default)]
pub(super) struct Registers {
    masks: Vec<Vec<u8>>,
    narrow: Vec<Vec<i32>>,
    wide: Vec<Vec<i64>>,
    running_narrow: Vec<i32>,
    running_wide: Vec<i64>,
    /// Which household of the block each member belongs to.
    owner: Vec<u32>,
    /// Whether some step asks for it.
    owned: bool,
    ones: Vec<u8>,
    pub(super) zeros: Vec<u8>,
    pub(super) weighed: Weighed,
}

/// Some households and where their members lie.
pub(super) struct Block<'b> {
    pub(super) columns: &'b Columns<'b>,
    pub(super) households: Range<usize>,
    pub(super) members: Range<usize>,
    pub(super) starts: &'b [u32],
}

/// Answers the questions that have a decision, for these households.
pub(super) fn run(code: &Code, columns: &Columns<'_>, households: Range<usize>, answers: &mut [Answers]) {
    // compiled once for each kind of processor; the widest one there is takes it
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || blocks(code, columns, households, answers),
    );
}

#[inline(always)]
fn blocks(code: &Code, columns: &Columns<'_>, households: Range<usize>, answers: &mut [Answers]) {
    let mut registers = Registers::of(code);
    answers
        .iter_mut()
        .zip(&code.decisions)
        .for_each(|(answers, decision)| make_room(answers, decision, columns, &households));
    let mut first = households.start;
    while first < households.end {
        let last = (first + BLOCK).min(households.end);
        let starts = &columns.starts()[first..=last];
        let members = starts[0] as usize..starts[last - first] as usize;
        let block = Block { columns, households: first..last, members, starts };
        registers.fit(&block);
        for step in &code.steps {
            registers.step(step, &block);
        }
        for (decision, answers) in code.decisions.iter().zip(answers.iter_mut()) {
            if let Some(decision) = decision {
                registers.decide(decision, &block, answers);
            }
        }
        first = last;
    }
}

impl Block<'_> {
    pub(super) fn lanes(&self, lane: Lane) -> Range<usize> {
        match lane {
            Lane::Member => self.members.clone(),
            Lane::Household | Lane::All => self.households.clone(),
        }
    }

    fn column(&self, fact: FactId) -> &Column<'_> {
        &self.columns.held(fact).expect("a step reads only columns that are there").column
    }
}

/// Numbers of a width have their own registers and columns.
pub(super) trait Filed: Lanewise {
    fn file(registers: &Registers) -> &[Vec<Self>];
    fn file_mut(registers: &mut Registers) -> &mut [Vec<Self>];
    fn running(registers: &mut Registers) -> &mut Vec<Self>;
    fn column<'c>(lanes: &'c Lanes<'_>) -> Option<&'c [Self]>;
}

impl Filed for i32 {
    fn file(registers: &Registers) -> &[Vec<i32>] {
        &registers.narrow
    }
    fn file_mut(registers: &mut Registers) -> &mut [Vec<i32>] {
        &mut registers.narrow
    }
    fn running(registers: &mut Registers) -> &mut Vec<i32> {
        &mut registers.running_narrow
    }
    fn column<'c>(lanes: &'c Lanes<'_>) -> Option<&'c [i32]> {
        if let Lanes::I32(lanes) = lanes { Some(lanes) } else { None }
    }
}

impl Filed for i64 {
    fn file(registers: &Registers) -> &[Vec<i64>] {
        &registers.wide
    }
    fn file_mut(registers: &mut Registers) -> &mut [Vec<i64>] {
        &mut registers.wide
    }
    fn running(registers: &mut Registers) -> &mut Vec<i64> {
        &mut registers.running_wide
    }
    fn column<'c>(lanes: &'c Lanes<'_>) -> Option<&'c [i64]> {
        if let Lanes::I64(lanes) = lanes { Some(lanes) } else { None }
    }
}

impl Registers {
    fn of(code: &Code) -> Registers {
        let [masks, narrow, wide] = code.registers;
        Registers {
            masks: vec![Vec::new(); masks],
            narrow: vec![Vec::new(); narrow],
            wide: vec![Vec::new(); wide],
            owned: code.steps.iter().any(|step| matches!(step.act, Act::Spread(_) | Act::SpreadMask(_))),
            ..Registers::default()
        }
    }

    /// Makes room for a block.
    #[inline(always)]
    fn fit(&mut self, block: &Block<'_>) {
        let most = block.members.len().max(block.households.len());
        if self.ones.len() < most {
            self.masks.iter_mut().for_each(|register| register.resize(most, 0));
            self.narrow.iter_mut().for_each(|register| register.resize(most, 0));
            self.wide.iter_mut().for_each(|register| register.resize(most, 0));
            self.running_narrow.resize(most + 1, 0);
            self.running_wide.resize(most + 1, 0);
            self.ones.resize(most, 1);
            self.zeros.resize(most, 0);
        }
        if self.owned {
            self.own(block);
        }
    }

    /// Notes each member's household: eight at once, the next household writes over what is too much.
    #[inline(always)]
    fn own(&mut self, block: &Block<'_>) {
        const AT_ONCE: usize = 8;
        self.owner.resize(block.members.len() + AT_ONCE, 0);
        for (household, ends) in block.starts.windows(2).enumerate() {
            let first = (ends[0] - block.starts[0]) as usize;
            let size = (ends[1] - ends[0]) as usize;
            self.owner[first..first + AT_ONCE].fill(household as u32);
            if size > AT_ONCE {
                self.owner[first..first + size].fill(household as u32);
            }
        }
    }

    #[inline(always)]
    pub(super) fn mask<'r>(&'r self, at: MaskAt, lanes: &Range<usize>, block: &'r Block<'_>) -> &'r [u8] {
        match at {
            MaskAt::Always(true) => &self.ones[..lanes.len()],
            MaskAt::Always(false) => &self.zeros[..lanes.len()],
            MaskAt::Register(register) => &self.masks[usize::from(register)][..lanes.len()],
            MaskAt::Column(fact) => match &block.column(fact).lanes {
                Lanes::U8(bytes) => &bytes[lanes.clone()],
                Lanes::I32(_) | Lanes::I64(_) => unreachable!("是否 is kept in bytes"),
            },
        }
    }

    #[inline(always)]
    pub(super) fn number<'r, T: Filed>(
        &'r self,
        at: NumberAt,
        lanes: &Range<usize>,
        block: &'r Block<'_>,
    ) -> Operand<'r, T> {
        match at {
            NumberAt::Fixed(number) => Operand::Fixed(T::of(number)),
            NumberAt::Register(register) => Operand::Lanes(&T::file(self)[usize::from(register)][..lanes.len()]),
            NumberAt::Column(fact) => {
                let column = T::column(&block.column(fact).lanes).expect("the assembler looked at the column's width");
                Operand::Lanes(&column[lanes.clone()])
            }
        }
    }

    #[inline(always)]
    fn lanes_of<'r, T: Filed>(&'r self, at: NumberAt, lanes: &Range<usize>, block: &'r Block<'_>) -> &'r [T] {
        match self.number(at, lanes, block) {
            Operand::Lanes(lanes) => lanes,
            Operand::Fixed(_) => unreachable!("constants are folded before"),
        }
    }

    #[inline(always)]
    fn step(&mut self, step: &Step, block: &Block<'_>) {
        match step.width {
            Width::Mask => self.mask_step(step, block),
            Width::Narrow => self.number_step::<i32>(step, block),
            Width::Wide => self.number_step::<i64>(step, block),
        }
    }

    #[inline(always)]
    fn mask_step(&mut self, step: &Step, block: &Block<'_>) {
        let at = usize::from(step.out);
        let mut register = take(&mut self.masks[at]);
        let lanes = block.lanes(step.lane);
        let out = &mut register[..lanes.len()];
        let mask = |at: MaskAt| self.mask(at, &lanes, block);
        match &step.act {
            Act::Yes(fact) | Act::Known(fact) => {
                known(out, block.column(*fact), &lanes, matches!(step.act, Act::Yes(_)))
            }
            Act::Not(a) => kernels::map(out, mask(*a), |a| a ^ 1),
            Act::And(a, b) => kernels::zip(out, mask(*a), mask(*b), |a, b| a & b),
            Act::Or(a, b) => kernels::zip(out, mask(*a), mask(*b), |a, b| a | b),
            Act::Below(Width::Wide, x, than) => {
                kernels::map(out, self.lanes_of::<i64>(*x, &lanes, block), |x| u8::from(x < *than))
            }
            Act::Below(_, x, than) => {
                let than = *than as i32;
                kernels::map(out, self.lanes_of::<i32>(*x, &lanes, block), |x| u8::from(x < than));
            }
            Act::Equal(Width::Wide, x, to) => {
                kernels::map(out, self.lanes_of::<i64>(*x, &lanes, block), |x| u8::from(x == *to))
            }
            Act::Equal(_, x, to) => {
                let to = *to as i32;
                kernels::map(out, self.lanes_of::<i32>(*x, &lanes, block), |x| u8::from(x == to));
            }
            Act::AmongBytes(fact, bits) => match &block.column(*fact).lanes {
                Lanes::U8(bytes) => kernels::among_bytes(out, &bytes[lanes.clone()], *bits),
                Lanes::I32(_) | Lanes::I64(_) => unreachable!("a choice is kept in bytes"),
            },
            Act::Among(Width::Wide, x, bits) => {
                kernels::map(out, self.lanes_of::<i64>(*x, &lanes, block), |x| is_among(x, *bits))
            }
            Act::Among(_, x, bits) => {
                kernels::map(out, self.lanes_of::<i32>(*x, &lanes, block), |x| is_among(x.into(), *bits))
            }
            Act::Any(a) => {
                let mut running = take(&mut self.running_narrow);
                let members = block.members.clone();
                let mut counts = [0i32; BLOCK];
                kernels::count(
                    &mut counts[..out.len()],
                    &mut running[..=members.len()],
                    self.mask(*a, &members, block),
                    block.starts,
                );
                kernels::map(out, &counts[..lanes.len()], |count| u8::from(count != 0));
                self.running_narrow = running;
            }
            Act::SpreadMask(a) => {
                let households = self.mask(*a, &block.households, block);
                kernels::map(out, &self.owner[..lanes.len()], |owner| households[owner as usize]);
            }
            _ => unreachable!("this step fills numbers"),
        }
        self.masks[at] = register;
    }

    #[inline(always)]
    fn number_step<T: Filed>(&mut self, step: &Step, block: &Block<'_>) {
        let at = usize::from(step.out);
        let mut register = take(&mut T::file_mut(self)[at]);
        let mut running = take(T::running(self));
        let lanes = block.lanes(step.lane);
        let members = block.members.clone();
        let out = &mut register[..lanes.len()];
        let sums = &mut running[..=members.len()];
        let number = |at: NumberAt| self.number::<T>(at, &lanes, block);
        let numbers = |at: NumberAt| self.lanes_of::<T>(at, &lanes, block);
        match &step.act {
            Act::Load(fact) => load(out, block.column(*fact), &lanes),
            Act::Linear(terms, plus) => {
                let terms: Vec<(&[T], T)> = terms.iter().map(|(x, times)| (numbers(*x), T::of(*times))).collect();
                kernels::linear(out, &terms, T::of(*plus));
            }
            Act::Times(a, b) => kernels::combine(out, number(*a), number(*b), T::times),
            Act::Greater(a, b) => kernels::combine(out, number(*a), number(*b), |a, b| a.max(b)),
            Act::Lesser(a, b) => kernels::combine(out, number(*a), number(*b), |a, b| a.min(b)),
            Act::Round(how, x, by, reach) => kernels::round(out, numbers(*x), *how, *by, *reach),
            Act::Pick(mask, a, b) => kernels::pick(out, self.mask(*mask, &lanes, block), number(*a), number(*b)),
            Act::Sum(x, mask) => {
                let mask = (*mask != MaskAt::Always(true)).then(|| self.mask(*mask, &members, block));
                kernels::sum(out, sums, self.lanes_of::<T>(*x, &members, block), mask, block.starts);
            }
            Act::Count(mask) => kernels::count(out, sums, self.mask(*mask, &members, block), block.starts),
            Act::Most(x, mask, greatest) => {
                let (numbers, mask) = (self.lanes_of::<T>(*x, &members, block), self.mask(*mask, &members, block));
                kernels::most(out, numbers, mask, block.starts, *greatest);
            }
            Act::Age(born, on) => {
                let epoch = Day::new(1970, 1, 1).expect("1970-01-01 exists");
                let on = epoch.plus_days(i64::from(*on));
                kernels::map(out, numbers(*born), |born| T::of(on.age_of_birth(epoch.plus_days(born.wide()))));
            }
            Act::Spread(x) => {
                let households = self.lanes_of::<T>(*x, &block.households, block);
                kernels::map(out, &self.owner[..lanes.len()], |owner| households[owner as usize]);
            }
            Act::Widen(x) => kernels::map(out, self.lanes_of::<i32>(*x, &lanes, block), |x| T::of(i64::from(x))),
            _ => unreachable!("this step fills masks"),
        }
        T::file_mut(self)[at] = register;
        *T::running(self) = running;
    }
}

#[inline(always)]
fn is_among(number: i64, bits: u128) -> u8 {
    u8::from((0..128).contains(&number) && bits >> (number & 127) & 1 == 1)
}

/// Where a fact is known, and (for `yes`) 是.
#[inline(always)]
fn known(out: &mut [u8], column: &Column<'_>, lanes: &Range<usize>, yes: bool) {
    match (&column.known, &column.lanes) {
        (Some(known), Lanes::U8(bytes)) if yes => {
            kernels::zip(out, &known[lanes.clone()], &bytes[lanes.clone()], |known, byte| u8::from(known != 0) & byte);
        }
        (None, Lanes::U8(bytes)) if yes => out.copy_from_slice(&bytes[lanes.clone()]),
        (Some(known), _) => kernels::map(out, &known[lanes.clone()], |known| u8::from(known != 0)),
        (None, _) => out.fill(1),
    }
}

/// A column's numbers, 0 where they are not known.
#[inline(always)]
fn load<T: Lanewise>(out: &mut [T], column: &Column<'_>, lanes: &Range<usize>) {
    #[inline(always)]
    fn each<T: Lanewise, S: Copy + Into<i64>>(out: &mut [T], numbers: &[S], known: Option<&[u8]>) {
        match known {
            Some(known) => {
                kernels::zip(out, numbers, known, |number, known| T::of(number.into()).masked(u8::from(known != 0)))
            }
            None => kernels::map(out, numbers, |number| T::of(number.into())),
        }
    }
    let known = column.known.as_ref().map(|known| &known[lanes.clone()]);
    match &column.lanes {
        Lanes::I64(numbers) => each(out, &numbers[lanes.clone()], known),
        Lanes::I32(numbers) => each(out, &numbers[lanes.clone()], known),
        Lanes::U8(numbers) => each(out, &numbers[lanes.clone()], known),
    }
}
