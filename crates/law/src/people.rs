//! What the members of a household are called in a letter: by how they are related, never by name.

use crate::form::{Facts, OneForm, Value};

/// One word for each member: `本人`, `配偶`, `第 2 个子女`; `第 3 人` where nobody said how he is related.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People(Vec<String>);

/// The fact that says how somebody is related, as the form names it.
const RELATION: &str = "关系";

impl People {
    /// Calls everybody by the form's 关系.
    pub fn of(form: &OneForm, facts: &Facts) -> People {
        let relation = |at: usize| -> Option<Value> { facts.members[at].value(form.fact(RELATION)?) };
        let name = |at: usize| {
            let Some(own) = relation(at) else { return format!("第 {} 人", at + 1) };
            let fact = form.fact(RELATION).expect("its value was read");
            let alike = |range: std::ops::Range<usize>| range.filter(|&other| relation(other) == Some(own)).count();
            let word = form.show_value(fact, &own);
            if alike(0..facts.members.len()) == 1 { word } else { format!("第 {} 个{word}", alike(0..at + 1)) }
        };
        People((0..facts.members.len()).map(name).collect())
    }

    /// What a member (from 0) is called.
    ///
    /// # Panics
    /// A member of another household is a bug of the caller.
    pub fn name(&self, member: usize) -> &str {
        &self.0[member]
    }
}
