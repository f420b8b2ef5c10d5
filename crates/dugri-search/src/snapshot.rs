//! A fixed state of the index: its segments with their columns in memory, and the way to the postings of a term.
//!
//! Segments never change, so their columns are read once and shared by all later snapshots. Documents have one number
//! across all segments here: the base of the segment plus the number within it.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, Searcher, SegmentReader};

use crate::Error;
use crate::schema::{Fields, FormField, Zone};

/// What a document is besides its words.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) key: Arc<str>,
    pub(crate) number: i64,
    pub(crate) is_intel: bool,
    pub(crate) space: i64,
    pub(crate) min_role: i64,
    pub(crate) eyes: u64,
    pub(crate) reporter: i64,
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) kind: Arc<str>,
    pub(crate) topics: Box<[Arc<str>]>,
    pub(crate) language: Arc<str>,
    pub(crate) state: Arc<str>,
    pub(crate) owner: Arc<str>,
    pub(crate) verified: bool,
    pub(crate) views: u64,
    pub(crate) updated: i64,
}

type Rows = Arc<[Row]>;

/// One segment.
pub(crate) struct Segment {
    pub(crate) reader: SegmentReader,
    pub(crate) rows: Rows,
    /// The number of its first document across all segments.
    pub(crate) base: usize,
    lengths: [FieldNormReader; Zone::ALL.len()],
    words: [[Arc<InvertedIndexReader>; FormField::ALL.len()]; Zone::ALL.len()],
}

impl Segment {
    fn open(reader: &SegmentReader, fields: &Fields, rows: Rows, base: usize) -> Result<Segment, Error> {
        let mut lengths = Vec::with_capacity(Zone::ALL.len());
        let mut words = Vec::with_capacity(Zone::ALL.len());
        for zone in Zone::ALL {
            lengths.push(reader.get_fieldnorms_reader(fields.word(zone, FormField::Exact))?);
            let mut forms = Vec::with_capacity(FormField::ALL.len());
            for form in FormField::ALL {
                forms.push(reader.inverted_index(fields.word(zone, form))?);
            }
            words.push(forms.try_into().map_err(|_| ()).expect("one for each form"));
        }
        Ok(Segment {
            reader: reader.clone(),
            rows,
            base,
            lengths: lengths.try_into().map_err(|_| ()).expect("one for each zone"),
            words: words.try_into().map_err(|_| ()).expect("one for each zone"),
        })
    }

    /// The number of words in a zone of a document, roughly.
    pub(crate) fn length(&self, zone: Zone, doc: u32) -> u32 {
        self.lengths[zone as usize].fieldnorm(doc)
    }

    /// The term dictionary and postings of a form in a zone.
    pub(crate) fn inverted(&self, zone: Zone, form: FormField) -> &InvertedIndexReader {
        &self.words[zone as usize][form as usize]
    }

    /// The postings of a term, if the segment has it.
    pub(crate) fn postings(
        &self,
        zone: Zone,
        form: FormField,
        term: &str,
        option: IndexRecordOption,
    ) -> Result<Option<SegmentPostings>, Error> {
        let inverted = self.inverted(zone, form);
        match inverted.terms().get(term.as_bytes())? {
            Some(info) => Ok(Some(inverted.read_postings_from_terminfo(&info, option)?)),
            None => Ok(None),
        }
    }
}

/// A fixed state of the index.
pub(crate) struct Snapshot {
    pub(crate) segments: Vec<Segment>,
    /// One more than the highest document number; removed documents have numbers too.
    pub(crate) doc_max: usize,
    average_lengths: [f32; Zone::ALL.len()],
    rows: HashMap<SegmentId, Rows>,
}

