//! Reads the form's table 申辩: which facts a family may dispute or report as changed, and towards which side.

use super::{FactKind, OneForm, Towards};
use crate::diagnostic::{Diagnostic, nearest};
use crate::page::{Cell, Page};

/// Reads the table, once the facts are known.
pub(super) fn read(page: &Page<'_>, form: &mut OneForm, findings: &mut Vec<Diagnostic>) {
    for table in page.tables("申辩") {
        let Some(towards) = table.column("往哪边") else { return }; // told already
        for row in table.rows.iter().filter(|row| row.len() == table.header.len() && !row[0].text.is_empty()) {
            if let Err(finding) = row_of(page, form, &row[0], &row[towards]) {
                findings.push(finding);
            }
        }
    }
}

fn row_of(page: &Page<'_>, form: &mut OneForm, name: &Cell<'_>, towards: &Cell<'_>) -> Result<(), Diagnostic> {
    let wrong = |cell: &Cell<'_>, message: String| Diagnostic::error(page, cell.at, message);
    let Some(fact) = form.fact(name.text) else {
        let mut finding = wrong(name, format!("事实表里没有“{}”", name.text));
        let near = nearest(name.text, form.facts().map(|(_, decl)| decl.name.as_str()));
        finding.hint = near.map(|near| format!("是不是“{near}”？"));
        return Err(finding);
    };
    let read = towards_of(&form.declaration(fact).kind, towards.text);
    let read = read.map_err(|why| wrong(towards, format!("“{}”{why}", name.text)))?;
    match form.towards.insert(fact, read) {
        Some(_) => Err(wrong(name, format!("“{}”写了两次", name.text))),
        None => Ok(()),
    }
}

/// The side, or what is wrong and what should be written.
fn towards_of(kind: &FactKind, text: &str) -> Result<Towards, &'static str> {
    match (kind, text) {
        (FactKind::YesNo, "是") => Ok(Towards::YesNo(true)),
        (FactKind::YesNo, "否") => Ok(Towards::YesNo(false)),
        (FactKind::YesNo, _) => Err("往哪边应写“是”或者“否”"),
        (FactKind::Choice(choices), text) => {
            let place = |one: &str| choices.iter().position(|choice| choice == one).map(|at| at as u16);
            let list = text.split('、').map(|one| place(one.trim())).collect::<Option<Vec<u16>>>();
            list.map(Towards::Onwards).ok_or("往哪边应写这一项的几个选项，轻的在前，重的在后，用顿号隔开")
        }
        (FactKind::Date, _) => Err("是日期，日期不能写在这张表里"),
        (_, "少") => Ok(Towards::Less),
        (_, "多") => Ok(Towards::More),
        (_, _) => Err("往哪边应写“少”或者“多”"),
    }
}
