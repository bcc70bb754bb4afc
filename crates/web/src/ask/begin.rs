//! The pages before the questions: which programme, which county, who lives there.

use law::form::OneForm;
use maud::{Markup, html};

use super::talk::Talk;
use crate::app::App;
use crate::parts::{Choice, Field, FieldError, Input, error_summary, field, hidden};
use crate::policy::places;
use crate::words::ask as w;

/// Which programme, or all.
pub fn programme(app: &App, talk: &Talk, errors: &[FieldError]) -> Markup {
    let titled = app.library.programmes().iter().map(|info| choice(&info.id, &info.title));
    let choices = std::iter::once(choice(w::ALL, w::ALL_LABEL)).chain(titled).collect();
    let chosen = if talk.programme.is_empty() { w::ALL } else { &talk.programme };
    page(
        app,
        talk,
        w::START,
        &[w::START_LEAD, w::START_HELP],
        errors,
        html! {
            (field(&radio("for", w::START, choices, chosen), errors))
            (go("begin", w::NEXT))
        },
    )
}

/// Which county.
pub fn place(app: &App, talk: &Talk, errors: &[FieldError]) -> Markup {
    let counties = places(app).into_iter().skip(1).map(|(code, name)| choice(&code, &name)).collect();
    let chosen = talk.area.map(|area| area.to_string()).unwrap_or_default();
    page(
        app,
        talk,
        w::WHERE,
        &[w::WHERE_HELP],
        errors,
        html! {
            (field(&radio("area", w::WHERE, counties, &chosen), errors))
            (go("area", w::NEXT))
        },
    )
}

/// Who lives there.
pub fn people(app: &App, talk: &Talk, errors: &[FieldError]) -> Markup {
    let choices = relations(app.form()).iter().map(|relation| choice(relation, relation)).collect();
    let add = Field { input: Input::Select(choices), ..radio("relation", w::ADD, vec![], "") };
    page(
        app,
        talk,
        w::WHO,
        &[w::WHO_HELP],
        errors,
        html! {
            ol.people { @for at in 0..talk.people.len() { li { (talk.person(at)) } } }
            (field(&add, errors))
            div.buttons {
                button.button.quiet type="submit" name="do" value="add" { (w::ADD_GO) }
                @if talk.people.len() > 1 { button.link type="submit" name="do" value="drop" { (w::DROP) } }
            }
            (go("everybody", w::PEOPLE_DONE))
        },
    )
}

/// Everybody whom the form knows beside 本人.
pub fn relations(form: &OneForm) -> Vec<String> {
    let choices = form.fact(w::RELATION).map(|fact| form.declaration(fact).choices()).unwrap_or_default();
    choices.iter().filter(|relation| *relation != w::SELF).cloned().collect()
}

fn page(app: &App, talk: &Talk, title: &str, help: &[&str], errors: &[FieldError], body: Markup) -> Markup {
    let replaced = |name: &str| (title == w::START && name == "for") || (title == w::WHERE && name == "area");
    html! {
        div.question {
            h1 { (title) }
            @for line in help { p.lead { (line) } }
            (error_summary(errors))
            form method="post" action="/policy/ask" {
                @for (name, text) in talk.fields(app.form()) { @if !replaced(&name) { (hidden(&name, &text)) } }
                (body)
            }
        }
    }
}

fn go(act: &str, words: &str) -> Markup {
    html! { div.buttons { button.button type="submit" name="do" value=(act) { (words) } } }
}

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned() }
}

fn radio(name: &str, label: &str, choices: Vec<Choice>, value: &str) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        input: Input::Radio(choices),
        value: value.to_owned(),
    }
}
