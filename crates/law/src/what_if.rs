//! What if: one household in one month, asked again and again with something changed. Books and figures are looked up once.

use std::collections::{BTreeMap, BTreeSet};

use values::{AreaCode, Day, Fen, Month};

use crate::book::ProgrammeUnit;
use crate::columns::number;
use crate::engine::evaluate::{Evaluator, HOUSEHOLD, Memo};
use crate::engine::lacking::{Lack, Lacking};
use crate::engine::num::Num;
use crate::engine::program::{Node, Program, V};
use crate::engine::quick::{Answer, Verdict, plain};
use crate::form::{Fact, FactId, FactKind, Facts, MAX_MAGNITUDE, Ratio, SourceId, Value};
use crate::library::{Library, MAX_MEMBERS};

/// Whose fact: the household's ([`HOUSEHOLD`]) or a member's.
pub(crate) type Slot = (FactId, usize);

/// The desk of a what-if: everything that does not change with the facts.
pub(crate) struct WhatIf<'l> {
    pub(crate) library: &'l Library,
    month: Month,
    figures: Vec<V>,
    programs: Vec<Option<&'l Program>>,
    memo: Memo,
    /// Verdicts given so far: searches are bounded by them, not by a watch.
    pub(crate) verdicts: usize,
    /// Verdicts of one household under what may be drawn, for whoever tries that alone.
    remembered: Option<Remembered>,
}

/// Facts that a search changes, and what was decided under them: nothing is decided twice.
struct Remembered {
    /// For each programme the changing facts that it reads; true for a person's.
    reads: Vec<Vec<(FactId, bool)>>,
    /// By programme, member, and what those facts are.
    found: BTreeMap<(usize, usize, Vec<Option<i64>>), Verdict>,
}

impl<'l> WhatIf<'l> {
    pub(crate) fn new(library: &'l Library, month: Month, area: &AreaCode) -> WhatIf<'l> {
        let mut figures = Vec::new();
        library.figures.values(area, month, &mut figures);
        let programs = library.programmes().iter().map(|info| library.program(&info.id, month, area).ok()).collect();
        WhatIf { library, month, figures, programs, memo: Memo::default(), verdicts: 0, remembered: None }
    }

    /// Whom a programme decides for: the household, or each member.
    pub(crate) fn units(&self, programme: usize, facts: &Facts) -> Vec<usize> {
        match self.library.programmes()[programme].unit {
            ProgrammeUnit::Household => vec![HOUSEHOLD],
            ProgrammeUnit::Person => (0..facts.members.len()).collect(),
        }
    }

    /// The book in force.
    pub(crate) fn program(&self, programme: usize) -> Option<&'l Program> {
        self.programs[programme]
    }

    /// From now on only these facts change from one verdict to the next (true for a person's): no verdict is given twice.
    pub(crate) fn remember(&mut self, changing: &[(FactId, bool)]) {
        let reads = |program: &Program| {
            let own: BTreeSet<FactId> = program.facts().collect();
            changing.iter().copied().filter(|(fact, _)| own.contains(fact)).collect::<Vec<_>>()
        };
        let reads = self.programs.iter().map(|program| program.map_or_else(Vec::new, reads)).collect();
        self.remembered = Some(Remembered { reads, found: BTreeMap::new() });
    }

    /// Another household: nothing is remembered of the last one.
    pub(crate) fn begin(&mut self) {
        self.verdicts = 0;
        if let Some(remembered) = &mut self.remembered {
            remembered.found.clear();
        }
    }

    /// The answer under these facts.
    pub(crate) fn verdict(&mut self, programme: usize, member: usize, facts: &Facts) -> Verdict {
        self.verdicts += 1;
        let Some(remembered) = &self.remembered else { return self.decided(programme, member, facts) };
        let mut stands = Vec::new();
        for &(fact, of_person) in &remembered.reads[programme] {
            match of_person {
                true => stands.extend(facts.members.iter().map(|row| row.value(fact).map(number))),
                false => stands.push(facts.household.value(fact).map(number)),
            }
        }
        let key = (programme, member, stands);
        if let Some(verdict) = remembered.found.get(&key) {
            return *verdict;
        }
        let verdict = self.decided(programme, member, facts);
        let remembered = self.remembered.as_mut().expect("it was there");
        remembered.found.insert(key, verdict);
        verdict
    }

