//! `policy check`: what the books hold, what no worked case exercises, what nobody uses, what is left to a person, and
//! whether the promises can be kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;
use values::{Day, WorkCalendar};

use crate::book::Changes;
use crate::diagnostic::Diagnostic;
use crate::engine::kinds::Kind;
use crate::engine::program::{At, Clause, Node, PARTS_DOUBT, Program, Standing};
use crate::library::Library;
use crate::promise::{self, PromiseProof};
use crate::trial::{self, Exercised};

/// What was found in books that load.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// One line a book.
    pub books: Vec<BookSummary>,
    /// What the books that take over another one (沿用) change in it.
    pub layers: Vec<Layer>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
    /// Conditions, doubts, branches and yes/no definitions that no worked case makes true, or false.
    pub unexercised: Vec<Unexercised>,
    /// Figures that no book uses.
    pub unused_figures: Vec<String>,
    /// Figures without a source.
    pub example_figures: Vec<String>,
    /// Provisions left to a person (转人工).
    pub by_hand: Vec<ByHand>,
    /// Whether the promises can be kept.
    pub promises: Vec<PromiseProof>,
}

/// What a book holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BookSummary {
    /// Its path.
    pub path: String,
    /// 编号.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// In force from.
    pub from: Day,
    /// 核对至.
    pub checked_until: Day,
    /// How many definitions.
    pub definitions: usize,
    /// How many conditions and doubts.
    pub conditions: usize,
    /// How many worked cases.
    pub cases: usize,
}

/// What a book changes in the one it takes over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// The book.
    pub path: String,
    /// The book it takes over.
    pub base: String,
    /// 改: as the book says it, `条件 收入低于标准`.
    pub replaced: Vec<String>,
    /// New items.
    pub added: Vec<String>,
    /// 删.
    pub dropped: Vec<String>,
}

/// Something no worked case exercises both ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unexercised {
    /// The book.
    pub path: String,
    /// 条件, 转人工, 定义 or 若.
    pub what: String,
    /// Its name; for a 若, the definition it stands in.
    pub name: String,
    /// 成立 or 不成立: what no case shows.
    pub never: String,
}

/// A provision left to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ByHand {
    /// The book.
    pub path: String,
    /// The doubt's name.
    pub name: String,
    /// Why.
    pub because: String,
}

/// Checks books that load; `calendar` and the span of start days prove the promises, none of them skips the proof.
pub fn check(library: &Library, span: Option<(&WorkCalendar, Day, Day)>) -> CheckReport {
    let exercised = trial::exercise(library);
    CheckReport {
        books: library.programs.iter().map(summary).collect(),
        layers: library.programs.iter().filter_map(layer).collect(),
        warnings: library.warnings().to_vec(),
        unexercised: unexercised(library, &exercised),
        unused_figures: unused_figures(library),
        example_figures: library.figures.examples(),
        by_hand: library.programs.iter().flat_map(by_hand).collect(),
        promises: span
            .map_or_else(Vec::new, |(calendar, from, until)| promise::prove_all(library, calendar, (from, until))),
    }
}

fn summary(program: &Program) -> BookSummary {
    BookSummary {
        path: program.path.clone(),
        programme: program.id.to_string(),
        title: program.title.to_string(),
        from: program.from,
        checked_until: program.checked_until,
        definitions: program.definitions.len(),
        conditions: program.conditions.len() + program.doubts.len(),
        cases: program.cases.len(),
    }
}

fn layer(program: &Program) -> Option<Layer> {
    let Changes { base, replaced, added, dropped } = program.changes.clone()?;
    Some(Layer { path: program.path.clone(), base, replaced, added, dropped })
}

/// The provisions that stand in this book; what it takes over is told with the other one.
fn by_hand(program: &Program) -> Vec<ByHand> {
    let own = |doubt: &&Clause| doubt.name != PARTS_DOUBT && *doubt.standing.path == *program.path;
    let told = |doubt: &Clause| ByHand {
        path: program.path.clone(),
        name: doubt.name.to_string(),
        because: doubt.text.to_string(),
    };
    program.doubts.iter().filter(own).map(told).collect()
}

/// What is never seen in any of the books that an item is part of: a case of any of them exercises it.
fn unexercised(library: &Library, exercised: &Exercised) -> Vec<Unexercised> {
    let found: Vec<Vec<(Unexercised, Spot)>> =
        library.programs.iter().map(|program| unexercised_in(program, exercised)).collect();
    let mut books: BTreeMap<Standing, usize> = BTreeMap::new();
    for standing in library.programs.iter().flat_map(standings) {
        *books.entry(standing).or_default() += 1;
    }
    let mut never: BTreeMap<Spot, usize> = BTreeMap::new();
    for (_, spot) in found.iter().flatten() {
        *never.entry(spot.clone()).or_default() += 1;
    }
    let mut told = BTreeSet::new();
    let all = found.into_iter().flatten();
    all.filter(|(_, spot)| never[spot] == books[&spot.0] && told.insert(spot.clone())).map(|(found, _)| found).collect()
}

