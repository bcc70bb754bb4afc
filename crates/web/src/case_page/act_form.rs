//! A form for one act on a case. It carries the number of the last event its writer saw: when somebody else acted since, the
//! act is not done and the page says so (409).

use maud::{Markup, html};

use crate::parts::{Field, FieldError, error_summary, field, hidden};

/// A form for one act.
#[derive(Clone, Debug, Default)]
pub struct ActForm {
    /// Where it is sent.
    pub action: String,
    /// The act's name in the form.
    pub act: &'static str,
    /// How many events the case had when the page was made.
    pub seen: u32,
    /// The key that makes a second sending change nothing.
    pub key: String,
    /// What the act is, one sentence; may be empty.
    pub about: String,
    /// What has to be filled in.
    pub fields: Vec<Field>,
    /// The words of the button.
    pub submit: &'static str,
    /// True for an act that says no to somebody.
    pub grave: bool,
}

/// The form.
pub fn act_form(form: &ActForm, errors: &[FieldError]) -> Markup {
    html! {
        form method="post" action=(form.action) {
            (error_summary(errors))
            (hidden("act", form.act)) (hidden("seen", &form.seen.to_string())) (hidden("key", &form.key))
            @if !form.about.is_empty() { p { (form.about) } }
            @for one in &form.fields { (field(one, errors)) }
            button.button.grave[form.grave] type="submit" { (form.submit) }
        }
    }
}
