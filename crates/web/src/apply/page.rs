//! The one form as a page: what only the family can tell stands open; what departments know stands folded and may stay empty.

use law::form::{Belongs, FactDecl, FactKind, OneForm};
use maud::{Markup, html};

use super::draft::{household_field, member_field, members_of};
use crate::parts::{Choice, Field, FieldError, Input, error_summary, field, hidden};
use crate::typed::Typed;
use crate::words::{apply as w, fields};

/// What the page of the form shows.
pub struct FormPage<'a> {
    /// 一张表.
    pub form: &'a OneForm,
    /// Villages the seat may hand in for.
    pub villages: Vec<Choice>,
    /// What was typed so far.
    pub typed: &'a Typed,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// The key that makes a second sending of the same form change nothing.
    pub key: &'a str,
}

/// The page.
pub fn form_page(view: &FormPage<'_>) -> Markup {
    let members = members_of(view.typed);
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        (error_summary(view.errors))
        form method="post" action="/apply" {
            (hidden("key", view.key)) (hidden("members", &members.to_string()))
            section.block {
                h2 { (w::PLACE) }
                (line(view, "village", w::VILLAGE, "", Input::Select(view.villages.clone())))
                (line(view, "phone", w::PHONE, w::PHONE_HINT, Input::Line("tel")))
            }
            section.block { h2 { (w::PEOPLE) } @for at in 0..members { (member(view, at)) } }
            p.field { button.button.quiet type="submit" name="do" value="more" formnovalidate { (w::MORE) } }
            section.block {
                h2 { (w::HOUSEHOLD) }
                div.member { div.grid { @for decl in of(view.form, Belongs::Household) { (fact(view, decl, &household_field(&decl.name))) } } }
            }
            section.block {
                p.prose { (w::CONSENT) }
                (line(view, "signed", w::SIGNED, w::SIGNED_HINT, yes_or_no()))
                (line(view, "help", w::HELP, "", Input::Radio(helps())))
                div.field { button.button type="submit" name="do" value="hand-in" { (w::HAND_IN) } }
            }
        }
    }
}

fn of(form: &OneForm, belongs: Belongs) -> impl Iterator<Item = &FactDecl> {
    form.facts().map(|(_, decl)| decl).filter(move |decl| decl.belongs == belongs)
}

fn member(view: &FormPage<'_>, at: usize) -> Markup {
    let own: Vec<&FactDecl> =
        of(view.form, Belongs::Person).filter(|d| !from_id(d) && (at > 0 || d.name != w::RELATION)).collect();
    let (asked, known): (Vec<&FactDecl>, Vec<&FactDecl>) = own.into_iter().partition(|d| asked(view.form, d));
    html! {
        fieldset.member {
            legend { (w::person(at + 1)) }
            div.grid {
                (line(view, &member_field(at, "name"), w::NAME, "", Input::Line("text")))
                (line(view, &member_field(at, "id"), w::ID, w::ID_HINT, Input::Line("text")))
                @for decl in asked { (fact(view, decl, &member_field(at, &decl.name))) }
            }
            details.more open[known.iter().any(|d| view.errors.iter().any(|e| e.name == member_field(at, &d.name)))] {
                summary { (w::KNOWN) }
                div.grid { @for decl in known { (fact(view, decl, &member_field(at, &decl.name))) } }
            }
        }
    }
}

fn yes_or_no() -> Input {
    Input::Radio(
        [fields::YES, fields::NO].map(|word| Choice { value: word.to_owned(), label: word.to_owned() }).to_vec(),
    )
}

fn helps() -> Vec<Choice> {
    let choice = |(value, label): (&str, &str)| Choice { value: value.to_owned(), label: label.to_owned() };
    [("myself", w::HELP_MYSELF), ("guardian", w::HELP_GUARDIAN), ("someone", w::HELP_SOMEONE)].map(choice).to_vec()
}

/// Sex and birth stand in the ID number.
fn from_id(decl: &FactDecl) -> bool {
    decl.name == w::SEX || decl.name == w::BIRTH
}

/// The family is asked for what a visit would show, and for the relation; the rest departments know.
fn asked(form: &OneForm, decl: &FactDecl) -> bool {
    let visit = form.source(w::VISIT);
    decl.name == w::RELATION
        || (decl.ask_when.is_none() && (decl.sources.is_empty() || visit.is_some_and(|v| decl.sources.contains(&v))))
}

fn line(view: &FormPage<'_>, name: &str, label: &str, hint: &str, input: Input) -> Markup {
    let one = Field {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
        input,
        value: view.typed.get(name).to_owned(),
    };
    field(&one, view.errors)
}

fn fact(view: &FormPage<'_>, decl: &FactDecl, name: &str) -> Markup {
    let same = |text: &str| Choice { value: text.to_owned(), label: text.to_owned() };
    let (input, unit) = match &decl.kind {
        FactKind::Choice(choices) => (Input::Select(choices.iter().map(|c| same(c)).collect()), ""),
        FactKind::YesNo => (Input::Radio(vec![same(fields::YES), same(fields::NO)]), ""),
        FactKind::Money { .. } => (Input::Line("decimal"), w::UNIT_YUAN),
        FactKind::MoneyPerMonth { .. } => (Input::Line("decimal"), w::UNIT_MONTH),
        FactKind::MoneyPerYear { .. } => (Input::Line("decimal"), w::UNIT_YEAR),
        FactKind::Count => (Input::Line("numeric"), ""),
        FactKind::Ratio | FactKind::Date => (Input::Line("text"), ""),
    };
    line(view, name, &format!("{}{unit}", decl.name), &decl.note, input)
}
