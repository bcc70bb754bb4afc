//! The corridor: what all stages share about a case, and the only place where they meet.

mod act;
mod act_words;
mod clock;
mod desk;
mod fold;
mod look;
mod notice;
mod people;
mod record;
mod refusal;
pub mod rules;
pub mod sample;
mod share;
mod state;
mod status;
mod steps;
mod table;
pub mod verbs;
mod way;

pub use act::{Act, Answer, Event, Finding, GivenReason, Help, Opinion, Settlement};
pub use clock::{Clock, ClockKind, Light, Pause, is_soon};
pub use desk::Desk;
pub use notice::{Notice, NoticeState};
pub use people::{Actor, Role};
pub use record::{Award, Confirmation, Filed, OpinionGiven, Posting};
pub use refusal::{Refusal, Refusals};
pub use share::{caught_up, shared, spread};
pub use state::Case;
pub use status::Status;
pub(crate) use steps::{
    ACCEPT, CHECK, CONFIRM, HAND_IN, NOTIFY, OPINION, PANEL, PUBLICATION, RELIEF, SHAPED, SURVEY, VISIT,
};
pub use steps::{Step, StepState};
pub use table::state_table;
pub use way::Waypoint;
