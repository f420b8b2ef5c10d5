//! Comparing by word: what a reader sees as changed.

use similar::DiffTag;

use super::clock::Clock;
use super::{Change, Counts, Run};
use crate::words::count;

/// Cuts a text into words, runs of white space, and single marks. Together they are the text.
///
/// A word keeps its apostrophes and gershayim (`מע״מ`), a number its separators, currency and per cent (`₪64,500`).
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let len = token_len(rest)?;
        let (token, after) = rest.split_at(len);
        rest = after;
        Some(token)
    })
}

fn token_len(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if first.is_whitespace() {
        return Some(text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len()));
    }
    let sign = if is_currency(first) { first.len_utf8() } else { 0 };
    let word = word_len(&text[sign..]);
    match word {
        0 => Some(first.len_utf8()),
        word => Some(sign + word),
    }
}

/// The length of the word at the beginning; 0 when there is none.
fn word_len(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let belongs = is_part(c)
            || (end > 0
                && matches!(c, '\'' | '’' | '׳' | '"' | '״')
                && next.is_some_and(char::is_alphabetic))
            || (end > 0
                && matches!(c, '.' | ',' | ':')
                && next.is_some_and(|next| next.is_ascii_digit())
                && is_digit_end(text, at))
            || (c == '%' && is_digit_end(text, at));
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || crate::direction::is_mark(c) || c == '_'
}

fn is_digit_end(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_digit())
}

fn is_currency(c: char) -> bool {
    matches!(c, '₪' | '$' | '€' | '£')
}

/// Compares two texts by word. The deleted and equal runs together are the old one, the inserted and equal the new.
pub(crate) fn runs(before: &str, after: &str, clock: &mut Clock) -> Vec<Run> {
    let old: Vec<&str> = tokens(before).collect();
    let new: Vec<&str> = tokens(after).collect();
    let mut runs = Vec::new();
    for (change, old, new) in pieces(&old, &new, clock, |token| token.trim().is_empty()) {
        match change {
            Change::Inserted => push(&mut runs, change, new),
            Change::Equal | Change::Deleted => push(&mut runs, change, old),
        }
    }
    runs
}

fn push(runs: &mut Vec<Run>, change: Change, tokens: &[&str]) {
    if !tokens.is_empty() {
        runs.push(Run {
            change,
            text: tokens.concat(),
        });
    }
}

/// A stretch of tokens with one fate: the old ones and the new ones, of which one is empty where it is a change.
pub(crate) type Piece<'t, T> = (Change, &'t [T], &'t [T]);

/// Compares two sequences of tokens into pieces: equal, deleted, inserted, deleted before inserted.
///
/// What is equal between two changes and only white space (`is_gap`) is no rest for the eye: it is changed with them.
pub(crate) fn pieces<'t, T: std::hash::Hash + Eq>(
    old: &'t [T],
    new: &'t [T],
    clock: &mut Clock,
    is_gap: impl Fn(&T) -> bool,
) -> Vec<Piece<'t, T>> {
    let ops = clock.ops(old, new);
    let mut pieces: Vec<Piece<'t, T>> = Vec::new();
    // The change that is being gathered.
    let (mut from_old, mut from_new) = (0, 0);
    for (n, (tag, at_old, at_new)) in ops.iter().map(similar::DiffOp::as_tag_tuple).enumerate() {
        let is_between = n > 0 && n + 1 < ops.len();
        if tag != DiffTag::Equal || (is_between && old[at_old.clone()].iter().all(&is_gap)) {
            continue;
        }
        change(
            &mut pieces,
            &old[from_old..at_old.start],
            &new[from_new..at_new.start],
        );
        pieces.push((Change::Equal, &old[at_old.clone()], &new[at_new.clone()]));
        (from_old, from_new) = (at_old.end, at_new.end);
    }
    change(&mut pieces, &old[from_old..], &new[from_new..]);
    pieces
}

fn change<'t, T>(pieces: &mut Vec<Piece<'t, T>>, old: &'t [T], new: &'t [T]) {
    if !old.is_empty() {
        pieces.push((Change::Deleted, old, &[]));
    }
    if !new.is_empty() {
        pieces.push((Change::Inserted, &[], new));
    }
}

impl Counts {
    /// Counts the words of a run.
    pub(crate) fn add(&mut self, change: Change, text: &str) {
        match change {
            Change::Equal => {}
            Change::Deleted => self.removed += count(text),
            Change::Inserted => self.added += count(text),
        }
    }

    pub(crate) fn add_runs(&mut self, runs: &[Run]) {
        for run in runs {
            self.add(run.change, &run.text);
        }
    }
}
