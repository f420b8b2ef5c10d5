//! The words of the domain and the rules that need no storage. Knows no SQL, no HTTP, no markdown and no clock:
//! time comes in as a value.

pub mod language;

pub use language::Language;
