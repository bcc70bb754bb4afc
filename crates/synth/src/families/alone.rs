//! People who come alone: supported persons (特困), elders of eighty and more, the severely disabled of families
//! that are not poor.

use values::AreaCode;

use super::{draw, draw_by_age_and_card, household, payee_of, programme};
use crate::maker::Maker;
use crate::person::*;

/// A supported person (特困人员), at home or in the township's home for the aged; sometimes two brothers.
pub(crate) fn tekun(maker: &mut Maker, area: AreaCode, hukou: Hukou, at_most: usize) -> Household {
    let surname = maker.surname();
    let mut members = vec![supported(maker, area, Relation::Head, surname)];
    let home = members[0].provision == Provision::Home;
    if at_most >= 2 && home && maker.dice.per_mille(25) {
        let mut brother = supported(maker, area, Relation::Sibling, surname);
        brother.provision = Provision::Home;
        members.push(brother);
    }
    let mut family = household(maker, area, hukou, members);
    family.houses = u8::from(family.members[0].provision == Provision::Home);
    for member in 0..family.members.len() {
        let payee = match family.members[member].provision {
            Provision::Institution => Payee::Institution,
            Provision::None | Provision::Home => payee_of(maker, &family, member),
        };
        draw(maker, &mut family, programme::TEKUN, member, payee);
        if family.members[member].age_on(maker.today()) >= super::OLD_AGE_FROM {
            draw(maker, &mut family, programme::OLD_AGE, member, payee);
        }
    }
    family
}

fn supported(maker: &mut Maker, area: AreaCode, relation: Relation, surname: &str) -> Person {
    let young = maker.dice.per_mille(55);
    let sex = maker.sex(840);
    let age = if young {
        maker.dice.between(24, 58)
    } else {
        maker.dice.weighted(&[(34, 60), (33, 66), (22, 73), (11, 80)]) + maker.dice.between(0, 6)
    };
    let mut person = maker.person(area, relation, sex, age, surname);
    person.marriage = maker.dice.weighted(&[(88, Marriage::Single), (9, Marriage::Widowed), (3, Marriage::Divorced)]);
    maker.ask_means(&mut person);
    person.self_care = maker.dice.weighted(&[(80, SelfCare::Able), (13, SelfCare::Half), (7, SelfCare::None)]);
    if young {
        person.impairment = maker.dice.weighted(&[(5, Impairment::Mind), (4, Impairment::Mental)]);
        person.grade = maker.dice.weighted(&[(4, Grade::First), (6, Grade::Second)]);
        person.work = Work::Unable;
    }
    let in_home = if person.self_care == SelfCare::Able { 90 } else { 420 };
    person.provision = if maker.dice.per_mille(in_home) { Provision::Institution } else { Provision::Home };
    person.marks.on_tekun = true;
    person
}

/// One or two elders who draw nothing but the age allowance.
pub(crate) fn elders(maker: &mut Maker, area: AreaCode, hukou: Hukou, at_most: usize) -> Household {
    let surname = maker.surname();
    let couple = at_most >= 2 && maker.dice.per_mille(230);
    let sex = if couple { Sex::Male } else { maker.sex(390) };
    let age = very_old_age(maker);
    let mut members = vec![very_old(maker, area, Relation::Head, sex, age, surname)];
    if couple {
        let (wife_surname, wife_age) = (maker.surname(), (age - maker.dice.between(-2, 6)).max(80));
        members.push(very_old(maker, area, Relation::Spouse, Sex::Female, wife_age, wife_surname));
        members.iter_mut().for_each(|m| m.marriage = Marriage::Married);
    }
    let mut family = household(maker, area, hukou, members);
    for member in 0..family.members.len() {
        draw_by_age_and_card(maker, &mut family, member);
    }
    family
}

/// An age of eighty and more: few are over ninety, very few over a hundred.
pub(super) fn very_old_age(maker: &mut Maker) -> i64 {
    match maker.dice.below(1_000) {
        0..=3 => maker.dice.between(100, 104),
        4..=29 => maker.dice.between(95, 99),
        30..=139 => maker.dice.between(90, 94),
        140..=399 => maker.dice.between(85, 89),
        _ => maker.dice.between(80, 84),
    }
}

/// An elder of that age.
pub(super) fn very_old(
    maker: &mut Maker,
    area: AreaCode,
    relation: Relation,
    sex: Sex,
    age: i64,
    surname: &str,
) -> Person {
    let mut person = maker.person(area, relation, sex, age, surname);
    person.marriage = Marriage::Widowed;
    person.self_care = maker.dice.weighted(&[(86, SelfCare::Able), (10, SelfCare::Half), (4, SelfCare::None)]);
    if maker.dice.per_mille(35) {
        maker.disable(&mut person, &[(1, Grade::Third), (1, Grade::Fourth)]);
    }
    person
}

/// A severely disabled person of a family that is not poor: the nursing allowance alone.
pub(crate) fn severely_disabled(maker: &mut Maker, area: AreaCode, hukou: Hukou) -> Household {
    let surname = maker.surname();
    let (age, sex) = (maker.dice.weighted(&[(10, 5), (25, 18), (30, 38), (35, 58)]), maker.sex(560));
    let age = age + maker.dice.between(0, 12);
    let child = age < 18;
    let relation = if child { Relation::Child } else { Relation::Head };
    let mut person = maker.person(area, relation, sex, age, surname);
    maker.disable(&mut person, &[(3, Grade::First), (5, Grade::Second)]);
    let mut members = Vec::new();
    if child {
        let age = age + maker.dice.between(24, 34);
        let mut parent = maker.person(area, Relation::Head, Sex::Male, age, surname);
        parent.marriage = Marriage::Married;
        members.push(parent);
    }
    let at = members.len();
    members.push(person);
    if !child && age > 26 && maker.dice.per_mille(450) {
        let spouse_surname = maker.surname();
        let other = if sex == Sex::Male { Sex::Female } else { Sex::Male };
        let age = (age - maker.dice.between(0, 4)).max(23);
        let spouse = maker.person(area, Relation::Spouse, other, age, spouse_surname);
        members.push(spouse);
        members.iter_mut().for_each(|m| m.marriage = Marriage::Married);
    }
    let mut family = household(maker, area, hukou, members);
    draw_by_age_and_card(maker, &mut family, at);
    family
}
