//! Where a passage stands, and where it went: for reports, comments and claims about a piece of a page.
//!
//! An anchor is lost rather than guessed: a wrong passage under somebody's name is worse than none.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A passage of one revision (which one is the caller's to know).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The headings above it, from the outside in.
    pub heading_path: Vec<String>,
    /// The passage itself, as in the source.
    pub quote: String,
    /// Up to 32 characters before it.
    pub before: String,
    /// Up to 32 characters after it.
    pub after: String,
    /// A digest of the block that holds its beginning.
    pub block_digest: String,
}

/// The anchor of `range` in `text`. `None` when the range is empty or cuts a character.
pub fn anchor(text: &str, range: Range<usize>) -> Option<Anchor> {
    let _ = (text, range);
    None
}

/// The anchor of a passage given by its quote alone, as a form sends it: only where the quote stands exactly once.
pub fn anchor_of_quote(text: &str, quote: &str) -> Option<Anchor> {
    let _ = (text, quote);
    None
}

/// Where the passage stands in this text. `None` when it is gone or could be several.
pub fn locate(anchor: &Anchor, text: &str) -> Option<Range<usize>> {
    let _ = (anchor, text);
    None
}

/// Carries an anchor from one text to the next by what the comparison of their blocks says.
pub fn carry(anchor: &Anchor, before: &str, after: &str) -> Option<Anchor> {
    let _ = (anchor, before, after);
    None
}
