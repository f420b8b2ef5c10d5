//! A fixed state of the index: its segments with their columns in memory, and the way to the postings of a term.
//!
//! Segments never change, so their columns are read once and shared by all later snapshots. Documents have one number
//! across all segments here: the base of the segment plus the number within it.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::{Column, DynamicColumn, HasAssociatedColumnType};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, Searcher, SegmentReader};

use crate::Error;
use crate::index::Standing;
use crate::schema::{FormField, IDENT, Zone, known_field, word_field_name};
use crate::stream::packed;

/// What a document is besides its words.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) key: Arc<str>,
    pub(crate) number: i64,
    pub(crate) is_intel: bool,
    pub(crate) space: i64,
    pub(crate) min_role: i64,
    pub(crate) kind: Arc<str>,
    pub(crate) topics: Box<[Arc<str>]>,
    pub(crate) language: Arc<str>,
    pub(crate) state: Arc<str>,
    pub(crate) owner: Arc<str>,
    pub(crate) verified: bool,
    pub(crate) views: u64,
    pub(crate) updated: i64,
}

/// Who may read a document, and when. Each question looks at all of them, so they lie close together.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) min_role: i64,
    pub(crate) eyes: u64,
    pub(crate) reporter: Option<i64>,
    /// The place of the space in [`Columns::spaces`].
    pub(crate) space: u32,
}

/// The columns of a segment.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) rows: Vec<Row>,
    pub(crate) gates: Vec<Gate>,
    /// The spaces of its documents, each once.
    pub(crate) spaces: Vec<i64>,
}

/// Most pages show no file, so the mean says nothing of those that do: this is a file of a few pages.
const FILE_WORDS: f32 = 1_000.0;

/// One segment.
#[derive(Clone)]
pub(crate) struct Segment {
    pub(crate) reader: SegmentReader,
    pub(crate) columns: Arc<Columns>,
    /// The number of its first document across all segments.
    pub(crate) base: usize,
    /// Address parts and numbers.
    pub(crate) ident: Arc<InvertedIndexReader>,
    lengths: [FieldNormReader; Zone::ALL.len()],
    words: [[Arc<InvertedIndexReader>; FormField::ALL.len()]; Zone::ALL.len()],
}

