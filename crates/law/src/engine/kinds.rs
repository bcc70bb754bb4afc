//! Kinds of values: what may be added to, compared with, multiplied by what. Money, counts, ratios, dates do not mix.

use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use crate::form::{FactId, FactKind, OneForm, Ratio, Value};
use crate::language::lex::{Token, Unit};

use super::num::Num;
use super::program::V;

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Money(Per),
    /// A zero written `0元`: of any money.
    ZeroMoney,
    /// 整数 when whole, else 比率.
    Number {
        whole: bool,
    },
    /// So many months: 元/月 times these is 元.
    Months,
    Date,
    YesNo,
    /// One of a list: the number of the list among [`Lists`].
    Choice(u16),
}

/// What span of time money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Per {
    Once,
    Month,
    Year,
}

/// The lists of choices of a form, equal ones once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    lists: Vec<Vec<SmolStr>>,
    /// Of every fact, in the form's order.
    kinds: Vec<Kind>,
}

impl Lists {
    pub(crate) fn of(form: &OneForm) -> Lists {
        let mut lists = Lists::default();
        for (_, decl) in form.facts() {
            if !decl.choices().is_empty() && lists.find(decl.choices()).is_none() {
                lists.lists.push(decl.choices().iter().map(SmolStr::from).collect());
            }
        }
        lists.kinds = form.facts().map(|(_, decl)| Kind::of_fact(&decl.kind, &lists)).collect();
        lists
    }

    /// The kind of a fact of the form.
    pub(crate) fn kind_of(&self, fact: FactId) -> Kind {
        self.kinds[usize::from(fact.0)]
    }

    pub(crate) fn get(&self, list: u16) -> &[SmolStr] {
        &self.lists[usize::from(list)]
    }

    fn number(&self, choices: &[String]) -> u16 {
        self.find(choices).expect("every list of the form was noted") as u16
    }

    fn find(&self, choices: &[String]) -> Option<usize> {
        self.lists.iter().position(|list| list.iter().eq(choices))
    }
}

