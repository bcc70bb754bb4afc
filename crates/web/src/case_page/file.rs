//! From a case with its family to the case page, for one reader on one day.

use casework::apply::Application;
use casework::case::{Case, Opinion};
use casework::decide::proposed_opinion;
use law::Determination;
use law::form::{Fact, FactRow, OneForm};
use store::Store;
use values::{Day, PersonId};

use super::acts::{Around, forms};
use super::rights::rights_to_act;
use super::{ActForm, CasePage, FactLine, MoneyLine, Outcome, Told, act_form};
use crate::app::App;
use crate::explain;
use crate::frame::Frame;
use crate::registry::{CaseFile, Family, Paid};
use crate::seat::Room;
use crate::words::{apply as form_words, case as w};

/// Years from which a member signs for himself.
pub const OF_AGE: i64 = 18;

/// The case with its procedure, as of the frame's day.
pub fn told<'a>(app: &'a App, file: &'a CaseFile, today: Day, village: &'a str) -> Option<Told<'a>> {
    let programme = leading(&file.case);
    let procedure = app.library.procedure(programme, file.case.filed.on.month(), &file.case.filed.village)?;
    Some(Told {
        case: &file.case,
        events: &file.events,
        procedure,
        calendar: &app.calendar,
        today,
        programme: app.title_of(programme),
        village,
    })
}

/// The programme whose procedure leads.
pub fn leading(case: &Case) -> &str {
    case.filed.programmes.first().map_or("", String::as_str)
}

/// What the books say, in the month of the application, of the right that the case is about; the application has the others.
pub fn determinations(app: &App, file: &CaseFile) -> Vec<Determination> {
    let mut all = app.library.determine(leading(&file.case), file.case.filed.on.month(), &file.family.facts);
    all.retain(|one| is_about(file, one));
    all
}

/// Whether a determination is about whom the case is about: the household, or its member.
pub fn is_about(file: &CaseFile, one: &Determination) -> bool {
    let member = one.member.and_then(|at| file.family.members.get(at)).map(|member| member.id);
    one.programme == leading(&file.case) && (file.case.filed.member.is_none() || file.case.filed.member == member)
}

/// Determinations as pages show them.
pub fn outcomes(app: &App, file: &CaseFile, determinations: &[Determination]) -> Vec<Outcome> {
    let area = &file.family.facts.area;
    let texts = |one: &Determination| app.texts_of(&one.programme, one.month, area);
    determinations.iter().map(|one| explain::outcome(one, texts(one))).collect()
}

/// What an act needs to know besides the case.
pub fn around(app: &App, file: &CaseFile, determinations: &[Determination]) -> Around {
    let first = determinations.iter().find(|one| is_about(file, one));
    Around {
        adults: adults(&file.family, file.case.filed.on),
        departments: departments(app.form()),
        proposed: first.and_then(proposal),
        programme: app.title_of(leading(&file.case)).to_owned(),
    }
}

/// What a determination proposes; nothing while facts are missing.
fn proposal(determination: &Determination) -> Option<Opinion> {
    if matches!(determination.outcome, law::Outcome::Unknown { .. }) {
        return None;
    }
    Some(proposed_opinion(determination, Store::determination_digest(determination)))
}

/// Members of age on a day, by the birth in their ID numbers.
pub fn adults(family: &Family, on: Day) -> Vec<PersonId> {
    let is_adult = |born: Day| on.age_of_birth(born) >= OF_AGE;
    family.members.iter().filter(|m| m.id_number.birth().is_some_and(is_adult)).map(|m| m.id).collect()
}

/// Departments that answer a check: every source of the form but the resident's word, the visit and the old roster.
fn departments(form: &OneForm) -> Vec<String> {
    let not_asked = [form_words::TOLD, form_words::VISIT, form_words::ROSTER];
    form.sources()
        .iter()
        .map(|source| source.name.to_string())
        .filter(|name| !not_asked.contains(&name.as_str()))
        .collect()
}

/// The page.
pub fn page_of(
    app: &App,
    frame: &Frame,
    (file, application): (&CaseFile, Option<&Application>),
    told: &Told<'_>,
    paid: &[Paid],
    key: &str,
) -> CasePage {
    let head = file.family.members.first();
    let found = determinations(app, file);
    let name = head.map_or(String::new(), |m| m.name.shown());
    let id = head.map_or(String::new(), |m| m.id_number.masked());
    let number = &file.case.filed.number;
    CasePage {
        number: number.clone(),
        person_href: head.map_or(String::new(), |m| person_href(&file.family, m.id)),
        identity: told.identity(&name, &w::family(&id, file.family.members.len())),
        clocks: told.clocks(),
        steps: told.spine(),
        outcomes: outcomes(app, file, &found),
        whose: whose(app.form(), &file.family),
        facts: fact_lines(app.form(), &file.family),
        money: money_lines(app, frame, paid),
        rights: application.map_or_else(Vec::new, |one| rights_to_act(app, file, one, key)),
        verbs: verb_forms(frame, file, key).iter().map(|form| act_form(form, &[])).collect(),
        acts: act_forms(app, frame, file, &found, key).iter().map(|form| act_form(form, &[])).collect(),
    }
}

