//! The whole city: how many families of which kind, where, and what the policy books give them.

use values::{AreaCode, Fen, Month};

use crate::dice::Dice;
use crate::families::{self, Gap};
use crate::judge::{Judge, Verdict};
use crate::maker::Maker;
use crate::person::*;
use crate::places::{Places, Village};
use crate::plan::Plan;
use crate::surprises::{self, Surprise};

/// A whole invented city on real villages.
pub struct City {
    pub(crate) seed: u64,
    pub(crate) month: Month,
    pub(crate) places: Places,
    pub(crate) households: Vec<Household>,
    pub(crate) institutions: Vec<Institution>,
    pub(crate) surprises: Vec<Surprise>,
    /// Name and number of people other departments know and the bureau does not.
    pub(crate) strangers: Vec<(Box<str>, Box<str>)>,
}

/// A home that takes the money of those it cares for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Institution {
    /// The township of a home for the aged (敬老院), the city of the children's home (儿童福利院).
    pub area: AreaCode,
    /// Its name, which is the account's.
    pub name: Box<str>,
    /// Its account.
    pub account: Box<str>,
}

/// Why no city could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CityError {
    /// The table of areas is not one of a city.
    #[error("区划表不能用：{0}")]
    Areas(String),
    /// The form lacks a fact the city knows.
    #[error("{0}")]
    Form(String),
    /// The policy books refuse family after family that should draw a benefit.
    #[error("政策书一再不同意合成的家庭：{0}")]
    LawDisagrees(String),
}

/// So many refusals in a row, and the city gives up: then the makers and the books do not fit.
const PATIENCE: usize = 2_000;

/// Families judged at a time: small enough that the money steers, large enough to be quick.
const BATCH: usize = 1_000;

/// Never-applied and ineligible families on file, in thousandths of the people who draw.
const DIBAO_NEVER_APPLIED: usize = 6;
const ELDERS_NEVER_APPLIED: usize = 6;
const NURSING_NEVER_APPLIED: usize = 3;
const NEIGHBOURS: usize = 12;

/// Strangers in the departments' extracts, in thousandths of the people who draw.
const STRANGERS: usize = 24;

impl City {
    /// Makes the city: exactly `people_drawing` distinct persons draw support in `month`, the month last paid.
    ///
    /// # Errors
    /// [`CityError`] when the areas, the form or the policy books do not fit a city.
    pub fn generate(
        seed: u64,
        people_drawing: usize,
        areas_csv: &str,
        month: Month,
        library: &law::Library,
    ) -> Result<City, CityError> {
        let judge = crate::books::Books::of(library, month)?;
        City::generate_judged(seed, people_drawing, areas_csv, month, &judge)
    }

    pub(crate) fn generate_judged(
        seed: u64,
        people: usize,
        areas_csv: &str,
        month: Month,
        judge: &dyn Judge,
    ) -> Result<City, CityError> {
        let places = Places::from_csv(areas_csv, &mut Dice::new(seed, 1))?;
        let unreached = [Hukou::Rural, Hukou::Urban].map(|hukou| places.of(hukou));
        let mut works =
            Works { maker: Maker::new(Dice::new(seed, 2), month), places, judge, households: Vec::new(), unreached };
        let plan = Plan::of(people);
        works.people_of_one_programme(&plan)?;
        works.dibao(&plan)?;
        works.others(people)?;
        let strangers = works.strangers(people * STRANGERS / 1_000);
        let Works { maker, places, households, .. } = works;
        let (institutions, surprises) = (Vec::new(), Vec::new());
        let mut city = City { seed, month, places, households, institutions, surprises, strangers };
        city.settle(&mut Dice::new(seed, 3));
        city.open_institutions(maker);
        city.surprises = surprises::of(&city, &mut Dice::new(seed, 4));
        Ok(city)
    }

