//! From text to what the index keeps: characters, tokens, and the derived forms of a token.
//!
//! Page and query go through the same code. Any change of a rule in this module changes what lies in existing
//! indexes, so it must raise [`ANALYZER_VERSION`]: an index of another version is built again.

pub(crate) mod chars;
pub(crate) mod english;
pub(crate) mod forms;
pub(crate) mod hebrew;
pub(crate) mod sound;
pub(crate) mod stop;
pub(crate) mod tokens;

pub(crate) use forms::Forms;
pub(crate) use tokens::tokenize;

/// The version of the rules of analysis. It stands in every commit of the index.
pub const ANALYZER_VERSION: u32 = 2;