    fn decided(&mut self, programme: usize, member: usize, facts: &Facts) -> Verdict {
        match self.programs[programme] {
            Some(_) if facts.members.len() > MAX_MEMBERS => plain(Answer::NeedsPerson, None),
            Some(program) => self.evaluator(program, facts).verdict(member),
            None => plain(Answer::Unknown, None),
        }
    }

    /// What an unknown answer hangs on: figures and facts.
    pub(crate) fn lacks(&mut self, programme: usize, member: usize, facts: &Facts) -> Lacking {
        match self.programs[programme] {
            Some(program) if facts.members.len() <= MAX_MEMBERS => self.evaluator(program, facts).lacks(member),
            _ => Lacking::new(),
        }
    }

    /// The facts that unknown answers of a programme hang on, for these units.
    pub(crate) fn lacking_facts(&mut self, programme: usize, units: &[usize], facts: &Facts) -> BTreeSet<FactId> {
        let Some(program) = self.programs[programme].filter(|_| facts.members.len() <= MAX_MEMBERS) else {
            return BTreeSet::new();
        };
        let mut evaluator = self.evaluator(program, facts);
        evaluator.keep_parts();
        let slots = units.iter().flat_map(|&unit| facts_of(&evaluator.lacks(unit)));
        slots.map(|(fact, _)| fact).collect()
    }

    pub(crate) fn evaluator<'e>(&'e mut self, program: &'e Program, facts: &'e Facts) -> Evaluator<'e> {
        Evaluator::new(program, self.month, facts, &self.figures, &mut self.memo)
    }

    /// Values worth trying for a fact where these books ask for it: every choice, yes and no, nothing and very much, and
    /// figures just below, at and just above each figure that the books name. In order, each once, at most some hundred.
    pub(crate) fn values_to_try(&self, fact: FactId, programmes: &[usize]) -> Vec<Value> {
        let decl = self.library.form().declaration(fact);
        let thresholds = || self.thresholds(programmes);
        match &decl.kind {
            FactKind::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
            FactKind::Choice(choices) => (0..choices.len() as u16).map(Value::Choice).collect(),
            FactKind::Date => self.birthdays(&thresholds()),
            FactKind::Money { may_be_negative }
            | FactKind::MoneyPerMonth { may_be_negative }
            | FactKind::MoneyPerYear { may_be_negative } => {
                let least = if *may_be_negative { -MAX_MAGNITUDE } else { 0 };
                around(&thresholds(), 1, least).into_iter().filter_map(|number| of_number(&decl.kind, number)).collect()
            }
            FactKind::Count => around(&thresholds(), 1, 0).into_iter().map(Value::Count).collect(),
            FactKind::Ratio => {
                around(&thresholds(), Ratio::ONE, 0).into_iter().map(|n| Value::Ratio(Ratio(n))).collect()
            }
        }
    }

    /// Every number that these books write or look up.
    fn thresholds(&self, programmes: &[usize]) -> Vec<Num> {
        let nodes = programmes.iter().filter_map(|&at| self.programs[at]).flat_map(|program| &program.nodes);
        let values = nodes.filter_map(|node| match *node {
            Node::Const(value) => Some(value),
            Node::Figure(number) => Some(self.figures[usize::from(number)]),
            _ => None,
        });
        let mut numbers: Vec<Num> = values
            .filter_map(|value| match value {
                V::Num(number) => Some(number),
                V::Unknown | V::Beyond | V::YesNo(_) | V::Date(_) | V::Choice(_) => None,
            })
            .collect();
        numbers.sort_unstable_by(|left, right| left.compare(*right));
        numbers.dedup();
        numbers.truncate(MOST_THRESHOLDS);
        numbers
    }

    /// Birthdays on which somebody is of an age the books name, and the days around them.
    fn birthdays(&self, thresholds: &[Num]) -> Vec<Value> {
        let (first, last) = (self.month.first_day(), self.month.last_day());
        let ages = thresholds.iter().filter_map(|number| number.as_whole()).filter(|age| (0..=130).contains(age));
        let mut days: Vec<Day> = Vec::new();
        for age in ages.chain([0, 130]) {
            for day in [first, last] {
                let born = years_before(day, age);
                days.extend([-1, 0, 1].map(|step| born.plus_days(step)));
            }
        }
        days.sort_unstable();
        days.dedup();
        days.into_iter().map(Value::Date).collect()
    }
}

