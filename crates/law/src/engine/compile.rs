//! From a book's items to a program: order of definitions, cycles, then every expression typed in turn.

use std::collections::BTreeMap;

use super::expression::{Scope, Typed, Typer};
use super::figures::Figures;
use super::kinds::{Kind, Lists, Per};
use super::program::{Clause, Definition, Program};
use crate::book::{Book, ProgrammeUnit};
use crate::diagnostic::Diagnostic;
use crate::form::OneForm;
use crate::language::syntax::{Formula, Item, ItemKind, Written};
use crate::page::Page;

/// What a book's names may mean beside its own definitions.
pub(crate) struct World<'w> {
    pub(crate) form: &'w OneForm,
    pub(crate) lists: &'w Lists,
    pub(crate) figures: &'w Figures,
    /// 何时问 of each fact, as read.
    pub(crate) asked: &'w BTreeMap<u16, Formula>,
}

/// After so many findings in one book the rest is left for the next time.
const MAX_FINDINGS: usize = 50;

/// Compiles a book; the program is only to be used when nothing was found.
pub(crate) fn compile(page: &Page<'_>, book: &Book, world: &World<'_>, findings: &mut Vec<Diagnostic>) -> Program {
    let mut program = empty(book);
    let items: Vec<&Item> = book.items.iter().filter(|item| matches!(item.kind, ItemKind::Definition { .. })).collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        check_name(page, item, world, findings);
        if let Some(first) = names.insert(&item.name, at) {
            let message = format!("“{}”已在第 {} 行定义过", item.name, items[first].at.line);
            findings.push(Diagnostic::error(page, item.at, message));
        }
    }
    let Some(order) = order(page, &items, &names, findings) else { return program };
    let mut typer = Typer::new(page, world, std::mem::take(&mut program.nodes));
    typer.all_names = names.keys().map(|name| (*name).to_owned()).collect();
    for at in order {
        let item = items[at];
        let of_member = item.kind == ItemKind::Definition { per_person: true };
        let scope = if of_member { Scope::Member } else { Scope::Household };
        if let Some(typed) = typer.formula(&item.formula, scope) {
            define(&mut program, &mut typer, item, of_member, typed);
        } else {
            typer.failed.insert(item.name.clone());
        }
        if typer.findings.len() >= MAX_FINDINGS {
            break;
        }
    }
    clauses(book, &mut program, &mut typer);
    check_cites(page, book, &mut typer.findings);
    findings.append(&mut typer.findings);
    program.nodes = typer.nodes;
    program.counted = counted(&program);
    finish(page, book, &program, findings);
    program
}

/// Whom a household programme protects: 保障对象, or 计入 where the book makes no difference.
fn counted(program: &Program) -> Option<u16> {
    let find = |name: &str| program.definitions.iter().position(|d| d.name == name && d.of_member);
    find("保障对象").or_else(|| find("计入")).map(|at| at as u16)
}

fn empty(book: &Book) -> Program {
    Program {
        path: book.path.clone(),
        id: book.id.clone(),
        title: book.title.clone(),
        unit: book.unit,
        area: book.area,
        from: book.from,
        checked_until: book.checked_until,
        pays_from_next_month: book.pays_from_next_month,
        nodes: Vec::new(),
        definitions: Vec::new(),
        conditions: Vec::new(),
        doubts: Vec::new(),
        amount: None,
        counted: None,
        procedure: book.procedure.clone(),
        cases: book.cases.clone(),
    }
}

fn check_name(page: &Page<'_>, item: &Item, world: &World<'_>, findings: &mut Vec<Diagnostic>) {
    let taken = match () {
        () if world.form.fact(&item.name).is_some() => "一张表里的事实",
        () if world.figures.find(&item.name).is_some() => "参数",
        () if matches!(item.name.as_str(), "年龄" | "月初年龄") => "语言自带的名字",
        () => return,
    };
    findings.push(Diagnostic::error(page, item.at, format!("“{}”是{taken}，不能再定义", item.name)));
}

