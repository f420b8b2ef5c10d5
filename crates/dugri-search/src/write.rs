//! From a document to the fields of the index: its words in all derived forms, and its columns.

use std::collections::HashMap;
use std::rc::Rc;

use dugri_core::time::micros;
use tantivy::TantivyDocument;

use crate::analysis::{Forms, tokenize};
use crate::schema::{Fields, FormField, Zone};
use crate::stream::Encoded;
use crate::{Document, IntelDocument, PageDocument, TopicNames};

/// Texts of one zone are so many places apart, so that no phrase runs from one block into the next.
const GAP_BETWEEN_TEXTS: usize = 16;

/// What a document needs of consonants in common with a word of the other script: in names, and elsewhere.
const CONSONANTS_MIN_IN_NAMES: usize = 3;
const CONSONANTS_MIN: usize = 4;

/// The document as the index keeps it.
pub(crate) fn write(document: &Document, fields: &Fields, lexicon: &mut Lexicon) -> TantivyDocument {
    match document {
        Document::Page(page) => write_page(page, fields, lexicon),
        Document::Intel(intel) => write_intel(intel, fields, lexicon),
    }
}

fn write_page(page: &PageDocument, fields: &Fields, lexicon: &mut Lexicon) -> TantivyDocument {
    let mut words = Words::new(fields, lexicon);
    words.zone(Zone::Title, [page.title.as_str()]);
    let asked = page.asked.iter().map(String::as_str);
    words.zone(Zone::Topics, topic_names(&page.topics).chain(asked));
    let lead = page.headings.iter().map(String::as_str);
    words.zone(Zone::Lead, lead.chain([page.key_message.as_str()]));
    words.zone(
        Zone::Body,
        page.blocks.iter().chain(&page.fields).map(String::as_str),
    );
    words.zone(Zone::Files, page.files.iter().map(String::as_str));
    let kind = page.kind_labels.iter().chain([&page.kind]);
    words.zone(Zone::Kind, different(kind.map(String::as_str)));
    words.zone(
        Zone::Space,
        different(page.space_names.iter().map(String::as_str)),
    );

    let mut doc = words.doc;
    doc.add_text(fields.ident, page.public_id.to_lowercase());
    doc.add_text(fields.ident, page.slug.to_lowercase());
    doc.add_text(fields.key, &page.key);
    doc.add_text(fields.subject, format!("p{}", page.page));
    doc.add_i64(fields.number, page.page.0);
    doc.add_bool(fields.is_intel, false);
    doc.add_i64(fields.space, page.space.0);
    doc.add_i64(fields.min_role, page.min_role.rank().into());
    doc.add_u64(fields.eyes, page.eyes.code());
    doc.add_i64(fields.from, micros(page.from));
    doc.add_i64(fields.until, page.until.map_or(i64::MAX, micros));
    doc.add_text(fields.kind, &page.kind);
    add_topics(&mut doc, fields, &page.topics);
    doc.add_text(fields.language, page.language.as_str());
    doc.add_text(fields.state, page.state.as_str());
    doc.add_text(fields.owner, &page.owner);
    doc.add_bool(fields.verified, page.verified);
    doc.add_u64(fields.views, page.views);
    doc.add_i64(fields.updated, micros(page.updated));
    doc
}

fn write_intel(intel: &IntelDocument, fields: &Fields, lexicon: &mut Lexicon) -> TantivyDocument {
    let mut words = Words::new(fields, lexicon);
    words.zone(
        Zone::Topics,
        topic_names(&intel.topics).chain([intel.account.as_str()]),
    );
    words.zone(Zone::Body, [intel.what.as_str(), intel.quote.as_str()]);

    let mut doc = words.doc;
    doc.add_text(fields.ident, IntelDocument::key(intel.number));
    doc.add_text(fields.key, IntelDocument::key(intel.number));
    doc.add_text(fields.subject, format!("i{}", intel.number));
    doc.add_i64(fields.number, intel.number.0);
    doc.add_bool(fields.is_intel, true);
    doc.add_i64(fields.space, intel.space.0);
    doc.add_i64(fields.min_role, intel.min_role.rank().into());
    doc.add_i64(fields.reporter, intel.reporter.0);
    doc.add_i64(fields.from, i64::MIN);
    doc.add_i64(fields.until, i64::MAX);
    add_topics(&mut doc, fields, &intel.topics);
    doc.add_text(fields.state, intel.state.as_str());
    doc.add_i64(fields.updated, micros(intel.at));
    doc
}

