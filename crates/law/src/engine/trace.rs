//! The traced path: every condition, every reason, what is missing, and the tree of what was used.

use smol_str::{SmolStr, format_smolstr};
use values::{Fen, Month};

use super::evaluate::{Evaluator, HOUSEHOLD};
use super::figures::Figures;
use super::kinds::{Kind, Lists, value_of};
use super::lacking::{Lack, Lacking, Seen};
use super::program::{At, Clause, Node, Program, V};
use crate::benefit::Part;
use crate::determination::{Explanation, Missing, Outcome, Reason, Used};
use crate::form::{FactId, OneForm};

/// What a trace yields; the library adds programme, month and receipt.
pub(crate) struct Trace {
    pub(crate) outcome: Outcome,
    pub(crate) amount: Option<Fen>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) parts: Vec<Part>,
    pub(crate) counted: Vec<usize>,
    pub(crate) explanation: Vec<Explanation>,
}

/// Lines that belong together, each thing once; the key tells it before anything is put into words.
#[derive(Default)]
struct Lines {
    keys: Vec<(Thing, usize)>,
    lines: Vec<Explanation>,
}

/// What a line is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thing {
    Definition(u16),
    Age { on_first_day: bool },
    Fact(FactId),
    Figure(u16),
}

impl Lines {
    /// True when there is no such line yet; from now on there is one.
    fn is_new(&mut self, thing: Thing, member: usize) -> bool {
        let key = (thing, member);
        let is_new = !self.keys.contains(&key);
        if is_new {
            self.keys.push(key);
        }
        is_new
    }
}

/// Follows an evaluation and puts it into words.
pub(crate) struct Tracer<'e> {
    pub(crate) evaluator: Evaluator<'e>,
    pub(crate) form: &'e OneForm,
    pub(crate) lists: &'e Lists,
    pub(crate) figures: &'e Figures,
    pub(crate) month: Month,
    /// Definitions already explained: later mentions give the value alone.
    pub(crate) told: Seen,
}

