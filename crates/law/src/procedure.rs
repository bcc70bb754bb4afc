//! The procedure a book lays down: steps, who does them, how long they may take, and what is promised.

use serde::{Deserialize, Serialize};

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Term {
    /// 当日: the same day.
    SameDay,
    /// 工作日.
    WorkingDays(u32),
    /// 日, calendar days.
    Days(u32),
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its name: 入户.
    pub name: String,
    /// Office and role.
    pub by: String,
    /// How long it may take.
    pub term: Term,
    /// The steps whose end starts it; the hand-in itself has none.
    pub starts_from: Vec<String>,
    /// Steps that run beside it.
    pub parallel: Vec<String>,
    /// Why its clock may stand still; none when it may not.
    pub pausable: Option<String>,
    /// The article.
    pub cite: String,
}

/// The procedure of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// What was promised, from the hand-in.
    pub promise: Option<Term>,
    /// Which step ends the promised time.
    pub promise_until: String,
    /// The law's limit.
    pub statutory: Option<Term>,
    /// The longer limit for what the law names (有争议); none where the book knows none.
    pub extended: Option<Term>,
    /// From which step the law counts.
    pub statutory_from: String,
    /// Days of publication; none where publication is forbidden or not required.
    pub publication_days: Option<u32>,
    /// True where the book forbids publication (children's privacy).
    pub publication_forbidden: bool,
    /// What is open to a household against the decision, in the book's order; empty where the book says nothing.
    pub remedies: Vec<Remedy>,
    /// What else the law limits, from the end of one step to the end of another: 开始入户, 县级审核, 委托乡镇.
    pub limits: Vec<Limit>,
    /// In the book's order.
    pub steps: Vec<Step>,
}

/// A limit of the law for a part of the way; the steps of a book may be faster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Its name in the book.
    pub name: String,
    /// The step whose end it counts from.
    pub from: String,
    /// The step that must have ended, or begun, by then.
    pub until: String,
    /// How long.
    pub term: Term,
    /// The article.
    pub cite: String,
}

/// What is open to a household against a decision, and for how long from the day it was told (告知).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// Where it turns.
    pub kind: RemedyKind,
    /// How long the way is open.
    pub span: Span,
    /// The article.
    pub cite: String,
}

/// Where a household turns against a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RemedyKind {
    /// 行政复议: the government above looks at it again.
    Reconsideration,
    /// 行政诉讼: a court decides.
    Lawsuit,
}

/// How long a remedy is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// 日, calendar days.
    Days(u32),
    /// 个月, calendar months.
    Months(u32),
}

/// `7 日`, `3 个工作日`.
impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Term::SameDay => f.write_str("当日"),
            Term::WorkingDays(days) => write!(f, "{days} 个工作日"),
            Term::Days(days) => write!(f, "{days} 日"),
        }
    }
}
