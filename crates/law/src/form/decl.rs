//! The declarations of the form.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{FactId, SourceId, Value, ValueError};

/// Whom a fact belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// 人.
    Person,
    /// 家庭.
    Household,
}

/// What kind of value a fact holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// 元.
    Money {
        /// A debt or a loss may be noted.
        may_be_negative: bool,
    },
    /// 元/月.
    MoneyPerMonth {
        /// A loss may be noted.
        may_be_negative: bool,
    },
    /// 元/年.
    MoneyPerYear {
        /// A loss may be noted.
        may_be_negative: bool,
    },
    /// 整数, not below zero.
    Count,
    /// 比率.
    Ratio,
    /// 日期.
    Date,
    /// 是否.
    YesNo,
    /// One of a list.
    Choice(Vec<String>),
}

/// A fact as the form declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactDecl {
    /// The name, everywhere the same: column heading, key, word in the books.
    pub name: SmolStr,
    /// Person or household.
    pub belongs: Belongs,
    /// What it holds.
    pub kind: FactKind,
    /// Departments that know it; the resident is asked only when none does.
    pub sources: Vec<SourceId>,
    /// When it is asked at all (a condition); always when there is none.
    pub ask_when: Option<String>,
    /// Words for whoever fills it in.
    pub note: String,
}

impl FactDecl {
    /// The list of a choice; empty for other kinds.
    pub fn choices(&self) -> &[String] {
        match &self.kind {
            FactKind::Choice(choices) => choices,
            FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => &[],
            FactKind::Count | FactKind::Ratio | FactKind::Date | FactKind::YesNo => &[],
        }
    }
}

/// Which way a family may say that a fact is wrong or has changed (申辩): towards more need, never away from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Towards {
    /// 少: a figure may be lower.
    Less,
    /// 多: a figure may be higher.
    More,
    /// 是 or 否.
    YesNo(bool),
    /// Choices in the order of need: from where one stands to any behind it.
    Onwards(Vec<u16>),
}

/// A source of facts as the form declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDecl {
    /// Its short name.
    pub name: SmolStr,
    /// What it holds.
    pub note: String,
}

/// 一张表.
#[derive(Clone, Debug, Default)]
pub struct OneForm {
    pub(super) facts: Vec<FactDecl>,
    pub(super) sources: Vec<SourceDecl>,
    pub(super) by_name: BTreeMap<String, FactId>,
    pub(super) towards: BTreeMap<FactId, Towards>,
}

impl OneForm {
    /// The fact of that name.
    pub fn fact(&self, name: &str) -> Option<FactId> {
        self.by_name.get(name).copied()
    }

    /// What the form says of a fact.
    ///
    /// # Panics
    /// An id of another form is a bug of the caller.
    pub fn declaration(&self, id: FactId) -> &FactDecl {
        &self.facts[usize::from(id.0)]
    }

    /// Which way a family may dispute a fact or report that it changed; none for what is not theirs to say.
    pub fn towards(&self, id: FactId) -> Option<&Towards> {
        self.towards.get(&id)
    }

    /// All facts in the form's order.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &FactDecl)> {
        self.facts.iter().enumerate().map(|(at, decl)| (FactId(at as u16), decl))
    }

    /// The source of that name.
    pub fn source(&self, name: &str) -> Option<SourceId> {
        self.sources.iter().position(|source| source.name == name).map(|at| SourceId(at as u8))
    }

    /// The name of a source.
    pub fn source_name(&self, id: SourceId) -> &SmolStr {
        const NONE: &SmolStr = &SmolStr::new_static("");
        self.sources.get(usize::from(id.0)).map_or(NONE, |source| &source.name)
    }

    /// All sources in the form's order; the first is the resident's own word.
    pub fn sources(&self) -> &[SourceDecl] {
        &self.sources
    }

    /// Reads a text as the value of a fact.
    ///
    /// # Errors
    /// In Chinese: the fact, what is wrong, what is expected.
    pub fn parse_value(&self, id: FactId, text: &str) -> Result<Value, ValueError> {
        let decl = self.declaration(id);
        decl.kind.parse(text).map_err(|why| ValueError { fact: decl.name.to_string(), why })
    }

    /// Shows a value as people write it; it reads back as the same value.
    pub fn show_value(&self, id: FactId, value: &Value) -> String {
        self.declaration(id).kind.show(value)
    }

    /// True when the value is of the kind the form declares.
    pub fn fits(&self, id: FactId, value: &Value) -> bool {
        match (&self.declaration(id).kind, value) {
            (FactKind::Choice(choices), Value::Choice(at)) => usize::from(*at) < choices.len(),
            (FactKind::Money { .. }, Value::Money(_))
            | (FactKind::MoneyPerMonth { .. }, Value::MoneyPerMonth(_))
            | (FactKind::MoneyPerYear { .. }, Value::MoneyPerYear(_))
            | (FactKind::Count, Value::Count(_))
            | (FactKind::Ratio, Value::Ratio(_))
            | (FactKind::Date, Value::Date(_))
            | (FactKind::YesNo, Value::YesNo(_)) => true,
            _ => false,
        }
    }
}
