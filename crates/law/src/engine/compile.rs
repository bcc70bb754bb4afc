//! From a book's items to a program: order of definitions, cycles, then every expression typed in turn.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::components;
use super::expression::{Scope, Typed, Typer};
use super::figures::Figures;
use super::kinds::{Kind, Lists, Per};
use super::program::{Clause, Component, Definition, Program, Standing};
use crate::benefit::{AmountPer, Gives};
use crate::book::{Benefit, Full, Placed, ProgrammeUnit};
use crate::diagnostic::{Diagnostic, nearest};
use crate::form::OneForm;
use crate::language::syntax::{Change, Formula, Item, ItemKind, Written};
use crate::page::Page;

/// What a book's names may mean beside its own definitions.
pub(crate) struct World<'w> {
    pub(crate) form: &'w OneForm,
    pub(crate) lists: &'w Lists,
    pub(crate) figures: &'w Figures,
    /// 何时问 of each fact, as read.
    pub(crate) asked: &'w BTreeMap<u16, Formula>,
    /// Figures that could not be read: nothing more is said about them.
    pub(crate) unreadable: &'w BTreeSet<String>,
    /// The page on which the facts stand.
    pub(crate) form_page: &'w Page<'w>,
}

/// After so many findings in one book the rest is left for the next time.
const MAX_FINDINGS: usize = 50;

/// A book has at most so many conditions, and so many doubts: their numbers fit a byte in columns.
const MAX_CLAUSES: usize = 200;

/// Definitions use one another so many levels deep: nobody follows more, and an explanation nests as deep.
const MAX_LEVELS: usize = 50;

/// Compiles a book in full; the program is only to be used when nothing was found.
pub(crate) fn compile(full: &Full<'_>, world: &World<'_>, findings: &mut Vec<Diagnostic>) -> Program {
    let mut program = empty(full);
    let before = findings.len();
    let mut items: Vec<&Placed<'_>> =
        full.items.iter().filter(|placed| matches!(placed.item.kind, ItemKind::Definition { .. })).collect();
    items.retain(|placed| is_free(placed, world, findings));
    let names = names(full, &items, findings);
    let Some(order) = order(&items, &names, findings) else { return program };
    if let Some(placed) = too_deep(&items, &names, &order) {
        let message = format!("定义一个靠一个太深，最多 {MAX_LEVELS} 层");
        findings.push(Diagnostic::error(placed.page, placed.item.at, message));
        return program;
    }
    let mut typer = Typer::new(full.page, world);
    typer.dropped = dropped(full);
    typer.all_names = names.keys().map(|name| (*name).to_owned()).collect();
    for at in order {
        let item = items[at].item;
        typer.stand_on(items[at].page);
        let of_member = item.kind == ItemKind::Definition { per_person: true };
        let scope = if of_member { Scope::Member } else { Scope::Household };
        if let Some(typed) = typer.formula(&item.formula, scope) {
            define(&mut program, &mut typer, items[at], of_member, typed);
        } else {
            typer.failed.insert(item.name.clone());
        }
        if typer.findings.len() >= MAX_FINDINGS {
            break;
        }
    }
    clauses(full, &mut program, &mut typer);
    check_cites(full, &mut typer.findings);
    findings.extend(typer.findings.drain(..).map(|finding| told_of(full, finding)));
    program.nodes = typer.nodes;
    program.counted = counted(&program);
    if findings[before..].iter().all(|finding| finding.severity != crate::Severity::Error) {
        finish(full, &program, findings);
    }
    program
}

/// Short names, the longest first, so that 暂行办法 is not read as 办法.
fn texts(full: &Full<'_>) -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = full.texts.clone().into_iter().collect();
    texts.sort_by_key(|(short, _)| std::cmp::Reverse(short.chars().count()));
    texts
}