const MOST_THRESHOLDS: usize = 60;

/// The day so many years before; 29 February becomes the 28th.
fn years_before(day: Day, years: i64) -> Day {
    let year = day.year() - i16::try_from(years).expect("an age");
    let found = Day::new(year, day.month_of_year(), day.day_of_month());
    found.or_else(|_| Day::new(year, day.month_of_year(), 28)).expect("the 28th exists")
}

/// Nothing, very much, and the thresholds in units of the fact, each with its neighbours.
fn around(thresholds: &[Num], unit: i64, least: i64) -> Vec<i64> {
    let scaled = thresholds.iter().filter_map(|number| {
        let (n, d) = number.parts();
        i64::try_from(i128::from(n) * i128::from(unit) / i128::from(d)).ok()
    });
    let mut numbers: Vec<i64> = scaled.flat_map(|n| [n.saturating_sub(1), n, n.saturating_add(1)]).collect();
    numbers.extend([least, 0, MAX_MAGNITUDE]);
    numbers.retain(|number| (least..=MAX_MAGNITUDE).contains(number));
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// A number as the value of a fact of that kind: fen, a count, millionths, days since 1970.
pub(crate) fn of_number(kind: &FactKind, number: i64) -> Option<Value> {
    Some(match kind {
        FactKind::Money { .. } => Value::Money(Fen::new(number)),
        FactKind::MoneyPerMonth { .. } => Value::MoneyPerMonth(Fen::new(number)),
        FactKind::MoneyPerYear { .. } => Value::MoneyPerYear(Fen::new(number)),
        FactKind::Count => Value::Count(number),
        FactKind::Ratio => Value::Ratio(Ratio(number)),
        FactKind::Date => Value::Date(epoch().plus_days(number)),
        FactKind::YesNo | FactKind::Choice(_) => return None,
    })
}

/// The number behind a value that can be more or less.
pub(crate) fn number_of(value: Value) -> Option<i64> {
    match value {
        Value::Money(fen) | Value::MoneyPerMonth(fen) | Value::MoneyPerYear(fen) => Some(fen.fen()),
        Value::Count(number) => Some(number),
        Value::Ratio(ratio) => Some(ratio.0),
        Value::Date(day) => Some(day.days_since(epoch())),
        Value::YesNo(_) | Value::Choice(_) => None,
    }
}

fn epoch() -> Day {
    Day::new(1970, 1, 1).expect("1970-01-01 exists")
}

/// The value of a slot, when it is known.
pub(crate) fn known(facts: &Facts, (fact, member): Slot) -> Option<Value> {
    if member == HOUSEHOLD { facts.household.value(fact) } else { facts.members[member].value(fact) }
}

/// Sets a slot.
pub(crate) fn set(facts: &mut Facts, (fact, member): Slot, value: Value) {
    let row = if member == HOUSEHOLD { &mut facts.household } else { &mut facts.members[member] };
    row.set(fact, Fact { value, source: SourceId(0), on: None });
}

/// The facts among what is missing, in the order of the form and the members.
pub(crate) fn facts_of(lacking: &Lacking) -> Vec<Slot> {
    let facts = lacking.keys().filter_map(|&(lack, member)| match lack {
        Lack::Fact(fact) => Some((fact, member)),
        Lack::Figure(_) => None,
    });
    facts.collect()
}

/// For whoever reads an answer: none for the household.
pub(crate) fn shown(member: usize) -> Option<usize> {
    (member != HOUSEHOLD).then_some(member)
}
