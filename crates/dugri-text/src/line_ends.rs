//! Line ends through a browser's form. A form makes them all the same, and the text that nobody touched must stay byte
//! for byte: each line gets the end back that it had.

use std::ops::Range;

use crate::diff::Options;
use crate::diff::align::{Aligned, Looks, Sides, align, hash};
use crate::diff::clock::Clock;

/// `typed` with the line ends of `before`: a line that was there has its own, a new one that of the line before it.
pub fn restored(before: &str, typed: &str) -> String {
    let (old, new) = (split(before), split(typed));
    let sides = Sides {
        old: &old.iter().map(|line| hash(line.text)).collect::<Vec<_>>(),
        new: &new.iter().map(|line| hash(line.text)).collect::<Vec<_>>(),
        look_old: &|n| Looks::of(old[n].text),
        look_new: &|n| Looks::of(new[n].text),
    };
    let mut from: Vec<Option<usize>> = vec![None; new.len()];
    for aligned in align(&sides, &mut Clock::start(Options::default().deadline)) {
        if let Aligned::Same(before, after) | Aligned::Changed(before, after) = aligned {
            from[after] = Some(before);
        }
    }
    pair_leftovers(&mut from, old.len());
    let mut end = old
        .iter()
        .map(|line| line.end)
        .find(|end| !end.is_empty())
        .unwrap_or("\n");
    let mut out = String::with_capacity(typed.len());
    for (line, from) in new.iter().zip(from) {
        out.push_str(line.text);
        if line.end.is_empty() {
            continue;
        }
        let own = from.map_or("", |at| old[at].end);
        if !own.is_empty() {
            end = own;
        }
        out.push_str(end);
    }
    out
}

/// Between two lines that were found again, what is left on both sides stands in the same order: an empty line that got
/// a word is like nothing that was there, and yet it is that line.
fn pair_leftovers(from: &mut [Option<usize>], old_len: usize) {
    let mut limit = old_len;
    let mut limits = vec![old_len; from.len()];
    for (at, found) in from.iter().enumerate().rev() {
        limit = found.unwrap_or(limit);
        limits[at] = limit;
    }
    let mut next = 0;
    for (found, limit) in from.iter_mut().zip(limits) {
        match *found {
            Some(old) => next = old + 1,
            None if next < limit => {
                *found = Some(next);
                next += 1;
            }
            None => {}
        }
    }
}

struct Line<'t> {
    text: &'t str,
    end: &'t str,
}

/// The lines with what ends them; a text that ends with a line end has no empty line behind it.
fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Range { start, end } = line_end(rest);
        lines.push(Line {
            text: &rest[..start],
            end: &rest[start..end],
        });
        rest = &rest[end..];
    }
    lines
}

fn line_end(text: &str) -> Range<usize> {
    match text.find(['\r', '\n']) {
        Some(at) if text[at..].starts_with("\r\n") => at..at + 2,
        Some(at) => at..at + 1,
        None => text.len()..text.len(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As a form sends a text.
    fn sent(text: &str) -> String {
        split(text)
            .iter()
            .map(|line| format!("{}{}", line.text, if line.end.is_empty() { "" } else { "\r\n" }))
            .collect()
    }

    #[track_caller]
    fn check(before: &str, typed: &str, expected: &str) {
        assert_eq!(restored(before, typed), expected);
    }

    #[test]
    fn lines_keep_their_ends_and_new_ones_take_that_of_the_line_before() {
        check("a\r\nb\nc\r\n", "a\r\nb\r\nc\r\n", "a\r\nb\nc\r\n");
        check("a\r\nb\nc\n", "a\r\nnew\r\nb\r\nc\r\n", "a\r\nnew\r\nb\nc\n");
        check("a\nb\r\n", "new\r\na\r\nb\r\n", "new\na\nb\r\n");
        check(
            "one line here\rb\n",
            "one long line here\r\nb",
            "one long line here\rb",
        );
        check("a\r\nb", "a\r\nb\r\n", "a\r\nb\r\n");
        check("", "a\r\n", "a\n");
        check("a\r\n\nb\r\n", "a\r\nx\r\nb\r\n", "a\r\nx\nb\r\n");
    }

    proptest! {
        #[test]
        fn what_nobody_touched_comes_back(text in "([a-cא-ג \t]{0,3}(\r\n|\n|\r)){0,12}[a-c]{0,2}") {
            // A lone CR before LF is one end, so such texts can't be told apart; a pattern has none but by chance.
            prop_assert_eq!(restored(&text, &sent(&text)), text);
        }
    }
}
