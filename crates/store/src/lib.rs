//! Keeps events and gives facts back: the only SQL of the house, one text for SQLite and PostgreSQL.
//!
//! In: typed values of the inner rooms. Out: the same, or a [`StoreError`] that says what was being done. Every write happens in
//! one transaction of one county, with its audit row. Not here on purpose: decisions, clocks (the caller says when), pages.
//!
//! Modules named like stages keep what that stage writes; [`register`] keeps persons, households, facts and awards.

mod application;
pub mod apply;
pub mod audit;
mod case_rows;
pub mod day;
pub mod db;
pub mod decide;
pub mod discover;
mod error;
pub mod gauge;
pub mod ledger;
mod migration;
pub mod outbox;
mod packed;
pub mod pay;
pub mod publish;
pub mod register;
mod request;
mod rows;
pub mod search;
pub mod supervise;
pub mod verify;

pub use db::Store;
pub use error::StoreError;

/// Who writes, and when: stands in the audit row of every write.
#[derive(Clone, Debug)]
pub struct Hand {
    /// Work number, or `system`.
    pub by: String,
    /// The moment, RFC 3339 with +08:00.
    pub at: String,
}
