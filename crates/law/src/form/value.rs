//! Values of facts, read from and shown as the text people write.

use serde::{Deserialize, Serialize};
use values::{Day, Fen};

use super::FactKind;
use crate::diagnostic::nearest;

/// The value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// 元: a sum (deposits).
    Money(Fen),
    /// 元/月.
    MoneyPerMonth(Fen),
    /// 元/年.
    MoneyPerYear(Fen),
    /// 整数.
    Count(i64),
    /// 比率.
    Ratio(Ratio),
    /// 日期.
    Date(Day),
    /// 是否.
    YesNo(bool),
    /// One of the list the form gives, from 0 in the list's order.
    Choice(u16),
}

/// A ratio in millionths: 10% is 100,000. Exact; more than four decimals of a percent are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ratio(pub i64);

/// Why a text is not a value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("“{fact}”{why}")]
pub struct ValueError {
    /// The fact's name.
    pub fact: String,
    /// What is wrong and what is expected, in Chinese.
    pub why: String,
}

/// The largest amount or number a fact may hold, about 5.4 billion yuan: 40 bits hold it.
pub(crate) const MAX_MAGNITUDE: i64 = (1 << 39) - 1;

impl Ratio {
    /// One in one.
    pub const ONE: i64 = 1_000_000;

    /// Reads `10%`, `0.1`, `1.3`, `千分之五` is not read.
    pub fn parse(text: &str) -> Option<Ratio> {
        let folded = fold(text);
        let (digits, places) = match folded.strip_suffix('%') {
            Some(percent) => (percent, 4),
            None => (folded.as_str(), 6),
        };
        let (sign, digits) = digits.strip_prefix('-').map_or((1, digits), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let numeric = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 6 || part.len() > places || !numeric(whole) || !numeric(part) {
            return None;
        }
        format!("{whole}{part:0<places$}").parse().ok().map(|millionths: i64| Ratio(sign * millionths))
    }
}

/// `10%`, `0.5%`.
impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.abs() / 10_000, self.0.abs() % 10_000);
        let part = format!("{part:04}");
        let part = part.trim_end_matches('0');
        let dot = if part.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{dot}{part}%")
    }
}

/// Full-width forms become plain, blanks vanish.
pub(crate) fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '−' => '-',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}')).map(plain).collect()
}

impl FactKind {
    /// Reads a text as a value of this kind.
    pub(super) fn parse(&self, text: &str) -> Result<Value, String> {
        match self {
            FactKind::Money { may_be_negative } => money(text, "元", *may_be_negative).map(Value::Money),
            FactKind::MoneyPerMonth { may_be_negative } => {
                money(text, "元/月", *may_be_negative).map(Value::MoneyPerMonth)
            }
            FactKind::MoneyPerYear { may_be_negative } => {
                money(text, "元/年", *may_be_negative).map(Value::MoneyPerYear)
            }
            FactKind::Count => count(text).map(Value::Count),
            FactKind::Ratio => Ratio::parse(text)
                .map(Value::Ratio)
                .ok_or_else(|| format!("应是比率，例如 10%；写的是“{}”", clip(text))),
            FactKind::Date => date(text).map(Value::Date),
            FactKind::YesNo => yes_no(text).map(Value::YesNo),
            FactKind::Choice(choices) => choice(text, choices).map(Value::Choice),
        }
    }

    /// Shows a value as it is written; the text reads back as the same value.
    pub(super) fn show(&self, value: &Value) -> String {
        match (self, value) {
            (_, Value::Money(fen)) => format!("{}元", plain_yuan(*fen)),
            (_, Value::MoneyPerMonth(fen)) => format!("{}元/月", plain_yuan(*fen)),
            (_, Value::MoneyPerYear(fen)) => format!("{}元/年", plain_yuan(*fen)),
            (_, Value::Count(number)) => number.to_string(),
            (_, Value::Ratio(ratio)) => ratio.to_string(),
            (_, Value::Date(day)) => day.to_string(),
            (_, Value::YesNo(yes)) => if *yes { "是" } else { "否" }.to_owned(),
            (FactKind::Choice(choices), Value::Choice(at)) => {
                choices.get(usize::from(*at)).cloned().unwrap_or_default()
            }
            (_, Value::Choice(at)) => format!("第{}项", at + 1),
        }
    }
}

/// `1200`, `1200.5`: no thousands marks, no needless zeros.
pub(crate) fn plain_yuan(amount: Fen) -> String {
    let sign = if amount.is_negative() { "-" } else { "" };
    let fen = amount.fen().unsigned_abs();
    match fen % 100 {
        0 => format!("{sign}{}", fen / 100),
        part if part % 10 == 0 => format!("{sign}{}.{}", fen / 100, part / 10),
        part => format!("{sign}{}.{part:02}", fen / 100),
    }
}

/// What a person wrote, short enough for a message.
fn clip(text: &str) -> String {
    text.trim().chars().take(20).collect()
}

fn money(text: &str, unit: &str, may_be_negative: bool) -> Result<Fen, String> {
    let folded = fold(text);
    let (amount, written) = match folded.find('元') {
        Some(at) => folded.split_at(at),
        None => (folded.as_str(), unit),
    };
    if written != unit && written != "元" {
        return Err(format!("的单位应是{unit}，写的是“{}”", clip(text)));
    }
    let fen = Fen::parse_yuan(amount).map_err(|error| format!("：{error}"))?;
    if fen.is_negative() && !may_be_negative {
        return Err(format!("不能是负数，写的是“{}”", clip(text)));
    }
    if fen.fen().abs() > MAX_MAGNITUDE {
        return Err(format!("：金额“{}”太大，请核对", clip(text)));
    }
    Ok(fen)
}

fn count(text: &str) -> Result<i64, String> {
    let folded = fold(text);
    let whole = folded.strip_suffix(".0").unwrap_or(&folded);
    match whole.parse::<i64>() {
        Ok(number) if (0..=MAX_MAGNITUDE).contains(&number) => Ok(number),
        _ => Err(format!("应是整数，例如 2；写的是“{}”", clip(text))),
    }
}

fn date(text: &str) -> Result<Day, String> {
    let day = Day::parse(text).map_err(|error| format!("：{error}"))?;
    if (1850..=2200).contains(&day.year()) {
        Ok(day)
    } else {
        Err(format!("：日期“{}”离现在太远，请核对", clip(text)))
    }
}

fn yes_no(text: &str) -> Result<bool, String> {
    match fold(text).as_str() {
        "是" | "有" | "对" | "1" | "Y" | "y" | "true" | "√" => Ok(true),
        "否" | "无" | "没有" | "不是" | "0" | "N" | "n" | "false" | "×" => Ok(false),
        _ => Err(format!("应填“是”或“否”，写的是“{}”", clip(text))),
    }
}

fn choice(text: &str, choices: &[String]) -> Result<u16, String> {
    let folded = fold(text);
    if let Some(at) = choices.iter().position(|choice| *choice == folded) {
        return Ok(u16::try_from(at).expect("a list of choices is short"));
    }
    let meant = nearest(&folded, choices.iter().map(String::as_str)).map(|near| format!("；是不是“{near}”？"));
    Err(format!("应是其中之一：{}；写的是“{}”{}", choices.join("、"), clip(text), meant.unwrap_or_default()))
}
