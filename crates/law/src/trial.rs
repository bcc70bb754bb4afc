//! Runs worked cases against the books, and notes what no case ever made true or false.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use values::Day;

use crate::benefit::AmountPer;
use crate::book::{self, CaseText, Expected, ExpectedOutcome, ProgrammeUnit};
use crate::determination::{Determination, Outcome};
use crate::diagnostic::{Diagnostic, nearest};
use crate::engine::evaluate::{Evaluator, HOUSEHOLD, Memo};
use crate::engine::kinds::Kind;
use crate::engine::program::{At, Clause, Program, V};
use crate::form::{Belongs, Fact, FactKind, FactRow, Facts, SourceId, Value};
use crate::language::lex;
use crate::library::{Ground, Library};
use crate::page::Page;

/// How one worked case went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseResult {
    /// The book or file it stands in.
    pub path: String,
    /// Its line.
    pub line: u32,
    /// 例.
    pub title: String,
    /// The programme's id.
    pub programme: String,
    /// What differs, in Chinese; empty when the case holds.
    pub problems: Vec<String>,
    /// 依据.
    pub cite: String,
}

/// How all worked cases went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TestReport {
    /// In the order of the books.
    pub cases: Vec<CaseResult>,
    /// Case files that could not be read.
    pub unreadable: Vec<Diagnostic>,
}

/// What the cases exercised, per program (by its path): bit 1 of a node was seen true, bit 2 false.
pub(crate) type Exercised = BTreeMap<String, Vec<u8>>;

/// Runs the worked cases of the books and of `extra` files (path, text) of the same form.
pub fn test(library: &Library, extra: &[(impl AsRef<str>, impl AsRef<str>)]) -> TestReport {
    let mut report = TestReport::default();
    let mut exercised = Exercised::new();
    for program in &library.programs {
        for case in &program.cases {
            report.cases.push(run(library, case, &program.id, &mut exercised));
        }
    }
    for (path, text) in extra {
        let cases = match Page::read(path.as_ref(), text.as_ref()) {
            Ok(page) => book::read_cases(&page, &mut report.unreadable),
            Err(finding) => {
                report.unreadable.push(finding);
                continue;
            }
        };
        for case in &cases {
            report.cases.push(run(library, case, "", &mut exercised));
        }
    }
    report
}

/// Runs the books' own cases and returns what they exercised.
pub(crate) fn exercise(library: &Library) -> Exercised {
    let mut exercised = Exercised::new();
    for program in &library.programs {
        for case in &program.cases {
            run(library, case, &program.id, &mut exercised);
        }
    }
    exercised
}

fn run(library: &Library, case: &CaseText, own: &str, exercised: &mut Exercised) -> CaseResult {
    let programme = case.programme.clone().unwrap_or_else(|| own.to_owned());
    let mut problems = Vec::new();
    if let Some(prepared) = Prepared::of(library, case, &mut problems) {
        prepared.judge(&programme, exercised, &mut problems);
    }
    CaseResult {
        path: case.path.clone(),
        line: case.at.line,
        title: case.title.clone(),
        programme,
        problems,
        cite: case.cite.clone(),
    }
}

/// What the books answer to the one case of a text, for one programme.
///
/// # Errors
/// In Chinese, each with its place: a text that cannot be read, names and values that the books do not know.
pub fn answer(library: &Library, text: &str, programme: &str) -> Result<Vec<Determination>, Vec<String>> {
    let mut findings = Vec::new();
    let cases = match Page::read("case", text) {
        Ok(page) => book::read_cases(&page, &mut findings),
        Err(finding) => return Err(vec![finding.to_string()]),
    };
    let (Some(case), []) = (cases.first(), findings.as_slice()) else {
        return Err(findings.iter().map(ToString::to_string).collect());
    };
    let info = library.programme(programme).ok_or_else(|| vec![format!("没有项目“{programme}”")])?;
    let mut problems = Vec::new();
    let prepared = Prepared::of(library, case, &mut problems).ok_or(problems)?;
    Ok(library.determine_with(info, &prepared.ground(), &mut Memo::default(), &mut None))
}

