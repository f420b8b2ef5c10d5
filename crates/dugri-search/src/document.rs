//! What the index is told: the documents of pages and of intel, and changes to them.

use dugri_core::access::Role;
use dugri_core::ids::{IntelId, PageId, PersonId, SpaceId};
use dugri_core::intel::IntelState;
use dugri_core::pages::State;
use dugri_core::time::Time;
use dugri_core::words::Language;

/// A change of the index. A follower that looks up the present may send the same one twice.
#[derive(Debug, Clone)]
pub enum Change {
    /// Adds a document, in place of the one with the same key.
    Put(Document),
    /// Removes all documents of a page.
    RemovePage(PageId),
    /// Removes the document of a report.
    RemoveIntel(IntelId),
}

/// A document of the index.
#[derive(Debug, Clone)]
pub enum Document {
    /// A text of a page.
    Page(Box<PageDocument>),
    /// A report from the field.
    Intel(Box<IntelDocument>),
}

/// For whom a text was made: what stays in the house is left out of what people from outside search.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Eyes {
    /// For everybody who may read the page.
    #[default]
    All,
    /// For colleagues.
    Colleagues,
    /// For people from outside.
    Outsiders,
}

impl Eyes {
    /// The number that the index keeps.
    pub(crate) const fn code(self) -> u64 {
        match self {
            Eyes::All => 0,
            Eyes::Colleagues => 1,
            Eyes::Outsiders => 2,
        }
    }
}

/// One text of a page: its published one, one published from a later time on, or a draft.
///
/// A page may have several, with different keys; a reader gets one hit for all of them.
#[derive(Debug, Clone)]
pub struct PageDocument {
    /// Unique among all documents.
    pub key: String,
    /// The page.
    pub page: PageId,
    /// The space whose roles decide who may read it.
    pub space: SpaceId,
    /// The least role that may read this text: reader for a published one, contributor for a draft.
    pub min_role: Role,
    /// For whom the text was made.
    pub eyes: Eyes,
    /// Readable from this moment on.
    pub from: Time,
    /// Readable until just before this moment.
    pub until: Option<Time>,
    /// The title.
    pub title: String,
    /// The short sentence at the head.
    pub key_message: String,
    /// The headings.
    pub headings: Vec<String>,
    /// The body as plain text, a string for each block.
    pub blocks: Vec<String>,
    /// The values of the kind's fields as plain text.
    pub fields: Vec<String>,
    /// The names of the files that the text shows and what stands in them, a string for each page.
    pub files: Vec<String>,
    /// The topics.
    pub topics: Vec<TopicNames>,
    /// What people searched for in vain and are led here by.
    pub asked: Vec<String>,
    /// The slug of the kind.
    pub kind: String,
    /// The names of the kind in both languages.
    pub kind_labels: Vec<String>,
    /// The names of the space in both languages.
    pub space_names: Vec<String>,
    /// The language of the text.
    pub language: Language,
    /// Draft, current, superseded or archived.
    pub state: State,
    /// The name of the owner.
    pub owner: String,
    /// Whether the verification holds.
    pub verified: bool,
    /// How often it was opened of late.
    pub views: u64,
    /// When the text was published or saved.
    pub updated: Time,
    /// The readable part of the address.
    pub slug: String,
    /// The permanent part of the address.
    pub public_id: String,
}

/// A topic with everything it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicNames {
    /// The slug.
    pub slug: String,
    /// The names and aliases in both languages.
    pub names: Vec<String>,
}

/// A report from the field.
#[derive(Debug, Clone)]
pub struct IntelDocument {
    /// Its number, which is its key.
    pub number: IntelId,
    /// The space whose roles decide who may read it.
    pub space: SpaceId,
    /// The least role that may read it: editor.
    pub min_role: Role,
    /// Who reported it; always sees it.
    pub reporter: PersonId,
    /// What happened.
    pub what: String,
    /// What was said, word by word.
    pub quote: String,
    /// The account.
    pub account: String,
    /// The topics.
    pub topics: Vec<TopicNames>,
    /// Where it stands.
    pub state: IntelState,
    /// When it was reported.
    pub at: Time,
}

impl IntelDocument {
    /// The key of a report among all documents.
    pub(crate) fn key(number: IntelId) -> String {
        format!("#{number}")
    }
}

impl Document {
    /// The key that is unique among all documents.
    pub(crate) fn key(&self) -> String {
        match self {
            Document::Page(page) => page.key.clone(),
            Document::Intel(intel) => IntelDocument::key(intel.number),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Aliases, Filters, Index, Query, Reader, Request};

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    /// A published page of space 1.
    pub(crate) fn page(number: i64, title: &str, body: &str) -> Document {
        Document::Page(Box::new(PageDocument {
            key: format!("p{number}"),
            page: PageId(number),
            space: SpaceId(1),
            min_role: Role::Reader,
            eyes: Eyes::All,
            from: time("2020-01-01T00:00:00Z"),
            until: None,
            title: title.to_owned(),
            key_message: String::new(),
            headings: Vec::new(),
            blocks: vec![body.to_owned()],
            fields: Vec::new(),
            files: Vec::new(),
            topics: Vec::new(),
            asked: Vec::new(),
            kind: "article".to_owned(),
            kind_labels: Vec::new(),
            space_names: Vec::new(),
            language: Language::En,
            state: State::Current,
            owner: String::new(),
            verified: false,
            views: 0,
            updated: time("2026-01-01T00:00:00Z"),
            slug: format!("slug-{number}"),
            public_id: format!("id{number:06}"),
        }))
    }

    /// How many hits somebody has who may read space 1.
    pub(crate) fn count(index: &Index, query: &str) -> usize {
        let reader = Reader {
            person: PersonId(1),
            outsider: false,
            now: time("2026-06-01T00:00:00Z"),
            spaces: vec![(SpaceId(1), Role::Reader)],
        };
        let request = Request {
            query: Query::parse(query),
            aliases: &Aliases::default(),
            reader: &reader,
            filters: Filters::default(),
            limit: 10,
            offset: 0,
            explain: false,
        };
        index.find(&request).unwrap().total
    }
}
