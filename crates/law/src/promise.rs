//! Proves or refutes a procedure's promise: the critical path of its steps from every start day of a span.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use values::{AreaCode, BeyondCalendar, Day, WorkCalendar};

use crate::engine::program::Program;
use crate::library::Library;
use crate::procedure::{Procedure, Term};

/// What was found about one programme's promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseProof {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// What is promised, by the last book that promises: `20 日`.
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
    /// Start days on which no book in force promises anything.
    pub unpromised: usize,
}

/// A start day from which the promise cannot be kept when every step uses its whole term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Hand-in.
    pub start: Day,
    /// The book in force on that day.
    pub book: String,
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

/// Looks at every start day from `from` to `until`, each under the book in force in its month; none when no book of the
/// programme promises anything. `books` are the versions of one programme for one area: the nearest area last, of one area the latest last.
fn prove(books: &[&Program], calendar: &WorkCalendar, (from, until): (Day, Day)) -> Option<PromiseProof> {
    let promised = |book: &Program| book.procedure.as_ref().and_then(|procedure| procedure.promise);
    let promise = books.iter().rev().find_map(|book| promised(book))?;
    let last = books.last()?;
    let (programme, title) = (last.id.clone(), last.title.clone());
    let (kept, broken, undecided, unpromised) = (0, Vec::new(), 0, 0);
    let mut proof = PromiseProof {
        programme: programme.to_string(),
        title: title.to_string(),
        promise,
        from,
        until,
        kept,
        broken,
        undecided,
        unpromised,
    };
    let mut start = from;
    while start <= until {
        match books.iter().rev().find(|book| book.from.month() <= start.month()) {
            Some(book) if promised(book).is_some() => proof.look_at(book, start, calendar),
            _ => proof.unpromised += 1,
        }
        start = start.plus_days(1);
    }
    Some(proof)
}

impl PromiseProof {
    fn look_at(&mut self, book: &Program, start: Day, calendar: &WorkCalendar) {
        let Some((procedure, promise)) = book.procedure.as_ref().and_then(|own| Some((own, own.promise?))) else {
            return;
        };
        let (Ok(ended), Ok(due)) = (ends(procedure, start, calendar), after(start, promise, calendar)) else {
            self.undecided += 1;
            return;
        };
        match ended.get(procedure.promise_until.as_str()) {
            Some(last) if last.on <= due => self.kept += 1,
            Some(last) => {
                let path = path(&ended, &procedure.promise_until);
                self.broken.push(Broken { start, book: book.path.clone(), due, ends: last.on, path });
            }
            None => self.undecided += 1,
        }
    }
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

/// The proofs of all programmes of which some book promises something.
pub(crate) fn prove_all(library: &Library, calendar: &WorkCalendar, span: (Day, Day)) -> Vec<PromiseProof> {
    let programs = &library.programs;
    // a province's books are proven for the city that has its own, not once more for themselves
    let has_lower =
        |one: &Program| programs.iter().any(|p| p.id == one.id && p.area != one.area && one.area.contains(&p.area));
    let mut lowest: Vec<(&str, AreaCode)> = Vec::new();
    for program in programs.iter().filter(|program| !has_lower(program)) {
        if !lowest.contains(&(&program.id, program.area)) {
            lowest.push((&program.id, program.area));
        }
    }
    let proofs = lowest.into_iter().filter_map(|(id, area)| {
        let mut books: Vec<&Program> = programs.iter().filter(|p| p.id == id && p.area.contains(&area)).collect();
        books.sort_by_key(|book| (book.area.level(), book.from));
        prove(&books, calendar, span)
    });
    proofs.collect()
}

/// So many spans of broken days are printed; all of them are in the JSON.
const SHOWN_RUNS: usize = 6;

impl fmt::Display for PromiseProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{} 至 {} 交表，{}承诺", self.title, self.from, self.until, self.promise)?;
        match (self.broken.as_slice(), self.undecided) {
            ([], 0) => write!(f, "每一天都守得住（{} 天）", self.kept)?,
            _ => write!(f, "守得住 {} 天，守不住 {} 天", self.kept, self.broken.len())?,
        }
        if self.unpromised > 0 {
            write!(f, "，{} 天的书里还没有承诺", self.unpromised)?;
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
