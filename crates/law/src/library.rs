//! All books together: loaded, checked and compiled once; then asked for any household and month.

mod loading;

use serde::Serialize;
use smol_str::{SmolStr, format_smolstr};
use values::{AreaCode, Day, Month};

use self::loading::{hash_of, once, read_form};
use crate::benefit::{AmountPer, Gives};
use crate::book::{FigureRow, ProgrammeUnit};
use crate::determination::{Determination, Missing, Outcome, Reason, Receipt};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::evaluate::{Evaluator, HOUSEHOLD, Memo};
use crate::engine::figures::Figures;
use crate::engine::kinds::Lists;
use crate::engine::lacking::Seen;
use crate::engine::program::{Program, V};
use crate::engine::trace::{Trace, Tracer};
use crate::form::{Facts, OneForm};
use crate::overlap::Overlap;
use crate::page::Page;
use crate::procedure::Procedure;

/// The books of law, ready to answer.
#[derive(Clone, Debug)]
pub struct Library {
    form: OneForm,
    pub(crate) lists: Lists,
    pub(crate) figures: Figures,
    pub(crate) programs: Vec<Program>,
    infos: Vec<ProgrammeInfo>,
    overlap: Overlap,
    pub(crate) books_hash: SmolStr,
    warnings: Vec<Diagnostic>,
}

/// A programme the books know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeInfo {
    /// 编号: `dibao`.
    pub id: SmolStr,
    /// 最低生活保障.
    pub title: SmolStr,
    /// For a household or for a person.
    pub unit: ProgrammeUnit,
    /// First month of the earliest book.
    pub from: Month,
    /// Last day that somebody checked the latest book for.
    pub checked_until: Day,
    /// 待遇: the same in all its books.
    pub gives: Gives,
}

/// A dated figure as it stands for an area and month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParameterValue {
    /// As the book writes it: `600元/月`.
    pub value: String,
    /// 依据.
    pub cite: String,
    /// Why it is only an example (示例), when it has no source.
    pub example: Option<String>,
    /// The area whose figure it is.
    pub area: AreaCode,
    /// Since when.
    pub start: Month,
}

impl ParameterValue {
    /// A row as a book writes it.
    pub(crate) fn of(row: &FigureRow) -> ParameterValue {
        ParameterValue {
            value: row.written.clone(),
            cite: row.cite.clone(),
            example: Some(row.example.clone()).filter(|text| !text.is_empty()),
            area: row.area,
            start: row.start,
        }
    }
}

/// A household in a month, the figures in force for it, and its receipt: the same for every programme.
pub(crate) struct Ground<'f> {
    pub(crate) month: Month,
    pub(crate) facts: &'f Facts,
    pub(crate) figures: Vec<V>,
    pub(crate) receipt: Receipt,
}

/// A household has at most so many members; above, a person decides.
pub const MAX_MEMBERS: usize = 64;

/// So many findings are told at once.
const MAX_FINDINGS: usize = 200;

/// The engine's name and version, on every receipt.
pub const ENGINE: &str = concat!("dixian-law ", env!("CARGO_PKG_VERSION"));

impl Library {
    /// Loads books: pairs of path and text, the form among them.
    ///
    /// # Errors
    /// Every error found in any book, and behind the errors what else somebody should look at. Warnings alone do not stop
    /// the books; see [`Library::warnings`].
    pub fn load(books: &[(impl AsRef<str>, impl AsRef<str>)]) -> Result<Library, Vec<Diagnostic>> {
        let mut findings = Vec::new();
        let mut pages = Vec::new();
        for (path, text) in books {
            match Page::read(path.as_ref(), text.as_ref()) {
                Ok(page) => pages.push(page),
                Err(finding) => findings.push(finding),
            }
        }
        let form = read_form(&pages, &mut findings);
        let Some(form) = form.filter(|_| findings.is_empty()) else { return Err(findings) };
        let mut library = Library {
            lists: Lists::of(&form),
            form,
            figures: Figures::default(),
            programs: Vec::new(),
            infos: Vec::new(),
            overlap: Overlap::default(),
            books_hash: hash_of(books).into(),
            warnings: Vec::new(),
        };
        library.add_books(&pages, &mut findings);
        library.overlap = Overlap::read(&pages, &library.form, &library.infos, &mut findings);
        once(&mut findings);
        let is_usable = findings.iter().all(|finding| finding.severity == Severity::Warning);
        findings.sort_by_key(|finding| finding.severity == Severity::Warning); // stable: the order found
        findings.truncate(MAX_FINDINGS);
        if !is_usable {
            return Err(findings);
        }
        library.warnings = findings;
        Ok(library)
    }

