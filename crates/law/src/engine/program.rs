//! The compiled form: typed parts in one array, names resolved to numbers.

use std::sync::Arc;

use smol_str::SmolStr;
use values::{AreaCode, Day};

use super::kinds::Kind;
use super::num::{Num, Rounding};
use crate::benefit::{AmountPer, Gives, ServiceItem};
use crate::book::{CaseText, Changes, ProgrammeUnit};
use crate::form::FactId;
use crate::language::syntax::Pair;
use crate::page::file_name;
use crate::procedure::Procedure;

/// A value while evaluating: three-valued, and honest about what cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum V {
    /// It hangs on a fact or figure that nobody gave.
    Unknown,
    /// Too large, or divided by zero: a person decides.
    Beyond,
    YesNo(bool),
    Num(Num),
    Date(Day),
    Choice(u16),
}

/// A part's number in the program.
pub(crate) type At = u32;

/// A typed part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Node {
    Const(V),
    Fact(FactId),
    HouseholdFact(FactId),
    /// A fact with a 何时问: where that does not hold, it counts as `none`.
    AskedFact {
        fact: FactId,
        of_member: bool,
        when: At,
        none: V,
    },
    Figure(u16),
    Definition(u16),
    /// 年龄 on the last day of the month, 月初年龄 on the first.
    Age {
        birth: FactId,
        on_first_day: bool,
    },
    Not(At),
    Negative(At),
    And(At, At),
    Or(At, At),
    Compare {
        how: Pair,
        left: At,
        right: At,
    },
    Among {
        value: At,
        mask: u128,
    },
    If {
        condition: At,
        then: At,
        otherwise: At,
    },
    Add(At, At),
    Sub(At, At),
    Mul(At, At),
    Div(At, At),
    Greater(At, At),
    Lesser(At, At),
    Round {
        how: Rounding,
        value: At,
        unit: At,
    },
    Gather {
        how: Gather,
        value: At,
        filter: At,
    },
}

/// How members are brought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gather {
    Sum,
    Count,
    Any,
    Every,
    Greatest,
    Least,
}

/// Where an item really stands: in a book that takes over another one, the other one's path and line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Standing {
    pub(crate) path: Arc<str>,
    pub(crate) line: u32,
    /// `dibao.md:45`: the same on any machine.
    pub(crate) text: SmolStr,
}

impl Standing {
    pub(crate) fn new(path: Arc<str>, line: u32) -> Standing {
        let text = format!("{}:{line}", file_name(&path)).into();
        Standing { path, line, text }
    }
}

/// A definition.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) name: SmolStr,
    pub(crate) of_member: bool,
    pub(crate) root: At,
    pub(crate) kind: Kind,
    pub(crate) formula: SmolStr,
    pub(crate) cite: SmolStr,
    pub(crate) standing: Standing,
}

/// A condition, doubt, amount or component.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) name: SmolStr,
    pub(crate) root: At,
    pub(crate) kind: Kind,
    pub(crate) formula: SmolStr,
    pub(crate) cite: SmolStr,
    /// 否则 of a condition, 因 of a doubt.
    pub(crate) text: SmolStr,
    pub(crate) next_step: Option<SmolStr>,
    /// What is said of a condition that is met.
    pub(crate) met: SmolStr,
    pub(crate) standing: Standing,
}

/// 分项: a component of the amount.
#[derive(Clone, Debug)]
pub(crate) struct Component {
    pub(crate) clause: Clause,
    /// 交给.
    pub(crate) payee: Option<SmolStr>,
}

/// The doubt that a book with components has besides its own: their sum is not the amount, or one of them is below zero.
pub(crate) const PARTS_DOUBT: &str = "分项与金额不符";

/// A programme's book, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) path: String,
    pub(crate) id: SmolStr,
    pub(crate) title: SmolStr,
    pub(crate) unit: ProgrammeUnit,
    pub(crate) area: AreaCode,
    pub(crate) from: Day,
    pub(crate) checked_until: Day,
    pub(crate) pays_from_next_month: bool,
    pub(crate) nodes: Vec<Node>,
    pub(crate) definitions: Vec<Definition>,
    pub(crate) conditions: Vec<Clause>,
    pub(crate) doubts: Vec<Clause>,
    /// None where nothing is paid: see `gives`.
    pub(crate) amount: Option<Clause>,
    /// 分项. That they add up to the amount is a doubt of its own: [`PARTS_DOUBT`].
    pub(crate) parts: Vec<Component>,
    pub(crate) gives: Gives,
    /// 给付.
    pub(crate) services: Vec<ServiceItem>,
    /// Short names of the texts cited, those of the books taken over among them.
    pub(crate) texts: Vec<(String, String)>,
    /// What it changes in the book it takes over.
    pub(crate) changes: Option<Changes>,
    /// The definition 计入, when the book has it.
    pub(crate) counted: Option<u16>,
    pub(crate) procedure: Option<Procedure>,
    pub(crate) cases: Vec<CaseText>,
}

impl Program {
    /// For what span of time its amount is; a month where it has none.
    pub(crate) fn per(&self) -> AmountPer {
        match self.gives {
            Gives::Money(per) => per,
            Gives::Recognition | Gives::Services => AmountPer::Month,
        }
    }

    /// The facts its parts mention; a fact may come twice.
    pub(crate) fn facts(&self) -> impl Iterator<Item = FactId> {
        self.nodes.iter().filter_map(|node| match *node {
            Node::Fact(fact) | Node::HouseholdFact(fact) | Node::AskedFact { fact, .. } => Some(fact),
            Node::Age { birth, .. } => Some(birth),
            _ => None,
        })
    }
}

impl Node {
    /// The parts it is made of, those of other definitions left out.
    pub(crate) fn parts(self) -> impl Iterator<Item = At> {
        let parts = match self {
            Node::Not(value) | Node::Negative(value) | Node::Among { value, .. } => [Some(value), None, None],
            Node::And(left, right)
            | Node::Or(left, right)
            | Node::Add(left, right)
            | Node::Sub(left, right)
            | Node::Mul(left, right)
            | Node::Div(left, right)
            | Node::Greater(left, right)
            | Node::Lesser(left, right)
            | Node::Compare { left, right, .. } => [Some(left), Some(right), None],
            Node::Round { value, unit, .. } => [Some(value), Some(unit), None],
            Node::Gather { value, filter, .. } => [Some(value), Some(filter), None],
            Node::If { condition, then, otherwise } => [Some(condition), Some(then), Some(otherwise)],
            Node::AskedFact { when, .. } => [Some(when), None, None],
            Node::Const(_) | Node::Fact(_) | Node::HouseholdFact(_) | Node::Figure(_) => [None; 3],
            Node::Definition(_) | Node::Age { .. } => [None; 3],
        };
        parts.into_iter().flatten()
    }
}
