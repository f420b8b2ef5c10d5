//! Blame: every line is attributed, to a text that holds it and whose predecessor lacks it at that place.

use std::convert::Infallible;

use dugri_text::blame::{Blame, Options, blame};
use proptest::prelude::*;

const LINES: &[&str] = &[
    "alpha",
    "beta gamma",
    "שלום עולם",
    "",
    "# Heading",
    "- item",
    "| a | b |",
    "```",
    "> quote",
    "x",
];

/// What one revision does to the lines before it: to each nothing, away with it, another in its stead, one before it.
type Edit = Vec<(u8, usize)>;

fn chain() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let first = prop::collection::vec(prop::sample::select(LINES), 0..10);
    let edits = prop::collection::vec(prop::collection::vec((0_u8..8, 0..LINES.len()), 12), 0..8);
    (first, edits).prop_map(|(first, edits)| {
        let mut chain = vec![first];
        for edit in &edits {
            let next = edited(&chain[chain.len() - 1], edit);
            chain.push(next);
        }
        chain
    })
}

fn edited(lines: &[&'static str], edit: &Edit) -> Vec<&'static str> {
    let mut next: Vec<&'static str> = lines
        .iter()
        .zip(edit)
        .flat_map(|(line, (what, other))| match what {
            0 => vec![],
            1 => vec![LINES[*other]],
            2 => vec![LINES[*other], line],
            _ => vec![*line],
        })
        .collect();
    if let Some((3, other)) = edit.last() {
        next.push(LINES[*other]);
    }
    next
}

fn blamed(chain: &[Vec<&'static str>], options: Options) -> Blame {
    let texts: Vec<String> = chain
        .iter()
        .rev()
        .map(|lines| lines.iter().map(|line| format!("{line}\n")).collect())
        .collect();
    let before = |n: usize| Ok::<_, Infallible>(texts.get(n).cloned());
    blame(&texts[0], before, options).unwrap_or_else(|never| match never {})
}

proptest! {
    #[test]
    fn every_line_is_by_a_text_that_holds_it(chain in chain()) {
        let newest = &chain[chain.len() - 1];
        let blame = blamed(&chain, Options::default());
        prop_assert_eq!(blame.lines.len(), newest.len());
        for (line, by) in newest.iter().zip(&blame.lines) {
            let by = by.expect("the whole chain was looked at");
            for held in &chain[chain.len() - 1 - by..] {
                prop_assert!(held.contains(line), "{line:?} is in every text from v{} on", chain.len() - by);
            }
        }
    }

    /// Between a text and its predecessor, what is not attributed to the text is a common subsequence of both.
    #[test]
    fn what_is_older_stands_in_the_text_before_in_its_order(chain in chain()) {
        let newest = &chain[chain.len() - 1];
        let blame = blamed(&chain, Options::default());
        for back in 1..chain.len() {
            let older: Vec<&str> = newest.iter().zip(&blame.lines).filter(|(_, by)| by.is_some_and(|by| by >= back)).map(|(line, _)| *line).collect();
            let mut there = chain[chain.len() - 1 - back].iter();
            prop_assert!(older.iter().all(|line| there.any(|other| other == line)), "{older:?}");
        }
    }

    /// A line that no text before held can only be by the newest one.
    #[test]
    fn a_line_that_is_new_is_by_the_newest(chain in chain()) {
        let (newest, earlier) = chain.split_last().expect("at least one");
        let mut lines = newest.clone();
        lines.push("never said before");
        let mut longer = earlier.to_vec();
        longer.push(lines);
        let blame = blamed(&longer, Options::default());
        prop_assert_eq!(blame.lines.last(), Some(&Some(0)));
    }

    /// A save that changes nothing takes nobody's lines.
    #[test]
    fn saying_it_again_changes_nothing_but_the_place(chain in chain()) {
        let before = blamed(&chain, Options::default());
        let mut longer = chain.clone();
        longer.push(chain[chain.len() - 1].clone());
        let after = blamed(&longer, Options::default());
        let one_further: Vec<_> = before.lines.iter().map(|by| by.map(|by| by + 1)).collect();
        prop_assert_eq!(after.lines, one_further);
    }

    #[test]
    fn a_cap_only_leaves_open_what_is_older(chain in chain(), texts_max in 1_usize..9) {
        let whole = blamed(&chain, Options::default());
        let capped = blamed(&chain, Options { texts_max, ..Options::default() });
        for (whole, capped) in whole.lines.iter().zip(&capped.lines) {
            prop_assert!(capped == whole || (capped.is_none() && whole.is_some_and(|by| by + 1 >= texts_max)));
        }
    }

    #[test]
    fn blocks_hold_every_line_once(chain in chain()) {
        let blame = blamed(&chain, Options::default());
        let mut next = 0;
        for block in &blame.blocks {
            prop_assert_eq!(block.lines.start, next);
            next = block.lines.end;
        }
        prop_assert_eq!(next, blame.lines.len());
    }
}
