//! 悬崖: what a household has in all when one of its incomes grows, and where a yuan more leaves it with less.
//!
//! Help is what the best lawful combination ([`law::combine`]) gives a month: what follows from another right (享受低保) comes and
//! goes with it, and what excludes each other is not added up. A cliff (悬崖) is the fen of income at which one
//! fen more makes the help fall by more than a yuan: a smaller fall is the rounding to whole yuan, and a slope below one is
//! none. Cliffs are looked for between two points where the sum falls by more than the income grew or where programmes change;
//! each is then halved down to the fen.

use law::form::{Belongs, Fact, FactId, FactKind, Facts, SourceId, Value};
use law::{AmountPer, Answer, Judged, Library, combine};
use rayon::prelude::*;
use serde::Serialize;
use values::{Fen, Month};

use crate::decimal::yuan;
use crate::refusal::LabRefusal;
use crate::table::Table;

/// At most so many steps.
const MOST_STEPS: i64 = 10_000;
/// A fall of the help by no more than this is rounding.
const ROUNDING: i64 = 100;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask<'q> {
    /// The household, by a name that tells nobody who it is.
    pub household: &'q str,
    /// Its facts.
    pub facts: &'q Facts,
    /// Which fact grows: 工资.
    pub fact: &'q str,
    /// Whose, from 0; the household's facts have nobody.
    pub member: usize,
    /// The month.
    pub month: Month,
    /// The last amount.
    pub limit: Fen,
    /// From one amount to the next.
    pub step: Fen,
}

/// One amount of income.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The fact, fen a month.
    pub income: Fen,
    /// What may be drawn together, fen a month.
    pub help: Fen,
    /// Each programme with what it gives, fen a month; in the order of the books.
    pub programmes: Vec<(String, Fen)>,
    /// Programmes without an amount that the household is recognised for or served by.
    pub standings: Vec<String>,
    /// Some programme is 还不知道 or 要人来看.
    pub is_unsettled: bool,
}

/// One fen more, and the household has less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cliff {
    /// The last income before it, fen a month.
    pub at: Fen,
    /// The help there.
    pub help_before: Fen,
    /// The help one fen later.
    pub help_after: Fen,
    /// Programmes that give less or nothing one fen later.
    pub programmes: Vec<String>,
    /// The least income of the points at which the household has as much again; none up to the limit.
    pub made_up_at: Option<Fen>,
}

/// The curve of one household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Curve {
    /// The household.
    pub household: String,
    /// The fact.
    pub fact: String,
    /// The month.
    pub month: Month,
    /// From nothing to the limit.
    pub points: Vec<Point>,
    /// In the order of income.
    pub cliffs: Vec<Cliff>,
}

impl Point {
    /// Income and help together.
    pub fn total(&self) -> Fen {
        self.income + self.help
    }

    fn gives_as(&self, other: &Point) -> bool {
        let names = |point: &Point| point.programmes.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        names(self) == names(other)
    }
}

impl Curve {
    /// Draws the curve.
    ///
    /// # Errors
    /// A fact that is not 元/月, a member who does not exist, too many steps.
    pub fn of(library: &Library, ask: &Ask<'_>) -> Result<Curve, LabRefusal> {
        let fact = fact_of(library, ask)?;
        let steps = if ask.step > Fen::ZERO { ask.limit.fen() / ask.step.fen() } else { 0 };
        if !(1..=MOST_STEPS).contains(&steps) {
            return Err(LabRefusal::Steps { steps, most: MOST_STEPS });
        }
        let incomes: Vec<Fen> = (0..=steps).map(|step| ask.step * step).collect();
        let points: Vec<Point> = incomes.par_iter().map(|income| point(library, ask, fact, *income)).collect();
        let mut cliffs = Vec::new();
        for pair in points.windows(2) {
            halve(library, ask, fact, (&pair[0], &pair[1]), &mut cliffs);
        }
        for cliff in &mut cliffs {
            let before = cliff.at + cliff.help_before;
            let later = points.iter().filter(|point| point.income > cliff.at);
            cliff.made_up_at = later.into_iter().find(|point| point.total() >= before).map(|point| point.income);
        }
        Ok(Curve { household: ask.household.to_owned(), fact: ask.fact.to_owned(), month: ask.month, points, cliffs })
    }

    /// Points of the total with both sides of every cliff, in the order of income.
    pub(crate) fn drawn(&self) -> Vec<(Fen, Fen)> {
        let mut all: Vec<(Fen, Fen)> = self.points.iter().map(|point| (point.income, point.total())).collect();
        for cliff in &self.cliffs {
            let next = cliff.at + Fen::new(1);
            all.push((cliff.at, cliff.at + cliff.help_before));
            all.push((next, next + cliff.help_after));
        }
        all.sort_by_key(|(income, _)| *income);
        all.dedup();
        all
    }

