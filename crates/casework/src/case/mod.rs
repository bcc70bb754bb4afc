//! The corridor: what all stages share about a case, and the only place where they meet.

mod act;
mod clock;
mod desk;
mod notice;
mod people;
mod record;
mod refusal;
mod state;
mod status;
mod steps;

pub use act::{Act, Answer, Event, Finding, GivenReason, Help, Opinion, Settlement};
pub use clock::{Clock, ClockKind, Light, Pause};
pub use desk::Desk;
pub use notice::{Notice, NoticeState};
pub use people::{Actor, Role};
pub use record::{Award, Confirmation, Filed, OpinionGiven, Posting};
pub use refusal::{Refusal, Refusals};
pub use state::Case;
pub use status::Status;
pub(crate) use steps::{ACCEPT, CHECK, CONFIRM, NOTIFY, OPINION, PUBLICATION, VISIT};
pub use steps::{Step, StepState};
