//! Types one expression after another and lays them down as nodes.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::compile::World;
use super::kinds::Kind;
use super::program::{At, Node, V};
use crate::diagnostic::{Diagnostic, nearest};
use crate::form::{Belongs, FactId};
use crate::language::syntax::{Formula, Item, Pair, Part, Written};
use crate::page::{Page, Place};

/// Whose view an expression takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Household,
    Member,
    /// A member, inside 合计(…) and its like.
    Gathered,
}

/// A typed expression.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed {
    pub(crate) at: At,
    pub(crate) kind: Kind,
    /// Money that cannot have a part of a fen.
    pub(crate) whole_fen: bool,
    /// Parts under it, the longest way down.
    pub(super) depth: u32,
}

/// Parts on top of parts, through all definitions used: the evaluator's stack stays small.
const MAX_DEPTH: u32 = 300;

pub(crate) struct Typer<'w> {
    page: &'w Page<'w>,
    world: &'w World<'w>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) findings: Vec<Diagnostic>,
    /// Definitions typed so far: number, of a member, type.
    pub(crate) defined: BTreeMap<String, (u16, bool, Typed)>,
    /// Definitions and figures that failed: nothing more is said about them.
    pub(crate) failed: BTreeSet<String>,
    /// All definitions of the book, for suggestions.
    pub(crate) all_names: Vec<String>,
    /// Names that the book drops from the one it takes over, with its path.
    pub(crate) dropped: BTreeMap<String, String>,
    /// Facts whose 何时问 is being read: none may come back to itself.
    asking: Vec<FactId>,
}

/// A program has at most so many parts: nothing a person writes comes near.
const MAX_NODES: usize = 100_000;

