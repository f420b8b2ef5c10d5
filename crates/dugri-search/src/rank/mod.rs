//! Ranking: which documents a reader may see, how each word of a query is found in them, and how that adds up.
//!
//! Words are looked up one by one, straight in the postings, and merged here: a word's weight comes from the union of
//! its strong matches, which no combination of the index's own queries gives.

pub(crate) mod facets;
pub(crate) mod found;
pub(crate) mod lookup;
pub(crate) mod merge;
pub(crate) mod phrase;
pub(crate) mod scope;
pub(crate) mod typo;
mod weights;
pub(crate) mod word;

pub(crate) use scope::Scope;
