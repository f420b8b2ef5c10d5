//! Drafts: what somebody is writing is kept by the server while it is written; and who else has the page open.
//!
//! A draft is its writer's alone and goes away only by being saved as a revision, or by being given up, which can be
//! taken back for a while. It outlives the right to edit its page: the text is the writer's. Nothing here is a lock.

mod presence;

use std::collections::BTreeMap;

use chrono::Duration;
use dugri_core::pages::BODY_BYTES_MAX;
use dugri_core::policy::{self, Verb};
use dugri_core::{ChangeId, PageId, PublicId, RevisionId, Role, Time};
use dugri_store::drafts::{self, DraftRow, NewDraft};
use dugri_store::pages::Page;
use dugri_store::{Chore, Db, Error as StoreError, pages};

pub use self::presence::{Moved, Presence, beat, leave};
use crate::pages::{in_read, load, object};
use crate::{Actor, App, Conflict, Error, FieldError};

/// The fields of a form by name, as a browser would send them.
pub type Form = BTreeMap<String, String>;

/// The largest draft: the largest text and some room for the other fields.
pub const DRAFT_BYTES_MAX: usize = BODY_BYTES_MAX + (256 << 10);
/// How many drafts one person may keep at once: far more than anybody writes, and a bound for a script that runs wild.
const DRAFTS_MAX: i64 = 200;
/// The longest key, and the longest name of a tab.
const KEY_CHARS_MAX: usize = 100;
/// How long a draft that was given up can be taken back.
pub const KEPT_DAYS: i64 = 30;
/// A draft to keep.
#[derive(Debug, Clone)]
pub struct DraftSave {
    /// The key: the client id that the save will carry.
    pub key: String,
    /// The page; none where it does not exist yet.
    pub page: Option<PublicId>,
    /// The revision that the writer began from.
    pub base: Option<RevisionId>,
    /// The pending change that it goes on with.
    pub change: Option<ChangeId>,
    /// The version that the writer knows; 0 for a new one.
    pub version: i64,
    /// The tab that writes.
    pub tab: String,
    /// The fields of the form.
    pub form: Form,
}

/// What came of keeping a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its version now.
    pub version: i64,
    /// When it was kept.
    pub saved_at: Time,
    /// What its page says to that.
    pub standing: Standing,
}

/// Whether what is written can be saved on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Open,
    /// It can, but the page is in the archive.
    Archived,
    /// The page may be read and no longer edited.
    Forbidden,
    /// The page does not exist, or not for this person.
    Gone,
}

impl Standing {
    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Archived => "archived",
            Standing::Forbidden => "forbidden",
            Standing::Gone => "gone",
        }
    }
}

/// A draft with what it belongs to.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its key.
    pub key: String,
    /// Its version.
    pub version: i64,
    /// The fields of the form.
    pub form: Form,
    /// The revision that it began from.
    pub base: Option<RevisionId>,
    /// The pending change that it goes on with.
    pub change: Option<ChangeId>,
    /// When it was last kept.
    pub saved_at: Time,
    /// When it was given up.
    pub discarded_at: Option<Time>,
    /// Whether it is of a page that does not exist yet.
    pub is_new: bool,
    /// The page, where its writer may know of it.
    pub page: Option<Page>,
    /// What the page says to it.
    pub standing: Standing,
}

impl Draft {
    /// A field of the form; empty where it is not there.
    pub fn field(&self, name: &str) -> &str {
        self.form.get(name).map_or("", String::as_str)
    }
}

/// Keeps a draft. It is on the disk when this returns.
///
/// # Errors
/// `Conflict` where another tab has written it meanwhile, or where its save is done: then nothing is kept.
pub fn save(app: &App, actor: &Actor, draft: DraftSave) -> Result<Kept, Error> {
    let now = app.now();
    check(&draft)?;
    let form = serde_json::to_string(&draft.form).map_err(Error::internal)?;
    if form.len() > DRAFT_BYTES_MAX {
        return Err(Error::Invalid(vec![
            FieldError::new("form", "error-too-large").with("max", DRAFT_BYTES_MAX),
        ]));
    }
    let actor = actor.clone();
    app.store().housekeep(Chore::Drafts, move |tx| {
        let me = actor.person();
        if drafts::is_saved(tx, me, &draft.key)? {
            return Err(Error::Conflict(Conflict::DraftSaved));
        }
        let known = drafts::find(tx, me, &draft.key)?;
        if let Some(known) = &known
            && known.version != draft.version
            && known.tab != draft.tab
        {
            return Err(Error::Conflict(Conflict::DraftMoved {
                version: known.version,
                saved_at: known.saved_at,
            }));
        }
        let (page, standing) = match &known {
            Some(known) => (known.page_id, standing_of(tx, &actor, known.page_id, now)?.1),
            None => begun(tx, &actor, draft.page.as_ref(), now)?,
        };
        let new = NewDraft {
            client_id: draft.key,
            page,
            base: draft.base,
            change: draft.change,
            tab: draft.tab,
            form,
        };
        Ok(Kept {
            version: drafts::put(tx, me, &new, now)?,
            saved_at: now,
            standing,
        })
    })
}

