//! The one place that knows the index: analysis of Hebrew and English, ranking, suggestions, marks.
//!
//! What must stay true: the reader's rights are part of every question to the index, counts and corrections included;
//! a page's words and a query's words go through the same analysis; a commit carries the cursor of the event log that
//! it stands for, so the index can be killed or deleted at any point and catches up. No HTTP and no SQL here.

mod aliases;
mod analysis;
mod document;
mod error;
mod find;
mod folder;
mod index;
mod mark;
mod meaning;
mod query;
mod rank;
mod request;
mod schema;
mod snapshot;
mod stream;
mod write;

pub use aliases::Aliases;
pub use analysis::ANALYZER_VERSION;
pub use document::{Change, Document, Eyes, IntelDocument, PageDocument, TopicNames};
pub use error::Error;
pub use index::{Index, Standing};
pub use mark::{Coverage, Matcher, Snippet, highlight, sentence, snippet};
pub use meaning::Vocabulary;
pub use query::{Clause, Condition, Query, Test, TextField};
pub use request::{
    Correction, FacetCount, Facets, Factor, FactorOf, Filters, Found, Hit, HitKind, HitType, How, Reader,
    Request, Why,
};
