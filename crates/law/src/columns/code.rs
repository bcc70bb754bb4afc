//! Parts put in order: which are needed, in which register each is kept, and when a register is free again.

use super::build::{Builder, Tri};
use super::parts::{Built, Lane, Op, Part, Parts, Width, X};
use crate::book::ProgrammeUnit;
use crate::engine::num::Rounding;
use crate::form::FactId;

/// A register: its file is the width of the step that fills it.
pub(super) type Register = u16;

/// Where a mask comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MaskAt {
    Always(bool),
    Register(Register),
    /// The fact's own column, which has no gaps.
    Column(FactId),
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberAt {
    Fixed(i64),
    Register(Register),
    /// The fact's own column: of that width, no gaps.
    Column(FactId),
}

/// One step, the same for every block.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) act: Act,
    pub(super) out: Register,
    pub(super) width: Width,
    pub(super) lane: Lane,
}

/// What a step does. Numbers are as wide as the step says; where masks come out of numbers, as wide as `of`.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Yes(FactId),
    Known(FactId),
    Not(MaskAt),
    And(MaskAt, MaskAt),
    Or(MaskAt, MaskAt),
    Below(Width, NumberAt, i64),
    Equal(Width, NumberAt, i64),
    /// A choice is one of the bits: a column of bytes, or a number.
    AmongBytes(FactId, u128),
    Among(Width, NumberAt, u128),
    Any(MaskAt),
    Load(FactId),
    Linear(Vec<(NumberAt, i64)>, i64),
    Times(NumberAt, NumberAt),
    Greater(NumberAt, NumberAt),
    Lesser(NumberAt, NumberAt),
    /// With the greatest size of the number to round.
    Round(Rounding, NumberAt, [i64; 3], i64),
    Pick(MaskAt, NumberAt, NumberAt),
    Sum(NumberAt, MaskAt),
    Count(MaskAt),
    Most(NumberAt, MaskAt, bool),
    Age(NumberAt, i32),
    SpreadMask(MaskAt),
    Spread(NumberAt),
    Widen(NumberAt),
}

/// What decides a question.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub(super) lane: Lane,
    /// Of each condition: where it surely fails.
    pub(super) fails: Vec<MaskAt>,
    /// Where some condition or doubt is open.
    pub(super) open: MaskAt,
    /// Of each doubt: where it surely holds.
    pub(super) doubts: Vec<MaskAt>,
    /// Fen, and where it is unknown; none when the programme gives no money.
    pub(super) amount: Option<(Width, NumberAt, MaskAt)>,
    /// Who counts.
    pub(super) counted: Option<MaskAt>,
}

/// The whole arithmetic of a plan for batches of one look. A question that has no place in columns has no decision.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) steps: Vec<Step>,
    pub(super) decisions: Vec<Option<Decision>>,
    /// How many registers of each width.
    pub(super) registers: [usize; 3],
}

/// What a question needs, as parts.
pub(super) struct Wanted {
    lane: Lane,
    fails: Vec<X>,
    open: X,
    doubts: Vec<X>,
    amount: Option<(X, X)>,
    counted: Option<X>,
}

impl Wanted {
    /// The parts that decide a program.
    pub(super) fn of(builder: &mut Builder<'_>) -> Built<Wanted> {
        let program = builder.program;
        let (mut fails, mut doubts) = (Vec::new(), Vec::new());
        let mut open = builder.parts.always(false);
        for (clauses, sure) in [(&program.conditions, &mut fails), (&program.doubts, &mut doubts)] {
            for clause in clauses {
                let Tri { yes, may } = builder.tri(clause.root)?;
                let is_condition = std::ptr::eq(clauses, &program.conditions);
                sure.push(if is_condition { builder.parts.not(may) } else { yes });
                let not_yes = builder.parts.not(yes);
                let undecided = if yes == may { builder.parts.always(false) } else { builder.parts.and(may, not_yes) };
                open = builder.parts.or(open, undecided);
            }
        }
        let amount = match &program.amount {
            None => None,
            Some(clause) => {
                let number = builder.number(clause.root)?;
                if number.over != 1 {
                    return Err(super::parts::NotInColumns);
                }
                Some((number.x, number.unknown))
            }
        };
        let (lane, counted) = match program.unit {
            ProgrammeUnit::Person => (Lane::Member, None),
            ProgrammeUnit::Household => {
                let counted = program.counted.map(|number| builder.definition_tri(number)).transpose()?;
                (Lane::Household, counted.map(|tri| builder.parts.spread(tri.yes)))
            }
        };
        let mut wanted = Wanted { lane, fails, open, doubts, amount, counted };
        if lane == Lane::Member {
            wanted.spread(builder.parts);
        }
        Ok(wanted)
    }

