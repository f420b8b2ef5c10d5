//! Paths that are none of Dugri's own and lead to a page: the addresses of a wiki that was imported.
//!
//! A path leads to a page and never to a path, so there are no circles among them.

use diesel::prelude::*;
use dugri_core::{Access, PageId, PersonId, PublicId, Time};

use crate::columns::stamp;
use crate::links::LinkTarget;
use crate::schema::{pages, redirects};
use crate::visible::page_visible;
use crate::{Db, Error, Tx};

/// Where a path leads, if the reader may know of the page.
pub fn target(db: &mut Db, access: &Access, path: &str, now: Time) -> Result<Option<LinkTarget>, Error> {
    let found = redirects::table
        .inner_join(pages::table)
        .filter(redirects::path.eq(path))
        .filter(page_visible!(access, now))
        .select((pages::public_id, pages::slug))
        .first::<(String, String)>(db.conn())
        .optional()?;
    Ok(found.and_then(|(id, slug)| {
        Some(LinkTarget {
            public_id: PublicId::parse(&id)?,
            slug,
        })
    }))
}

/// The page that a path leads to, whoever asks: before another one is made.
pub fn page_unfiltered(db: &mut Db, path: &str) -> Result<Option<PageId>, Error> {
    Ok(redirects::table
        .filter(redirects::path.eq(path))
        .select(redirects::page_id)
        .first::<i64>(db.conn())
        .optional()?
        .map(PageId))
}

/// The paths that lead to a page, which must have been loaded under rights.
pub fn of_page(db: &mut Db, page: PageId) -> Result<Vec<String>, Error> {
    Ok(redirects::table
        .filter(redirects::page_id.eq(page.0))
        .order(redirects::path.asc())
        .select(redirects::path)
        .load(db.conn())?)
}

/// Lets a path lead to a page, whatever it led to before. The event is the caller's.
pub fn put(tx: &mut Tx, path: &str, page: PageId, by: Option<PersonId>, at: Time) -> Result<(), Error> {
    let led = diesel::update(redirects::table.filter(redirects::path.eq(path)))
        .set(redirects::page_id.eq(page.0))
        .execute(tx.conn())?;
    if led == 0 {
        diesel::insert_into(redirects::table)
            .values((
                redirects::path.eq(path),
                redirects::page_id.eq(page.0),
                redirects::made_by.eq(by.map(|id| id.0)),
                redirects::at.eq(stamp(at)),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Lets a path lead nowhere. False where it did not lead to this page.
pub fn remove(tx: &mut Tx, path: &str, page: PageId) -> Result<bool, Error> {
    let gone = diesel::delete(
        redirects::table
            .filter(redirects::path.eq(path))
            .filter(redirects::page_id.eq(page.0)),
    )
    .execute(tx.conn())?;
    Ok(gone > 0)
}
