//! A value that was accepted, with what a person should look at. A warning never stops anybody.

/// An accepted value and its warnings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    /// The value, fit for use.
    pub value: T,
    /// What to look at; empty as a rule.
    pub warnings: Vec<Warning>,
}

/// What a person should look at. The text names no number and no name: it may stand in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Warning {
    /// A 15-digit number of before 1999 was converted.
    #[error("这是旧的 15 位身份证号，已换算成 18 位；请对照现在的证件核对")]
    ConvertedFrom15,
    /// A permanent resident's number: its layout is known from secondary sources only.
    #[error("这是外国人永久居留身份证号码，系统按 2023 版规则核对；请对照证件再看一遍")]
    LayoutUnsure,
    /// The county code is in no table that we hold: abolished, or mistyped.
    #[error("身份证号前 6 位的县级代码不在区划表里，可能是已撤销的老代码；请对照证件核对，号码照常使用")]
    CountyNotInTable,
    /// The county code is one of the statistics office only.
    #[error("身份证号前 6 位是统计上单列的园区代码，不是正式的县级代码；请对照证件核对，号码照常使用")]
    CountyStatisticalOnly,
    /// The county code had ended before the person was born.
    #[error("身份证号前 6 位的县级代码在出生前已经停用；请对照证件核对，号码照常使用")]
    CountyEndedBeforeBirth,
    /// The bank's usual check digit does not fit; some social-security cards and small banks have none.
    #[error("卡号的校验位对不上，有的社保卡和小银行卡本来就这样；请对照银行卡或存折核对一遍")]
    AccountCheckDigit,
    /// The name holds a character from an old computer's private area.
    #[error("姓名里有老系统自造的字，在别的电脑上可能显示不出来；请对照身份证重新录入这个字")]
    PrivateUseCharacter,
}
