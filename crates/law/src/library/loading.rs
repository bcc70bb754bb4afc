//! From pages to a library: books read, completed, compiled; bases before the books that take them over.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::{Library, MAX_FINDINGS, ProgrammeInfo};
use crate::book::{Book, Full, layered};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::compile::{World, compile};
use crate::engine::program::Program;
use crate::form::OneForm;
use crate::language::formula;
use crate::language::syntax::Formula;
use crate::page::{Page, Place, file_name};

/// All books together have at most so many items, those they take over among them.
const MAX_ITEMS: usize = 50_000;

impl Library {
    pub(super) fn add_books(&mut self, pages: &[Page<'_>], findings: &mut Vec<Diagnostic>) {
        let asked = self.asked(pages, findings);
        let mut books = Vec::new();
        for page in pages.iter().filter(|page| page.tables("书目").next().is_some() || !is_plain(page)) {
            if let Some(book) = Book::read(page, findings) {
                books.push((page, book));
            }
        }
        let books_in_full = layered(&books, findings);
        for (at, (page, book)) in books.iter().enumerate() {
            let above = books_in_full.iter().filter(|full| full.bases.contains(&at));
            let longer: Vec<_> = above.map(|full| (full.book.area, full.book.checked_until)).collect();
            self.figures.add(page, &book.figures, &longer, findings);
        }
        let form_page = pages.iter().find(|page| page.tables("事实").next().is_some()).expect("the form was read");
        let unreadable: BTreeSet<String> =
            books.iter().flat_map(|(_, book)| book.unreadable_figures.iter().cloned()).collect();
        // Books that others take over come first: what is wrong in them is theirs.
        let mut order: Vec<usize> = (0..books_in_full.len()).collect();
        order.sort_by_key(|at| books_in_full[*at].bases.len());
        let mut programs: Vec<Option<Program>> = vec![None; order.len()];
        let mut items = 0;
        for at in order {
            let full = &books_in_full[at];
            items += full.items.len();
            if items > MAX_ITEMS || findings.len() >= MAX_FINDINGS {
                let message = format!("全部书合起来最多 {MAX_ITEMS} 条，沿用来的也算");
                if items > MAX_ITEMS {
                    findings.push(Diagnostic::error(full.page, full.book.head_at, message));
                }
                break;
            }
            let (form, lists, figures, asked) = (&self.form, &self.lists, &self.figures, &asked);
            let world = World { form, lists, figures, asked, unreadable: &unreadable, form_page };
            programs[at] = Some(compile(full, &world, findings));
        }
        self.programs = programs.into_iter().flatten().collect();
        self.describe(&books_in_full, findings);
    }

    /// Gathers the programmes; the books of one must agree for whom it decides and what it gives.
    fn describe(&mut self, books: &[Full<'_>], findings: &mut Vec<Diagnostic>) {
        for (program, full) in self.programs.iter().zip(books) {
            match self.infos.iter_mut().find(|info| info.id == program.id) {
                None => self.infos.push(info_of(program)),
                Some(info) => {
                    let (gives, unit) = (info.gives, info.unit);
                    if unit != program.unit && full.bases.is_empty() {
                        let message = format!("“{}”别的书单位和这一本不一样", info.id);
                        findings.push(Diagnostic::error(full.page, full.book.place_of("单位"), message));
                    }
                    if gives != program.gives {
                        let message = format!("“{}”别的书待遇是{gives}，这一本是{}", info.id, program.gives);
                        findings.push(Diagnostic::error(full.page, full.book.place_of("待遇"), message));
                    }
                    info.from = info.from.min(program.from.month());
                    info.checked_until = info.checked_until.max(program.checked_until);
                }
            }
        }
    }

    /// 何时问 of each fact, read as expressions.
    fn asked(&self, pages: &[Page<'_>], findings: &mut Vec<Diagnostic>) -> BTreeMap<u16, Formula> {
        let mut asked = BTreeMap::new();
        for page in pages {
            for row in page.tables("事实").flat_map(|table| table.rows.iter().map(move |row| (table, row))) {
                let (table, row) = row;
                let Some(cell) = table.column("何时问").and_then(|column| row.get(column)) else { continue };
                let Some(fact) = row.first().and_then(|name| self.form.fact(name.text)) else { continue };
                if cell.text.is_empty() {
                    continue;
                }
                match formula::read_expression(cell.at, cell.text) {
                    Ok(formula) => drop(asked.insert(fact.0, formula)),
                    Err(error) => findings.push(Diagnostic::error(page, error.at, error.message)),
                }
            }
        }
        asked
    }
}

pub(super) fn read_form(pages: &[Page<'_>], findings: &mut Vec<Diagnostic>) -> Option<OneForm> {
    let mut forms = pages.iter().filter(|page| page.tables("事实").next().is_some());
    let Some(first) = forms.next() else {
        let finding = Diagnostic {
            severity: Severity::Error,
            path: "policy".to_owned(),
            line: 1,
            column: 1,
            message: "没有一张表：哪一本书里都没有“事实”表".to_owned(),
            hint: Some("一张表在 policy/one-form.md".to_owned()),
            excerpt: String::new(),
        };
        findings.push(finding);
        return None;
    };
    if let Some(second) = forms.next() {
        let at = Place { line: 1, column: 1 };
        findings.push(Diagnostic::error(second, at, format!("事实只能在一本书里声明，{} 里已经有了", first.path)));
    }
    OneForm::from_page(first).map_err(|errors| findings.extend(errors)).ok()
}

/// What is wrong in a book that others take over is found in each of them, and told once.
pub(super) fn once(findings: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    findings.retain(|found| told.insert((found.path.clone(), found.line, found.column, found.message.clone())));
}

/// A page without anything executable is prose: SOURCE.md, README.md.
fn is_plain(page: &Page<'_>) -> bool {
    page.blocks("law").next().is_none() && page.blocks("case").next().is_none() && page.tables("参数").next().is_none()
}

pub(super) fn hash_of(books: &[(impl AsRef<str>, impl AsRef<str>)]) -> String {
    let mut sorted: Vec<(&str, &str)> = books
        .iter()
        .map(|(path, text)| (path.as_ref(), text.as_ref()))
        .map(|(path, text)| (file_name(path), text))
        .collect();
    sorted.sort_unstable();
    let mut hash = Sha256::new();
    for (path, text) in sorted {
        for part in [path, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    hex::encode(hash.finalize())
}

fn info_of(program: &Program) -> ProgrammeInfo {
    ProgrammeInfo {
        id: program.id.clone(),
        title: program.title.clone(),
        unit: program.unit,
        from: program.from.month(),
        checked_until: program.checked_until,
        gives: program.gives,
    }
}
