//! Every Chinese word of the pages, in one place, so that a clerk can correct them without reading code. Short sentences, 您,
//! and every “no” says why, by which article, what to do and whom to ask. A test holds the other files to it.

#![allow(missing_docs)] // a word says itself

mod open;
mod payments;
mod shared;
mod staff;

pub use open::*;
pub use payments::*;
pub use shared::*;
pub use staff::*;
