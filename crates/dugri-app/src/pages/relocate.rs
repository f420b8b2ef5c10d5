//! Moving a page to another space. Its text, history, changes and files go along; reports about it stay in the spaces
//! where they lie, because a space also says who may know a reporter's name.

use dugri_core::policy::{self, Object, Verb};
use dugri_core::spaces::Policy;
use dugri_core::{Event, PublicId, Role, SpaceId};
use dugri_store::pages::{self, Page};
pub use dugri_store::spaces::SpaceRow as Space;
use dugri_store::spaces::SpaceRow;
use dugri_store::{Db, files, spaces};

use super::compose::call_page;
use super::steps::{self, Before, Stepped};
use super::touches::{self, Touches};
use crate::{Actor, App, Error, FieldError};

/// Where a page can go.
#[derive(Debug, Clone)]
pub struct MoveChoices {
    /// The page.
    pub page: Page,
    /// Its title.
    pub title: String,
    /// The spaces that the actor may bring it to.
    pub spaces: Vec<SpaceRow>,
}

/// What a move would do.
#[derive(Debug, Clone)]
pub struct MovePlan {
    /// Where it goes.
    pub to: SpaceRow,
    /// The readable end of its address there.
    pub slug: String,
    /// The policy there, where it is another one.
    pub new_policy: Option<Policy>,
    /// What it touches.
    pub touches: Touches,
}

/// Where a page can go.
pub fn choices(app: &App, actor: &Actor, id: &PublicId) -> Result<MoveChoices, Error> {
    let now = app.now();
    super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Manage, now)?;
        let mut there = spaces::list_with(db, &actor.access, Role::Contributor)?;
        there.retain(|space| space.id != page.space.id && may_bring(actor, &page, space));
        Ok(MoveChoices {
            title: steps::name_of(db, &page)?.title,
            spaces: there,
            page,
        })
    })
}

/// What moving a page to a space would do.
pub fn plan(app: &App, actor: &Actor, id: &PublicId, to: &str) -> Result<MovePlan, Error> {
    let now = app.now();
    super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Manage, now)?;
        let to = space(db, actor, &page, to)?;
        let touches = touches::of(db, actor, &page, now)?;
        Ok(MovePlan {
            slug: pages::slug_in(db, page.row.id, to.id, &page.row.slug)?,
            new_policy: (to.policy != page.space.policy).then_some(to.policy),
            touches: touches.between(db, page.space.id, to.id)?,
            to,
        })
    })
}

fn may_bring(actor: &Actor, page: &Page, space: &SpaceRow) -> bool {
    let verb = if page.published.is_some() {
        Verb::Publish
    } else {
        Verb::Propose
    };
    policy::may(&actor.access, verb, Object::Space(space.id, space.policy))
}

/// The space, if the actor may bring the page there.
pub(super) fn target(
    db: &mut Db,
    actor: &Actor,
    page: &Page,
    space: SpaceId,
) -> Result<Option<SpaceRow>, Error> {
    Ok(spaces::get(db, &actor.access, space)?.filter(|space| may_bring(actor, page, space)))
}

/// The space of that name, if the page may go there.
fn space(db: &mut Db, actor: &Actor, page: &Page, to: &str) -> Result<SpaceRow, Error> {
    let space =
        spaces::find(db, &actor.access, to)?.ok_or_else(|| Error::field("space", "error-unknown-space"))?;
    if space.id == page.space.id {
        return Err(Error::field("space", "error-move-same"));
    }
    if !may_bring(actor, page, &space) {
        let name = space.name_in(actor.language).to_owned();
        return Err(Error::Invalid(vec![
            FieldError::new("space", "error-move-right").with("space", name),
        ]));
    }
    Ok(space)
}

/// Moves a page to another space.
pub fn relocate(app: &App, actor: &Actor, id: &PublicId, to: &str) -> Result<Stepped, Error> {
    let now = app.now();
    let (actor, id, to) = (actor.clone(), id.clone(), to.to_owned());
    app.store().write(move |tx| {
        let page = super::load(tx, &actor, &id, Verb::Manage, now)?;
        let to = space(tx, &actor, &page, &to)?;
        let title = steps::name_of(tx, &page)?.title;
        let slug = pages::set_space(tx, page.row.id, to.id, &page.row.slug)?;
        let moved = files::move_with_page(tx, page.row.id, page.space.id, to.id)?;
        call_page(tx, page.row.id, &to.slug, &slug, &title, now)?;
        tx.record(
            Some(actor.person()),
            now,
            Event::PageMoved {
                page: page.row.id,
                from: page.space.id,
                to: to.id,
            },
        )?;
        let before = Before::Moved {
            from: page.space.id,
            to: to.id,
            slug: page.row.slug.clone(),
            files: moved,
        };
        let step = steps::note(tx, &actor, page.row.id, None, &before, now)?;
        Ok(Stepped {
            page: page.row.public_id.clone(),
            slug,
            step: Some(step),
            change: None,
            other: None,
        })
    })
}
