//! Room `indicators`.
