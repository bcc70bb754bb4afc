//! Counting: sums that can be added in any order, so that the number of threads does not show.

use std::collections::BTreeMap;

use law::form::{FactId, Facts};
use law::{AmountPer, Answer, Gives, Judged, Library};
use sha2::{Digest, Sha256};
use values::AreaCode;

use crate::margin::scaled;
use crate::simulation::{Programme, Simulation};

/// Rights in the best combinations of one side: 0 the baseline, 1 the reform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// Rights.
    pub(crate) cases: u64,
    /// Persons who count in them.
    pub(crate) people: u64,
    /// Fen.
    pub(crate) fen: i64,
}

/// Households, their members, and by how much their help of a year changes (in fen, times the number of months asked).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) households: u64,
    pub(crate) people: u64,
    pub(crate) change: i64,
}

/// What is counted of a programme over all months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProgrammeTally {
    pub(crate) newly: u64,
    pub(crate) no_longer: u64,
    pub(crate) more: u64,
    pub(crate) less: u64,
    pub(crate) same: u64,
    pub(crate) borderline: u64,
    pub(crate) unknown: [u64; 2],
    pub(crate) by_person: [u64; 2],
    /// Each answer once: what is paid once or by the year.
    pub(crate) single: [Drawn; 2],
}

/// What is counted of a county.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CountyTally {
    pub(crate) all: Group,
    pub(crate) winners: Group,
    pub(crate) losers: Group,
    pub(crate) help: [i64; 2],
}

/// Households with an answer that is 还不知道 under the reform in the first month, and what it hangs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnknownTally {
    pub(crate) households: u64,
    /// No fact is missing: the books lack a figure, or none is in force.
    pub(crate) by_books: u64,
    /// For each fact: households that lack it, and those that lack nothing else.
    pub(crate) facts: BTreeMap<FactId, [u64; 2]>,
}

/// The place of 方案 beside 现行.
const REFORM: usize = 1;

/// County, programme, month.
type Cell = (AreaCode, usize, usize);

#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) months: usize,
    pub(crate) cells: BTreeMap<Cell, [Drawn; 2]>,
    pub(crate) programmes: Vec<ProgrammeTally>,
    pub(crate) counties: BTreeMap<AreaCode, CountyTally>,
    pub(crate) steps: BTreeMap<i8, Group>,
    pub(crate) borderline: Group,
    pub(crate) unsettled: u64,
    pub(crate) unknown: UnknownTally,
    pub(crate) digests: Vec<[u8; 32]>,
}

/// One programme's answers for one household or member over all months.
#[derive(Clone, Copy, Debug, Default)]
struct Lane {
    sides: [Side; 2],
}

#[derive(Clone, Copy, Debug, Default)]
struct Side {
    /// In so many months.
    drawn: u32,
    people: u64,
    sum: i64,
    largest: i64,
    unknown: bool,
    by_person: bool,
}

/// What was seen of one household.
#[derive(Clone, Debug, Default)]
struct Seen {
    lanes: Vec<Lane>,
    /// Not all combinations could be tried.
    is_cut: bool,
}

impl Seen {
    fn open(&mut self, lane: usize, side: usize, outcome: Answer) {
        let side = &mut self.lanes[lane].sides[side];
        match outcome {
            Answer::Eligible | Answer::Refused => {}
            Answer::Unknown => side.unknown = true,
            Answer::NeedsPerson => side.by_person = true,
        }
    }

    fn draw(&mut self, lane: usize, side: usize, drawn: Drawn) {
        let side = &mut self.lanes[lane].sides[side];
        side.drawn += 1;
        side.people = side.people.max(drawn.people);
        side.sum += drawn.fen;
        side.largest = side.largest.max(drawn.fen);
    }
}

/// Steps of gains and losses, yuan a month: up to and including.
pub(crate) const STEPS: [i64; 5] = [10, 50, 100, 200, 500];

impl Tally {
    pub(crate) fn new(programmes: usize, months: usize) -> Tally {
        Tally { months, programmes: vec![ProgrammeTally::default(); programmes], ..Tally::default() }
    }

    pub(crate) fn add(&mut self, other: Tally) {
        for (cell, sides) in other.cells {
            let into = self.cells.entry(cell).or_default();
            into.iter_mut().zip(sides).for_each(|(into, side)| into.add(side));
        }
        self.programmes.iter_mut().zip(other.programmes).for_each(|(into, from)| into.add(from));
        for (county, from) in other.counties {
            self.counties.entry(county).or_default().add(from);
        }
        for (step, group) in other.steps {
            self.steps.entry(step).or_default().add(group);
        }
        self.borderline.add(other.borderline);
        self.unsettled += other.unsettled;
        self.unknown.add(other.unknown);
        self.digests.extend(other.digests);
    }

