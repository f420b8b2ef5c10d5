//! Words that mean the same to search, beside the names of topics. They belong to nobody's rights: what they find does.

use diesel::prelude::*;
use dugri_core::{AliasId, PersonId, Time};

use crate::columns::{Lines, Stamp, stamp};
use crate::schema::aliases;
use crate::{Db, Error, Tx};

/// A group of words that mean the same.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = aliases)]
pub struct AliasRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: AliasId,
    /// The words or names.
    #[diesel(deserialize_as = Lines)]
    pub words: Vec<String>,
    /// When it was changed last.
    #[diesel(deserialize_as = Stamp)]
    pub changed_at: Time,
}

/// All groups, the first added first.
pub fn list(db: &mut Db) -> Result<Vec<AliasRow>, Error> {
    Ok(aliases::table
        .order(aliases::id.asc())
        .select(AliasRow::as_select())
        .load(db.conn())?)
}

/// One group.
pub fn get(db: &mut Db, id: AliasId) -> Result<Option<AliasRow>, Error> {
    Ok(aliases::table
        .find(id.0)
        .select(AliasRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// Adds a group. The event is the caller's.
pub fn add(tx: &mut Tx, words: &[String], by: Option<PersonId>, at: Time) -> Result<AliasId, Error> {
    Ok(AliasId(
        diesel::insert_into(aliases::table)
            .values((
                aliases::words.eq(words.join("\n")),
                aliases::changed_by.eq(by.map(|by| by.0)),
                aliases::changed_at.eq(stamp(at)),
            ))
            .returning(aliases::id)
            .get_result(tx.conn())?,
    ))
}

/// Puts other words in place of a group's. The event is the caller's.
pub fn change(
    tx: &mut Tx,
    id: AliasId,
    words: &[String],
    by: Option<PersonId>,
    at: Time,
) -> Result<(), Error> {
    diesel::update(aliases::table.find(id.0))
        .set((
            aliases::words.eq(words.join("\n")),
            aliases::changed_by.eq(by.map(|by| by.0)),
            aliases::changed_at.eq(stamp(at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes a group away; `false` where there is none. The event is the caller's.
pub fn remove(tx: &mut Tx, id: AliasId) -> Result<bool, Error> {
    Ok(diesel::delete(aliases::table.find(id.0)).execute(tx.conn())? > 0)
}
