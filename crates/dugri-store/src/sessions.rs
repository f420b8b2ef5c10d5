//! Sessions: the row behind every signed-in browser. Ending the row ends the sign-in, whatever the cookie says.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;
use dugri_core::{PersonId, SessionId, Time};

use crate::columns::{OptStamp, Stamp};
use crate::schema::sessions;
use crate::{Db, Error, Tx};

/// A session as the database has it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: SessionId,
    /// Whose it is.
    #[diesel(deserialize_as = i64)]
    pub person_id: PersonId,
    /// When it began.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: Time,
    /// When it was last used, to the minute or so.
    #[diesel(deserialize_as = Stamp)]
    pub seen_at: Time,
    /// When it ends however much it is used.
    #[diesel(deserialize_as = Stamp)]
    pub expires_at: Time,
    /// When it was ended.
    #[diesel(deserialize_as = OptStamp)]
    pub ended_at: Option<Time>,
    /// The address it began from.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// Begins a session.
pub fn add(
    tx: &mut Tx,
    now: Time,
    person: PersonId,
    expires_at: Time,
    address: &str,
    agent: &str,
) -> Result<SessionId, Error> {
    let id: i64 = diesel::insert_into(sessions::table)
        .values((
            sessions::person_id.eq(person.0),
            sessions::created_at.eq(now.naive_utc()),
            sessions::seen_at.eq(now.naive_utc()),
            sessions::expires_at.eq(expires_at.naive_utc()),
            sessions::address.eq(address),
            sessions::agent.eq(agent),
        ))
        .returning(sessions::id)
        .get_result(tx.conn())?;
    Ok(SessionId(id))
}

/// A session by key, ended or not.
pub fn get(db: &mut Db, session: SessionId) -> Result<Option<SessionRow>, Error> {
    Ok(sessions::table
        .find(session.0)
        .select(SessionRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The sessions of a person that were not ended and have not reached their end, the last used first.
pub fn list_open(db: &mut Db, person: PersonId, now: Time) -> Result<Vec<SessionRow>, Error> {
    Ok(sessions::table
        .filter(sessions::person_id.eq(person.0))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now.naive_utc()))
        .order((sessions::seen_at.desc(), sessions::id.desc()))
        .select(SessionRow::as_select())
        .load(db.conn())?)
}

/// When each person was last seen, for the admin's list.
pub fn last_seen_unfiltered(db: &mut Db) -> Result<BTreeMap<PersonId, Time>, Error> {
    let rows: Vec<(i64, Option<NaiveDateTime>)> = sessions::table
        .group_by(sessions::person_id)
        .select((sessions::person_id, max(sessions::seen_at)))
        .load(db.conn())?;
    Ok(rows
        .into_iter()
        .filter_map(|(person, at)| Some((PersonId(person), at?.and_utc())))
        .collect())
}

/// Ends a session of a person. False when there is no such open one.
pub fn end(tx: &mut Tx, now: Time, person: PersonId, session: SessionId) -> Result<bool, Error> {
    let open = sessions::table
        .find(session.0)
        .filter(sessions::person_id.eq(person.0))
        .filter(sessions::ended_at.is_null());
    let ended = diesel::update(open)
        .set(sessions::ended_at.eq(now.naive_utc()))
        .execute(tx.conn())?;
    Ok(ended > 0)
}

/// Ends all open sessions of a person but one. Gives those that it ended.
pub fn end_all(
    tx: &mut Tx,
    now: Time,
    person: PersonId,
    except: Option<SessionId>,
) -> Result<Vec<SessionId>, Error> {
    let open: Vec<i64> = sessions::table
        .filter(sessions::person_id.eq(person.0))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::id.ne(except.map_or(0, |session| session.0)))
        .select(sessions::id)
        .load(tx.conn())?;
    diesel::update(sessions::table.filter(sessions::id.eq_any(open.clone())))
        .set(sessions::ended_at.eq(now.naive_utc()))
        .execute(tx.conn())?;
    Ok(open.into_iter().map(SessionId).collect())
}

/// Writes down when sessions were last used. Never turns the clock back: nodes report out of order.
pub fn touch(tx: &mut Tx, seen: &[(SessionId, Time)]) -> Result<(), Error> {
    for (session, at) in seen {
        let older = sessions::table
            .find(session.0)
            .filter(sessions::seen_at.lt(at.naive_utc()));
        diesel::update(older)
            .set(sessions::seen_at.eq(at.naive_utc()))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Forgets sessions that came to their end, or were ended, before `before`. Gives how many.
pub fn sweep(tx: &mut Tx, before: Time) -> Result<usize, Error> {
    let before = before.naive_utc();
    let old = sessions::table.filter(sessions::expires_at.lt(before).or(sessions::ended_at.lt(before)));
    Ok(diesel::delete(old).execute(tx.conn())?)
}