    /// SHA-256 over the digests of the households, in their order.
    pub(crate) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        self.digests.iter().for_each(|digest| hash.update(digest));
        hex::encode(hash.finalize())
    }
}

impl Drawn {
    /// One right.
    fn of(right: &Judged) -> Drawn {
        let people = u64::from(right.verdict.counted.count_ones());
        Drawn { cases: 1, people, fen: right.verdict.amount.map_or(0, |amount| amount.fen()) }
    }

    pub(crate) fn add(&mut self, other: Drawn) {
        self.cases += other.cases;
        self.people += other.people;
        self.fen += other.fen;
    }
}

impl Group {
    pub(crate) fn add(&mut self, other: Group) {
        self.households += other.households;
        self.people += other.people;
        self.change += other.change;
    }
}

impl ProgrammeTally {
    fn add(&mut self, other: ProgrammeTally) {
        self.newly += other.newly;
        self.no_longer += other.no_longer;
        self.more += other.more;
        self.less += other.less;
        self.same += other.same;
        self.borderline += other.borderline;
        for side in 0..2 {
            self.unknown[side] += other.unknown[side];
            self.by_person[side] += other.by_person[side];
            self.single[side].add(other.single[side]);
        }
    }

    fn count(&mut self, lane: &Lane) {
        let [before, after] = lane.sides;
        match (before.drawn > 0, after.drawn > 0) {
            (false, true) => self.newly += 1,
            (true, false) => self.no_longer += 1,
            (true, true) if after.sum > before.sum => self.more += 1,
            (true, true) if after.sum < before.sum => self.less += 1,
            (true, true) => self.same += 1,
            (false, false) => {}
        }
        for (at, side) in lane.sides.iter().enumerate() {
            self.unknown[at] += u64::from(side.unknown);
            self.by_person[at] += u64::from(side.by_person);
            let once = side.drawn > 0;
            self.single[at].add(Drawn { cases: once.into(), people: side.people, fen: side.largest });
        }
    }
}

impl UnknownTally {
    fn add(&mut self, other: UnknownTally) {
        self.households += other.households;
        self.by_books += other.by_books;
        for (fact, [lack, alone]) in other.facts {
            let into = self.facts.entry(fact).or_default();
            into[0] += lack;
            into[1] += alone;
        }
    }

    fn count(&mut self, lacking: &[FactId]) {
        self.households += 1;
        self.by_books += u64::from(lacking.is_empty());
        for &fact in lacking {
            let into = self.facts.entry(fact).or_default();
            into[0] += 1;
            into[1] += u64::from(lacking.len() == 1);
        }
    }
}

impl CountyTally {
    fn add(&mut self, other: CountyTally) {
        self.all.add(other.all);
        self.winners.add(other.winners);
        self.losers.add(other.losers);
        self.help.iter_mut().zip(other.help).for_each(|(into, from)| *into += from);
    }
}

/// Which step a change of a month's help is: 0 none, 1 … 6 a gain, -1 … -6 a loss.
fn step(change_fen: i64) -> i8 {
    let beyond = STEPS.iter().filter(|edge| change_fen.abs() > **edge * 100).count() as i8;
    (beyond + 1) * change_fen.signum() as i8
}

