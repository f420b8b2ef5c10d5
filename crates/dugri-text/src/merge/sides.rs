//! A text in blocks, and what a side of a merge made of them.

use std::ops::Range;

use crate::diff::{Aligned, Clock, Looks, Sides, align, hash};
use crate::markdown;

/// A block, and the line ends behind it, which belong to the place more than to the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk<'t> {
    pub(super) content: &'t str,
    pub(super) gap: &'t str,
}

impl<'t> Chunk<'t> {
    /// What makes it the same as another one.
    pub(super) fn key(&self) -> &'t str {
        self.content.trim_matches(['\n', '\r'])
    }
}

/// Cuts a text into its blocks.
pub(super) fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let cut = |range: Range<usize>| {
        let block = &text[range];
        let (content, gap) = block.split_at(block.trim_end_matches(['\n', '\r']).len());
        Chunk { content, gap }
    };
    markdown::blocks(text).into_iter().map(cut).collect()
}

/// Blocks of `before` that one side made into others: both ranges may be empty, never both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) before: Range<usize>,
    pub(super) after: Range<usize>,
}

impl Hunk {
    /// Whether blocks were added to what was changed, so that what else is added beside it has no certain place.
    pub(super) fn grew(&self) -> bool {
        self.after.len() > self.before.len()
    }
}

/// One side of a merge.
pub(super) struct Side<'t> {
    pub(super) chunks: Vec<Chunk<'t>>,
    pub(super) hunks: Vec<Hunk>,
}

impl<'t> Side<'t> {
    /// Compares a side with what it came from.
    pub(super) fn of(before: &[Chunk<'_>], text: &'t str, clock: &mut Clock) -> Side<'t> {
        let chunks = chunks(text);
        let sides = Sides {
            old: &before.iter().map(|chunk| hash(chunk.key())).collect::<Vec<_>>(),
            new: &chunks.iter().map(|chunk| hash(chunk.key())).collect::<Vec<_>>(),
            look_old: &|n| Looks::of(before[n].key()),
            look_new: &|n| Looks::of(chunks[n].key()),
        };
        let aligned = align(&sides, clock);
        Side {
            hunks: hunks(&aligned),
            chunks,
        }
    }
}

/// What changed, each edited block by itself, and what came and went between two others together.
fn hunks(aligned: &[Aligned]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut before, mut after) = (0, 0);
    let mut is_open = false;
    for step in aligned {
        let (old, new) = match step {
            Aligned::Same(..) | Aligned::Changed(..) => (1, 1),
            Aligned::Deleted(_) => (1, 0),
            Aligned::Inserted(_) => (0, 1),
        };
        let joins = matches!(step, Aligned::Deleted(_) | Aligned::Inserted(_));
        match hunks.last_mut().filter(|_| is_open && joins) {
            Some(hunk) => (hunk.before.end, hunk.after.end) = (before + old, after + new),
            None if matches!(step, Aligned::Same(..)) => {}
            None => hunks.push(Hunk {
                before: before..before + old,
                after: after..after + new,
            }),
        }
        is_open = joins;
        (before, after) = (before + old, after + new);
    }
    hunks
}
