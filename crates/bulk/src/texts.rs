//! Text columns of every Arrow layout, read alike.

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, LargeStringArray, StringArray, StringViewArray};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;

/// A column of plain texts.
#[derive(Clone, Copy)]
pub(crate) enum Texts<'a> {
    /// 32-bit offsets.
    Small(&'a StringArray),
    /// 64-bit offsets.
    Large(&'a LargeStringArray),
    /// Views.
    View(&'a StringViewArray),
}

impl<'a> Texts<'a> {
    /// The texts, when the column holds plain texts.
    pub(crate) fn of(array: &'a dyn Array) -> Option<Texts<'a>> {
        match array.data_type() {
            DataType::Utf8 => Some(Texts::Small(array.as_string())),
            DataType::LargeUtf8 => Some(Texts::Large(array.as_string())),
            DataType::Utf8View => Some(Texts::View(array.as_string_view())),
            _ => None,
        }
    }

    /// The text of a row; none for null.
    pub(crate) fn at(&self, row: usize) -> Option<&'a str> {
        match *self {
            Texts::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

/// A dictionary column: for each row the number of a word.
pub(crate) struct Words<'a> {
    /// The word's number; without meaning where the row is null.
    pub(crate) keys: std::borrow::Cow<'a, [i32]>,
    /// The words.
    pub(crate) words: Texts<'a>,
    nulls: Option<&'a NullBuffer>,
}

impl<'a> Words<'a> {
    /// The words, when the column is a dictionary of texts.
    pub(crate) fn of(array: &'a dyn Array) -> Option<Words<'a>> {
        let DataType::Dictionary(key, _) = array.data_type() else { return None };
        let dictionary = array.as_any_dictionary();
        let words = Texts::of(dictionary.values().as_ref())?;
        let keys = match **key {
            DataType::Int32 => array.as_dictionary::<Int32Type>().keys().values().as_ref().into(),
            _ if dictionary.values().is_empty() => vec![0; array.len()].into(),
            _ => dictionary.normalized_keys().into_iter().map(|key| key as i32).collect::<Vec<i32>>().into(),
        };
        Some(Words { keys, words, nulls: array.nulls() })
    }

    /// The word of a row; none for null.
    pub(crate) fn at(&self, row: usize) -> Option<&'a str> {
        let known = self.nulls.is_none_or(|nulls| nulls.is_valid(row));
        known.then(|| self.words.at(self.keys[row] as usize)).flatten()
    }
}

/// True for the column types that hold text.
pub(crate) fn holds_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, words) => matches!(**words, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View),
        _ => false,
    }
}
