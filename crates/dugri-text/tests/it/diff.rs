//! Comparing: what is shown as old is the old text, what is shown as new the new one, and a redline is safe HTML.

use std::time::Duration;

use dugri_text::diff::{self, BlockChange, Change, Line, Options, RedlinePart, Row, Run};
use dugri_text::markdown::{Audience, RenderFor, Target, Words};
use dugri_text::{Language, words};
use proptest::prelude::*;

use crate::render::{any_text, judged, resolve, spelled};

fn side(runs: &[Run], other: Change) -> String {
    runs.iter()
        .filter(|run| run.change != other)
        .map(|run| run.text.as_str())
        .collect()
}

fn options() -> impl Strategy<Value = Options> {
    (0_usize..4, prop::sample::select(&[0_u64, 500])).prop_map(|(context, millis)| Options {
        context,
        deadline: Duration::from_millis(millis),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 500 } else { 10_000 }))]

    #[test]
    fn words_are_both_texts(before in any_text(), after in any_text(), options in options()) {
        let runs = diff::words(&before, &after, options);
        prop_assert_eq!(side(&runs, Change::Inserted), before);
        prop_assert_eq!(side(&runs, Change::Deleted), after);
        prop_assert!(runs.iter().all(|run| !run.text.is_empty()));
    }

    #[test]
    fn rows_are_both_texts(before in any_text(), after in any_text(), options in options()) {
        let diff = diff::lines(&before, &after, options);
        let (mut old, mut new) = (Vec::new(), Vec::new());
        let line = |line: &Line, other| (line.number, side(&line.runs, other));
        for row in &diff.rows {
            match row {
                Row::Fold { lines, before: b, after: a } => {
                    prop_assert_eq!((b.len(), a.len()), (*lines, *lines));
                    old.extend(b.clone().map(|n| (n, before.lines().nth(n - 1).expect("a line").to_owned())));
                    new.extend(a.clone().map(|n| (n, after.lines().nth(n - 1).expect("a line").to_owned())));
                }
                Row::Same { before, after, text } => {
                    old.push((*before, text.clone()));
                    new.push((*after, text.clone()));
                }
                Row::Changed { before, after } => {
                    old.extend(before.as_ref().map(|b| line(b, Change::Inserted)));
                    new.extend(after.as_ref().map(|a| line(a, Change::Deleted)));
                }
            }
        }
        let numbered = |text: &str| text.lines().enumerate().map(|(n, line)| (n + 1, line.to_owned())).collect::<Vec<_>>();
        prop_assert_eq!(old, numbered(&before));
        prop_assert_eq!(new, numbered(&after));
    }

    #[test]
    fn blocks_are_both_texts(before in any_text(), after in any_text(), options in options()) {
        let (mut old, mut new) = (String::new(), String::new());
        for block in diff::blocks(&before, &after, options).blocks {
            let (b, a) = match block {
                BlockChange::Same { before, after } | BlockChange::Changed { before, after, .. } => (before, after),
                BlockChange::Deleted { before } => (before, 0..0),
                BlockChange::Inserted { after } => (0..0, after),
            };
            old.push_str(&before[b]);
            new.push_str(&after[a]);
        }
        prop_assert_eq!((old, new), (before, after));
    }

    #[test]
    fn a_redline_is_safe(before in any_text(), after in any_text(), options in options(), outside: bool) {
        let labels = Words::default();
        let audience = if outside { Audience::Partners } else { Audience::Internal };
        let how = RenderFor {
            audience,
            target: Target::Page,
            language: Language::He,
            resolve: &resolve,
            words: &labels,
            heading_tail: None,
        };
        let redline = diff::redline(&before, &after, &how, options);
        for part in &redline.parts {
            let (RedlinePart::Same { html } | RedlinePart::Folded { html, .. } | RedlinePart::Changed { html }) = part;
            prop_assert_eq!(judged(html), spelled(html), "{:?} {:?}", before, after);
        }
        if before == after {
            prop_assert_eq!(redline.changes, 0);
        }
    }
}

#[test]
fn large_and_different_texts_come_back_in_time() {
    let text = |salt: usize| {
        (0..40_000)
            .map(|n| format!("w{} ", (n * 7919 + salt * n * n) % 9973))
            .collect::<String>()
    };
    let lines = |salt: usize| text(salt).replace(' ', "\n");
    let start = std::time::Instant::now();
    let options = Options {
        deadline: Duration::from_millis(200),
        ..Options::default()
    };
    let runs = diff::words(&text(1), &text(3), options);
    assert_eq!(words::count(&side(&runs, Change::Inserted)), 40_000);
    diff::lines(&lines(1), &lines(3), options);
    diff::blocks(
        &lines(1).replace('\n', "\n\n"),
        &lines(3).replace('\n', "\n\n"),
        options,
    );
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
