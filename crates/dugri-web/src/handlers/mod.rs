//! Requests into use cases: each handler is a few lines, reads its input, calls one use case, shows one view.

pub mod health;
pub mod preferences;
