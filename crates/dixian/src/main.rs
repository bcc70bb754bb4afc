//! The binary `dixian`.
fn main() {}
