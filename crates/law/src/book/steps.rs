//! 步骤 and 期限: the procedure, what is promised and what the law allows.

use super::read::wrong;
use crate::diagnostic::{Diagnostic, nearest};
use crate::page::{Cell, Page, Place, Table};
use crate::procedure::{Limit, Procedure, Remedy, RemedyKind, Span, Step, Term};

/// Reads the procedure; none when the book has no 步骤 and inherits none. A table replaces the inherited one of its sort.
pub(super) fn read(
    page: &Page<'_>,
    inherited: Option<&Procedure>,
    forbidden: bool,
    findings: &mut Vec<Diagnostic>,
) -> Option<Procedure> {
    let own = page.tables("步骤").next();
    let limits = page.tables("期限").next();
    let steps = match own {
        Some(table) => read_steps(page, table, findings)?,
        None => inherited.map(|procedure| procedure.steps.clone()).or_else(|| lacks_steps(page, limits, findings))?,
    };
    let mut procedure = without_limits(steps, forbidden);
    match (limits, inherited) {
        (Some(terms), _) => read_limits(page, terms, &mut procedure, findings),
        (None, Some(inherited)) => inherit_limits(inherited, &mut procedure),
        (None, None) => {}
    }
    let at = own.or(limits).map_or(Place { line: 1, column: 1 }, |table| table.header[0].at);
    if forbidden && procedure.publication_days.is_some() {
        findings.push(Diagnostic::error(page, at, "书目写明不得公示，步骤里却有“公示”"));
    }
    for name in [&procedure.promise_until, &procedure.statutory_from] {
        if !name.is_empty() && limits.is_none() && procedure.steps.iter().all(|step| step.name != *name) {
            let message = format!("沿用的期限说到“{name}”，这里的步骤里没有这一步");
            findings.push(Diagnostic::error(page, at, message).with_hint("步骤改了名字的，期限表也要重写"));
        }
    }
    Some(procedure)
}

/// 期限 without 步骤 has nothing to count from.
fn lacks_steps(page: &Page<'_>, limits: Option<&Table<'_>>, findings: &mut Vec<Diagnostic>) -> Option<Vec<Step>> {
    findings.push(wrong(page, &limits?.header[0], "有期限表，没有步骤表：期限从哪一步起算、到哪一步为止，要先写步骤"));
    None
}

fn without_limits(steps: Vec<Step>, forbidden: bool) -> Procedure {
    let publication = steps.iter().find(|step| step.name == "公示").map(|step| step.term);
    let publication_days = match publication {
        Some(Term::Days(days)) => Some(days),
        Some(Term::SameDay | Term::WorkingDays(_)) | None => None,
    };
    Procedure {
        promise: None,
        promise_until: String::new(),
        statutory: None,
        extended: None,
        statutory_from: String::new(),
        publication_days,
        publication_forbidden: forbidden,
        remedies: Vec::new(),
        limits: Vec::new(),
        steps,
    }
}

fn inherit_limits(inherited: &Procedure, procedure: &mut Procedure) {
    let from = inherited.clone();
    (procedure.promise, procedure.promise_until) = (from.promise, from.promise_until);
    (procedure.statutory, procedure.statutory_from) = (from.statutory, from.statutory_from);
    (procedure.extended, procedure.remedies) = (from.extended, from.remedies);
    procedure.limits = from.limits;
}

/// A procedure has at most so many steps.
const MAX_STEPS: usize = 40;

fn read_steps(page: &Page<'_>, table: &Table<'_>, findings: &mut Vec<Diagnostic>) -> Option<Vec<Step>> {
    let found = ["承办", "时限", "起算", "并行", "可暂停", "依据"].map(|name| table.column(name));
    if found.contains(&None) {
        return None; // `tables::check` tells what is missing
    }
    let columns = found.map(|column| column.expect("checked above"));
    let rows = table.rows.iter().filter(|row| row.len() == table.header.len());
    let names: Vec<&str> = rows.clone().map(|row| row[0].text).collect();
    let mut steps: Vec<Step> = Vec::new();
    if names.len() > MAX_STEPS {
        findings.push(wrong(page, &table.header[0], format!("步骤最多 {MAX_STEPS} 步")));
        return None;
    }
    for row in rows {
        let [by, term, from, parallel, pausable, cite] = columns.map(|column| row[column]);
        if steps.iter().any(|step| step.name == row[0].text) {
            findings.push(wrong(page, &row[0], format!("步骤“{}”写了两次", row[0].text)));
        }
        let found_term = term_of(term.text);
        if found_term.is_none() {
            let message = format!("时限应是“当日”“7 日”或“3 个工作日”，写的是“{}”", term.text);
            findings.push(wrong(page, &term, message));
        }
        steps.push(Step {
            name: row[0].text.to_owned(),
            by: by.text.to_owned(),
            term: found_term.unwrap_or(Term::SameDay), // told above: the book is not used
            starts_from: starts(page, &from, row[0].text, &names, findings),
            parallel: listed(page, &parallel, &names, findings),
            pausable: Some(pausable.text.to_owned()).filter(|text| !text.is_empty()),
            cite: cite.text.to_owned(),
        });
    }
    Some(steps)
}

