//! What can happen to a case. Events are added and never changed.

use law::{AmountPer, Gives};
use serde::{Deserialize, Serialize};
use values::{AreaCode, Day, EnvelopeId, Fen, HouseholdId, Month, PersonId};

use super::{Actor, Notice};

/// One thing that happened: what, when, by whom, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// From 1, without a gap within a case.
    pub seq: u32,
    /// The civil day.
    pub on: Day,
    /// The moment, RFC 3339 with +08:00, as the caller's clock gave it.
    pub at: String,
    /// Who.
    pub actor: Actor,
    /// What.
    pub act: Act,
    /// Why, where the act asks for a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The number of the case of the same application on which this was recorded, when it was not this one: evidence is asked once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_from: Option<String>,
}

/// What happened. No names or ID numbers of residents stand here, only ids into the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// 交表: the one form was handed in at the village.
    HandedIn {
        /// `430302-20210906-00001`.
        number: String,
        /// Whose.
        household: HouseholdId,
        /// Where, twelve digits; copied, so that a later change of codes does not move the case.
        village: AreaCode,
        /// For which programmes; the first one's procedure leads.
        programmes: Vec<String>,
        /// Who helped.
        help: Help,
        /// Members who signed the authorisation for the economic check (核对授权).
        authorised_by: Vec<PersonId>,
        /// Work numbers of staff and committee members who are close relatives (近亲属备案).
        relatives_on_staff: Vec<String>,
        /// Questions asked of the household.
        items_asked: u32,
        /// Questions answered from what the government held already.
        items_prefilled: u32,
        /// Answers taken over from the application's leading case; zero for that case itself.
        #[serde(default)]
        items_reused: u32,
        /// Number of the application (申请) this case belongs to; none when the case carries that number itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        application: Option<String>,
        /// The member whose right it is; none for what the household as a whole is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<PersonId>,
        /// True where the county has delegated the decision to the township (委托) on the day of the hand-in.
        #[serde(default)]
        is_delegated: bool,
    },
    /// 一次告知: everything that is missing, in one notice. The promise stands still until it is there.
    SupplementAsked {
        /// What is missing.
        missing: Vec<String>,
    },
    /// 补齐.
    Supplemented,
    /// 补签授权: members signed the authorisation for the check after the hand-in.
    Authorised {
        /// Who signed.
        by: Vec<PersonId>,
    },
    /// 受理: the papers are complete; the law's clock starts.
    Accepted,
    /// 发起核对: departments were asked.
    CheckAsked {
        /// Which.
        sources: Vec<String>,
    },
    /// 核对结果: a department answered.
    CheckAnswered {
        /// The department and what it answered.
        answer: Answer,
    },
    /// 入户调查 by two people.
    Visited {
        /// The two who went, by work number.
        investigators: [String; 2],
        /// What they found.
        findings: Vec<Finding>,
    },
    /// 审核意见 of the township.
    OpinionGiven {
        /// The opinion.
        opinion: Opinion,
    },
    /// 公示: the notice hangs.
    Posted {
        /// What hangs.
        notice: Notice,
    },
    /// The notice was taken down before its time.
    NoticeWithdrawn,
    /// 异议.
    Objected {
        /// What was said, without names.
        summary: String,
        /// True when the person gave a name and wants an answer.
        is_named: bool,
    },
    /// The objection was looked into (重新调查 or 民主评议).
    ObjectionSettled {
        /// How.
        by: Settlement,
        /// What came out.
        finding: String,
        /// True when the opinion stands as it was.
        upholds_opinion: bool,
    },
    /// 公示 ended without an open objection.
    PublicationEnded,
    /// 县级入户.
    CountyVisited {
        /// The two who went, by work number.
        investigators: [String; 2],
        /// What they found.
        findings: Vec<Finding>,
    },
    /// 确认: the right begins.
    Confirmed {
        /// Fen for the span of `gives`; zero for recognition and services.
        amount: Fen,
        /// First month paid.
        from: Month,
        /// What is given.
        #[serde(default = "monthly")]
        gives: Gives,
    },
    /// 不予确认, with reasons.
    Refused {
        /// Why, each with its article.
        reasons: Vec<GivenReason>,
    },
    /// 告知: the household has the letter.
    Notified,
    /// 首次发放: the bank has confirmed the first payment.
    FirstPaid {
        /// For which month.
        month: Month,
        /// In which envelope.
        envelope: EnvelopeId,
        /// How much.
        amount: Fen,
    },
    /// 延长: the law's limit is extended for a reason the law names.
    Extended,
    /// The resident had to come to an office.
    TripMade,
    /// A step that the book names and nobody but the book shapes (审核 by the disabled persons' federation, 评估, 结账, 补手续) was done.
    StepRecorded {
        /// The book's name of it.
        step: String,
        /// What came out.
        finding: String,
    },
    /// 民主评议: the villagers' panel met.
    PanelHeld {
        /// How many came.
        attending: u32,
        /// How many found the facts true.
        in_favour: u32,
        /// What came out.
        finding: String,
    },
    /// 先行救助: help is given first; the papers follow.
    ReliefGiven {
        /// Fen, once.
        amount: Fen,
        /// What has to be handed in afterwards.
        missing: Vec<String>,
    },
    /// 举报: somebody reported the case, at any time before the decision.
    Reported {
        /// What was said, without names.
        summary: String,
        /// True when the person gave a name and wants an answer.
        is_named: bool,
    },
    /// 抽查: the system drew the case into the county's sample.
    Sampled {
        /// Digest of the closed list it was drawn from.
        draw: String,
    },
    /// 暂停: the clock stands still while a step waits for what its book names.
    Paused {
        /// The step.
        step: String,
        /// The book's reason.
        reason: String,
    },
    /// 恢复.
    Resumed,
    /// 退回: to the step before, for a reason.
    Returned {
        /// The step that is due again.
        step: String,
    },
    /// 移交: another office works on the case from now on.
    Transferred {
        /// The office's area.
        to: AreaCode,
    },
    /// 委托: a colleague works on the case from now on.
    Delegated {
        /// Work number.
        to: String,
    },
    /// 领取: who acts takes the case from the office's queue.
    Claimed,
    /// 放回: the case lies in the office's queue again.
    Released,
    /// 请会签.
    CoSignAsked {
        /// Work number of whoever has to sign too.
        of: String,
    },
    /// 会签.
    CoSigned {
        /// What the person says to it.
        comment: String,
    },
    /// 抄送: these see the case on their list.
    Copied {
        /// Work numbers.
        to: Vec<String>,
    },
    /// 撤回申请.
    Withdrawn,
    /// 好差评.
    Rated {
        /// 1 to 5.
        score: u8,
    },
}

