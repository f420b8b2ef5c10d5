//! Typing mistakes: the words of the index nearest to one that is not there.
//!
//! The first letter must agree, which keeps the automaton in one part of the term dictionary and is what people get
//! right. Never for codes and numbers: the nearest code is another product.

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::{Scope, lookup};
use crate::Error;
use crate::analysis::tokens::is_code;
use crate::schema::{FormField, Zone};
use crate::stream::{packed, unpacked};

/// Shorter words have too many neighbours.
const LETTERS_MIN: usize = 4;

/// From this length on two mistakes are forgiven.
const LETTERS_MIN_FOR_TWO: usize = 8;

/// So many of the nearest words are searched for.
const NEAREST_MAX: usize = 8;

/// Candidates of a word: of more than this, the first in the alphabet are taken.
const CANDIDATES_MAX: usize = 300;

/// The nearest words that the reader sees, all at the same distance.
pub(crate) fn nearest(scope: &Scope, word: &str) -> Result<(usize, Vec<String>), Error> {
    let letters = word.chars().count();
    let reach = match letters {
        0..LETTERS_MIN => return Ok((0, Vec::new())),
        LETTERS_MIN..LETTERS_MIN_FOR_TWO => 1,
        _ => 2,
    };
    for distance in 1..=reach {
        let mut candidates = candidates(scope, word, distance)?;
        candidates.retain(|c| self::distance(word, c) == distance && !is_code(c));
        let mut nearest = Vec::new();
        for candidate in candidates {
            if nearest.len() < NEAREST_MAX && lookup::exists(scope, FormField::Exact, &candidate)? {
                nearest.push(candidate);
            }
        }
        if !nearest.is_empty() {
            return Ok((distance, nearest));
        }
    }
    Ok((0, Vec::new()))
}

fn candidates(scope: &Scope, word: &str, distance: usize) -> Result<Vec<String>, Error> {
    let word = &*packed(word);
    let first = word.chars().next().unwrap_or_default();
    let next = char::from_u32(first as u32 + 1).unwrap_or(char::MAX);
    let mut candidates = Vec::new();
    // The field of the term means nothing here: the automaton knows letters only.
    let term = Term::from_field_text(Field::from_field_id(0), word);
    let automaton = FuzzyTermQuery::new(term, distance as u8, true).automaton()?;
    for segment in &scope.snapshot.segments {
        for zone in Zone::ALL {
            let terms = segment.inverted(zone, FormField::Exact).terms();
            let mut stream = terms
                .search(&automaton)
                .ge(first.to_string())
                .lt(next.to_string())
                .into_stream()?;
            while candidates.len() < CANDIDATES_MAX && stream.advance() {
                candidates.push(unpacked(&String::from_utf8_lossy(stream.key())));
            }
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    Ok(candidates)
}

/// How many letters must be changed, added, removed or exchanged with their neighbour.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let changed = usize::from(one[i - 1] != other[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + changed);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn exchanged_neighbours_are_one_mistake() {
        assert_eq!(distance("keshve", "keshev"), 1);
        assert_eq!(distance("טלפונקס", "טלפוניקס"), 1);
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("voxline", "voxline"), 0);
    }
}
