//! Favourites: pages that a person keeps at hand, on home and in the sidebar.

use dugri_core::policy::Verb;
use dugri_core::{Event, PageId, PublicId};
use dugri_store::favourites;

use crate::pages::{self, Listed};
use crate::{Actor, App, Error};

/// The most pages that somebody can keep: beyond it, at hand means nothing.
pub const FAVOURITES_MAX: i64 = 60;

/// The favourites that their person may read, the first kept first.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<Listed>, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let lines = favourites::list(db, &actor.access, now, FAVOURITES_MAX)?;
        pages::listed(db, lines, now)
    })
}

/// Whether the actor keeps a page at hand that they are reading.
pub fn is_kept(app: &App, actor: &Actor, page: PageId) -> Result<bool, Error> {
    Ok(app
        .store()
        .read(|db| favourites::is_kept(db, actor.person(), page))?)
}

/// Keeps a page at hand, or no longer. Saying so twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for a page that the actor may not read; [`Error::Invalid`] where too many are kept.
pub fn set(app: &App, actor: &Actor, id: &PublicId, kept: bool) -> Result<(), Error> {
    let now = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = pages::load(tx, &actor, &id, Verb::Read, now)?.row.id;
        let person = actor.person();
        if kept && favourites::count(tx, person)? >= FAVOURITES_MAX {
            return Err(Error::Invalid(vec![
                crate::FieldError::new("page", "error-too-many").with("max", FAVOURITES_MAX),
            ]));
        }
        if favourites::set(tx, person, page, kept, now)? {
            tx.record(Some(person), now, Event::FavouriteChanged { person, page, kept })?;
        } else {
            tx.unchanged();
        }
        Ok(())
    })
}
