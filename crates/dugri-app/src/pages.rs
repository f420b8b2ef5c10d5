//! Pages: reading one. Lists of them are in `lists`, what an edit begins with in `editing`, saving in `save`, publishing
//! and the rest of a page's life in `publish`.
//!
//! A page is loaded through the reader's rights; everything below it (revisions, changes, files) is loaded through the page.

mod check;
pub(crate) mod compose;
mod editing;
pub mod join;
pub mod life;
mod lists;
mod merge;
pub mod publish;
pub mod relocate;
pub mod rename;
pub mod save;
pub mod split;
pub mod steps;
pub mod touches;
pub mod undo;

use dugri_core::currency::{self, Badge};
use dugri_core::policy::{self, Object, Verb};
use dugri_core::{ChangeId, PageId, PersonId, PublicId, Time};
use dugri_store::changes::{self, ChangeRow};
use dugri_store::files::FileRow;
pub use dugri_store::kinds::{KindField, KindRow};
use dugri_store::names::{self, PersonName};
use dugri_store::pages::{self, Page, PageLine};
use dugri_store::publications::{self, PublicationRow, VerificationRow};
use dugri_store::revisions::{self, Content, RevisionRow};
use dugri_store::topics;
use dugri_store::{Db, files, kinds, links};
use dugri_text::Rendered;

pub use dugri_store::pages::InSpace;
pub use dugri_store::topics::TopicRow;

pub use editing::{Choices, EditStart, choices, owner_email, start_edit};
pub(crate) use lists::listed;
pub use lists::{Listed, list, list_changed, list_drafts};

use crate::render::{self, Place};
use crate::{Actor, App, Error};

/// Which text of a page is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// What readers get now.
    Published(PublicationRow),
    /// An older publication; `newest` is what readers get now.
    Version {
        /// What is shown.
        publication: PublicationRow,
        /// What readers get now, if the page is still published.
        newest: Option<PublicationRow>,
    },
    /// The newest save of a pending change, or of a page that was never published.
    Change {
        /// The change.
        change: ChangeRow,
        /// Who began it.
        author: PersonName,
    },
}

/// What the reader may do with a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageRights {
    /// See drafts and pending changes.
    pub pending: bool,
    /// Save a revision.
    pub propose: bool,
    /// Publish.
    pub publish: bool,
    /// Verify and supersede.
    pub verify: bool,
    /// Archive and change owner, audience and kind.
    pub manage: bool,
    /// See and work on the reports about it.
    pub triage: bool,
}

/// A pending change beside a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLine {
    /// The change.
    pub change: ChangeRow,
    /// Who began it.
    pub author: PersonName,
    /// Its newest save.
    pub newest: RevisionRow,
}

/// A page as it is read.
#[derive(Debug, Clone)]
pub struct PageRead {
    /// The page.
    pub page: Page,
    /// Which text it is.
    pub shown: Shown,
    /// The revision shown.
    pub revision: RevisionRow,
    /// What it says.
    pub content: Content,
    /// Its text as HTML for this reader.
    pub rendered: Rendered,
    /// Who wrote the revision.
    pub author: PersonName,
    /// Who published it, if it is published.
    pub publisher: Option<PersonName>,
    /// Who answers for the page.
    pub owner: Option<PersonName>,
    /// The badge.
    pub badge: Badge,
    /// The last verification and who made it.
    pub verified: Option<(VerificationRow, PersonName)>,
    /// The next check.
    pub next_check: Option<Time>,
    /// The kind's fields with their values, those with one only.
    pub fields: Vec<(KindField, String)>,
    /// The topics.
    pub topics: Vec<TopicRow>,
    /// The files that the text uses.
    pub files: Vec<FileRow>,
    /// The pages that link here.
    pub backlinks: Vec<PageLine>,
    /// What replaced it, if the reader may read that.
    pub successor: Option<PageLine>,
    /// Whether it became part of its successor: who comes to its address is led there.
    pub merged: bool,
    /// Pending changes, for those who may see them.
    pub pending: Vec<PendingLine>,
    /// What the reader may do.
    pub rights: PageRights,
    /// When what readers get changes by itself next (a schedule, an expiry): a cache must not outlive it.
    pub valid_until: Option<Time>,
}

