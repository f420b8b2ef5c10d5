//! Places of words in documents, on stems: what stands beside what.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use super::Scope;
use crate::Error;
use crate::schema::{FormField, Zone};

/// Places in one zone stay below this, so that zones don't touch.
const ZONE_SPAN: u32 = 1 << 28;

/// The places of one word of the query, by document.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Document and place, ascending.
    places: Vec<(usize, u32)>,
}

impl Places {
    /// Where any of the stems stands, in the documents that are asked for.
    pub(crate) fn of(
        scope: &Scope,
        zones: &[Zone],
        stems: &[String],
        wanted: &dyn Fn(usize) -> bool,
    ) -> Result<Places, Error> {
        let mut places = Vec::new();
        let mut within = Vec::new();
        for segment in &scope.snapshot.segments {
            for zone in zones {
                for stem in stems {
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    let Some(mut postings) = segment.postings(*zone, FormField::Stem, stem, option)? else {
                        continue;
                    };
                    while postings.doc() != TERMINATED {
                        let doc = scope.seen(segment.base + postings.doc() as usize);
                        if let Some(doc) = doc.filter(|doc| wanted(*doc)) {
                            postings.positions_with_offset(*zone as u32 * ZONE_SPAN, &mut within);
                            places.extend(within.iter().map(|place| (doc, *place)));
                        }
                        postings.advance();
                    }
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        Ok(Places { places })
    }

    /// The places in a document.
    fn in_doc(&self, doc: usize) -> &[(usize, u32)] {
        let start = self.places.partition_point(|(d, _)| *d < doc);
        let end = start + self.places[start..].partition_point(|(d, _)| *d == doc);
        &self.places[start..end]
    }

    /// Whether the other word follows in a document, `gaps` places ahead.
    pub(crate) fn followed_by(
        &self,
        other: &Places,
        doc: usize,
        gaps: std::ops::RangeInclusive<u32>,
    ) -> bool {
        let others = other.in_doc(doc);
        self.in_doc(doc).iter().any(|(_, place)| {
            let first = others.partition_point(|(_, p)| *p < place + gaps.start());
            others.get(first).is_some_and(|(_, p)| *p <= place + gaps.end())
        })
    }
}

/// Whether words stand in a document in this order at these distances from the first.
pub(crate) fn has_phrase(words: &[(&Places, std::ops::RangeInclusive<u32>)], doc: usize) -> bool {
    let Some(((first, _), rest)) = words.split_first() else {
        return true;
    };
    first.in_doc(doc).iter().any(|(_, start)| {
        rest.iter().all(|(places, ahead)| {
            let others = places.in_doc(doc);
            let at = others.partition_point(|(_, p)| *p < start + ahead.start());
            others.get(at).is_some_and(|(_, p)| *p <= start + ahead.end())
        })
    })
}
