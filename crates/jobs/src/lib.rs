//! The room that knows what day it is, and runs what must run by itself.
//!
//! In: a clock, the store, files of other bodies. Out: months paid, leads raised, determinations made for a whole city. Not here
//! on purpose: any decision; judging is done by the inner rooms, and persons sign.

pub mod bank;
pub mod clock;
pub mod day;
pub mod determine;
mod failure;
pub mod pay;

pub use failure::JobFailure;
