//! What is done to a page as a whole: written down with what it was before, and shown in the history.

use dugri_core::pages::StepKind;
use dugri_core::policy::Verb;
use dugri_core::{ChangeId, FileId, PageId, PublicId, RevisionId, SpaceId, StepId, Time};
use dugri_store::names::PersonName;
use dugri_store::pages::{self, Name, Page};
use dugri_store::revisions;
use dugri_store::steps::{self, NewStep, StepRow};
use dugri_store::{Db, Tx, links, spaces};
use dugri_text::links::fold_title;
use serde::{Deserialize, Serialize};

use super::undo::refused;
use crate::{Actor, App, Error};

/// What came of something that was done to a page as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stepped {
    /// The page's permanent id.
    pub page: PublicId,
    /// The readable end of its address.
    pub slug: String,
    /// What can be undone; nothing where nothing changed, or where it waits as a change.
    pub step: Option<StepId>,
    /// The change that waits for a publisher.
    pub change: Option<ChangeId>,
    /// The other page: what it became part of, or what was split off.
    pub other: Option<Named>,
}

/// A page by what people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its permanent id.
    pub id: PublicId,
    /// The readable end of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
}

/// A step in a history.
#[derive(Debug, Clone)]
pub struct Step {
    /// What was done.
    pub row: StepRow,
    /// Who did it.
    pub by: PersonName,
    /// The page it was done to.
    pub page: Named,
    /// The other page, if there is one and the reader may know of it.
    pub other: Option<Named>,
    /// Where it came from and went to, for a move between spaces that the reader may read.
    pub spaces: Option<(String, String)>,
    /// What it was called before.
    pub formerly: Option<String>,
    /// Whether the reader may undo it now.
    pub may_undo: bool,
}

/// A text that a step made: the revision, the one before it, and the change that it waits in.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Made {
    pub(super) revision: RevisionId,
    pub(super) before: RevisionId,
    pub(super) change: Option<ChangeId>,
}

/// What a page was before a step. Rows that exist must stay readable for ever.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(super) enum Before {
    Renamed {
        title: String,
        slug: String,
        now_title: String,
        now_slug: String,
    },
    Moved {
        from: SpaceId,
        to: SpaceId,
        slug: String,
        files: Vec<FileId>,
    },
    Archived {
        archived: bool,
    },
    Merged {
        names: Vec<Name>,
        successor: Option<PageId>,
        made: Option<Made>,
    },
    Split {
        made: Made,
        part_revision: RevisionId,
    },
}

impl Before {
    pub(super) fn read(row: &StepRow) -> Result<Before, Error> {
        serde_json::from_str(&row.data).map_err(Error::internal)
    }

    fn kind(&self) -> StepKind {
        match self {
            Before::Renamed { .. } => StepKind::Renamed,
            Before::Moved { .. } => StepKind::Moved,
            Before::Archived { archived: true } => StepKind::Archived,
            Before::Archived { archived: false } => StepKind::Unarchived,
            Before::Merged { .. } => StepKind::Merged,
            Before::Split { .. } => StepKind::Split,
        }
    }
}

/// Writes down what was done to a page.
pub(super) fn note(
    tx: &mut Tx,
    actor: &Actor,
    page: PageId,
    other: Option<PageId>,
    before: &Before,
    now: Time,
) -> Result<StepId, Error> {
    Ok(steps::add(
        tx,
        &NewStep {
            page,
            kind: before.kind(),
            other,
            by: actor.person(),
            at: now,
            data: serde_json::to_string(before).map_err(Error::internal)?,
        },
    )?)
}

/// A page by id, by an address that holds one, or by a name of it.
pub(crate) fn meant(db: &mut Db, actor: &Actor, written: &str, now: Time) -> Result<Option<Page>, Error> {
    let written = written.trim();
    let in_address = written
        .split_once("/p/")
        .map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    if let Some(id) = PublicId::parse(in_address.unwrap_or(written)) {
        return Ok(pages::find(db, &actor.access, &id, now)?);
    }
    match links::named_unfiltered(db, &fold_title(written))? {
        Some(key) => Ok(pages::find_by_key(db, &actor.access, key, now)?),
        None => Ok(None),
    }
}

/// A page by its newest title, as far as the reader may know of it.
pub(crate) fn named(db: &mut Db, actor: &Actor, page: PageId, now: Time) -> Result<Option<Named>, Error> {
    let Some(page) = pages::find_by_key(db, &actor.access, page, now)? else {
        return Ok(None);
    };
    Ok(Some(name_of(db, &page)?))
}

pub(super) fn name_of(db: &mut Db, page: &Page) -> Result<Named, Error> {
    let row = match &page.published {
        Some(publication) => revisions::find(db, page.row.id, publication.revision_id)?,
        None => revisions::newest(db, page.row.id)?,
    };
    Ok(Named {
        id: page.row.public_id.clone(),
        slug: page.row.slug.clone(),
        title: row.map(|row| row.title).unwrap_or_default(),
    })
}

/// The steps of a page as its history shows them, newest first. Only those that readers can see the effect of are shown
/// to readers; what was undone stays, and says so.
pub(crate) fn of_page(db: &mut Db, actor: &Actor, page: &Page, now: Time) -> Result<Vec<Step>, Error> {
    let mut shown = Vec::new();
    for (row, by) in steps::list(db, page.row.id)? {
        let Some(subject) = pages::find_by_key(db, &actor.access, row.page_id, now)? else {
            continue;
        };
        let other = match row.other_id {
            Some(other) => named(db, actor, other, now)?,
            None => None,
        };
        // A section that waits to become a page is nothing that a reader may know of.
        if row.kind == StepKind::Split && other.is_none() {
            continue;
        }
        let before = Before::read(&row)?;
        let mut step = Step {
            page: name_of(db, &subject)?,
            other,
            spaces: None,
            formerly: None,
            may_undo: refused(db, actor, &subject, &row, &before, now)?.is_none(),
            row,
            by,
        };
        match before {
            Before::Moved { from, to, .. } => {
                let from = spaces::get(db, &actor.access, from)?;
                let to = spaces::get(db, &actor.access, to)?;
                let name = |space: spaces::SpaceRow| space.name_in(actor.language).to_owned();
                step.spaces = from.zip(to).map(|(from, to)| (name(from), name(to)));
            }
            Before::Renamed { title, .. } => step.formerly = Some(title),
            _ => {}
        }
        shown.push(step);
    }
    Ok(shown)
}

/// What was done to a page as a whole, newest first.
pub fn list(app: &App, actor: &Actor, id: &PublicId) -> Result<Vec<Step>, Error> {
    let now = app.now();
    super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Read, now)?;
        of_page(db, actor, &page, now)
    })
}
