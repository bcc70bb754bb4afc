//! A citation (依据): which text, which article.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which article of which text, in the short name a policy book gives it: `办法 第七条`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cite {
    /// The text, `办法` or `民发〔2021〕57号`.
    pub text: String,
    /// The article, `第七条` or `第十四条第二款`; empty when the whole text is meant.
    pub article: String,
}

impl Cite {
    /// That article of that text.
    pub fn new(text: impl Into<String>, article: impl Into<String>) -> Cite {
        Cite { text: text.into(), article: article.into() }
    }
}

/// `办法 第七条`, as policy books write it between 〔 and 〕.
impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.article.is_empty() {
            true => f.write_str(&self.text),
            false => write!(f, "{} {}", self.text, self.article),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_reads_as_in_the_books() {
        assert_eq!(Cite::new("办法", "第七条").to_string(), "办法 第七条");
        assert_eq!(Cite::new("民发〔2021〕57号", "").to_string(), "民发〔2021〕57号");
    }
}
