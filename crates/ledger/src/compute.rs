//! From rights to lines: what a month owes each person, who is left out and why.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use values::{AreaCode, AwardId, EnvelopeId, Fen, HouseholdId, Month, PersonId};

use crate::{Line, LineKind};

/// An award as the month's run sees it, with what the register and the departments know on the cut-off day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitlement {
    /// The award.
    pub award: AwardId,
    /// Person.
    pub person: PersonId,
    /// Household.
    pub household: HouseholdId,
    /// Village.
    pub village: AreaCode,
    /// Programme id.
    pub programme: String,
    /// Fen a month.
    pub amount: Fen,
    /// First month.
    pub from: Month,
    /// Last month, if it ends.
    pub until: Option<Month>,
    /// Account holder.
    pub account_name: String,
    /// Account number; empty when none is known.
    pub account: String,
    /// True when a department reports a death that nobody has confirmed or refuted yet.
    pub is_reported_dead: bool,
    /// True while a changed account awaits verification.
    pub is_account_frozen: bool,
}

/// A line that came back and has not been issued again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Where it stood: envelope and number.
    pub line: (EnvelopeId, u32),
    /// The line itself.
    pub original: Line,
    /// The holder of the corrected account.
    pub account_name: String,
    /// The corrected account; none while nobody has corrected it.
    pub account: Option<String>,
}

/// What a month's run makes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Computed {
    /// Lines in order of village, person, programme, month, kind; numbered from 1.
    pub lines: Vec<Line>,
    /// Who is left out of this envelope, by name of the reason; they stay owed and on the list.
    pub excluded: Vec<Exclusion>,
}

/// One entitlement left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Person.
    pub person: PersonId,
    /// Programme.
    pub programme: String,
    /// Month.
    pub month: Month,
    /// Fen held back.
    pub amount: Fen,
    /// Why.
    pub reason: ExclusionReason,
}

/// Why a right is not paid this month. A machine match never ends a right: it holds a line until a person has looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionReason {
    /// 死亡信息待核实.
    ReportedDead,
    /// 账户变更待核验.
    AccountFrozen,
    /// 没有账户.
    NoAccount,
    /// 退回后账户未更正.
    NotCorrected,
    /// 与另一项待遇互斥.
    Exclusive,
}

impl ExclusionReason {
    /// The word people see.
    pub const fn zh(self) -> &'static str {
        match self {
            ExclusionReason::ReportedDead => "死亡信息待核实",
            ExclusionReason::AccountFrozen => "账户变更待核验",
            ExclusionReason::NoAccount => "没有登记账户",
            ExclusionReason::NotCorrected => "退回后账户未更正",
            ExclusionReason::Exclusive => "与另一项待遇互斥，待人工选择",
        }
    }
}

/// The lines of `month`. `exclusive` names pairs of programmes that one person cannot draw together: the second of a pair is
/// held for a person to decide. Entitlements outside the month are passed over.
pub fn compute(
    month: Month,
    entitlements: Vec<Entitlement>,
    returned: Vec<Returned>,
    exclusive: &[(&str, &str)],
) -> Computed {
    let mut made = Computed::default();
    let active: Vec<Entitlement> = entitlements.into_iter().filter(|right| is_active(right, month)).collect();
    let held = held_as_exclusive(&active, exclusive);
    made.lines.reserve(active.len() + returned.len());
    for (at, right) in active.into_iter().enumerate() {
        match why_not(&right, held.contains(&at)) {
            Some(reason) => made.excluded.push(Exclusion {
                person: right.person,
                programme: right.programme,
                month,
                amount: right.amount,
                reason,
            }),
            None => made.lines.push(regular_line(right, month)),
        }
    }
    for back in returned {
        reissue(back, &mut made);
    }
    made.lines.sort_by(|a, b| {
        (a.village, a.person, &a.programme, a.month, a.kind, a.attempt).cmp(&(
            b.village,
            b.person,
            &b.programme,
            b.month,
            b.kind,
            b.attempt,
        ))
    });
    for (at, line) in made.lines.iter_mut().enumerate() {
        line.no = u32::try_from(at + 1).expect("an envelope holds fewer than four billion lines");
        assert!(line.amount > Fen::ZERO, "a line pays more than nothing");
    }
    made
}

fn is_active(right: &Entitlement, month: Month) -> bool {
    right.from <= month && right.until.is_none_or(|last| month <= last) && right.amount > Fen::ZERO
}

/// Positions of entitlements whose person also holds the first programme of an exclusive pair.
fn held_as_exclusive(active: &[Entitlement], exclusive: &[(&str, &str)]) -> BTreeSet<usize> {
    let mut held = BTreeSet::new();
    for (first, second) in exclusive {
        let have: BTreeSet<PersonId> = active.iter().filter(|r| r.programme == *first).map(|r| r.person).collect();
        let loses = |right: &Entitlement| right.programme == *second && have.contains(&right.person);
        held.extend(active.iter().enumerate().filter(|(_, right)| loses(right)).map(|(at, _)| at));
    }
    held
}

fn why_not(right: &Entitlement, is_exclusive: bool) -> Option<ExclusionReason> {
    match () {
        () if right.is_reported_dead => Some(ExclusionReason::ReportedDead),
        () if is_exclusive => Some(ExclusionReason::Exclusive),
        () if right.account.is_empty() => Some(ExclusionReason::NoAccount),
        () if right.is_account_frozen => Some(ExclusionReason::AccountFrozen),
        () => None,
    }
}

fn regular_line(right: Entitlement, month: Month) -> Line {
    Line {
        no: 0,
        person: right.person,
        household: right.household,
        village: right.village,
        programme: right.programme,
        month,
        kind: LineKind::Regular,
        attempt: 0,
        amount: right.amount,
        award: right.award,
        account_name: right.account_name,
        account: right.account,
        replaces: None,
    }
}

fn reissue(back: Returned, made: &mut Computed) {
    let original = back.original;
    let Some(account) = back.account.filter(|account| !account.is_empty()) else {
        made.excluded.push(Exclusion {
            person: original.person,
            programme: original.programme,
            month: original.month,
            amount: original.amount,
            reason: ExclusionReason::NotCorrected,
        });
        return;
    };
    made.lines.push(Line {
        kind: LineKind::Reissue,
        attempt: original.attempt + 1,
        account_name: back.account_name,
        account,
        replaces: Some(back.line),
        ..original
    });
}