/// What the engine answers to a worked case; nothing when the case cannot be prepared.
pub(crate) fn answers(library: &Library, case: &CaseText, own: &str) -> Vec<Determination> {
    let programme = case.programme.as_deref().unwrap_or(own);
    let (Some(info), Some(prepared)) = (library.programme(programme), Prepared::of(library, case, &mut Vec::new()))
    else {
        return Vec::new();
    };
    library.determine_with(info, &prepared.ground(), &mut Memo::default(), &mut None)
}

/// A case's facts and figures.
struct Prepared<'c> {
    library: &'c Library,
    case: &'c CaseText,
    facts: Facts,
    figures: Vec<V>,
}

impl<'c> Prepared<'c> {
    fn ground(&self) -> Ground<'_> {
        self.library.ground_with(self.case.month, &self.facts, self.figures.clone())
    }

    fn of(library: &'c Library, case: &'c CaseText, problems: &mut Vec<String>) -> Option<Prepared<'c>> {
        let facts = Facts { area: case.area, household: FactRow::default(), members: Vec::new() };
        let mut prepared = Prepared { library, case, facts, figures: Vec::new() };
        library.figures.values(&case.area, case.month, &mut prepared.figures);
        for (name, text, at) in &case.settings {
            if let Err(why) = prepared.set(name, text) {
                problems.push(format!("第 {} 行：{why}", at.line));
            }
        }
        for (relation, facts) in &case.members {
            let mut row = FactRow::default();
            let own = [("关系".to_owned(), relation.clone(), case.at)];
            for (name, text, at) in own.iter().chain(facts) {
                if let Err(why) = prepared.note(&mut row, name, text) {
                    problems.push(format!("第 {} 行：{why}", at.line));
                }
            }
            prepared.facts.members.push(row);
        }
        if case.rest_is_none {
            prepared.fill();
        }
        problems.is_empty().then_some(prepared)
    }

    /// A household fact, or a figure for this case alone.
    fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
        let form = self.library.form();
        if let Some(id) = form.fact(name).filter(|&id| form.declaration(id).belongs == Belongs::Household) {
            let value = form.parse_value(id, text).map_err(|error| error.to_string())?;
            self.facts.household.set(id, Fact { value, source: SourceId(0), on: None });
            return Ok(());
        }
        let figures = &self.library.figures;
        let (number, kind) = figures.find(name).ok_or_else(|| {
            let facts = form.facts().filter(|(_, decl)| decl.belongs == Belongs::Household);
            let near = nearest(name, facts.map(|(_, decl)| decl.name.as_str()).chain(figures.names()));
            let near = near.map_or_else(String::new, |near| format!("；是不是“{near}”？"));
            format!("没有“{name}”这个全家的事实或参数{near}")
        })?;
        let token = lex::read_figure(text).ok_or_else(|| format!("“{name}”的值“{text}”看不懂"))?;
        let (own, value) = Kind::of_figure(&token);
        if own.alike(kind).is_none() {
            return Err(format!("“{name}”是{}，这里写的是{}", kind.name(), own.name()));
        }
        self.figures[usize::from(number)] = value;
        Ok(())
    }

    fn note(&self, row: &mut FactRow, name: &str, text: &str) -> Result<(), String> {
        let form = self.library.form();
        let birth = form.fact("出生日期");
        if let ("年龄", Some(birth)) = (name, birth) {
            let age: i16 = text.trim_end_matches("岁").parse().map_err(|_| format!("年龄“{text}”看不懂"))?;
            let year = self.case.month.year().checked_sub(age).unwrap_or_default();
            let born = Day::new(year, 1, 1).map_err(|error| error.to_string())?;
            row.set(birth, Fact { value: Value::Date(born), source: SourceId(0), on: None });
            return Ok(());
        }
        let id = form.fact(name).filter(|&id| form.declaration(id).belongs == Belongs::Person);
        let id = id.ok_or_else(|| {
            let facts = form.facts().filter(|(_, decl)| decl.belongs == Belongs::Person);
            let near = nearest(name, facts.map(|(_, decl)| decl.name.as_str()));
            let near = near.map_or_else(String::new, |near| format!("；是不是“{near}”？"));
            format!("一张表里没有“{name}”这一项每人的事实{near}")
        })?;
        let value = form.parse_value(id, text).map_err(|error| error.to_string())?;
        row.set(id, Fact { value, source: SourceId(0), on: None });
        Ok(())
    }

    /// 其余: 无 — money and counts 0, 是否 否, a choice the first of its list; dates stay unknown.
    fn fill(&mut self) {
        for (id, decl) in self.library.form().facts() {
            let zero = match &decl.kind {
                FactKind::Money { .. } => Value::Money(values::Fen::ZERO),
                FactKind::MoneyPerMonth { .. } => Value::MoneyPerMonth(values::Fen::ZERO),
                FactKind::MoneyPerYear { .. } => Value::MoneyPerYear(values::Fen::ZERO),
                FactKind::Count => Value::Count(0),
                FactKind::YesNo => Value::YesNo(false),
                FactKind::Choice(_) => Value::Choice(0),
                FactKind::Ratio | FactKind::Date => continue,
            };
            let rows: Vec<&mut FactRow> = match decl.belongs {
                Belongs::Household => vec![&mut self.facts.household],
                Belongs::Person => self.facts.members.iter_mut().collect(),
            };
            for row in rows {
                if row.get(id).is_none() {
                    row.set(id, Fact { value: zero, source: SourceId(0), on: None });
                }
            }
        }
    }

    fn judge(&self, programme: &str, exercised: &mut Exercised, problems: &mut Vec<String>) {
        let Some(info) = self.library.programme(programme) else {
            return problems.push(format!("没有“{programme}”这个项目；要写“项目: 编号”"));
        };
        let program = self.library.program(programme, self.case.month, &self.case.area).ok();
        let mut seen =
            program.map(|program| exercised.remove(&program.path).unwrap_or_else(|| vec![0; program.nodes.len()]));
        let found = self.library.determine_with(info, &self.ground(), &mut Memo::default(), &mut seen);
        for expected in &self.case.expected {
            match found.get(expected.member.unwrap_or(0)) {
                Some(determination) => compare(expected, determination, problems),
                None => problems.push(format!("第 {} 行：没有这个人", expected.at.line)),
            }
        }
        if let (Some(program), Some(seen)) = (program, seen) {
            exercised.insert(program.path.clone(), seen);
            self.checks(program, problems);
        }
    }

    fn checks(&self, program: &Program, problems: &mut Vec<String>) {
        let mut memo = Memo::default();
        let mut evaluator = Evaluator::new(program, self.case.month, &self.facts, &self.figures, &mut memo);
        for (member, (name, wanted, at)) in &self.case.checks {
            let Some((root, kind, of_member)) = named(program, name) else {
                let near = nearest(name, names(program)).map_or_else(String::new, |near| format!("；是不是“{near}”？"));
                problems.push(format!("第 {} 行：没有“{name}”这个定义、条件或分项{near}", at.line));
                continue;
            };
            let member = match member {
                _ if !of_member => HOUSEHOLD,
                Some(member) if *member < self.facts.members.len() => *member,
                Some(_) => {
                    problems.push(format!("第 {} 行：没有这个人", at.line));
                    continue;
                }
                None => {
                    problems.push(format!("第 {} 行：“{name}”是每人各有的，写“查 第1人: …”", at.line));
                    continue;
                }
            };
            let shown = kind.show(evaluator.value(root, member), &self.library.lists);
            if shown != *wanted {
                problems.push(format!("“{name}”应是 {wanted}，算出来是 {shown}"));
            }
        }
    }
}