    /// 一张表.
    pub fn form(&self) -> &OneForm {
        &self.form
    }

    /// Which programmes go together, and which facts say that one is being drawn.
    pub fn overlap(&self) -> &Overlap {
        &self.overlap
    }

    /// The programmes, in the order the books were given.
    pub fn programmes(&self) -> &[ProgrammeInfo] {
        &self.infos
    }

    /// The programme of that id.
    pub fn programme(&self, id: &str) -> Option<&ProgrammeInfo> {
        self.infos.iter().find(|info| info.id == id)
    }

    /// What somebody should look at, though the books work.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// SHA-256 over all books, hexadecimal.
    pub fn books_hash(&self) -> &str {
        &self.books_hash
    }

    /// What the books say of one programme: one answer for a household programme, one a member for a person programme;
    /// nothing for an id that no book has.
    pub fn determine(&self, programme: &str, month: Month, facts: &Facts) -> Vec<Determination> {
        let Some(info) = self.programme(programme) else { return Vec::new() };
        let ground = self.ground(month, facts);
        self.determine_with(info, &ground, &mut Memo::default(), &mut None)
    }

    /// What all programmes of a household stand on.
    pub(crate) fn ground<'f>(&self, month: Month, facts: &'f Facts) -> Ground<'f> {
        let mut figures = Vec::new();
        self.figures.values(&facts.area, month, &mut figures);
        self.ground_with(month, facts, figures)
    }

    /// The same with these values of the figures.
    pub(crate) fn ground_with<'f>(&self, month: Month, facts: &'f Facts, figures: Vec<V>) -> Ground<'f> {
        Ground { month, facts, figures, receipt: self.receipt(facts) }
    }

    /// The same with these values of the figures; `seen` notes what was true or false, for coverage.
    pub(crate) fn determine_with(
        &self,
        info: &ProgrammeInfo,
        ground: &Ground<'_>,
        memo: &mut Memo,
        seen: &mut Option<Vec<u8>>,
    ) -> Vec<Determination> {
        let (month, facts) = (ground.month, ground.facts);
        let members: Vec<usize> = match info.unit {
            ProgrammeUnit::Household => vec![HOUSEHOLD],
            ProgrammeUnit::Person => (0..facts.members.len()).collect(),
        };
        let program = self.program(&info.id, month, &facts.area);
        let found = members.into_iter().map(|member| {
            let trace = match program {
                Ok(_) if facts.members.len() > MAX_MEMBERS => too_many(),
                Ok(program) => {
                    let mut evaluator = Evaluator::new(program, month, facts, &ground.figures, memo);
                    evaluator.keep_parts();
                    evaluator.seen = seen.take();
                    let mut tracer = self.tracer(evaluator, month);
                    let trace = tracer.trace(member);
                    *seen = tracer.evaluator.seen.take();
                    trace
                }
                Err(ref missing) => no_book(missing.clone()),
            };
            let starts = if program.as_ref().is_ok_and(|p| !p.pays_from_next_month) { month } else { month.next() };
            Determination {
                programme: info.id.clone(),
                title: info.title.clone(),
                member: (member != HOUSEHOLD).then_some(member),
                month,
                amount: trace.amount,
                per: program.as_ref().map_or(AmountPer::Month, |p| p.per()),
                parts: trace.parts,
                services: match (&program, &trace.outcome) {
                    (Ok(program), Outcome::Eligible) => program.services.clone(),
                    _ => Vec::new(),
                },
                outcome: trace.outcome,
                reasons: trace.reasons,
                counted: trace.counted,
                explanation: trace.explanation,
                receipt: ground.receipt.clone(),
                starts,
            }
        });
        found.collect()
    }

    fn tracer<'e>(&'e self, evaluator: Evaluator<'e>, month: Month) -> Tracer<'e> {
        let (form, lists, figures) = (&self.form, &self.lists, &self.figures);
        Tracer { evaluator, form, lists, figures, month, told: Seen::default() }
    }

    /// What the books say of all programmes.
    pub fn determine_all(&self, month: Month, facts: &Facts) -> Vec<Determination> {
        let ground = self.ground(month, facts);
        let mut memo = Memo::default();
        self.infos.iter().flat_map(|info| self.determine_with(info, &ground, &mut memo, &mut None)).collect()
    }

    /// The book in force: of the nearest area, the latest start. Else the reason why none is.
    pub(crate) fn program(&self, id: &str, month: Month, area: &AreaCode) -> Result<&Program, Missing> {
        let in_force =
            |program: &&Program| program.id == id && program.from.month() <= month && program.area.contains(area);
        let found = self.programs.iter().filter(in_force).max_by_key(|program| (program.area.level(), program.from));
        let lack = |name: String| Missing { name: name.into(), member: None, sources: Vec::new() };
        match found {
            Some(program) if month.first_day() <= program.checked_until => Ok(program),
            Some(program) => Err(lack(format!(
                "《{}》政策书只核对到 {}，{month} 的规定要先核对",
                program.title, program.checked_until
            ))),
            None => {
                let title = self.programme(id).map_or(id, |info| &info.title);
                Err(lack(format!("管 {month}、管当地的《{title}》政策书")))
            }
        }
    }

    /// The procedure in force.
    pub fn procedure(&self, programme: &str, month: Month, area: &AreaCode) -> Option<&Procedure> {
        self.program(programme, month, area).ok()?.procedure.as_ref()
    }

    /// Short and full names of the texts that the book in force cites, those of the books it takes over among them; the
    /// longest short name first.
    pub fn texts(&self, programme: &str, month: Month, area: &AreaCode) -> &[(String, String)] {
        self.program(programme, month, area).map_or(&[], |program| &program.texts)
    }

    /// A figure as it stands; none beyond what was checked.
    pub fn parameter(&self, name: &str, area: &AreaCode, month: Month) -> Option<ParameterValue> {
        let (number, _) = self.figures.find(name)?;
        let found = self.figures.get(number).row(area, month)?;
        Some(ParameterValue::of(&found.row))
    }

    /// The words behind a [`Verdict`](crate::Verdict)'s reason.
    pub fn verdict_reason(
        &self,
        programme: &str,
        month: Month,
        area: &AreaCode,
        verdict: &crate::Verdict,
    ) -> Option<Reason> {
        let program = self.program(programme, month, area).ok()?;
        let number = usize::from(verdict.reason?);
        match verdict.outcome {
            crate::Answer::Refused => program.conditions.get(number).map(|clause| clause.reason()),
            crate::Answer::NeedsPerson => program.doubts.get(number).map(|clause| clause.reason()),
            crate::Answer::Eligible | crate::Answer::Unknown => None,
        }
    }

    fn receipt(&self, facts: &Facts) -> Receipt {
        let facts = hex::encode(facts.digest());
        Receipt { engine: SmolStr::new_static(ENGINE), books: self.books_hash.clone(), facts: facts.into() }
    }
}

fn no_book(missing: Missing) -> Trace {
    let outcome = Outcome::Unknown { missing: vec![missing] };
    no_answer(outcome, Vec::new())
}

fn too_many() -> Trace {
    let text = format_smolstr!("一户超过 {MAX_MEMBERS} 人，要由人核对户籍");
    let reason = Reason { name: SmolStr::new_static("人数"), text, cite: SmolStr::default(), next_step: None };
    let reasons = vec![reason];
    no_answer(Outcome::NeedsPerson, reasons)
}

fn no_answer(outcome: Outcome, reasons: Vec<Reason>) -> Trace {
    let (parts, counted, explanation) = (Vec::new(), Vec::new(), Vec::new());
    Trace { outcome, amount: None, reasons, parts, counted, explanation }
}