impl<'w> Typer<'w> {
    pub(crate) fn new(page: &'w Page<'w>, world: &'w World<'w>) -> Typer<'w> {
        let (nodes, findings, all_names, asking) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (defined, dropped, failed) = (BTreeMap::new(), BTreeMap::new(), world.unreadable.clone());
        Typer { page, world, nodes, findings, defined, failed, all_names, dropped, asking }
    }

    /// What is typed and found from here on stands on this page.
    pub(crate) fn stand_on(&mut self, page: &'w Page<'w>) {
        self.page = page;
    }

    /// Types a formula; none when something was found.
    pub(crate) fn formula(&mut self, formula: &Formula, scope: Scope) -> Option<Typed> {
        self.part(formula, formula.root(), scope, 0)
    }

    pub(crate) fn finding(&mut self, at: Place, message: impl Into<String>, hint: Option<String>) {
        let mut finding = Diagnostic::error(self.page, at, message);
        finding.hint = hint;
        self.findings.push(finding);
    }

    /// Says so when a clause is not of the kind it must be.
    pub(crate) fn must_be(&mut self, item: &Item, typed: Typed, kind: Kind) -> bool {
        let fits = typed.kind.alike(kind).is_some();
        if !fits {
            let message = format!("“{}”应算出{}，这里算出来是{}", item.name, kind.name(), typed.kind.name());
            self.finding(item.at, message, None);
        }
        fits
    }

    pub(super) fn none<T>(&mut self, at: Place, message: impl Into<String>, hint: Option<String>) -> Option<T> {
        self.finding(at, message, hint);
        None
    }

    pub(super) fn put(&mut self, place: Place, node: Node, kind: Kind, whole_fen: bool, below: u32) -> Option<Typed> {
        if below >= MAX_DEPTH {
            return self.none(place, format!("一层靠一层太深，最多 {MAX_DEPTH} 层"), None);
        }
        if self.nodes.len() == MAX_NODES {
            return self.none(place, format!("这本书太长，全部式子合起来最多 {MAX_NODES} 个部分"), None);
        }
        self.nodes.push(node);
        Some(Typed { at: self.nodes.len() as At - 1, kind, whole_fen, depth: below + 1 })
    }

    pub(super) fn part(&mut self, formula: &Formula, part: Part, scope: Scope, nested: u32) -> Option<Typed> {
        let (written, at) = formula.get(part);
        if nested >= MAX_DEPTH {
            return self.none(at, format!("式子太长，最多 {MAX_DEPTH} 层"), None);
        }
        if self.nodes.len() == MAX_NODES && !self.findings.is_empty() {
            return None; // told already
        }
        let inner = |typer: &mut Self, part: Part| typer.part(formula, part, scope, nested + 1);
        match written {
            Written::Number(number, unit) => {
                let kind = Kind::of_number(*number, *unit);
                self.put(at, Node::Const(V::Num(*number)), kind, number.as_whole().is_some(), 0)
            }
            Written::Date(day) => self.put(at, Node::Const(V::Date(*day)), Kind::Date, true, 0),
            Written::YesNo(yes) => self.put(at, Node::Const(V::YesNo(*yes)), Kind::YesNo, true, 0),
            Written::Name(name) => self.name(name, at, scope, nested),
            Written::Not(value) => {
                let value = inner(self, *value)?;
                self.needs(value, Kind::YesNo, "非", formula.get(part).1)?;
                self.put(at, Node::Not(value.at), Kind::YesNo, true, value.depth)
            }
            Written::Negative(value) => {
                let value = inner(self, *value)?;
                self.amount(value, "-", at)?;
                self.put(at, Node::Negative(value.at), value.kind, value.whole_fen, value.depth)
            }
            Written::Pair(pair, left, right) => self.pair(formula, *pair, (*left, *right), at, scope, nested),
            Written::Among { value, list, negated } => {
                let value = inner(self, *value)?;
                self.among(value, list, *negated, at)
            }
            Written::If { condition, then, otherwise } => {
                let (condition, then, otherwise) =
                    (inner(self, *condition), inner(self, *then), inner(self, *otherwise));
                self.choose(condition?, then?, otherwise?, at)
            }
            Written::Call { function, arguments } => self.call(formula, function, arguments, at, scope, nested),
        }
    }

    pub(super) fn needs(&mut self, typed: Typed, kind: Kind, word: &str, at: Place) -> Option<()> {
        if typed.kind.alike(kind).is_some() {
            return Some(());
        }
        self.none(at, format!("“{word}”要用{}，这里是{}", kind.name(), typed.kind.name()), None)
    }

    pub(super) fn amount(&mut self, typed: Typed, word: &str, at: Place) -> Option<()> {
        if typed.kind.is_amount() {
            return Some(());
        }
        self.none(at, format!("“{word}”要用数或金额，这里是{}", typed.kind.name()), None)
    }

    fn name(&mut self, name: &str, at: Place, scope: Scope, nested: u32) -> Option<Typed> {
        if let Some(&(number, of_member, typed)) = self.defined.get(name) {
            self.may_see(name, of_member, scope, at)?;
            return self.put(at, Node::Definition(number), typed.kind, typed.whole_fen, typed.depth);
        }
        if matches!(name, "年龄" | "月初年龄") {
            self.may_see(name, true, scope, at)?;
            let Some(birth) = self.world.form.fact("出生日期") else {
                return self.none(at, "一张表里没有“出生日期”，算不出年龄", None);
            };
            let node = Node::Age { birth, on_first_day: name == "月初年龄" };
            return self.put(at, node, Kind::Number { whole: true }, true, 0);
        }
        if let Some(fact) = self.world.form.fact(name) {
            return self.fact(fact, at, scope, nested);
        }
        if let Some((number, kind)) = self.world.figures.find(name) {
            let whole = !matches!(kind, Kind::Number { whole: false });
            return self.put(at, Node::Figure(number), kind, whole, 0);
        }
        if self.failed.contains(name) {
            return None;
        }
        let hint = self.suggestion(name);
        self.none(at, format!("没有“{name}”这个名字"), hint)
    }

    fn suggestion(&self, name: &str) -> Option<String> {
        if let Some(word) = ["且", "或", "非", "若", "则"].iter().find(|word| name.contains(**word))
            && name.chars().count() > 3
        {
            return Some(format!("如果“{word}”是连接词，前后要空一格"));
        }
        if let Some(path) = self.dropped.get(name) {
            return Some(format!("“{name}”在 {path} 里删去了"));
        }
        let chosen = self.world.form.facts().find(|(_, decl)| decl.choices().iter().any(|choice| choice == name));
        if let Some((_, decl)) = chosen {
            return Some(format!("“{name}”是“{}”的选项，写：{} = {name}", decl.name, decl.name));
        }
        let facts = self.world.form.facts().map(|(_, decl)| decl.name.as_str());
        let own = self.all_names.iter().map(String::as_str);
        let names = facts.chain(own).chain(self.world.figures.names()).chain(["年龄", "月初年龄"]);
        nearest(name, names).map(|near| format!("是不是“{near}”？"))
    }

    fn may_see(&mut self, name: &str, of_member: bool, scope: Scope, at: Place) -> Option<()> {
        if !of_member || scope != Scope::Household {
            return Some(());
        }
        let hint = format!("例如 合计({name}, 计入)、任一({name})；或者在这一条前面加“每人”");
        self.none(at, format!("“{name}”是每人各有的，全家的式子里要先汇总"), Some(hint))
    }

    fn fact(&mut self, fact: FactId, at: Place, scope: Scope, nested: u32) -> Option<Typed> {
        let decl = self.world.form.declaration(fact);
        let of_member = decl.belongs == Belongs::Person;
        self.may_see(&decl.name, of_member, scope, at)?;
        let kind = Kind::of_fact(&decl.kind, self.world.lists);
        let node = match self.world.asked.get(&fact.0) {
            Some(formula) => {
                let asked_scope = if of_member { Scope::Gathered } else { Scope::Household };
                let when = self.when(fact, formula, asked_scope, nested)?;
                let none = kind.none(decl.choices());
                return self.put(at, Node::AskedFact { fact, of_member, when: when.at, none }, kind, true, when.depth);
            }
            None if of_member => Node::Fact(fact),
            None => Node::HouseholdFact(fact),
        };
        self.put(at, node, kind, !matches!(kind, Kind::Number { whole: false }), 0)
    }

    /// 何时问 of a fact, typed where it stands: on the form's page.
    fn when(&mut self, fact: FactId, formula: &Formula, scope: Scope, nested: u32) -> Option<Typed> {
        let page = std::mem::replace(&mut self.page, self.world.form_page);
        let (root, at) = (formula.root(), formula.get(formula.root()).1);
        let typed = if self.asking.contains(&fact) {
            let name = &self.world.form.declaration(fact).name;
            self.none(at, format!("“{name}”的何时问绕成了圈"), None)
        } else {
            self.asking.push(fact);
            let typed = self.part(formula, root, scope, nested + 1);
            self.asking.pop();
            typed.and_then(|typed| self.needs(typed, Kind::YesNo, "何时问", at).map(|()| typed))
        };
        self.page = page;
        typed
    }

    fn pair(
        &mut self,
        formula: &Formula,
        pair: Pair,
        (left, right): (Part, Part),
        at: Place,
        scope: Scope,
        nested: u32,
    ) -> Option<Typed> {
        let typed_left = self.part(formula, left, scope, nested + 1);
        if let (Pair::Equal | Pair::NotEqual, Some(Kind::Choice(list))) = (pair, typed_left.map(|typed| typed.kind))
            && let (Written::Name(word), place) = formula.get(right)
            && !self.defined.contains_key(word)
            && self.world.form.fact(word).is_none()
        {
            return self
                .among(typed_left?, &[(word.clone(), place)], pair == Pair::NotEqual, at)
                .filter(|_| list < u16::MAX);
        }
        if let (Pair::Equal | Pair::NotEqual, None, (Written::Name(word), _)) = (pair, typed_left, formula.get(right))
            && self.world.form.facts().any(|(_, decl)| decl.choices().contains(word))
        {
            return None; // a choice of something that was not understood: told already
        }
        let (left, right) = (typed_left, self.part(formula, right, scope, nested + 1));
        self.joined(pair, left?, right?, at)
    }

    fn joined(&mut self, pair: Pair, left: Typed, right: Typed, at: Place) -> Option<Typed> {
        let depth = left.depth.max(right.depth);
        match pair {
            Pair::And | Pair::Or => {
                let word = if pair == Pair::And { "且" } else { "或" };
                self.needs(left, Kind::YesNo, word, at)?;
                self.needs(right, Kind::YesNo, word, at)?;
                let node = if pair == Pair::And { Node::And(left.at, right.at) } else { Node::Or(left.at, right.at) };
                self.put(at, node, Kind::YesNo, true, depth)
            }
            Pair::Add | Pair::Sub => {
                let word = if pair == Pair::Add { "加" } else { "减" };
                let kind = left.kind.alike(right.kind).filter(|kind| kind.is_amount());
                let Some(kind) = kind else { return self.mismatch(left, right, word, at) };
                let node = if pair == Pair::Add { Node::Add(left.at, right.at) } else { Node::Sub(left.at, right.at) };
                self.put(at, node, kind, left.whole_fen && right.whole_fen, depth)
            }
            Pair::Mul => {
                let Some(kind) = left.kind.times(right.kind) else { return self.mismatch(left, right, "乘", at) };
                self.put(at, Node::Mul(left.at, right.at), kind, left.whole_fen && right.whole_fen, depth)
            }
            Pair::Div => {
                let Some(kind) = left.kind.over(right.kind) else { return self.mismatch(left, right, "除", at) };
                self.put(at, Node::Div(left.at, right.at), kind, false, depth)
            }
            Pair::Less | Pair::AtMost | Pair::More | Pair::AtLeast => {
                let orderable = |kind: &Kind| kind.is_amount() || *kind == Kind::Date;
                if left.kind.alike(right.kind).filter(orderable).is_none() {
                    return self.mismatch(left, right, "比较", at);
                }
                self.put(at, Node::Compare { how: pair, left: left.at, right: right.at }, Kind::YesNo, true, depth)
            }
            Pair::Equal | Pair::NotEqual => {
                if left.kind.alike(right.kind).is_none() {
                    return self.mismatch(left, right, "比较", at);
                }
                self.put(at, Node::Compare { how: pair, left: left.at, right: right.at }, Kind::YesNo, true, depth)
            }
        }
    }

    pub(super) fn mismatch(&mut self, left: Typed, right: Typed, word: &str, at: Place) -> Option<Typed> {
        let (left, right) = (left.kind.name(), right.kind.name());
        let hint = match (left, right) {
            ("元/月", "元/年") | ("元/年", "元/月") => Some("先用 按月(…) 或 按年(…) 换成一样的".to_owned()),
            ("元", "元/月") | ("元/月", "元") => Some("元/月 乘月数（例如 24个月）才是元".to_owned()),
            _ => None,
        };
        let message =
            if word == "除" { format!("{left}不能除以{right}") } else { format!("{left}和{right}不能{word}") };
        self.none(at, message, hint)
    }

    fn among(&mut self, value: Typed, list: &[(String, Place)], negated: bool, at: Place) -> Option<Typed> {
        let Kind::Choice(number) = value.kind else {
            return self.none(at, format!("“属于”前面应是选项，这里是{}", value.kind.name()), None);
        };
        let choices = self.world.lists.get(number);
        let mut mask = 0u128;
        for (word, place) in list {
            let Some(at) = choices.iter().position(|choice| choice == word).filter(|&at| at < 128) else {
                let near = nearest(word, choices.iter().map(SmolStr::as_str));
                let hint =
                    near.map_or_else(|| format!("只能是：{}", choices.join("、")), |near| format!("是不是“{near}”？"));
                return self.none(*place, format!("选项里没有“{word}”"), Some(hint));
            };
            mask |= 1 << at;
        }
        let among = self.put(at, Node::Among { value: value.at, mask }, Kind::YesNo, true, value.depth)?;
        if negated { self.put(at, Node::Not(among.at), Kind::YesNo, true, among.depth) } else { Some(among) }
    }

    fn choose(&mut self, condition: Typed, then: Typed, otherwise: Typed, at: Place) -> Option<Typed> {
        self.needs(condition, Kind::YesNo, "若", at)?;
        let Some(kind) = then.kind.alike(otherwise.kind) else {
            let (left, right) = (then.kind.name(), otherwise.kind.name());
            return self.none(at, format!("“则”后面是{left}，“否则”后面是{right}，应是同一种"), None);
        };
        let depth = condition.depth.max(then.depth).max(otherwise.depth);
        let node = Node::If { condition: condition.at, then: then.at, otherwise: otherwise.at };
        self.put(at, node, kind, then.whole_fen && otherwise.whole_fen, depth)
    }
}
