//! From the words to one score for each document.

use super::Scope;
use super::found::{WordFound, idf};
use super::phrase::{Places, has_phrase};
use super::word::zones;
use crate::query::words::{Word, WordKind, Words};
use crate::snapshot::Row;
use crate::{Error, Factor, FactorOf};

/// What a word that is nowhere counts in the coverage, against the rarest possible one.
const UNKNOWN_WORD: f32 = 0.4;
const COVERAGE_POWER: f32 = 0.8;
const ADJACENCY: f32 = 0.5;
const TITLE: f32 = 0.35;
const PHRASE: f32 = 2.5;
const NO_PHRASE: f32 = 0.4;
const SUPERSEDED: f32 = 0.45;
const ARCHIVED: f32 = 0.3;
const VERIFIED: f32 = 1.05;
const VIEWS_MAX: f32 = 0.10;
/// Views that bring the most there is to bring.
const VIEWS_FULL: f32 = 1_000.0;
const RECENCY_MAX: f32 = 0.06;
/// The kind that a query asks for.
const ASKED_KIND: f32 = 1.15;
/// A report tells what somebody heard; a page is what we say.
const INTEL: f32 = 0.9;
const MICROS_PER_YEAR: f32 = 365.25 * 86_400e6;
/// Hits below this share of the best score are noise.
const SHARE_OF_BEST_MIN: f32 = 0.05;

/// A document with its score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scored {
    pub(crate) doc: usize,
    pub(crate) score: f32,
}

/// The scores of a query, and whether something required had to be given up.
pub(crate) struct Merged {
    pub(crate) docs: Vec<Scored>,
    pub(crate) relaxed: bool,
}

/// Merges the words of a query. Documents come out in no order.
pub(crate) fn merge(
    scope: &Scope,
    words: &Words,
    found: &[WordFound],
    asked_kinds: &[&str],
    now: i64,
) -> Result<Merged, Error> {
    let mut docs = matched(scope, found);
    let excluded = excluded(scope, words)?;
    docs.retain(|doc| excluded.binary_search(doc).is_err());
    let query = QueryScore::new(scope, words, found)?;

    let demanded: Vec<usize> = docs
        .iter()
        .copied()
        .filter(|doc| query.has_required(*doc))
        .collect();
    let relaxed = demanded.is_empty() && query.demands();
    let docs = if relaxed { docs } else { demanded };
    let mut scored: Vec<Scored> = docs
        .into_iter()
        .filter(|doc| query.coverage(*doc) >= query.coverage_min())
        .map(|doc| Scored {
            doc,
            score: query.score(doc) * standing(scope.row(doc), asked_kinds, now),
        })
        .collect();
    let best = scored.iter().map(|s| s.score).fold(0.0, f32::max);
    scored.retain(|s| s.score >= best * SHARE_OF_BEST_MIN);
    Ok(Merged {
        docs: scored,
        relaxed,
    })
}

/// The documents that have any of the words.
fn matched(scope: &Scope, found: &[WordFound]) -> Vec<usize> {
    let mut seen = vec![false; scope.count()];
    let all = found.iter().flat_map(|w| w.matches.iter().map(|m| m.doc));
    all.filter(|doc| !std::mem::replace(&mut seen[*doc], true))
        .collect()
}

/// The factors of the score that [`merge`] gave a document, in the order in which they are applied.
pub(crate) fn explain(
    scope: &Scope,
    words: &Words,
    found: &[WordFound],
    asked_kinds: &[&str],
    now: i64,
    doc: usize,
) -> Result<Vec<Factor>, Error> {
    let query = QueryScore::new(scope, words, found)?;
    let mut factors = query.factors(doc);
    factors.extend(standing_factors(scope.row(doc), asked_kinds, now));
    factors.retain(|factor| factor.value != 1.0);
    Ok(factors)
}

/// What a document's state, verification, views and age make of its score: they break ties, no more, except that what
/// is out of date sinks.
fn standing(row: &Row, asked_kinds: &[&str], now: i64) -> f32 {
    let factors = standing_factors(row, asked_kinds, now);
    factors.iter().map(|factor| factor.value).product()
}

