//! From rights to lines: what a month owes each person, who is left out and why.

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

/// A right of an earlier month that was held back then and has not been paid since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The month it is for.
    pub month: Month,
    /// Why it was held. What was held because of another payment stays held: a person chooses, time does not.
    pub reason: ExclusionReason,
    /// The right, with what is known on this run's cut-off day.
    pub right: Entitlement,
}

/// Everything a month's run looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// The month.
    pub month: Month,
    /// Rights; those outside the month are passed over.
    pub entitlements: Vec<Entitlement>,
    /// Lines that came back.
    pub returned: Vec<Returned>,
    /// Rights of earlier months that were held back.
    pub owed: Vec<Owed>,
    /// Pairs of programmes that one person cannot draw together: the second of a pair waits for a person to decide.
    pub exclusive: &'a [(&'a str, &'a str)],
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
    /// 同人同项同月重复.
    Duplicate,
    /// 银行文件写不进.
    NotWritable,
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
            ExclusionReason::Duplicate => "同一人同一项目同一月已有一笔，待人工核实",
            ExclusionReason::NotWritable => "户名或账号写不进银行文件，待更正",
        }
    }
}

impl Computed {
    /// Takes lines out again, by number, because the bank's format cannot carry them; the rest is numbered anew.
    pub fn hold(&mut self, numbers: &[u32]) {
        if numbers.is_empty() {
            return;
        }
        let (held, kept): (Vec<Line>, Vec<Line>) =
            std::mem::take(&mut self.lines).into_iter().partition(|line| numbers.contains(&line.no));
        self.lines = kept;
        self.excluded.extend(held.into_iter().map(|line| Exclusion {
            person: line.person,
            programme: line.programme,
            month: line.month,
            amount: line.amount,
            reason: ExclusionReason::NotWritable,
        }));
        number(&mut self.lines);
    }
}

/// The lines of a month without rights held back before; see [`Due::compute`].
pub fn compute(
    month: Month,
    entitlements: Vec<Entitlement>,
    returned: Vec<Returned>,
    exclusive: &[(&str, &str)],
) -> Computed {
    Due { month, entitlements, returned, owed: Vec::new(), exclusive }.compute()
}

impl Due<'_> {
    /// The lines of the month: rights, rights held back before and now free, returned lines once corrected. No person is paid
    /// twice for one programme and month: of two, the first award is paid and the other held until a person has looked.
    pub fn compute(mut self) -> Computed {
        let month = self.month;
        self.entitlements.retain(|right| is_active(right, month));
        let held = held_as_exclusive(&self.entitlements, self.exclusive);
        let mut made = Computed::default();
        made.lines.reserve(self.entitlements.len() + self.owed.len() + self.returned.len());
        for (right, is_exclusive) in self.entitlements.into_iter().zip(held) {
            pay_or_hold(right, month, LineKind::Regular, is_exclusive, &mut made);
        }
        for owed in self.owed {
            assert!(owed.month < month, "what is owed is of an earlier month: {} in {month}", owed.month);
            release(owed, &mut made);
        }
        for back in self.returned {
            reissue(back, &mut made);
        }
        hold_duplicates(&mut made);
        number(&mut made.lines);
        made
    }
}

fn is_active(right: &Entitlement, month: Month) -> bool {
    right.from <= month && right.until.is_none_or(|last| month <= last) && right.amount > Fen::ZERO
}

/// Which entitlements are the second of an exclusive pair whose first the same person holds, in order of entitlement.
fn held_as_exclusive(active: &[Entitlement], exclusive: &[(&str, &str)]) -> Vec<bool> {
    let mut held = vec![false; active.len()];
    for (first, second) in exclusive {
        let mut have: Vec<PersonId> = active.iter().filter(|r| r.programme == *first).map(|r| r.person).collect();
        have.sort_unstable();
        for (right, is_held) in active.iter().zip(&mut held) {
            *is_held |= right.programme == *second && have.binary_search(&right.person).is_ok();
        }
    }
    held
}