/// Who helped the household to apply (自己申请、监护人代、任何人帮).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// A member applied.
    Myself,
    /// A guardian applied.
    Guardian,
    /// The village committee or another person did, by mandate (57号 第四条).
    SomeoneElse,
}

/// What a department answered. A hit is a lead, not a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// 税务, 公安 ….
    pub source: String,
    /// What was found, in plain Chinese without names; empty when nothing was.
    pub found: Vec<String>,
    /// True when something found differs from what was declared.
    pub contradicts_form: bool,
}

/// One finding of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was looked at: 住房, 收入, 劳动能力 ….
    pub about: String,
    /// What was seen.
    pub seen: String,
}

/// The township's opinion, tied to the determination it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Which programme.
    pub programme: String,
    /// True: give it.
    pub in_favour: bool,
    /// Fen for the span of `gives`; zero when against, and for recognition and services.
    pub amount: Fen,
    /// What is given.
    #[serde(default = "monthly")]
    pub gives: Gives,
    /// How many persons count.
    pub persons: u32,
    /// Digest of the determination, so that what was signed can be replayed.
    pub determination: String,
    /// Why against.
    pub reasons: Vec<GivenReason>,
}

/// A reason that stands in a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenReason {
    /// In plain Chinese.
    pub text: String,
    /// The article.
    pub cite: String,
}

/// How an objection was looked into (57号 第十九条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// 重新组织调查.
    Resurvey,
    /// 民主评议.
    Panel,
}

/// What was given before anything but monthly money was.
pub(super) const fn monthly() -> Gives {
    Gives::Money(AmountPer::Month)
}
