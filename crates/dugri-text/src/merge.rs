//! Three-way merging by block: two people changed the same page, and nothing of either may be lost.
//!
//! A block is what can be changed apart: a paragraph, an item of a list, a row of a table. What only one of the two
//! changed is taken; what both changed to the same is taken once; what both changed differently is a conflict, for a
//! person to decide. Compared is content, never time. What nobody touched stays byte for byte.

mod sides;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::sides::{Chunk, Hunk, Side, chunks};
use crate::diff::{Clock, Options};
use crate::markdown;

/// What came of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Everything fits together.
    Clean {
        /// The merged text.
        text: String,
        /// Where in it stands what the other one wrote, in bytes.
        from_theirs: Vec<Range<usize>>,
    },
    /// Both changed the same block, differently.
    Conflict {
        /// The whole text, in order; at least one block is a conflict.
        blocks: Vec<MergeBlock>,
    },
}

/// A stretch of a merge with conflicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum MergeBlock {
    /// No question here.
    Settled {
        /// The text.
        text: String,
    },
    /// To be decided by a person. An empty text is a deletion.
    Conflict {
        /// What stood there.
        before: String,
        /// What I made of it.
        mine: String,
        /// What they made of it.
        theirs: String,
    },
}

/// Merges what `mine` and `theirs` made of `before`.
pub fn merge(before: &str, mine: &str, theirs: &str) -> Merge {
    if mine == theirs || theirs == before {
        return Merge::Clean {
            text: mine.to_owned(),
            from_theirs: Vec::new(),
        };
    }
    if mine == before {
        return Merge::Clean {
            text: theirs.to_owned(),
            from_theirs: changed_ranges(before, theirs),
        };
    }
    let before = chunks(before);
    let mut clock = Clock::start(Options::default().deadline);
    let mine = Side::of(&before, mine, &mut clock);
    let theirs = Side::of(&before, theirs, &mut clock);
    Merger {
        before: &before,
        mine: &mine,
        theirs: &theirs,
        out: Vec::new(),
    }
    .run()
}

/// Puts a text together from the blocks of a conflict and one choice for each conflict, in order.
///
/// `None` when there are not as many choices as conflicts.
pub fn resolve<'a>(blocks: &[MergeBlock], choices: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut choices = choices.into_iter();
    let mut text = String::new();
    for block in blocks {
        let next = match block {
            MergeBlock::Settled { text } => text,
            MergeBlock::Conflict { .. } => choices.next()?,
        };
        push_apart(&mut text, next);
    }
    choices.next().is_none().then_some(text)
}

/// Adds a piece of text; where the text before has no end of line, it gets one, and an empty line.
fn push_apart(text: &mut String, next: &str) {
    if !text.is_empty() && !text.ends_with('\n') && !next.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(next);
}

/// Blocks of the merged text from one place.
enum Piece<'t> {
    Settled {
        chunks: Vec<Chunk<'t>>,
        is_theirs: bool,
    },
    Conflict {
        before: String,
        mine: String,
        theirs: String,
    },
}

struct Merger<'m, 't> {
    before: &'m [Chunk<'t>],
    mine: &'m Side<'t>,
    theirs: &'m Side<'t>,
    out: Vec<Piece<'t>>,
}

/// How far each of the three texts and the two lists of hunks is read.
#[derive(Clone, Copy, Default)]
struct At {
    before: usize,
    mine: usize,
    theirs: usize,
    mine_hunk: usize,
    theirs_hunk: usize,
}