    /// Where the cliffs are.
    pub fn sentence(&self) -> String {
        if self.cliffs.is_empty() {
            return "没有多挣反而少的地方".to_owned();
        }
        let said = self.cliffs.iter().map(|cliff| {
            let made_up = match cliff.made_up_at {
                Some(income) => format!("，挣到 {} 元才补回来", yuan(income)),
                None => "，到终点还没有补回来".to_owned(),
            };
            let names = cliff.programmes.join("、");
            let lost = yuan(cliff.help_before - cliff.help_after);
            format!("{}到 {} 元再多一分，每月少 {lost} 元（{names}）{made_up}", self.fact, yuan(cliff.at))
        });
        said.collect::<Vec<_>>().join("；")
    }

    /// At most so many points in a table.
    pub fn table(&self, most: usize) -> Table {
        let mut table = Table::new(0, &[&self.fact, "补助", "一共", "项目"]);
        let every = self.points.len().div_ceil(most.max(1)).max(1);
        for point in self.points.iter().step_by(every) {
            let named = point.programmes.iter().map(|(name, fen)| format!("{name} {}", yuan(*fen)));
            let mut names: Vec<String> = named.chain(point.standings.iter().cloned()).collect();
            if point.is_unsettled {
                names.push("（有项目还不知道或者要由人来看）".to_owned());
            }
            table.row(vec![yuan(point.income), yuan(point.help), yuan(point.total()), names.join("；")]);
        }
        table
    }
}

fn fact_of(library: &Library, ask: &Ask<'_>) -> Result<FactId, LabRefusal> {
    let not_money = || LabRefusal::NotMoney { fact: ask.fact.to_owned() };
    let fact = library.form().fact(ask.fact).ok_or_else(not_money)?;
    let declaration = library.form().declaration(fact);
    if !matches!(declaration.kind, FactKind::MoneyPerMonth { .. }) {
        return Err(not_money());
    }
    if declaration.belongs == Belongs::Person && ask.member >= ask.facts.members.len() {
        return Err(LabRefusal::NoMember { member: ask.member + 1 });
    }
    Ok(fact)
}

fn with(library: &Library, ask: &Ask<'_>, fact: FactId, income: Fen) -> Facts {
    let mut facts = ask.facts.clone();
    let row = match library.form().declaration(fact).belongs {
        Belongs::Person => &mut facts.members[ask.member],
        Belongs::Household => &mut facts.household,
    };
    let stood = row.get(fact);
    let value = Value::MoneyPerMonth(income);
    row.set(fact, stood.map_or(Fact { value, source: SourceId(0), on: None }, |stood| Fact { value, ..stood }));
    facts
}

/// What the household may draw together with that income.
fn point(library: &Library, ask: &Ask<'_>, fact: FactId, income: Fen) -> Point {
    let facts = with(library, ask, fact, income);
    let combined = combine(library, ask.month, &facts);
    let judged = library.determine_quick(ask.month, &facts);
    let open = |one: &Judged| matches!(one.verdict.outcome, Answer::Unknown | Answer::NeedsPerson);
    let is_unsettled = combined.is_cut || judged.iter().any(open);
    let mut point = Point { income, help: Fen::ZERO, programmes: Vec::new(), standings: Vec::new(), is_unsettled };
    let Some(best) = combined.best else { return point };
    point.help = best.monthly;
    for award in best.awards {
        match (award.amount, award.per) {
            (Some(amount), AmountPer::Month) => match point.programmes.last_mut() {
                Some((title, sum)) if *title == award.title => *sum += amount,
                _ => point.programmes.push((award.title, amount)),
            },
            _ if !point.standings.contains(&award.title) => point.standings.push(award.title),
            _ => {}
        }
    }
    point
}

/// Looks for cliffs between two amounts of income, down to the fen.
fn halve(library: &Library, ask: &Ask<'_>, fact: FactId, (low, high): (&Point, &Point), cliffs: &mut Vec<Cliff>) {
    let (apart, fall) = (high.income - low.income, low.help - high.help);
    if apart.fen() == 1 {
        if fall.fen() > ROUNDING {
            cliffs.push(cliff(low, high));
        }
        return;
    }
    if fall <= apart && low.gives_as(high) {
        return;
    }
    let middle = Fen::new((low.income.fen() + high.income.fen()) / 2);
    let middle = point(library, ask, fact, middle);
    halve(library, ask, fact, (low, &middle), cliffs);
    halve(library, ask, fact, (&middle, high), cliffs);
}

fn cliff(low: &Point, high: &Point) -> Cliff {
    let later = |name: &str| high.programmes.iter().find(|(other, _)| other == name).map_or(Fen::ZERO, |(_, fen)| *fen);
    let lost = low.programmes.iter().filter(|(name, fen)| later(name) < *fen).map(|(name, _)| name.clone());
    Cliff { at: low.income, help_before: low.help, help_after: high.help, programmes: lost.collect(), made_up_at: None }
}
