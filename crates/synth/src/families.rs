//! Families as an assistant would meet them, one maker per programme that brings them to the bureau.
//!
//! Every maker gives facts and says which benefits the family draws; what the benefits come to, and whether the family
//! is due them at all, the policy books decide afterwards (`city`).

mod alone;
mod children;
mod dibao;
mod others;

pub(crate) use alone::{elders, severely_disabled, tekun};
pub(crate) use children::{orphans, unattended};
pub(crate) use dibao::{Gap, dibao};
pub(crate) use others::{dibao_never_applied, elder_never_applied, neighbour, nursing_never_applied};

use values::{AreaCode, Fen, Month};

use crate::maker::Maker;
use crate::person::*;

/// Programme ids, as the policy books name them.
pub(crate) mod programme {
    pub(crate) const DIBAO: &str = "dibao";
    pub(crate) const TEKUN: &str = "tekun";
    pub(crate) const ORPHAN: &str = "orphan";
    pub(crate) const UNATTENDED: &str = "unattended-child";
    pub(crate) const LIVING: &str = "disability-living";
    pub(crate) const NURSING: &str = "disability-nursing";
    pub(crate) const OLD_AGE: &str = "old-age";

    /// All of them.
    pub(crate) const ALL: &[&str] = &[DIBAO, TEKUN, ORPHAN, UNATTENDED, LIVING, NURSING, OLD_AGE];
}

/// A household of these members that draws nothing yet.
fn household(maker: &mut Maker, area: AreaCode, hukou: Hukou, members: Vec<Person>) -> Household {
    let address = address(maker, hukou);
    Household {
        area,
        number: String::new().into_boxed_str(),
        address,
        hukou,
        houses: 1,
        on_dibao: false,
        heavy_spending: Fen::ZERO,
        members,
        draws: Vec::new(),
        truth: Truth::Recipient,
        due: Vec::new(),
    }
}

fn address(maker: &mut Maker, hukou: Hukou) -> Box<str> {
    const GROUPS: &[&str] = &[
        "杨家冲",
        "塘湾",
        "石子坳",
        "茶园",
        "老屋",
        "新塘",
        "桥头",
        "樟树",
        "栗山",
        "竹山",
        "井湾",
        "铁炉",
        "荷塘",
        "枫树",
    ];
    let dice = &mut maker.dice;
    match hukou {
        Hukou::Rural => format!("{}组{}号", dice.pick(GROUPS), dice.between(1, 80)),
        Hukou::Urban => {
            format!("{}栋{}单元{}0{}", dice.between(1, 40), dice.between(1, 4), dice.between(1, 7), dice.between(1, 4))
        }
    }
    .into_boxed_str()
}

/// A month since when a benefit runs: at most six years back, never this month, never before the age that brings it.
fn since(maker: &mut Maker, programme: &str, person: &Person) -> Month {
    let age = person.age_on(maker.today());
    let from_age = match programme {
        programme::OLD_AGE => OLD_AGE_FROM,
        programme::TEKUN if age >= 60 => 60,
        _ => 0,
    };
    let of_age = maker.month().months_since(person.birth.month()) - i32::try_from(from_age * 12).expect("an age");
    let most = i64::from((of_age - 1).clamp(1, 68));
    let back = i32::try_from(maker.dice.between(1, most)).expect("a few years of months");
    maker.month().plus(-back)
}

/// Adds a benefit; its payee gets an account if they have none yet.
fn draw(maker: &mut Maker, household: &mut Household, programme: &'static str, member: usize, payee: Payee) {
    let since = since(maker, programme, &household.members[member]);
    if let Payee::Member(payee) = payee {
        maker.open_account(&mut household.members[usize::from(payee)]);
    }
    let member = u8::try_from(member).expect("a household is small");
    household.draws.push(Draw { programme, member, amount: Fen::ZERO, counted: 1, since, payee });
}

/// Who takes a member's money: the person, or the head for minors, those who cannot care for themselves, and one wife
/// in six.
fn payee_of(maker: &mut Maker, household: &Household, member: usize) -> Payee {
    let person = &household.members[member];
    let shared = person.relation == Relation::Spouse && maker.dice.per_mille(160);
    let own = person.age_on(maker.today()) >= 18 && person.self_care != SelfCare::None && !shared;
    Payee::Member(if own { u8::try_from(member).expect("a household is small") } else { 0 })
}

/// The age and nursing allowances of a member, as far as age and card call for them.
fn draw_by_age_and_card(maker: &mut Maker, household: &mut Household, member: usize) {
    let payee = payee_of(maker, household, member);
    if matches!(household.members[member].grade, Grade::First | Grade::Second) {
        draw(maker, household, programme::NURSING, member, payee);
    }
    if household.members[member].age_on(maker.today()) >= OLD_AGE_FROM {
        draw(maker, household, programme::OLD_AGE, member, payee);
    }
}

/// The age from which the makers let people draw the age allowance; the policy book confirms every one of them.
const OLD_AGE_FROM: i64 = 80;
