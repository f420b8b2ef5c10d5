//! Blame: which text of a chain brought each line of the newest one in.
//!
//! It goes back from the newest text. A line that the comparison finds in the text before is older than that; one that
//! it does not find came in there. So each line is attributed to a text that holds it and whose predecessor lacks it at
//! that place. Texts are asked for one by one, so that whoever keeps them unpacks no more than are needed; past the
//! deadline or the cap the lines that are left are said to be older, never guessed.

use std::ops::Range;
use std::time::Duration;

use crate::diff::{Clock, hash};
use crate::markdown;

/// How far back is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// When to stop.
    pub deadline: Duration,
    /// The most texts that are looked at, the newest included.
    pub texts_max: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            deadline: Duration::from_secs(1),
            texts_max: 500,
        }
    }
}

/// Where the lines of a text come from. A place in the chain counts back from the newest text, which is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blame {
    /// For each line, which text brought it in; `None` for one that is older than all that were looked at.
    pub lines: Vec<Option<usize>>,
    /// The blocks from top to bottom.
    pub blocks: Vec<Block>,
    /// How many texts were looked at.
    pub looked_at: usize,
}

/// A block of the newest text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its lines, counted from 0; the empty ones after it included.
    pub lines: Range<usize>,
    /// The newest text that brought one of its lines in; `None` where all are older than those looked at.
    pub by: Option<usize>,
}

impl Blame {
    /// Whether every line was attributed.
    pub fn is_complete(&self) -> bool {
        self.lines.iter().all(Option::is_some)
    }
}

/// Attributes the lines of `newest`. `before` gives the text that stood `n` steps before it, from 1 on, and `None` once
/// the chain has begun. Differences in line ends are none.
///
/// # Errors
/// What `before` returns.
pub fn blame<E>(
    newest: &str,
    mut before: impl FnMut(usize) -> Result<Option<String>, E>,
    options: Options,
) -> Result<Blame, E> {
    let mut clock = Clock::start(options.deadline);
    let mut now = keys(newest);
    let mut blame = Blame {
        lines: vec![None; now.len()],
        blocks: Vec::new(),
        looked_at: 1,
    };
    // Which line of the newest text each line of the text at hand became, while nobody brought it in yet.
    let mut became: Vec<Option<usize>> = (0..now.len()).map(Some).collect();
    while became.iter().any(Option::is_some) {
        let place = blame.looked_at - 1;
        if blame.looked_at >= options.texts_max.max(1) || clock.is_over() {
            // Unless the chain begins here, nobody knows where the rest comes from.
            if before(blame.looked_at)?.is_none() {
                settle(&mut blame.lines, &became, place);
            }
            break;
        }
        let Some(text) = before(blame.looked_at)? else {
            settle(&mut blame.lines, &became, place);
            break;
        };
        let old = keys(&text);
        let ops = clock.ops(&old, &now);
        if !clock.exact {
            // A comparison that was cut short would call old lines new.
            break;
        }
        let mut became_old = vec![None; old.len()];
        for (tag, at_old, at_now) in ops.iter().map(similar::DiffOp::as_tag_tuple) {
            if tag == similar::DiffTag::Equal {
                for (old, now) in at_old.zip(at_now) {
                    became_old[old] = became[now].take();
                }
            }
        }
        settle(&mut blame.lines, &became, place);
        blame.looked_at += 1;
        (now, became) = (old, became_old);
    }
    blame.blocks = blocks(newest, &blame.lines);
    Ok(blame)
}

/// What is left came in at this place.
fn settle(lines: &mut [Option<usize>], became: &[Option<usize>], place: usize) {
    for line in became.iter().flatten() {
        lines[*line] = Some(place);
    }
}

fn keys(text: &str) -> Vec<u64> {
    text.lines().map(hash).collect()
}

/// The blocks as lines. An empty line belongs to nobody's block of words, so it does not say who wrote it last.
fn blocks(text: &str, by: &[Option<usize>]) -> Vec<Block> {
    let said: Vec<bool> = text.lines().map(|line| !line.trim().is_empty()).collect();
    let mut blocks = Vec::new();
    let mut line = 0;
    for range in markdown::blocks(text) {
        let end = line + text[range].lines().count();
        let lines = line..end.min(by.len());
        let newest = lines.clone().filter(|at| said[*at]).filter_map(|at| by[at]).min();
        blocks.push(Block { lines, by: newest });
        line = end;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// Blames a chain, oldest first, and numbers it as people do: v1 is the oldest.
    fn check(chain: &[&str], options: Options) -> Vec<Option<usize>> {
        let newest = chain.len() - 1;
        let before = |n: usize| Ok::<_, Infallible>(newest.checked_sub(n).map(|at| chain[at].to_owned()));
        let blame = blame(chain[newest], before, options).unwrap_or_else(|never| match never {});
        blame
            .lines
            .iter()
            .map(|by| by.map(|by| chain.len() - by))
            .collect()
    }

    #[test]
    fn a_line_is_by_the_text_that_brought_it_in() {
        let chain = ["a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\nd\n"];
        let all = check(&chain, Options::default());
        assert_eq!(all, [Some(1), Some(2), Some(1), Some(3)]);
    }

    #[test]
    fn what_is_restored_is_by_the_restoring_text_and_what_stayed_is_not() {
        let chain = ["a\nb\n", "a\n", "a\nb\n"];
        assert_eq!(check(&chain, Options::default()), [Some(1), Some(3)]);
    }

    #[test]
    fn line_ends_are_no_change() {
        let chain = ["a\nb\n", "a\r\nb\r\nc\r\n"];
        assert_eq!(check(&chain, Options::default()), [Some(1), Some(1), Some(2)]);
    }

    #[test]
    fn beyond_the_cap_it_is_older_and_not_guessed() {
        let chain = ["a\n", "a\nb\n", "a\nb\nc\n"];
        let two = Options {
            texts_max: 2,
            ..Options::default()
        };
        assert_eq!(check(&chain, two), [None, None, Some(3)]);
        assert_eq!(
            check(&chain[1..], two),
            [Some(1), Some(1), Some(2)],
            "the chain begins inside the cap"
        );
        let late = Options {
            deadline: Duration::ZERO,
            ..Options::default()
        };
        assert_eq!(check(&chain, late), [None, None, None]);
        assert_eq!(check(&chain[..1], late), [Some(1)]);
    }

    #[test]
    fn a_block_is_by_its_newest_line() {
        let chain = ["# A\n\nOne\ntwo.\n\nThree.\n", "# A\n\nOne\n2.\n\nThree.\n"];
        let before = |n: usize| Ok::<_, Infallible>((n == 1).then(|| chain[0].to_owned()));
        let blame = blame(chain[1], before, Options::default()).expect("never fails");
        let blocks: Vec<_> = blame
            .blocks
            .iter()
            .map(|block| (block.lines.clone(), block.by))
            .collect();
        assert_eq!(blocks, [(0..2, Some(1)), (2..5, Some(0)), (5..6, Some(1))]);
        assert!(blame.is_complete() && blame.looked_at == 2);
    }
}
