//! Speaks to banks, departments and spreadsheets; always through an inbox or an outbox.
//!
//! In: files as bureaus, departments and banks really write them. Out: typed rows for the store, files for the bank, and
//! refusals that say what is wrong, where, and what to do. Decides nothing: no rule of law and no rule of money is here.

pub mod banks;
mod cells;
pub mod departments;
mod digest;
mod error_book;
mod fact_cells;
pub mod findings;
mod heading_units;
mod heading_words;
pub mod headings;
pub mod roster;
pub mod sheets;
