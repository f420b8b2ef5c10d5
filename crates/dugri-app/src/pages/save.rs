//! Saving: new pages and new revisions. A save names its base revision; what moved on meanwhile is merged by block, and
//! where that can't be done all three texts come back and nothing is written. The same content is never a conflict.

use std::collections::BTreeMap;

use dugri_core::pages::{Audience, ChangeState};
use dugri_core::policy::{self, Object, Verb};
use dugri_core::{ChangeId, Event, IntelId, Language, PageId, PersonId, PublicId, RevisionId, Role, Time};
use dugri_store::pages::{NewPage, Page};
use dugri_store::revisions::RevisionRow;
use dugri_store::{Db, Tx, changes, kinds, pages, revisions, spaces};
use dugri_text::links::slug;

use super::check::check;
use super::compose::{how, publishes, store_revision};
use super::life;
use super::merge::merged;
use super::publish;
use crate::{Actor, App, Conflict, Error, drafts};

/// What a writer wrote.
#[derive(Debug, Clone, Default)]
pub struct PageText {
    /// The title.
    pub title: String,
    /// The key message.
    pub key_message: String,
    /// The Markdown.
    pub body: String,
    /// The fields of the kind.
    pub fields: BTreeMap<String, String>,
    /// The topics by slug, name or alias.
    pub topics: Vec<String>,
    /// Why it changed.
    pub summary: String,
    /// Whether readers need not be told.
    pub minor: bool,
    /// The reports that caused it.
    pub cites: Vec<IntelId>,
    /// Whether it changes materially what older copies say.
    pub material: bool,
    /// Save only; don't publish even where a save would.
    pub keep_pending: bool,
    /// The client's own id of this request: the key of its draft, too.
    pub client_id: Option<String>,
    /// Whether a browser's form sent the text, which makes all line ends the same.
    pub typed: bool,
    /// Whether a publication by this save counts as a check of the whole page.
    pub verify: bool,
}

/// An edit of a page.
#[derive(Debug, Clone)]
pub struct PageEdit {
    /// What was written.
    pub text: PageText,
    /// The revision that the writer began from.
    pub base: RevisionId,
    /// The pending change that the edit goes on with.
    pub change: Option<ChangeId>,
    /// Refuse instead of merging when the base is not the newest (`If-Match`).
    pub exact_base: bool,
}

/// A page to begin.
#[derive(Debug, Clone)]
pub struct PageStart {
    /// The space by slug.
    pub space: String,
    /// The kind by slug.
    pub kind: String,
    /// The language; the space's where it is not said.
    pub language: Option<Language>,
    /// For whom it is cleared.
    pub audience: Audience,
    /// What was written.
    pub text: PageText,
}

/// What came of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The page's permanent id.
    pub page: PublicId,
    /// The readable end of its address.
    pub slug: String,
    /// The newest revision, saved now or before.
    pub revision: RevisionId,
    /// The pending change that it belongs to, unless it is published.
    pub change: Option<ChangeId>,
    /// The number, if it was published.
    pub number: Option<i64>,
    /// Whether somebody else's changes were merged in.
    pub merged: bool,
    /// Whether there was nothing to save.
    pub unchanged: bool,
}