    /// Orders the households as a register does, by village, and numbers them.
    fn settle(&mut self, dice: &mut Dice) {
        let mut keyed: Vec<(AreaCode, u64, Household)> =
            self.households.drain(..).map(|household| (household.area, dice.below(1 << 48), household)).collect();
        keyed.sort_by_key(|(area, at, _)| (*area, *at));
        let (mut village, mut number) = (AreaCode::NATION, 0);
        for (area, _, mut household) in keyed {
            number = if area == village { number + 1 } else { 1 };
            village = area;
            household.number = format!("{village}{number:04}").into_boxed_str();
            self.households.push(household);
        }
    }

    fn open_institutions(&mut self, mut maker: Maker) {
        let mut areas: Vec<AreaCode> = self.households.iter().filter_map(institution_area).collect();
        areas.sort_unstable();
        areas.dedup();
        self.institutions = areas
            .into_iter()
            .map(|area| Institution {
                area,
                name: self.institution_name(&area).into_boxed_str(),
                account: maker.new_account(),
            })
            .collect();
    }

    fn institution_name(&self, area: &AreaCode) -> String {
        match self.places.villages.iter().find(|village| village.code.township() == *area) {
            Some(village) => format!("{}敬老院", village.township),
            None => "湘潭市儿童福利院（示例）".to_owned(),
        }
    }

    /// The households, by village.
    pub fn households(&self) -> &[Household] {
        &self.households
    }

    /// The villages, by code.
    pub fn villages(&self) -> &[Village] {
        &self.places.villages
    }

    /// What is true and no roster says: who is due what and never asked, as place in [`City::households`] and benefit.
    pub fn truth(&self) -> impl Iterator<Item = (usize, Due)> + '_ {
        self.households.iter().enumerate().flat_map(|(at, household)| household.due.iter().map(move |due| (at, *due)))
    }

    /// The month last paid.
    pub fn month(&self) -> Month {
        self.month
    }

    /// What the departments' extracts will tell that the rosters do not.
    pub fn surprises(&self) -> &[Surprise] {
        &self.surprises
    }

    /// Name and account of whoever takes a benefit's money.
    pub fn payee<'a>(&'a self, household: &'a Household, draw: &Draw) -> (&'a str, &'a str) {
        match draw.payee {
            Payee::Member(member) => {
                let person = &household.members[usize::from(member)];
                (&person.name, person.account.as_deref().expect("a payee has an account"))
            }
            Payee::Institution => {
                let area = institution_area(household).expect("a household with an institution's draw");
                let at = self.institutions.binary_search_by_key(&area, |home| home.area).expect("opened for it");
                (&self.institutions[at].name, &self.institutions[at].account)
            }
        }
    }
}

/// Which institution a household's money goes to, if any does.
fn institution_area(household: &Household) -> Option<AreaCode> {
    let draw = household.draws.iter().find(|draw| draw.payee == Payee::Institution)?;
    match draw.programme {
        families::programme::ORPHAN => Some(household.area.at(values::AreaLevel::City)),
        _ => Some(household.area.township()),
    }
}

/// The city while it is being made.
struct Works<'a> {
    maker: Maker,
    places: Places,
    judge: &'a dyn Judge,
    households: Vec<Household>,
    /// Villages where nobody lives yet, rural and urban: they come first, so that none stays empty.
    unreached: [Vec<AreaCode>; 2],
}

/// Makes one household of at most so many drawing people.
type Make<'m> = dyn FnMut(&mut Maker, AreaCode, Hukou, usize) -> Household + 'm;

