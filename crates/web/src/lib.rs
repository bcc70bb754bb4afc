//! Where people meet the system: pages made on the server, working without scripts, on an old phone, read aloud and printed.
//!
//! In: requests. Out: pages. A request is four verbs: **read** (store) · **judge** (casework, pure) · **write** (events and
//! projection in one transaction) · **tell** (a page). Not here on purpose: a clock (the caller says what day it is), SQL, and
//! any rule of law or money.

pub mod apply;
pub mod ask;
pub mod assets;
pub mod behind;
pub mod case_page;
pub mod discover;
pub mod failure;
pub mod frame;
pub mod gauge;
pub mod home;
pub mod parts;
pub mod pay;
pub mod person;
pub mod policy;
pub mod publish;
pub mod queue;
pub mod search;
pub mod seat;
pub mod supervise;
pub mod track;
pub mod typed;
pub mod words;

mod answer;
mod app;
pub mod explain;
mod headers;
pub mod key;
pub mod patience;

pub mod registry;
mod router;
pub mod seal;

pub use app::{App, Clock, Moment};
pub use router::{router, serve};
