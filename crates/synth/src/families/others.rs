//! Families on file that draw nothing: those who are due something and never asked, and their neighbours who are not.

use values::{AreaCode, Fen};

use super::alone::{severely_disabled, very_old, very_old_age};
use super::dibao::{Gap, dibao, earn};
use super::household;
use crate::maker::Maker;
use crate::person::*;

/// A family that would get dibao and never applied.
pub(crate) fn dibao_never_applied(maker: &mut Maker, area: AreaCode, hukou: Hukou, gap: Gap) -> Household {
    let mut family = dibao(maker, area, hukou, 3, gap);
    family.on_dibao = false;
    family.draws.clear();
    family.truth = Truth::NeverApplied;
    family.members.iter_mut().for_each(|member| member.account = None);
    family
}

/// An elder who never asked for the age allowance.
pub(crate) fn elder_never_applied(maker: &mut Maker, area: AreaCode, hukou: Hukou) -> Household {
    let (surname, sex) = (maker.surname(), maker.sex(400));
    let age = very_old_age(maker);
    let elder = very_old(maker, area, Relation::Head, sex, age, surname);
    let mut family = household(maker, area, hukou, vec![elder]);
    family.truth = Truth::NeverApplied;
    family
}

/// A severely disabled person who never asked for the nursing allowance.
pub(crate) fn nursing_never_applied(maker: &mut Maker, area: AreaCode, hukou: Hukou) -> Household {
    let mut family = severely_disabled(maker, area, hukou);
    family.draws.clear();
    family.truth = Truth::NeverApplied;
    family.members.iter_mut().for_each(|member| member.account = None);
    family
}

/// A family that was asked for everything and is due nothing: it earns enough, or owns a car, savings, a firm.
pub(crate) fn neighbour(maker: &mut Maker, area: AreaCode, hukou: Hukou, standard: Fen) -> Household {
    let surname = maker.surname();
    let age = maker.dice.between(30, 57);
    let mut members = vec![maker.person(area, Relation::Head, Sex::Male, age, surname)];
    if maker.dice.per_mille(750) {
        let wife_surname = maker.surname();
        members.push(maker.person(area, Relation::Spouse, Sex::Female, (age - 2).max(24), wife_surname));
        members.iter_mut().for_each(|m| m.marriage = Marriage::Married);
    }
    if maker.dice.per_mille(500) {
        let (sex, child) = (maker.sex(520), (age - 26).clamp(3, 17));
        members.push(maker.person(area, Relation::Child, sex, child, surname));
    }
    for person in &mut members {
        maker.ask_means(person);
    }
    bar(maker, &mut members, hukou, standard);
    let mut family = household(maker, area, hukou, members);
    family.truth = Truth::Neighbour;
    family
}

/// Gives the family the one thing that bars it.
fn bar(maker: &mut Maker, members: &mut [Person], hukou: Hukou, standard: Fen) {
    let poor = Gap { standard, lacking: Fen::new(standard.fen() / 4) };
    let comfortable = Gap { standard, lacking: Fen::new(-standard.fen() * maker.dice.between(30, 400) / 100) };
    match maker.dice.below(100) {
        0..=64 => earn(maker, members, hukou, comfortable),
        65..=79 => {
            earn(maker, members, hukou, poor);
            (members[0].marks.vehicle, members[0].marks.motorcycle) = (true, false);
        }
        80..=92 => {
            earn(maker, members, hukou, poor);
            let savings = maker.yuan(90_000, 260_000);
            members[0].means.as_deref_mut().expect("means were asked").deposits = savings;
        }
        _ => {
            earn(maker, members, hukou, poor);
            members[0].marks.business = true;
        }
    }
}
