//! Short ways to an index with documents and a reader.

use dugri_core::access::Role;
use dugri_core::ids::{PageId, PersonId, SpaceId};
use dugri_core::pages::State;
use dugri_core::time::Time;
use dugri_core::words::Language;
use dugri_search::{
    Aliases, Change, Document, Eyes, Filters, Found, HitKind, Index, PageDocument, Query, Reader, Request,
};

/// An index in a folder that goes with it.
pub struct Site {
    pub index: Index,
    pub aliases: Aliases,
    _dir: tempfile::TempDir,
}

impl Site {
    pub fn with(documents: Vec<Document>) -> Site {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(dir.path()).unwrap();
        let changes = documents.into_iter().map(Change::Put).collect();
        index.apply(changes, 1).unwrap();
        Site {
            index,
            aliases: Aliases::default(),
            _dir: dir,
        }
    }

    pub fn find(&self, query: &str) -> Found {
        self.ask(query, Filters::default(), &reader())
    }

    pub fn ask(&self, query: &str, filters: Filters, reader: &Reader) -> Found {
        let request = Request {
            query: Query::parse(query),
            aliases: &self.aliases,
            reader,
            filters,
            limit: 10,
            offset: 0,
            explain: false,
        };
        self.index.find(&request).unwrap()
    }

    /// The keys of the pages found, the best first.
    pub fn keys(&self, query: &str) -> Vec<String> {
        keys(&self.find(query))
    }
}

/// The keys that somebody who may read space 1 finds.
pub fn keys_of(index: &Index, query: &str) -> Vec<String> {
    let (aliases, reader) = (Aliases::default(), reader());
    let request = Request {
        query: Query::parse(query),
        aliases: &aliases,
        reader: &reader,
        filters: Filters::default(),
        limit: 10,
        offset: 0,
        explain: false,
    };
    keys(&index.find(&request).unwrap())
}

pub fn keys(found: &Found) -> Vec<String> {
    let key = |kind: &HitKind| match kind {
        HitKind::Page { key, .. } => key.clone(),
        HitKind::Intel(number) => format!("#{number}"),
    };
    found.hits.iter().map(|hit| key(&hit.kind)).collect()
}

pub fn time(text: &str) -> Time {
    text.parse().unwrap()
}

/// Somebody who may read space 1.
pub fn reader() -> Reader {
    Reader {
        person: PersonId(1),
        outsider: false,
        now: time("2026-06-01T00:00:00Z"),
        spaces: vec![(SpaceId(1), Role::Reader)],
    }
}

/// A published page of space 1.
pub fn page(number: i64, title: &str, body: &str) -> PageDocument {
    PageDocument {
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
        language: Language::He,
        state: State::Current,
        owner: String::new(),
        verified: false,
        views: 0,
        updated: time("2026-01-01T00:00:00Z"),
        slug: format!("slug-{number}"),
        public_id: format!("id{number:06}"),
    }
}

pub fn put(page: PageDocument) -> Document {
    Document::Page(Box::new(page))
}
