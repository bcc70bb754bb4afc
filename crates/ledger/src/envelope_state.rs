//! Where an envelope (发放批次) is in its life.
//!
//! A month that is only computed (编制中) has no envelope yet: it can be computed again as often as somebody likes.

use serde::{Deserialize, Serialize};

/// Where an envelope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvelopeState {
    /// 已锁定: lines, count and sum are fixed.
    Locked,
    /// 一审通过.
    FirstApproved,
    /// 二审通过.
    SecondApproved,
    /// 资金已落实.
    Funded,
    /// 已报银行.
    Filed,
    /// 全部到账.
    Paid,
    /// 部分退回.
    PartlyReturned,
    /// 全部退回.
    Returned,
    /// 已对账.
    Reconciled,
    /// 已关闭.
    Closed,
}

impl EnvelopeState {
    /// Every state in order.
    pub const ALL: [EnvelopeState; 10] = [
        EnvelopeState::Locked,
        EnvelopeState::FirstApproved,
        EnvelopeState::SecondApproved,
        EnvelopeState::Funded,
        EnvelopeState::Filed,
        EnvelopeState::Paid,
        EnvelopeState::PartlyReturned,
        EnvelopeState::Returned,
        EnvelopeState::Reconciled,
        EnvelopeState::Closed,
    ];

    /// The word people see.
    pub const fn zh(self) -> &'static str {
        match self {
            EnvelopeState::Locked => "已锁定，待一审",
            EnvelopeState::FirstApproved => "一审通过，待二审",
            EnvelopeState::SecondApproved => "二审通过，待落实资金",
            EnvelopeState::Funded => "资金已落实，待报银行",
            EnvelopeState::Filed => "已报银行，待回盘",
            EnvelopeState::Paid => "全部到账，待对账",
            EnvelopeState::PartlyReturned => "部分退回，待对账",
            EnvelopeState::Returned => "全部退回，待对账",
            EnvelopeState::Reconciled => "已对账",
            EnvelopeState::Closed => "已关闭",
        }
    }

    /// The name under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            EnvelopeState::Locked => "locked",
            EnvelopeState::FirstApproved => "first_approved",
            EnvelopeState::SecondApproved => "second_approved",
            EnvelopeState::Funded => "funded",
            EnvelopeState::Filed => "filed",
            EnvelopeState::Paid => "paid",
            EnvelopeState::PartlyReturned => "partly_returned",
            EnvelopeState::Returned => "returned",
            EnvelopeState::Reconciled => "reconciled",
            EnvelopeState::Closed => "closed",
        }
    }

    /// The state stored under that name.
    pub fn from_code(code: &str) -> Option<EnvelopeState> {
        EnvelopeState::ALL.into_iter().find(|state| state.code() == code)
    }
}