impl Works<'_> {
    /// Makes households until exactly `people` more persons draw and the books agree to every one of them.
    fn fill(&mut self, people: usize, rural_per_mille: u64, make: &mut Make<'_>) -> Result<Fen, CityError> {
        let (mut left, mut money, mut refused) = (people, Fen::ZERO, 0);
        while left > 0 {
            let mut batch = Vec::new();
            let mut open = left;
            while open > 0 && batch.len() < BATCH {
                let (area, hukou) = self.somewhere(rural_per_mille);
                let family = make(&mut self.maker, area, hukou, open);
                open -= drawing(&family);
                batch.push(family);
            }
            let verdicts = self.judge.judge(&mut batch);
            for (family, verdict) in batch.into_iter().zip(verdicts) {
                match verdict {
                    Verdict::Agreed => {
                        left -= drawing(&family);
                        money += family.draws.iter().map(|draw| draw.amount).sum();
                        self.households.push(family);
                        refused = 0;
                    }
                    Verdict::Disagreed(why) => {
                        self.unreached[kind(family.hukou)].push(family.area);
                        refused += 1;
                        if refused > PATIENCE {
                            return Err(CityError::LawDisagrees(why));
                        }
                    }
                }
            }
        }
        Ok(money)
    }

    fn somewhere(&mut self, rural_per_mille: u64) -> (AreaCode, Hukou) {
        let dice = &mut self.maker.dice;
        let hukou = if dice.per_mille(rural_per_mille) { Hukou::Rural } else { Hukou::Urban };
        let first = self.unreached[kind(hukou)].pop();
        (first.unwrap_or_else(|| self.places.draw(dice, hukou).code), hukou)
    }

    fn people_of_one_programme(&mut self, plan: &Plan) -> Result<(), CityError> {
        self.fill(plan.elders, 640, &mut families::elders)?;
        self.fill(plan.nursing, 600, &mut |maker, area, hukou, _| families::severely_disabled(maker, area, hukou))?;
        self.fill(plan.tekun, 950, &mut families::tekun)?;
        self.fill(plan.orphans, 760, &mut families::orphans)?;
        self.fill(plan.unattended, 760, &mut families::unattended)?;
        Ok(())
    }

    /// Dibao last: its money is what is left of the city's, and each batch aims at what the earlier ones missed.
    fn dibao(&mut self, plan: &Plan) -> Result<(), CityError> {
        let spent: Fen = self.households.iter().flat_map(|h| &h.draws).map(|draw| draw.amount).sum();
        let mut steering = Steering::new(plan, plan.money() - spent);
        while let Some((hukou, people)) = steering.next_batch() {
            let (judge, lacking) = (self.judge, steering.lacking(hukou));
            let rural = if hukou == Hukou::Rural { 1_000 } else { 0 };
            let money = self.fill(people, rural, &mut |maker, area, hukou, open| {
                let standard = judge.dibao_standard(&area, hukou);
                let gap = Gap { standard, lacking: spread(maker, lacking, standard) };
                families::dibao(maker, area, hukou, open, gap)
            })?;
            steering.note(hukou, people, money);
        }
        Ok(())
    }

    /// Families that draw nothing: due something, or not.
    fn others(&mut self, people: usize) -> Result<(), CityError> {
        let judge = self.judge;
        self.add(people * DIBAO_NEVER_APPLIED / 1_000, &mut |maker, area, hukou| {
            let standard = judge.dibao_standard(&area, hukou);
            let lacking = Fen::new(standard.fen() * maker.dice.between(20, 80) / 100);
            families::dibao_never_applied(maker, area, hukou, Gap { standard, lacking })
        })?;
        self.add(people * ELDERS_NEVER_APPLIED / 1_000, &mut families::elder_never_applied)?;
        self.add(people * NURSING_NEVER_APPLIED / 1_000, &mut families::nursing_never_applied)?;
        self.add(people * NEIGHBOURS / 1_000, &mut |maker, area, hukou| {
            families::neighbour(maker, area, hukou, judge.dibao_standard(&area, hukou))
        })
    }

    fn strangers(&mut self, people: usize) -> Vec<(Box<str>, Box<str>)> {
        (0..people)
            .map(|_| {
                let (surname, sex) = (self.maker.surname(), self.maker.sex(500));
                let age = self.maker.dice.between(6, 78);
                let person = self.maker.person(AreaCode::NATION, Relation::Head, sex, age, surname);
                (person.name, person.id)
            })
            .collect()
    }

    fn add(
        &mut self,
        families: usize,
        make: &mut dyn FnMut(&mut Maker, AreaCode, Hukou) -> Household,
    ) -> Result<(), CityError> {
        let (mut left, mut refused) = (families, 0);
        while left > 0 {
            let mut batch: Vec<Household> = (0..left.min(BATCH))
                .map(|_| {
                    let (area, hukou) = self.somewhere(700);
                    make(&mut self.maker, area, hukou)
                })
                .collect();
            let verdicts = self.judge.judge(&mut batch);
            for (family, verdict) in batch.into_iter().zip(verdicts) {
                match verdict {
                    Verdict::Agreed => {
                        left -= 1;
                        self.households.push(family);
                    }
                    Verdict::Disagreed(why) if refused >= PATIENCE => return Err(CityError::LawDisagrees(why)),
                    Verdict::Disagreed(_) => refused += 1,
                }
            }
        }
        Ok(())
    }
}

