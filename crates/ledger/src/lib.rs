//! Knows where every fen is: two sides to every movement, nothing edited, corrections are new entries that name the old.
//!
//! In: awards and returned lines of a month, allocations of funds, answers of the bank. Out: an envelope's lines, entries to
//! post, a reconciliation to the fen, or a [`Refusal`]. Not here on purpose: storage, bank formats, the reasons of awards.

mod account;
mod compute;
mod entry;
mod envelope;
mod envelope_state;
mod funds;
mod line;
mod reconcile;
mod refusal;
mod share_table;
mod sums;
mod unexplained;

pub use account::Account;
pub use compute::{Computed, Due, Entitlement, Exclusion, ExclusionReason, Owed, Returned, compute};
pub use entry::{Entry, EntryError, Posting, TrialBalance};
pub use envelope::{Control, Envelope, Signature};
pub use envelope_state::EnvelopeState;
pub use funds::{FundShares, FundSource, ShareError, split_by_shares};
pub use line::{Difference, DifferenceKind, Line, LineKind, differences};
pub use reconcile::{Gap, Reconciliation, Totals, reconcile};
pub use refusal::Refusal;
pub use share_table::{ShareTableError, read_share_table};
pub use sums::{FundSum, needed_by_source};
pub use unexplained::{Doubt, Unexplained, unexplained};
