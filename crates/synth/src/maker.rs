//! Makes one invented person at a time: name, number, card, and the facts most people share.

use std::collections::HashMap;

use values::{AreaCode, Day, Fen, Month};

use crate::dice::Dice;
use crate::names;
use crate::numbers::{self, Accounts, IdNumbers};
use crate::person::*;

/// Ages at which some programme begins or ends: no recipient has such a birthday in the months the city is looked at,
/// so that the amounts of one month are those of the next.
const TURNING_AGES: &[i64] = &[3, 6, 16, 18, 60, 65, 70, 80, 90, 100];

/// Months after the roster's in which no recipient turns such an age.
const QUIET_MONTHS: i32 = 4;

/// The bench where people are made.
pub(crate) struct Maker {
    pub(crate) dice: Dice,
    numbers: IdNumbers,
    accounts: Accounts,
    month: Month,
    /// The last name given in each village: homonyms live next door.
    last_name: HashMap<(AreaCode, Sex), Box<str>>,
}

impl Maker {
    pub(crate) fn new(dice: Dice, month: Month) -> Maker {
        Maker { dice, numbers: IdNumbers::default(), accounts: Accounts::new(), month, last_name: HashMap::new() }
    }

    /// The day ages are counted on: the last of the month.
    pub(crate) fn today(&self) -> Day {
        self.month.last_day()
    }

    /// The month last paid.
    pub(crate) fn month(&self) -> Month {
        self.month
    }

    /// A birthday giving that age today, and no threshold within the quiet months.
    fn quiet_birth(&mut self, age: i64) -> Day {
        let (first, last) = (self.month.first_day(), self.month.plus(QUIET_MONTHS).last_day());
        loop {
            let birth = self.dice.birth_at_age(age, self.today());
            let turns = |years: &i64| first.age_of_birth(birth) < *years && last.age_of_birth(birth) >= *years;
            if !TURNING_AGES.iter().any(turns) {
                return birth;
            }
        }
    }

    /// A person of the household, with the facts most people share; the caller changes what is different.
    pub(crate) fn person(&mut self, area: AreaCode, relation: Relation, sex: Sex, age: i64, surname: &str) -> Person {
        let birth = self.quiet_birth(age);
        self.person_born(area, relation, sex, birth, surname)
    }

    /// The same, of a given birthday.
    pub(crate) fn person_born(
        &mut self,
        area: AreaCode,
        relation: Relation,
        sex: Sex,
        birth: Day,
        surname: &str,
    ) -> Person {
        let age = self.today().age_of_birth(birth);
        let name = self.name(area, sex, birth, surname);
        let id = self.numbers.next(birth, sex).into_boxed_str();
        let adult = age >= 18;
        Person {
            name,
            id,
            phone: (adult && self.dice.per_mille(880)).then(|| numbers::phone(&mut self.dice).into_boxed_str()),
            sex,
            birth,
            relation,
            status: Status::Home,
            marriage: Marriage::Single,
            study: self.study_at(age),
            impairment: Impairment::None,
            grade: Grade::None,
            work: work_at(age),
            self_care: SelfCare::Able,
            parents: Parents::Normal,
            upbringing: Upbringing::None,
            provision: Provision::None,
            years_away: 0,
            marks: usual_marks(relation),
            means: None,
            account: None,
        }
    }

    fn name(&mut self, area: AreaCode, sex: Sex, birth: Day, surname: &str) -> Box<str> {
        let made = names::person_name(&mut self.dice, surname, sex, birth.year()).into_boxed_str();
        let homonym = self.dice.per_mille(6);
        let last = self.last_name.entry((area, sex)).or_insert_with(|| made.clone());
        if homonym {
            return last.clone();
        }
        *last = made.clone();
        made
    }