impl<'t> Merger<'_, 't> {
    fn run(mut self) -> Merge {
        let mut at = At::default();
        loop {
            let next_mine = self.mine.hunks.get(at.mine_hunk).map(|hunk| hunk.before.start);
            let next_theirs = self
                .theirs
                .hunks
                .get(at.theirs_hunk)
                .map(|hunk| hunk.before.start);
            let next = next_mine.into_iter().chain(next_theirs).min();
            self.stable(&mut at, next.unwrap_or(self.before.len()));
            if next.is_none() {
                break;
            }
            let end = self.region(at);
            self.settle(at, end);
            at = end;
        }
        finish(self.out)
    }

    /// Takes over blocks that neither changed. Their line ends may differ; then those that somebody changed count.
    fn stable(&mut self, at: &mut At, to: usize) {
        let count = to - at.before;
        let chunks = (0..count).map(|n| {
            let (before, mine) = (&self.before[at.before + n], &self.mine.chunks[at.mine + n]);
            let theirs = &self.theirs.chunks[at.theirs + n];
            let content = pick(before.content, mine.content, theirs.content);
            Chunk {
                content,
                gap: pick(before.gap, mine.gap, theirs.gap),
            }
        });
        let chunks = chunks.collect();
        self.out.push(Piece::Settled {
            chunks,
            is_theirs: false,
        });
        (at.before, at.mine, at.theirs) = (to, at.mine + count, at.theirs + count);
    }

    /// Where the region that begins here ends: the next change, with all on the other side that it can't be parted
    /// from, and so on.
    fn region(&self, at: At) -> At {
        let (mine, theirs) = (
            &self.mine.hunks[at.mine_hunk..],
            &self.theirs.hunks[at.theirs_hunk..],
        );
        let mut taken = (0, 0);
        let mut span: Option<Range<usize>> = None;
        let mut last: [Option<&Hunk>; 2] = [None, None];
        loop {
            let (m, t) = (mine.get(taken.0), theirs.get(taken.1));
            let joins = |hunk: &&Hunk, other: Option<&Hunk>| match &span {
                None => true,
                Some(span) => hunk.before.start < span.end || other.is_some_and(|other| clash(hunk, other)),
            };
            let m = m.filter(|hunk| joins(hunk, last[1]));
            let t = t.filter(|hunk| joins(hunk, last[0]));
            // The one that begins first; an insertion before what is changed behind it.
            let key = |hunk: &&Hunk| (hunk.before.start, hunk.before.end);
            let takes_mine = match (&m, &t) {
                (Some(m), Some(t)) => key(m) <= key(t),
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            let hunk = if takes_mine { m } else { t };
            let Some(hunk) = hunk else { break };
            let end = span
                .as_ref()
                .map_or(hunk.before.end, |span| span.end.max(hunk.before.end));
            span = Some(at.before..end);
            if takes_mine {
                (taken.0, last[0]) = (taken.0 + 1, Some(hunk));
            } else {
                (taken.1, last[1]) = (taken.1 + 1, Some(hunk));
            }
        }
        let before = span.map_or(at.before, |span| span.end);
        At {
            before,
            mine: at.mine + length(&mine[..taken.0], before - at.before),
            theirs: at.theirs + length(&theirs[..taken.1], before - at.before),
            mine_hunk: at.mine_hunk + taken.0,
            theirs_hunk: at.theirs_hunk + taken.1,
        }
    }

    /// Decides on a region.
    fn settle(&mut self, from: At, to: At) {
        let before = &self.before[from.before..to.before];
        let mine = &self.mine.chunks[from.mine..to.mine];
        let theirs = &self.theirs.chunks[from.theirs..to.theirs];
        let mine_changed = to.mine_hunk > from.mine_hunk;
        let theirs_changed = to.theirs_hunk > from.theirs_hunk;
        let is_same = mine.iter().map(Chunk::key).eq(theirs.iter().map(Chunk::key));
        self.out.push(match (mine_changed, theirs_changed) {
            (true, true) if !is_same => Piece::Conflict {
                before: joined(before),
                mine: joined(mine),
                theirs: joined(theirs),
            },
            (false, true) => Piece::Settled {
                chunks: with_gap(theirs, before, mine),
                is_theirs: true,
            },
            _ => Piece::Settled {
                chunks: with_gap(mine, before, theirs),
                is_theirs: false,
            },
        });
    }
}

/// Whether two changes that touch can't be put one behind the other: one inserts where the other one's change grew,
/// be that an insertion, too.
fn clash(a: &Hunk, b: &Hunk) -> bool {
    let touch = a.before.start <= b.before.end && b.before.start <= a.before.end;
    let (a_inserts, b_inserts) = (a.before.is_empty(), b.before.is_empty());
    touch && ((a_inserts && b.grew()) || (b_inserts && a.grew()))
}

/// How many blocks of a side stand for `span` blocks of `before`, of which its hunks changed some.
fn length(hunks: &[Hunk], span: usize) -> usize {
    let replaced: usize = hunks.iter().map(|hunk| hunk.before.len()).sum();
    let replacing: usize = hunks.iter().map(|hunk| hunk.after.len()).sum();
    span - replaced + replacing
}

/// The value that somebody changed; mine, where both did.
fn pick<'t>(before: &str, mine: &'t str, theirs: &'t str) -> &'t str {
    if mine == before { theirs } else { mine }
}

/// The blocks of the side that changed, with the line ends behind them that somebody changed.
fn with_gap<'t>(changed: &[Chunk<'t>], before: &[Chunk<'_>], other: &[Chunk<'t>]) -> Vec<Chunk<'t>> {
    let mut chunks = changed.to_vec();
    if let (Some(last), Some(before), Some(other)) = (chunks.last_mut(), before.last(), other.last()) {
        last.gap = pick(before.gap, last.gap, other.gap);
    }
    chunks
}

fn joined(chunks: &[Chunk<'_>]) -> String {
    let mut text = String::new();
    for chunk in chunks {
        text.push_str(chunk.content);
        text.push_str(chunk.gap);
    }
    text
}

fn finish(pieces: Vec<Piece<'_>>) -> Merge {
    let mut blocks = Vec::new();
    let mut from_theirs = Vec::new();
    let mut text = String::new();
    let mut has_conflict = false;
    for piece in pieces {
        match piece {
            Piece::Settled { chunks, is_theirs } => {
                let start = text.len();
                for chunk in &chunks {
                    push_apart(&mut text, chunk.content);
                    text.push_str(chunk.gap);
                }
                if is_theirs && text.len() > start {
                    from_theirs.push(start..text.len());
                }
            }
            Piece::Conflict { before, mine, theirs } => {
                has_conflict = true;
                if !text.is_empty() {
                    blocks.push(MergeBlock::Settled {
                        text: std::mem::take(&mut text),
                    });
                }
                blocks.push(MergeBlock::Conflict { before, mine, theirs });
            }
        }
    }
    if !has_conflict {
        return Merge::Clean { text, from_theirs };
    }
    if !text.is_empty() {
        blocks.push(MergeBlock::Settled { text });
    }
    Merge::Conflict { blocks }
}

/// Where in `after` stands what is not in `before`.
fn changed_ranges(before: &str, after: &str) -> Vec<Range<usize>> {
    let ranges = markdown::blocks(after);
    let side = Side::of(
        &chunks(before),
        after,
        &mut Clock::start(Options::default().deadline),
    );
    let changed = side.hunks.iter().filter(|hunk| !hunk.after.is_empty());
    changed
        .map(|hunk| ranges[hunk.after.start].start..ranges[hunk.after.end - 1].end)
        .collect()
}

#[cfg(test)]
mod tests;
