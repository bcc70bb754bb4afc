//! What the books say about a household or a person in a month, with every reason.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use values::{Fen, Month};

use crate::benefit::{AmountPer, Part, ServiceItem};

/// What the books say, for one programme and one household (or one member).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Determination {
    /// The programme's id: `dibao`.
    pub programme: SmolStr,
    /// The programme's title: 最低生活保障.
    pub title: SmolStr,
    /// Which member (from 0); none for a household programme.
    pub member: Option<usize>,
    /// The month decided for.
    pub month: Month,
    /// The answer.
    pub outcome: Outcome,
    /// Fen for the span of `per`, when eligible; none for recognition (身份认定) and services (服务).
    pub amount: Option<Fen>,
    /// For what span of time the amount is. Only an amount a month may become an award.
    #[serde(default)]
    pub per: AmountPer,
    /// Components of the amount (分项), when eligible and the book names them; they add up to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Things and services given (给付), when eligible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ServiceItem>,
    /// Why, the decisive first: the conditions failed, the doubts, or for the eligible the conditions met.
    pub reasons: Vec<Reason>,
    /// Members that count (保障人口), from 0; for a person programme the member alone.
    pub counted: Vec<usize>,
    /// Every definition, figure and fact used.
    pub explanation: Vec<Explanation>,
    /// What was asked of what.
    pub receipt: Receipt,
    /// The first month paid: the month after the decision's, or the month of application where the book says so.
    pub starts: Month,
}

impl Determination {
    /// The amount a month; none for the refused, and for what is paid once or by the year, recognised or served.
    pub fn monthly_amount(&self) -> Option<Fen> {
        self.amount.filter(|_| self.per == AmountPer::Month)
    }
}

/// The answer. Ambiguity goes to a person; what is not known stays unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// 符合.
    Eligible,
    /// 不符合.
    Refused,
    /// 要人来看: the books leave it to a person.
    NeedsPerson,
    /// 还不知道: it hangs on facts nobody has given.
    Unknown {
        /// The facts that would settle it.
        missing: Vec<Missing>,
    },
}

/// A fact that is missing and matters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Missing {
    /// Its name in the form, or the name of a figure that no book gives for that month.
    pub name: SmolStr,
    /// Whose (from 0); none for the household's.
    pub member: Option<usize>,
    /// Departments that know it; empty for a figure.
    pub sources: Vec<SmolStr>,
}

/// One reason, for the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The condition's name in the book.
    pub name: SmolStr,
    /// In plain Chinese.
    pub text: SmolStr,
    /// The articles; empty when the book names none.
    pub cite: SmolStr,
    /// What the person can do next.
    pub next_step: Option<SmolStr>,
}

/// A definition, figure or fact that was used, and what it was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Its name.
    pub name: SmolStr,
    /// What it is.
    pub kind: Used,
    /// Whose (from 0), when it belongs to a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<usize>,
    /// The formula as the book writes it; empty for facts and figures.
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub formula: SmolStr,
    /// The value, as people write it; `不知道` when unknown.
    pub value: SmolStr,
    /// Article of a definition or figure.
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub cite: SmolStr,
    /// Where a definition, clause or figure stands: `dibao.md:45`. In a book that takes over another one (沿用) an
    /// inherited item keeps its own book and line.
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub stands_in: SmolStr,
    /// The department a fact comes from, and its day.
    #[serde(default, skip_serializing_if = "SmolStr::is_empty")]
    pub source: SmolStr,
    /// What it was made from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<Explanation>,
}

/// What a line of an explanation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Used {
    /// 条件.
    Condition,
    /// 转人工.
    Doubt,
    /// 金额.
    Amount,
    /// 分项, a component of the amount.
    Part,
    /// A definition of the book.
    Definition,
    /// 参数, a dated figure.
    Figure,
    /// 事实.
    Fact,
}

/// The same inputs give the same receipt on any machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The engine's name and version.
    pub engine: SmolStr,
    /// SHA-256 over all books loaded, hexadecimal.
    pub books: SmolStr,
    /// SHA-256 of the facts, hexadecimal.
    pub facts: SmolStr,
}
