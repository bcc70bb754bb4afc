//! Reading the documents of many households, on all cores.

use law::Library;
use law::form::Facts;
use rayon::prelude::*;

/// A household that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("第 {number} 户的事实看不懂：{cause}")]
pub struct Unreadable {
    /// Its number in what was given, from 1.
    pub number: usize,
    /// What is wrong, without the value itself.
    pub cause: String,
}

/// Facts of households from their JSON, in their order; a family of people/ carries them under 事实.
///
/// # Errors
/// The first household that is no JSON, or says what the form does not know.
pub fn read(library: &Library, texts: &[impl AsRef<str> + Sync]) -> Result<Vec<Facts>, Unreadable> {
    let one = |(at, text): (usize, &_)| -> Result<Facts, Unreadable> {
        let unreadable = |cause: String| Unreadable { number: at + 1, cause };
        let text: &str = AsRef::<str>::as_ref(text);
        let json: serde_json::Value = serde_json::from_str(text).map_err(|cause| unreadable(cause.to_string()))?;
        let json = json.get("事实").unwrap_or(&json);
        library.form().facts_from_json(json).map_err(|found| {
            let places: Vec<String> = found.iter().take(8).map(|error| error.place.clone()).collect();
            unreadable(places.join("、"))
        })
    };
    let read: Vec<Result<Facts, Unreadable>> = texts.par_iter().enumerate().map(one).collect();
    read.into_iter().collect()
}
