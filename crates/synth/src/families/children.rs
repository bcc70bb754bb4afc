//! Children without parents who care for them: orphans (孤儿) and children nobody cares for in fact (事实无人抚养儿童).

use values::AreaCode;

use super::{draw, household, programme};
use crate::maker::Maker;
use crate::person::*;

/// One or two orphans: with grandparents, or one in the children's home.
pub(crate) fn orphans(maker: &mut Maker, area: AreaCode, hukou: Hukou, at_most: usize) -> Household {
    let surname = maker.surname();
    if maker.dice.per_mille(200) {
        let mut child = child(maker, area, Relation::Head, surname);
        (child.parents, child.upbringing) = (Parents::Unknown, Upbringing::Institution);
        child.marks.on_orphan = true;
        let mut family = household(maker, area, hukou, vec![child]);
        draw(maker, &mut family, programme::ORPHAN, 0, Payee::Institution);
        return family;
    }
    let siblings = if at_most >= 2 && maker.dice.per_mille(160) { 2 } else { 1 };
    let mut members = vec![grandparent(maker, area, surname)];
    let parents = maker.dice.weighted(&[(9, Parents::BothDead), (1, Parents::Unknown)]);
    for _ in 0..siblings {
        let mut child = child(maker, area, Relation::Grandchild, surname);
        (child.parents, child.upbringing) = (parents, Upbringing::Kin);
        child.marks.on_orphan = true;
        members.push(child);
    }
    drawn_by_guardian(maker, area, hukou, members, programme::ORPHAN)
}

/// One or two children whose parents are dead, in prison, out of contact: with a grandparent.
pub(crate) fn unattended(maker: &mut Maker, area: AreaCode, hukou: Hukou, at_most: usize) -> Household {
    let surname = maker.surname();
    let siblings = if at_most >= 2 && maker.dice.per_mille(200) { 2 } else { 1 };
    let parents = maker.dice.weighted(&[(6, Parents::OneDeadOneUnable), (4, Parents::BothUnable)]);
    let mut members = vec![grandparent(maker, area, surname)];
    for _ in 0..siblings {
        let mut child = child(maker, area, Relation::Grandchild, surname);
        (child.parents, child.upbringing) = (parents, Upbringing::Kin);
        members.push(child);
    }
    if parents == Parents::BothUnable && maker.dice.per_mille(700) {
        let age = maker.dice.between(34, 46);
        let mut father = maker.person(area, Relation::Child, Sex::Male, age, surname);
        father.status = maker.dice.weighted(&[(6, Status::Prison), (2, Status::Detox), (2, Status::LostContact)]);
        father.marks.lives_together = false;
        father.phone = None;
        members.push(father);
    }
    drawn_by_guardian(maker, area, hukou, members, programme::UNATTENDED)
}

fn child(maker: &mut Maker, area: AreaCode, relation: Relation, surname: &str) -> Person {
    let (sex, age) = (maker.sex(530), maker.dice.between(2, 17));
    maker.person(area, relation, sex, age, surname)
}

fn grandparent(maker: &mut Maker, area: AreaCode, surname: &str) -> Person {
    let (sex, age) = (maker.sex(500), maker.dice.between(56, 76));
    let mut guardian = maker.person(area, Relation::Head, sex, age, surname);
    guardian.marriage = maker.dice.weighted(&[(5, Marriage::Widowed), (5, Marriage::Married)]);
    guardian
}

fn drawn_by_guardian(
    maker: &mut Maker,
    area: AreaCode,
    hukou: Hukou,
    members: Vec<Person>,
    programme: &'static str,
) -> Household {
    let mut family = household(maker, area, hukou, members);
    for member in 0..family.members.len() {
        if family.members[member].relation == Relation::Grandchild {
            draw(maker, &mut family, programme, member, Payee::Member(0));
        }
    }
    family
}
