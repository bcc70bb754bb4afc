//! Form fields: label above, hint below it, the error beside the field and in the summary with the same words.

use maud::{Markup, html};

use crate::words::fields as w;

/// One answer of a field that offers a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// How a field is filled in.
#[derive(Clone, Debug)]
pub enum Input {
    /// One line; the second word is the phone's keyboard (`text`, `numeric`, `decimal`).
    Line(&'static str),
    /// A few lines.
    Text,
    /// One of a list, as a drop-down with an empty first answer; a list that begins with an empty answer of its own keeps it.
    Select(Vec<Choice>),
    /// One of a few, all visible.
    Radio(Vec<Choice>),
    /// Some of a few, all visible; the value holds the chosen ones, parted by commas.
    Checks(Vec<Choice>),
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the form.
    pub name: String,
    /// The label.
    pub label: String,
    /// What to write, and an example; may be empty.
    pub hint: String,
    /// How it is filled in.
    pub input: Input,
    /// What the person typed, kept.
    pub value: String,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub name: String,
    /// What is wrong and how to put it right.
    pub text: String,
}

/// The field; `errors` are those of the whole form.
pub fn field(field: &Field, errors: &[FieldError]) -> Markup {
    let error = errors.iter().find(|e| e.name == field.name);
    let id = id_of(&field.name);
    let described = format!("{id}-hint");
    html! {
        div.field.wrong[error.is_some()] {
            @match &field.input {
                Input::Radio(_) | Input::Checks(_) => span.label id=(format!("{id}-label")) { (field.label) },
                Input::Line(_) | Input::Text | Input::Select(_) => label for=(id) { (field.label) },
            }
            @if !field.hint.is_empty() { span.hint id=(described) { (field.hint) } }
            @if let Some(error) = error { span.field-error { (w::ERROR) (error.text) } }
            @match &field.input {
                Input::Line(mode) => input id=(id) name=(field.name) value=(field.value) inputmode=(mode) autocomplete="off" spellcheck="false" aria-describedby=[(!field.hint.is_empty()).then_some(&described)];,
                Input::Text => textarea id=(id) name=(field.name) { (field.value) },
                Input::Select(choices) => select id=(id) name=(field.name) {
                    @if choices.first().is_none_or(|c| !c.value.is_empty()) { option value="" { (w::CHOOSE) } }
                    @for c in choices { option value=(c.value) selected[c.value == field.value] { (c.label) } }
                },
                Input::Checks(choices) => div.choices role="group" aria-labelledby=(format!("{id}-label")) id=(id) {
                    @for c in choices { label { input type="checkbox" name=(field.name) value=(c.value) checked[field.value.split(',').any(|v| v == c.value)]; (c.label) } }
                },
                Input::Radio(choices) => div.choices role="radiogroup" aria-labelledby=(format!("{id}-label")) id=(id) {
                    @for c in choices { label { input type="radio" name=(field.name) value=(c.value) checked[c.value == field.value]; (c.label) } }
                },
            }
        }
    }
}

/// A value carried along unseen.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// All errors at the top, each leading to its field, in the field's own words.
pub fn error_summary(errors: &[FieldError]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.error-summary role="alert" tabindex="-1" autofocus {
                h2 { (w::SUMMARY) }
                ul { @for error in errors { li { a href=(format!("#{}", id_of(&error.name))) { (error.text) } } } }
            }
        }
    }
}

/// Field names are Chinese where the form's facts are; an id may hold them, a dot or bracket may not stay.
fn id_of(name: &str) -> String {
    let kept: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("f-{kept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_reads_the_same_beside_the_field_and_in_the_summary() {
        let errors = [FieldError { name: "tail".into(), text: "请填写身份证号后四位".into() }];
        let one = Field {
            name: "tail".into(),
            label: "后四位".into(),
            hint: String::new(),
            input: Input::Line("text"),
            value: "00<".into(),
        };
        let shown = field(&one, &errors).0;
        assert!(shown.contains("请填写身份证号后四位") && shown.contains("class=\"field wrong\""));
        assert!(shown.contains("value=\"00&lt;\""), "what was typed is kept, and harmless: {shown}");
        assert!(error_summary(&errors).0.contains("<a href=\"#f-tail\">请填写身份证号后四位</a>"));
        assert_eq!(error_summary(&[]).0, "");
    }
}
