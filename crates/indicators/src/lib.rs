//! The temperature gauge (温度表): figures that say what they are, how they are made, and where they come from.
//!
//! In: plain counts of one month ([`Counts`]), read from the books by whoever keeps them. Out: [`Figure`]s with definition,
//! formula, unit, source and the key under which the cases behind them can be opened. Not here on purpose: queries, clocks,
//! floating point: ratios are whole parts of ten thousand.

mod breakdown;

use serde::{Deserialize, Serialize};
use values::{Day, Fen, Month};

pub use breakdown::{By, Paid, Part, breakdown};

/// What the books say about a month, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Month.
    pub month: Month,
    /// As of which day.
    pub as_of: Day,
    /// Distinct persons in payment: named on a line, or counted in a household that is.
    pub persons_in_payment: u64,
    /// Distinct persons named on a line of the month.
    pub payees: u64,
    /// Locked for the month, reissues included.
    pub locked: Fen,
    /// Confirmed by the bank.
    pub paid: Fen,
    /// Lines locked.
    pub lines: u64,
    /// Lines the bank sent back.
    pub returned_lines: u64,
    /// Lines issued again in this month.
    pub reissued_lines: u64,
    /// Difference found by reconciliation.
    pub difference: Fen,
    /// Cases handed in until the day.
    pub cases_handed_in: u64,
    /// Cases open on the day.
    pub cases_open: u64,
    /// Cases decided in the month.
    pub cases_decided: u64,
    /// Of these, within the promise.
    pub cases_in_time: u64,
    /// Days used by the cases decided, added up.
    pub days_used: u64,
    /// Of the cases decided, those with one trip at most.
    pub cases_one_trip: u64,
    /// Leads raised and not closed.
    pub leads_open: u64,
    /// Leads closed with help.
    pub leads_helped: u64,
}

/// One figure of the gauge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its key; pages open the cases behind it under this name.
    pub key: &'static str,
    /// Name.
    pub name: &'static str,
    /// Value.
    pub value: Amount,
    /// What is counted.
    pub definition: &'static str,
    /// How it is made.
    pub formula: &'static str,
    /// From which books.
    pub source: &'static str,
}

/// A value with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// 人.
    Persons(u64),
    /// 笔.
    Lines(u64),
    /// 件.
    Cases(u64),
    /// 条.
    Leads(u64),
    /// 元.
    Money(Fen),
    /// Parts of ten thousand; `None` when there is nothing to divide by.
    Share(Option<u32>),
    /// Tenths of a day; `None` when there is nothing to divide by.
    Days(Option<u64>),
}

impl Amount {
    /// The value as people read it, without its unit.
    pub fn shown(&self) -> String {
        match self {
            Amount::Persons(n) | Amount::Lines(n) | Amount::Cases(n) | Amount::Leads(n) => thousands(*n),
            Amount::Money(fen) => fen.to_string(),
            Amount::Share(Some(share)) => format!("{}.{:02}%", share / 100, share % 100),
            Amount::Days(Some(tenths)) => format!("{}.{}", tenths / 10, tenths % 10),
            Amount::Share(None) | Amount::Days(None) => "—".to_owned(),
        }
    }

    /// The unit.
    pub const fn unit(&self) -> &'static str {
        match self {
            Amount::Persons(_) => "人",
            Amount::Lines(_) => "笔",
            Amount::Cases(_) => "件",
            Amount::Leads(_) => "条",
            Amount::Money(_) => "元",
            Amount::Share(_) => "",
            Amount::Days(_) => "天",
        }
    }

    /// The bare number that two months are compared by.
    fn number(&self) -> Option<i64> {
        match self {
            Amount::Persons(n) | Amount::Lines(n) | Amount::Cases(n) | Amount::Leads(n) => i64::try_from(*n).ok(),
            Amount::Money(fen) => Some(fen.fen()),
            Amount::Share(share) => share.map(i64::from),
            Amount::Days(tenths) => tenths.and_then(|t| i64::try_from(t).ok()),
        }
    }
}

/// A figure of two months side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Movement {
    /// This month.
    pub now: Figure,
    /// The month before.
    pub before: Amount,
    /// This month minus the month before, in the smallest unit; `None` when one of them says nothing.
    pub change: Option<i64>,
}

fn twelve_times(month: Fen) -> Fen {
    std::iter::repeat_n(month, 12).sum()
}

fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn share(part: u64, whole: u64) -> Amount {
    Amount::Share(
        whole
            .checked_sub(part)
            .filter(|_| whole > 0)
            .map(|_| u32::try_from(part * 10_000 / whole).expect("a share is at most the whole")),
    )
}

fn mean_tenths(sum: u64, count: u64) -> Amount {
    Amount::Days((count > 0).then(|| (sum * 10 + count / 2) / count))
}

