//! 分项: the components of an amount, and the doubt that they do not add up to it.

use smol_str::SmolStr;

use super::expression::{Typed, Typer};
use super::kinds::Kind;
use super::program::{Clause, Node, PARTS_DOUBT, Program, V};
use crate::book::Full;
use crate::language::syntax::{ItemKind, Pair};
use crate::page::Place;

/// An amount has at most so many components.
const MAX_PARTS: usize = 20;

/// Components must be of the amount's kind. Whether they add up to it hangs on the household; where they do not, a person
/// decides: that is one more doubt of the book.
pub(super) fn add_up<'w>(full: &Full<'w>, program: &mut Program, typer: &mut Typer<'w>) {
    let placed: Vec<_> = full.items.iter().filter(|placed| placed.item.kind == ItemKind::Part).collect();
    let Some(first) = placed.first() else { return };
    if program.parts.len() < placed.len() || !typer.findings.is_empty() {
        return; // a component that could not be read was told already
    }
    typer.stand_on(first.page);
    let at = first.item.at;
    if placed.len() > MAX_PARTS {
        return typer.finding(at, format!("分项最多 {MAX_PARTS} 项"), None);
    }
    let Some(amount) = program.amount.clone() else {
        return typer.finding(at, "没有金额，不能写分项", None);
    };
    for (component, placed) in program.parts.iter().zip(&placed) {
        if component.clause.kind.alike(amount.kind).is_none() {
            let (own, whole) = (component.clause.kind.name(), amount.kind.name());
            let message = format!("分项“{}”是{own}，金额“{}”是{whole}，应是同一种", component.clause.name, amount.name);
            typer.stand_on(placed.page);
            typer.finding(placed.item.at, message, None);
        }
    }
    if typer.findings.is_empty()
        && let Some(root) = doubt(program, &amount, at, typer)
    {
        let names: Vec<&str> = program.parts.iter().map(|component| component.clause.name.as_str()).collect();
        let formula = format!("{} ≠ {}", names.join(" + "), amount.name).into();
        let text = format!("分项加起来不等于“{}”，要由人核对", amount.name).into();
        let (name, cite, standing) =
            (SmolStr::new_static(PARTS_DOUBT), SmolStr::default(), program.parts[0].clause.standing.clone());
        let (kind, next_step) = (Kind::YesNo, None);
        program.doubts.push(Clause {
            name,
            root: root.at,
            kind,
            formula,
            cite,
            text,
            next_step,
            met: SmolStr::default(),
            standing,
        });
    }
}

/// `a + b + c ≠ amount 或 a < 0 或 b < 0 或 c < 0`.
fn doubt(program: &Program, amount: &Clause, at: Place, typer: &mut Typer<'_>) -> Option<Typed> {
    let mut roots = program.parts.iter().map(|component| component.clause.root);
    let mut sum = roots.next()?;
    for root in roots.clone() {
        sum = typer.put(at, Node::Add(sum, root), amount.kind, true, 0)?.at;
    }
    let differs = Node::Compare { how: Pair::NotEqual, left: sum, right: amount.root };
    let mut found = typer.put(at, differs, Kind::YesNo, true, 0)?;
    for component in &program.parts {
        let zero = typer.put(at, Node::Const(V::Num(super::num::Num::ZERO)), Kind::ZeroMoney, true, 0)?;
        let negative = Node::Compare { how: Pair::Less, left: component.clause.root, right: zero.at };
        let negative = typer.put(at, negative, Kind::YesNo, true, 0)?;
        found = typer.put(at, Node::Or(found.at, negative.at), Kind::YesNo, true, 0)?;
    }
    Some(found)
}
