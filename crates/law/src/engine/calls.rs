//! Types the functions of the language: few, total, and none that a book could add to.

use super::expression::{Scope, Typed, Typer};
use super::kinds::{Kind, Per};
use super::num::{Num, Rounding};
use super::program::{Gather, Node, V};
use crate::diagnostic::nearest;
use crate::language::syntax::{Formula, Part};
use crate::page::Place;

const FUNCTIONS: [&str; 16] = [
    "合计",
    "计数",
    "任一",
    "全部",
    "最大",
    "最小",
    "取大",
    "取小",
    "进到元",
    "舍到元",
    "四舍五入到元",
    "进到",
    "舍到",
    "四舍五入到",
    "按月",
    "按年",
];

impl Typer<'_> {
    pub(super) fn call(
        &mut self,
        formula: &Formula,
        function: &str,
        arguments: &[Part],
        at: Place,
        scope: Scope,
        nested: u32,
    ) -> Option<Typed> {
        if !FUNCTIONS.contains(&function) {
            let hint = nearest(function, FUNCTIONS.into_iter()).map(|near| format!("是不是“{near}”？"));
            return self.none(at, format!("没有“{function}”这个算法"), hint);
        }
        let gather = match function {
            "合计" => Some(Gather::Sum),
            "计数" => Some(Gather::Count),
            "任一" => Some(Gather::Any),
            "全部" => Some(Gather::Every),
            "最大" => Some(Gather::Greatest),
            "最小" => Some(Gather::Least),
            _ => None,
        };
        if let Some(gather) = gather {
            return self.gather(formula, gather, function, arguments, at, scope, nested);
        }
        let typed: Vec<Option<Typed>> =
            arguments.iter().map(|part| self.part(formula, *part, scope, nested + 1)).collect();
        let typed: Vec<Typed> = typed.into_iter().collect::<Option<_>>()?;
        let yuan =
            |typer: &mut Self| typer.put(at, Node::Const(V::Num(Num::whole(100))), Kind::Money(Per::Once), true, 0);
        match (function, typed.as_slice()) {
            ("取大" | "取小", [first, rest @ ..]) if !rest.is_empty() => self.extreme(function, *first, rest, at),
            ("按月", [value]) if value.kind == Kind::Money(Per::Year) => {
                self.convert(*value, Num::ratio(1, 12), Per::Month, at)
            }
            ("按年", [value]) if value.kind == Kind::Money(Per::Month) => {
                self.convert(*value, Some(Num::whole(12)), Per::Year, at)
            }
            ("按月", [value]) => self.none(at, format!("按月(…) 里应是元/年，这里是{}", value.kind.name()), None),
            ("按年", [value]) => self.none(at, format!("按年(…) 里应是元/月，这里是{}", value.kind.name()), None),
            ("进到元" | "舍到元" | "四舍五入到元", [value]) => {
                let unit = yuan(self)?;
                self.round(function, *value, unit, at)
            }
            ("进到" | "舍到" | "四舍五入到", [value, unit]) => self.round(function, *value, *unit, at),
            _ => {
                let wanted = match function {
                    "取大" | "取小" => "2 项以上",
                    "进到" | "舍到" | "四舍五入到" => "2 项",
                    _ => "1 项",
                };
                self.none(at, format!("“{function}”括号里应是 {wanted}，这里是 {} 项", typed.len()), None)
            }
        }
    }

    fn extreme(&mut self, function: &str, first: Typed, rest: &[Typed], at: Place) -> Option<Typed> {
        let mut so_far = first;
        for next in rest {
            let kind = so_far.kind.alike(next.kind).filter(|kind| kind.is_amount() || *kind == Kind::Date);
            let Some(kind) = kind else { return self.mismatch(so_far, *next, "比大小", at) };
            let (left, right) = (so_far.at, next.at);
            let node = if function == "取大" { Node::Greater(left, right) } else { Node::Lesser(left, right) };
            let depth = so_far.depth.max(next.depth);
            so_far = self.put(at, node, kind, so_far.whole_fen && next.whole_fen, depth)?;
        }
        Some(so_far)
    }

    fn convert(&mut self, value: Typed, factor: Option<Num>, per: Per, at: Place) -> Option<Typed> {
        let factor = factor.expect("twelve months are a year");
        let constant = self.put(at, Node::Const(V::Num(factor)), Kind::Number { whole: false }, true, 0)?;
        let whole = value.whole_fen && per == Per::Year;
        self.put(at, Node::Mul(value.at, constant.at), Kind::Money(per), whole, value.depth)
    }

    fn round(&mut self, function: &str, value: Typed, unit: Typed, at: Place) -> Option<Typed> {
        self.amount(value, function, at)?;
        let money = |kind: Kind| matches!(kind, Kind::Money(_) | Kind::ZeroMoney);
        if money(value.kind) != money(unit.kind) || !unit.kind.is_amount() || !unit.whole_fen {
            let (left, right) = (value.kind.name(), unit.kind.name());
            return self.none(at, format!("{left}不能按{right}取整"), None);
        }
        let how = match function {
            "进到元" | "进到" => Rounding::Up,
            "舍到元" | "舍到" => Rounding::Down,
            _ => Rounding::HalfUp,
        };
        let depth = value.depth.max(unit.depth);
        self.put(at, Node::Round { how, value: value.at, unit: unit.at }, value.kind, true, depth)
    }

    #[allow(clippy::too_many_arguments)] // the expression, where it stands and how it is seen
    fn gather(
        &mut self,
        formula: &Formula,
        how: Gather,
        function: &str,
        arguments: &[Part],
        at: Place,
        scope: Scope,
        nested: u32,
    ) -> Option<Typed> {
        if scope == Scope::Gathered {
            return self.none(at, format!("汇总里面不能再用“{function}”"), Some("先给里面的起个名字".to_owned()));
        }
        let (value, filter) = match arguments {
            [value] => (*value, None),
            [value, filter] => (*value, Some(*filter)),
            _ => return self.none(at, format!("“{function}”括号里应是 1 项或 2 项"), None),
        };
        let value = self.part(formula, value, Scope::Gathered, nested + 1)?;
        let filter = match filter {
            Some(filter) => self.part(formula, filter, Scope::Gathered, nested + 1)?,
            None => self.put(at, Node::Const(V::YesNo(true)), Kind::YesNo, true, 0)?,
        };
        self.needs(filter, Kind::YesNo, &format!("{function} 的第二项"), at)?;
        let kind = match how {
            Gather::Count | Gather::Any | Gather::Every => {
                self.needs(value, Kind::YesNo, function, at)?;
                if how == Gather::Count { Kind::Number { whole: true } } else { Kind::YesNo }
            }
            Gather::Sum | Gather::Greatest | Gather::Least => {
                self.amount(value, function, at)?;
                value.kind
            }
        };
        let depth = value.depth.max(filter.depth);
        self.put(at, Node::Gather { how, value: value.at, filter: filter.at }, kind, value.whole_fen, depth)
    }
}
