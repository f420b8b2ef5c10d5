//! Which line or block became which.
//!
//! Equal ones are matched first. Between them, what was replaced is paired by likeness and in order: an edited
//! paragraph is one changed paragraph, not one that vanished and another that came.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::clock::Clock;
use super::words::tokens;

/// From this share of common words on, two texts are the same one, edited.
const LIKENESS_MIN: f32 = 0.4;
/// Larger fields of old × new candidates are not searched: then everything in them is deleted and inserted.
const FIELD_MAX: usize = 10_000;

/// The fate of an item, by its place in the old and in the new sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aligned {
    Same(usize, usize),
    Changed(usize, usize),
    Deleted(usize),
    Inserted(usize),
}

/// What is compared: a key that decides what is equal, and words that decide what is alike.
pub(crate) struct Item {
    key: u64,
    words: Vec<u64>,
    name: Option<u64>,
}

impl Item {
    /// An item that equals those with the same text.
    pub(crate) fn new(text: &str) -> Item {
        Item::keyed(hash(text), text)
    }

    /// An item with a key of its own.
    pub(crate) fn keyed(key: u64, text: &str) -> Item {
        let mut words: Vec<u64> = tokens(text).filter(|token| is_word(token)).map(hash).collect();
        words.sort_unstable();
        Item {
            key,
            words,
            name: None,
        }
    }

    /// The same item, known by a name: one of the same name is it, whatever else changed.
    pub(crate) fn named(self, name: &str) -> Item {
        Item {
            name: (!name.is_empty()).then(|| hash(name)),
            ..self
        }
    }
}

/// Aligns two sequences.
pub(crate) fn align(old: &[Item], new: &[Item], clock: &mut Clock) -> Vec<Aligned> {
    let keys = |items: &[Item]| items.iter().map(|item| item.key).collect::<Vec<_>>();
    let mut aligned = Vec::with_capacity(old.len().max(new.len()));
    let (mut from_old, mut from_new) = (0, 0);
    let ops = clock.ops(&keys(old), &keys(new));
    for (tag, at_old, at_new) in ops.iter().map(similar::DiffOp::as_tag_tuple) {
        if tag != similar::DiffTag::Equal {
            continue;
        }
        pair(
            old,
            new,
            from_old..at_old.start,
            from_new..at_new.start,
            clock,
            &mut aligned,
        );
        aligned.extend(
            at_old
                .clone()
                .zip(at_new.clone())
                .map(|(old, new)| Aligned::Same(old, new)),
        );
        (from_old, from_new) = (at_old.end, at_new.end);
    }
    pair(
        old,
        new,
        from_old..old.len(),
        from_new..new.len(),
        clock,
        &mut aligned,
    );
    aligned
}

/// Pairs what was replaced, in order, so that the sum of likenesses is largest.
fn pair(
    old: &[Item],
    new: &[Item],
    at_old: Range<usize>,
    at_new: Range<usize>,
    clock: &mut Clock,
    aligned: &mut Vec<Aligned>,
) {
    let (rows, columns) = (at_old.len(), at_new.len());
    if rows == 0 || columns == 0 || rows * columns > FIELD_MAX || clock.is_over() {
        aligned.extend(at_old.map(Aligned::Deleted));
        aligned.extend(at_new.map(Aligned::Inserted));
        return;
    }
    // best[r][c]: the largest sum for what is left from row r and column c on.
    let width = columns + 1;
    let mut likenesses = vec![0.0_f32; rows * columns];
    let mut best = vec![0.0_f32; (rows + 1) * width];
    for r in (0..rows).rev() {
        for c in (0..columns).rev() {
            let likeness = likeness(&old[at_old.start + r], &new[at_new.start + c]);
            likenesses[r * columns + c] = likeness;
            let taken = if likeness >= LIKENESS_MIN {
                likeness + best[(r + 1) * width + c + 1]
            } else {
                0.0
            };
            best[r * width + c] = taken.max(best[(r + 1) * width + c]).max(best[r * width + c + 1]);
        }
    }
    let (mut r, mut c) = (0, 0);
    while r < rows && c < columns {
        let likeness = likenesses[r * columns + c];
        let here = best[r * width + c];
        if likeness >= LIKENESS_MIN && here <= likeness + best[(r + 1) * width + c + 1] {
            aligned.push(Aligned::Changed(at_old.start + r, at_new.start + c));
            (r, c) = (r + 1, c + 1);
        } else if here <= best[(r + 1) * width + c] {
            aligned.push(Aligned::Deleted(at_old.start + r));
            r += 1;
        } else {
            aligned.push(Aligned::Inserted(at_new.start + c));
            c += 1;
        }
    }
    aligned.extend((r..rows).map(|r| Aligned::Deleted(at_old.start + r)));
    aligned.extend((c..columns).map(|c| Aligned::Inserted(at_new.start + c)));
}

/// The share of words that two items have in common, 0 to 1.
fn likeness(old: &Item, new: &Item) -> f32 {
    if old.name.is_some() && old.name == new.name {
        return 1.0;
    }
    let total = old.words.len() + new.words.len();
    if total == 0 {
        return 0.0;
    }
    let (mut o, mut n, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (old.words.get(o), new.words.get(n)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => o += 1,
            std::cmp::Ordering::Greater => n += 1,
            std::cmp::Ordering::Equal => (o, n, common) = (o + 1, n + 1, common + 1),
        }
    }
    2.0 * common as f32 / total as f32
}

/// A hash that is only ever compared within one comparison.
pub(crate) fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}
