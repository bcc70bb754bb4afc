//! Families on dibao: alone in old age, ill, widowed with children at school, parents of a disabled child.

use values::{AreaCode, Fen};

use super::{draw, draw_by_age_and_card, household, payee_of, programme};
use crate::maker::Maker;
use crate::person::*;

/// What a family should lack, so that its income can be drawn to fit: a wish, the policy books decide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gap {
    /// The local standard (低保标准), a month and person.
    pub(crate) standard: Fen,
    /// What the family should lack, a month and person.
    pub(crate) lacking: Fen,
}

#[derive(Clone, Copy)]
enum Kind {
    LoneElder,
    LoneDisabled,
    ElderCouple,
    IllCouple,
    LoneParent,
    ParentOfDisabled,
    Pupils,
    ThreeGenerations,
}

const RURAL_KINDS: &[(u64, Kind)] = &[
    (30, Kind::LoneElder),
    (20, Kind::LoneDisabled),
    (12, Kind::ElderCouple),
    (10, Kind::IllCouple),
    (9, Kind::LoneParent),
    (9, Kind::ParentOfDisabled),
    (7, Kind::Pupils),
    (3, Kind::ThreeGenerations),
];

const URBAN_KINDS: &[(u64, Kind)] = &[
    (22, Kind::LoneElder),
    (30, Kind::LoneDisabled),
    (6, Kind::ElderCouple),
    (10, Kind::IllCouple),
    (15, Kind::LoneParent),
    (11, Kind::ParentOfDisabled),
    (5, Kind::Pupils),
    (1, Kind::ThreeGenerations),
];

const LIGHT: &[(u64, Grade)] = &[(3, Grade::Third), (2, Grade::Fourth)];
const ANY: &[(u64, Grade)] = &[(15, Grade::First), (35, Grade::Second), (30, Grade::Third), (20, Grade::Fourth)];
const HEAVY: &[(u64, Grade)] = &[(3, Grade::First), (5, Grade::Second), (2, Grade::Third)];

/// A family of at most so many counted members.
pub(crate) fn dibao(maker: &mut Maker, area: AreaCode, hukou: Hukou, at_most: usize, gap: Gap) -> Household {
    let kinds = if hukou == Hukou::Rural { RURAL_KINDS } else { URBAN_KINDS };
    let mut members = loop {
        let kind = if at_most == 1 { Kind::LoneElder } else { maker.dice.weighted(kinds) };
        if counted_of(kind) <= at_most {
            break members_of(maker, area, kind, at_most);
        }
    };
    for person in &mut members {
        maker.ask_means(person);
        support(maker, person);
    }
    let counted = members.len();
    earn(maker, &mut members, hukou, gap);
    add_child_away(maker, area, &mut members);
    let mut family = household(maker, area, hukou, members);
    family.on_dibao = true;
    if maker.dice.per_mille(240) {
        family.heavy_spending = maker.yuan(600, 18_000);
    }
    draw(maker, &mut family, programme::DIBAO, 0, Payee::Member(0));
    family.draws[0].counted = u8::try_from(counted).expect("a family is small");
    for member in 0..counted {
        if family.members[member].grade != Grade::None {
            let payee = payee_of(maker, &family, member);
            draw(maker, &mut family, programme::LIVING, member, payee);
        }
        draw_by_age_and_card(maker, &mut family, member);
    }
    family
}

/// The least number of members the kind has.
fn counted_of(kind: Kind) -> usize {
    match kind {
        Kind::LoneElder | Kind::LoneDisabled => 1,
        Kind::ElderCouple | Kind::IllCouple | Kind::LoneParent | Kind::ParentOfDisabled => 2,
        Kind::Pupils => 3,
        Kind::ThreeGenerations => 4,
    }
}

fn members_of(maker: &mut Maker, area: AreaCode, kind: Kind, at_most: usize) -> Vec<Person> {
    let surname = maker.surname();
    match kind {
        Kind::LoneElder => vec![elder(maker, area, Relation::Head, surname)],
        Kind::LoneDisabled => vec![disabled_adult(maker, area, Relation::Head, surname)],
        Kind::ElderCouple => elder_couple(maker, area, surname),
        Kind::IllCouple => couple(maker, area, surname),
        Kind::LoneParent => lone_parent(maker, area, surname, at_most),
        Kind::ParentOfDisabled => parent_of_disabled(maker, area, surname),
        Kind::Pupils => pupils(maker, area, surname, at_most),
        Kind::ThreeGenerations => {
            let mut members = pupils(maker, area, surname, at_most - 1);
            let mut grandmother = elder(maker, area, Relation::Parent, surname);
            grandmother.marks.obliged = true;
            members.push(grandmother);
            members
        }
    }
}