impl Snapshot {
    /// Reads the state that a searcher sees; takes the columns of known segments from the snapshot before.
    pub(crate) fn open(
        searcher: &Searcher,
        fields: &Fields,
        before: Option<&Snapshot>,
    ) -> Result<Snapshot, Error> {
        let mut snapshot = Snapshot {
            segments: Vec::new(),
            doc_max: 0,
            average_lengths: [1.0; Zone::ALL.len()],
            rows: HashMap::new(),
        };
        for reader in searcher.segment_readers() {
            let id = reader.segment_id();
            let known = before.and_then(|b| b.rows.get(&id)).cloned();
            let rows = match known {
                Some(rows) => rows,
                None => read_rows(reader)?.into(),
            };
            snapshot.rows.insert(id, rows.clone());
            let segment = Segment::open(reader, fields, rows, snapshot.doc_max)?;
            snapshot.doc_max += reader.max_doc() as usize;
            snapshot.segments.push(segment);
        }
        for zone in Zone::ALL {
            let inverted = |s: &Segment| s.inverted(zone, FormField::Exact).total_num_tokens();
            let tokens: u64 = snapshot.segments.iter().map(inverted).sum();
            let average = tokens as f32 / snapshot.doc_max.max(1) as f32;
            snapshot.average_lengths[zone as usize] = average.max(1.0);
        }
        Ok(snapshot)
    }

    /// The mean number of words in a zone.
    pub(crate) fn average_length(&self, zone: Zone) -> f32 {
        self.average_lengths[zone as usize]
    }

    /// What a document is besides its words.
    pub(crate) fn row(&self, doc: usize) -> &Row {
        let at = self.segments.partition_point(|s| s.base <= doc) - 1;
        &self.segments[at].rows[doc - self.segments[at].base]
    }
}

fn read_rows(reader: &SegmentReader) -> Result<Vec<Row>, Error> {
    let fast = reader.fast_fields();
    let number = fast.i64("number")?;
    let is_intel = fast.bool("is_intel")?;
    let space = fast.i64("space")?;
    let min_role = fast.i64("min_role")?;
    let eyes = fast.u64("eyes")?;
    let reporter = fast.i64("reporter")?;
    let from = fast.i64("from")?;
    let until = fast.i64("until")?;
    let verified = fast.bool("verified")?;
    let views = fast.u64("views")?;
    let updated = fast.i64("updated")?;
    let [key, kind, topic, language, state, owner] =
        ["key", "kind", "topic", "language", "state", "owner"].map(|name| Strings::open(reader, name));
    let (key, kind, topic, language, state, owner) = (key?, kind?, topic?, language?, state?, owner?);
    let rows = (0..reader.max_doc()).map(|doc| Row {
        key: key.first(doc),
        number: number.first(doc).unwrap_or_default(),
        is_intel: is_intel.first(doc).unwrap_or_default(),
        space: space.first(doc).unwrap_or_default(),
        min_role: min_role.first(doc).unwrap_or(i64::MAX),
        eyes: eyes.first(doc).unwrap_or_default(),
        reporter: reporter.first(doc).unwrap_or_default(),
        from: from.first(doc).unwrap_or(i64::MAX),
        until: until.first(doc).unwrap_or(i64::MIN),
        kind: kind.first(doc),
        topics: topic.all(doc),
        language: language.first(doc),
        state: state.first(doc),
        owner: owner.first(doc),
        verified: verified.first(doc).unwrap_or_default(),
        views: views.first(doc).unwrap_or_default(),
        updated: updated.first(doc).unwrap_or_default(),
    });
    Ok(rows.collect())
}

/// A column of strings, each different one in memory once.
struct Strings {
    column: Option<tantivy::columnar::StrColumn>,
    values: Vec<Arc<str>>,
    empty: Arc<str>,
}

impl Strings {
    fn open(reader: &SegmentReader, name: &str) -> Result<Strings, Error> {
        let column = reader.fast_fields().str(name)?;
        let mut values = Vec::new();
        if let Some(column) = &column {
            let mut value = String::new();
            for ord in 0..column.num_terms() as u64 {
                column.ord_to_str(ord, &mut value)?;
                values.push(value.as_str().into());
            }
        }
        Ok(Strings {
            column,
            values,
            empty: "".into(),
        })
    }

    fn all(&self, doc: u32) -> Box<[Arc<str>]> {
        let Some(column) = &self.column else {
            return Box::default();
        };
        let ords = column.ords().values_for_doc(doc);
        ords.filter_map(|ord| self.values.get(ord as usize).cloned())
            .collect()
    }

    fn first(&self, doc: u32) -> Arc<str> {
        let ord = self.column.as_ref().and_then(|c| c.ords().first(doc));
        ord.and_then(|ord| self.values.get(ord as usize).cloned())
            .unwrap_or_else(|| self.empty.clone())
    }
}
