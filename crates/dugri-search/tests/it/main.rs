//! The search index as its user sees it.

mod cast;
mod disk;
mod marks;
mod pairs;
mod quality;
mod queries;
mod rights;
