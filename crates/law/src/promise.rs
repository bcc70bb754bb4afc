//! Proves or refutes a procedure's promise: the critical path of its steps from every start day of a span.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use values::{BeyondCalendar, Day, WorkCalendar};

use crate::library::Library;
use crate::procedure::{Procedure, Term};

/// What was found about one programme's promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseProof {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// What was promised: `20 日`.
    pub promise: Term,
    /// First start day looked at.
    pub from: Day,
    /// Last start day looked at.
    pub until: Day,
    /// Start days from which the promise holds, if every step uses its whole term.
    pub kept: usize,
    /// Start days from which it does not.
    pub broken: Vec<Broken>,
    /// Start days that the working calendar does not reach.
    pub undecided: usize,
}

/// A start day from which the promise cannot be kept when every step uses its whole term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Hand-in.
    pub start: Day,
    /// The promised day.
    pub due: Day,
    /// The day the last promised step ends.
    pub ends: Day,
    /// The steps that make it so long, each with the day it ends.
    pub path: Vec<(String, Day)>,
}

/// When a step ends, and which step it waited for.
struct Ended<'p> {
    on: Day,
    waited_for: Option<&'p str>,
}

/// The days on which the steps end when the procedure starts on `start` and each uses its whole term.
fn ends<'p>(
    procedure: &'p Procedure,
    start: Day,
    calendar: &WorkCalendar,
) -> Result<BTreeMap<&'p str, Ended<'p>>, BeyondCalendar> {
    let mut ended: BTreeMap<&str, Ended<'_>> = BTreeMap::new();
    for step in &procedure.steps {
        // The reader of books holds that a step stands below those that start it.
        let before =
            step.starts_from.iter().filter_map(|name| ended.get(name.as_str()).map(|end| (end.on, name.as_str())));
        let last = before.max();
        let from = last.map_or(start, |(on, _)| on);
        let on = after(from, step.term, calendar)?;
        ended.insert(&step.name, Ended { on, waited_for: last.map(|(_, name)| name) });
    }
    Ok(ended)
}

fn after(from: Day, term: Term, calendar: &WorkCalendar) -> Result<Day, BeyondCalendar> {
    match term {
        Term::SameDay => Ok(from),
        Term::Days(days) => Ok(from.plus_days(i64::from(days))),
        Term::WorkingDays(days) => calendar.plus_working_days(from, days),
    }
}

/// Looks at every start day from `from` to `until`; none when the procedure promises nothing.
pub(crate) fn prove(
    (programme, title): (&str, &str),
    procedure: &Procedure,
    calendar: &WorkCalendar,
    (from, until): (Day, Day),
) -> Option<PromiseProof> {
    let promise = procedure.promise?;
    let (programme, title) = (programme.to_owned(), title.to_owned());
    let mut proof = PromiseProof { programme, title, promise, from, until, kept: 0, broken: Vec::new(), undecided: 0 };
    let mut start = from;
    while start <= until {
        match (ends(procedure, start, calendar), after(start, promise, calendar)) {
            (Ok(ended), Ok(due)) => match ended.get(procedure.promise_until.as_str()) {
                Some(last) if last.on <= due => proof.kept += 1,
                Some(last) => {
                    let path = path(&ended, &procedure.promise_until);
                    proof.broken.push(Broken { start, due, ends: last.on, path });
                }
                None => proof.undecided += 1,
            },
            _ => proof.undecided += 1,
        }
        start = start.plus_days(1);
    }
    Some(proof)
}

fn path(ended: &BTreeMap<&str, Ended<'_>>, last: &str) -> Vec<(String, Day)> {
    let mut path = Vec::new();
    let mut at = Some(last);
    while let Some((name, end)) = at.and_then(|name| ended.get_key_value(name)) {
        path.push(((*name).to_owned(), end.on));
        at = end.waited_for;
    }
    path.reverse();
    path
}

/// The proofs of all programmes whose procedure promises something, as the books stand at `from`.
pub(crate) fn prove_all(library: &Library, calendar: &WorkCalendar, span: (Day, Day)) -> Vec<PromiseProof> {
    let programs = library.programs.iter().filter_map(|program| {
        let procedure = program.procedure.as_ref()?;
        prove((&program.id, &program.title), procedure, calendar, span)
    });
    programs.collect()
}

/// So many spans of broken days are printed; all of them are in the JSON.
const SHOWN_RUNS: usize = 6;

impl fmt::Display for PromiseProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.kept + self.broken.len() + self.undecided;
        write!(f, "{}：{} 至 {} 交表，{}承诺", self.title, self.from, self.until, self.promise)?;
        match (self.broken.as_slice(), self.undecided) {
            ([], 0) => write!(f, "每一天都守得住（{all} 天）")?,
            _ => write!(f, "守得住 {} 天，守不住 {} 天", self.kept, self.broken.len())?,
        }
        if self.undecided > 0 {
            write!(f, "，{} 天超出工作日历，不知道", self.undecided)?;
        }
        let runs: Vec<&[Broken]> = self.broken.chunk_by(|one, next| one.start.plus_days(1) == next.start).collect();
        runs.iter().take(SHOWN_RUNS).try_for_each(|run| {
            let worst = run.iter().max_by_key(|broken| broken.ends.days_since(broken.due)).expect("a run has a day");
            let steps: Vec<String> = worst.path.iter().map(|(name, on)| format!("{name} {on}")).collect();
            let (first, last) = (run[0].start, run[run.len() - 1].start);
            let days = if first == last { first.to_string() } else { format!("{first} 至 {last}") };
            let late = worst.ends.days_since(worst.due);
            write!(
                f,
                "\n  守不住：{days} 交表。最晚的应在 {} 办结，到 {} 才完，晚 {late} 天：{}",
                worst.due,
                worst.ends,
                steps.join(" → ")
            )
        })?;
        match runs.len().saturating_sub(SHOWN_RUNS) {
            0 => Ok(()),
            more => write!(f, "\n  这样的还有 {more} 段，全部在 JSON 里"),
        }
    }
}