impl Segment {
    fn open(reader: &SegmentReader, columns: Arc<Columns>, base: usize) -> Result<Segment, Error> {
        let mut lengths = Vec::with_capacity(Zone::ALL.len());
        let mut words = Vec::with_capacity(Zone::ALL.len());
        for zone in Zone::ALL {
            let exact = known_field(reader.schema(), &word_field_name(zone, FormField::Exact));
            lengths.push(match exact {
                Some(exact) => reader.get_fieldnorms_reader(exact)?,
                None => FieldNormReader::constant(reader.max_doc(), 1),
            });
            let mut forms = Vec::with_capacity(FormField::ALL.len());
            for form in FormField::ALL {
                forms.push(inverted(reader, &word_field_name(zone, form), form.option())?);
            }
            words.push(forms.try_into().map_err(|_| ()).expect("one for each form"));
        }
        Ok(Segment {
            reader: reader.clone(),
            columns,
            base,
            ident: inverted(reader, IDENT, IndexRecordOption::Basic)?,
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
        match inverted.terms().get(packed(term).as_bytes())? {
            Some(info) => Ok(Some(inverted.read_postings_from_terminfo(&info, option)?)),
            None => Ok(None),
        }
    }
}

/// The words of a field; none where an older index does not have it.
fn inverted(
    reader: &SegmentReader,
    name: &str,
    option: IndexRecordOption,
) -> Result<Arc<InvertedIndexReader>, Error> {
    match known_field(reader.schema(), name) {
        Some(field) => Ok(reader.inverted_index(field)?),
        None => Ok(Arc::new(InvertedIndexReader::empty(option))),
    }
}

/// A fixed state of the index.
#[derive(Clone)]
pub(crate) struct Snapshot {
    /// How far it can be trusted.
    pub(crate) standing: Standing,
    pub(crate) segments: Vec<Segment>,
    /// One more than the highest document number; removed documents have numbers too.
    pub(crate) doc_max: usize,
    average_lengths: [f32; Zone::ALL.len()],
    columns: HashMap<SegmentId, Arc<Columns>>,
}

impl Snapshot {
    /// Reads the state that a searcher sees; takes the columns of known segments from the snapshot before.
    pub(crate) fn open(
        searcher: &Searcher,
        standing: Standing,
        before: Option<&Snapshot>,
    ) -> Result<Snapshot, Error> {
        let mut snapshot = Snapshot {
            standing,
            segments: Vec::new(),
            doc_max: 0,
            average_lengths: [1.0; Zone::ALL.len()],
            columns: HashMap::new(),
        };
        for reader in searcher.segment_readers() {
            let id = reader.segment_id();
            let known = before.and_then(|b| b.columns.get(&id)).cloned();
            let columns = match known {
                Some(columns) => columns,
                None => Arc::new(Columns::read(reader)?),
            };
            snapshot.columns.insert(id, columns.clone());
            let segment = Segment::open(reader, columns, snapshot.doc_max)?;
            snapshot.doc_max += reader.max_doc() as usize;
            snapshot.segments.push(segment);
        }
        for zone in Zone::ALL {
            let inverted = |s: &Segment| s.inverted(zone, FormField::Exact).total_num_tokens();
            let tokens: u64 = snapshot.segments.iter().map(inverted).sum();
            let average = tokens as f32 / snapshot.doc_max.max(1) as f32;
            snapshot.average_lengths[zone as usize] = match zone {
                Zone::Files => FILE_WORDS,
                _ => average.max(1.0),
            };
        }
        Ok(snapshot)
    }

    /// The mean number of words in a zone.
    pub(crate) fn average_length(&self, zone: Zone) -> f32 {
        self.average_lengths[zone as usize]
    }

    /// What a document is besides its words.
    pub(crate) fn row_in_index(&self, doc: usize) -> &Row {
        let at = self.segments.partition_point(|s| s.base <= doc) - 1;
        &self.segments[at].columns.rows[doc - self.segments[at].base]
    }
}

impl Columns {
    fn read(reader: &SegmentReader) -> Result<Columns, Error> {
        let number = numbers::<i64>(reader, "number")?;
        let is_intel = numbers::<bool>(reader, "is_intel")?;
        let space = numbers::<i64>(reader, "space")?;
        let min_role = numbers::<i64>(reader, "min_role")?;
        let eyes = numbers::<u64>(reader, "eyes")?;
        let reporter = numbers::<i64>(reader, "reporter")?;
        let from = numbers::<i64>(reader, "from")?;
        let until = numbers::<i64>(reader, "until")?;
        let verified = numbers::<bool>(reader, "verified")?;
        let views = numbers::<u64>(reader, "views")?;
        let updated = numbers::<i64>(reader, "updated")?;
        let [key, kind, topic, language, state, owner] =
            ["key", "kind", "topic", "language", "state", "owner"].map(|name| Strings::open(reader, name));
        let (key, kind, topic, language, state, owner) = (key?, kind?, topic?, language?, state?, owner?);
        let mut columns = Columns::default();
        let mut places: HashMap<i64, u32> = HashMap::new();
        for doc in 0..reader.max_doc() {
            let row = Row {
                key: key.first(doc),
                number: first(&number, doc).unwrap_or_default(),
                is_intel: first(&is_intel, doc).unwrap_or_default(),
                space: first(&space, doc).unwrap_or_default(),
                min_role: first(&min_role, doc).unwrap_or(i64::MAX),
                kind: kind.first(doc),
                topics: topic.all(doc),
                language: language.first(doc),
                state: state.first(doc),
                owner: owner.first(doc),
                verified: first(&verified, doc).unwrap_or_default(),
                views: first(&views, doc).unwrap_or_default(),
                updated: first(&updated, doc).unwrap_or_default(),
            };
            let place = *places.entry(row.space).or_insert_with(|| {
                columns.spaces.push(row.space);
                columns.spaces.len() as u32 - 1
            });
            columns.gates.push(Gate {
                from: first(&from, doc).unwrap_or(i64::MAX),
                until: first(&until, doc).unwrap_or(i64::MIN),
                min_role: row.min_role,
                eyes: first(&eyes, doc).unwrap_or_default(),
                reporter: first(&reporter, doc).filter(|_| row.is_intel),
                space: place,
            });
            columns.rows.push(row);
        }
        Ok(columns)
    }
}

/// A column of numbers; none where an older index does not have it.
fn numbers<T>(reader: &SegmentReader, name: &str) -> Result<Option<Column<T>>, Error>
where
    T: HasAssociatedColumnType,
    DynamicColumn: Into<Option<Column<T>>>,
{
    match known_field(reader.schema(), name) {
        Some(_) => Ok(reader.fast_fields().column_opt(name)?),
        None => Ok(None),
    }
}

fn first<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static>(
    column: &Option<Column<T>>,
    doc: u32,
) -> Option<T> {
    column.as_ref()?.first(doc)
}

/// A column of strings, each different one in memory once.
struct Strings {
    column: Option<tantivy::columnar::StrColumn>,
    values: Vec<Arc<str>>,
    empty: Arc<str>,
}

impl Strings {
    fn open(reader: &SegmentReader, name: &str) -> Result<Strings, Error> {
        let column = match known_field(reader.schema(), name) {
            Some(_) => reader.fast_fields().str(name)?,
            None => None,
        };
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
