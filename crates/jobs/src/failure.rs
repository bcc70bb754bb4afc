//! How a job ends when it cannot go on.

use store::StoreError;

/// Why a job stopped.
#[derive(Debug, thiserror::Error)]
pub enum JobFailure {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule of money says no.
    #[error("{0}")]
    Refused(ledger::Refusal),
    /// Stored facts that the form in use cannot read.
    #[error("户 {household} 的事实读不回来：{cause}")]
    Facts {
        /// Which household, by id.
        household: values::HouseholdId,
        /// Why.
        cause: String,
    },
    /// Files of other bodies.
    #[error("{0}")]
    File(String),
}

impl From<ledger::Refusal> for JobFailure {
    fn from(refusal: ledger::Refusal) -> JobFailure {
        JobFailure::Refused(refusal)
    }
}
