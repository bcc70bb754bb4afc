//! One module a noun of the command line. Each is read · judge · write · tell.

pub mod audit;
pub mod bulk;
pub mod doctor;
pub mod import;
pub mod pay;
pub mod policy;
pub mod serve;
