//! Where a case stands in the procedure of its book: which steps are done, due, late; which may start.

use law::{Procedure, Term};
use values::{Day, WorkCalendar};

use super::way::step_asked;
use super::{Case, Refusal};

/// One step of the procedure on a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// As the book names it, 入户.
    pub name: String,
    /// Who does it, as the book says.
    pub by: String,
    /// The article.
    pub cite: String,
    /// What it is today.
    pub state: StepState,
    /// By when, once it has started and the calendar knows.
    pub due_on: Option<Day>,
    /// When it was done.
    pub done_on: Option<Day>,
}

/// What a step is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// 未开始: a step before it is open.
    Waiting,
    /// 办理中.
    Running,
    /// 已超期.
    Late,
    /// 已完成.
    Done,
    /// 超期完成.
    DoneLate,
}

/// The names that books use for what casework knows how to do.
pub(crate) const HAND_IN: &str = "交表";
pub(crate) const ACCEPT: &str = "受理";
pub(crate) const CHECK: &str = "核对";
pub(crate) const VISIT: &str = "入户";
pub(crate) const OPINION: &str = "审核意见";
pub(crate) const PUBLICATION: &str = "公示";
pub(crate) const CONFIRM: &str = "确认";
pub(crate) const NOTIFY: &str = "告知";
/// Check and visit in one step of older books.
pub(crate) const SURVEY: &str = "调查";
pub(crate) const PANEL: &str = "民主评议";
pub(crate) const RELIEF: &str = "先行救助";

/// Steps that have an act of their own; every other one is recorded by [`Act::StepRecorded`](super::Act::StepRecorded).
pub(crate) const SHAPED: [&str; 11] =
    [HAND_IN, ACCEPT, CHECK, VISIT, SURVEY, PANEL, OPINION, PUBLICATION, CONFIRM, NOTIFY, RELIEF];

impl StepState {
    /// The word people see.
    pub const fn zh(self) -> &'static str {
        match self {
            StepState::Waiting => "未开始",
            StepState::Running => "办理中",
            StepState::Late => "已超期",
            StepState::Done => "已完成",
            StepState::DoneLate => "超期完成",
        }
    }
}

impl Case {
    /// The day on which the step of that name was completed.
    pub fn completed_on(&self, step: &str) -> Option<Day> {
        match step {
            HAND_IN => Some(self.filed.on),
            ACCEPT => self.accepted_on,
            CHECK => self.check_done_on(),
            VISIT => self.visited_on,
            OPINION => self.standing_opinion().map(|given| given.on),
            PUBLICATION => self.publication_ended_on,
            CONFIRM => self.decided_on(),
            NOTIFY => self.notified_on,
            SURVEY => Some(self.check_done_on()?.max(self.visited_on?)),
            other => self.recorded.iter().find(|(name, _)| name == other).map(|(_, on)| *on),
        }
    }

    /// Every step of the procedure as it stands on `today`, in the book's order.
    pub fn steps(&self, procedure: &Procedure, calendar: &WorkCalendar, today: Day) -> Vec<Step> {
        procedure.steps.iter().map(|step| self.step(step, calendar, today)).collect()
    }

    fn step(&self, step: &law::Step, calendar: &WorkCalendar, today: Day) -> Step {
        let started_on = self.started_on(step);
        let due_on = started_on.and_then(|from| self.step_due_on(step, from, calendar));
        let done_on = self.completed_on(&step.name);
        let is_late = |day: Day| due_on.is_some_and(|due| day > due);
        let state = match (done_on, started_on) {
            (Some(done), _) if is_late(done) => StepState::DoneLate,
            (Some(_), _) => StepState::Done,
            (None, None) => StepState::Waiting,
            (None, Some(_)) if is_late(today) => StepState::Late,
            (None, Some(_)) => StepState::Running,
        };
        Step { name: step.name.clone(), by: step.by.clone(), cite: step.cite.clone(), state, due_on, done_on }
    }

    /// When the steps before it were all done; `None` while one is open. A first step starts with the hand-in.
    fn started_on(&self, step: &law::Step) -> Option<Day> {
        let before: Option<Vec<Day>> = step.starts_from.iter().map(|name| self.completed_on(name)).collect();
        before.map(|days| days.into_iter().max().unwrap_or(self.filed.on))
    }

    fn step_due_on(&self, step: &law::Step, from: Day, calendar: &WorkCalendar) -> Option<Day> {
        match (self.hanging(), step.name.as_str(), step.term) {
            // a notice ends after its last day, not before: the step is done on the day after
            (Some(posting), PUBLICATION, _) => Some(posting.notice.until.plus_days(1)),
            (_, _, Term::SameDay) => Some(from),
            (_, _, Term::Days(days)) => Some(from.plus_days(i64::from(days))),
            (_, _, Term::WorkingDays(days)) => calendar.plus_working_days(from, days).ok(),
        }
    }

    /// Which of these names the procedure has for the same thing; the first when it has none.
    pub(crate) fn name_of<'n>(procedure: &Procedure, names: &[&'n str]) -> &'n str {
        let is_there = |name: &&&str| procedure.steps.iter().any(|step| step.name == **name);
        names.iter().find(is_there).or(names.first()).copied().unwrap_or_default()
    }

    /// Whether the step may be done now: the book has it, every step before it is done, it is not done, the case is open.
    pub(crate) fn wrong_moment(&self, procedure: &Procedure, name: &str) -> Vec<Refusal> {
        if let Some(closed) = self.closed(name) {
            return vec![closed];
        }
        let Some(step) = step_asked(procedure, name) else {
            let text = format!("这个项目的办理程序里没有“{name}”这一步");
            return vec![Refusal::of_moment("no_such_step", text, "请按程序表办理")];
        };
        if self.is_awaiting_supplement() {
            let text = "材料还没有补齐，办理时钟已暂停";
            return vec![Refusal::of_moment("awaiting_supplement", text, "先登记材料补齐").by(step.cite.clone())];
        }
        let open: Vec<&str> =
            step.starts_from.iter().filter(|before| self.completed_on(before).is_none()).map(String::as_str).collect();
        if !open.is_empty() {
            let text = format!("“{name}”要在“{}”之后", open.join("、"));
            return vec![Refusal::of_moment("step_before_is_open", text, "先完成前面的步骤").by(step.cite.clone())];
        }
        if self.completed_on(name).is_some() {
            let text = format!("“{name}”已经办过了");
            return vec![Refusal::of_moment("step_is_done", text, "刷新页面看最新进度")];
        }
        Vec::new()
    }
}
