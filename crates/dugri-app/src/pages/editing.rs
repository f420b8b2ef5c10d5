//! What an edit begins with, and what the forms of pages offer to choose from.

use dugri_core::policy::Verb;
use dugri_core::{ChangeId, PublicId, RevisionId, Role};
use dugri_store::changes;
use dugri_store::files::{self, FileRow};
use dugri_store::kinds::{self, KindField, KindRow};
use dugri_store::pages::Page;
use dugri_store::people;
use dugri_store::revisions::{self, Content};
use dugri_store::spaces::{self, SpaceRow};
use dugri_store::topics::{self, TopicRow};

use super::{PageRights, in_read, load, rights};
use crate::{Actor, App, Error};

/// What an edit begins with.
#[derive(Debug, Clone)]
pub struct EditStart {
    /// The page.
    pub page: Page,
    /// The text to edit.
    pub content: Content,
    /// Its topics.
    pub topics: Vec<TopicRow>,
    /// The revision that the save must name.
    pub base: RevisionId,
    /// The pending change that a save goes on with.
    pub change: Option<ChangeId>,
    /// The kind's fields.
    pub fields: Vec<KindField>,
    /// What the writer may do.
    pub rights: PageRights,
    /// Files that the text can use.
    pub files: Vec<FileRow>,
}

/// Begins an edit: of the given change, else of the writer's own open change, else of what is published.
pub fn start_edit(
    app: &App,
    actor: &Actor,
    id: &PublicId,
    change: Option<ChangeId>,
) -> Result<EditStart, Error> {
    let now = app.now();
    in_read(app, |db| {
        let page = load(db, actor, id, Verb::Propose, now)?;
        let open = changes::list_open(db, page.row.id)?;
        let change = match change {
            Some(wanted) => {
                let known = open.iter().find(|(row, _)| row.id == wanted);
                Some(known.ok_or(Error::NotFound)?.0.id)
            }
            None => open
                .iter()
                .rev()
                .find(|(row, _)| row.author_id == actor.person() || page.published.is_none())
                .map(|(row, _)| row.id),
        };
        let base = match (change, &page.published) {
            (Some(change), _) => revisions::newest_of_change(db, page.row.id, change)?,
            (None, Some(publication)) => revisions::find(db, page.row.id, publication.revision_id)?,
            (None, None) => revisions::newest(db, page.row.id)?,
        }
        .ok_or(Error::NotFound)?;
        let fields = match kinds::find(db, &page.kind.slug)? {
            Some(kind) => kind.field_list()?,
            None => Vec::new(),
        };
        Ok(EditStart {
            content: revisions::content(db, &base)?,
            topics: topics::of_revisions(db, &[base.id])?
                .remove(&base.id)
                .unwrap_or_default(),
            base: base.id,
            change,
            fields,
            rights: rights(actor, &page),
            files: files::of_page(db, page.row.id)?,
            page,
        })
    })
}

/// What the forms of pages offer to choose from.
#[derive(Debug, Clone)]
pub struct Choices {
    /// The spaces in which the actor may begin a page.
    pub spaces: Vec<SpaceRow>,
    /// The kinds.
    pub kinds: Vec<KindRow>,
    /// The topics.
    pub topics: Vec<TopicRow>,
}

/// What the forms of pages offer to choose from.
pub fn choices(app: &App, actor: &Actor) -> Result<Choices, Error> {
    in_read(app, |db| {
        Ok(Choices {
            spaces: spaces::list_with(db, &actor.access, Role::Contributor)?,
            kinds: kinds::list(db)?,
            topics: topics::list(db)?,
        })
    })
}

/// The e-mail of a page's owner, for those who may change it.
pub fn owner_email(app: &App, actor: &Actor, id: &PublicId) -> Result<Option<String>, Error> {
    let now = app.now();
    in_read(app, |db| {
        let page = load(db, actor, id, Verb::Manage, now)?;
        match page.row.owner_id {
            Some(owner) => Ok(people::get_unfiltered(db, owner)?.map(|person| person.email)),
            None => Ok(None),
        }
    })
}