/// The definitions it drops from the book it takes over, with its own path.
fn dropped(full: &Full<'_>) -> BTreeMap<String, String> {
    let drops = |item: &&Item| item.change == Change::Drops && matches!(item.kind, ItemKind::Definition { .. });
    full.book.items.iter().filter(drops).map(|item| (item.name.clone(), full.book.path.clone())).collect()
}

/// What is wrong on another book's page is told with the book that takes it over.
fn told_of(full: &Full<'_>, mut finding: Diagnostic) -> Diagnostic {
    let is_inherited = finding.path != full.book.path && full.items.iter().any(|placed| *placed.path == *finding.path);
    if is_inherited && finding.hint.is_none() {
        finding.hint = Some(format!("{} 沿用了这一条，改动以后不通", full.book.path));
    }
    finding
}

/// The definitions by name, each name once; other items are once of their sort.
fn names<'b>(full: &Full<'_>, items: &[&Placed<'b>], findings: &mut Vec<Diagnostic>) -> BTreeMap<&'b str, usize> {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, placed) in items.iter().enumerate() {
        if let Some(first) = names.insert(&placed.item.name, at) {
            findings.push(twice(placed, items[first]));
        }
    }
    let mut clauses: BTreeMap<(ItemKind, &str), &Placed<'_>> = BTreeMap::new();
    let others = full.items.iter().filter(|placed| !matches!(placed.item.kind, ItemKind::Definition { .. }));
    for placed in others {
        if let Some(first) = clauses.insert((placed.item.kind, &placed.item.name), placed) {
            findings.push(twice(placed, first));
        }
    }
    names
}

fn twice(placed: &Placed<'_>, first: &Placed<'_>) -> Diagnostic {
    let message = format!(
        "“{}”已在第 {} 行{}过",
        placed.item.name,
        first.item.at.line,
        match placed.item.kind {
            ItemKind::Definition { .. } => "定义",
            ItemKind::Condition | ItemKind::Doubt | ItemKind::Amount | ItemKind::Part => "写",
        }
    );
    Diagnostic::error(placed.page, placed.item.at, message)
}

/// Whom a household programme protects: 保障对象, or 计入 where the book makes no difference.
fn counted(program: &Program) -> Option<u16> {
    let find = |name: &str| program.definitions.iter().position(|d| d.name == name && d.of_member);
    find("保障对象").or_else(|| find("计入")).map(|at| at as u16)
}

fn empty(full: &Full<'_>) -> Program {
    let book = full.book;
    Program {
        path: book.path.clone(),
        id: book.id.clone().into(),
        title: book.title.clone().into(),
        unit: full.unit,
        area: book.area,
        from: book.from,
        checked_until: book.checked_until,
        pays_from_next_month: full.pays_from_next_month,
        nodes: Vec::new(),
        definitions: Vec::new(),
        conditions: Vec::new(),
        doubts: Vec::new(),
        amount: None,
        parts: Vec::new(),
        gives: match full.benefit {
            Benefit::Money => Gives::Money(AmountPer::Month),
            Benefit::Recognition => Gives::Recognition,
            Benefit::Services => Gives::Services,
        },
        services: full.services.clone(),
        texts: texts(full),
        changes: full.changes.clone(),
        counted: None,
        procedure: full.procedure.clone(),
        cases: book.cases.clone(),
    }
}

/// False, and told, for a name that means something already.
fn is_free(placed: &Placed<'_>, world: &World<'_>, findings: &mut Vec<Diagnostic>) -> bool {
    let item = placed.item;
    let taken = match () {
        () if world.form.fact(&item.name).is_some() => "一张表里的事实",
        () if world.figures.find(&item.name).is_some() => "参数",
        () if matches!(item.name.as_str(), "年龄" | "月初年龄") => "语言自带的名字",
        () => return true,
    };
    findings.push(Diagnostic::error(placed.page, item.at, format!("“{}”是{taken}，不能再定义", item.name)));
    false
}