fn check(draft: &DraftSave) -> Result<(), Error> {
    let is_name = |text: &str| {
        (1..=KEY_CHARS_MAX).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    if !is_name(&draft.key) {
        return Err(Error::field("key", "error-draft-key"));
    }
    if !is_name(&draft.tab) {
        return Err(Error::field("tab", "error-draft-key"));
    }
    let nul = |text: &String| text.contains('\0');
    if draft.form.iter().any(|(name, value)| nul(name) || nul(value)) {
        return Err(Error::field("form", "error-control-characters"));
    }
    Ok(())
}

/// A draft begins where its writer may save; it goes on wherever it was begun.
fn begun(
    db: &mut Db,
    actor: &Actor,
    page: Option<&PublicId>,
    now: Time,
) -> Result<(Option<PageId>, Standing), Error> {
    if drafts::count(db, actor.person())? >= DRAFTS_MAX {
        return Err(Error::Invalid(vec![
            FieldError::new("key", "error-too-many").with("max", DRAFTS_MAX),
        ]));
    }
    let Some(id) = page else {
        return if actor.access.anywhere(Role::Contributor) {
            Ok((None, Standing::Open))
        } else {
            Err(Error::Forbidden)
        };
    };
    let page = load(db, actor, id, Verb::Propose, now)?;
    Ok((Some(page.row.id), standing(actor, Some(&page))))
}

fn standing(actor: &Actor, page: Option<&Page>) -> Standing {
    match page {
        None => Standing::Gone,
        Some(page) if !policy::may(&actor.access, Verb::Propose, object(page)) => Standing::Forbidden,
        Some(page) if page.row.archived_at.is_some() => Standing::Archived,
        Some(_) => Standing::Open,
    }
}

fn standing_of(
    db: &mut Db,
    actor: &Actor,
    page: Option<PageId>,
    now: Time,
) -> Result<(Option<Page>, Standing), StoreError> {
    let Some(id) = page else {
        let standing = if actor.access.anywhere(Role::Contributor) {
            Standing::Open
        } else {
            Standing::Forbidden
        };
        return Ok((None, standing));
    };
    let page = pages::find_by_key(db, &actor.access, id, now)?;
    let standing = standing(actor, page.as_ref());
    Ok((page, standing))
}

fn complete(db: &mut Db, actor: &Actor, row: DraftRow, now: Time) -> Result<Draft, Error> {
    let (page, standing) = standing_of(db, actor, row.page_id, now)?;
    Ok(Draft {
        form: serde_json::from_str(&row.form).map_err(Error::internal)?,
        is_new: row.page_id.is_none(),
        key: row.client_id,
        version: row.version,
        base: row.base_revision_id,
        change: row.change_id,
        saved_at: row.saved_at,
        discarded_at: row.discarded_at,
        page,
        standing,
    })
}

/// All own drafts, the last kept first; those given up too.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<Draft>, Error> {
    let now = app.now();
    in_read(app, |db| {
        let rows = drafts::list(db, actor.person())?;
        rows.into_iter()
            .map(|row| complete(db, actor, row, now))
            .collect()
    })
}

/// An own draft.
pub fn read(app: &App, actor: &Actor, key: &str) -> Result<Draft, Error> {
    let now = app.now();
    in_read(app, |db| {
        let row = drafts::find(db, actor.person(), key)?.ok_or(Error::NotFound)?;
        complete(db, actor, row, now)
    })
}

/// The own drafts of a page, the last kept first, without those given up and those that say what the page says.
pub fn of_page(app: &App, actor: &Actor, page: PageId) -> Result<Vec<Draft>, Error> {
    let now = app.now();
    in_read(app, |db| {
        let mut found = Vec::new();
        for row in drafts::list_of_page(db, actor.person(), page)? {
            if !drafts::is_saved(db, actor.person(), &row.client_id)? {
                found.push(complete(db, actor, row, now)?);
            }
        }
        Ok(found)
    })
}

/// Gives a draft up. It can be put back for some weeks.
pub fn discard(app: &App, actor: &Actor, key: &str) -> Result<(), Error> {
    set_discarded(app, actor, key, Some(app.now()))
}

/// Takes back that a draft was given up.
pub fn put_back(app: &App, actor: &Actor, key: &str) -> Result<(), Error> {
    set_discarded(app, actor, key, None)
}

fn set_discarded(app: &App, actor: &Actor, key: &str, discarded: Option<Time>) -> Result<(), Error> {
    let (me, key) = (actor.person(), key.to_owned());
    app.store().housekeep(Chore::Drafts, move |tx| {
        if drafts::set_discarded(tx, me, &key, discarded)? {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    })
}

/// Takes the draft of a save that is done away. That the save is done matters more: a failure is only logged, and a
/// draft whose save is known is offered no more anyway.
pub(crate) fn finish(app: &App, actor: &Actor, key: Option<&str>) {
    let Some(key) = key.map(str::to_owned) else { return };
    let me = actor.person();
    let done = app
        .store()
        .housekeep(Chore::Drafts, move |tx| drafts::finish(tx, me, &key));
    if let Err(error) = done {
        let error: StoreError = error;
        tracing::warn!(%error, "the draft of a save stays");
    }
}

/// Sweeps what was given up long ago, and old signs of life.
pub fn sweep(app: &App) -> Result<(), Error> {
    let before = app.now() - Duration::days(KEPT_DAYS);
    app.store()
        .housekeep(Chore::Drafts, move |tx| drafts::sweep(tx, before))
        .map(|_: usize| ())
        .map_err(|error: StoreError| error.into())
}
