//! discover 发现: a signal becomes a lead, somebody goes and looks, and the outcome is kept, so that every rule has a hit rate.

use serde::{Deserialize, Serialize};
use values::{AreaCode, Day, Fen, HouseholdId, PersonId};

use crate::case::{Refusal, Refusals};

/// Someone who may be missing a benefit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Running number within the county.
    pub id: i64,
    /// Where.
    pub village: AreaCode,
    /// The household.
    pub household: HouseholdId,
    /// The person, for benefits of a person.
    pub person: Option<PersonId>,
    /// Which benefit may be missing.
    pub programme: String,
    /// Which rule raised it.
    pub rule: String,
    /// What the books would give a month, if the facts hold.
    pub amount: Option<Fen>,
    /// When.
    pub raised_on: Day,
    /// By when somebody has to go and look.
    pub visit_due_on: Option<Day>,
    /// What came of it: day and outcome.
    pub closed: Option<(Day, Outcome)>,
}

/// What came of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 已帮助申请.
    Helped,
    /// 不需要或不愿意.
    NotNeeded,
    /// 核实后不符合.
    NotEligible,
    /// 已在享受.
    AlreadyHelped,
    /// 找不到人.
    NotFound,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 5] =
        [Outcome::Helped, Outcome::NotNeeded, Outcome::NotEligible, Outcome::AlreadyHelped, Outcome::NotFound];

    /// The word people see.
    pub const fn zh(self) -> &'static str {
        match self {
            Outcome::Helped => "已帮助申请",
            Outcome::NotNeeded => "不需要或不愿意",
            Outcome::NotEligible => "核实后不符合",
            Outcome::AlreadyHelped => "已在享受",
            Outcome::NotFound => "找不到人",
        }
    }
}

/// Closes a lead after somebody looked.
///
/// # Errors
/// Closed already.
pub fn close(lead: &Lead, today: Day, outcome: Outcome) -> Result<Lead, Refusals> {
    if let Some((on, _)) = lead.closed {
        return Err(Refusal::of_moment("closed_already", format!("这条线索已于 {on} 办结"), "不需要重复登记").into());
    }
    Ok(Lead { closed: Some((today, outcome)), ..lead.clone() })
}

/// How often a rule was right: helped of all closed.
pub fn hit_rate<'a>(leads: impl Iterator<Item = &'a Lead>) -> (usize, usize) {
    leads
        .filter_map(|lead| lead.closed)
        .fold((0, 0), |(hits, all), (_, outcome)| (hits + usize::from(outcome == Outcome::Helped), all + 1))
}
