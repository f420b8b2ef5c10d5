//! Filters and the counts beside them. A list of values is counted as if its own filter was not set, so that one sees
//! what another choice would bring.

use std::collections::HashMap;

use dugri_core::time::micros;

use crate::analysis::tokenize;
use crate::query::{Condition, Test};
use crate::request::{FacetCount, Facets, Filters, HitType};
use crate::snapshot::Row;

/// Which of the four counted filters a document fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Passes all.
    Passes,
    /// Fails only this one, so it still counts there.
    FailsOnly(Dimension),
    /// Fails more, or one that is not counted.
    Fails,
}

/// The counted filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    Kind,
    Topic,
    Language,
    State,
}

/// Filters made ready for many documents.
pub(crate) struct Sieve<'a> {
    filters: &'a Filters,
    conditions: &'a [Condition],
}

impl<'a> Sieve<'a> {
    pub(crate) fn new(filters: &'a Filters, conditions: &'a [Condition]) -> Sieve<'a> {
        Sieve { filters, conditions }
    }

    /// Whether there is any filter or condition.
    pub(crate) fn is_set(&self) -> bool {
        *self.filters != Filters::default() || !self.conditions.is_empty()
    }

    pub(crate) fn judge(&self, row: &Row) -> Verdict {
        if !self.passes_uncounted(row) {
            return Verdict::Fails;
        }
        let f = self.filters;
        let has = |list: &[String], value: &str| list.is_empty() || list.iter().any(|v| v == value);
        let topics = f.topics.is_empty() || row.topics.iter().any(|t| has(&f.topics, t));
        let languages = f.languages.is_empty() || f.languages.iter().any(|l| l.as_str() == &*row.language);
        let failed = [
            (Dimension::Kind, has(&f.kinds, &row.kind)),
            (Dimension::Topic, topics),
            (Dimension::Language, languages),
            (Dimension::State, has(&f.states, &row.state)),
        ];
        let mut failed = failed.into_iter().filter(|(_, passes)| !passes);
        match (failed.next(), failed.next()) {
            (None, _) => Verdict::Passes,
            (Some((dimension, _)), None) => Verdict::FailsOnly(dimension),
            _ => Verdict::Fails,
        }
    }

    fn passes_uncounted(&self, row: &Row) -> bool {
        let f = self.filters;
        let hit_type = if row.is_intel {
            HitType::Intel
        } else {
            HitType::Page
        };
        (f.types.is_empty() || f.types.contains(&hit_type))
            && (f.spaces.is_empty() || f.spaces.iter().any(|s| s.0 == row.space))
            && (!f.verified || row.verified)
            && f.before.is_none_or(|t| row.updated < micros(t))
            && f.after.is_none_or(|t| row.updated >= micros(t))
            && f.owner.as_deref().is_none_or(|owner| is_owner(owner, &row.owner))
            && self.conditions.iter().all(|c| c.refused != meets(&c.test, row))
    }
}

fn meets(test: &Test, row: &Row) -> bool {
    match test {
        Test::Owner(owner) => is_owner(owner, &row.owner),
        Test::State(state) => *state == *row.state,
        Test::Language(language) => language.is_some_and(|l| l.as_str() == &*row.language),
        Test::Before(moment) => row.updated < *moment,
        Test::After(moment) => row.updated >= *moment,
    }
}

/// Whether each word asked for begins a word of the owner's name. Nothing asked for fits nobody.
fn is_owner(asked: &str, name: &str) -> bool {
    let (asked, name) = (words(asked), words(name));
    !asked.is_empty() && asked.iter().all(|a| name.iter().any(|n| n.starts_with(a)))
}

fn words(text: &str) -> Vec<String> {
    tokenize(text).into_iter().map(|t| t.text).collect()
}

/// Counts hits by value.
#[derive(Default)]
pub(crate) struct Counter {
    kinds: HashMap<String, usize>,
    topics: HashMap<String, usize>,
    languages: HashMap<String, usize>,
    states: HashMap<String, usize>,
}

impl Counter {
    pub(crate) fn add(&mut self, row: &Row, verdict: Verdict) {
        let counts = |d: Dimension| verdict == Verdict::Passes || verdict == Verdict::FailsOnly(d);
        if counts(Dimension::Kind) {
            count(&mut self.kinds, &row.kind);
        }
        if counts(Dimension::Topic) {
            for topic in &row.topics {
                count(&mut self.topics, topic);
            }
        }
        if counts(Dimension::Language) {
            count(&mut self.languages, &row.language);
        }
        if counts(Dimension::State) {
            count(&mut self.states, &row.state);
        }
    }

    pub(crate) fn finish(self) -> Facets {
        Facets {
            kinds: sorted(self.kinds),
            topics: sorted(self.topics),
            languages: sorted(self.languages),
            states: sorted(self.states),
        }
    }
}

fn count(counts: &mut HashMap<String, usize>, value: &str) {
    if value.is_empty() {
        return;
    }
    match counts.get_mut(value) {
        Some(n) => *n += 1,
        None => {
            counts.insert(value.to_owned(), 1);
        }
    }
}

/// The most frequent first, then by value.
fn sorted(counts: HashMap<String, usize>) -> Vec<FacetCount> {
    let mut list: Vec<FacetCount> = counts
        .into_iter()
        .map(|(value, count)| FacetCount { value, count })
        .collect();
    list.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    list
}
