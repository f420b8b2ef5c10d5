//! Merging: who changed nothing loses nothing, what was written is somewhere, and the order of the two means nothing.

use dugri_text::markdown::blocks;
use dugri_text::merge::{Merge, MergeBlock, merge, resolve};
use proptest::prelude::*;

#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "alpha beta gamma\n\n", "alpha beta delta\n\n", "one two three four\n\n", "שלום עולם טוב\n\n", "# Heading\n\n", "- item one\n",
    "- item two\n", "  - nested\n", "| a | b |\n|---|---|\n", "| c | d |\n", "\n", "```\ncode\n\ncode\n```\n", ":::never\n", ":::\n",
    "> quote\n", "last", "x\n", "y\r\n\r\n",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(BLOCKS), 0..8).prop_map(|blocks| blocks.concat())
}

/// A text and two others that were made of it.
fn versions() -> impl Strategy<Value = (String, String, String)> {
    let pieces = prop::collection::vec(prop::sample::select(BLOCKS), 0..8);
    let edits = || prop::collection::vec((0_usize..10, prop::sample::select(BLOCKS)), 8);
    (pieces, edits(), edits()).prop_map(|(pieces, mine, theirs)| {
        let edited = |edits: &[(usize, &str)]| -> String {
            let piece = |(piece, (edit, other)): (&&str, &(usize, &str))| match edit {
                0 => String::new(),
                1 => other.to_string(),
                2 => format!("{other}{piece}"),
                3 => piece.replacen('a', "b ", 1),
                _ => piece.to_string(),
            };
            pieces.iter().zip(edits).map(piece).collect()
        };
        (pieces.concat(), edited(&mine), edited(&theirs))
    })
}

fn swapped(blocks: Vec<MergeBlock>) -> Vec<MergeBlock> {
    let swap = |block| match block {
        MergeBlock::Conflict { before, mine, theirs } => MergeBlock::Conflict {
            before,
            mine: theirs,
            theirs: mine,
        },
        settled => settled,
    };
    blocks.into_iter().map(swap).collect()
}

/// Blocks without their line ends: which of two is taken where both changed them may depend on the order.
fn keys(text: &str) -> Vec<String> {
    blocks(text)
        .into_iter()
        .map(|range| text[range].trim_matches(['\n', '\r']).to_owned())
        .collect()
}

fn without_line_ends(merge: Merge) -> String {
    let shown = match merge {
        Merge::Clean { text, .. } => text,
        Merge::Conflict { blocks } => format!("{blocks:?}"),
    };
    shown
        .replace("\\n", "")
        .replace("\\r", "")
        .replace(['\n', '\r'], "")
}

fn written(merge: &Merge, is_mine: bool) -> String {
    match merge {
        Merge::Clean { text, .. } => text.clone(),
        Merge::Conflict { blocks } => {
            let part = |block: &MergeBlock| match block {
                MergeBlock::Settled { text } => text.clone(),
                MergeBlock::Conflict { mine, .. } if is_mine => mine.clone(),
                MergeBlock::Conflict { theirs, .. } => theirs.clone(),
            };
            blocks.iter().map(part).collect()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 500 } else { 20_000 }))]

    #[test]
    fn who_changed_nothing_gets_what_the_other_wrote(before in text(), other in text()) {
        for merged in [merge(&before, &other, &before), merge(&before, &before, &other), merge(&before, &other, &other)] {
            let Merge::Clean { text, from_theirs } = merged else { panic!("a conflict with oneself") };
            prop_assert_eq!(&text, &other);
            prop_assert!(from_theirs.iter().all(|range| text.get(range.clone()).is_some()));
        }
    }

    #[test]
    fn the_order_of_the_two_means_nothing((before, mine, theirs) in versions()) {
        let there = merge(&before, &mine, &theirs);
        let back = match merge(&before, &theirs, &mine) {
            Merge::Conflict { blocks } => Merge::Conflict { blocks: swapped(blocks) },
            clean => clean,
        };
        prop_assert_eq!(without_line_ends(there), without_line_ends(back));
    }

    #[test]
    fn what_was_written_is_somewhere((before, mine, theirs) in versions()) {
        let merged = merge(&before, &mine, &theirs);
        let old = keys(&before);
        for (text, is_mine) in [(&mine, true), (&theirs, false)] {
            let written = written(&merged, is_mine);
            for key in keys(text).iter().filter(|key| !old.contains(key)) {
                prop_assert!(written.contains(key.as_str()), "{key:?} is not in {written:?}");
            }
        }
    }

    #[test]
    fn choosing_one_side_everywhere_keeps_all_of_it((before, mine, theirs) in versions()) {
        let Merge::Conflict { blocks } = merge(&before, &mine, &theirs) else { return Ok(()) };
        let choices: Vec<&str> = blocks.iter().filter_map(|block| match block {
            MergeBlock::Conflict { mine, .. } => Some(mine.as_str()),
            MergeBlock::Settled { .. } => None,
        }).collect();
        prop_assert!(!choices.is_empty());
        let resolved = resolve(&blocks, choices).expect("a choice for each conflict");
        let old = keys(&before);
        for key in keys(&mine).iter().filter(|key| !old.contains(key)) {
            prop_assert!(resolved.contains(key.as_str()));
        }
    }

    #[test]
    fn edits_of_different_paragraphs_always_fit(owners in prop::collection::vec(0_u8..3, 1..12)) {
        let paragraph = |n: usize, edited: bool| format!("Paragraph {n} has words of its own{}.\n\n", if edited { ", edited" } else { "" });
        let version = |edited: &dyn Fn(u8) -> bool| -> String {
            owners.iter().enumerate().map(|(n, owner)| paragraph(n, edited(*owner))).collect()
        };
        let (before, mine, theirs) = (version(&|_| false), version(&|owner| owner == 1), version(&|owner| owner == 2));
        let Merge::Clean { text, .. } = merge(&before, &mine, &theirs) else { panic!("a conflict") };
        prop_assert_eq!(text, version(&|owner| owner > 0));
    }
}
