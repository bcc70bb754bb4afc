//! Names of people (姓名): kept as written, matched by a folded key, masked on public lists.
//!
//! In: what an ID card, an old bureau file or a keyboard gave. Out: the same characters, less those that nobody can see;
//! a key under which two ways of writing one name are equal. Not here on purpose: whether two people of one name are
//! one person. Nothing is refused for looking odd: `NULL`, `测试` and `O'Brien` are names until a person says otherwise.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::{Warning, folding, name_characters};

/// A person's name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// Why a text is not a name. The texts never repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonNameError {
    /// Nothing that can be seen was written.
    #[error("姓名是空的，请按身份证填写姓名")]
    Empty,
    /// Longer than any name: a cell that swallowed its neighbours.
    #[error("姓名超过 {LONGEST} 个字，可能把别的内容也填进来了；请核对")]
    TooLong,
    /// A character that a broken conversion left behind.
    #[error("姓名第 {at} 个字是乱码，原来的字已经丢失；请按身份证重新填写姓名")]
    Broken {
        /// Place, from 1.
        at: usize,
    },
}

/// In characters. Names of 25 Hanzi and of 150 bytes exist and are kept whole (民委发〔2016〕33号 asks systems to).
const LONGEST: usize = 100;

impl PersonName {
    /// Keeps a name as written, without outer blanks and without invisible characters (zero-width, direction, controls).
    ///
    /// # Errors
    /// [`PersonNameError`] in plain Chinese, without the name.
    pub fn parse(text: &str) -> Result<PersonName, PersonNameError> {
        let seen: String = text.chars().filter(|&c| !folding::is_invisible(c)).collect();
        let name = seen.trim();
        if name.is_empty() {
            return Err(PersonNameError::Empty);
        }
        if name.chars().count() > LONGEST {
            return Err(PersonNameError::TooLong);
        }
        if let Some(at) = name.chars().position(|c| c == char::REPLACEMENT_CHARACTER) {
            return Err(PersonNameError::Broken { at: at + 1 });
        }
        Ok(PersonName(name.to_owned()))
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as pages show it: the separating dot is `·` (U+00B7) however it was typed; all else as written.
    pub fn shown(&self) -> String {
        with_one_dot(&self.0.chars().collect::<Vec<char>>())
    }

    /// The key for matching: one for all ways of writing a name. Never shown, never stored in place of the name.
    ///
    /// Folded are: dots, blanks, full-width and compatibility forms, combining marks, radicals typed for characters,
    /// variation selectors, the private areas of old GBK systems, traditional and variant forms common in names, case.
    pub fn key(&self) -> String {
        let known: String = self.0.chars().map(name_characters::out_of_private_use).collect();
        let composed: String = known.chars().filter(|&c| !is_variation_selector(c)).nfkc().collect();
        let folded: String = composed.chars().map(name_characters::usual_form).flat_map(char::to_lowercase).collect();
        let close: Vec<char> = without_blanks_by_hanzi(&folded).chars().collect();
        // A full stop that has become `·` parts names as Hanzi do: blanks beside it vanish too.
        without_blanks_by_hanzi(&with_one_dot(&close))
    }

    /// For public lists: `周*兰`, `张*`, `欧**娜`, `买**·****拉`. One character alone is all hidden.
    pub fn masked(&self) -> String {
        let shown: Vec<char> =
            self.shown().nfc().filter(|&c| !is_variation_selector(c) && !name_characters::is_combining(c)).collect();
        let last = shown.len().saturating_sub(1);
        let stands = |at: usize| match shown.len() {
            1 => false,
            2 => at == 0,
            _ => at == 0 || at == last,
        };
        let star = |(at, &c): (usize, &char)| if stands(at) || c == DOT { c } else { '*' };
        shown.iter().enumerate().map(star).collect()
    }

    /// What a person should look at: a character that other computers cannot show.
    pub fn warning(&self) -> Option<Warning> {
        self.0.chars().any(is_private_use).then_some(Warning::PrivateUseCharacter)
    }
}

/// The dot between the parts of a name (间隔号).
const DOT: char = '\u{00B7}';

fn is_dot(c: char) -> bool {
    matches!(
        c,
        '.' | '·' | '•' | '‧' | '∙' | '⋅' | '・' | '．' | '･' | '\u{0387}' | '\u{2E31}' | '\u{FE52}' | '\u{2024}'
    )
}

/// A dot with a Hanzi on either side becomes `·`; the full stop of `J. Smith` stays.
fn with_one_dot(name: &[char]) -> String {
    let is_hanzi_at = |at: Option<usize>| at.and_then(|at| name.get(at)).is_some_and(|&c| name_characters::is_hanzi(c));
    let one = |(at, &c): (usize, &char)| {
        let by_hanzi = is_hanzi_at(at.checked_sub(1)) || is_hanzi_at(Some(at + 1));
        if is_dot(c) && (c != '.' || by_hanzi) { DOT } else { c }
    };
    name.iter().enumerate().map(one).collect()
}

/// Blanks that set Hanzi apart vanish (`张　三`); between other letters one blank stands.
fn without_blanks_by_hanzi(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut key = String::with_capacity(name.len());
    for word in words {
        let is_letter = |c: Option<char>| c.is_some_and(|c| !name_characters::is_hanzi(c) && (c == '.' || !is_dot(c)));
        if is_letter(key.chars().last()) && is_letter(word.chars().next()) {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

impl TryFrom<String> for PersonName {
    type Error = PersonNameError;
    fn try_from(text: String) -> Result<PersonName, PersonNameError> {
        PersonName::parse(&text)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> String {
        name.0
    }
}

/// Masked, so that no log ever holds a whole name.
impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonName({})", self.masked())
    }
}

#[cfg(test)]
mod tests;