fn pay_or_hold(right: Entitlement, month: Month, kind: LineKind, is_exclusive: bool, made: &mut Computed) {
    match why_not(&right, is_exclusive) {
        Some(reason) => {
            let Entitlement { person, programme, amount, .. } = right;
            made.excluded.push(Exclusion { person, programme, month, amount, reason });
        }
        None => made.lines.push(line_of(right, month, kind)),
    }
}

/// Pays as arrears what was held for a reason that may have gone; a right that did not run in that month owes nothing for it.
fn release(owed: Owed, made: &mut Computed) {
    let Owed { month, reason, right } = owed;
    match reason {
        _ if !is_active(&right, month) => {}
        ExclusionReason::ReportedDead
        | ExclusionReason::AccountFrozen
        | ExclusionReason::NoAccount
        | ExclusionReason::NotWritable => {
            pay_or_hold(right, month, LineKind::Arrears, false, made);
        }
        ExclusionReason::Exclusive | ExclusionReason::Duplicate => {
            let Entitlement { person, programme, amount, .. } = right;
            made.excluded.push(Exclusion { person, programme, month, amount, reason });
        }
        ExclusionReason::NotCorrected => {} // stands among the returned lines, which know the account it went to
    }
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

fn line_of(right: Entitlement, month: Month, kind: LineKind) -> Line {
    Line {
        no: 0,
        person: right.person,
        household: right.household,
        village: right.village,
        programme: right.programme,
        month,
        kind,
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
    match back.account.filter(|account| !account.is_empty()) {
        None => made.excluded.push(exclusion(&original, ExclusionReason::NotCorrected)),
        Some(account) => made.lines.push(Line {
            kind: LineKind::Reissue,
            attempt: original.attempt + 1,
            account_name: back.account_name,
            account,
            replaces: Some(back.line),
            ..original
        }),
    }
}

fn exclusion(line: &Line, reason: ExclusionReason) -> Exclusion {
    let Line { person, programme, month, amount, .. } = line;
    Exclusion { person: *person, programme: programme.clone(), month: *month, amount: *amount, reason }
}

/// What one person is owed for one programme and month stands on one line; whatever else claims the same is held.
fn hold_duplicates(made: &mut Computed) {
    let lines = &made.lines;
    let mut order: Vec<usize> = (0..lines.len()).collect(); // places, because lines are heavy to move
    order.sort_unstable_by(|&a, &b| {
        let tie = |line: &Line| (line.kind, line.attempt, line.award, line.replaces);
        let (a, b) = (&lines[a], &lines[b]);
        a.paid_for().cmp(&b.paid_for()).then_with(|| tie(a).cmp(&tie(b)))
    });
    let is_same = |pair: &&[usize]| lines[pair[0]].paid_for() == lines[pair[1]].paid_for();
    let mut doubles: Vec<usize> = order.windows(2).filter(is_same).map(|pair| pair[1]).collect();
    doubles.sort_unstable();
    made.excluded.extend(doubles.iter().map(|&at| exclusion(&lines[at], ExclusionReason::Duplicate)));
    let (mut at, mut doubles) = (0, doubles.into_iter().peekable());
    made.lines.retain(|_| {
        at += 1;
        doubles.next_if_eq(&(at - 1)).is_none()
    });
}

/// Order of village, then person, programme, month; numbers from 1.
fn number(lines: &mut [Line]) {
    lines.sort_unstable_by(|a, b| a.village.cmp(&b.village).then_with(|| a.paid_for().cmp(&b.paid_for())));
    for (at, line) in lines.iter_mut().enumerate() {
        line.no = u32::try_from(at + 1).expect("an envelope holds fewer than four billion lines");
        assert!(line.amount > Fen::ZERO, "a line pays more than nothing");
    }
}
