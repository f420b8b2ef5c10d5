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

/// Forgets what was seen before: nothing is marked as changed until the next publication.
pub fn forget_earlier(tx: &mut Tx, person: PersonId, page: PageId) -> Result<(), Error> {
    diesel::update(visits::table.find((person.0, page.0)))
        .set(visits::earlier.eq(None::<i64>))
        .execute(tx.conn())?;
    Ok(())
}
