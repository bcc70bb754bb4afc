//! The life of one case (办件): facts, a request, the law and a day → events, or a refusal.
//!
//! In: a [`case::Case`] folded from its events, a [`case::Desk`] (who acts, on which day, by which procedure), what the act
//! carries. Out: an [`case::Act`] to be added, or [`case::Refusals`], each named, ranked, with its article and the next step.
//! Order and deadlines come from the procedure that a policy book lays down, never from here. Not here on purpose: storage,
//! pages, personal data (events carry ids, never names of residents).
//!
//! Each stage of the chain is a module; stages never import one another, they meet in [`case`].

pub mod apply;
pub mod case;
pub mod decide;
pub mod discover;
pub mod hear;
pub mod pay;
pub mod publish;
pub mod review;
pub mod verify;