/// What 查 may ask for: a definition, else a condition, doubt, amount or component; its root, its kind, whether it is a member's.
fn named(program: &Program, name: &str) -> Option<(At, Kind, bool)> {
    let definition = program.definitions.iter().find(|definition| definition.name == *name);
    let of_person = program.unit == ProgrammeUnit::Person;
    let clause = || clauses(program).find(|clause| clause.name == *name);
    definition
        .map(|definition| (definition.root, definition.kind, definition.of_member))
        .or_else(|| clause().map(|clause| (clause.root, clause.kind, of_person)))
}

fn clauses(program: &Program) -> impl Iterator<Item = &Clause> {
    let parts = program.parts.iter().map(|part| &part.clause);
    program.conditions.iter().chain(&program.doubts).chain(&program.amount).chain(parts)
}

fn names(program: &Program) -> impl Iterator<Item = &str> {
    let definitions = program.definitions.iter().map(|definition| definition.name.as_str());
    definitions.chain(clauses(program).map(|clause| clause.name.as_str()))
}

fn compare(expected: &Expected, found: &Determination, problems: &mut Vec<String>) {
    let who = found.member.map_or_else(String::new, |member| format!("第{}人：", member + 1));
    let said = said(found);
    let names = || found.reasons.iter().map(|reason| reason.name.as_str());
    let same = |listed: &[String]| listed.is_empty() || names().eq(listed.iter().map(String::as_str));
    let holds = match (&expected.outcome, &found.outcome) {
        (ExpectedOutcome::Eligible(amount, per), Outcome::Eligible) => {
            (amount.is_none() || *amount == found.amount) && per.is_none_or(|per| per == found.per)
        }
        (ExpectedOutcome::Refused(listed), Outcome::Refused) => same(listed),
        (ExpectedOutcome::NeedsPerson(listed), Outcome::NeedsPerson) => same(listed),
        (ExpectedOutcome::Unknown(listed), Outcome::Unknown { missing }) => {
            listed.is_empty() || missing.iter().map(|lack| lack.name.as_str()).eq(listed.iter().map(String::as_str))
        }
        _ => false,
    };
    if !holds {
        problems.push(format!("{who}应得 {}，算出来是 {said}", expected.outcome.said()));
    }
    if expected.starts.is_some_and(|starts| starts != found.starts) {
        problems.push(format!("{who}算出来从 {} 发", found.starts));
    }
}