/// Definitions in an order in which each comes after those it uses; none when some go in a circle.
fn order(items: &[&Placed<'_>], names: &BTreeMap<&str, usize>, findings: &mut Vec<Diagnostic>) -> Option<Vec<usize>> {
    let uses: Vec<Vec<usize>> = items.iter().map(|placed| used(&placed.item.formula, names)).collect();
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
                        circle(items, &path, used, findings);
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

/// The first definition that stands too many levels above those it is made from.
fn too_deep<'p, 'b>(
    items: &[&'p Placed<'b>],
    names: &BTreeMap<&str, usize>,
    order: &[usize],
) -> Option<&'p Placed<'b>> {
    let mut levels = vec![0; items.len()];
    order.iter().find_map(|&at| {
        let below = used(&items[at].item.formula, names).into_iter().map(|used| levels[used]).max();
        levels[at] = 1 + below.unwrap_or(0);
        (levels[at] > MAX_LEVELS).then_some(items[at])
    })
}

fn circle(items: &[&Placed<'_>], path: &[(usize, usize)], used: usize, findings: &mut Vec<Diagnostic>) {
    let from = path.iter().position(|(at, _)| *at == used).unwrap_or(0);
    let mut names: Vec<&str> = path[from..].iter().take(8).map(|(at, _)| items[*at].item.name.as_str()).collect();
    if path.len() - from > 8 {
        names.push("…");
    }
    names.push(&items[used].item.name);
    let message = format!("定义绕成了圈：{}", names.join(" → "));
    findings.push(Diagnostic::error(items[used].page, items[used].item.at, message));
}

fn used(formula: &Formula, names: &BTreeMap<&str, usize>) -> Vec<usize> {
    let name = |written: &Written| match written {
        Written::Name(name) => names.get(name.as_str()).copied(),
        _ => None,
    };
    formula.parts.iter().filter_map(|(written, _)| name(written)).collect()
}

fn define(program: &mut Program, typer: &mut Typer<'_>, placed: &Placed<'_>, of_member: bool, typed: Typed) {
    let (item, at) = (placed.item, program.definitions.len() as u16);
    typer.defined.insert(item.name.clone(), (at, of_member, typed));
    program.definitions.push(Definition {
        name: item.name.as_str().into(),
        of_member,
        root: typed.at,
        kind: typed.kind,
        formula: item.formula.text.as_str().into(),
        cite: cite(item),
        standing: standing(placed),
    });
}

fn standing(placed: &Placed<'_>) -> Standing {
    Standing::new(placed.path.clone(), placed.item.at.line)
}

fn cite(item: &Item) -> SmolStr {
    item.cites.iter().map(|(cite, _)| format!("〔{cite}〕")).collect::<String>().into()
}

/// Conditions, doubts, the amount and its components, in the book's order.
fn clauses<'w>(full: &Full<'w>, program: &mut Program, typer: &mut Typer<'w>) {
    let scope = match full.unit {
        ProgrammeUnit::Household => Scope::Household,
        ProgrammeUnit::Person => Scope::Member,
    };
    for placed in &full.items {
        let item = placed.item;
        if matches!(item.kind, ItemKind::Definition { .. }) || typer.findings.len() >= MAX_FINDINGS {
            continue;
        }
        typer.stand_on(placed.page);
        let Some(typed) = typer.formula(&item.formula, scope) else { continue };
        let clause = clause(placed, typed);
        match item.kind {
            ItemKind::Condition if typer.must_be(item, typed, Kind::YesNo) => program.conditions.push(clause),
            ItemKind::Doubt if typer.must_be(item, typed, Kind::YesNo) => program.doubts.push(clause),
            ItemKind::Amount => amount(program, typer, item, typed, clause),
            ItemKind::Part => {
                whole_fen(typer, item, typed);
                program.parts.push(Component { clause, payee: item.payee.as_deref().map(SmolStr::from) });
            }
            ItemKind::Condition | ItemKind::Doubt | ItemKind::Definition { .. } => {}
        }
    }
    components::add_up(full, program, typer);
}

fn clause(placed: &Placed<'_>, typed: Typed) -> Clause {
    let item = placed.item;
    Clause {
        name: item.name.as_str().into(),
        root: typed.at,
        kind: typed.kind,
        formula: item.formula.text.as_str().into(),
        cite: cite(item),
        text: item.text.as_deref().unwrap_or_default().into(),
        next_step: item.next_step.as_deref().map(SmolStr::from),
        met: format!("{}：符合", item.name).into(),
        standing: standing(placed),
    }
}

fn amount(program: &mut Program, typer: &mut Typer<'_>, item: &Item, typed: Typed, clause: Clause) {
    let per = match (program.gives, typed.kind) {
        (Gives::Money(_), Kind::Money(per)) => per,
        (Gives::Money(_), Kind::ZeroMoney) => Per::Once,
        (Gives::Money(_), other) => {
            let message = format!("“{}”应算出元/月、元或元/年，这里算出来是{}", item.name, other.name());
            return typer.finding(item.at, message, None);
        }
        (gives @ (Gives::Recognition | Gives::Services), _) => {
            let hint = "发钱的，书目里的待遇写“现金”或者不写".to_owned();
            return typer.finding(item.at, format!("待遇是“{gives}”的书不发钱，不能写金额"), Some(hint));
        }
    };
    whole_fen(typer, item, typed);
    if program.amount.is_some() {
        typer.finding(item.at, "一本书只能有一个金额", None);
    }
    program.gives = Gives::Money(match per {
        Per::Month => AmountPer::Month,
        Per::Once => AmountPer::Once,
        Per::Year => AmountPer::Year,
    });
    program.amount = Some(clause);
}

fn whole_fen(typer: &mut Typer<'_>, item: &Item, typed: Typed) {
    if !typed.whole_fen {
        let hint = "例如 进到元(…)、舍到元(…)、四舍五入到元(…)";
        let message = format!("{}可能有不足一分的零头，要写明怎么舍入", item.kind.name());
        typer.finding(item.at, message, Some(hint.to_owned()));
    }
}

/// The book's own citations; those of a book taken over were looked up there.
fn check_cites(full: &Full<'_>, findings: &mut Vec<Diagnostic>) {
    for (cite, at) in full.book.items.iter().flat_map(|item| &item.cites) {
        let short = cite.split_whitespace().next().unwrap_or("");
        if !full.texts.contains_key(short) {
            if short.is_empty() {
                findings.push(Diagnostic::warning(full.page, *at, "〔 〕里没有写依据"));
                continue;
            }
            let mut finding = Diagnostic::warning(full.page, *at, format!("引用的“{short}”没有写在书目里"));
            finding.hint =
                nearest(short, full.texts.keys().map(String::as_str)).map(|near| format!("是不是“{near}”？"));
            findings.push(finding);
        }
    }
}

/// What a book must have besides being right.
fn finish(full: &Full<'_>, program: &Program, findings: &mut Vec<Diagnostic>) {
    let title = &full.book.title;
    let mut lacks = |message: String| findings.push(Diagnostic::error(full.page, full.book.head_at, message));
    let has = |kind: ItemKind| full.items.iter().any(|placed| placed.item.kind == kind);
    if !has(ItemKind::Condition) {
        lacks(format!("《{title}》没有一个条件"));
    }
    if program.conditions.len().max(program.doubts.len()) > MAX_CLAUSES {
        lacks(format!("一本书的条件、转人工各最多 {MAX_CLAUSES} 条"));
    }
    match program.gives {
        Gives::Money(_) if !has(ItemKind::Amount) => lacks(format!("《{title}》没有金额")),
        Gives::Services if program.services.is_empty() => lacks(format!("待遇是“服务”，《{title}》没有给付表")),
        Gives::Money(_) | Gives::Recognition if !program.services.is_empty() => {
            lacks("给付表只用在待遇是“服务”的书里".to_owned());
        }
        Gives::Money(_) | Gives::Recognition | Gives::Services => {}
    }
}
