//! A publication notice (公示): a whitelist of fields, a first and a last day, nothing else.

use law::{AmountPer, Gives};
use serde::{Deserialize, Serialize};
use values::{AreaCode, Day, Fen};

/// What hangs on the village board. There is no field for ID number, telephone, account, street address, illness, disability
/// or a child's name, so none can slip in (57号 第二十四条; 649号 第六十一条; 个人信息保护法 第二十八条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Case number.
    pub number: String,
    /// Where it hangs.
    pub village: AreaCode,
    /// Programme title, 最低生活保障.
    pub programme: String,
    /// Members counted.
    pub persons: u32,
    /// Fen proposed, for the span of `gives`.
    pub amount: Fen,
    /// What is proposed.
    #[serde(default = "super::act::monthly", skip_serializing_if = "is_monthly")]
    pub gives: Gives,
    /// Day it was hung.
    pub posted_on: Day,
    /// Last day on which objections count.
    pub until: Day,
}

/// What a notice is on a day; computed, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// 公示中.
    Running,
    /// 已期满.
    Expired,
    /// 已撤下.
    Withdrawn,
}

impl Notice {
    /// What the notice is on `today`; its last day still counts wholly.
    pub fn state_on(&self, today: Day, is_withdrawn: bool) -> NoticeState {
        match () {
            () if is_withdrawn => NoticeState::Withdrawn,
            () if today > self.until => NoticeState::Expired,
            () => NoticeState::Running,
        }
    }
}

fn is_monthly(gives: &Gives) -> bool {
    *gives == Gives::Money(AmountPer::Month)
}
