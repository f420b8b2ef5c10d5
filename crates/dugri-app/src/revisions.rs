//! The history of a page. The comparison of any two of its texts is in `compare`.

mod compare;

use std::collections::HashSet;

use dugri_core::policy::Verb;
use dugri_core::{IntelId, PublicId, RevisionId, Time};
use dugri_store::changes::{self, ChangeRow};
use dugri_store::names::{self, PersonName};
use dugri_store::pages::Page;
use dugri_store::publications::{self, PublicationRow, VerificationRow};
use dugri_store::revisions::{self, RevisionRow};
use dugri_store::{Db, intel};

pub use compare::{Comparison, PartChange, Pick, Side, compare};

use crate::pages::steps::Step;
use crate::pages::{self, PageRights};
use crate::{Actor, App, Error};

/// A page's history as the reader may know it.
#[derive(Debug, Clone)]
pub struct History {
    /// The page.
    pub page: Page,
    /// Its title in the newest text shown.
    pub title: String,
    /// What happened, newest first.
    pub entries: Vec<Entry>,
    /// What the reader may do.
    pub rights: PageRights,
}

/// Something in a history.
#[expect(
    clippy::large_enum_variant,
    reason = "some dozens in one list, made for one screen"
)]
#[derive(Debug, Clone)]
pub enum Entry {
    /// A pending change with its saves, newest first.
    Pending {
        /// The change.
        change: ChangeRow,
        /// Who began it.
        author: PersonName,
        /// Its saves.
        saves: Vec<(RevisionRow, PersonName)>,
    },
    /// A publication.
    Published {
        /// The publication.
        publication: PublicationRow,
        /// What it published.
        revision: RevisionRow,
        /// Who wrote it.
        author: PersonName,
        /// Who published it.
        publisher: PersonName,
        /// The reports that it answers, as far as the reader may read them.
        cites: Vec<IntelId>,
    },
    /// Something that was done to the page as a whole: a line between revisions too.
    Stepped(Box<Step>),
    /// A verification: never a revision, a line between revisions.
    Verified {
        /// What was checked and until when.
        row: VerificationRow,
        /// Who checked.
        by: PersonName,
    },
}

/// The history of a page.
pub fn history(app: &App, actor: &Actor, id: &PublicId) -> Result<History, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let page = pages::load(db, actor, id, Verb::Read, now)?;
        let rights = pages::rights(actor, &page);
        let mut entries = published_entries(db, actor, &page, now)?;
        for (row, by) in publications::verifications(db, &[page.row.id])? {
            let after = entries
                .iter()
                .position(|entry| time_of(entry) <= row.at)
                .unwrap_or(entries.len());
            entries.insert(after, Entry::Verified { row, by });
        }
        for step in pages::steps::of_page(db, actor, &page, now)? {
            let after = entries
                .iter()
                .position(|entry| time_of(entry) <= step.row.at)
                .unwrap_or(entries.len());
            entries.insert(after, Entry::Stepped(Box::new(step)));
        }
        let published_title = entries.iter().find_map(|entry| match entry {
            Entry::Published { revision, .. } => Some(revision.title.clone()),
            _ => None,
        });
        let mut title = published_title.unwrap_or_default();
        if rights.pending {
            for entry in pending_entries(db, &page)? {
                if let (true, Entry::Pending { saves, .. }) = (title.is_empty(), &entry)
                    && let Some((newest, _)) = saves.first()
                {
                    title = newest.title.clone();
                }
                entries.insert(0, entry);
            }
        }
        Ok(History {
            page,
            title,
            entries,
            rights,
        })
    })
}

fn time_of(entry: &Entry) -> Time {
    match entry {
        Entry::Pending { change, .. } => change.created_at,
        Entry::Published { publication, .. } => publication.from_at,
        Entry::Verified { row, .. } => row.at,
        Entry::Stepped(step) => step.row.at,
    }
}

fn published_entries(db: &mut Db, actor: &Actor, page: &Page, now: Time) -> Result<Vec<Entry>, Error> {
    let published = publications::list(db, page.row.id, now)?;
    let revision_ids: Vec<RevisionId> = published.iter().map(|(_, revision, _)| revision.id).collect();
    let mut cites = revisions::cites(db, &revision_ids)?;
    let cited: Vec<IntelId> = cites.values().flatten().copied().collect();
    let readable: HashSet<IntelId> = intel::readable(db, &actor.access, &cited)?.into_iter().collect();
    let authors: Vec<_> = published
        .iter()
        .map(|(_, revision, _)| revision.author_id)
        .collect();
    let authors = names::people(db, &authors)?;
    published
        .into_iter()
        .map(|(publication, revision, publisher)| {
            let author = authors
                .get(&revision.author_id)
                .cloned()
                .ok_or_else(|| Error::internal("a revision without its author"))?;
            let mut cites = cites.remove(&revision.id).unwrap_or_default();
            cites.retain(|id| readable.contains(id));
            Ok(Entry::Published {
                publication,
                revision,
                author,
                publisher,
                cites,
            })
        })
        .collect()
}

fn pending_entries(db: &mut Db, page: &Page) -> Result<Vec<Entry>, Error> {
    let saves = revisions::list(db, page.row.id)?;
    let open = changes::list_open(db, page.row.id)?;
    Ok(open
        .into_iter()
        .map(|(change, author)| {
            let of_change = saves
                .iter()
                .rev()
                .filter(|(row, _)| row.change_id == Some(change.id));
            Entry::Pending {
                saves: of_change.cloned().collect(),
                change,
                author,
            }
        })
        .collect())
}

/// The reports that a revision brought in, as far as the reader may read them.
pub fn cites(app: &App, actor: &Actor, id: &PublicId, revision: RevisionId) -> Result<Vec<IntelId>, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let page = pages::load(db, actor, id, Verb::Read, now)?;
        if revisions::find(db, page.row.id, revision)?.is_none() {
            return Err(Error::NotFound);
        }
        let cites = revisions::cites(db, &[revision])?
            .remove(&revision)
            .unwrap_or_default();
        Ok(intel::readable(db, &actor.access, &cites)?)
    })
}

/// The Markdown of a page as a reader may have it: the source of `vN`, or of what is published.
///
/// People from outside get none: a source shows what rendering leaves out.
pub fn source(app: &App, actor: &Actor, id: &PublicId, number: Option<i64>) -> Result<String, Error> {
    if actor.access.outsider {
        return Err(Error::NotFound);
    }
    let read = match number {
        Some(number) => pages::read_version(app, actor, id, number)?,
        None => pages::read(app, actor, id)?,
    };
    Ok(read.content.body)
}