impl<'e> Tracer<'e> {
    /// Traces the household or a member.
    pub(crate) fn trace(&mut self, member: usize) -> Trace {
        let program = self.evaluator.program;
        let judged = |tracer: &mut Self, clauses: &'e [Clause]| -> Vec<(&'e Clause, V)> {
            clauses.iter().map(|clause| (clause, tracer.evaluator.value(clause.root, member))).collect()
        };
        let conditions = judged(self, &program.conditions);
        let doubts = judged(self, &program.doubts);
        let amounts = judged(self, program.amount.as_slice());
        let shares: Vec<_> = program.parts.iter().map(|part| &part.clause).collect();
        let shares: Vec<_> =
            shares.into_iter().map(|clause| (clause, self.evaluator.value(clause.root, member))).collect();
        let counted = self.counted(member);
        let explanation = self.explanation([&conditions, &doubts, &amounts, &shares], member);
        let (outcome, amount, reasons) = self.outcome(&conditions, &doubts, &amounts, member);
        let parts = if outcome == Outcome::Eligible { parts(program, &shares) } else { Vec::new() };
        Trace { outcome, amount, reasons, parts, counted, explanation }
    }

    fn outcome(
        &mut self,
        conditions: &[(&Clause, V)],
        doubts: &[(&Clause, V)],
        amounts: &[(&Clause, V)],
        member: usize,
    ) -> (Outcome, Option<Fen>, Vec<Reason>) {
        let picked = |clauses: &[(&Clause, V)], wanted: bool| -> Vec<Reason> {
            clauses.iter().filter(|(_, value)| *value == V::YesNo(wanted)).map(|(clause, _)| clause.reason()).collect()
        };
        let failed = picked(conditions, false);
        if !failed.is_empty() {
            return (Outcome::Refused, None, failed);
        }
        let tests: Vec<_> = conditions.iter().chain(doubts).copied().collect();
        if let Some((clause, _)) = tests.iter().find(|(_, value)| *value == V::Beyond) {
            return (Outcome::NeedsPerson, None, vec![beyond(clause)]);
        }
        if tests.iter().any(|(_, value)| *value == V::Unknown) {
            return (self.unknown(tests.iter().copied(), member), None, Vec::new());
        }
        let doubted = picked(doubts, true);
        if !doubted.is_empty() {
            return (Outcome::NeedsPerson, None, doubted);
        }
        let met = || conditions.iter().map(|(clause, _)| clause.met()).collect();
        match amounts {
            [] => (Outcome::Eligible, None, met()), // recognition and services: compiled without an amount
            [(_, V::Unknown)] => (self.unknown(amounts.iter().copied(), member), None, Vec::new()),
            [(clause, V::Num(number))] => match number.as_whole().filter(|fen| *fen >= 0) {
                Some(fen) => (Outcome::Eligible, Some(Fen::new(fen)), met()),
                None => (Outcome::NeedsPerson, None, vec![beyond(clause)]),
            },
            others => (Outcome::NeedsPerson, None, others.iter().map(|(clause, _)| beyond(clause)).collect()),
        }
    }

    fn counted(&mut self, member: usize) -> Vec<usize> {
        if member != HOUSEHOLD {
            return vec![member];
        }
        let Some(counted) = self.evaluator.program.counted else { return Vec::new() };
        let members = 0..self.evaluator.facts.members.len();
        members.filter(|&member| self.evaluator.definition(counted, member) == V::YesNo(true)).collect()
    }

    fn unknown<'c>(&mut self, clauses: impl Iterator<Item = (&'c Clause, V)>, member: usize) -> Outcome {
        let mut lacking = Lacking::new();
        for (clause, value) in clauses {
            if value == V::Unknown {
                self.evaluator.lacking(clause.root, member, &mut lacking, &mut Seen::default());
            }
        }
        let mut ranked: Vec<_> = lacking.into_iter().collect();
        ranked.sort_by_key(|&((lack, member), hanging)| {
            let cost = match lack {
                Lack::Fact(fact) => Some(self.form.cost(fact)),
                Lack::Figure(_) => None,
            };
            (cost, std::cmp::Reverse(hanging), lack, member)
        });
        Outcome::Unknown { missing: ranked.into_iter().map(|((lack, member), _)| self.missing(lack, member)).collect() }
    }

    fn missing(&self, lack: Lack, member: usize) -> Missing {
        let member = (member != HOUSEHOLD).then_some(member);
        match lack {
            Lack::Figure(number) => {
                Missing { name: self.figures.get(number).name.clone(), member, sources: Vec::new() }
            }
            Lack::Fact(fact) => {
                let decl = self.form.declaration(fact);
                let sources = decl.sources.iter().map(|&source| self.form.source_name(source).clone()).collect();
                Missing { name: decl.name.clone(), member, sources }
            }
        }
    }

    fn explanation(
        &mut self,
        [conditions, doubts, amounts, parts]: [&[(&'e Clause, V)]; 4],
        member: usize,
    ) -> Vec<Explanation> {
        let groups =
            [(Used::Condition, conditions), (Used::Doubt, doubts), (Used::Amount, amounts), (Used::Part, parts)];
        let all = groups
            .iter()
            .flat_map(|(used, clauses)| clauses.iter().map(move |(clause, value)| (*used, *clause, *value)));
        let all: Vec<(Used, &Clause, V)> = all.collect();
        // A definition is told in full once: under the lines that decide, which therefore come first.
        let refused = conditions.iter().any(|(_, value)| *value == V::YesNo(false));
        let mut lines: Vec<Option<Explanation>> = all.iter().map(|_| None).collect();
        for deciding in [true, false] {
            for (place, &(used, clause, value)) in all.iter().enumerate() {
                if decides(used, value, refused) == deciding {
                    lines[place] = Some(self.clause_line(used, clause, value, member));
                }
            }
        }
        lines.into_iter().flatten().collect()
    }

    fn clause_line(&mut self, used: Used, clause: &Clause, value: V, member: usize) -> Explanation {
        let mut line = line(clause.name.clone(), used, member, clause.kind.show(value, self.lists));
        line.formula = clause.formula.clone();
        line.cite = clause.cite.clone();
        line.stands_in = clause.standing.text.clone();
        line.from = self.used_by(clause.root, member);
        line
    }

    /// What a node was made from, each thing once.
    fn used_by(&mut self, at: At, member: usize) -> Vec<Explanation> {
        let mut lines = Lines::default();
        self.gather_used(at, member, &mut lines);
        lines.lines
    }

    fn gather_used(&mut self, at: At, member: usize, lines: &mut Lines) {
        match self.evaluator.program.nodes[at as usize] {
            Node::Const(_) => {}
            Node::Definition(number) => self.definition_line(number, member, lines),
            Node::Fact(fact) | Node::AskedFact { fact, of_member: true, .. } => self.fact_line(at, fact, member, lines),
            Node::HouseholdFact(fact) | Node::AskedFact { fact, of_member: false, .. } => {
                self.fact_line(at, fact, HOUSEHOLD, lines);
            }
            Node::Age { birth, on_first_day } => {
                if lines.is_new(Thing::Age { on_first_day }, member) {
                    let name = SmolStr::new_static(if on_first_day { "月初年龄" } else { "年龄" });
                    let value = Kind::Number { whole: true }.show(self.evaluator.value(at, member), self.lists);
                    let mut line = line(name, Used::Definition, member, value);
                    line.from = vec![self.fact_line_of_date(birth, member)];
                    lines.lines.push(line);
                }
            }
            Node::Figure(number) => self.figure_line(number, lines),
            Node::And(left, right) | Node::Or(left, right) => self.junction_used(at, left, right, member, lines),
            Node::If { condition, then, otherwise } => {
                self.gather_used(condition, member, lines);
                let taken = self.evaluator.value(condition, member);
                if taken != V::YesNo(false) {
                    self.gather_used(then, member, lines);
                }
                if taken != V::YesNo(true) {
                    self.gather_used(otherwise, member, lines);
                }
            }
            Node::Gather { value, filter, .. } => {
                for member in 0..self.evaluator.facts.members.len() {
                    self.gather_used(filter, member, lines);
                    if self.evaluator.value(filter, member) != V::YesNo(false) {
                        self.gather_used(value, member, lines);
                    }
                }
            }
            node => {
                for part in node.parts() {
                    self.gather_used(part, member, lines);
                }
            }
        }
    }

    /// When one side alone settles it, only that side was used.
    fn junction_used(&mut self, at: At, left: At, right: At, member: usize, lines: &mut Lines) {
        let decisive = V::YesNo(matches!(self.evaluator.program.nodes[at as usize], Node::Or(..)));
        if self.evaluator.value(left, member) == decisive {
            self.gather_used(left, member, lines);
        } else if self.evaluator.value(right, member) == decisive {
            self.gather_used(right, member, lines);
        } else {
            self.gather_used(left, member, lines);
            self.gather_used(right, member, lines);
        }
    }

    fn definition_line(&mut self, number: u16, member: usize, lines: &mut Lines) {
        let definition = &self.evaluator.program.definitions[usize::from(number)];
        let member = if definition.of_member { member } else { HOUSEHOLD };
        if !lines.is_new(Thing::Definition(number), member) {
            return;
        }
        let value = definition.kind.show(self.evaluator.definition(number, member), self.lists);
        let mut line = line(definition.name.clone(), Used::Definition, member, value);
        line.formula = definition.formula.clone();
        line.cite = definition.cite.clone();
        line.stands_in = definition.standing.text.clone();
        if self.told.is_first(usize::from(number), member) {
            line.from = self.used_by(definition.root, member);
        }
        lines.lines.push(line);
    }

    fn fact_line(&mut self, at: At, fact: FactId, member: usize, lines: &mut Lines) {
        if !lines.is_new(Thing::Fact(fact), member) {
            return;
        }
        let decl = self.form.declaration(fact);
        let kind = self.lists.kind_of(fact);
        let value = kind.show(self.evaluator.value(at, member), self.lists);
        let mut line = line(decl.name.clone(), Used::Fact, member, value);
        line.source = self.source_of(fact, member);
        lines.lines.push(line);
    }

    fn fact_line_of_date(&self, fact: FactId, member: usize) -> Explanation {
        let known = self.evaluator.facts.members[member].get(fact);
        let value = known.map_or(V::Unknown, |known| value_of(known.value));
        let value = Kind::Date.show(value, self.lists);
        let mut line = line(self.form.declaration(fact).name.clone(), Used::Fact, member, value);
        line.source = self.source_of(fact, member);
        line
    }

    fn source_of(&self, fact: FactId, member: usize) -> SmolStr {
        let facts = self.evaluator.facts;
        let row = if member == HOUSEHOLD { &facts.household } else { &facts.members[member] };
        match row.get(fact) {
            None => SmolStr::default(),
            Some(fact) => {
                let name = self.form.source_name(fact.source);
                fact.on.map_or_else(|| name.clone(), |on| format_smolstr!("{name} {on}"))
            }
        }
    }

    fn figure_line(&mut self, number: u16, lines: &mut Lines) {
        if !lines.is_new(Thing::Figure(number), HOUSEHOLD) {
            return;
        }
        let figure = self.figures.get(number);
        let row = figure.row(&self.evaluator.facts.area, self.month);
        let value = self.evaluator.figure(number);
        let shown = figure.kind.show(value, self.lists);
        let mut line = line(figure.name.clone(), Used::Figure, HOUSEHOLD, shown);
        if let Some(row) = row.filter(|row| row.value == value) {
            line.cite = row.cite.clone();
            line.source = row.source.clone();
            line.value = row.written.clone();
            line.stands_in = row.stands_in.clone();
        }
        lines.lines.push(line);
    }
}

/// A line with nothing but name and value yet.
fn line(name: SmolStr, kind: Used, member: usize, value: SmolStr) -> Explanation {
    let member = (member != HOUSEHOLD).then_some(member);
    let none = SmolStr::default;
    let (formula, cite, stands_in, source) = (none(), none(), none(), none());
    Explanation { name, kind, member, formula, value, cite, stands_in, source, from: Vec::new() }
}

/// True for the lines the answer hangs on: what failed, what is doubted, else the amount.
fn decides(used: Used, value: V, refused: bool) -> bool {
    match used {
        Used::Condition => value == V::YesNo(false),
        Used::Doubt => !refused && value == V::YesNo(true),
        Used::Amount | Used::Part => !refused,
        Used::Definition | Used::Figure | Used::Fact => false,
    }
}

/// Components of an amount that was computed: the doubt that they do not add up to it was false, so all are whole numbers.
fn parts(program: &Program, shares: &[(&Clause, V)]) -> Vec<Part> {
    let amount = |value: V| match value {
        V::Num(number) => number.as_whole().map(Fen::new),
        V::Unknown | V::Beyond | V::YesNo(_) | V::Date(_) | V::Choice(_) => None,
    };
    let payees = program.parts.iter().map(|part| part.payee.clone());
    let named = shares.iter().zip(payees);
    named
        .filter_map(|((clause, value), payee)| Some(Part { name: clause.name.clone(), amount: amount(*value)?, payee }))
        .collect()
}

fn beyond(clause: &Clause) -> Reason {
    let text = format_smolstr!("“{}”的数字超出可以计算的范围，要由人核对", clause.name);
    Reason { name: clause.name.clone(), text, cite: clause.cite.clone(), next_step: None }
}

impl Clause {
    /// As a reason for refusing or doubting.
    pub(crate) fn reason(&self) -> Reason {
        let (text, next_step) = (self.text.clone(), self.next_step.clone());
        Reason { name: self.name.clone(), text, cite: self.cite.clone(), next_step }
    }

    /// As a condition that is met.
    fn met(&self) -> Reason {
        let (name, text, cite) = (self.name.clone(), self.met.clone(), self.cite.clone());
        Reason { name, text, cite, next_step: None }
    }
}
