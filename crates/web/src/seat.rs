//! Seats: until accounts exist, whose eyes a page is for. A seat is a role in an office; what it may enter is a table.

use maud::{Markup, html};
use values::AreaCode;

use crate::parts::hidden;
use crate::words::seats as w;

/// A part of the house that not everybody may enter. The public pages (home, tracking, board, policy, gauge) are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Room {
    /// Search, persons, households and cases.
    Register,
    /// Handing in the one form.
    Intake,
    /// Leads from matching.
    Leads,
    /// Envelopes, payments and returns.
    Money,
}

/// A role of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// 居民.
    Resident,
    /// 民政协理员.
    VillageAssistant,
    /// 乡镇经办人.
    TownshipClerk,
    /// 社工.
    SocialWorker,
    /// 县核对员.
    CountyChecker,
    /// 县审批人.
    CountyApprover,
    /// 县财务.
    CountyFinance,
    /// 市民政局负责人.
    CityManager,
    /// 审计.
    Auditor,
}

/// A role in an office; the office says how far the seat sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The role.
    pub role: Role,
    /// The office's area: a village, a township, a county or the city.
    pub office: AreaCode,
}

const ALL: [Role; 9] = [
    Role::Resident,
    Role::VillageAssistant,
    Role::TownshipClerk,
    Role::SocialWorker,
    Role::CountyChecker,
    Role::CountyApprover,
    Role::CountyFinance,
    Role::CityManager,
    Role::Auditor,
];

impl Role {
    /// The role's code in the cookie.
    pub fn code(self) -> &'static str {
        match self {
            Role::Resident => "resident",
            Role::VillageAssistant => "village",
            Role::TownshipClerk => "township",
            Role::SocialWorker => "social",
            Role::CountyChecker => "checker",
            Role::CountyApprover => "approver",
            Role::CountyFinance => "finance",
            Role::CityManager => "city",
            Role::Auditor => "auditor",
        }
    }

    /// The role of a code; none for any other text.
    pub fn of_code(code: &str) -> Option<Role> {
        ALL.into_iter().find(|role| role.code() == code)
    }

    /// The role's table of rooms: deny unless named here.
    pub fn may_enter(self, room: Room) -> bool {
        match (self, room) {
            (Role::Resident, _) => false,
            (Role::VillageAssistant, Room::Register | Room::Intake | Room::Leads) => true,
            (Role::VillageAssistant, Room::Money) => false,
            (Role::TownshipClerk, Room::Register | Room::Intake | Room::Leads) => true,
            (Role::TownshipClerk, Room::Money) => false,
            (Role::SocialWorker, Room::Register | Room::Leads) => true,
            (Role::SocialWorker, Room::Intake | Room::Money) => false,
            (Role::CountyChecker, Room::Register) => true,
            (Role::CountyChecker, Room::Intake | Room::Leads | Room::Money) => false,
            (Role::CountyApprover, Room::Register | Room::Leads | Room::Money) => true,
            (Role::CountyApprover, Room::Intake) => false,
            (Role::CountyFinance, Room::Money) => true,
            (Role::CountyFinance, Room::Register | Room::Intake | Room::Leads) => false,
            (Role::CityManager | Role::Auditor, Room::Register | Room::Leads | Room::Money) => true,
            (Role::CityManager | Role::Auditor, Room::Intake) => false,
        }
    }
}

impl Seat {
    /// The role's title: `民政协理员`.
    pub fn title(&self) -> &'static str {
        w::title(self.role.code())
    }

    /// Whether this seat may enter that part of the house.
    pub fn may_enter(&self, room: Room) -> bool {
        self.role.may_enter(room)
    }

    /// Whether the seat's office reaches that place.
    pub fn reaches(&self, place: &AreaCode) -> bool {
        self.office.contains(place)
    }

    /// As the cookie holds it: `township.430302202000`.
    pub fn to_cookie(&self) -> String {
        format!("{}.{}", self.role.code(), self.office)
    }

    /// Reads a cookie back; none for anything else.
    pub fn of_cookie(text: &str) -> Option<Seat> {
        let (code, office) = text.split_once('.')?;
        Some(Seat { role: Role::of_code(code)?, office: office.parse().ok()? })
    }
}

/// A seat that can be taken on the demo's page.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The seat.
    pub seat: Seat,
    /// Where its office is: `雨湖区长城乡`.
    pub place: String,
}

/// The page on which the demo's reader takes another seat.
pub fn seats(now: &Seat, offers: &[Offer], back: &str) -> Markup {
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        ul.seats {
            @for offer in offers {
                li {
                    div { h3 { (offer.seat.title()) } p { (offer.place) " · " (w::may(offer.seat.role.code())) } }
                    @if offer.seat == *now {
                        span.light.good { (w::NOW) }
                    } @else {
                        form method="post" action="/seat" {
                            (hidden("seat", &offer.seat.to_cookie())) (hidden("back", back))
                            button.button.quiet type="submit" { (w::TAKE) }
                        }
                    }
                }
            }
        }
    }
}

/// The demo's seats, all over one village: each role in the office of its level.
pub fn offers(village: AreaCode, path: impl Fn(&AreaCode) -> String) -> Vec<Offer> {
    use values::AreaLevel::{City, County, Township, Village};
    ALL.into_iter()
        .map(|role| {
            let level = match role {
                Role::Resident | Role::VillageAssistant => Village,
                Role::TownshipClerk | Role::SocialWorker => Township,
                Role::CountyChecker | Role::CountyApprover | Role::CountyFinance => County,
                Role::CityManager | Role::Auditor => City,
            };
            let office = village.at(level);
            Offer { seat: Seat { role, office }, place: path(&office) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resident_enters_no_staff_room_and_money_is_for_few() {
        for room in [Room::Register, Room::Intake, Room::Leads, Room::Money] {
            assert!(!Role::Resident.may_enter(room), "{room:?}");
        }
        let money: Vec<&str> = ALL.into_iter().filter(|r| r.may_enter(Room::Money)).map(Role::code).collect();
        assert_eq!(money, ["approver", "finance", "city", "auditor"]);
        assert!(!Role::CountyFinance.may_enter(Room::Register), "finance pays lines, it does not read families");
    }

    #[test]
    fn a_cookie_holds_a_seat_or_nothing() {
        for role in ALL {
            let seat = Seat { role, office: "430302202".parse().unwrap() };
            assert_eq!(Seat::of_cookie(&seat.to_cookie()), Some(seat));
        }
        for text in ["", "root.430302", "township.", "township.4303021", "township"] {
            assert_eq!(Seat::of_cookie(text), None, "{text}");
        }
    }
}
