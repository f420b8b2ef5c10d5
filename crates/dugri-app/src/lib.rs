//! Use cases and followers: what a person, the command line or a follower can do with Dugri.
//!
//! Knows neither HTTP nor HTML nor SQL. Every use case takes the [`App`] and the [`Actor`] through whose eyes it acts;
//! every write is one `store.write` that also records its event. Whatever else must follow, follows from the log.

mod app;
pub mod archive;
pub mod audit;
pub mod blame;
pub mod bulk;
mod by;
pub mod chrome;
pub mod complete;
mod csv;
pub mod demo;
pub mod drafts;
mod error;
pub mod export;
pub mod favourites;
mod fields;
pub mod files;
pub mod followers;
pub mod groups;
pub mod handover;
pub mod health;
pub mod homes;
pub mod import;
pub mod intel;
pub mod invitations;
pub mod kinds;
pub mod ledger;
pub mod links;
mod memory;
pub mod pages;
mod passwords;
pub mod people;
pub mod profile;
pub mod reach;
pub mod redirects;
pub mod render;
pub mod revisions;
pub mod search;
mod secrets;
pub mod sessions;
pub mod settings;
pub mod spaces;
mod throttle;
pub mod tokens;
mod viewers;
mod words;

pub use app::{Actor, App, AppConfig, Clock, open_index};
pub use by::By;
pub use dugri_store::names::PersonName;
pub use error::{Conflict, Error, FieldError, TextConflict};
pub use secrets::Secret;
pub use viewers::{Viewer, Way};
