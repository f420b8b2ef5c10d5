//! Use cases and followers: what a person, the command line or a follower can do with Dugri.
//!
//! Knows neither HTTP nor HTML nor SQL. Every use case takes the [`App`] and the [`Actor`] through whose eyes it acts;
//! every write is one `store.write` that also records its event. Whatever else must follow, follows from the log.

mod app;
mod error;
pub mod files;
pub mod followers;
pub mod intel;
pub mod links;
pub mod pages;
pub mod render;
pub mod revisions;
pub mod search;
mod words;

pub use app::{Actor, App, AppConfig, Clock};
pub use error::{Conflict, Error, FieldError, TextConflict};