    fn study_at(&mut self, age: i64) -> Study {
        match age {
            3..=5 => Study::Nursery,
            6..=14 => Study::School,
            15..=17 => self.dice.weighted(&[(62, Study::Senior), (38, Study::Vocational)]),
            18..=21 => self.dice.weighted(&[(30, Study::Bachelor), (30, Study::College), (40, Study::None)]),
            _ => Study::None,
        }
    }

    /// A surname; children take their father's.
    pub(crate) fn surname(&mut self) -> &'static str {
        names::surname(&mut self.dice)
    }

    /// A man or a woman, so many of a thousand men.
    pub(crate) fn sex(&mut self, men_per_mille: u64) -> Sex {
        if self.dice.per_mille(men_per_mille) { Sex::Male } else { Sex::Female }
    }

    /// A number from `low` to `high` yuan, in steps of ten.
    pub(crate) fn yuan(&mut self, low: i64, high: i64) -> Fen {
        Fen::yuan(self.dice.stepped(low, high, 10))
    }

    /// Opens the account that takes a member's money.
    pub(crate) fn open_account(&mut self, person: &mut Person) {
        if person.account.is_none() {
            person.account = Some(self.new_account());
        }
    }

    /// An account of nobody yet.
    pub(crate) fn new_account(&mut self) -> Box<str> {
        self.accounts.next(&mut self.dice).into_boxed_str()
    }

    /// Gives a disability (most of the body, then mind and mental) of one of these grades, with what follows from it.
    pub(crate) fn disable(&mut self, person: &mut Person, grades: &[(u64, Grade)]) {
        person.impairment = self.dice.weighted(&[
            (46, Impairment::Body),
            (14, Impairment::Mind),
            (14, Impairment::Mental),
            (10, Impairment::Sight),
            (8, Impairment::Hearing),
            (3, Impairment::Speech),
            (5, Impairment::Several),
        ]);
        person.grade = self.dice.weighted(grades);
        (person.work, person.self_care) = match person.grade {
            Grade::First => (Work::Unable, self.dice.weighted(&[(5, SelfCare::None), (5, SelfCare::Half)])),
            Grade::Second => (Work::Unable, self.dice.weighted(&[(3, SelfCare::Half), (7, SelfCare::Able)])),
            Grade::Third if person.work == Work::Able => (Work::Partly, SelfCare::Able),
            Grade::None | Grade::Third | Grade::Fourth => (person.work, person.self_care),
        };
    }

    /// Means of a person whose household was asked: nothing yet, but known to be nothing.
    pub(crate) fn ask_means(&mut self, person: &mut Person) {
        let age = person.age_on(self.today());
        let mut means = Means::default();
        if age >= 60 {
            means.central_pension = Fen::yuan(self.dice.between(93, 103));
            means.pension = means.central_pension + Fen::yuan(self.dice.between(8, 74));
        }
        if (18..60).contains(&age) {
            means.insurance_paid = Fen::yuan(self.dice.weighted(&[(3, 0), (4, 10), (3, 25)]));
        }
        if age >= 18 {
            means.deposits = self.yuan(0, 3_600);
            person.marks.motorcycle = self.dice.per_mille(70);
            person.marks.vehicle = person.marks.motorcycle; // the form asks for a motorcycle among the vehicles
        }
        person.means = Some(Box::new(means));
    }
}

/// Who can work at which age, health apart: minors and people of 60 and more are without ability (民发〔2021〕43号 第五条).
fn work_at(age: i64) -> Work {
    match age {
        16..=59 => Work::Able,
        _ => Work::Unable,
    }
}

fn usual_marks(relation: Relation) -> Marks {
    let obliged = matches!(relation, Relation::Spouse | Relation::Child | Relation::Parent);
    Marks {
        ill: false,
        lives_together: true,
        obliged,
        clergy: false,
        vehicle: false,
        mobility_vehicle: false,
        motorcycle: false,
        business: false,
        supporter: false,
        supporter_able: false,
        work_injury_care: false,
        hunan: true,
        on_tekun: false,
        on_orphan: false,
    }
}
