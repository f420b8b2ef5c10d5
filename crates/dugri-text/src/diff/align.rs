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

/// What decides whether two items are alike. Looked at only where they differ.
pub(crate) struct Looks {
    words: Vec<u64>,
    name: Option<u64>,
}

impl Looks {
    /// The words of a text.
    pub(crate) fn of(text: &str) -> Looks {
        let mut words: Vec<u64> = tokens(text).filter(|token| is_word(token)).map(hash).collect();
        words.sort_unstable();
        Looks { words, name: None }
    }

    /// The same, known by a name: an item of the same name is it, whatever else changed.
    pub(crate) fn named(self, name: &str) -> Looks {
        let name = (!name.is_empty()).then(|| hash(name));
        Looks { name, ..self }
    }
}

/// Two sequences to align: keys, which decide what is equal, and how to look at an item of each.
pub(crate) struct Sides<'s> {
    pub(crate) old: &'s [u64],
    pub(crate) new: &'s [u64],
    pub(crate) look_old: &'s dyn Fn(usize) -> Looks,
    pub(crate) look_new: &'s dyn Fn(usize) -> Looks,
}

/// Aligns two sequences.
pub(crate) fn align(sides: &Sides<'_>, clock: &mut Clock) -> Vec<Aligned> {
    let (old, new) = (sides.old, sides.new);
    let mut aligned = Vec::with_capacity(old.len().max(new.len()));
    let (mut from_old, mut from_new) = (0, 0);
    for (tag, at_old, at_new) in clock.ops(old, new).iter().map(similar::DiffOp::as_tag_tuple) {
        if tag != similar::DiffTag::Equal {
            continue;
        }
        pair(
            sides,
            from_old..at_old.start,
            from_new..at_new.start,
            clock,
            &mut aligned,
        );
        (from_old, from_new) = (at_old.end, at_new.end);
        aligned.extend(at_old.zip(at_new).map(|(old, new)| Aligned::Same(old, new)));
    }
    pair(
        sides,
        from_old..old.len(),
        from_new..new.len(),
        clock,
        &mut aligned,
    );
    aligned
}

/// Pairs what was replaced, in order, so that the sum of likenesses is largest.
fn pair(
    sides: &Sides<'_>,
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
    let old: Vec<Looks> = at_old.clone().map(sides.look_old).collect();
    let new: Vec<Looks> = at_new.clone().map(sides.look_new).collect();
    // best[r][c]: the largest sum for what is left from row r and column c on.
    let width = columns + 1;
    let mut likenesses = vec![0.0_f32; rows * columns];
    let mut best = vec![0.0_f32; (rows + 1) * width];
    for r in (0..rows).rev() {
        for c in (0..columns).rev() {
            let likeness = likeness(&old[r], &new[c]);
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
fn likeness(old: &Looks, new: &Looks) -> f32 {
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
