//! Where a case is, who has it, what happens next: computed, never stored as truth.

use law::Gives;
use serde::{Deserialize, Serialize};

use super::steps::{ACCEPT, CONFIRM, NOTIFY, OPINION, PANEL, PUBLICATION};
use super::{Case, Refusal, Role};

/// Where a case is (办理状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 待受理.
    HandedIn,
    /// 待补材料.
    AwaitingSupplement,
    /// 核对、入户.
    Verifying,
    /// 待民主评议.
    AwaitingPanel,
    /// 待审核意见.
    AwaitingOpinion,
    /// 待公示.
    AwaitingPosting,
    /// 公示中.
    Published,
    /// 异议处理.
    UnderObjection,
    /// 县级审核确认.
    CountyReview,
    /// 待告知.
    AwaitingNotice,
    /// 已确认，待发放.
    AwaitingFirstPayment,
    /// 已发放.
    InPayment,
    /// 已认定: a standing or a service, no money.
    Recognised,
    /// 不予确认.
    Refused,
    /// 已撤回.
    Withdrawn,
}

impl Status {
    /// Every status, in the order of the chain.
    pub const ALL: [Status; 15] = [
        Status::HandedIn,
        Status::AwaitingSupplement,
        Status::Verifying,
        Status::AwaitingPanel,
        Status::AwaitingOpinion,
        Status::AwaitingPosting,
        Status::Published,
        Status::UnderObjection,
        Status::CountyReview,
        Status::AwaitingNotice,
        Status::AwaitingFirstPayment,
        Status::InPayment,
        Status::Recognised,
        Status::Refused,
        Status::Withdrawn,
    ];

    /// The word people see.
    pub const fn zh(self) -> &'static str {
        match self {
            Status::HandedIn => "待受理",
            Status::AwaitingSupplement => "待补材料",
            Status::Verifying => "核对、入户",
            Status::AwaitingPanel => "待民主评议",
            Status::AwaitingOpinion => "待审核意见",
            Status::AwaitingPosting => "待公示",
            Status::Published => "公示中",
            Status::UnderObjection => "异议处理",
            Status::CountyReview => "县级审核确认",
            Status::AwaitingNotice => "待告知",
            Status::AwaitingFirstPayment => "已确认，待发放",
            Status::InPayment => "已发放",
            Status::Recognised => "已认定",
            Status::Refused => "不予确认",
            Status::Withdrawn => "已撤回",
        }
    }

    /// The name under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Status::HandedIn => "handed_in",
            Status::AwaitingSupplement => "awaiting_supplement",
            Status::Verifying => "verifying",
            Status::AwaitingPanel => "awaiting_panel",
            Status::AwaitingOpinion => "awaiting_opinion",
            Status::AwaitingPosting => "awaiting_posting",
            Status::Published => "published",
            Status::UnderObjection => "under_objection",
            Status::CountyReview => "county_review",
            Status::AwaitingNotice => "awaiting_notice",
            Status::AwaitingFirstPayment => "awaiting_first_payment",
            Status::InPayment => "in_payment",
            Status::Recognised => "recognised",
            Status::Refused => "refused",
            Status::Withdrawn => "withdrawn",
        }
    }

    /// Where a case is while the step of that name is next.
    pub fn before(step: &str) -> Status {
        match step {
            ACCEPT => Status::HandedIn,
            PANEL => Status::AwaitingPanel,
            OPINION => Status::AwaitingOpinion,
            PUBLICATION => Status::AwaitingPosting,
            CONFIRM => Status::CountyReview,
            _ if step.starts_with("县级") => Status::CountyReview, // older books review and post at the county too
            NOTIFY => Status::AwaitingNotice,
            _ => Status::Verifying,
        }
    }

    /// The status stored under that name.
    pub fn from_code(code: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whose desk it is on; `None` when nobody need act.
    pub const fn held_by(self) -> Option<Role> {
        match self {
            Status::AwaitingSupplement => Some(Role::VillageAssistant),
            Status::HandedIn
            | Status::Verifying
            | Status::AwaitingPanel
            | Status::AwaitingOpinion
            | Status::AwaitingPosting
            | Status::Published
            | Status::UnderObjection
            | Status::AwaitingNotice => Some(Role::TownshipClerk),
            Status::CountyReview => Some(Role::CountyApprover),
            Status::AwaitingFirstPayment => Some(Role::CountyFinance),
            Status::InPayment | Status::Recognised | Status::Refused | Status::Withdrawn => None,
        }
    }

    /// What happens next, in one sentence for the resident.
    pub const fn next_zh(self) -> &'static str {
        match self {
            Status::HandedIn => "乡镇（街道）看材料是否齐全，齐全就受理。",
            Status::AwaitingSupplement => "请按一次告知单把缺的材料交给村（居）协理员，补齐后继续办。",
            Status::Verifying => "乡镇（街道）派两个人上门看一看，同时请有关部门核对收入和财产。您不用跑。",
            Status::AwaitingPanel => "乡镇（街道）请村（居）民代表评议家里的情况。",
            Status::AwaitingOpinion => "乡镇（街道）根据核对和入户的情况提出意见。",
            Status::AwaitingPosting => "意见会在村（居）公示栏公示。",
            Status::Published => "公示期满没有异议，就报县民政局确认。",
            Status::UnderObjection => "有人提出不同意见，乡镇（街道）正在重新了解情况。",
            Status::CountyReview => "县民政局审核确认。",
            Status::AwaitingNotice => "决定已经作出，乡镇（街道）会把通知书送到您手里。",
            Status::AwaitingFirstPayment => "从确认的次月起，每月按时发到您的账户。",
            Status::InPayment => "救助金每月发放。家里情况有变化，请告诉村（居）协理员。",
            Status::Recognised => "认定已经作出，凭它可以享受对应的服务和减免。",
            Status::Refused => "不服决定的，可以申请行政复议或者提起行政诉讼；也可以请协理员看看能否申请其他救助。",
            Status::Withdrawn => "您已撤回申请。以后需要时可以再申请。",
        }
    }

    /// True while the case is on somebody's desk before a decision.
    pub const fn is_open(self) -> bool {
        !matches!(
            self,
            Status::AwaitingFirstPayment | Status::InPayment | Status::Recognised | Status::Refused | Status::Withdrawn
        )
    }
}

