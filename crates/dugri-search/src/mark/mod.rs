//! Marks: which words of a text answer the query, and which piece of a text shows them best.
//!
//! Ranges are bytes of the text that the caller gave, so niqqud, gershayim and hyphens stay as they are; a word found
//! by its stem is marked whole.

mod matcher;
mod snippet;

pub use matcher::{Coverage, Matcher};
pub use snippet::{Snippet, sentence, snippet};

use std::ops::Range;

/// The words of a text that answer the query, ascending and without overlap.
pub fn highlight(text: &str, matcher: &Matcher) -> Vec<Range<usize>> {
    matcher.marks(text).into_iter().map(|mark| mark.bytes).collect()
}
