//! The search index as its user sees it.

mod cast;
mod pairs;
mod quality;
