//! What holds for every text, checked with texts that nobody would write.

mod diff;
mod merge;
mod render;
