//! 待遇: what a programme gives: money by the month, once or by the year; recognition (身份认定); things and services (服务).

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use values::Fen;

/// For what span of time an amount is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AmountPer {
    /// 元/月: an award, paid month after month. The only one that payments follow by themselves.
    #[default]
    Month,
    /// 元: paid once.
    Once,
    /// 元/年: paid once a year.
    Year,
}

/// What a programme gives (待遇).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Gives {
    /// 现金.
    Money(AmountPer),
    /// 身份认定: a standing that opens other doors (低保边缘家庭); the eligible have no amount.
    Recognition,
    /// 服务: things and services, listed in the book's table 给付; the eligible have no amount.
    Services,
}

/// A named component (分项) of an amount; the components add up to the amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// 照料费.
    pub name: SmolStr,
    /// Fen, for the same span of time as the amount.
    pub amount: Fen,
    /// 交给: who receives it, when that is not the person or household itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payee: Option<SmolStr>,
}

/// A thing or service that is given (给付).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceItem {
    /// 给付: 遗体火化.
    pub name: SmolStr,
    /// 限额, in the book's words; empty where there is none.
    pub limit: SmolStr,
    /// 依据.
    pub cite: SmolStr,
}

impl AmountPer {
    /// The unit, as books write it.
    pub fn unit(self) -> &'static str {
        match self {
            AmountPer::Month => "元/月",
            AmountPer::Once => "元",
            AmountPer::Year => "元/年",
        }
    }
}

impl Gives {
    /// True for what is paid month after month: only for that an award may be opened.
    pub fn is_monthly(self) -> bool {
        match self {
            Gives::Money(AmountPer::Month) => true,
            Gives::Money(AmountPer::Once | AmountPer::Year) | Gives::Recognition | Gives::Services => false,
        }
    }
}

/// As a 书目 and its amount say it: `现金（元/月）`, `身份认定`, `服务`.
impl std::fmt::Display for Gives {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Gives::Money(per) => write!(f, "现金（{}）", per.unit()),
            Gives::Recognition => f.write_str("身份认定"),
            Gives::Services => f.write_str("服务"),
        }
    }
}
