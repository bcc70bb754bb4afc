//! The invented people who work in the demo's offices.

use casework::case::{Actor, Role};

/// 新石村 lies in 长城乡, 雨湖区.
const VILLAGE: &str = "430302202204";
const TOWNSHIP: &str = "430302202";
const COUNTY: &str = "430302";

fn staff(id: &str, name: &str, role: Role, office: &str) -> Actor {
    Actor { id: id.into(), name: name.into(), role, office: office.parse().expect("an office lies somewhere") }
}

/// 新石村的民政协理员.
pub fn assistant() -> Actor {
    staff("V0204", "彭协理", Role::VillageAssistant, VILLAGE)
}

/// 长城乡经办人.
pub fn clerk() -> Actor {
    staff("T0202", "罗经办", Role::TownshipClerk, TOWNSHIP)
}

/// 长城乡社工站社工.
pub fn social_worker() -> Actor {
    staff("S0202", "谭社工", Role::SocialWorker, TOWNSHIP)
}

/// 雨湖区核对中心.
pub fn checker() -> Actor {
    staff("C0302", "肖核对", Role::CountyChecker, COUNTY)
}

/// 雨湖区审核确认.
pub fn approver() -> Actor {
    staff("A0302", "何审核", Role::CountyApprover, COUNTY)
}

/// Who brings the files in.
pub const IMPORTS: &str = "F0001";
/// Who prepares the month's payments.
pub const PREPARES: &str = "F0001";
/// First approval.
pub const APPROVES_FIRST: &str = "F0002";
/// Second approval.
pub const APPROVES_SECOND: &str = "F0003";