/// An item, the how manieth thing in it, and which of 成立 (1) and 不成立 (2).
type Spot = (Standing, usize, u8);

fn standings(program: &Program) -> Vec<Standing> {
    let clauses = program.conditions.iter().chain(&program.doubts).chain(&program.amount);
    let clauses = clauses.chain(program.parts.iter().map(|part| &part.clause)).filter(|c| c.name != PARTS_DOUBT);
    let definitions = program.definitions.iter().map(|definition| definition.standing.clone());
    definitions.chain(clauses.map(|clause| clause.standing.clone())).collect()
}

fn unexercised_in(program: &Program, exercised: &Exercised) -> Vec<(Unexercised, Spot)> {
    let untouched = vec![0; program.nodes.len()];
    let seen = exercised.get(&program.path).unwrap_or(&untouched);
    let mut found = Vec::new();
    let mut note = |what: &str, name: &str, at: At, standing: &Standing, nth: usize| {
        for (bit, never) in [(1, "成立"), (2, "不成立")] {
            if seen[at as usize] & bit == 0 {
                let (what, name, never) = (what.to_owned(), name.to_owned(), never.to_owned());
                let path = standing.path.to_string();
                found.push((Unexercised { path, what, name, never }, (standing.clone(), nth, bit)));
            }
        }
    };
    let mut item = |what: &str, name: &str, root: At, standing: &Standing| {
        if !what.is_empty() {
            note(what, name, root, standing, 0);
        }
        for (nth, condition) in conditions_under(program, root).into_iter().enumerate() {
            note("若", name, condition, standing, nth + 1);
        }
    };
    for definition in &program.definitions {
        let what = if definition.kind == Kind::YesNo { "定义" } else { "" };
        item(what, &definition.name, definition.root, &definition.standing);
    }
    let parts = program.parts.iter().map(|part| ("", &part.clause));
    let conditions = program.conditions.iter().map(|clause| ("条件", clause));
    let doubts = program.doubts.iter().map(|clause| ("转人工", clause));
    let clauses = conditions.chain(doubts).chain(program.amount.iter().map(|clause| ("", clause))).chain(parts);
    for (what, clause) in clauses.filter(|(_, clause)| clause.name != PARTS_DOUBT) {
        item(what, &clause.name, clause.root, &clause.standing);
    }
    found
}

/// The conditions of every 若 in an expression, definitions it mentions left out.
fn conditions_under(program: &Program, root: At) -> Vec<At> {
    let (mut found, mut left) = (Vec::new(), vec![root]);
    while let Some(at) = left.pop() {
        let node = program.nodes[at as usize];
        if let Node::If { condition, .. } = node {
            found.push(condition);
        }
        left.extend(node.parts());
    }
    found
}

fn unused_figures(library: &Library) -> Vec<String> {
    let used: BTreeSet<u16> = library
        .programs
        .iter()
        .flat_map(|program| &program.nodes)
        .filter_map(|node| if let Node::Figure(number) = node { Some(*number) } else { None })
        .collect();
    let names = library.figures.names().enumerate();
    names.filter(|(at, _)| !used.contains(&(*at as u16))).map(|(_, name)| name.to_owned()).collect()
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for book in &self.books {
            let BookSummary { path, title, from, checked_until, definitions, conditions, cases, .. } = book;
            writeln!(
                f,
                "{path}  《{title}》 {from} 起，核对至 {checked_until}：定义 {definitions}，条件 {conditions}，例子 {cases}"
            )?;
        }
        for Layer { path, base, replaced, added, dropped } in &self.layers {
            let said =
                [("改", replaced), ("加", added), ("删", dropped)].into_iter().filter(|(_, names)| !names.is_empty());
            let said: Vec<String> = said.map(|(word, names)| format!("{word} {}", names.join("、"))).collect();
            let said = if said.is_empty() { "条文没有改动".to_owned() } else { said.join("；") };
            writeln!(f, "{path}: 沿用 {base}：{said}")?;
        }
        for warning in &self.warnings {
            write!(f, "{warning}")?;
        }
        for Unexercised { path, what, name, never } in &self.unexercised {
            writeln!(f, "{path}: 提醒：没有例子让{what}“{name}”{never}")?;
        }
        if !self.unused_figures.is_empty() {
            writeln!(f, "提醒：没有用到的参数：{}", self.unused_figures.join("、"))?;
        }
        if !self.example_figures.is_empty() {
            writeln!(f, "示例参数（没有出处，拿到文件后要改）：{}", self.example_figures.join("、"))?;
        }
        for ByHand { path, name, because } in &self.by_hand {
            writeln!(f, "{path}: 留给人看：{name}，{because}")?;
        }
        for proof in &self.promises {
            writeln!(f, "{proof}")?;
        }
        let cases: usize = self.books.iter().map(|book| book.cases).sum();
        let open = self.warnings.len() + self.unexercised.len() + self.unused_figures.len();
        writeln!(f, "\n结果：没有错误。{} 本书，{cases} 个例子，{open} 条提醒", self.books.len())
    }
}