    /// What is the household's becomes each member's.
    fn spread(&mut self, parts: &mut Parts) {
        let amount = self.amount.as_mut().map(|(x, unknown)| [x, unknown]);
        let all = self.fails.iter_mut().chain(&mut self.doubts).chain([&mut self.open]);
        for x in all.chain(amount.into_iter().flatten()) {
            *x = parts.spread(*x);
        }
    }

    fn roots(&self) -> impl Iterator<Item = X> {
        let amount = self.amount.map(|(x, unknown)| [x, unknown]);
        let all = self.fails.iter().chain(&self.doubts).copied().chain([self.open]);
        all.chain(amount.into_iter().flatten()).chain(self.counted)
    }
}

/// Puts the parts that somebody wants in order.
pub(super) fn assemble(parts: &Parts, wanted: &[Option<Wanted>], loads: &Loads) -> Code {
    let mut assembler = Assembler::new(parts, loads);
    wanted.iter().flatten().flat_map(Wanted::roots).for_each(|root| assembler.need(root, usize::MAX));
    assembler.mark();
    let steps = assembler.steps();
    let decisions = wanted.iter().map(|wanted| wanted.as_ref().map(|wanted| assembler.decision(wanted))).collect();
    Code { steps, decisions, registers: assembler.used }
}

/// Whether each fact's column can be read as it lies: its width, when it has no gaps.
pub(super) type Loads = Vec<Option<Width>>;

struct Assembler<'a> {
    parts: &'a Parts,
    loads: &'a Loads,
    /// The last part that reads each part; `usize::MAX` when a decision does; none when nobody does.
    last: Vec<Option<usize>>,
    register: Vec<Register>,
    free: [Vec<Register>; 3],
    used: [usize; 3],
}

