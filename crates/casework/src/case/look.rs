//! What a case tells about itself.

use values::{AreaCode, Day};

use super::record::{OpinionGiven, Posting};
use super::steps::{CHECK, RELIEF, SHAPED, SURVEY, VISIT};
use super::{Case, Clock, ClockKind, Role, Status};

impl Case {
    /// Whose desk it is on: what its status says; the township's where the county has delegated the decision.
    pub fn held_by(&self) -> Option<Role> {
        match self.status() {
            Status::CountyReview if self.filed.is_delegated => Some(Role::TownshipClerk),
            status => status.held_by(),
        }
    }

    /// The area whose office works on it: the village, or where it was handed to.
    pub fn office(&self) -> AreaCode {
        self.moved_to.unwrap_or(self.filed.village)
    }

    /// True where its book wants departments asked.
    pub fn needs_check(&self) -> bool {
        self.has_step(CHECK) || self.has_step(SURVEY)
    }

    /// True where its book wants two people at the door.
    pub fn needs_visit(&self) -> bool {
        self.has_step(VISIT) || self.has_step(SURVEY)
    }

    /// The step that is next when it has no form of its own: whoever does it records what came out.
    pub fn step_to_record(&self) -> Option<&str> {
        self.next_step().filter(|name| !SHAPED.contains(name))
    }

    /// True while help may be given first (先行救助).
    pub fn awaits_relief(&self) -> bool {
        self.next_step() == Some(RELIEF)
    }

    /// Signatures that were asked for and are not there.
    pub fn unsigned(&self) -> Vec<&str> {
        self.co_signatures.iter().filter(|(_, signed)| signed.is_none()).map(|(who, _)| who.as_str()).collect()
    }

    /// The clock of that kind, once it runs.
    pub fn clock(&self, kind: ClockKind) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.kind == kind)
    }

    /// True between the one notice and the missing papers.
    pub fn is_awaiting_supplement(&self) -> bool {
        self.was_supplement_asked
            && self.accepted_on.is_none()
            && self.clock(ClockKind::Promise).is_some_and(Clock::is_paused)
    }

    /// The day the last department answered; `None` while one is silent or none was asked.
    pub fn check_done_on(&self) -> Option<Day> {
        let answered =
            |source: &String| self.answers.iter().filter(|(_, a)| a.source == *source).map(|(on, _)| *on).min();
        let days: Option<Vec<Day>> = self.asked.iter().map(answered).collect();
        days?.into_iter().max()
    }

    /// Departments that have not answered yet.
    pub fn silent_sources(&self) -> Vec<&str> {
        let is_silent = |source: &&String| !self.answers.iter().any(|(_, answer)| answer.source == **source);
        self.asked.iter().filter(is_silent).map(String::as_str).collect()
    }

    /// The opinion that counts; none while a new one is due.
    pub fn standing_opinion(&self) -> Option<&OpinionGiven> {
        self.opinions.last().filter(|_| !self.needs_new_opinion)
    }

    /// The notice that hangs or has hung its whole time; one taken down early counts for nothing.
    pub fn hanging(&self) -> Option<&Posting> {
        self.posting.as_ref().filter(|posting| posting.withdrawn_on.is_none())
    }

    /// True while an objection is open.
    pub fn has_open_objection(&self) -> bool {
        self.objections.iter().any(|(_, settled)| settled.is_none())
    }

    /// The day of the county's yes or no.
    pub fn decided_on(&self) -> Option<Day> {
        self.confirmation.as_ref().map(|yes| yes.on).or(self.refusal.as_ref().map(|(on, _)| *on))
    }
}
