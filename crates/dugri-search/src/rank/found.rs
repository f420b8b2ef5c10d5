//! What became of a word of the query: the documents that have it, how, and how much it says.

use super::Scope;
use super::lookup::Postlist;
use super::weights::TIE_BREAKER;
use crate::request::How;

/// How a word was found in one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    pub(crate) doc: usize,
    /// Without the weight of the word itself.
    pub(crate) score: f32,
    pub(crate) how: How,
    pub(crate) in_title: bool,
}

/// What became of a word.
#[derive(Debug, Default)]
pub(crate) struct WordFound {
    /// Each document once, in no order.
    pub(crate) matches: Vec<Match>,
    /// By document: one more than the place of its match, or 0.
    at: Vec<u32>,
    /// How much the word says: rare words say more.
    pub(crate) idf: f32,
    /// Stems by which it was found: for places and marks.
    pub(crate) stems: Vec<String>,
    /// Names of several words by which it was found, as their stems: for marks.
    pub(crate) sequences: Vec<Vec<String>>,
    /// Words that a typing mistake was taken for.
    pub(crate) corrected: Vec<String>,
    /// How surely the word is known: 1 as written, 0.8 by its stem, 0.5 as a beginning.
    pub(crate) known: f32,
}

impl WordFound {
    /// Nothing yet, of a word with these stems.
    pub(super) fn with_stems(stems: Vec<String>) -> WordFound {
        WordFound {
            stems,
            ..WordFound::default()
        }
    }

    /// Notes a name by which the word was found.
    pub(super) fn add_name(&mut self, stems: Vec<String>) {
        match stems.len() {
            1 => self.stems.extend(stems),
            _ => self.sequences.push(stems),
        }
    }

    /// The match in a document.
    pub(crate) fn in_doc(&self, doc: usize) -> Option<&Match> {
        let at = *self.at.get(doc)? as usize;
        self.matches.get(at.checked_sub(1)?)
    }

    /// Gathers what the ways found.
    pub(super) fn gather(mut self, scope: &Scope, ways: &[(Way, Postlist)]) -> WordFound {
        let docs = scope.count();
        self.idf = idf(scope.count(), frequency(ways, docs));
        self.at = vec![0; docs];
        let matches = &mut self.matches;
        // First the best and the sum of each document, then what the further ways add.
        let mut sums: Vec<f32> = Vec::new();
        for (way, list) in ways {
            for (doc, frequency, in_title) in &list.docs {
                let score = way.weight * Postlist::saturated(*frequency);
                let at = &mut self.at[*doc];
                if *at == 0 {
                    matches.push(Match {
                        doc: *doc,
                        score: 0.0,
                        how: way.how,
                        in_title: false,
                    });
                    sums.push(0.0);
                    *at = matches.len() as u32;
                }
                let found = &mut matches[*at as usize - 1];
                found.score = found.score.max(score);
                found.how = found.how.min(way.how);
                found.in_title |= in_title;
                sums[*at as usize - 1] += score;
            }
        }
        for (found, sum) in matches.iter_mut().zip(sums) {
            found.score += TIE_BREAKER * (sum - found.score);
        }
        self
    }
}

/// A way in which a word was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) weight: f32,
    pub(super) how: How,
    /// Whether it says what the word is: counts for its document frequency.
    pub(super) strong: bool,
}

/// On how many documents the word is, by the union of the strong ways, so that a rare wrong reading does not
/// outweigh a common right one; by all ways where there is no strong one.
fn frequency(ways: &[(Way, Postlist)], docs: usize) -> usize {
    let count = |strong: bool| {
        let mut seen = vec![false; docs];
        let ways = ways.iter().filter(|(way, _)| way.strong || !strong);
        let all = ways.flat_map(|(_, list)| &list.docs);
        all.filter(|(doc, ..)| !std::mem::replace(&mut seen[*doc], true))
            .count()
    };
    match count(true) {
        0 => count(false),
        n => n,
    }
}

/// How much a word says that so many of all documents have.
pub(crate) fn idf(all: usize, with: usize) -> f32 {
    let (all, with) = (all as f32, with as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}
