//! The search index as its user sees it.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod cast;
mod disk;
mod marks;
mod pairs;
mod queries;
mod rights;
