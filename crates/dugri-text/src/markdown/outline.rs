//! What others read out of a text: its references, its headings, its plain text by block.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Heading;
use crate::Reference;

/// A top-level block, or an item of a top-level list, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The headings above it, from the outside in. A heading's own text is not in its path.
    pub heading_path: Vec<String>,
    /// Its plain text: no marks, references by their text.
    pub text: String,
    /// Where it stands in the source, in bytes.
    pub range: Range<usize>,
    /// Whether it stands in `:::internal`.
    pub internal: bool,
}

/// The kinds of blocks that matter to search and comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A quotation.
    Quote,
    /// A callout or a `:::` block.
    Note,
    /// Code.
    Code,
    /// A footnote.
    Footnote,
}

/// Every reference outside code, in order, `:::internal` included.
pub fn references(source: &str) -> Vec<Reference> {
    crate::links::candidates(source)
}

/// Every heading, with the ids that [`super::render`] gives them.
pub fn headings(source: &str) -> Vec<Heading> {
    let _ = source;
    Vec::new()
}

/// The text by block without marks: for search and for excerpts.
pub fn plain_text(source: &str) -> Vec<Block> {
    let _ = source;
    Vec::new()
}

/// Where the top-level blocks stand. Together they are the source, byte for byte: each holds the empty lines after it.
pub fn blocks(source: &str) -> Vec<Range<usize>> {
    vec![0..source.len()]
}