impl Simulation<'_> {
    /// Counts a piece of households.
    pub(crate) fn weigh(&self, households: &[Facts]) -> Tally {
        let question = &self.question;
        let mut tally = Tally::new(self.programmes.len(), question.months.len());
        let lanes = |facts: &Facts| vec![Lane::default(); self.lanes_of(facts)];
        let mut seen: Vec<Seen> =
            households.iter().map(|facts| Seen { lanes: lanes(facts), ..Seen::default() }).collect();
        for (month_at, &month) in question.months.iter().enumerate() {
            for (side, library) in [question.baseline, question.reform].into_iter().enumerate() {
                let numbers = self.numbers(side, library);
                let together = library.combine_bulk(month, households);
                if (month_at, side) == (0, REFORM) {
                    let lacking = library.lacking_bulk(month, households, &together);
                    lacking.into_iter().flatten().for_each(|lacking| tally.unknown.count(&lacking));
                }
                for ((facts, together), seen) in households.iter().zip(together).zip(&mut seen) {
                    let number = |one: &Judged| numbers[usize::from(one.programme)];
                    for one in &together.judged {
                        seen.open(lane_of(facts, number(one), one.member), side, one.verdict.outcome);
                    }
                    for one in &together.drawn {
                        let cell = (facts.area.county(), number(one), month_at);
                        let drawn = Drawn::of(one);
                        seen.draw(lane_of(facts, number(one), one.member), side, drawn);
                        tally.cells.entry(cell).or_default()[side].add(drawn);
                    }
                    seen.is_cut |= together.is_cut;
                }
            }
        }
        for (facts, seen) in households.iter().zip(&seen) {
            self.sum_up(facts, seen, &mut tally);
        }
        self.look_around(households, &mut tally);
        tally
    }

    /// One lane for the household and one for each member, of each programme.
    fn lanes_of(&self, facts: &Facts) -> usize {
        self.programmes.len() * (facts.members.len() + 1)
    }

    /// The number here of each programme of a library.
    fn numbers(&self, side: usize, library: &Library) -> Vec<usize> {
        let here = |place| self.programmes.iter().position(|it: &Programme| it.places[side] == Some(place));
        (0..library.programmes().len()).map(|place| here(place).expect("every programme was gathered")).collect()
    }

    fn sum_up(&self, facts: &Facts, seen: &Seen, tally: &mut Tally) {
        let months = tally.months as i64;
        let mut help = [0_i64; 2];
        let mut unsettled = seen.is_cut;
        for (number, lane) in seen.lanes.iter().enumerate() {
            let programme = number / (facts.members.len() + 1);
            tally.programmes[programme].count(lane);
            unsettled |= lane.sides.iter().any(|side| side.unknown || side.by_person);
            for (help, side) in help.iter_mut().zip(&lane.sides) {
                *help += match self.programmes[programme].info.gives {
                    Gives::Money(AmountPer::Month) => 12 * side.sum,
                    Gives::Money(AmountPer::Year) => months * side.largest,
                    Gives::Money(AmountPer::Once) | Gives::Recognition | Gives::Services => 0,
                };
            }
        }
        let people = facts.members.len() as u64;
        let group = Group { households: 1, people, change: help[1] - help[0] };
        let county = tally.counties.entry(facts.area.county()).or_default();
        county.all.add(group);
        county.help.iter_mut().zip(help).for_each(|(into, help)| *into += help);
        match group.change.signum() {
            1 => county.winners.add(group),
            -1 => county.losers.add(group),
            _ => {}
        }
        // a change smaller than a fen a month is still a change
        let a_month = group.change / (12 * months);
        let a_month = if a_month == 0 { group.change.signum() } else { a_month };
        tally.steps.entry(step(a_month)).or_default().add(group);
        tally.unsettled += u64::from(unsettled);
        tally.digests.push(facts.digest());
    }

    /// 临界: whose answer turns when all their money is a little less or more.
    fn look_around(&self, households: &[Facts], tally: &mut Tally) {
        let Some(percent) = self.question.margin_percent else { return };
        let (library, month) = (self.question.reform, self.question.months[0]);
        let numbers = self.numbers(1, library);
        let form = library.form();
        let at = |percent: u8| -> Vec<Facts> { households.iter().map(|facts| scaled(form, facts, percent)).collect() };
        let here = library.determine_bulk(month, households);
        let below = library.determine_bulk(month, &at(100 - percent));
        let above = library.determine_bulk(month, &at(100 + percent));
        for (((facts, here), below), above) in households.iter().zip(here).zip(below).zip(above) {
            let mut turns = false;
            for ((here, below), above) in here.iter().zip(&below).zip(&above) {
                if turned(here, below) || turned(here, above) {
                    tally.programmes[numbers[usize::from(here.programme)]].borderline += 1;
                    turns = true;
                }
            }
            if turns {
                tally.borderline.add(Group { households: 1, people: facts.members.len() as u64, change: 0 });
            }
        }
    }
}

fn turned(one: &Judged, other: &Judged) -> bool {
    let settled = [(Answer::Eligible, Answer::Refused), (Answer::Refused, Answer::Eligible)];
    settled.contains(&(one.verdict.outcome, other.verdict.outcome))
}

fn lane_of(facts: &Facts, programme: usize, member: Option<u16>) -> usize {
    programme * (facts.members.len() + 1) + member.map_or(0, |member| usize::from(member) + 1)
}
