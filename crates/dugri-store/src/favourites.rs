//! Favourites: the pages that a person keeps at hand, in the order in which they were kept.

use diesel::prelude::*;
use dugri_core::{Access, PageId, PersonId, Time};

use crate::columns::stamp;
use crate::pages::{PageLine, page_lines};
use crate::schema::{favourites, kinds, pages, publications, revisions, spaces};
use crate::{Db, Error, Tx};

/// Keeps a page, or no longer. False where that was so already. The event is the caller's.
pub fn set(tx: &mut Tx, person: PersonId, page: PageId, kept: bool, at: Time) -> Result<bool, Error> {
    if is_kept(tx, person, page)? == kept {
        return Ok(false);
    }
    if kept {
        diesel::insert_into(favourites::table)
            .values((
                favourites::person_id.eq(person.0),
                favourites::page_id.eq(page.0),
                favourites::at.eq(stamp(at)),
            ))
            .execute(tx.conn())?;
    } else {
        diesel::delete(favourites::table.find((person.0, page.0))).execute(tx.conn())?;
    }
    Ok(true)
}

/// Whether a person keeps a page.
pub fn is_kept(db: &mut Db, person: PersonId, page: PageId) -> Result<bool, Error> {
    let found: Option<i64> = favourites::table
        .find((person.0, page.0))
        .select(favourites::page_id)
        .first(db.conn())
        .optional()?;
    Ok(found.is_some())
}

/// How many pages a person keeps.
pub fn count(db: &mut Db, person: PersonId) -> Result<i64, Error> {
    Ok(favourites::table
        .filter(favourites::person_id.eq(person.0))
        .count()
        .get_result(db.conn())?)
}

/// The favourites that their person may still read, the first kept first.
pub fn list(db: &mut Db, access: &Access, now: Time, limit: i64) -> Result<Vec<PageLine>, Error> {
    let order = diesel::dsl::sql::<diesel::sql_types::Timestamp>(
        "(SELECT kept.at FROM favourites kept WHERE kept.page_id = pages.id AND kept.person_id = ",
    )
    .bind::<diesel::sql_types::BigInt, _>(access.person.0)
    .sql(")");
    Ok(page_lines!(access, now)
        .filter(diesel::dsl::exists(
            favourites::table
                .filter(favourites::page_id.eq(pages::id))
                .filter(favourites::person_id.eq(access.person.0)),
        ))
        .order((order, pages::id))
        .limit(limit)
        .load(db.conn())?)
}
