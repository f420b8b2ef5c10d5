//! What holds for every text, checked with texts that nobody would write.

mod blame;
mod diff;
mod merge;
mod render;
