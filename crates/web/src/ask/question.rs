//! One question a page: the words a neighbour would use, help, every answer the form allows, and 不知道.

use law::form::{FactDecl, FactId, FactKind, OneForm};
use maud::{Markup, html};

use super::talk::{Said, Slot, Talk, field as slot_field, text};
use crate::parts::{Choice, Field, FieldError, Input, error_summary, field, hidden};
use crate::typed::Typed;
use crate::words::{apply as units, ask as w, fields, units as shared};

/// What a page of a question shows.
pub struct View<'a> {
    /// 一张表.
    pub form: &'a OneForm,
    /// What was said so far.
    pub talk: &'a Talk,
    /// The fact asked for.
    pub fact: FactId,
    /// Whose.
    pub members: &'a [Option<usize>],
    /// What was just typed; kept when it is wrong.
    pub typed: &'a Typed,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// How far it is: settled and open programmes.
    pub progress: (usize, usize),
    /// Titles of the programmes that hang on it.
    pub matters_for: &'a [String],
}

/// The field that a slot is answered in.
pub fn answer_field(form: &OneForm, slot: Slot) -> String {
    format!("q.{}", slot_field(form, slot))
}

/// How a question was answered.
pub enum Answering {
    /// Field by field.
    Typed,
    /// 没有, for everybody.
    None,
    /// 不知道, for everybody.
    DontKnow,
}

/// The answers of a page, or what is wrong with them.
///
/// # Errors
/// Every field that was left out or cannot be read, with words.
pub fn answers(
    form: &OneForm,
    fact: FactId,
    members: &[Option<usize>],
    typed: &Typed,
    answering: Answering,
) -> Result<Vec<(Slot, Said)>, Vec<FieldError>> {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for &member in members {
        let slot = Slot { fact, member };
        let name = answer_field(form, slot);
        let typed = match answering {
            Answering::Typed => typed.get(&name).to_owned(),
            Answering::None => none_of(form.declaration(fact)).unwrap_or_default(),
            Answering::DontKnow => w::DONT_KNOW.to_owned(),
        };
        match typed.as_str() {
            "" => errors.push(FieldError { name, text: needed(form.declaration(fact)).to_owned() }),
            w::DONT_KNOW => found.push((slot, Said::DontKnow)),
            text => match form.parse_value(fact, text) {
                Ok(value) => found.push((slot, Said::Known(value))),
                Err(error) => errors.push(FieldError { name, text: error.to_string() }),
            },
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

fn needed(decl: &FactDecl) -> &'static str {
    match decl.kind {
        FactKind::YesNo | FactKind::Choice(_) => w::NEED_ANSWER,
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => w::NEED_NUMBER,
        FactKind::Count | FactKind::Ratio => w::NEED_NUMBER,
        FactKind::Date => w::NEED_ANSWER,
    }
}

/// The answer that means nothing of the kind: 否, 0, the first of a list; none where there is no such answer.
fn none_of(decl: &FactDecl) -> Option<String> {
    match &decl.kind {
        FactKind::YesNo => Some(fields::NO.to_owned()),
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } | FactKind::Count => {
            Some("0".to_owned())
        }
        FactKind::Choice(choices) => choices.first().filter(|_| decl.name != units::SEX).cloned(),
        FactKind::Ratio | FactKind::Date => None,
    }
}

/// The page.
pub fn question(view: &View<'_>) -> Markup {
    let decl = view.form.declaration(view.fact);
    let several = view.members.len() > 1;
    html! {
        div.question {
            p.tag { (w::progress(view.talk.asked().len(), view.progress.0, view.progress.1)) }
            h1 { (asked(view, decl)) }
            @if !decl.note.is_empty() { p.lead { (decl.note) } }
            (error_summary(view.errors))
            form method="post" action="/policy/ask" {
                @for (name, text) in view.talk.fields(view.form) { (hidden(&name, &text)) }
                (hidden("ask", &decl.name))
                @if several && !hint(decl).is_empty() { p.hint { (hint(decl)) } }
                @for member in view.members { (one(view, decl, *member, if several { "" } else { hint(decl) })) }
                (buttons(decl, several))
                (aside(view, decl))
            }
        }
    }
}

fn buttons(decl: &FactDecl, several: bool) -> Markup {
    let is_list = matches!(decl.kind, FactKind::YesNo | FactKind::Choice(_));
    let none = none_of(decl).filter(|_| several || !is_list);
    html! {
        div.buttons {
            button.button type="submit" name="do" value="answer" { (w::NEXT) }
            @if let Some(none) = none { button.button.quiet type="submit" name="do" value="none" { (none_words(decl, &none, several)) } }
            button.button.quiet type="submit" name="do" value="skip" { @if several { (w::SKIP_ALL) } @else { (w::SKIP) } }
        }
        div.buttons.second {
            button.link type="submit" name="do" value="back" { (w::BACK) }
            button.link type="submit" name="do" value="result" { (w::SO_FAR) }
            button.link type="submit" name="do" value="people" { (w::MORE_PEOPLE) }
        }
    }
}

fn none_words(decl: &FactDecl, none: &str, several: bool) -> String {
    match &decl.kind {
        FactKind::Choice(_) if none != crate::words::marks::NONE => w::all_are(none),
        _ if several => w::NONE_ALL.to_owned(),
        _ => w::NONE.to_owned(),
    }
}

/// The question in a neighbour's words.
fn asked(view: &View<'_>, decl: &FactDecl) -> String {
    let who = match view.members {
        [Some(one)] => view.talk.person(*one),
        [None] | [] => w::FAMILY.to_owned(),
        [_, ..] => w::EVERYBODY.to_owned(),
    };
    match w::QUESTIONS.iter().find(|(name, _)| *name == decl.name) {
        Some((_, words)) => words.replace('〇', &who),
        None if decl.kind == FactKind::YesNo => w::plain_yes_no(&who, &decl.name),
        None => w::plain(&who, &decl.name),
    }
}

/// How an answer is written; said once above the fields when there are several.
fn hint(decl: &FactDecl) -> &'static str {
    match decl.kind {
        FactKind::YesNo | FactKind::Choice(_) => "",
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => w::MONEY_HINT,
        FactKind::Count | FactKind::Ratio => w::COUNT_HINT,
        FactKind::Date => w::DATE_HINT,
    }
}

