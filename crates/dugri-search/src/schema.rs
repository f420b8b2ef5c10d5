//! The fields of the index: zones of a document times derived forms of its words, and columns of what is no word.
//!
//! Each form has fields of its own because document frequencies and lengths are taken by field, and stacked readings
//! would falsify both. Reading goes by the names of fields, so that an index of an older schema can answer too.

use std::sync::LazyLock;

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::stream::TOKENIZER;

/// The version of what the columns say about who may read a document. An index of another one never answers.
pub(crate) const RIGHTS_VERSION: u32 = 1;

/// The columns that decide who may read a document and what it is. Without one of them nothing can be answered.
const DECISIVE: [&str; 9] = [
    "key", "number", "is_intel", "space", "min_role", "eyes", "reporter", "from", "until",
];

/// Address parts and numbers, whole.
pub(crate) const IDENT: &str = "ident";

/// The parts of a document whose words weigh differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    Title,
    Topics,
    /// Key message and headings.
    Lead,
    Body,
    /// The kind, in both languages.
    Kind,
    /// The space, in both languages.
    Space,
    /// The files that the text shows: their names and what stands in them.
    Files,
}

impl Zone {
    pub(crate) const ALL: [Zone; 7] = [
        Zone::Title,
        Zone::Topics,
        Zone::Lead,
        Zone::Body,
        Zone::Kind,
        Zone::Space,
        Zone::Files,
    ];

    /// What an occurrence in this zone counts against one in the body.
    pub(crate) const fn factor(self) -> f32 {
        match self {
            Zone::Title => 3.0,
            Zone::Topics => 2.0,
            Zone::Lead => 1.5,
            Zone::Body => 1.0,
            Zone::Kind | Zone::Space => 1.2,
            Zone::Files => 0.7,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Zone::Title => "title",
            Zone::Topics => "topics",
            Zone::Lead => "lead",
            Zone::Body => "body",
            Zone::Kind => "kindname",
            Zone::Space => "spacename",
            Zone::Files => "files",
        }
    }
}

/// The derived forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FormField {
    /// The word as written, folded.
    Exact,
    /// Stems of the word and of its readings without prefixes.
    Stem,
    /// Spelling skeletons.
    Skeleton,
    /// Sound keys.
    Sound,
}

impl FormField {
    pub(crate) const ALL: [FormField; 4] = [
        FormField::Exact,
        FormField::Stem,
        FormField::Skeleton,
        FormField::Sound,
    ];

    const fn letter(self) -> &'static str {
        match self {
            FormField::Exact => "x",
            FormField::Stem => "s",
            FormField::Skeleton => "k",
            FormField::Sound => "h",
        }
    }

    pub(crate) const fn option(self) -> IndexRecordOption {
        match self {
            FormField::Exact | FormField::Stem => IndexRecordOption::WithFreqsAndPositions,
            FormField::Skeleton | FormField::Sound => IndexRecordOption::WithFreqs,
        }
    }
}

/// All fields, by what they are for.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    words: [[Field; FormField::ALL.len()]; Zone::ALL.len()],
    /// Address parts and numbers, whole.
    pub(crate) ident: Field,
    /// The unique key of the document.
    pub(crate) key: Field,
    /// `p12` or `i236`: what a document is about, to remove it.
    pub(crate) subject: Field,
    /// The number behind the subject.
    pub(crate) number: Field,
    pub(crate) is_intel: Field,
    pub(crate) space: Field,
    pub(crate) min_role: Field,
    pub(crate) eyes: Field,
    pub(crate) reporter: Field,
    pub(crate) from: Field,
    pub(crate) until: Field,
    pub(crate) kind: Field,
    pub(crate) topic: Field,
    pub(crate) language: Field,
    pub(crate) state: Field,
    pub(crate) owner: Field,
    pub(crate) verified: Field,
    pub(crate) views: Field,
    pub(crate) updated: Field,
}

impl Fields {
    /// The schema with its fields.
    fn build() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let words = Zone::ALL.map(|zone| FormField::ALL.map(|form| word_field(&mut schema, zone, form)));
        let fields = Fields {
            words,
            ident: schema.add_text_field(IDENT, STRING),
            key: schema.add_text_field("key", STRING | FAST),
            subject: schema.add_text_field("subject", STRING),
            number: schema.add_i64_field("number", FAST),
            is_intel: schema.add_bool_field("is_intel", FAST),
            space: schema.add_i64_field("space", FAST | INDEXED),
            min_role: schema.add_i64_field("min_role", FAST),
            eyes: schema.add_u64_field("eyes", FAST),
            reporter: schema.add_i64_field("reporter", FAST),
            from: schema.add_i64_field("from", FAST),
            until: schema.add_i64_field("until", FAST),
            kind: schema.add_text_field("kind", STRING | FAST),
            topic: schema.add_text_field("topic", STRING | FAST),
            language: schema.add_text_field("language", STRING | FAST),
            state: schema.add_text_field("state", STRING | FAST),
            owner: schema.add_text_field("owner", STRING | FAST),
            verified: schema.add_bool_field("verified", FAST),
            views: schema.add_u64_field("views", FAST),
            updated: schema.add_i64_field("updated", FAST),
        };
        (schema.build(), fields)
    }

    /// The field of a form in a zone.
    pub(crate) fn word(&self, zone: Zone, form: FormField) -> Field {
        self.words[zone as usize][form as usize]
    }
}

/// Whether an index of this schema, which another version made, can be read: it decides who may read what as the
/// present one does. What else it lacks is not found.
pub(crate) fn is_readable(schema: &Schema) -> bool {
    DECISIVE.iter().all(|name| known_field(schema, name).is_some())
}

/// The field with this name, if it is of the kind that the present rules make.
pub(crate) fn known_field(schema: &Schema, name: &str) -> Option<Field> {
    let (present, _) = present();
    let field = schema.get_field(name).ok()?;
    let same = schema.get_field_entry(field) == present.get_field_entry(present.get_field(name).ok()?);
    same.then_some(field)
}

/// The schema of the present rules.
pub(crate) fn present() -> &'static (Schema, Fields) {
    static PRESENT: LazyLock<(Schema, Fields)> = LazyLock::new(Fields::build);
    &PRESENT
}

/// The name of the field of a form in a zone.
pub(crate) fn word_field_name(zone: Zone, form: FormField) -> String {
    format!("{}_{}", form.letter(), zone.name())
}

fn word_field(schema: &mut SchemaBuilder, zone: Zone, form: FormField) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(form.option())
        .set_fieldnorms(matches!(form, FormField::Exact));
    let options = TextOptions::default().set_indexing_options(indexing);
    schema.add_text_field(&word_field_name(zone, form), options)
}