fn act_forms(app: &App, frame: &Frame, file: &CaseFile, found: &[Determination], key: &str) -> Vec<ActForm> {
    if !frame.seat.reaches(&file.case.office()) {
        return vec![];
    }
    addressed(forms(&file.case, frame.seat.role, frame.today, &around(app, file, found)), file, key)
}

fn verb_forms(frame: &Frame, file: &CaseFile, key: &str) -> Vec<ActForm> {
    if !frame.seat.reaches(&file.case.office()) {
        return vec![];
    }
    addressed(super::verbs::forms(&file.case, frame.seat.role, &frame.seat.actor().id), file, key)
}

fn addressed(mut offered: Vec<ActForm>, file: &CaseFile, key: &str) -> Vec<ActForm> {
    for form in &mut offered {
        form.action = format!("/case/{}", file.case.filed.number);
        form.seen = file.case.seq;
        form.key = key.to_owned();
    }
    offered
}

/// The page of a person.
pub fn person_href(family: &Family, person: PersonId) -> String {
    format!("/person/{}/{person}", family.village.county6())
}

/// The columns of the facts: the household, then each member with his relation.
fn whose(form: &OneForm, family: &Family) -> Vec<String> {
    let relation =
        |row: &FactRow| form.fact(form_words::RELATION).and_then(|id| row.value(id).map(|v| form.show_value(id, &v)));
    let member = |(at, row): (usize, &FactRow)| w::member(at + 1, &relation(row).unwrap_or_default());
    std::iter::once(w::HOUSEHOLD.to_owned()).chain(family.facts.members.iter().enumerate().map(member)).collect()
}

/// Every fact known of a family, the household's first, in the form's order.
fn fact_lines(form: &OneForm, family: &Family) -> Vec<FactLine> {
    let rows: Vec<&FactRow> = std::iter::once(&family.facts.household).chain(&family.facts.members).collect();
    let mut lines: Vec<FactLine> = Vec::new();
    for (id, declared) in form.facts().filter(|(_, d)| d.name != form_words::RELATION) {
        let cell = |row: &&FactRow| row.get(id).map(|fact| (form.show_value(id, &fact.value), source_of(form, &fact)));
        let cells: Vec<Option<(String, String)>> = rows.iter().map(cell).collect();
        if cells.iter().any(Option::is_some) {
            let is_plain = cells.iter().flatten().all(|(value, _)| w::SAYS_NOTHING.contains(&value.as_str()));
            lines.push(FactLine {
                name: declared.name.to_string(),
                cells: cells.into_iter().map(Option::unwrap_or_default).collect(),
                is_plain,
            });
        }
    }
    lines.sort_by_key(|line| line.cells[0].0.is_empty());
    lines
}

/// Who said it, and on which day.
fn source_of(form: &OneForm, fact: &Fact) -> String {
    let day = fact.on.map(|on| format!(" {on}")).unwrap_or_default();
    format!("{}{day}", form.source_name(fact.source))
}

/// Payments as pages show them; the way to the envelope only for who may enter the money room.
pub fn money_lines(app: &App, frame: &Frame, paid: &[Paid]) -> Vec<MoneyLine> {
    let may = frame.seat.may_enter(Room::Money);
    paid.iter()
        .map(|one| MoneyLine {
            month: one.month,
            kind: format!("{} · {}", app.title_of(&one.programme), one.kind.zh()),
            amount: one.amount,
            state: match (&one.returned, one.is_answered) {
                (Some(reason), _) => w::returned(reason),
                (None, true) => w::PAID.to_owned(),
                (None, false) => w::UNDER_WAY.to_owned(),
            },
            account_masked: one.account.as_ref().map(|a| a.masked()).unwrap_or_default(),
            href: if may { format!("/pay/{}/{}", one.county.county6(), one.envelope) } else { String::new() },
        })
        .collect()
}

/// An amount with its programme, as search shows it.
pub fn drawn(app: &App, programme: &str, amount: values::Fen) -> String {
    format!("{} {}", app.title_of(programme), yuan_words(amount))
}

fn yuan_words(amount: values::Fen) -> String {
    let text = amount.to_string();
    format!("{}{}", text.strip_suffix(".00").unwrap_or(&text), crate::words::units::YUAN)
}
