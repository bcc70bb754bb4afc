//! The agent bank: payment files out, answers in, both by a dated profile under `data/banks/`.
//!
//! In: the lines of a locked envelope; files the bank left in the inbox. Out: files whose counts and sums tie, lines that the
//! format cannot carry (held, with the reason), and a verdict for every line the bank answers. What does not tie is refused as
//! a whole, and what is unclear is left to a person. Not here on purpose: booking, and who may send.

mod answer;
mod encoding;
mod inbox;
mod order;
mod outbox;
mod profile;
mod record;
pub mod simulator;
mod verdict;

pub use answer::{Answer, AnswerLine, AnswerRefusal};
pub use inbox::{MAX_ANSWER_BYTES, Waiting, archive, waiting};
pub use order::{BankFile, HeldLine, HeldReason, Order, OrderFiles, OrderRefusal, PayLine};
pub use outbox::{OutboxRefusal, put};
pub use profile::{Code, Profile, ProfileError};
pub use verdict::{Judged, Outcome, OutcomeHeld, Verdict};