fn elder(maker: &mut Maker, area: AreaCode, relation: Relation, surname: &str) -> Person {
    let sex = maker.sex(440);
    let age = elder_age(maker);
    elder_of(maker, area, relation, sex, age, surname)
}

fn elder_age(maker: &mut Maker) -> i64 {
    maker.dice.weighted(&[(45, 62), (30, 69), (18, 76), (7, 83)]) + maker.dice.between(0, 6)
}

fn elder_of(maker: &mut Maker, area: AreaCode, relation: Relation, sex: Sex, age: i64, surname: &str) -> Person {
    let mut person = maker.person(area, relation, sex, age, surname);
    person.marriage = maker.dice.weighted(&[(7, Marriage::Widowed), (2, Marriage::Single), (1, Marriage::Divorced)]);
    person.marks.ill = maker.dice.per_mille(160);
    if maker.dice.per_mille(270) {
        maker.disable(&mut person, ANY);
    }
    person
}

fn disabled_adult(maker: &mut Maker, area: AreaCode, relation: Relation, surname: &str) -> Person {
    let sex = maker.sex(590);
    let age = maker.dice.between(22, 59);
    let mut person = maker.person(area, relation, sex, age, surname);
    if maker.dice.per_mille(820) {
        maker.disable(&mut person, ANY);
    } else {
        person.marks.ill = true;
        person.work = Work::Unable;
    }
    if relation == Relation::Head {
        person.marriage =
            maker.dice.weighted(&[(6, Marriage::Single), (3, Marriage::Divorced), (1, Marriage::Widowed)]);
    }
    person
}

fn elder_couple(maker: &mut Maker, area: AreaCode, surname: &str) -> Vec<Person> {
    let age = elder_age(maker);
    let (wife_surname, wife_age) = (maker.surname(), (age - maker.dice.between(-1, 6)).max(60));
    let mut couple = vec![
        elder_of(maker, area, Relation::Head, Sex::Male, age, surname),
        elder_of(maker, area, Relation::Spouse, Sex::Female, wife_age, wife_surname),
    ];
    couple.iter_mut().for_each(|person| person.marriage = Marriage::Married);
    couple
}

/// Husband and wife of working age, the head ill or disabled.
fn couple(maker: &mut Maker, area: AreaCode, surname: &str) -> Vec<Person> {
    let age = maker.dice.between(36, 58);
    let mut man = maker.person(area, Relation::Head, Sex::Male, age, surname);
    if maker.dice.per_mille(560) {
        maker.disable(&mut man, ANY);
    } else {
        man.marks.ill = true;
        man.work = Work::Unable;
    }
    let (wife_surname, wife_age) = (maker.surname(), age - maker.dice.between(0, 4));
    let mut wife = maker.person(area, Relation::Spouse, Sex::Female, wife_age, wife_surname);
    if maker.dice.per_mille(180) {
        maker.disable(&mut wife, LIGHT);
    }
    for person in [&mut man, &mut wife] {
        person.marriage = Marriage::Married;
    }
    vec![man, wife]
}

fn lone_parent(maker: &mut Maker, area: AreaCode, surname: &str, at_most: usize) -> Vec<Person> {
    let sex = maker.sex(330);
    let age = maker.dice.between(30, 54);
    let mut parent = maker.person(area, Relation::Head, sex, age, surname);
    parent.marriage = maker.dice.weighted(&[(6, Marriage::Widowed), (4, Marriage::Divorced)]);
    parent.marks.ill = maker.dice.per_mille(250);
    let children = if at_most >= 3 { maker.dice.weighted(&[(7, 1), (3, 2)]) } else { 1 };
    let mut members = vec![parent];
    let surname = child_surname(maker, &members[0], surname);
    for _ in 0..children {
        members.push(pupil(maker, area, surname, age - 19));
    }
    members
}

/// Children carry their father's name: a mother's alone is another.
fn child_surname<'s>(maker: &mut Maker, parent: &Person, surname: &'s str) -> &'s str {
    match parent.sex {
        Sex::Male => surname,
        Sex::Female => maker.surname(),
    }
}

fn parent_of_disabled(maker: &mut Maker, area: AreaCode, surname: &str) -> Vec<Person> {
    let sex = maker.sex(420);
    let age = maker.dice.between(50, 77);
    let mut parent = maker.person(area, Relation::Head, sex, age, surname);
    parent.marriage = maker.dice.weighted(&[(7, Marriage::Widowed), (3, Marriage::Divorced)]);
    let (child_sex, child_age) = (maker.sex(600), age - maker.dice.between(21, 31));
    let surname = child_surname(maker, &parent, surname);
    let mut child = maker.person(area, Relation::Child, child_sex, child_age, surname);
    maker.disable(&mut child, HEAVY);
    child.marks.lives_together = true;
    if child.study != Study::None {
        child.study = Study::None;
    }
    vec![parent, child]
}