fn said(found: &Determination) -> String {
    let names: Vec<&str> = found.reasons.iter().map(|reason| reason.name.as_str()).collect();
    match &found.outcome {
        Outcome::Eligible => ExpectedOutcome::Eligible(found.amount, Some(found.per)).said(),
        Outcome::Refused => format!("不符合，因 {}", names.join("、")),
        Outcome::NeedsPerson => format!("要人看，因 {}", names.join("、")),
        Outcome::Unknown { missing } => {
            let names: Vec<&str> = missing.iter().map(|lack| lack.name.as_str()).collect();
            format!("不知道，缺 {}", names.join("、"))
        }
    }
}

impl ExpectedOutcome {
    fn said(&self) -> String {
        match self {
            ExpectedOutcome::Eligible(None, _) => "符合".to_owned(),
            ExpectedOutcome::Eligible(Some(amount), per) => {
                let (lead, unit) = match per {
                    None | Some(AmountPer::Month) => ("", "元"),
                    Some(AmountPer::Once) => ("一次", "元"),
                    Some(AmountPer::Year) => ("", "元/年"),
                };
                format!("符合，{lead}{}{unit}", crate::form::plain_yuan(*amount))
            }
            ExpectedOutcome::Refused(names) => format!("不符合，因 {}", names.join("、")),
            ExpectedOutcome::NeedsPerson(names) => format!("要人看，因 {}", names.join("、")),
            ExpectedOutcome::Unknown(names) => format!("不知道，缺 {}", names.join("、")),
        }
    }
}

impl TestReport {
    /// True when every case holds and every file could be read.
    pub fn passed(&self) -> bool {
        self.unreadable.is_empty() && self.cases.iter().all(|case| case.problems.is_empty())
    }
}

/// One line a case, what differs under it, and a closing line.
impl fmt::Display for TestReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.unreadable {
            write!(f, "{finding}")?;
        }
        for case in &self.cases {
            let mark = if case.problems.is_empty() { "符合" } else { "不对" };
            writeln!(f, "{mark}  {:<18} {}  （{}:{}）", case.programme, case.title, case.path, case.line)?;
            for problem in &case.problems {
                writeln!(f, "      {problem}")?;
            }
        }
        let wrong = self.cases.iter().filter(|case| !case.problems.is_empty()).count();
        let result = if self.passed() { "通过" } else { "没有通过" };
        writeln!(f, "\n结果：{result}。共 {} 例，{} 例符合，{wrong} 例不对", self.cases.len(), self.cases.len() - wrong)
    }
}