/// The figures of a month.
pub fn gauge(c: &Counts) -> Vec<Figure> {
    let figure =
        |key, name, value, definition, formula, source| Figure { key, name, value, definition, formula, source };
    vec![
        figure(
            "persons_in_payment",
            "领取救助的人",
            Amount::Persons(c.persons_in_payment),
            "当月有发放明细的人，加上低保家庭里一同保障的人；一人领几项只算一人",
            "按人去重计数",
            "发放明细、待遇台账",
        ),
        figure(
            "paid",
            "已到账",
            Amount::Money(c.paid),
            "银行确认到账的金额，含重发",
            "锁定金额 − 退回金额",
            "银行回盘",
        ),
        figure(
            "locked",
            "应发",
            Amount::Money(c.locked),
            "当月各县批次锁定的金额，含重发",
            "各批次锁定金额合计",
            "发放批次",
        ),
        figure(
            "annualised",
            "折合全年",
            Amount::Money(twelve_times(c.locked)),
            "照本月应发（含重发）推算的全年金额，不是预算",
            "本月应发 × 12",
            "发放批次",
        ),
        figure(
            "returned_lines",
            "银行退回",
            Amount::Lines(c.returned_lines),
            "银行没有入账退回的笔数",
            "退回明细计数",
            "银行回盘",
        ),
        figure(
            "reissued_lines",
            "退回重发",
            Amount::Lines(c.reissued_lines),
            "上月退回、账户更正后本月重新发放的笔数",
            "重发明细计数",
            "发放明细",
        ),
        figure(
            "difference",
            "对账差额",
            Amount::Money(c.difference),
            "应发、批次、银行文件、银行回盘、总账五本账之间的差额，应当是零",
            "五本账逐对相减，取绝对值合计",
            "总账、发放批次、银行回盘",
        ),
        figure(
            "cases_open",
            "正在办理",
            Amount::Cases(c.cases_open),
            "已交表、还没有决定的申请",
            "按办理状态计数",
            "办件台账",
        ),
        figure(
            "cases_decided",
            "本月办结",
            Amount::Cases(c.cases_decided),
            "本月作出确认或不予确认决定的申请",
            "按决定日计数",
            "办件台账",
        ),
        figure(
            "cases_in_time",
            "二十日内办结",
            share(c.cases_in_time, c.cases_decided),
            "本月办结的申请里，从交表到决定没有超过承诺时限的比例",
            "承诺内办结件数 ÷ 本月办结件数",
            "办件时钟",
        ),
        figure(
            "mean_days",
            "平均用时",
            mean_tenths(c.days_used, c.cases_decided),
            "本月办结的申请，从交表到决定平均用了几天（扣除暂停）",
            "用时合计 ÷ 本月办结件数，四舍五入到 0.1 天",
            "办件时钟",
        ),
        figure(
            "one_trip",
            "最多跑一次",
            share(c.cases_one_trip, c.cases_decided),
            "本月办结的申请里，群众最多跑一趟的比例",
            "跑动不超过一趟的件数 ÷ 本月办结件数",
            "办件事件",
        ),
        figure(
            "leads_open",
            "待走访线索",
            Amount::Leads(c.leads_open),
            "系统发现可能漏保、还没有人上门看过的线索",
            "未办结线索计数",
            "主动发现",
        ),
        figure(
            "leads_helped",
            "主动发现后帮上的",
            Amount::Leads(c.leads_helped),
            "系统发现可能漏保、上门后帮助申请了的线索",
            "结果为“已帮助申请”的线索计数",
            "主动发现",
        ),
    ]
}

/// The figures of a month beside those of the month before.
pub fn movement(now: &Counts, before: &Counts) -> Vec<Movement> {
    let old = gauge(before);
    gauge(now)
        .into_iter()
        .zip(old)
        .map(|(now, before)| {
            assert_eq!(now.key, before.key, "two months have the same figures");
            let change = now.value.number().zip(before.value.number()).map(|(a, b)| a - b);
            Movement { change, before: before.value, now }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts() -> Counts {
        Counts {
            month: "2021-09".parse().unwrap(),
            as_of: Day::new(2021, 9, 30).unwrap(),
            persons_in_payment: 140_000,
            payees: 110_000,
            locked: Fen::yuan(33_666_667),
            paid: Fen::yuan(33_600_000),
            lines: 150_000,
            returned_lines: 400,
            reissued_lines: 0,
            difference: Fen::ZERO,
            cases_handed_in: 3,
            cases_open: 0,
            cases_decided: 3,
            cases_in_time: 2,
            days_used: 50,
            cases_one_trip: 3,
            leads_open: 7,
            leads_helped: 1,
        }
    }

    fn shown(key: &str, counts: &Counts) -> String {
        let figure = gauge(counts).into_iter().find(|figure| figure.key == key).unwrap();
        format!("{}{}", figure.value.shown(), figure.value.unit())
    }

    #[test]
    fn figures_are_shown_as_people_read_them() {
        for (key, text) in [
            ("persons_in_payment", "140,000人"),
            ("paid", "33,600,000.00元"),
            ("annualised", "404,000,004.00元"),
            ("cases_in_time", "66.66%"),
            ("mean_days", "16.7天"),
            ("one_trip", "100.00%"),
        ] {
            assert_eq!(shown(key, &counts()), text);
        }
    }

    #[test]
    fn nothing_decided_is_shown_as_nothing_not_as_zero() {
        let none = Counts { cases_decided: 0, cases_in_time: 0, days_used: 0, cases_one_trip: 0, ..counts() };
        assert_eq!((shown("cases_in_time", &none), shown("mean_days", &none)), ("—".into(), "—天".into()));
    }

    #[test]
    fn a_gauge_moves() {
        let now = Counts { persons_in_payment: 140_001, cases_decided: 0, cases_in_time: 0, ..counts() };
        let moved = movement(&now, &counts());
        let change = |key| moved.iter().find(|m| m.now.key == key).unwrap().change;
        assert_eq!((change("persons_in_payment"), change("paid"), change("cases_in_time")), (Some(1), Some(0), None));
    }
}