fn pupils(maker: &mut Maker, area: AreaCode, surname: &str, at_most: usize) -> Vec<Person> {
    let mut members = couple(maker, area, surname);
    let oldest = (members[1].age_on(maker.today()) - 20).max(6);
    let children = if at_most >= 4 { maker.dice.weighted(&[(5, 1), (4, 2)]) } else { 1 };
    for _ in 0..children {
        members.push(pupil(maker, area, surname, oldest));
    }
    members
}

/// A child at school, or a student up to bachelor: counted either way (民发〔2021〕57号 第七条).
fn pupil(maker: &mut Maker, area: AreaCode, surname: &str, oldest: i64) -> Person {
    let sex = maker.sex(520);
    let age = maker.dice.between(2, oldest.clamp(6, 21));
    let mut child = maker.person(area, Relation::Child, sex, age, surname);
    if age >= 18 && child.study == Study::None {
        child.study = Study::College;
    }
    if maker.dice.per_mille(60) {
        maker.disable(&mut child, ANY);
    }
    child
}

/// A grown child who works elsewhere stands on file and is not counted.
fn add_child_away(maker: &mut Maker, area: AreaCode, members: &mut Vec<Person>) {
    let head = members[0].age_on(maker.today());
    if head < 58 || members.iter().any(|m| m.relation == Relation::Child) || !maker.dice.per_mille(230) {
        return;
    }
    let surname: String = members[0].name.chars().take(1).collect();
    let (sex, age) = (maker.sex(500), head - maker.dice.between(24, 30));
    let mut child = maker.person(area, Relation::Child, sex, age.min(58), &surname);
    child.status = Status::Away;
    child.marriage = Marriage::Married;
    child.marks.lives_together = false;
    child.years_away = u8::try_from(maker.dice.between(1, 15)).expect("few years");
    maker.ask_means(&mut child);
    if let Some(means) = child.means.as_deref_mut() {
        means.wage = maker.yuan(2_200, 4_200);
    }
    members.push(child);
}

/// Children or parents elsewhere who can support, and give a little: without them the books would rather support the
/// person wholly (特困).
fn support(maker: &mut Maker, person: &mut Person) {
    let alone = person.age_on(maker.today()) >= 60 || (person.work == Work::Unable && person.grade != Grade::None);
    if let Some(means) = person.means.as_deref_mut().filter(|_| alone) {
        (person.marks.supporter, person.marks.supporter_able) = (true, true);
        means.support = Fen::yuan(maker.dice.stepped(20, 80, 10));
    }
}

/// Gives the members the income that leaves the wished gap, from the sources such people have.
pub(super) fn earn(maker: &mut Maker, members: &mut [Person], hukou: Hukou, gap: Gap) {
    let heads = members.len() as i64;
    let fixed: i64 = members.iter().filter_map(|m| m.means.as_deref()).map(countable).sum();
    let left = (gap.standard - gap.lacking).fen() * heads - fixed;
    let yuan = left / 100;
    if yuan <= 0 {
        return;
    }
    let earner = members
        .iter()
        .position(|m| m.work == Work::Able)
        .or_else(|| members.iter().position(|m| m.work == Work::Partly))
        .unwrap_or(0);
    let working = members[earner].work != Work::Unable;
    let person = &mut members[earner];
    let means = person.means.as_deref_mut().expect("means were asked");
    let side = if working { yuan * maker.dice.between(0, 25) / 100 } else { yuan * maker.dice.between(20, 60) / 100 };
    match (hukou, working) {
        (Hukou::Rural, true) => (means.trade, means.wage) = (Fen::yuan(yuan - side), Fen::yuan(side)),
        (Hukou::Urban, true) => (means.wage, means.property) = (Fen::yuan(yuan - side), Fen::yuan(side / 4)),
        (Hukou::Rural, false) => (means.trade, means.property) = (Fen::yuan(yuan - side), Fen::yuan(side)),
        (Hukou::Urban, false) => (means.transfers, means.property) = (Fen::yuan(yuan - side), Fen::yuan(side)),
    }
}

/// Roughly what counts of a person's income: only to aim at a gap, never to decide.
fn countable(means: &Means) -> i64 {
    let net = means.wage + means.trade + means.property + means.pension - means.central_pension
        + means.support
        + means.transfers
        - means.insurance_paid;
    net.fen().max(0)
}
