//! The invented families of `people/`: the same in tests, documents, demo and screenshots.

use serde::Deserialize;
use values::AreaCode;

/// One family of `people/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invented {
    /// Who they are and what the family is there to show.
    #[serde(rename = "故事")]
    pub story: String,
    /// Village.
    #[serde(rename = "地区")]
    pub area: AreaCode,
    /// House and group.
    #[serde(rename = "住址")]
    pub address: String,
    /// Names and numbers, in the order of the facts' 成员.
    #[serde(rename = "成员")]
    pub members: Vec<InventedMember>,
    /// Account holder.
    #[serde(rename = "开户名")]
    pub holder: String,
    /// Account.
    #[serde(rename = "银行账号")]
    pub account: String,
    /// Branch.
    #[serde(rename = "开户行")]
    pub branch: String,
    /// The facts, as the one form's JSON; they carry no names and no numbers.
    #[serde(rename = "事实")]
    pub facts: serde_json::Value,
}

/// One member.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InventedMember {
    /// 姓名.
    #[serde(rename = "姓名")]
    pub name: String,
    /// 身份证号, on area code 430399, sequence below 020.
    #[serde(rename = "身份证号")]
    pub id: String,
    /// 手机号.
    #[serde(rename = "手机号", default)]
    pub phone: Option<String>,
}

/// Why a file of `people/` cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("合成家庭文件看不懂：{0}")]
pub struct InventedError(#[from] serde_json::Error);

impl Invented {
    /// Reads a file of `people/`.
    ///
    /// # Errors
    /// [`InventedError`] with the place.
    pub fn from_json(text: &str) -> Result<Invented, InventedError> {
        Ok(serde_json::from_str(text)?)
    }

    /// The first member, who speaks for the family.
    pub fn head(&self) -> &InventedMember {
        self.members.first().expect("a family has a member")
    }
}
