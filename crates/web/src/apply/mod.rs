//! Handing in the one form (交表) at the village.

pub mod draft;
pub mod page;
pub mod receipt;