/// Begins a page.
pub fn create(app: &App, actor: &Actor, start: PageStart) -> Result<Saved, Error> {
    let now = app.now();
    let draft = start.text.client_id.clone();
    let writer = actor.clone();
    let saved = app.store().write(move |tx| {
        let actor = writer;
        if let Some(client_id) = &start.text.client_id
            && let Some(page) = pages::by_client_id(tx, actor.person(), client_id)?
        {
            return begun_already(tx, &actor, page, start.text, now);
        }
        let space = spaces::find(tx, &actor.access, &start.space)?
            .ok_or_else(|| Error::field("space", "error-unknown-space"))?;
        if !actor.access.has(space.id, Role::Contributor) {
            return Err(Error::Forbidden);
        }
        let kind = kinds::find(tx, &start.kind)?.ok_or_else(|| Error::field("kind", "error-unknown-kind"))?;
        let (content, mut errors) = check(tx, &start.text, None)?;
        errors.retain(|error| error.field != "summary");
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let id = pages::add(
            tx,
            &NewPage {
                public_id: PublicId::random(),
                space: space.id,
                kind: kind.id,
                slug: slug(&content.title),
                language: start.language.unwrap_or(space.language),
                audience: start.audience,
                owner: Some(actor.person()),
                owner_group: None,
                views_baseline: 0,
                created_by: actor.person(),
                created_at: now,
                client_id: start.text.client_id.clone(),
            },
        )?;
        tx.record(
            Some(actor.person()),
            now,
            Event::PageAdded {
                page: id,
                space: space.id,
            },
        )?;
        let page =
            pages::find_unfiltered(tx, id, now)?.ok_or_else(|| Error::internal("no page after adding it"))?;
        let text = PageText {
            client_id: None,
            ..start.text
        };
        store_revision(tx, &actor, &page, None, None, content, &text, now)
    })?;
    drafts::finish(app, actor, draft.as_deref());
    Ok(saved)
}

/// Saves an edit of a page.
pub fn save(app: &App, actor: &Actor, id: &PublicId, edit: PageEdit) -> Result<Saved, Error> {
    let now = app.now();
    let draft = edit.text.client_id.clone();
    let (writer, id) = (actor.clone(), id.clone());
    let saved = app.store().write(move |tx| {
        let (actor, mut edit) = (writer, edit);
        if let Some(client_id) = &edit.text.client_id
            && let Some((page, known)) = revisions::by_client_id(tx, actor.person(), client_id)?
        {
            if says_the_same(tx, page, known, &edit)? {
                tx.unchanged();
                return repeat(tx, &actor, page, now);
            }
            // 'Back' brings the form of a done save again, with its key. What was written in it since is a save of its own.
            edit.text.client_id = None;
        }
        let page = super::load(tx, &actor, &id, Verb::Propose, now)?;
        save_in(tx, &actor, &page, &edit, now)
    })?;
    drafts::finish(app, actor, draft.as_deref());
    Ok(saved)
}