/// Place in a pair of rural and urban.
fn kind(hukou: Hukou) -> usize {
    match hukou {
        Hukou::Rural => 0,
        Hukou::Urban => 1,
    }
}

/// Half to one and a half times what families lack on average, within what a family can lack.
fn spread(maker: &mut Maker, lacking: Fen, standard: Fen) -> Fen {
    let wished = lacking.fen() * maker.dice.between(50, 150) / 100;
    Fen::new(wished.clamp(standard.fen() / 30, standard.fen()))
}

/// How many distinct persons of the household draw: counted in dibao, or with a benefit of their own.
pub(crate) fn drawing(household: &Household) -> usize {
    let counted = household.draws.iter().filter(|draw| draw.programme == families::programme::DIBAO);
    let counted = counted.map(|draw| usize::from(draw.counted)).max().unwrap_or(0);
    // the counted members of a dibao family stand first
    let others = (counted..household.members.len())
        .filter(|member| household.draws.iter().any(|draw| usize::from(draw.member) == *member))
        .count();
    counted + others
}

/// Aims dibao at the money that is left.
struct Steering {
    /// Persons still to come.
    left: [usize; 2],
    /// Persons aimed at together: a fortieth of all, so that a small city is steered too.
    batch: usize,
    money: Fen,
    /// What a person of each kind cost beyond the gap aimed at (allowances, incomes that did not fit).
    beyond: [Fen; 2],
}

/// An urban family lacks about this much more than a rural one (Hunan 2020: 386 to 251 yuan a head), in tenths.
const URBAN_TENTHS: i64 = 16;

impl Steering {
    fn new(plan: &Plan, money: Fen) -> Steering {
        let left = [plan.rural_dibao, plan.urban_dibao];
        Steering { left, batch: (left[0] + left[1]) / 40 + 1, money, beyond: [Fen::ZERO; 2] }
    }

    /// The next so many persons, of the kind of which more are left.
    fn next_batch(&self) -> Option<(Hukou, usize)> {
        let [rural, urban] = self.left;
        let (hukou, left) = if rural >= urban * 3 { (Hukou::Rural, rural) } else { (Hukou::Urban, urban) };
        (rural + urban > 0).then_some((hukou, left.min(self.batch)))
    }

    /// What a person of that kind should lack on average, from now on.
    fn lacking(&self, hukou: Hukou) -> Fen {
        let [rural, urban] = self.left.map(|people| people as i64);
        let beyond = self.beyond[0] * rural + self.beyond[1] * urban;
        let shares = (rural * 10 + urban * URBAN_TENTHS).max(1);
        let share = (self.money - beyond).fen().max(0) / shares;
        Fen::new(share * if hukou == Hukou::Rural { 10 } else { URBAN_TENTHS })
    }

    fn note(&mut self, hukou: Hukou, people: usize, money: Fen) {
        let aimed = self.lacking(hukou) * people as i64;
        let kind = kind(hukou);
        self.beyond[kind] = Fen::new((money - aimed).fen() / people as i64);
        self.left[kind] -= people;
        self.money -= money;
    }
}