/// Definitions in an order in which each comes after those it uses; none when some go in a circle.
fn order(
    page: &Page<'_>,
    items: &[&Item],
    names: &BTreeMap<&str, usize>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Vec<usize>> {
    let uses: Vec<Vec<usize>> = items.iter().map(|item| used(&item.formula, names)).collect();
    let mut state = vec![0u8; items.len()]; // 0 untouched, 1 on the path, 2 done
    let mut done = Vec::with_capacity(items.len());
    for start in 0..items.len() {
        let mut path = if state[start] == 0 { vec![(start, 0)] } else { Vec::new() };
        while let Some((at, next)) = path.last_mut() {
            state[*at] = 1;
            if let Some(&used) = uses[*at].get(*next) {
                *next += 1;
                match state[used] {
                    0 => path.push((used, 0)),
                    1 => {
                        circle(page, items, &path, used, findings);
                        return None;
                    }
                    _ => {}
                }
            } else {
                state[*at] = 2;
                done.push(*at);
                path.pop();
            }
        }
    }
    Some(done)
}

fn circle(page: &Page<'_>, items: &[&Item], path: &[(usize, usize)], used: usize, findings: &mut Vec<Diagnostic>) {
    let from = path.iter().position(|(at, _)| *at == used).unwrap_or(0);
    let mut names: Vec<&str> = path[from..].iter().take(8).map(|(at, _)| items[*at].name.as_str()).collect();
    if path.len() - from > 8 {
        names.push("…");
    }
    names.push(&items[used].name);
    let message = format!("定义绕成了圈：{}", names.join(" → "));
    findings.push(Diagnostic::error(page, items[used].at, message));
}

fn used(formula: &Formula, names: &BTreeMap<&str, usize>) -> Vec<usize> {
    let name = |written: &Written| match written {
        Written::Name(name) => names.get(name.as_str()).copied(),
        _ => None,
    };
    formula.parts.iter().filter_map(|(written, _)| name(written)).collect()
}

fn define(program: &mut Program, typer: &mut Typer<'_>, item: &Item, of_member: bool, typed: Typed) {
    let at = program.definitions.len() as u16;
    typer.defined.insert(item.name.clone(), (at, of_member, typed));
    program.definitions.push(Definition {
        name: item.name.clone(),
        of_member,
        root: typed.at,
        kind: typed.kind,
        formula: item.formula.text.clone(),
        cite: cite(item),
    });
}

fn cite(item: &Item) -> String {
    item.cites.iter().map(|(cite, _)| format!("〔{cite}〕")).collect()
}

/// Conditions, doubts and the amount, in the book's order.
fn clauses(book: &Book, program: &mut Program, typer: &mut Typer<'_>) {
    let scope = match book.unit {
        ProgrammeUnit::Household => Scope::Household,
        ProgrammeUnit::Person => Scope::Member,
    };
    for item in &book.items {
        if matches!(item.kind, ItemKind::Definition { .. }) || typer.findings.len() >= MAX_FINDINGS {
            continue;
        }
        let Some(typed) = typer.formula(&item.formula, scope) else { continue };
        let clause = Clause {
            name: item.name.clone(),
            root: typed.at,
            kind: typed.kind,
            formula: item.formula.text.clone(),
            cite: cite(item),
            text: item.text.clone().unwrap_or_default(),
            next_step: item.next_step.clone(),
        };
        match item.kind {
            ItemKind::Condition if typer.must_be(item, typed, Kind::YesNo) => program.conditions.push(clause),
            ItemKind::Doubt if typer.must_be(item, typed, Kind::YesNo) => program.doubts.push(clause),
            ItemKind::Amount => amount(program, typer, item, typed, clause),
            ItemKind::Condition | ItemKind::Doubt | ItemKind::Definition { .. } => {}
        }
    }
}

fn amount(program: &mut Program, typer: &mut Typer<'_>, item: &Item, typed: Typed, clause: Clause) {
    if !typer.must_be(item, typed, Kind::Money(Per::Month)) {
        return;
    }
    if !typed.whole_fen {
        let hint = "例如 进到元(…)、舍到元(…)、四舍五入到元(…)";
        typer.finding(item.at, "金额可能有不足一分的零头，要写明怎么舍入", Some(hint.to_owned()));
    }
    if program.amount.is_some() {
        typer.finding(item.at, "一本书只能有一个金额", None);
    }
    program.amount = Some(clause);
}

fn check_cites(page: &Page<'_>, book: &Book, findings: &mut Vec<Diagnostic>) {
    for (cite, at) in book.items.iter().flat_map(|item| &item.cites) {
        let short = cite.split_whitespace().next().unwrap_or("");
        if !book.texts.contains_key(short) {
            findings.push(Diagnostic::warning(page, *at, format!("引用的“{short}”没有写在书目里")));
        }
    }
}

fn finish(page: &Page<'_>, book: &Book, program: &Program, findings: &mut Vec<Diagnostic>) {
    if findings.iter().any(|finding| finding.severity == crate::Severity::Error) {
        return;
    }
    let start = crate::page::Place { line: 1, column: 1 };
    if program.conditions.is_empty() {
        findings.push(Diagnostic::error(page, start, format!("《{}》没有一个条件", book.title)));
    }
    if program.amount.is_none() {
        findings.push(Diagnostic::error(page, start, format!("《{}》没有金额", book.title)));
    }
}