/// The object that policy decides about.
pub(crate) fn object(page: &Page) -> Object {
    Object::Page {
        space: page.space.id,
        policy: page.space.policy,
        published: page.published.is_some(),
    }
}

/// What the actor may do with the page.
pub(crate) fn rights(actor: &Actor, page: &Page) -> PageRights {
    let may = |verb| policy::may(&actor.access, verb, object(page));
    PageRights {
        pending: may(Verb::ReadPending),
        propose: may(Verb::Propose),
        publish: may(Verb::Publish),
        verify: may(Verb::Verify),
        manage: may(Verb::Manage),
        triage: policy::may(
            &actor.access,
            Verb::Triage,
            Object::Space(page.space.id, page.space.policy),
        ),
    }
}

/// Loads a page for somebody who wants to do `verb` to it: 'not found' where it may not be known of.
pub(crate) fn load(db: &mut Db, actor: &Actor, id: &PublicId, verb: Verb, now: Time) -> Result<Page, Error> {
    let page = pages::find(db, &actor.access, id, now)?.ok_or(Error::NotFound)?;
    if policy::may(&actor.access, verb, object(&page)) {
        Ok(page)
    } else {
        Err(Error::Forbidden)
    }
}

/// Reads what readers get of a page; of a page that was never published, its newest save.
pub fn read(app: &App, actor: &Actor, id: &PublicId) -> Result<PageRead, Error> {
    let now = app.now();
    in_read(app, |db| {
        let page = load(db, actor, id, Verb::Read, now)?;
        if let Some(publication) = page.published.clone() {
            let revision = revisions::find(db, page.row.id, publication.revision_id)?
                .ok_or_else(|| Error::internal("a publication without its revision"))?;
            return complete(db, actor, page, Shown::Published(publication), revision, now);
        }
        // A page whose publication has expired has no pending change, but contributors may still read its newest save.
        let newest = revisions::newest(db, page.row.id)?.ok_or(Error::NotFound)?;
        let shown = match newest.change_id {
            Some(change) => match changes::find(db, page.row.id, change)? {
                Some((change, author)) => Shown::Change { change, author },
                None => return Err(Error::NotFound),
            },
            None => {
                let last = publications::list(db, page.row.id, now)?.into_iter().next();
                let (publication, _, _) = last.ok_or(Error::NotFound)?;
                Shown::Version {
                    publication,
                    newest: None,
                }
            }
        };
        complete(db, actor, page, shown, newest, now)
    })
}

/// Reads `vN` of a page.
pub fn read_version(app: &App, actor: &Actor, id: &PublicId, number: i64) -> Result<PageRead, Error> {
    let now = app.now();
    in_read(app, |db| {
        let page = load(db, actor, id, Verb::Read, now)?;
        let publication = publications::numbered(db, page.row.id, number, now)?.ok_or(Error::NotFound)?;
        let revision = revisions::find(db, page.row.id, publication.revision_id)?.ok_or(Error::NotFound)?;
        let newest = page.published.clone();
        let shown = match &newest {
            Some(now_published) if now_published.number == number => Shown::Published(publication),
            _ => Shown::Version { publication, newest },
        };
        complete(db, actor, page, shown, revision, now)
    })
}

/// Reads the newest save of a pending change.
pub fn read_change(app: &App, actor: &Actor, id: &PublicId, change: ChangeId) -> Result<PageRead, Error> {
    let now = app.now();
    in_read(app, |db| {
        let page = pages::find(db, &actor.access, id, now)?.ok_or(Error::NotFound)?;
        // Whether a change exists is nothing that a reader may learn.
        if !policy::may(&actor.access, Verb::ReadPending, object(&page)) {
            return Err(Error::NotFound);
        }
        let (change, author) = changes::find(db, page.row.id, change)?.ok_or(Error::NotFound)?;
        let newest = revisions::newest_of_change(db, page.row.id, change.id)?.ok_or(Error::NotFound)?;
        complete(db, actor, page, Shown::Change { change, author }, newest, now)
    })
}

