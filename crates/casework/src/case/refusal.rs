//! No is a value: named, ranked, with the article and the next thing the person can do.

use std::fmt;

use serde::Serialize;

/// One reason why an act cannot be done now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The lower, the more decisive: 1 wrong person, 2 wrong moment, 3 missing content.
    pub rank: u8,
    /// A name for tests and machines, `same_person_confirms`.
    pub name: &'static str,
    /// What is wrong, in plain Chinese.
    pub text: String,
    /// The article; empty when it is the system's own rule.
    pub cite: String,
    /// What to do.
    pub next_step: String,
}

impl Refusal {
    /// The wrong person: role, area, relative, two hats.
    pub fn of_person(name: &'static str, text: impl Into<String>, next_step: impl Into<String>) -> Refusal {
        Refusal { rank: 1, name, text: text.into(), cite: String::new(), next_step: next_step.into() }
    }

    /// The wrong moment: a step before is missing, a term has passed.
    pub fn of_moment(name: &'static str, text: impl Into<String>, next_step: impl Into<String>) -> Refusal {
        Refusal { rank: 2, name, text: text.into(), cite: String::new(), next_step: next_step.into() }
    }

    /// Something the act must carry is missing or wrong.
    pub fn of_content(name: &'static str, text: impl Into<String>, next_step: impl Into<String>) -> Refusal {
        Refusal { rank: 3, name, text: text.into(), cite: String::new(), next_step: next_step.into() }
    }

    /// The same with its article.
    pub fn by(mut self, cite: impl Into<String>) -> Refusal {
        self.cite = cite.into();
        self
    }
}

/// 「text（cite）。next step」.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cite.is_empty() {
            true => write!(f, "{}。{}", self.text, self.next_step),
            false => write!(f, "{}（{}）。{}", self.text, self.cite, self.next_step),
        }
    }
}

/// Everything that stands against an act at once, the most decisive first; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusals(Vec<Refusal>);

impl Refusals {
    /// Nothing when `found` is empty, else all of it in rank order.
    ///
    /// # Errors
    /// The refusals themselves.
    pub fn none_of(mut found: Vec<Refusal>) -> Result<(), Refusals> {
        found.sort_by_key(|refusal| refusal.rank); // stable: within a rank, the order of asking
        if found.is_empty() { Ok(()) } else { Err(Refusals(found)) }
    }

    /// All of them, the most decisive first.
    pub fn iter(&self) -> std::slice::Iter<'_, Refusal> {
        self.0.iter()
    }

    /// The most decisive.
    pub fn first(&self) -> &Refusal {
        self.0.first().expect("refusals are never empty")
    }

    /// Their names in rank order, for tables in tests.
    pub fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|refusal| refusal.name).collect()
    }
}

impl From<Refusal> for Refusals {
    fn from(one: Refusal) -> Refusals {
        Refusals(vec![one])
    }
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, refusal) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            refusal.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusals {}