fn save_in(tx: &mut Tx, actor: &Actor, page: &Page, edit: &PageEdit, now: Time) -> Result<Saved, Error> {
    let base = revisions::find(tx, page.row.id, edit.base)?
        .ok_or_else(|| Error::field("base_revision", "error-unknown-revision"))?;
    let change = match edit.change {
        Some(change) => Some(change),
        None => open_change_of(tx, page, &base)?,
    };
    let head = head(tx, page, change)?;
    let before = revisions::content(tx, &base)?;
    let (mine, errors) = check(tx, &edit.text, Some(&before))?;
    if mine.digest() == head.digest {
        return nothing_to_save(tx, actor, page, &head, edit, now);
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let stale = head.id != base.id && head.digest != base.digest;
    if stale && edit.exact_base {
        return Err(Error::Conflict(Conflict::Stale { head: head.id.0 }));
    }
    let content = if stale {
        let theirs = revisions::content(tx, &head)?;
        merged(before, mine, theirs, &head)?
    } else {
        mine
    };
    if content.digest() == head.digest {
        return nothing_to_save(tx, actor, page, &head, edit, now);
    }
    let saved = store_revision(tx, actor, page, change, Some(&head), content, &edit.text, now)?;
    Ok(Saved {
        merged: stale,
        ..saved
    })
}

/// The form that began a page was sent once more. With the same words it is the same request; what was written in it since
/// ('Back' brings it again) is an edit of the page, from the text that it began with.
fn begun_already(
    tx: &mut Tx,
    actor: &Actor,
    page: PageId,
    text: PageText,
    now: Time,
) -> Result<Saved, Error> {
    let first = revisions::first(tx, page)?.ok_or_else(|| Error::internal("a page without revisions"))?;
    let (written, _) = check(tx, &text, None)?;
    if written.digest() == first.digest {
        tx.unchanged();
        return repeat(tx, actor, page, now);
    }
    let page = pages::find_by_key(tx, &actor.access, page, now)?.ok_or(Error::NotFound)?;
    if !policy::may(&actor.access, Verb::Propose, super::object(&page)) {
        return Err(Error::Forbidden);
    }
    let edit = PageEdit {
        text: PageText {
            client_id: None,
            // A page that begins needs no reason; its readers have just been told of it.
            minor: text.minor || text.summary.trim().is_empty(),
            ..text
        },
        base: first.id,
        change: None,
        exact_base: false,
    };
    save_in(tx, actor, &page, &edit, now)
}

/// The open change that a revision belongs to: what goes on from there goes on with it.
pub(crate) fn open_change_of(
    db: &mut Db,
    page: &Page,
    base: &RevisionRow,
) -> Result<Option<ChangeId>, Error> {
    let open = changes::list_open(db, page.row.id)?;
    Ok(base
        .change_id
        .filter(|change| open.iter().any(|(row, _)| row.id == *change)))
}

/// Whether a request is the one again of which this revision came.
fn says_the_same(db: &mut Db, page: PageId, known: RevisionId, edit: &PageEdit) -> Result<bool, Error> {
    let (Some(known), Some(base)) = (
        revisions::find(db, page, known)?,
        revisions::find(db, page, edit.base)?,
    ) else {
        return Ok(true);
    };
    let before = revisions::content(db, &base)?;
    let (mine, _) = check(db, &edit.text, Some(&before))?;
    Ok(mine.digest() == known.digest)
}

/// The same answer to a repeated request.
fn repeat(tx: &mut Tx, actor: &Actor, page: PageId, now: Time) -> Result<Saved, Error> {
    let page = pages::find_by_key(tx, &actor.access, page, now)?.ok_or(Error::NotFound)?;
    let newest = revisions::newest(tx, page.row.id)?.ok_or(Error::NotFound)?;
    let published = page
        .published
        .as_ref()
        .filter(|published| published.revision_id == newest.id);
    Ok(Saved {
        slug: page.row.slug.clone(),
        revision: newest.id,
        change: newest.change_id.filter(|_| published.is_none()),
        number: published.map(|published| published.number),
        merged: false,
        unchanged: true,
        page: page.row.public_id,
    })
}

/// The revision that a save continues: the change's newest, else the published one, else the newest draft.
pub(crate) fn head(db: &mut Db, page: &Page, change: Option<ChangeId>) -> Result<RevisionRow, Error> {
    let head = match (change, &page.published) {
        (Some(change), _) => {
            let (row, _) = changes::find(db, page.row.id, change)?.ok_or(Error::NotFound)?;
            if row.state != ChangeState::Open {
                return Err(Error::state(row.state));
            }
            revisions::newest_of_change(db, page.row.id, change)?
        }
        (None, Some(publication)) => revisions::find(db, page.row.id, publication.revision_id)?,
        (None, None) => revisions::newest(db, page.row.id)?,
    };
    head.ok_or_else(|| Error::internal("a page without revisions"))
}

/// The newest text says the same already. Where it only waits for publication and this save would publish, it is published.
fn nothing_to_save(
    tx: &mut Tx,
    actor: &Actor,
    page: &Page,
    head: &RevisionRow,
    edit: &PageEdit,
    now: Time,
) -> Result<Saved, Error> {
    let published = page
        .published
        .as_ref()
        .filter(|publication| publication.revision_id == head.id);
    let change = head.change_id.filter(|_| published.is_none());
    let mut saved = Saved {
        page: page.row.public_id.clone(),
        slug: page.row.slug.clone(),
        revision: head.id,
        change,
        number: published.map(|publication| publication.number),
        merged: false,
        unchanged: true,
    };
    if change.is_some() && publishes(actor, page, &edit.text) {
        let done = publish::now(tx, actor, page, head, &how(&edit.text), now)?;
        life::count_as_check(tx, actor, page, head.id, &how(&edit.text), now)?;
        saved.number = Some(done.number);
        saved.slug = done.slug;
        saved.change = None;
    } else {
        tx.unchanged();
    }
    Ok(saved)
}

/// The object of a change, for policy.
pub(super) fn change_object(page: &Page, author: PersonId) -> Object {
    Object::Change {
        space: page.space.id,
        policy: page.space.policy,
        author,
    }
}
