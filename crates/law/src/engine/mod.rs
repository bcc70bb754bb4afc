//! From items to answers: compile once, evaluate for a household with every reason, or for a city without.

mod calls;
pub(crate) mod compile;
mod components;
pub(crate) mod evaluate;
pub(crate) mod expression;
pub(crate) mod figures;
pub(crate) mod kinds;
pub(crate) mod lacking;
pub(crate) mod num;
pub(crate) mod program;
pub(crate) mod quick;
pub(crate) mod trace;
