//! No is a value here too.

use std::fmt;

use serde::Serialize;

/// Why money may not move now: named, with the next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// A name for tests and machines.
    pub name: &'static str,
    /// What is wrong, in plain Chinese.
    pub text: String,
    /// What to do.
    pub next_step: String,
}

impl Refusal {
    /// A refusal of that name.
    pub fn new(name: &'static str, text: impl Into<String>, next_step: impl Into<String>) -> Refusal {
        Refusal { name, text: text.into(), next_step: next_step.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}。{}", self.text, self.next_step)
    }
}

impl std::error::Error for Refusal {}