/// Runs a read whose closure speaks of use cases' errors.
pub(crate) fn in_read<T>(app: &App, f: impl FnOnce(&mut Db) -> Result<T, Error>) -> Result<T, Error> {
    app.store().read(|db| Ok(f(db)))?
}

fn complete(
    db: &mut Db,
    actor: &Actor,
    page: Page,
    shown: Shown,
    revision: RevisionRow,
    now: Time,
) -> Result<PageRead, Error> {
    let rights = rights(actor, &page);
    let content = revisions::content(db, &revision)?;
    let place = Place::Revision {
        page: &page,
        revision: revision.id,
        shown: &shown,
    };
    let rendered = render::for_reader(db, actor, &content.body, place, now)?;
    let verified = publications::verifications(db, &[page.row.id])?.pop();
    let next_check = next_check(&page, verified.as_ref().map(|(row, _)| row));
    let publisher = match &shown {
        Shown::Published(publication) | Shown::Version { publication, .. } => Some(publication.published_by),
        Shown::Change { .. } => None,
    };
    let people: Vec<_> = [Some(revision.author_id), publisher, page.row.owner_id]
        .into_iter()
        .flatten()
        .collect();
    let people = names::people(db, &people)?;
    let name = |id: Option<PersonId>| id.and_then(|id| people.get(&id).cloned());
    let author =
        name(Some(revision.author_id)).ok_or_else(|| Error::internal("a revision without its author"))?;
    let (publisher, owner) = (name(publisher), name(page.row.owner_id));
    let fields = kinds::find(db, &page.kind.slug)?
        .map(|kind| kind.field_list())
        .transpose()?
        .unwrap_or_default()
        .into_iter()
        .filter_map(|field| {
            let value = content
                .fields
                .get(&field.name)
                .filter(|value| !value.is_empty())?
                .clone();
            Some((field, value))
        })
        .collect();
    Ok(PageRead {
        badge: badge(&page, next_check, now),
        topics: topics::of_revisions(db, &[revision.id])?
            .remove(&revision.id)
            .unwrap_or_default(),
        files: files::of_revision(db, revision.id)?,
        backlinks: links::backlinks(db, &actor.access, page.row.id, now)?,
        merged: page.row.successor_id.is_some()
            && dugri_store::steps::merged_into(db, page.row.id)? == page.row.successor_id,
        successor: match page.row.successor_id {
            Some(id) => pages::line(db, &actor.access, id, now)?,
            None => None,
        },
        pending: if rights.pending {
            pending(db, page.row.id)?
        } else {
            Vec::new()
        },
        valid_until: valid_until(db, page.row.id, now)?,
        verified,
        next_check,
        owner,
        author,
        publisher,
        fields,
        rendered,
        content,
        revision,
        shown,
        rights,
        page,
    })
}

fn pending(db: &mut Db, page: PageId) -> Result<Vec<PendingLine>, Error> {
    let mut lines = Vec::new();
    for (change, author) in changes::list_open(db, page)? {
        if let Some(newest) = revisions::newest_of_change(db, page, change.id)? {
            lines.push(PendingLine {
                change,
                author,
                newest,
            });
        }
    }
    Ok(lines)
}

fn valid_until(db: &mut Db, page: PageId, now: Time) -> Result<Option<Time>, Error> {
    Ok(publications::list_unfiltered(db, page)?
        .into_iter()
        .flat_map(|publication| [Some(publication.from_at), publication.until_at])
        .flatten()
        .filter(|at| *at > now)
        .min())
}

/// The next check: the end of the last verification, else the publication plus the kind's review period.
fn next_check(page: &Page, verified: Option<&VerificationRow>) -> Option<Time> {
    let published = page.published.as_ref()?;
    check_after(published.from_at, page.kind.review_days, verified)
}

fn check_after(
    published: Time,
    review_days: Option<i32>,
    verified: Option<&VerificationRow>,
) -> Option<Time> {
    match verified {
        Some(row) => Some(row.until),
        None => review_days.map(|days| published + chrono::Duration::days(days.into())),
    }
}

fn badge(page: &Page, next_check: Option<Time>, now: Time) -> Badge {
    currency::badge(page.state(), false, next_check, now)
}
