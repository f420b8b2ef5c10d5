//! Wanted pages and orphans, as far as the reader may know of them. Backlinks come with a page that is read.

use dugri_core::PublicId;
use dugri_core::policy::Verb;
use dugri_store::links::{self, Wanted};

use crate::pages::{self, Listed};
use crate::{Actor, App, Error};

/// The most orphans that a list shows.
const ORPHANS_MAX: i64 = 500;

/// Pages that texts link to and that don't exist, the most wanted first.
pub fn wanted(app: &App, actor: &Actor) -> Result<Vec<Wanted>, Error> {
    let now = app.now();
    pages::in_read(app, |db| Ok(links::wanted(db, &actor.access, now)?))
}

/// Published pages that no page links to, by title.
pub fn orphans(app: &App, actor: &Actor) -> Result<Vec<Listed>, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let lines = links::orphans(db, &actor.access, now, ORPHANS_MAX)?;
        pages::listed(db, lines, now)
    })
}

/// The pages that link to this one.
pub fn backlinks(app: &App, actor: &Actor, id: &PublicId) -> Result<Vec<Listed>, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let page = pages::load(db, actor, id, Verb::Read, now)?;
        let lines = links::backlinks(db, &actor.access, page.row.id, now)?;
        pages::listed(db, lines, now)
    })
}
