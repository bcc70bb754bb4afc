//! The language of ```` ```law ```` blocks: characters to words, words to definitions.
//!
//! In: the lines of a block. Out: items with expressions as written, every part with its place. Not here on purpose: what
//! names mean, what types fit: that is `engine::compile`.

pub(crate) mod formula;
pub(crate) mod lex;
pub(crate) mod parse;
pub(crate) mod syntax;
