//! What changed between two texts: by line, by block, by word.
//!
//! All of it runs in linear space and under a deadline. Where the deadline passes, the result is still right (applying
//! it to the old text gives the new one) but coarser than need be, and says so.

pub(crate) mod align;
pub(crate) mod clock;
mod lines;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;
use std::time::Duration;

pub(crate) use align::{Aligned, Looks, Sides, align, hash};
pub(crate) use clock::Clock;
pub(crate) use words::{pieces, tokens};

use crate::RenderFor;
use crate::markdown::{self, Fallback};

/// What happened to a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// In both.
    Equal,
    /// Only in the old text.
    Deleted,
    /// Only in the new text.
    Inserted,
}

/// A run of text with one fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What happened to it.
    pub change: Change,
    /// The text.
    pub text: String,
}

/// How a comparison is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many unchanged lines or blocks stay visible beside a change.
    pub context: usize,
    /// When to stop looking for a finer comparison.
    pub deadline: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            context: 3,
            deadline: Duration::from_millis(500),
        }
    }
}

/// Words added and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words only in the new text.
    pub added: usize,
    /// Words only in the old text.
    pub removed: usize,
}

/// Two sources side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineDiff {
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// Words added and removed.
    pub words: Counts,
    /// Groups of changed rows that touch.
    pub changes: usize,
    /// False when the deadline passed or a text was too large, so that more is marked than changed.
    pub exact: bool,
}

/// A row of a side-by-side view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Unchanged lines that are folded away.
    Fold {
        /// How many.
        lines: usize,
        /// Their lines in the old text, counted from 1.
        before: Range<usize>,
        /// Their lines in the new text, counted from 1.
        after: Range<usize>,
    },
    /// A line that is the same on both sides.
    Same {
        /// Number in the old text, from 1.
        before: usize,
        /// Number in the new text, from 1.
        after: usize,
        /// The line without its end.
        text: String,
    },
    /// A line that differs, or stands on one side only.
    Changed {
        /// The old line.
        before: Option<Line>,
        /// The new line.
        after: Option<Line>,
    },
}

/// A changed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Its text, the changed words marked: equal and deleted runs on the old side, equal and inserted on the new.
    pub runs: Vec<Run>,
}

/// Two texts compared by block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockDiff {
    /// The blocks in order.
    pub blocks: Vec<BlockChange>,
    /// Words added and removed.
    pub words: Counts,
    /// False when the deadline passed.
    pub exact: bool,
}

/// The fate of a block. Ranges are bytes of the two sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockChange {
    /// The same in both.
    Same {
        /// Where in the old text.
        before: Range<usize>,
        /// Where in the new text.
        after: Range<usize>,
    },
    /// Only in the old text.
    Deleted {
        /// Where in the old text.
        before: Range<usize>,
    },
    /// Only in the new text.
    Inserted {
        /// Where in the new text.
        after: Range<usize>,
    },
    /// The same block, changed.
    Changed {
        /// Where in the old text.
        before: Range<usize>,
        /// Where in the new text.
        after: Range<usize>,
        /// The source of the block, word by word.
        runs: Vec<Run>,
    },
}

/// A rendered comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redline {
    /// The parts from top to bottom.
    pub parts: Vec<RedlinePart>,
    /// Words added and removed.
    pub words: Counts,
    /// How many parts are changes.
    pub changes: usize,
    /// False when the deadline passed, so that more is marked than changed.
    pub exact: bool,
    /// Set when one of the texts can't be rendered within the caps: then the parts are plain lines.
    pub fallback: Option<Fallback>,
}

/// A stretch of a rendered comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedlinePart {
    /// Unchanged and near a change: to be shown.
    Same {
        /// Safe HTML.
        html: String,
    },
    /// Unchanged and far from any change: to be folded.
    Folded {
        /// Safe HTML of what is folded.
        html: String,
        /// How many sections it touches: its headings, at least one.
        sections: usize,
        /// How many blocks it holds.
        blocks: usize,
    },
    /// A change, with `<ins>` and `<del>`.
    Changed {
        /// Safe HTML.
        html: String,
    },
}

/// Compares two sources line by line. Differences in line ends are none.
pub fn lines(before: &str, after: &str, options: Options) -> LineDiff {
    lines::lines(before, after, options)
}

/// Compares two texts word by word. The deleted and equal runs together are the old text, the inserted and equal ones
/// the new; a deletion stands before the insertion that replaces it.
pub fn words(before: &str, after: &str, options: Options) -> Vec<Run> {
    words::runs(before, after, &mut Clock::start(options.deadline))
}

/// Compares two sources block by block.
pub fn blocks(before: &str, after: &str, options: Options) -> BlockDiff {
    let mut clock = Clock::start(options.deadline);
    let (old, new) = (markdown::blocks(before), markdown::blocks(after));
    // The empty lines behind a block are none of its words.
    let old_text = |n: usize| before[old[n].clone()].trim_matches(['\n', '\r']);
    let new_text = |n: usize| after[new[n].clone()].trim_matches(['\n', '\r']);
    let sides = Sides {
        old: &(0..old.len()).map(|n| hash(old_text(n))).collect::<Vec<_>>(),
        new: &(0..new.len()).map(|n| hash(new_text(n))).collect::<Vec<_>>(),
        look_old: &|n| Looks::of(old_text(n)),
        look_new: &|n| Looks::of(new_text(n)),
    };
    let aligned = align(&sides, &mut clock);
    let mut diff = BlockDiff::default();
    for aligned in aligned {
        diff.blocks.push(match aligned {
            Aligned::Same(o, n) => BlockChange::Same {
                before: old[o].clone(),
                after: new[n].clone(),
            },
            Aligned::Deleted(o) => {
                diff.words.add(Change::Deleted, &before[old[o].clone()]);
                BlockChange::Deleted {
                    before: old[o].clone(),
                }
            }
            Aligned::Inserted(n) => {
                diff.words.add(Change::Inserted, &after[new[n].clone()]);
                BlockChange::Inserted {
                    after: new[n].clone(),
                }
            }
            Aligned::Changed(o, n) => {
                let runs = words::runs(&before[old[o].clone()], &after[new[n].clone()], &mut clock);
                diff.words.add_runs(&runs);
                BlockChange::Changed {
                    before: old[o].clone(),
                    after: new[n].clone(),
                    runs,
                }
            }
        });
    }
    diff.exact = clock.exact;
    diff
}

/// Compares two sources and renders the comparison, through the same safe renderer as a page.
pub fn redline(before: &str, after: &str, how: &RenderFor<'_>, options: Options) -> Redline {
    markdown::redline(before, after, how, options)
}