fn one(view: &View<'_>, decl: &FactDecl, member: Option<usize>, hint: &str) -> Markup {
    let slot = Slot { fact: view.fact, member };
    let name = answer_field(view.form, slot);
    let before = view.talk.answers.iter().find(|(other, _)| *other == slot);
    let before = before.map_or_else(String::new, |(slot, said)| plain(&text(view.form, *slot, *said)));
    let typed = view.typed.get(&name);
    let choice = |text: &str| Choice { value: text.to_owned(), label: text.to_owned() };
    let (input, unit) = match &decl.kind {
        FactKind::YesNo => (Input::Radio([fields::YES, fields::NO, w::DONT_KNOW].map(choice).to_vec()), ""),
        FactKind::Choice(choices) => {
            let all = choices.iter().map(String::as_str).chain(std::iter::once(w::DONT_KNOW));
            (Input::Radio(all.map(choice).collect()), "")
        }
        FactKind::Money { .. } => (Input::Line("text"), units::UNIT_YUAN),
        FactKind::MoneyPerMonth { .. } => (Input::Line("text"), units::UNIT_MONTH),
        FactKind::MoneyPerYear { .. } => (Input::Line("text"), units::UNIT_YEAR),
        FactKind::Count | FactKind::Ratio | FactKind::Date => (Input::Line("text"), ""),
    };
    let who = member.map_or_else(|| w::FAMILY.to_owned(), |at| view.talk.person(at));
    let shown = Field {
        name,
        label: format!("{who}{unit}"),
        hint: hint.to_owned(),
        input,
        value: if typed.is_empty() { before } else { typed.to_owned() },
    };
    field(&shown, view.errors)
}

/// `600元/月` as it was typed: the unit stands in the label.
fn plain(text: &str) -> String {
    let digits = text.split(shared::YUAN).next().unwrap_or(text);
    let is_amount = digits.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if is_amount { digits.to_owned() } else { text.to_owned() }
}

/// Why it is asked, and who knows it without the family.
fn aside(view: &View<'_>, decl: &FactDecl) -> Markup {
    let offices: Vec<&str> = decl.sources.iter().map(|source| view.form.source_name(*source).as_str()).collect();
    html! {
        details.more {
            summary { (w::WHY) }
            @if !view.matters_for.is_empty() { p { (w::matters_for(&view.matters_for.join(w::SEPARATOR))) } }
            @if !offices.is_empty() { p { (w::known_by(&offices.join(w::SEPARATOR))) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> OneForm {
        let text = include_str!("../../../../policy/one-form.md");
        OneForm::parse("policy/one-form.md", text).unwrap_or_else(|findings| panic!("{}", findings[0]))
    }

    #[test]
    fn every_question_asks_for_a_fact_of_the_form_and_names_the_person() {
        let form = form();
        for (name, words) in w::QUESTIONS {
            let fact = form.fact(name).unwrap_or_else(|| panic!("{name} stands on the form"));
            let personal = form.declaration(fact).belongs == law::form::Belongs::Person;
            assert_eq!(words.contains('〇'), personal, "{name}: {words}");
        }
    }

    #[test]
    fn an_answer_is_read_or_named() {
        let form = form();
        let members = [Some(0), Some(1)];
        let read = |fact: &str, pairs: &[(&str, &str)]| {
            let fact = form.fact(fact).unwrap();
            let typed = Typed(pairs.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect());
            match answers(&form, fact, &members, &typed, Answering::Typed) {
                Ok(found) => found.iter().map(|(slot, said)| text(&form, *slot, *said)).collect::<Vec<_>>(),
                Err(errors) => errors.into_iter().map(|error| format!("{}: {}", error.name, error.text)).collect(),
            }
        };
        assert_eq!(read("工资", &[("q.m0.工资", "６００"), ("q.m1.工资", "不知道")]), ["600元/月", "不知道"]);
        assert_eq!(read("工资", &[("q.m0.工资", "600")]), [format!("q.m1.工资: {}", w::NEED_NUMBER)]);
        assert!(read("工资", &[("q.m0.工资", "很多"), ("q.m1.工资", "0")])[0].starts_with("q.m0.工资: “工资”"));
        assert_eq!(read("重病", &[("q.m0.重病", "是"), ("q.m1.重病", "否")]), ["是", "否"]);
        assert!(
            read("出生日期", &[("q.m0.出生日期", "1948.5.12"), ("q.m1.出生日期", "19800101")])[0]
                .contains("1948-05-12")
        );
        let fact = form.fact("在读").unwrap();
        let none = answers(&form, fact, &members, &Typed::default(), Answering::None).unwrap_or_default();
        assert_eq!(none.iter().map(|(s, a)| text(&form, *s, *a)).collect::<Vec<_>>(), ["无", "无"]);
    }
}
