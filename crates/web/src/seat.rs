//! Seats: until accounts exist, whose eyes a page is for. A seat is a role in an office; what it may enter is a table.

pub use casework::case::Role;

use casework::case::Actor;
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

/// A role in an office; the office says how far the seat sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The role.
    pub role: Role,
    /// The office's area: a village, a township, a county or the city.
    pub office: AreaCode,
}

/// The roles that have work on the pages: the system's seat is nobody's, and the three administrators have no page yet.
fn roles_of_people() -> impl Iterator<Item = Role> {
    use Role::{AuditAdministrator, SecurityAdministrator, System, SystemAdministrator};
    let idle = [System, SystemAdministrator, SecurityAdministrator, AuditAdministrator];
    Role::ALL.into_iter().filter(move |role| !idle.contains(role))
}

/// The role's code in the cookie.
fn code(role: Role) -> &'static str {
    match role {
        Role::VillageAssistant => "village",
        Role::TownshipClerk => "township",
        Role::SocialWorker => "social",
        Role::CountyChecker => "checker",
        Role::CountyApprover => "approver",
        Role::CountyFinance => "finance",
        Role::CityManager => "city",
        other => other.code(),
    }
}

/// The roles' table of rooms: deny unless named here. Nobody sits in the system's seat.
fn may_enter(role: Role, room: Room) -> bool {
    match (role, room) {
        (Role::Resident | Role::System, _) => false,
        // administrators of the system see no family and no money (三员分立)
        (Role::SystemAdministrator | Role::SecurityAdministrator | Role::AuditAdministrator, _) => false,
        (Role::VillageAssistant | Role::TownshipClerk, Room::Register | Room::Intake | Room::Leads) => true,
        (Role::VillageAssistant | Role::TownshipClerk, Room::Money) => false,
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

impl Seat {
    /// The role's title: `村（居）民政协理员`.
    pub fn title(&self) -> &'static str {
        self.role.zh()
    }

    /// Whether this seat may enter that part of the house.
    pub fn may_enter(&self, room: Room) -> bool {
        may_enter(self.role, room)
    }

    /// Whether the seat's office reaches that place.
    pub fn reaches(&self, place: &AreaCode) -> bool {
        self.office.contains(place)
    }

    /// Who acts from this seat, as an event will say.
    pub fn actor(&self) -> Actor {
        Actor {
            id: format!("demo-{}-{}", code(self.role), self.office.short()),
            name: w::demo_name(self.title()),
            role: self.role,
            office: self.office,
        }
    }

    /// As the cookie holds it: `township.430302202000`.
    pub fn to_cookie(&self) -> String {
        format!("{}.{}", code(self.role), self.office)
    }

    /// Reads a cookie back; none for anything else.
    pub fn of_cookie(text: &str) -> Option<Seat> {
        let (written, office) = text.split_once('.')?;
        let role = roles_of_people().find(|role| code(*role) == written)?;
        Some(Seat { role, office: office.parse().ok()? })
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
                    div { h3 { (offer.seat.title()) } p { (offer.place) " · " (w::may(offer.seat.role)) } }
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
    roles_of_people()
        .map(|role| {
            let level = match role {
                Role::Resident | Role::VillageAssistant => Village,
                Role::TownshipClerk | Role::SocialWorker => Township,
                Role::CountyChecker | Role::CountyApprover | Role::CountyFinance => County,
                Role::CityManager
                | Role::Auditor
                | Role::SystemAdministrator
                | Role::SecurityAdministrator
                | Role::AuditAdministrator
                | Role::System => City,
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
            assert!(!may_enter(Role::Resident, room), "{room:?}");
        }
        let money: Vec<&str> = roles_of_people().filter(|r| may_enter(*r, Room::Money)).map(code).collect();
        assert_eq!(money, ["approver", "finance", "city", "auditor"]);
        assert!(!may_enter(Role::CountyFinance, Room::Register), "finance pays lines, it does not read families");
    }

    #[test]
    fn a_cookie_holds_a_seat_or_nothing() {
        for role in roles_of_people() {
            let seat = Seat { role, office: "430302202".parse().unwrap() };
            assert_eq!(Seat::of_cookie(&seat.to_cookie()), Some(seat));
        }
        for text in ["", "root.430302", "system.430302", "township.", "township.4303021", "township"] {
            assert_eq!(Seat::of_cookie(text), None, "{text}");
        }
    }
}
