//! Room `exchange`.
