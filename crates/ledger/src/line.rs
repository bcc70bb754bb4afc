//! A payment line: one person, one programme, one month, once.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use values::{AreaCode, AwardId, EnvelopeId, Fen, HouseholdId, Month, PersonId};

/// What kind of payment a line is. With person, programme, month and attempt it is unique in the database itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// 当月待遇.
    Regular,
    /// 补发 of a past month.
    Arrears,
    /// 退回重发.
    Reissue,
}

/// One payment. Written once at lock, never changed; whether it arrived is computed from the bank's answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// From 1 within the envelope.
    pub no: u32,
    /// The person in whose name it is paid.
    pub person: PersonId,
    /// Their household.
    pub household: HouseholdId,
    /// Where they live.
    pub village: AreaCode,
    /// Programme id.
    pub programme: String,
    /// The month it is for (a reissue keeps the month of the line it replaces).
    pub month: Month,
    /// Kind.
    pub kind: LineKind,
    /// 0, or how often the payment was tried before.
    pub attempt: u32,
    /// Fen, more than nothing.
    pub amount: Fen,
    /// The award it follows.
    pub award: AwardId,
    /// Holder of the account, as the bank knows them.
    pub account_name: String,
    /// Account number.
    pub account: String,
    /// The returned line it replaces: envelope and number.
    pub replaces: Option<(EnvelopeId, u32)>,
}

impl Line {
    /// What the line is for: this person, this programme, this month. Paid once.
    pub fn paid_for(&self) -> (PersonId, &str, Month) {
        (self.person, &self.programme, self.month)
    }
}

impl LineKind {
    /// Every kind.
    pub const ALL: [LineKind; 3] = [LineKind::Regular, LineKind::Arrears, LineKind::Reissue];

    /// The word people use.
    pub const fn zh(self) -> &'static str {
        match self {
            LineKind::Regular => "当月",
            LineKind::Arrears => "补发",
            LineKind::Reissue => "重发",
        }
    }

    /// The name under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            LineKind::Regular => "regular",
            LineKind::Arrears => "arrears",
            LineKind::Reissue => "reissue",
        }
    }

    /// The kind stored under that name.
    pub fn from_code(code: &str) -> Option<LineKind> {
        LineKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How a month's entitlement of a person and programme differs from last month's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Person.
    pub person: PersonId,
    /// Programme.
    pub programme: String,
    /// What changed.
    pub kind: DifferenceKind,
    /// Last month.
    pub before: Fen,
    /// This month.
    pub now: Fen,
}

/// What changed against last month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// 新增.
    New,
    /// 停发.
    Stopped,
    /// 金额变动.
    Changed,
}

/// Line-by-line differences of the regular payments, in order of person and programme.
pub fn differences(before: &[Line], now: &[Line]) -> Vec<Difference> {
    let (before, now) = (regular(before), regular(now));
    let (mut old, mut new) = (before.into_iter().peekable(), now.into_iter().peekable());
    let mut found = Vec::new();
    loop {
        let side = match (old.peek(), new.peek()) {
            (None, None) => return found,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(was), Some(is)) => (was.person, &was.programme).cmp(&(is.person, &is.programme)),
        };
        let was = if side.is_le() { old.next() } else { None };
        let is = if side.is_ge() { new.next() } else { None };
        found.extend(difference(was, is));
    }
}

fn regular(lines: &[Line]) -> Vec<&Line> {
    let mut regular: Vec<&Line> = lines.iter().filter(|line| line.kind == LineKind::Regular).collect();
    regular.sort_unstable_by(|a, b| (a.person, &a.programme).cmp(&(b.person, &b.programme)));
    regular
}

fn difference(was: Option<&Line>, is: Option<&Line>) -> Option<Difference> {
    let amount = |line: Option<&Line>| line.map_or(Fen::ZERO, |line| line.amount);
    let (before, now) = (amount(was), amount(is));
    let kind = match (was, is) {
        (Some(_), Some(_)) if before == now => return None,
        (Some(_), Some(_)) => DifferenceKind::Changed,
        (Some(_), None) => DifferenceKind::Stopped,
        (None, _) => DifferenceKind::New,
    };
    let line = was.or(is)?;
    Some(Difference { person: line.person, programme: line.programme.clone(), kind, before, now })
}
