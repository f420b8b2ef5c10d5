//! Moving a page to another space, and giving its names to another page.

use diesel::prelude::*;
use dugri_core::{PageId, SpaceId, Time};

use super::write::{NameKind, free_slug};
use crate::columns::stamp;
use crate::schema::{page_names, pages};
use crate::{Db, Error, Tx};

/// The readable path that a page would get in a space.
pub fn slug_in(db: &mut Db, page: PageId, space: SpaceId, slug: &str) -> Result<String, Error> {
    free_slug(db, space, slug, Some(page))
}

/// Puts a page into another space under a readable path that is free there. Says which one it got.
pub fn set_space(tx: &mut Tx, page: PageId, space: SpaceId, slug: &str) -> Result<String, Error> {
    let free = free_slug(tx, space, slug, Some(page))?;
    diesel::update(pages::table.filter(pages::id.eq(page.0)))
        .set((pages::space_id.eq(space.0), pages::slug.eq(&free)))
        .execute(tx.conn())?;
    Ok(free)
}

/// A name that a page has or had: its kind and its folded text.
pub type Name = (String, String);

/// All names of a page, present and former.
pub fn names(db: &mut Db, page: PageId) -> Result<Vec<Name>, Error> {
    Ok(page_names::table
        .filter(page_names::page_id.eq(page.0))
        .order(page_names::id.asc())
        .select((page_names::kind, page_names::folded))
        .load(db.conn())?)
}

/// Gives all names of a page to another one, as former names of that. Says which they were.
pub fn give_names(tx: &mut Tx, from: PageId, to: PageId, at: Time) -> Result<Vec<Name>, Error> {
    let given = names(tx, from)?;
    diesel::delete(page_names::table.filter(page_names::page_id.eq(from.0))).execute(tx.conn())?;
    let folded: Vec<String> = given.iter().map(|(_, folded)| folded.clone()).collect();
    super::write::add_former_names(tx, to, &folded, at)?;
    Ok(given)
}

/// Takes names back that were given to another page: those that are former names there still.
pub fn take_names_back(
    tx: &mut Tx,
    page: PageId,
    from: PageId,
    names: &[Name],
    at: Time,
) -> Result<(), Error> {
    for (kind, folded) in names {
        diesel::delete(
            page_names::table
                .filter(page_names::page_id.eq(from.0))
                .filter(page_names::kind.eq(NameKind::Former.as_str()))
                .filter(page_names::folded.eq(folded)),
        )
        .execute(tx.conn())?;
        let known: i64 = page_names::table
            .filter(page_names::page_id.eq(page.0))
            .filter(page_names::folded.eq(folded))
            .count()
            .get_result(tx.conn())?;
        if known == 0 {
            diesel::insert_into(page_names::table)
                .values((
                    page_names::page_id.eq(page.0),
                    page_names::kind.eq(kind),
                    page_names::folded.eq(folded),
                    page_names::at.eq(stamp(at)),
                ))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}

/// How many pages name this one as their successor.
pub fn count_predecessors(db: &mut Db, page: PageId) -> Result<i64, Error> {
    Ok(pages::table
        .filter(pages::successor_id.eq(page.0))
        .count()
        .get_result(db.conn())?)
}