impl Kind {
    /// As messages name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Money(Per::Once) | Kind::ZeroMoney => "元",
            Kind::Money(Per::Month) => "元/月",
            Kind::Money(Per::Year) => "元/年",
            Kind::Number { whole: true } => "整数",
            Kind::Number { whole: false } => "比率",
            Kind::Months => "月数",
            Kind::Date => "日期",
            Kind::YesNo => "是/否",
            Kind::Choice(_) => "选项",
        }
    }

    /// The kind of a fact.
    pub(crate) fn of_fact(kind: &FactKind, lists: &Lists) -> Kind {
        match kind {
            FactKind::Money { .. } => Kind::Money(Per::Once),
            FactKind::MoneyPerMonth { .. } => Kind::Money(Per::Month),
            FactKind::MoneyPerYear { .. } => Kind::Money(Per::Year),
            FactKind::Count => Kind::Number { whole: true },
            FactKind::Ratio => Kind::Number { whole: false },
            FactKind::Date => Kind::Date,
            FactKind::YesNo => Kind::YesNo,
            FactKind::Choice(choices) => Kind::Choice(lists.number(choices)),
        }
    }

    /// The kind of a written number.
    pub(crate) fn of_number(number: Num, unit: Unit) -> Kind {
        match unit {
            Unit::Yuan if number.is_zero() => Kind::ZeroMoney,
            Unit::Yuan => Kind::Money(Per::Once),
            Unit::YuanPerMonth => Kind::Money(Per::Month),
            Unit::YuanPerYear => Kind::Money(Per::Year),
            Unit::Months => Kind::Months,
            Unit::Plain => Kind::Number { whole: number.as_whole().is_some() },
            Unit::Percent => Kind::Number { whole: false },
        }
    }

    /// The kind and value of a figure as read.
    pub(crate) fn of_figure(token: &Token) -> (Kind, V) {
        match token {
            Token::Number(number, unit) => match Kind::of_number(*number, *unit) {
                Kind::ZeroMoney => (Kind::Money(Per::Once), V::Num(*number)),
                kind => (kind, V::Num(*number)),
            },
            Token::Date(day) => (Kind::Date, V::Date(*day)),
            Token::Name(_) | Token::Word(_) | Token::Text(_) | Token::Cite(_) | Token::Sign(_) | Token::End => {
                unreachable!("figures are read as numbers or dates")
            }
        }
    }

    /// The one kind of two that must be alike; none when they do not mix.
    pub(crate) fn alike(self, other: Kind) -> Option<Kind> {
        match (self, other) {
            (left, right) if left == right => Some(left),
            (Kind::ZeroMoney, money @ Kind::Money(_)) | (money @ Kind::Money(_), Kind::ZeroMoney) => Some(money),
            (Kind::Number { whole: a }, Kind::Number { whole: b }) => Some(Kind::Number { whole: a && b }),
            _ => None,
        }
    }

    /// Amounts that can be added and ordered.
    pub(crate) fn is_amount(self) -> bool {
        matches!(self, Kind::Money(_) | Kind::ZeroMoney | Kind::Number { .. } | Kind::Months)
    }

    /// The kind of a product; none when there is no such thing.
    pub(crate) fn times(self, other: Kind) -> Option<Kind> {
        match (self, other) {
            (Kind::Number { whole: a }, Kind::Number { whole: b }) => Some(Kind::Number { whole: a && b }),
            (kind @ (Kind::Money(_) | Kind::ZeroMoney), Kind::Number { .. })
            | (Kind::Number { .. }, kind @ (Kind::Money(_) | Kind::ZeroMoney)) => Some(kind),
            (Kind::Money(Per::Month), Kind::Months) | (Kind::Months, Kind::Money(Per::Month)) => {
                Some(Kind::Money(Per::Once))
            }
            (Kind::Months, Kind::Number { .. }) | (Kind::Number { .. }, Kind::Months) => Some(Kind::Months),
            _ => None,
        }
    }

    /// The kind of a quotient; none when there is no such thing.
    pub(crate) fn over(self, other: Kind) -> Option<Kind> {
        match (self, other) {
            (Kind::Money(Per::Once), Kind::Months) => Some(Kind::Money(Per::Month)),
            (kind @ (Kind::Money(_) | Kind::ZeroMoney), Kind::Number { .. }) => Some(kind),
            (left, right) if left.is_amount() && left.alike(right).is_some() => Some(Kind::Number { whole: false }),
            _ => None,
        }
    }

    /// What a fact counts as that is not asked because 何时问 does not hold: nothing of it.
    pub(crate) fn none(self, choices: &[String]) -> V {
        match self {
            Kind::Money(_) | Kind::ZeroMoney | Kind::Number { .. } | Kind::Months => V::Num(Num::ZERO),
            Kind::YesNo => V::YesNo(false),
            Kind::Choice(_) => {
                choices.iter().position(|choice| choice == "无").map_or(V::Unknown, |at| V::Choice(at as u16))
            }
            Kind::Date => V::Unknown,
        }
    }

    /// A value as people write it.
    pub(crate) fn show(self, value: V, lists: &Lists) -> SmolStr {
        match (value, self) {
            (V::Unknown, _) => SmolStr::new_static("不知道"),
            (V::Beyond, _) => SmolStr::new_static("无法计算"),
            (V::YesNo(yes), _) => SmolStr::new_static(if yes { "是" } else { "否" }),
            (V::Date(day), _) => day.to_smolstr(),
            (V::Choice(at), Kind::Choice(list)) => {
                self::Lists::get(lists, list).get(usize::from(at)).cloned().unwrap_or_default()
            }
            (V::Choice(at), _) => at.to_smolstr(),
            (V::Num(number), Kind::Money(_) | Kind::ZeroMoney) => yuan(number, self.name()),
            (V::Num(number), Kind::Months) => format_smolstr!("{}个月", plain(number)),
            (V::Num(number), _) => plain(number),
        }
    }
}

/// Fen as yuan with the unit: exact, or `约` when there is a part of a fen.
fn yuan(fen: Num, unit: &str) -> SmolStr {
    let cents = fen.round(super::num::Rounding::HalfUp, Num::whole(1)).and_then(Num::as_whole);
    let about = if fen.as_whole().is_some() { "" } else { "约" };
    cents.map_or_else(
        || format_smolstr!("很大的数{unit}"),
        |cents| format_smolstr!("{about}{}{unit}", crate::form::plain_yuan(values::Fen::new(cents))),
    )
}

/// `3`, `1.3`, or `1/3` when decimals would never end.
fn plain(number: Num) -> SmolStr {
    let (n, d) = number.parts();
    if d == 1 {
        return n.to_smolstr();
    }
    let millionths = i128::from(n) * i128::from(Ratio::ONE);
    if millionths % i128::from(d) != 0 {
        return format_smolstr!("{n}/{d}");
    }
    let scaled = millionths / i128::from(d);
    let (sign, scaled) = if scaled < 0 { ("-", -scaled) } else { ("", scaled) };
    let text = format!("{sign}{}.{:06}", scaled / 1_000_000, scaled % 1_000_000);
    text.trim_end_matches('0').into()
}

/// A fact's value in the evaluator.
pub(crate) fn value_of(value: Value) -> V {
    match value {
        Value::Money(fen) | Value::MoneyPerMonth(fen) | Value::MoneyPerYear(fen) => V::Num(Num::whole(fen.fen())),
        Value::Count(number) => V::Num(Num::whole(number)),
        Value::Ratio(ratio) => Num::ratio(i128::from(ratio.0), i128::from(Ratio::ONE)).map_or(V::Beyond, V::Num),
        Value::Date(day) => V::Date(day),
        Value::YesNo(yes) => V::YesNo(yes),
        Value::Choice(at) => V::Choice(at),
    }
}
