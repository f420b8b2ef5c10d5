//! What the index is asked, and what it answers.

use dugri_core::access::{Access, Role};
use dugri_core::ids::{IntelId, PageId, PersonId, SpaceId};
use dugri_core::time::{Time, micros};
use dugri_core::words::Language;

use crate::index::Standing;
use crate::mark::Matcher;
use crate::{Aliases, Query};

/// Through whose eyes the index is read, and when. Everything else does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The person; sees the own reports.
    pub person: PersonId,
    /// Somebody from outside.
    pub outsider: bool,
    /// The moment for which texts must be readable.
    pub now: Time,
    /// The role in each space.
    pub spaces: Vec<(SpaceId, Role)>,
}

impl Reader {
    /// The reader with this access at this moment.
    pub fn new(access: &Access, now: Time) -> Reader {
        Reader {
            person: access.person,
            outsider: access.outsider,
            now,
            spaces: access.roles.iter().map(|(s, r)| (*s, *r)).collect(),
        }
    }

    pub(crate) fn now_micros(&self) -> i64 {
        micros(self.now)
    }
}

/// A question to the index.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// What is looked for.
    pub query: Query,
    /// Names that mean the same.
    pub aliases: &'a Aliases,
    /// Through whose eyes.
    pub reader: &'a Reader,
    /// What the hits must be.
    pub filters: Filters,
    /// At most so many hits.
    pub limit: usize,
    /// So many hits are skipped.
    pub offset: usize,
    /// Whether each hit says how its score came about.
    pub explain: bool,
}

/// Conditions on the hits; an empty list sets none, several values of one list are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Pages, intel or both.
    pub types: Vec<HitType>,
    /// Slugs of kinds.
    pub kinds: Vec<String>,
    /// Slugs of topics.
    pub topics: Vec<String>,
    /// Languages of pages.
    pub languages: Vec<Language>,
    /// States of pages and of intel, by their written form.
    pub states: Vec<String>,
    /// Spaces.
    pub spaces: Vec<SpaceId>,
    /// Words of the owner's name.
    pub owner: Option<String>,
    /// Only with a verification that holds.
    pub verified: bool,
    /// Updated before this moment.
    pub before: Option<Time>,
    /// Updated at this moment or later.
    pub after: Option<Time>,
}

/// The two types of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HitType {
    /// A page.
    Page,
    /// A report from the field.
    Intel,
}

/// What a hit is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HitKind {
    /// A page, by the document with this key.
    Page {
        /// The page.
        page: PageId,
        /// The key that the document was put with.
        key: String,
    },
    /// A report from the field.
    Intel(IntelId),
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What was found.
    pub kind: HitKind,
    /// Comparable within one answer only.
    pub score: f32,
    /// Superseded or archived: stands after all current ones.
    pub out_of_date: bool,
    /// Words of the query that this hit does not have, as they were typed.
    pub missing_words: Vec<String>,
    /// How each word of the query was found.
    pub why: Vec<Why>,
    /// How the score came about, where that was asked.
    pub explanation: Vec<Factor>,
}

/// One factor of a score; the score is the product of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// What it stands for.
    pub what: FactorOf,
    /// The factor.
    pub value: f32,
}

/// What a factor of a score stands for. The rules are those of the measured design: words first, all else breaks ties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactorOf {
    /// The sum over the words: how much each says, times how well it was found.
    Words(Vec<String>),
    /// How much of the query was found.
    Coverage,
    /// How many neighbours in the query are neighbours in the text.
    Adjacency,
    /// How much of the query stands in the title.
    Title,
    /// Quoted words stand together, or don't.
    Phrase,
    /// Superseded or archived.
    State,
    /// Verified.
    Verified,
    /// How often it was opened.
    Views,
    /// How new it is.
    Recency,
    /// Of the kind that the question asks for.
    Kind,
    /// A report, not a page.
    Intel,
    /// Named by its address or number.
    Named,
}

impl FactorOf {
    /// The name in the API.
    pub const fn as_str(&self) -> &'static str {
        match self {
            FactorOf::Words(_) => "words",
            FactorOf::Coverage => "coverage",
            FactorOf::Adjacency => "adjacency",
            FactorOf::Title => "title",
            FactorOf::Phrase => "phrase",
            FactorOf::State => "state",
            FactorOf::Verified => "verified",
            FactorOf::Views => "views",
            FactorOf::Recency => "recency",
            FactorOf::Kind => "kind",
            FactorOf::Intel => "intel",
            FactorOf::Named => "named",
        }
    }
}

/// How a word of the query was found in a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The word as typed.
    pub word: String,
    /// By what.
    pub how: How,
    /// Whether it stands in the title.
    pub in_title: bool,
}

/// By what a word was found, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// As written.
    Exact,
    /// Through the table of aliases.
    Alias,
    /// In another inflection, or with a prefix.
    Inflected,
    /// Through the built-in glossary.
    Meaning,
    /// As the beginning of a longer word.
    Beginning,
    /// In another spelling.
    Spelling,
    /// In the other script.
    Sound,
    /// With a typing mistake put right.
    Typo,
}

impl How {
    /// The name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            How::Exact => "exact",
            How::Alias => "alias",
            How::Inflected => "inflected",
            How::Meaning => "meaning",
            How::Beginning => "beginning",
            How::Spelling => "spelling",
            How::Sound => "sound",
            How::Typo => "typo",
        }
    }
}

/// The answer to a question.
#[derive(Debug, Clone)]
pub struct Found {
    /// How many hits there are in all.
    pub total: usize,
    /// The hits asked for, the best first; what is out of date stands last.
    pub hits: Vec<Hit>,
    /// The query typed in the other keyboard layout, where that was used instead.
    pub layout: Option<String>,
    /// Where there is no hit: what comes nearest, by a part of the words or a code that begins alike.
    pub nearest: Vec<Hit>,
    /// Typing mistakes that were put right to find these hits.
    pub corrections: Vec<Correction>,
    /// A phrase or a required word is nowhere, so pages without it are shown.
    pub relaxed: bool,
    /// Counts over all hits.
    pub facets: Facets,
    /// Finds in a text what the query found.
    pub matcher: Matcher,
    /// Whether something may be missing.
    pub standing: Standing,
}

/// A typing mistake put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The word as typed.
    pub typed: String,
    /// The word that was searched for.
    pub used: String,
}

/// How many hits have which value. Each list is counted as if its own filter was not set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By the slug of the kind.
    pub kinds: Vec<FacetCount>,
    /// By the slug of the topic.
    pub topics: Vec<FacetCount>,
    /// By language.
    pub languages: Vec<FacetCount>,
    /// By state.
    pub states: Vec<FacetCount>,
}

/// A value and how many hits have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// How many.
    pub count: usize,
}
