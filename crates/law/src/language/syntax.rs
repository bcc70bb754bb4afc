//! What a law block says, before anybody asked whether it makes sense.

use values::Day;

use super::lex::Unit;
use crate::engine::num::Num;
use crate::page::Place;

/// An expression: its root among `Formula::parts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part(pub(crate) u32);

/// A part of an expression as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Written {
    Number(Num, Unit),
    Date(Day),
    YesNo(bool),
    Name(String),
    Not(Part),
    Negative(Part),
    Pair(Pair, Part, Part),
    /// 属于 and 不属于.
    Among {
        value: Part,
        list: Vec<(String, Place)>,
        negated: bool,
    },
    If {
        condition: Part,
        then: Part,
        otherwise: Part,
    },
    Call {
        function: String,
        arguments: Vec<Part>,
    },
}

/// Operators between two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pair {
    And,
    Or,
    Add,
    Sub,
    Mul,
    Div,
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    NotEqual,
}

/// An expression with its text as the book writes it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Formula {
    pub(crate) parts: Vec<(Written, Place)>,
    pub(crate) text: String,
}

impl Formula {
    pub(crate) fn root(&self) -> Part {
        Part(self.parts.len() as u32 - 1)
    }

    pub(crate) fn get(&self, part: Part) -> (&Written, Place) {
        let (written, at) = &self.parts[part.0 as usize];
        (written, *at)
    }
}

/// What an item of a law block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// `甲 = …`, or `每人 甲 = …`.
    Definition { per_person: bool },
    /// `条件 甲: … 否则 "…"`.
    Condition,
    /// `转人工 甲: … 因 "…"`.
    Doubt,
    /// `金额 甲 = …`.
    Amount,
}

/// One definition, condition, doubt or amount.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    pub(crate) name: String,
    pub(crate) at: Place,
    pub(crate) formula: Formula,
    pub(crate) cites: Vec<(String, Place)>,
    /// 否则 of a condition, 因 of a doubt.
    pub(crate) text: Option<String>,
    pub(crate) next_step: Option<String>,
}
