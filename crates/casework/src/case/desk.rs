//! The desk at which an act is judged: who, on which day, by which procedure.

use law::Procedure;
use values::{AreaCode, Day, WorkCalendar};

use super::{Act, Actor, Case, Event, Refusal, Role};

/// What every judgement needs besides the case.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The civil day.
    pub today: Day,
    /// The moment, RFC 3339, for the event.
    pub at: &'a str,
    /// The procedure of the leading programme in the case's month.
    pub procedure: &'a Procedure,
    /// Working days.
    pub calendar: &'a WorkCalendar,
}

impl Desk<'_> {
    /// The event that adds `act` to `case`.
    pub fn event(&self, case: &Case, act: Act, reason: Option<String>) -> Event {
        Event {
            seq: case.seq + 1,
            on: self.today,
            at: self.at.to_owned(),
            actor: self.actor.clone(),
            act,
            reason,
            shared_from: None,
        }
    }

    /// Whether this person may touch the case at all: role, area, not a relative.
    pub fn wrong_person(&self, case: &Case, allowed: &[Role]) -> Vec<Refusal> {
        let mut found = self.wrong_office(&case.office(), allowed);
        if let Some(holder) = case.holder.as_ref().filter(|holder| **holder != self.actor.id)
            && case.held_by() == Some(self.actor.role)
        {
            let text = format!("这件申请由同事（工号 {holder}）领取，正在办");
            found.push(Refusal::of_person("held_by_colleague", text, "请他办理，或者请他委托给您"));
        }
        if case.filed.relatives_on_staff.contains(&self.actor.id) {
            let text = "您与这户人家是备案的近亲属，不能经办";
            found.push(
                Refusal::of_person("relative_must_withdraw", text, "请转给同事办理，系统已登记回避")
                    .by("民发〔2021〕57号 第十一条"),
            );
        }
        found
    }

    /// Whether role and office fit for a case of `village`.
    pub fn wrong_office(&self, village: &AreaCode, allowed: &[Role]) -> Vec<Refusal> {
        let mut found = Vec::new();
        if !allowed.contains(&self.actor.role) {
            let who: Vec<&str> = allowed.iter().map(|role| role.zh()).collect();
            let text = format!("这一步由{}办理，您的身份是{}", who.join("或"), self.actor.role.zh());
            found.push(Refusal::of_person("wrong_role", text, "请转给经办人"));
        }
        if !self.actor.serves(village) {
            found.push(Refusal::of_person("not_your_area", "这户人家不在您负责的地区", "请转给当地经办人"));
        }
        found
    }
}
