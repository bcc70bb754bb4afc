//! Reconciliation: entitlements = envelope = files = bank = ledger, to the fen.

use std::fmt;

use serde::Serialize;
use values::Fen;

use crate::Control;

/// What each of five books says about one envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Lines recounted from the database.
    pub lines: Control,
    /// What was fixed at lock.
    pub locked: Control,
    /// What the bank files carried.
    pub filed: Control,
    /// What the bank confirmed.
    pub confirmed: Control,
    /// What the bank sent back.
    pub returned: Control,
    /// Of the locked lines, those granted with this envelope (no reissues).
    pub granted: Fen,
    /// Relief granted in the ledger for this envelope.
    pub ledger_granted: Fen,
    /// Settled in the ledger.
    pub ledger_settled: Fen,
    /// Still in transit in the ledger: nothing, once answered.
    pub ledger_in_transit: Fen,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reconciliation {
    /// What was compared.
    pub totals: Totals,
    /// What does not fit; empty when all tie.
    pub gaps: Vec<Gap>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Which two books.
    pub between: &'static str,
    /// Lines more on the left.
    pub count: i64,
    /// Money more on the left.
    pub amount: Fen,
}

impl Reconciliation {
    /// True when every book says the same.
    pub fn ties(&self) -> bool {
        self.gaps.is_empty()
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}相差 {} 笔 {} 元", self.between, self.count, self.amount)
    }
}

/// Compares the five books of one envelope.
pub fn reconcile(totals: Totals) -> Reconciliation {
    let answered = Control {
        count: totals.confirmed.count + totals.returned.count,
        sum: totals.confirmed.sum + totals.returned.sum,
    };
    let money = |sum: Fen| Control { count: 0, sum };
    let pairs = [
        ("明细与锁定", totals.lines, totals.locked),
        ("锁定与银行文件", totals.locked, totals.filed),
        ("银行文件与银行回盘", totals.filed, answered),
        ("锁定的应付与总账支出", money(totals.granted), money(totals.ledger_granted)),
        ("银行到账与总账结清", money(totals.confirmed.sum), money(totals.ledger_settled)),
        ("总账在途余额", money(totals.ledger_in_transit), Control::default()),
    ];
    let gaps = pairs.into_iter().filter(|(_, left, right)| left != right).map(|(between, left, right)| Gap {
        between,
        count: i64::from(left.count) - i64::from(right.count),
        amount: left.sum - right.sum,
    });
    Reconciliation { totals, gaps: gaps.collect() }
}
