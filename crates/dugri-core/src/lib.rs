//! The words of the domain and the rules that need no storage.
//!
//! Nothing here does IO, knows SQL, HTTP or Markdown, or reads a clock: time comes in as a value.
//! The glossary that these names follow stands in `ARCHITECTURE.md`.

pub mod access;
pub mod colour;
pub mod currency;
pub mod event;
pub mod gaps;
pub mod homes;
pub mod ids;
pub mod intel;
pub mod pages;
pub mod people;
pub mod policy;
pub mod searches;
pub mod spaces;
pub mod texts;
pub mod time;
pub mod topics;
pub mod watching;
pub mod words;

/// The setting by which the operator keeps Dugri read-only: present while it is.
pub const READ_ONLY: &str = "read-only";

pub use access::{Access, Role};
pub use event::Event;
pub use ids::*;
pub use time::Time;
pub use words::Language;
