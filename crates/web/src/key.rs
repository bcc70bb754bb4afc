//! Keys that make the second sending of a form change nothing: 128 bits, made when the page is made.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A key nobody had before. It need not be secret, only new.
pub fn fresh() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

/// Whether a text sent back looks like a key of ours.
pub fn is_key(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_keys_are_a_thousand() {
        let keys: std::collections::BTreeSet<String> = (0..1_000).map(|_| fresh()).collect();
        assert_eq!(keys.len(), 1_000);
        assert!(keys.iter().all(|k| is_key(k)));
        assert!(!is_key("") && !is_key("x".repeat(32).as_str()));
    }
}