impl Case {
    /// Where the case is.
    pub fn status(&self) -> Status {
        match () {
            () if self.is_withdrawn => Status::Withdrawn,
            () if self.decided_on().is_some() && self.notified_on.is_none() => Status::AwaitingNotice,
            () if self.refusal.is_some() => Status::Refused,
            () if self.first_paid.is_some() => Status::InPayment,
            () if self.confirmation.as_ref().is_some_and(|yes| !matches!(yes.gives, Gives::Money(_))) => {
                Status::Recognised
            }
            () if self.confirmation.is_some() => Status::AwaitingFirstPayment,
            () if self.is_awaiting_supplement() => Status::AwaitingSupplement,
            () if self.has_open_objection() => Status::UnderObjection,
            () => self.status_of_step(),
        }
    }

    /// Where the step that is next puts the case.
    fn status_of_step(&self) -> Status {
        match self.next_step() {
            Some(PUBLICATION) if self.hanging().is_some() => Status::Published,
            Some(name) => Status::before(name),
            None => Status::CountyReview,
        }
    }

    /// How the case ended before today, in words; `None` while it can still move.
    pub(crate) fn ended_as(&self) -> Option<&'static str> {
        match () {
            () if self.is_withdrawn => Some("已经撤回"),
            () if self.notified_on.is_some() && self.refusal.is_some() => Some("已经作出不予确认的决定"),
            () => None,
        }
    }

    /// What stands against doing anything more to a case that has ended.
    pub(crate) fn closed(&self, doing: &str) -> Option<Refusal> {
        let ended = self.ended_as()?;
        let text = format!("这件申请{ended}，不能再办“{doing}”");
        Some(Refusal::of_moment("case_is_closed", text, "如情况有变，请重新申请"))
    }
}