impl<'a> Assembler<'a> {
    fn new(parts: &'a Parts, loads: &'a Loads) -> Assembler<'a> {
        let count = parts.list.len();
        Assembler {
            parts,
            loads,
            last: vec![None; count],
            register: vec![0; count],
            free: Default::default(),
            used: [0; 3],
        }
    }

    fn need(&mut self, x: X, by: usize) {
        let last = &mut self.last[x.0 as usize];
        *last = Some(last.map_or(by, |before| before.max(by)));
    }

    /// Parts come after what they are made of: one walk from the end marks everything that is needed.
    fn mark(&mut self) {
        for at in (0..self.parts.list.len()).rev() {
            if self.last[at].is_some() {
                let op = &self.parts.list[at].op;
                if self.bytes_of(op).is_none() {
                    inputs(op).into_iter().for_each(|x| self.need(x, at));
                }
            }
        }
    }

    /// The column of bytes that a test of a choice can read as it lies.
    fn bytes_of(&self, op: &Op) -> Option<(FactId, u128)> {
        let Op::Among(x, bits) = op else { return None };
        let Op::Load(fact) = self.parts.get(*x).op else { return None };
        (self.loads[usize::from(fact.0)] == Some(Width::Mask)).then_some((fact, *bits))
    }

    fn steps(&mut self) -> Vec<Step> {
        let mut ends: Vec<Vec<usize>> = vec![Vec::new(); self.parts.list.len()];
        for (at, last) in self.last.iter().enumerate() {
            if let Some(last) = last.filter(|last| *last != usize::MAX) {
                ends[last].push(at);
            }
        }
        let mut steps = Vec::new();
        for (at, part) in self.parts.list.iter().enumerate() {
            if self.last[at].is_none() || !self.is_computed(part) {
                continue;
            }
            let act = self.act(part);
            let out = self.take(part.width);
            self.register[at] = out;
            steps.push(Step { act, out, width: part.width, lane: part.lane });
            for &over in &ends[at] {
                let part = &self.parts.list[over];
                if self.is_computed(part) {
                    self.free[part.width as usize].push(self.register[over]);
                }
            }
        }
        steps
    }

    fn take(&mut self, width: Width) -> Register {
        self.free[width as usize].pop().unwrap_or_else(|| {
            self.used[width as usize] += 1;
            (self.used[width as usize] - 1) as Register
        })
    }

    /// Constants and columns that are read as they lie need no step.
    fn is_computed(&self, part: &Part) -> bool {
        match part.op {
            Op::Always(_) | Op::Number(_) => false,
            Op::Yes(fact) => self.loads[usize::from(fact.0)] != Some(Width::Mask),
            Op::Load(fact) => self.loads[usize::from(fact.0)] != Some(part.width),
            _ => true,
        }
    }

    fn mask(&self, x: X) -> MaskAt {
        match self.parts.get(x).op {
            Op::Always(yes) => MaskAt::Always(yes),
            Op::Yes(fact) if !self.is_computed(self.parts.get(x)) => MaskAt::Column(fact),
            _ => MaskAt::Register(self.register[x.0 as usize]),
        }
    }

    fn number(&self, x: X) -> NumberAt {
        match self.parts.get(x).op {
            Op::Number(number) => NumberAt::Fixed(number),
            Op::Load(fact) if !self.is_computed(self.parts.get(x)) => NumberAt::Column(fact),
            _ => NumberAt::Register(self.register[x.0 as usize]),
        }
    }

    fn width(&self, x: X) -> Width {
        self.parts.get(x).width
    }

    fn act(&self, part: &Part) -> Act {
        let (mask, number) = (|x: X| self.mask(x), |x: X| self.number(x));
        match &part.op {
            Op::Always(_) | Op::Number(_) => unreachable!("constants need no step"),
            Op::Yes(fact) => Act::Yes(*fact),
            Op::Known(fact) => Act::Known(*fact),
            Op::Not(x) => Act::Not(mask(*x)),
            Op::And(a, b) => Act::And(mask(*a), mask(*b)),
            Op::Or(a, b) => Act::Or(mask(*a), mask(*b)),
            Op::Compare(super::parts::How::Below, x, than) => Act::Below(self.width(*x), number(*x), *than),
            Op::Compare(super::parts::How::Equal, x, to) => Act::Equal(self.width(*x), number(*x), *to),
            Op::Among(x, bits) => match self.bytes_of(&part.op) {
                Some((fact, bits)) => Act::AmongBytes(fact, bits),
                None => Act::Among(self.width(*x), number(*x), *bits),
            },
            Op::Any(x) => Act::Any(mask(*x)),
            Op::Load(fact) => Act::Load(*fact),
            Op::Linear(terms, plus) => {
                Act::Linear(terms.iter().map(|(x, times)| (number(*x), *times)).collect(), *plus)
            }
            Op::Times(a, b) => Act::Times(number(*a), number(*b)),
            Op::Greater(a, b) => Act::Greater(number(*a), number(*b)),
            Op::Lesser(a, b) => Act::Lesser(number(*a), number(*b)),
            Op::Round(how, x, by) => {
                let (low, high) = self.parts.get(*x).span;
                Act::Round(*how, number(*x), *by, high.max(-low))
            }
            Op::Pick(m, a, b) => Act::Pick(mask(*m), number(*a), number(*b)),
            Op::Sum(x, m) => Act::Sum(number(*x), mask(*m)),
            Op::Count(m) => Act::Count(mask(*m)),
            Op::Most(x, m, greatest) => Act::Most(number(*x), mask(*m), *greatest),
            Op::Age(born, on) => Act::Age(number(*born), *on),
            Op::Spread(x) if part.width == Width::Mask => Act::SpreadMask(mask(*x)),
            Op::Spread(x) => Act::Spread(number(*x)),
            Op::Widen(x) => Act::Widen(number(*x)),
        }
    }

    fn decision(&self, wanted: &Wanted) -> Decision {
        let masks = |list: &[X]| list.iter().map(|x| self.mask(*x)).collect();
        Decision {
            lane: wanted.lane,
            fails: masks(&wanted.fails),
            open: self.mask(wanted.open),
            doubts: masks(&wanted.doubts),
            amount: wanted.amount.map(|(x, unknown)| (self.width(x), self.number(x), self.mask(unknown))),
            counted: wanted.counted.map(|x| self.mask(x)),
        }
    }
}

fn inputs(op: &Op) -> Vec<X> {
    match op {
        Op::Always(_) | Op::Number(_) | Op::Yes(_) | Op::Known(_) | Op::Load(_) => Vec::new(),
        Op::Not(x) | Op::Compare(_, x, _) | Op::Among(x, _) | Op::Any(x) | Op::Round(_, x, _) => vec![*x],
        Op::Count(x) | Op::Spread(x) | Op::Widen(x) | Op::Age(x, _) => vec![*x],
        Op::And(a, b) | Op::Or(a, b) | Op::Times(a, b) | Op::Greater(a, b) | Op::Lesser(a, b) => vec![*a, *b],
        Op::Sum(a, b) | Op::Most(a, b, _) => vec![*a, *b],
        Op::Pick(m, a, b) => vec![*m, *a, *b],
        Op::Linear(terms, _) => terms.iter().map(|(x, _)| *x).collect(),
    }
}
