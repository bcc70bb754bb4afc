//! pay: rights of a month in, envelopes with their lines, bank files and answers out. Lines are written once.

mod answer;
mod envelope;
mod read;

pub use answer::{BankAnswer, BankReturn};
pub use envelope::{BankFile, Locking};
pub(crate) use read::lines_of;
pub use read::{LineTrail, PersonPayment, ReturnedLine};
