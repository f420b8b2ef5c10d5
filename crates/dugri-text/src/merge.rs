//! Three-way merging by block: two people changed the same page, and nothing of either may be lost.
//!
//! A block is what can be changed apart: a paragraph, an item of a list, a row of a table. What only one of the two
//! changed is taken; what both changed to the same is taken once; what both changed differently is a conflict, for a
//! person to decide. Compared is content, never time. What nobody touched stays byte for byte.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diff::{Aligned, Clock, Item, Options, align};
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

/// A block, and the line ends behind it, which belong to the place more than to the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chunk<'t> {
    content: &'t str,
    gap: &'t str,
}

impl<'t> Chunk<'t> {
    /// What makes it the same as another one.
    fn key(&self) -> &'t str {
        self.content.trim_matches(['\n', '\r'])
    }
}

fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let cut = |range: Range<usize>| {
        let block = &text[range];
        let (content, gap) = block.split_at(block.trim_end_matches(['\n', '\r']).len());
        Chunk { content, gap }
    };
    markdown::blocks(text).into_iter().map(cut).collect()
}

/// Blocks of `before` that one side made into others: both ranges may be empty, never both.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hunk {
    before: Range<usize>,
    after: Range<usize>,
}

impl Hunk {
    /// Whether blocks were added to what was changed, so that what else is added beside it has no certain place.
    fn grew(&self) -> bool {
        self.after.len() > self.before.len()
    }
}

/// One side of a merge.
struct Side<'t> {
    chunks: Vec<Chunk<'t>>,
    hunks: Vec<Hunk>,
}

impl<'t> Side<'t> {
    fn of(before: &[Chunk<'_>], text: &'t str, clock: &mut Clock) -> Side<'t> {
        let chunks = chunks(text);
        let items = |chunks: &[Chunk<'_>]| {
            chunks
                .iter()
                .map(|chunk| Item::new(chunk.key()))
                .collect::<Vec<_>>()
        };
        let aligned = align(&items(before), &items(&chunks), clock);
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

/// Whether two changes that touch can't be put one behind the other: both insert at the same place, or one inserts
/// where the other one's change grew.
fn clash(a: &Hunk, b: &Hunk) -> bool {
    let touch = a.before.start <= b.before.end && b.before.start <= a.before.end;
    let (a_inserts, b_inserts) = (a.before.is_empty(), b.before.is_empty());
    touch && ((a_inserts && b_inserts) || (a_inserts && b.grew()) || (b_inserts && a.grew()))
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
mod tests {
    use super::*;

    /// A conflict as `<before|mine|theirs>`; what is theirs in a clean merge in braces.
    fn shown(merge: &Merge) -> String {
        match merge {
            Merge::Clean { text, from_theirs } => {
                let mut shown = text.clone();
                for range in from_theirs.iter().rev() {
                    shown.insert(range.end, '}');
                    shown.insert(range.start, '{');
                }
                shown
            }
            Merge::Conflict { blocks } => {
                let block = |block: &MergeBlock| match block {
                    MergeBlock::Settled { text } => text.clone(),
                    MergeBlock::Conflict { before, mine, theirs } => format!("<{before}|{mine}|{theirs}>"),
                };
                blocks.iter().map(block).collect()
            }
        }
    }

    #[track_caller]
    fn check(before: &str, mine: &str, theirs: &str, expected: &str) {
        assert_eq!(shown(&merge(before, mine, theirs)), expected);
    }

    #[test]
    fn changes_in_different_blocks_fit() {
        check(
            "a\n\nb\n\nc\n",
            "A\n\nb\n\nc\n",
            "a\n\nb\n\nC\n",
            "A\n\nb\n\n{C\n}",
        );
        check(
            "a\n\nb\n\nc\n",
            "A\n\nb\n\nc\n",
            "a\n\nB\n\nc\n",
            "A\n\n{B\n\n}c\n",
        );
        check("a\n\nb\n", "a\n\nb\n", "a\n\nnew\n\nb\n", "a\n\n{new\n\n}b\n");
        check("a\n\nb\n", "b\n", "a\n\nb\n\nc\n", "b\n\n{c\n}");
        check("", "mine\n", "", "mine\n");
    }

    #[test]
    fn items_and_rows_are_blocks() {
        check(
            "- a\n- b\n- c\n",
            "- A\n- b\n- c\n",
            "- a\n- b\n- C\n",
            "- A\n- b\n{- C\n}",
        );
        let table = |b: &str, c: &str| format!("| h |\n|---|\n| {b} |\n| {c} |\n");
        check(
            &table("b", "c"),
            &table("x", "c"),
            &table("b", "y"),
            "| h |\n|---|\n| x |\n{| y |\n}",
        );
    }

    #[test]
    fn an_edit_and_an_addition_behind_it_fit() {
        check(
            "one two three\n",
            "one two 3\n",
            "one two three\n\nmore\n",
            "one two 3\n\n{more\n}",
        );
        check(
            "one two three",
            "one two three\n\nmore",
            "one two 3",
            "{one two 3\n\n}more",
        );
    }

    #[test]
    fn the_same_change_is_no_conflict() {
        check("a\n\nb\n", "a\n\nX\n", "a\n\nX\n\n", "a\n\nX\n\n");
        check(
            "a\n\nb\n\nc\n",
            "a\n\nX\n\nc\n\nd\n",
            "a\n\nX\n\nc\n",
            "a\n\nX\n\nc\n\nd\n",
        );
        check("a\n\nb\n", "a\n", "a\n", "a\n");
    }

    #[test]
    fn different_changes_of_a_block_are_a_conflict() {
        check(
            "a\n\nb\n\nc\n",
            "a\n\nX\n\nc\n",
            "a\n\nY\n\nc\n",
            "a\n\n<b\n\n|X\n\n|Y\n\n>c\n",
        );
        check(
            "a\n\nb\n\nc\n",
            "a\n\nc\n",
            "a\n\nB b\n\nc\n",
            "a\n\n<b\n\n||B b\n\n>c\n",
        );
        check("a\n", "a\n\nmine\n", "a\n\ntheirs\n", "a\n\n<|mine\n|theirs\n>");
        check("", "mine", "theirs", "<|mine|theirs>");
    }

    #[test]
    fn a_conflict_leaves_the_rest_merged() {
        check(
            "a one two\n\nb one two\n\nc\n\nd\n",
            "A one two\n\nX one two\n\nc\n\nd\n",
            "a one two\n\nY one two\n\nc\n\nD\n",
            "A one two\n\n<b one two\n\n|X one two\n\n|Y one two\n\n>c\n\nD\n",
        );
    }

    #[test]
    fn texts_without_a_last_line_end_do_not_run_together() {
        check("a\n\nb", "a\n\nb\n\nc", "a", "a\n\nc");
        assert_eq!(shown(&merge("a\n\nb", "x\n\nb", "a\n\nb\n\nc")), "x\n\nb\n\n{c}");
    }

    #[test]
    fn choices_make_a_text() {
        let Merge::Conflict { blocks } = merge("a\n\nb\n", "a\n\nX\n", "a\n\nY\n") else {
            panic!("a conflict")
        };
        assert_eq!(resolve(&blocks, ["both\n"]).as_deref(), Some("a\n\nboth\n"));
        assert_eq!(resolve(&blocks, []), None);
        assert_eq!(resolve(&blocks, ["x", "y"]), None);
    }
}
