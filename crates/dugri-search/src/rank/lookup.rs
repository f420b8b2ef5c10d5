//! Looking a form up in the zones of the index: which documents have it, how much, and where.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use super::Scope;
use crate::Error;
use crate::analysis::tokens::is_code;
use crate::schema::{FormField, Zone};
use crate::snapshot::Segment;
use crate::stream::{packed, unpacked};

/// How strongly the length of a zone tells against an occurrence in it.
const LENGTH_INFLUENCE: f32 = 0.6;

/// How soon further occurrences stop counting.
const SATURATION: f32 = 1.2;

/// A beginning of a word stands for at most so many words of one zone.
const EXPANSIONS_MAX: usize = 400;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A form.
    Term(FormField, String),
    /// Words next to each other, by their forms.
    Sequence(FormField, Vec<String>),
    /// Words that begin so, but not the word itself.
    Beginning(String),
    /// Codes that begin so.
    CodesBeginning(String),
}

/// Documents with what was looked for, as sums over zones: each document once, in no order.
#[derive(Debug, Default)]
pub(crate) struct Postlist {
    /// The document, its weighted frequency, and whether it is in the title.
    pub(crate) docs: Vec<(usize, f32, bool)>,
}

impl Postlist {
    /// The frequency as a score: the first occurrence counts most.
    pub(crate) fn saturated(frequency: f32) -> f32 {
        frequency * (SATURATION + 1.0) / (frequency + SATURATION)
    }
}

/// Sums over zones, by document. One is kept for all lookups of a question, so that none has to sort.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    frequency: Vec<f32>,
    in_title: Vec<bool>,
    touched: Vec<usize>,
}

impl Sums {
    pub(crate) fn new(docs: usize) -> Sums {
        Sums {
            frequency: vec![0.0; docs],
            in_title: vec![false; docs],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, doc: usize, frequency: f32, in_title: bool) {
        if self.frequency[doc] == 0.0 {
            self.touched.push(doc);
        }
        self.frequency[doc] += frequency;
        self.in_title[doc] |= in_title;
    }

    /// What was gathered; the sums are empty again.
    fn take(&mut self) -> Postlist {
        let mut docs = Vec::with_capacity(self.touched.len());
        for doc in self.touched.drain(..) {
            let frequency = std::mem::take(&mut self.frequency[doc]);
            docs.push((doc, frequency, std::mem::take(&mut self.in_title[doc])));
        }
        Postlist { docs }
    }
}

/// Looks something up in some zones, for what the reader sees.
pub(crate) fn lookup(scope: &Scope, zones: &[Zone], source: &Source) -> Result<Postlist, Error> {
    let found = &mut *scope.sums.borrow_mut();
    for segment in &scope.snapshot.segments {
        for zone in zones {
            let place = Place {
                scope,
                segment,
                zone: *zone,
            };
            match source {
                Source::Term(form, text) => place.term(*form, text, found)?,
                Source::Sequence(form, words) => place.sequence(*form, words, found)?,
                Source::Beginning(text) => place.beginning(text, &|_| true, found)?,
                Source::CodesBeginning(text) => place.beginning(text, &is_code, found)?,
            }
        }
    }
    Ok(found.take())
}

/// Whether anything that the reader sees has the form.
pub(crate) fn exists(scope: &Scope, form: FormField, text: &str) -> Result<bool, Error> {
    for segment in &scope.snapshot.segments {
        for zone in Zone::ALL {
            let Some(mut postings) = segment.postings(zone, form, text, IndexRecordOption::Basic)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if scope.seen(segment.base + postings.doc() as usize).is_some() {
                    return Ok(true);
                }
                postings.advance();
            }
        }
    }
    Ok(false)
}

/// A zone of a segment.
struct Place<'a> {
    scope: &'a Scope,
    segment: &'a Segment,
    zone: Zone,
}

impl Place<'_> {
    fn term(&self, form: FormField, text: &str, found: &mut Sums) -> Result<(), Error> {
        if let Some(postings) = self
            .segment
            .postings(self.zone, form, text, IndexRecordOption::WithFreqs)?
        {
            self.collect(postings, found);
        }
        Ok(())
    }

    fn collect(&self, mut postings: SegmentPostings, found: &mut Sums) {
        while postings.doc() != TERMINATED {
            if let Some(doc) = self.scope.seen(self.segment.base + postings.doc() as usize) {
                let weighted = self.weighted(postings.doc(), postings.term_freq() as f32);
                found.add(doc, weighted, self.zone == Zone::Title);
            }
            postings.advance();
        }
    }

    fn weighted(&self, doc: u32, frequency: f32) -> f32 {
        let length = self.segment.length(self.zone, doc) as f32;
        let relative = length / self.scope.snapshot.average_length(self.zone);
        self.zone.factor() * frequency / (1.0 - LENGTH_INFLUENCE + LENGTH_INFLUENCE * relative)
    }

    /// Words that stand next to each other, in order.
    fn sequence(&self, form: FormField, words: &[String], found: &mut Sums) -> Result<(), Error> {
        let mut all = Vec::with_capacity(words.len());
        for word in words {
            let option = IndexRecordOption::WithFreqsAndPositions;
            match self.segment.postings(self.zone, form, word, option)? {
                Some(postings) => all.push(postings),
                None => return Ok(()),
            }
        }
        let Some((first, others)) = all.split_first_mut() else {
            return Ok(());
        };
        let (mut starts, mut places) = (Vec::new(), Vec::new());
        while first.doc() != TERMINATED {
            let doc = first.doc();
            if let Some(seen) = self.scope.seen(self.segment.base + doc as usize) {
                first.positions(&mut starts);
                for (i, other) in others.iter_mut().enumerate() {
                    if other.doc() < doc {
                        other.seek(doc);
                    }
                    places.clear();
                    if other.doc() == doc {
                        other.positions(&mut places);
                    }
                    let ahead = i as u32 + 1;
                    starts.retain(|start| places.contains(&(start + ahead)));
                }
                if !starts.is_empty() {
                    let weighted = self.weighted(doc, starts.len() as f32);
                    found.add(seen, weighted, self.zone == Zone::Title);
                }
            }
            first.advance();
        }
        Ok(())
    }

    fn beginning(&self, text: &str, wanted: &dyn Fn(&str) -> bool, found: &mut Sums) -> Result<(), Error> {
        let inverted = self.segment.inverted(self.zone, FormField::Exact);
        let text = packed(text);
        let mut range = inverted.terms().range().gt(text.as_bytes());
        if let Some(end) = after_all_with(&text) {
            range = range.lt(end.as_bytes());
        }
        let mut stream = range.into_stream()?;
        let mut expansions = 0;
        while expansions < EXPANSIONS_MAX && stream.advance() {
            if !std::str::from_utf8(stream.key()).is_ok_and(|word| wanted(&unpacked(word))) {
                continue;
            }
            expansions += 1;
            let info = stream.value().clone();
            let postings = inverted.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
            self.collect(postings, found);
        }
        Ok(())
    }
}

/// The first text after all that begin with `text`.
fn after_all_with(text: &str) -> Option<String> {
    let mut end = text.to_owned();
    while let Some(last) = end.pop() {
        if let Some(next) = char::from_u32(last as u32 + 1) {
            end.push(next);
            return Some(end);
        }
    }
    None
}
