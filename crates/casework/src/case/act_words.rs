//! The names of acts: as people say them, as they are stored, and which of them the household is told.

use super::Act;

impl Act {
    /// What people call it.
    pub const fn zh(&self) -> &'static str {
        match self {
            Act::HandedIn { .. } => "交表",
            Act::SupplementAsked { .. } => "一次告知补齐",
            Act::Supplemented => "材料补齐",
            Act::Authorised { .. } => "补签核对授权",
            Act::Accepted => "受理",
            Act::CheckAsked { .. } => "发起核对",
            Act::CheckAnswered { .. } => "核对结果",
            Act::Visited { .. } => "入户调查",
            Act::OpinionGiven { .. } => "审核意见",
            Act::Posted { .. } => "张贴公示",
            Act::NoticeWithdrawn => "撤下公示",
            Act::Objected { .. } => "收到异议",
            Act::ObjectionSettled { .. } => "异议处理",
            Act::PublicationEnded => "公示结束",
            Act::CountyVisited { .. } => "县级入户",
            Act::Confirmed { .. } => "确认",
            Act::Refused { .. } => "不予确认",
            Act::Notified => "告知",
            Act::FirstPaid { .. } => "首次发放",
            Act::Extended => "延长办理",
            Act::TripMade => "群众跑了一趟",
            Act::StepRecorded { .. } => "登记步骤",
            Act::PanelHeld { .. } => "民主评议",
            Act::ReliefGiven { .. } => "先行救助",
            Act::Reported { .. } => "收到举报",
            Act::Sampled { .. } => "抽中检查",
            Act::Paused { .. } => "暂停计时",
            Act::Resumed => "恢复计时",
            Act::Returned { .. } => "退回",
            Act::Transferred { .. } => "移交",
            Act::Delegated { .. } => "委托",
            Act::Claimed => "领取",
            Act::Released => "放回",
            Act::CoSignAsked { .. } => "请会签",
            Act::CoSigned { .. } => "会签",
            Act::Copied { .. } => "抄送",
            Act::Withdrawn => "撤回申请",
            Act::Rated { .. } => "评价",
        }
    }

    /// True when the household is told of it by a message.
    pub const fn is_told(&self) -> bool {
        matches!(
            self,
            Act::HandedIn { .. }
                | Act::SupplementAsked { .. }
                | Act::Accepted
                | Act::ReliefGiven { .. }
                | Act::Confirmed { .. }
                | Act::Refused { .. }
                | Act::FirstPaid { .. }
        )
    }

    /// The name under which the act is stored and counted.
    pub const fn kind(&self) -> &'static str {
        match self {
            Act::HandedIn { .. } => "handed_in",
            Act::SupplementAsked { .. } => "supplement_asked",
            Act::Supplemented => "supplemented",
            Act::Authorised { .. } => "authorised",
            Act::Accepted => "accepted",
            Act::CheckAsked { .. } => "check_asked",
            Act::CheckAnswered { .. } => "check_answered",
            Act::Visited { .. } => "visited",
            Act::OpinionGiven { .. } => "opinion_given",
            Act::Posted { .. } => "posted",
            Act::NoticeWithdrawn => "notice_withdrawn",
            Act::Objected { .. } => "objected",
            Act::ObjectionSettled { .. } => "objection_settled",
            Act::PublicationEnded => "publication_ended",
            Act::CountyVisited { .. } => "county_visited",
            Act::Confirmed { .. } => "confirmed",
            Act::Refused { .. } => "refused",
            Act::Notified => "notified",
            Act::FirstPaid { .. } => "first_paid",
            Act::Extended => "extended",
            Act::TripMade => "trip_made",
            Act::StepRecorded { .. } => "step_recorded",
            Act::PanelHeld { .. } => "panel_held",
            Act::ReliefGiven { .. } => "relief_given",
            Act::Reported { .. } => "reported",
            Act::Sampled { .. } => "sampled",
            Act::Paused { .. } => "paused",
            Act::Resumed => "resumed",
            Act::Returned { .. } => "returned",
            Act::Transferred { .. } => "transferred",
            Act::Delegated { .. } => "delegated",
            Act::Claimed => "claimed",
            Act::Released => "released",
            Act::CoSignAsked { .. } => "co_sign_asked",
            Act::CoSigned { .. } => "co_signed",
            Act::Copied { .. } => "copied",
            Act::Withdrawn => "withdrawn",
            Act::Rated { .. } => "rated",
        }
    }
}
