//! What was typed into a form, kept as typed.

/// Pairs of field name and text, in the order they were sent.
#[derive(Clone, Debug, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The text of a field, trimmed; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text.trim())
    }

    /// Every answer of a field that may have many.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(n, text)| n == name && !text.trim().is_empty())
            .map(|(_, text)| text.trim().to_owned())
            .collect()
    }
}
