//! The chart of accounts (会计科目): few, so that a reader holds all of them in mind.

use serde::{Deserialize, Serialize};

/// An account of the general ledger. Debits are positive amounts, credits negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// 1001 待发资金: money allocated to this county and not yet sent.
    FundsAtHand,
    /// 1101 在途资金: sent to the bank, not yet confirmed.
    InTransit,
    /// 2001 应付救助款: owed to persons for a month.
    OwedToPersons,
    /// 3001 拨入资金: what each source has given.
    FundsReceived,
    /// 5001 救助支出: relief granted.
    ReliefGranted,
}

impl Account {
    /// Every account, by number.
    pub const ALL: [Account; 5] = [
        Account::FundsAtHand,
        Account::InTransit,
        Account::OwedToPersons,
        Account::FundsReceived,
        Account::ReliefGranted,
    ];

    /// Number and name as an accountant reads them.
    pub const fn zh(self) -> &'static str {
        match self {
            Account::FundsAtHand => "1001 待发资金",
            Account::InTransit => "1101 在途资金",
            Account::OwedToPersons => "2001 应付救助款",
            Account::FundsReceived => "3001 拨入资金",
            Account::ReliefGranted => "5001 救助支出",
        }
    }

    /// The name under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Account::FundsAtHand => "1001",
            Account::InTransit => "1101",
            Account::OwedToPersons => "2001",
            Account::FundsReceived => "3001",
            Account::ReliefGranted => "5001",
        }
    }

    /// The account stored under that number.
    pub fn from_code(code: &str) -> Option<Account> {
        Account::ALL.into_iter().find(|account| account.code() == code)
    }
}
