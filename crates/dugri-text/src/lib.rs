//! Strings or bytes in, values out: everything that is done to text.
//!
//! Markdown to safe HTML, references, directions, differences, three-way merging, blame, anchors of passages, front matter,
//! the syntax of the search box, counting words, the text of files. Nothing here knows pages, people, databases or clocks, and nothing
//! here does any IO; what only others can know (where a link leads, what a label is called) comes in as a value.

pub mod anchor;
pub mod blame;
pub mod diff;
pub mod direction;
pub mod extract;
mod fold;
pub mod front_matter;
pub mod line_ends;
pub mod links;
pub mod markdown;
pub mod merge;
pub mod query;
pub mod sections;
pub mod words;

pub use direction::{Direction, Language};
pub use links::{Reference, ReferenceKind};
pub use markdown::{Audience, Heading, RenderFor, Rendered, Resolved, Target, Words, render};
