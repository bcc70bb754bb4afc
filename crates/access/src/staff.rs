//! Staff accounts (账号) and what they were granted: a role in an office, never a role without a place.

use casework::case::{Actor, Role};
use values::{AreaCode, AreaLevel};

use crate::Denied;

/// The name somebody logs in with; it is also the work number (工号) that stands in events. `luo-jingban`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LoginName(String);

impl LoginName {
    /// Reads a login name as typed; case and blanks around it do not matter.
    ///
    /// # Errors
    /// [`Denied::BadLogin`].
    pub fn parse(text: &str) -> Result<LoginName, Denied> {
        let text = text.trim().to_ascii_lowercase();
        let good = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-';
        // `system` stands in events for what runs by itself
        if !(3..=32).contains(&text.len())
            || !text.bytes().all(good)
            || !text.as_bytes()[0].is_ascii_lowercase()
            || text == "system"
        {
            return Err(Denied::BadLogin);
        }
        Ok(LoginName(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for LoginName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A role in an office (岗位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The office's area: it says how far the role sees.
    pub office: AreaCode,
}

impl Grant {
    /// A grant whose office is of the level the role works at.
    ///
    /// # Errors
    /// [`Denied::NotForAccounts`], [`Denied::WrongLevel`].
    pub fn new(role: Role, office: AreaCode) -> Result<Grant, Denied> {
        let level = level_of(role).ok_or(Denied::NotForAccounts)?;
        if office.level() != level {
            return Err(Denied::WrongLevel { role: role.zh(), level: level_zh(level) });
        }
        Ok(Grant { role, office })
    }
}

/// The level a role works at; none for roles that no account holds.
fn level_of(role: Role) -> Option<AreaLevel> {
    match role {
        Role::VillageAssistant => Some(AreaLevel::Village),
        Role::TownshipClerk | Role::SocialWorker => Some(AreaLevel::Township),
        Role::CountyChecker | Role::CountyApprover | Role::CountyFinance => Some(AreaLevel::County),
        Role::CityManager
        | Role::Auditor
        | Role::SystemAdministrator
        | Role::SecurityAdministrator
        | Role::AuditAdministrator => Some(AreaLevel::City),
        Role::Resident | Role::System => None,
    }
}

fn level_zh(level: AreaLevel) -> &'static str {
    match level {
        AreaLevel::Village => "村（社区）",
        AreaLevel::Township => "乡镇（街道）",
        AreaLevel::County => "县（市、区）",
        AreaLevel::City => "市",
        AreaLevel::Province => "省",
        AreaLevel::Nation => "全国",
    }
}

/// A staff account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Login name and work number.
    pub login: LoginName,
    /// The name under decisions.
    pub name: String,
    /// Whether an administrator locked it.
    pub is_locked: bool,
    /// Whether the next log-in must bring a new password.
    pub must_change: bool,
    /// Whether a one-time code is asked for.
    pub has_code: bool,
    /// Whether it is one of the demo's accounts, opened without a password while only invented people are in the register.
    pub is_demo: bool,
    /// What it was granted.
    pub grants: Vec<Grant>,
}

impl Staff {
    /// Who acts, as an event will say it.
    pub fn actor(&self, grant: Grant) -> Actor {
        Actor { id: self.login.to_string(), name: self.name.clone(), role: grant.role, office: grant.office }
    }
}

fn is_administrator(role: Role) -> bool {
    matches!(role, Role::SystemAdministrator | Role::SecurityAdministrator | Role::AuditAdministrator)
}

/// Whether `by` may give `grant` to the account that holds `held` (三员分立: GB/T 22239-2019 8.1.4.2 e, 8.1.5).
///
/// # Errors
/// [`Denied::OwnGrant`], [`Denied::ThreeApart`].
pub fn may_grant(by: &str, to: &LoginName, held: &[Grant], grant: Grant) -> Result<(), Denied> {
    if by == to.as_str() {
        return Err(Denied::OwnGrant);
    }
    let apart = |one: &Grant| one.role != grant.role && (is_administrator(one.role) || is_administrator(grant.role));
    if held.iter().any(apart) {
        return Err(Denied::ThreeApart);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_plain() {
        for (text, good) in [
            ("luo-jingban", true),
            (" Luo2 ", true),
            ("lu", false),
            ("2luo", false),
            ("system", false),
            ("罗经办", false),
            ("a b c", false),
            ("x'; drop", false),
            (&"a".repeat(33), false),
        ] {
            assert_eq!(LoginName::parse(text).is_ok(), good, "{text}");
        }
    }

    #[test]
    fn a_role_works_at_its_level() {
        let at = |role, office: &str| Grant::new(role, office.parse().unwrap());
        assert!(at(Role::TownshipClerk, "430302202").is_ok());
        let wrong = at(Role::TownshipClerk, "430302").unwrap_err();
        assert_eq!(wrong.to_string(), "岗位和地区的级别不相配：乡镇（街道）经办人要落在乡镇（街道）");
        for role in [Role::Resident, Role::System] {
            assert_eq!(at(role, "430300"), Err(Denied::NotForAccounts));
        }
        for role in Role::ALL {
            assert_eq!(level_of(role).is_none(), matches!(role, Role::Resident | Role::System), "{role:?}");
        }
    }

    #[test]
    fn nobody_grants_himself_and_the_three_stay_apart() {
        let to = LoginName::parse("zhang").unwrap();
        let grant = |role, office: &str| Grant { role, office: office.parse().unwrap() };
        let clerk = grant(Role::TownshipClerk, "430302202");
        let (system, security) = (grant(Role::SystemAdministrator, "4303"), grant(Role::SecurityAdministrator, "4303"));
        for (by, held, given, answer) in [
            ("secadmin", vec![], clerk, Ok(())),
            ("zhang", vec![], clerk, Err(Denied::OwnGrant)),
            ("secadmin", vec![clerk], grant(Role::SocialWorker, "430302202"), Ok(())),
            ("secadmin", vec![clerk], system, Err(Denied::ThreeApart)),
            ("secadmin", vec![system], clerk, Err(Denied::ThreeApart)),
            ("secadmin", vec![system], security, Err(Denied::ThreeApart)),
            ("secadmin", vec![system], system, Ok(())),
        ] {
            assert_eq!(may_grant(by, &to, &held, given), answer, "{by} {held:?} {given:?}");
        }
    }
}
