//! From sums to findings: means, years, names of steps, and what must stay hidden.

use std::cmp::Reverse;

use law::form::FactId;
use law::{AmountPer, ENGINE, Gives, Library};
use values::{AreaCode, Fen, Month};

use crate::disclosure::{Disclosure, Shown};
use crate::findings::*;
use crate::simulation::{Programme, Question};
use crate::tally::{CountyTally, Drawn, Group, STEPS, Tally};

/// Sums that are known before anything is hidden.
struct Maker<'q> {
    question: &'q Question<'q>,
    programmes: &'q [Programme],
    tally: &'q Tally,
    disclosure: Disclosure,
}

impl Findings {
    pub(crate) fn of(
        question: &Question<'_>,
        programmes: &[Programme],
        tally: Tally,
        disclosure: Disclosure,
    ) -> Findings {
        Maker { question, programmes, tally: &tally, disclosure }.findings()
    }
}

impl Maker<'_> {
    fn findings(&self) -> Findings {
        let (mut winners, mut losers, mut all) = (Group::default(), Group::default(), Group::default());
        let mut help = [0_i64; 2];
        for county in self.tally.counties.values() {
            winners.add(county.winners);
            losers.add(county.losers);
            all.add(county.all);
            help.iter_mut().zip(county.help).for_each(|(into, from)| *into += from);
        }
        let unchanged = Group {
            households: all.households - winners.households - losers.households,
            people: all.people - winners.people - losers.people,
            change: 0,
        };
        let near = &self.tally.borderline;
        Findings {
            months: self.question.months.clone(),
            households: all.households,
            people: all.people,
            figures: self.figures(),
            winners: self.group(winners),
            losers: self.group(losers),
            unchanged: self.group(unchanged),
            borderline: self.question.margin_percent.map(|percent| Borderline {
                percent,
                households: self.disclosure.count(near.households),
                people: self.disclosure.count(near.people),
            }),
            year: YearCost { before: self.year(help[0]), after: self.year(help[1]) },
            programmes: (0..self.programmes.len()).map(|at| self.programme(at)).collect(),
            counties: self.counties(),
            by_month: self.by_month(),
            cells: self.cells(),
            steps: self.steps(),
            unsettled_households: self.disclosure.count(self.tally.unsettled),
            unknown: self.unknown(),
            examples: self.examples(),
            receipt: LabReceipt {
                engine: ENGINE.to_owned(),
                baseline: self.question.baseline.books_hash().to_owned(),
                reform: self.question.reform.books_hash().to_owned(),
                facts: self.tally.digest(),
            },
        }
    }

    /// Sums carry the number of months asked; a rest below a fen is dropped.
    fn year(&self, sum: i64) -> Fen {
        Fen::new(sum / self.tally.months as i64)
    }

    fn group(&self, group: Group) -> GroupFinding {
        let counts = [group.households, group.people];
        let change = Fen::new(group.change / (12 * self.tally.months as i64));
        GroupFinding {
            households: self.disclosure.count(group.households),
            people: self.disclosure.count(group.people),
            change_fen_per_month: self.disclosure.with(&counts, change),
        }
    }

    fn drawn(&self, drawn: Drawn) -> DrawnFinding {
        DrawnFinding {
            cases: self.disclosure.count(drawn.cases),
            people: self.disclosure.count(drawn.people),
            fen: self.disclosure.with(&[drawn.cases, drawn.people], Fen::new(drawn.fen)),
        }
    }

    fn programme(&self, at: usize) -> ProgrammeFinding {
        let (info, tally) = (&self.programmes[at].info, &self.tally.programmes[at]);
        let side = |side: usize| match info.gives {
            Gives::Money(AmountPer::Month) => self.drawn(self.mean(at, side)),
            Gives::Money(AmountPer::Once | AmountPer::Year) | Gives::Recognition | Gives::Services => {
                self.drawn(tally.single[side])
            }
        };
        let count = |count| self.disclosure.count(count);
        let mut after = side(1);
        if self.disclosure.hides(tally.newly) || self.disclosure.hides(tally.no_longer) {
            // else the two totals would tell what was hidden
            (after.cases, after.people) = (Shown::Hidden, Shown::Hidden);
        }
        if self.disclosure.hides(tally.newly + tally.no_longer + tally.more + tally.less) {
            after.fen = Shown::Hidden;
        }
        ProgrammeFinding {
            id: info.id.to_string(),
            title: info.title.to_string(),
            gives: info.gives.to_string(),
            before: side(0),
            after,
            newly: count(tally.newly),
            no_longer: count(tally.no_longer),
            more: count(tally.more),
            less: count(tally.less),
            same: count(tally.same),
            borderline: count(tally.borderline),
            unknown: tally.unknown.map(count),
            by_person: tally.by_person.map(count),
        }
    }

    /// A programme's month, on average over the months asked.
    fn mean(&self, programme: usize, side: usize) -> Drawn {
        let mut sum = Drawn::default();
        let cells = self.tally.cells.iter().filter(|((_, number, _), _)| *number == programme);
        cells.for_each(|(_, sides)| sum.add(sides[side]));
        let months = self.tally.months as u64;
        Drawn { cases: sum.cases / months, people: sum.people / months, fen: sum.fen / months as i64 }
    }

    fn counties(&self) -> Vec<CountyFinding> {
        let finding = |(county, tally): (&AreaCode, &CountyTally)| {
            let counts = [tally.all.households];
            CountyFinding {
                county: *county,
                households: self.disclosure.count(tally.all.households),
                winners: self.disclosure.count(tally.winners.households),
                losers: self.disclosure.count(tally.losers.households),
                before_fen_per_year: self.disclosure.with(&counts, self.year(tally.help[0])),
                after_fen_per_year: self.disclosure.with(
                    &[tally.all.households, tally.winners.households, tally.losers.households],
                    self.year(tally.help[1]),
                ),
            }
        };
        self.tally.counties.iter().map(finding).collect()
    }

    fn by_month(&self) -> Vec<MonthFinding> {
        let sum = |month: usize, side: usize| {
            let of_month =
                self.tally.cells.iter().filter(|((_, programme, at), _)| {
                    *at == month && self.programmes[*programme].info.gives.is_monthly()
                });
            Fen::new(of_month.map(|(_, sides)| sides[side].fen).sum())
        };
        let months = self.question.months.iter().enumerate();
        months.map(|(at, &month)| MonthFinding { month, before: sum(at, 0), after: sum(at, 1) }).collect()
    }

    fn cells(&self) -> Vec<CellFinding> {
        let finding = |(&(county, programme, month), sides): (&(AreaCode, usize, usize), &[Drawn; 2])| CellFinding {
            county,
            programme: self.programmes[programme].info.id.to_string(),
            month: self.question.months[month],
            before: self.drawn(sides[0]),
            after: self.drawn(sides[1]),
        };
        self.tally.cells.iter().map(finding).collect()
    }

    fn steps(&self) -> Vec<StepFinding> {
        let last = STEPS.len() as i8 + 1;
        let households = |step: i8| self.tally.steps.get(&step).map_or(0, |group| group.households);
        let finding =
            |step: i8| StepFinding { name: step_name(step), households: self.disclosure.count(households(step)) };
        (-last..=last).map(finding).collect()
    }

    fn unknown(&self) -> UnknownFinding {
        let (tally, form) = (&self.tally.unknown, self.question.baseline.form());
        let mut ranked: Vec<(&FactId, &[u64; 2])> = tally.facts.iter().collect();
        ranked.sort_by_key(|(_, [lack, alone])| (Reverse(*alone), Reverse(*lack)));
        let fact = |(&fact, &[lack, alone]): (&FactId, &[u64; 2])| {
            let declaration = form.declaration(fact);
            let sources = declaration.sources.iter().map(|&source| form.source_name(source).to_string());
            LackingFact {
                fact: declaration.name.to_string(),
                sources: sources.collect(),
                households: self.disclosure.count(lack),
                alone: self.disclosure.count(alone),
            }
        };
        UnknownFinding {
            households: self.disclosure.count(tally.households),
            by_books: self.disclosure.count(tally.by_books),
            facts: ranked.into_iter().map(fact).collect(),
        }
    }

    /// Figures that differ in a county where somebody lives, in a month asked; in the first month they do.
    fn figures(&self) -> Vec<FigureFinding> {
        let mut found = Vec::new();
        for (name, county) in self.figures_in_counties() {
            let at = |library: &Library, month: Month| library.parameter(&name, &county, month).map(|row| row.value);
            let (baseline, reform) = (self.question.baseline, self.question.reform);
            let differs = self.question.months.iter().find(|&&month| at(baseline, month) != at(reform, month));
            if let Some(&month) = differs {
                let (before, after) = (at(baseline, month), at(reform, month));
                found.push(FigureFinding { name, county, before, after });
            }
        }
        found
    }

    fn figures_in_counties(&self) -> Vec<(String, AreaCode)> {
        let libraries = [self.question.baseline, self.question.reform];
        let mut names: Vec<String> =
            libraries.iter().flat_map(|library| library.figure_rows()).map(|row| row.name).collect();
        names.sort();
        names.dedup();
        let counties = || self.tally.counties.keys().copied();
        names.into_iter().flat_map(|name| counties().map(move |county| (name.clone(), county))).collect()
    }

    fn examples(&self) -> Vec<ExampleFigure> {
        let month = self.question.months[0];
        let mut found: Vec<ExampleFigure> = self
            .figures_in_counties()
            .into_iter()
            .filter_map(|(name, county)| {
                let row = self.question.baseline.parameter(&name, &county, month)?;
                Some(ExampleFigure { name, value: row.value, why: row.example? })
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

fn step_name(step: i8) -> String {
    let word = if step > 0 { "多" } else { "少" };
    let at = usize::from(step.unsigned_abs());
    match at {
        0 => "不变".to_owned(),
        1 => format!("{word} {} 元以内", STEPS[0]),
        at if at <= STEPS.len() => format!("{word} {}–{} 元", STEPS[at - 2], STEPS[at - 1]),
        _ => format!("{word} {} 元以上", STEPS[STEPS.len() - 1]),
    }
}
