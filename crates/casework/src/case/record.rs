//! What a case keeps of single acts, and the award that may come of it.

use law::Gives;
use serde::{Deserialize, Serialize};
use values::{AreaCode, AwardId, CaseId, Day, Fen, HouseholdId, Month, PersonId};

use super::{Actor, Help, Notice, Opinion};

/// What was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Case number.
    pub number: String,
    /// Whose.
    pub household: HouseholdId,
    /// Where.
    pub village: AreaCode,
    /// When.
    pub on: Day,
    /// For which programmes; the first leads.
    pub programmes: Vec<String>,
    /// Who helped.
    pub help: Help,
    /// Who signed the authorisation.
    pub authorised_by: Vec<PersonId>,
    /// Staff who are close relatives.
    pub relatives_on_staff: Vec<String>,
    /// Questions asked.
    pub items_asked: u32,
    /// Questions prefilled.
    pub items_prefilled: u32,
    /// Answers taken over from the application's leading case.
    #[serde(default)]
    pub items_reused: u32,
    /// Number of the application, when it is not this case's own.
    #[serde(default)]
    pub application: Option<String>,
    /// The member whose right it is; none for the household's.
    #[serde(default)]
    pub member: Option<PersonId>,
    /// True where the township decides (委托).
    #[serde(default)]
    pub is_delegated: bool,
}

impl Filed {
    /// The number of the application (申请) that this case belongs to: one form, one number, as many cases as rights.
    pub fn application(&self) -> &str {
        self.application.as_deref().unwrap_or(&self.number)
    }
}

/// An opinion, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionGiven {
    /// When.
    pub on: Day,
    /// By whom.
    pub by: Actor,
    /// What.
    pub opinion: Opinion,
}

/// A notice and whether it was taken down early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// What hangs.
    pub notice: Notice,
    /// Taken down before its time.
    pub withdrawn_on: Option<Day>,
}

/// The county's yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// When.
    pub on: Day,
    /// By whom.
    pub by: Actor,
    /// Fen for the span of `gives`.
    pub amount: Fen,
    /// First month paid.
    pub from: Month,
    /// What is given.
    #[serde(default = "super::act::monthly")]
    pub gives: Gives,
}

/// A right to a benefit over months; payments follow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// Its id.
    pub id: AwardId,
    /// The household.
    pub household: HouseholdId,
    /// The person in whose name it is paid.
    pub person: PersonId,
    /// Programme id.
    pub programme: String,
    /// What is given: money by the month, once or by the year; a standing; things and services.
    pub gives: Gives,
    /// Fen for the span of `gives`; zero for recognition and services.
    pub amount: Fen,
    /// First month.
    pub from: Month,
    /// Last month; none while it runs.
    pub until: Option<Month>,
    /// The case it came from; none for awards imported from the bureau's own roster.
    pub case: Option<CaseId>,
}