fn standing_factors(row: &Row, asked_kinds: &[&str], now: i64) -> [Factor; 6] {
    let asked = if asked_kinds.contains(&&*row.kind) {
        ASKED_KIND
    } else {
        1.0
    };
    let state = match &*row.state {
        "superseded" => SUPERSEDED,
        "archived" => ARCHIVED,
        _ => 1.0,
    };
    let verified = if row.verified { VERIFIED } else { 1.0 };
    let views = ((row.views as f32 + 1.0).ln() / (VIEWS_FULL + 1.0).ln()).min(1.0);
    let age_years = (now.saturating_sub(row.updated).max(0)) as f32 / MICROS_PER_YEAR;
    let intel = if row.is_intel { INTEL } else { 1.0 };
    [
        (FactorOf::Kind, asked),
        (FactorOf::State, state),
        (FactorOf::Verified, verified),
        (FactorOf::Views, 1.0 + VIEWS_MAX * views),
        (FactorOf::Recency, 1.0 + RECENCY_MAX * (-age_years).exp()),
        (FactorOf::Intel, intel),
    ]
    .map(|(what, value)| Factor { what, value })
}

/// The documents that have what must not be there.
pub(crate) fn excluded(scope: &Scope, words: &Words) -> Result<Vec<usize>, Error> {
    let mut excluded = Vec::new();
    for clause in &words.excluded {
        let places = places(scope, clause, &[], &|_| true)?;
        let phrase = phrase(clause, &places);
        excluded.extend((0..scope.count()).filter(|doc| has_phrase(&phrase, *doc)));
    }
    excluded.sort_unstable();
    Ok(excluded)
}

/// The places of each word; by the stems that were found, or by the word's own nearest.
fn places(
    scope: &Scope,
    words: &[Word],
    found: &[WordFound],
    wanted: &dyn Fn(usize) -> bool,
) -> Result<Vec<Places>, Error> {
    let mut all = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let stems = match found.get(i) {
            Some(found) => found.stems.clone(),
            None => word.forms.stems.iter().take(1).map(|f| f.text.clone()).collect(),
        };
        all.push(Places::of(scope, zones(word), &stems, wanted)?);
    }
    Ok(all)
}

/// Words with their distances from the first: exact, but a code may take more places on a page than in the query.
fn phrase<'a>(words: &[Word], places: &'a [Places]) -> Vec<(&'a Places, std::ops::RangeInclusive<u32>)> {
    let first = words.first().map_or(0, |w| w.position);
    let mut slack = 0;
    let mut phrase = Vec::with_capacity(words.len());
    for (word, places) in words.iter().zip(places) {
        let ahead = (word.position - first) as u32;
        phrase.push((places, ahead..=ahead + slack));
        slack += more_places(word);
    }
    phrase
}

/// How many places more a code may take on a page.
fn more_places(word: &Word) -> u32 {
    match &word.kind {
        WordKind::Code(parts) => parts.len().saturating_sub(word.places) as u32,
        _ => 0,
    }
}

/// A query with everything that a document's score needs.
struct QueryScore<'a> {
    words: &'a Words,
    found: &'a [WordFound],
    places: Vec<Places>,
    idf_all: f32,
}

