//! Watches: what each person follows. A muted watch of a page means the opposite: nothing of it, whatever else is watched.

use diesel::prelude::*;
use dugri_core::watching::WatchKind;
use dugri_core::{PersonId, Time, WatchId};

use crate::columns::{Stamp, stamp};
use crate::schema::watches;
use crate::{Db, Error, Tx};

/// A watch.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = watches)]
pub struct WatchRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: WatchId,
    /// Whose.
    #[diesel(deserialize_as = i64)]
    pub person_id: PersonId,
    /// What is watched.
    #[diesel(deserialize_as = String)]
    pub kind: WatchKind,
    /// Its key; 0 for a search.
    pub target_id: i64,
    /// The words of a search.
    pub query: String,
    /// Not to be told of it.
    pub muted: bool,
    /// Since when.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
}

/// What is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its kind.
    pub kind: WatchKind,
    /// Its key; 0 for a search.
    pub id: i64,
    /// The words of a search.
    pub query: String,
}

impl Target {
    /// Something with a key.
    pub fn of(kind: WatchKind, id: i64) -> Target {
        Target {
            kind,
            id,
            query: String::new(),
        }
    }
}

/// A person's watch of something.
pub fn find(db: &mut Db, person: PersonId, target: &Target) -> Result<Option<WatchRow>, Error> {
    Ok(watches::table
        .filter(watches::person_id.eq(person.0))
        .filter(watches::kind.eq(target.kind.as_str()))
        .filter(watches::target_id.eq(target.id))
        .filter(watches::query.eq(&target.query))
        .select(WatchRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// All watches of a person, by kind and age.
pub fn list(db: &mut Db, person: PersonId) -> Result<Vec<WatchRow>, Error> {
    Ok(watches::table
        .filter(watches::person_id.eq(person.0))
        .order((watches::kind.asc(), watches::id.asc()))
        .select(WatchRow::as_select())
        .load(db.conn())?)
}

/// Watches something, or mutes it. `None` where that was so already. The event is the caller's.
pub fn set(
    tx: &mut Tx,
    person: PersonId,
    target: &Target,
    muted: bool,
    at: Time,
) -> Result<Option<WatchId>, Error> {
    if let Some(known) = find(tx, person, target)? {
        if known.muted == muted {
            return Ok(None);
        }
        diesel::update(watches::table.find(known.id.0))
            .set(watches::muted.eq(muted))
            .execute(tx.conn())?;
        return Ok(Some(known.id));
    }
    let id = diesel::insert_into(watches::table)
        .values((
            watches::person_id.eq(person.0),
            watches::kind.eq(target.kind.as_str()),
            watches::target_id.eq(target.id),
            watches::query.eq(&target.query),
            watches::muted.eq(muted),
            watches::at.eq(stamp(at)),
        ))
        .returning(watches::id)
        .get_result::<i64>(tx.conn())?;
    Ok(Some(WatchId(id)))
}

/// Ends a watch of a person. `None` where there is none. The event is the caller's.
pub fn end(tx: &mut Tx, person: PersonId, target: &Target) -> Result<Option<WatchId>, Error> {
    let Some(known) = find(tx, person, target)? else {
        return Ok(None);
    };
    diesel::delete(watches::table.find(known.id.0)).execute(tx.conn())?;
    Ok(Some(known.id))
}

/// Everybody's watches of these things, for the follower that tells them; muted ones too.
pub fn of_targets_unfiltered(db: &mut Db, kind: WatchKind, targets: &[i64]) -> Result<Vec<WatchRow>, Error> {
    Ok(watches::table
        .filter(watches::kind.eq(kind.as_str()))
        .filter(watches::target_id.eq_any(targets))
        .order(watches::id.asc())
        .select(WatchRow::as_select())
        .load(db.conn())?)
}

/// How many people watch a thing and are told of it, for whoever is about to take a step with it.
pub fn count_unfiltered(db: &mut Db, kind: WatchKind, target: i64) -> Result<i64, Error> {
    Ok(watches::table
        .filter(watches::kind.eq(kind.as_str()))
        .filter(watches::target_id.eq(target))
        .filter(watches::muted.eq(false))
        .count()
        .get_result(db.conn())?)
}

/// Everybody's watched searches, for the follower that tells them.
pub fn searches_unfiltered(db: &mut Db) -> Result<Vec<WatchRow>, Error> {
    Ok(watches::table
        .filter(watches::kind.eq(WatchKind::Search.as_str()))
        .order(watches::id.asc())
        .select(WatchRow::as_select())
        .load(db.conn())?)
}

/// Lets whoever watched a topic watch the one that it became part of.
pub fn move_topic(tx: &mut Tx, from: i64, to: i64) -> Result<(), Error> {
    for row in of_targets_unfiltered(tx, WatchKind::Topic, &[from])? {
        let there = find(tx, row.person_id, &Target::of(WatchKind::Topic, to))?;
        if there.is_some() {
            diesel::delete(watches::table.find(row.id.0)).execute(tx.conn())?;
        } else {
            diesel::update(watches::table.find(row.id.0))
                .set(watches::target_id.eq(to))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}