/// The steps that start one: they must stand above it, so that no circle can arise. The first step starts itself.
fn starts(page: &Page<'_>, cell: &Cell<'_>, own: &str, names: &[&str], findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let place = |name: &str| names.iter().position(|other| *other == name);
    let starts = listed(page, cell, names, findings);
    for name in starts.iter().filter(|name| place(name) > place(own)) {
        findings.push(wrong(page, cell, format!("“{own}”从“{name}”起算，“{name}”要写在它前面")));
    }
    starts.into_iter().filter(|name| name != own).collect()
}

fn listed(page: &Page<'_>, cell: &Cell<'_>, names: &[&str], findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut listed = Vec::new();
    for name in cell.text.split(['、', ',', '，']).map(str::trim).filter(|name| !name.is_empty()) {
        if !names.contains(&name) {
            let mut finding = wrong(page, cell, format!("没有“{name}”这一步"));
            finding.hint = nearest(name, names.iter().copied()).map(|near| format!("是不是“{near}”？"));
            findings.push(finding);
        }
        listed.push(name.to_owned());
    }
    listed
}

/// `当日`, `7 日`, `3 个工作日`.
fn term_of(text: &str) -> Option<Term> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text == "当日" {
        return Some(Term::SameDay);
    }
    let digits = text.chars().take_while(|c| c.is_ascii_digit()).count();
    let days: u32 = text[..digits].parse().ok().filter(|&days| days <= 3_650)?;
    match &text[digits..] {
        "个工作日" | "工作日" => Some(Term::WorkingDays(days)),
        "日" | "天" => Some(Term::Days(days)),
        _ => None,
    }
}

fn read_limits(page: &Page<'_>, table: &Table<'_>, procedure: &mut Procedure, findings: &mut Vec<Diagnostic>) {
    let found = ["起算", "止", "多久", "依据"].map(|name| table.column(name));
    let [Some(from), Some(until), Some(length), Some(cite)] = found else { return }; // told by `tables::check`
    let names: Vec<String> = procedure.steps.iter().map(|step| step.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for row in table.rows.iter().filter(|row| row.len() == table.header.len()) {
        if let Some(kind) = remedy_of(row[0].text) {
            let cells = RemedyRow { kind, name: row[0], from: row[from], span: row[length], cite: row[cite] };
            procedure.remedies.extend(read_remedy(page, &cells, &procedure.remedies, findings));
            continue;
        }
        let Some(term) = term_of(row[length].text) else {
            findings.push(wrong(page, &row[length], format!("时限看不懂：“{}”", row[length].text)));
            continue;
        };
        let [start, end] =
            [from, until].map(|column| listed(page, &row[column], &names, findings).pop().unwrap_or_default());
        let lacks = match row[0].text {
            "承诺" if end.is_empty() => Some((until, "止")),
            "法定" if start.is_empty() => Some((from, "起算")),
            _ => None,
        };
        if let Some((column, name)) = lacks {
            findings.push(wrong(page, &row[column], format!("期限“{}”要写“{name}”是哪一步", row[0].text)));
        }
        match row[0].text {
            "承诺" => (procedure.promise, procedure.promise_until) = (Some(term), end),
            "法定" => (procedure.statutory, procedure.statutory_from) = (Some(term), start),
            "有争议" => procedure.extended = Some(term),
            name => {
                let (name, cite) = (name.to_owned(), row[cite].text.to_owned());
                procedure.limits.push(Limit { name, from: start, until: end, term, cite });
            }
        }
    }
}

/// The cells of 行政复议 or 行政诉讼.
struct RemedyRow<'t> {
    kind: RemedyKind,
    name: Cell<'t>,
    from: Cell<'t>,
    span: Cell<'t>,
    cite: Cell<'t>,
}

fn remedy_of(name: &str) -> Option<RemedyKind> {
    match name {
        "行政复议" => Some(RemedyKind::Reconsideration),
        "行政诉讼" => Some(RemedyKind::Lawsuit),
        _ => None,
    }
}

/// A remedy counts from the day the household was told, which every case has, whether or not its book has a step 告知.
fn read_remedy(
    page: &Page<'_>,
    row: &RemedyRow<'_>,
    known: &[Remedy],
    findings: &mut Vec<Diagnostic>,
) -> Option<Remedy> {
    if known.iter().any(|other| other.kind == row.kind) {
        findings.push(wrong(page, &row.name, format!("期限“{}”写了两次", row.name.text)));
        return None;
    }
    if row.from.text != "告知" {
        findings.push(wrong(page, &row.from, format!("“{}”从“告知”起算，写的是“{}”", row.name.text, row.from.text)));
    }
    if row.cite.text.is_empty() {
        findings.push(wrong(page, &row.name, format!("“{}”要写依据", row.name.text)));
    }
    let Some(span) = span_of(row.span.text) else {
        findings.push(wrong(page, &row.span, format!("应是“60 日”或“6 个月”，写的是“{}”", row.span.text)));
        return None;
    };
    Some(Remedy { kind: row.kind, span, cite: row.cite.text.to_owned() })
}

/// `60 日`, `6 个月`.
fn span_of(text: &str) -> Option<Span> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(months) = text.strip_suffix("个月") {
        return months.parse().ok().filter(|months| (1..=120).contains(months)).map(Span::Months);
    }
    match term_of(&text)? {
        Term::Days(days) if days > 0 => Some(Span::Days(days)),
        Term::Days(_) | Term::SameDay | Term::WorkingDays(_) => None,
    }
}