impl<'a> QueryScore<'a> {
    fn new(scope: &Scope, words: &'a Words, found: &'a [WordFound]) -> Result<QueryScore<'a>, Error> {
        let places = if words.words.len() > 1 {
            // Only where two words are can they stand beside each other; reading places is dear.
            let two_words = |doc: usize| found.iter().filter(|w| w.in_doc(doc).is_some()).nth(1).is_some();
            places(scope, &words.words, found, &two_words)?
        } else {
            Vec::new()
        };
        let unknown = UNKNOWN_WORD * idf(scope.count(), 0);
        let weight = |w: &WordFound| if w.matches.is_empty() { unknown } else { w.idf };
        Ok(QueryScore {
            words,
            places,
            idf_all: found.iter().map(weight).sum(),
            found,
        })
    }

    fn demands(&self) -> bool {
        !self.words.phrases.is_empty() || self.words.words.iter().any(|w| w.required)
    }

    fn has_required(&self, doc: usize) -> bool {
        let words = self.words.words.iter().zip(self.found);
        words
            .clone()
            .all(|(word, found)| !word.required || found.in_doc(doc).is_some())
            && self.phrases().all(|p| has_phrase(&p, doc))
    }

    fn phrases(&self) -> impl Iterator<Item = Vec<(&Places, std::ops::RangeInclusive<u32>)>> {
        let ranges = self.words.phrases.iter();
        ranges.map(|r| phrase(&self.words.words[r.clone()], &self.places[r.clone()]))
    }

    fn coverage(&self, doc: usize) -> f32 {
        let matched: f32 = self
            .found
            .iter()
            .filter(|w| w.in_doc(doc).is_some())
            .map(|w| w.idf)
            .sum();
        matched / self.idf_all.max(f32::EPSILON)
    }

    fn coverage_min(&self) -> f32 {
        match self.found.len() {
            0 | 1 => 0.0,
            2 => 0.34,
            3 => 0.30,
            _ => 0.15,
        }
    }

    fn score(&self, doc: usize) -> f32 {
        let factors = [
            self.sum(doc),
            self.coverage(doc).powf(COVERAGE_POWER),
            self.adjacency(doc),
            self.title(doc),
        ];
        factors.into_iter().chain(self.phrase_factors(doc)).product()
    }

    /// The factors of the same score, told.
    fn factors(&self, doc: usize) -> Vec<Factor> {
        let told = self
            .words
            .words
            .iter()
            .zip(self.found)
            .filter_map(|(word, found)| {
                let m = found.in_doc(doc)?;
                let (how, idf, score) = (m.how.as_str(), found.idf, m.score);
                Some(format!("{} ({how}) {idf:.2} × {score:.2}", word.typed))
            });
        let words = FactorOf::Words(told.collect());
        let mut factors = vec![
            (words, self.sum(doc)),
            (FactorOf::Coverage, self.coverage(doc).powf(COVERAGE_POWER)),
            (FactorOf::Adjacency, self.adjacency(doc)),
            (FactorOf::Title, self.title(doc)),
        ];
        factors.extend(self.phrase_factors(doc).map(|value| (FactorOf::Phrase, value)));
        factors
            .into_iter()
            .map(|(what, value)| Factor { what, value })
            .collect()
    }

    fn sum(&self, doc: usize) -> f32 {
        let scores = self
            .found
            .iter()
            .filter_map(|w| Some(w.idf * w.in_doc(doc)?.score));
        scores.sum()
    }

    fn title(&self, doc: usize) -> f32 {
        let matches = self.found.iter().filter_map(|w| w.in_doc(doc));
        let in_title = matches.filter(|m| m.in_title).count() as f32;
        1.0 + TITLE * in_title / self.found.len().max(1) as f32
    }

    fn adjacency(&self, doc: usize) -> f32 {
        1.0 + ADJACENCY * self.adjacent_share(doc)
    }

    fn phrase_factors(&self, doc: usize) -> impl Iterator<Item = f32> {
        self.phrases().map(move |phrase| match has_phrase(&phrase, doc) {
            true => PHRASE,
            false => NO_PHRASE,
        })
    }

    /// The share of neighbours in the query that are neighbours in the document.
    fn adjacent_share(&self, doc: usize) -> f32 {
        let words = &self.words.words;
        if words.len() < 2 {
            return 0.0;
        }
        let adjacent = words
            .windows(2)
            .enumerate()
            .filter(|(i, pair)| {
                let gap = (pair[1].position - pair[0].position) as u32 + more_places(&pair[0]);
                self.places[*i].followed_by(&self.places[i + 1], doc, 1..=gap.max(1))
            })
            .count();
        adjacent as f32 / (words.len() - 1) as f32
    }
}
