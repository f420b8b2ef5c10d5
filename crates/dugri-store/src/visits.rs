//! What each person saw last of each page: for 'changed since your last visit'.

use diesel::prelude::*;
use dugri_core::{PageId, PersonId, Time};

use crate::columns::{Stamp, stamp};
use crate::schema::visits;
use crate::uses::Opened;
use crate::{Db, Error, Tx};

/// What a person saw last of a page.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = visits)]
pub struct VisitRow {
    /// The newest number that they saw.
    pub number: i64,
    /// The newest that they had seen before.
    pub earlier: Option<i64>,
    /// When they first saw `number`.
    #[diesel(deserialize_as = Stamp)]
    pub first_at: Time,
    /// When they last opened the page.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
}

/// What a person saw last of a page.
pub fn find(db: &mut Db, person: PersonId, page: PageId) -> Result<Option<VisitRow>, Error> {
    Ok(visits::table
        .find((person.0, page.0))
        .select(VisitRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The pages that a person opened last, the newest first.
pub fn last(db: &mut Db, person: PersonId, limit: i64) -> Result<Vec<PageId>, Error> {
    let ids: Vec<i64> = visits::table
        .filter(visits::person_id.eq(person.0))
        .order(visits::at.desc())
        .limit(limit)
        .select(visits::page_id)
        .load(db.conn())?;
    Ok(ids.into_iter().map(PageId).collect())
}

/// Writes down what was seen. An older number than the newest seen changes nothing but the time.
pub fn note(tx: &mut Tx, batch: &[Opened]) -> Result<(), Error> {
    for opened in batch {
        let key = (opened.person.0, opened.page.0);
        let at = stamp(opened.at);
        match find(tx, opened.person, opened.page)? {
            Some(row) if row.number < opened.number => {
                diesel::update(visits::table.find(key))
                    .set((
                        visits::number.eq(opened.number),
                        visits::earlier.eq(row.number),
                        visits::first_at.eq(at),
                        visits::at.eq(at),
                    ))
                    .execute(tx.conn())?;
            }
            Some(row) if row.at < opened.at => {
                diesel::update(visits::table.find(key))
                    .set(visits::at.eq(at))
                    .execute(tx.conn())?;
            }
            Some(_) => {}
            None => {
                diesel::insert_into(visits::table)
                    .values((
                        visits::person_id.eq(key.0),
                        visits::page_id.eq(key.1),
                        visits::number.eq(opened.number),
                        visits::first_at.eq(at),
                        visits::at.eq(at),
                    ))
                    .execute(tx.conn())?;
            }
        }
    }
    Ok(())
}

/// Writes down that somebody has seen what changed up to a number: nothing of it is marked from here on.
///
/// The open that showed it to them may still wait to be written down, so this says itself what was seen.
pub fn see(tx: &mut Tx, person: PersonId, page: PageId, number: i64, at: Time) -> Result<(), Error> {
    let key = (person.0, page.0);
    match find(tx, person, page)? {
        Some(row) if row.number > number => {}
        Some(_) => {
            diesel::update(visits::table.find(key))
                .set((visits::number.eq(number), visits::earlier.eq(None::<i64>)))
                .execute(tx.conn())?;
        }
        None => {
            diesel::insert_into(visits::table)
                .values((
                    visits::person_id.eq(key.0),
                    visits::page_id.eq(key.1),
                    visits::number.eq(number),
                    visits::first_at.eq(stamp(at)),
                    visits::at.eq(stamp(at)),
                ))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}
