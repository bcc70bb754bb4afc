//! Who acts: a person at a desk, with a role and an office.

use serde::{Deserialize, Serialize};
use values::{AreaCode, AreaLevel};

use super::{Case, Finding, Refusal};

/// A person who does something to a case. Staff carry their work number; residents act under the id `resident`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Work number, unique in the city.
    pub id: String,
    /// Name as it stands under a decision.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The office's area: a village, township, county or the city.
    pub office: AreaCode,
}

/// What a person may do (角色).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 居民.
    Resident,
    /// 民政协理员, one in every village.
    VillageAssistant,
    /// 乡镇（街道）经办人.
    TownshipClerk,
    /// 社工.
    SocialWorker,
    /// 县核对中心.
    CountyChecker,
    /// 县民政局审核确认人员.
    CountyApprover,
    /// 县民政局发放经办.
    CountyFinance,
    /// 市民政局.
    CityManager,
    /// 审计、纪检.
    Auditor,
    /// 系统管理员: opens and closes accounts, decides nothing.
    SystemAdministrator,
    /// 安全管理员: grants roles, decides nothing.
    SecurityAdministrator,
    /// 审计管理员: reads the records of what was done, decides nothing.
    AuditAdministrator,
    /// What runs by itself: deadlines, expiry, bank answers.
    System,
}

impl Role {
    /// Every role, residents first.
    pub const ALL: [Role; 13] = [
        Role::Resident,
        Role::VillageAssistant,
        Role::TownshipClerk,
        Role::SocialWorker,
        Role::CountyChecker,
        Role::CountyApprover,
        Role::CountyFinance,
        Role::CityManager,
        Role::Auditor,
        Role::SystemAdministrator,
        Role::SecurityAdministrator,
        Role::AuditAdministrator,
        Role::System,
    ];

    /// The name under which it is stored and typed on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Resident => "resident",
            Role::VillageAssistant => "village_assistant",
            Role::TownshipClerk => "township_clerk",
            Role::SocialWorker => "social_worker",
            Role::CountyChecker => "county_checker",
            Role::CountyApprover => "county_approver",
            Role::CountyFinance => "county_finance",
            Role::CityManager => "city_manager",
            Role::Auditor => "auditor",
            Role::SystemAdministrator => "system_administrator",
            Role::SecurityAdministrator => "security_administrator",
            Role::AuditAdministrator => "audit_administrator",
            Role::System => "system",
        }
    }

    /// The role of a code; none for anything else.
    pub fn of_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The name people use, the same in a refusal, on a case page and on a seat.
    pub const fn zh(self) -> &'static str {
        match self {
            Role::Resident => "居民",
            Role::VillageAssistant => "村（居）民政协理员",
            Role::TownshipClerk => "乡镇（街道）经办人",
            Role::SocialWorker => "社工站社工",
            Role::CountyChecker => "县（市、区）核对员",
            Role::CountyApprover => "县（市、区）审批人",
            Role::CountyFinance => "县（市、区）财务",
            Role::CityManager => "市民政局负责人",
            Role::Auditor => "审计人员",
            Role::SystemAdministrator => "系统管理员",
            Role::SecurityAdministrator => "安全管理员",
            Role::AuditAdministrator => "审计管理员",
            Role::System => "系统",
        }
    }
}

impl Actor {
    /// What runs by itself.
    pub fn system() -> Actor {
        Actor { id: "system".into(), name: "系统".into(), role: Role::System, office: AreaCode::NATION }
    }

    /// True when this person's office is responsible for `area`; a village's assistant serves the whole township's desk only
    /// within the village.
    pub fn serves(&self, area: &AreaCode) -> bool {
        self.office.contains(area) || self.office.level() == AreaLevel::Nation
    }
}

impl Case {
    /// What is wrong with a home visit: two different people, none a relative, and something seen (57号 第十六条、第十一条).
    pub(crate) fn wrong_visit(&self, pair: &[String; 2], findings: &[Finding]) -> Vec<Refusal> {
        let mut found = Vec::new();
        let [first, second] = [pair[0].trim(), pair[1].trim()];
        if first.is_empty() || second.is_empty() || first == second {
            let text = "入户调查要两名不同的工作人员";
            let next = "请填写两个人的工号";
            found.push(Refusal::of_content("two_investigators", text, next).by("民发〔2021〕57号 第十六条"));
        }
        if self.filed.relatives_on_staff.iter().any(|relative| relative == first || relative == second) {
            let text = "调查人员里有这户人家备案的近亲属";
            found.push(Refusal::of_content("relative_visits", text, "请换人").by("民发〔2021〕57号 第十一条"));
        }
        if findings.is_empty() {
            found.push(Refusal::of_content("nothing_seen", "没有填写入户看到的情况", "请至少填一项"));
        }
        found
    }
}
