//! Merging, case by case.

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
