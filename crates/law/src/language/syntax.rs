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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ItemKind {
    /// `甲 = …`, or `每人 甲 = …`.
    Definition { per_person: bool },
    /// `条件 甲: … 否则 "…"`.
    Condition,
    /// `转人工 甲: … 因 "…"`.
    Doubt,
    /// `金额 甲 = …`.
    Amount,
    /// `分项 甲 = … 交给 "…"`: a component of the amount.
    Part,
}

/// What an item does to the book taken over (沿用).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is new.
    Adds,
    /// 改: it stands in the place of the item of that name.
    Replaces,
    /// 删: the item of that name falls away; this one has no formula.
    Drops,
}

/// One definition, condition, doubt, amount or component.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) change: Change,
    pub(crate) kind: ItemKind,
    pub(crate) name: String,
    pub(crate) at: Place,
    pub(crate) formula: Formula,
    pub(crate) cites: Vec<(String, Place)>,
    /// 否则 of a condition, 因 of a doubt.
    pub(crate) text: Option<String>,
    pub(crate) next_step: Option<String>,
    /// 交给 of a component.
    pub(crate) payee: Option<String>,
}

impl ItemKind {
    /// As messages name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            ItemKind::Definition { per_person: false } => "定义",
            ItemKind::Definition { per_person: true } => "每人的定义",
            ItemKind::Condition => "条件",
            ItemKind::Doubt => "转人工",
            ItemKind::Amount => "金额",
            ItemKind::Part => "分项",
        }
    }

    /// The word an item of this kind begins with, with the blank behind it.
    pub(crate) fn lead(self) -> &'static str {
        match self {
            ItemKind::Definition { per_person: false } => "",
            ItemKind::Definition { per_person: true } => "每人 ",
            ItemKind::Condition => "条件 ",
            ItemKind::Doubt => "转人工 ",
            ItemKind::Amount => "金额 ",
            ItemKind::Part => "分项 ",
        }
    }
}
