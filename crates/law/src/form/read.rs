//! Reads the form's two tables: 来源 (sources) and 事实 (facts).

use super::facts::MAX_SOURCES;
use super::{Belongs, FactDecl, FactId, FactKind, MAX_FACTS, OneForm, SourceDecl, SourceId, contest};
use crate::diagnostic::{Diagnostic, nearest};
use crate::language::lex;
use crate::page::{Cell, Page, Table};
use crate::tables;

impl OneForm {
    /// Reads the form from its book.
    ///
    /// # Errors
    /// Every finding, with its place.
    pub fn parse(path: &str, text: &str) -> Result<OneForm, Vec<Diagnostic>> {
        let page = Page::read(path, text).map_err(|finding| vec![finding])?;
        OneForm::from_page(&page)
    }

    /// Reads the form from its page.
    ///
    /// # Errors
    /// Every finding, with its place.
    pub fn from_page(page: &Page<'_>) -> Result<OneForm, Vec<Diagnostic>> {
        let mut reader = Reader { page, form: OneForm::default(), findings: Vec::new() };
        tables::check(page, &tables::OF_FORM, &mut reader.findings);
        for table in page.tables("来源") {
            reader.sources(table);
        }
        for table in page.tables("事实") {
            reader.facts(table);
        }
        contest::read(page, &mut reader.form, &mut reader.findings);
        if reader.findings.is_empty() { Ok(reader.form) } else { Err(reader.findings) }
    }
}

/// A list has at most so many choices: 属于 keeps a bit for each.
const MAX_CHOICES: usize = 100;

/// After so many findings the rest of the form is left for the next time.
const MAX_FINDINGS: usize = 50;

struct Reader<'p> {
    page: &'p Page<'p>,
    form: OneForm,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn sources(&mut self, table: &Table<'_>) {
        for row in &table.rows {
            let Some(name) = row.first().filter(|cell| !cell.text.is_empty()) else { continue };
            if self.form.source(name.text).is_some() {
                self.wrong(name, format!("来源“{}”写了两次", name.text));
            } else if self.form.sources.len() == MAX_SOURCES {
                return self.wrong(name, format!("来源最多 {MAX_SOURCES} 个"));
            } else {
                let note = row.get(1).map_or("", |cell| cell.text).to_owned();
                self.form.sources.push(SourceDecl { name: name.text.into(), note });
            }
        }
    }

    fn facts(&mut self, table: &Table<'_>) {
        let columns = ["归属", "类型", "来源", "何时问", "说明"].map(|name| table.column(name));
        let [Some(belongs), Some(kind), Some(sources), Some(ask_when), Some(note)] = columns else {
            return; // told already
        };
        for row in &table.rows {
            if self.findings.len() >= MAX_FINDINGS {
                return;
            }
            let Some(name) = row.first().filter(|cell| !cell.text.is_empty()) else { continue };
            if row.len() != table.header.len() {
                continue; // told already
            }
            if self.form.facts.len() == MAX_FACTS {
                return self.wrong(name, format!("事实最多 {MAX_FACTS} 项"));
            }
            let (belongs, kind) = (self.belongs(&row[belongs]), self.kind(&row[kind]));
            let sources = self.source_list(&row[sources]);
            let (Some(belongs), Some(kind)) = (belongs, kind) else { continue };
            let ask_when = Some(row[ask_when].text).filter(|text| !text.is_empty()).map(str::to_owned);
            let decl =
                FactDecl { name: name.text.into(), belongs, kind, sources, ask_when, note: row[note].text.to_owned() };
            self.declare(name, decl);
        }
    }

    fn declare(&mut self, name: &Cell<'_>, decl: FactDecl) {
        if !lex::is_one_name(&decl.name) {
            self.wrong(name, format!("“{}”不能作名字：名字用汉字、字母和数字，不以数字开头，不是语言的词", decl.name));
        }
        let id = FactId(self.form.facts.len() as u16);
        if self.form.by_name.insert(decl.name.to_string(), id).is_some() {
            self.wrong(name, format!("事实“{}”写了两次", decl.name));
        }
        self.form.facts.push(decl);
    }

    fn belongs(&mut self, cell: &Cell<'_>) -> Option<Belongs> {
        match cell.text {
            "人" => Some(Belongs::Person),
            // What belongs to an application (申请) is told by the household once, and stands in its row.
            "家庭" | "申请" => Some(Belongs::Household),
            other => {
                self.wrong(cell, format!("归属应是“人”“家庭”或“申请”，写的是“{other}”"));
                None
            }
        }
    }

    fn kind(&mut self, cell: &Cell<'_>) -> Option<FactKind> {
        let (base, may_be_negative) = match cell.text.strip_suffix("，可为负") {
            Some(base) => (base, true),
            None => (cell.text, false),
        };
        let list = base.strip_prefix(['{', '｛']).and_then(|rest| rest.strip_suffix(['}', '｝']));
        Some(match (base, list) {
            (_, Some(list)) => return self.choices(cell, list),
            ("元", _) => FactKind::Money { may_be_negative },
            ("元/月", _) => FactKind::MoneyPerMonth { may_be_negative },
            ("元/年", _) => FactKind::MoneyPerYear { may_be_negative },
            ("整数", _) => FactKind::Count,
            ("比率", _) => FactKind::Ratio,
            ("日期", _) => FactKind::Date,
            ("是否", _) => FactKind::YesNo,
            (other, _) => {
                let words = "应是 元、元/月、元/年、整数、比率、日期、是否 之一，或 {甲、乙、丙} 这样的一列";
                self.wrong(cell, format!("类型“{other}”不认识，{words}"));
                return None;
            }
        })
    }

    fn choices(&mut self, cell: &Cell<'_>, list: &str) -> Option<FactKind> {
        let choices: Vec<String> = list.split(['、', ',', '，']).map(|choice| choice.trim().to_owned()).collect();
        if choices.len() > MAX_CHOICES {
            self.wrong(cell, format!("选项最多 {MAX_CHOICES} 个"));
            return None;
        }
        for (at, choice) in choices.iter().enumerate() {
            if choice.is_empty() {
                self.wrong(cell, "有一个选项是空的".to_owned());
                return None;
            }
            if choices[..at].contains(choice) {
                self.wrong(cell, format!("选项“{choice}”写了两次"));
                return None;
            }
        }
        Some(FactKind::Choice(choices))
    }

    fn source_list(&mut self, cell: &Cell<'_>) -> Vec<SourceId> {
        let mut ids = Vec::new();
        for name in cell.text.split(['、', ',', '，']).map(str::trim).filter(|name| !name.is_empty()) {
            match self.form.source(name) {
                Some(id) => ids.push(id),
                None => {
                    let near = nearest(name, self.form.sources.iter().map(|source| source.name.as_str()));
                    let hint = near.map(|near| format!("是不是“{near}”？"));
                    let mut finding = Diagnostic::error(self.page, cell.at, format!("来源“{name}”没有在来源表里"));
                    finding.hint = hint;
                    self.findings.push(finding);
                }
            }
        }
        ids
    }

    fn wrong(&mut self, cell: &Cell<'_>, message: String) {
        self.findings.push(Diagnostic::error(self.page, cell.at, message));
    }
}