fn add_topics(doc: &mut TantivyDocument, fields: &Fields, topics: &[TopicNames]) {
    for topic in topics {
        doc.add_text(fields.topic, &topic.slug);
    }
}

/// Everything that topics are called, their slugs too.
fn topic_names(topics: &[TopicNames]) -> impl Iterator<Item = &str> {
    let names = topics.iter().flat_map(|t| t.names.iter().chain([&t.slug]));
    different(names.map(String::as_str)).into_iter()
}

/// The texts whose words differ: a label that is the same in both languages counts once.
fn different<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen: Vec<String> = Vec::new();
    texts
        .filter(|text| {
            let words: Vec<String> = tokenize(text).into_iter().map(|t| t.text).collect();
            let words = words.join(" ");
            let new = !seen.contains(&words);
            seen.push(words);
            new
        })
        .collect()
}

/// The forms of the words of many documents: pages of one company say the same words again and again.
#[derive(Default)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Rc<Entry>>,
}

/// So many words are remembered; a whole company's language fits, and noise can't fill the memory.
const LEXICON_MAX: usize = 100_000;

/// The forms of a word as they are written.
struct Entry {
    forms: Forms,
    sounds_in_names: Vec<String>,
    sounds: Vec<String>,
}

impl Lexicon {
    fn entry(&mut self, word: &str) -> Rc<Entry> {
        if let Some(entry) = self.entries.get(word) {
            return entry.clone();
        }
        if self.entries.len() >= LEXICON_MAX {
            self.entries.clear();
        }
        let forms = Forms::of(word);
        let entry = Rc::new(Entry {
            sounds_in_names: forms.sounds(CONSONANTS_MIN_IN_NAMES),
            sounds: forms.sounds(CONSONANTS_MIN),
            forms,
        });
        self.entries.insert(word.to_owned(), entry.clone());
        entry
    }
}

/// Writes the words of a document zone by zone.
struct Words<'a> {
    doc: TantivyDocument,
    fields: &'a Fields,
    lexicon: &'a mut Lexicon,
}

impl<'a> Words<'a> {
    fn new(fields: &'a Fields, lexicon: &'a mut Lexicon) -> Words<'a> {
        Words {
            doc: TantivyDocument::new(),
            fields,
            lexicon,
        }
    }

    fn zone<'t>(&mut self, zone: Zone, texts: impl IntoIterator<Item = &'t str>) {
        let mut streams = Streams::default();
        let mut first = 0;
        for text in texts {
            let tokens = tokenize(text);
            for token in &tokens {
                let position = first + token.position;
                streams.add(zone, position, &token.text, &self.lexicon.entry(&token.text));
                if let Some(joined) = &token.joined {
                    streams.add(zone, position, &joined.text, &self.lexicon.entry(&joined.text));
                }
            }
            first += tokens.len() + GAP_BETWEEN_TEXTS;
        }
        for (form, tokens) in streams.into_fields() {
            self.doc
                .add_text(self.fields.word(zone, form), tokens.into_text());
        }
    }
}

/// The words of one zone, form by form.
#[derive(Default)]
struct Streams {
    exact: Encoded,
    stem: Encoded,
    skeleton: Encoded,
    sound: Encoded,
}

impl Streams {
    fn add(&mut self, zone: Zone, position: usize, word: &str, entry: &Entry) {
        self.exact.push(word, position);
        for form in &entry.forms.stems {
            self.stem.push(&form.text, position);
        }
        for (form, _) in &entry.forms.skeletons {
            self.skeleton.push(&form.text, position);
        }
        let sounds = match zone {
            Zone::Title | Zone::Topics => &entry.sounds_in_names,
            Zone::Lead | Zone::Body | Zone::Kind | Zone::Space | Zone::Files => &entry.sounds,
        };
        for key in sounds {
            self.sound.push(key, position);
        }
    }

    fn into_fields(self) -> [(FormField, Encoded); 4] {
        [
            (FormField::Exact, self.exact),
            (FormField::Stem, self.stem),
            (FormField::Skeleton, self.skeleton),
            (FormField::Sound, self.sound),
        ]
    }
}
