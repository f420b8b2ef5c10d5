//! The event log, and how far each follower has read it.
//!
//! Ids are dense and in commit order: they are given out under the writer's place, one after the last row.
//! So whoever has read up to an id has missed nothing before it.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use dugri_core::{Event, EventId, PersonId, Time};

use crate::db::Door;
use crate::schema::{cursors, events, parked_events};
use crate::{Db, Epoch, Error, Tx, settings};

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log.
    pub id: EventId,
    /// When it happened.
    pub at: Time,
    /// Who did it; nobody for what Dugri does by itself.
    pub actor: Option<PersonId>,
    /// What happened.
    pub event: Event,
}

#[derive(Queryable)]
pub(crate) struct EventRow {
    id: i64,
    at: NaiveDateTime,
    actor_id: Option<i64>,
    kind: String,
    data: String,
}

impl EventRow {
    pub(crate) fn read(self) -> Result<Entry, Error> {
        let event = Event::from_row(&self.kind, &self.data)
            .map_err(|e| Error::Database(format!("event {} can't be read: {e}", self.id)))?;
        Ok(Entry {
            id: EventId(self.id),
            at: self.at.and_utc(),
            actor: self.actor_id.map(PersonId),
            event,
        })
    }
}

impl Tx {
    /// Writes down what this write did. The only way to append to the log.
    pub fn record(&mut self, actor: Option<PersonId>, now: Time, event: Event) -> Result<EventId, Error> {
        if let Door::Housekeep(chore) = self.door() {
            return Err(Error::Database(format!(
                "the chore {chore:?} may not record an event: use write"
            )));
        }
        // The one place that all writes of people pass; under the writer's place, so none slips through on another node.
        if !self.is_let && !event.passes_read_only() {
            if settings::get(self, dugri_core::READ_ONLY)?.is_some() {
                return Err(Error::Unavailable("it is kept read-only by the operator".into()));
            }
            self.is_let = true;
        }
        let last = match self.last_event {
            Some(last) => last,
            None => last_id(self)?,
        };
        let id = last + 1;
        let (kind, data) = event.to_row();
        let (subject_kind, subject_id) = event.subject();
        diesel::insert_into(events::table)
            .values((
                events::id.eq(id),
                events::at.eq(dugri_core::time::cut(now).naive_utc()),
                events::actor_id.eq(actor.map(|a| a.0)),
                events::kind.eq(kind),
                events::subject_kind.eq(subject_kind),
                events::subject_id.eq(subject_id),
                events::data.eq(data),
            ))
            .execute(self.conn())?;
        self.last_event = Some(id);
        self.recorded = true;
        Ok(EventId(id))
    }
}

fn last_id(db: &mut Db) -> Result<i64, Error> {
    let last: Option<i64> = events::table
        .select(diesel::dsl::max(events::id))
        .first(db.conn())?;
    Ok(last.unwrap_or(0))
}

/// The last event; 0 when nothing has happened yet.
pub fn last(db: &mut Db) -> Result<EventId, Error> {
    last_id(db).map(EventId)
}

/// The epoch of this very snapshot, for what must be exact where [`Store::epoch`](crate::Store::epoch) may lag behind another node.
pub fn epoch(db: &mut Db) -> Result<Epoch, Error> {
    last_id(db).map(Epoch)
}

/// The events after `after`, oldest first.
pub fn events_after(db: &mut Db, after: EventId, limit: i64) -> Result<Vec<Entry>, Error> {
    let rows: Vec<EventRow> = events::table
        .filter(events::id.gt(after.0))
        .order(events::id)
        .limit(limit)
        .select((
            events::id,
            events::at,
            events::actor_id,
            events::kind,
            events::data,
        ))
        .load(db.conn())?;
    rows.into_iter().map(EventRow::read).collect()
}

/// How far a follower has come, and how it fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The last event it is done with.
    pub event: EventId,
    /// How often in a row the next one failed.
    pub failures: i32,
    /// Not to be tried again before.
    pub next_try_at: Option<Time>,
}

/// The cursor of a follower; at the beginning of the log if it has none yet.
pub fn cursor(db: &mut Db, follower: &str) -> Result<Cursor, Error> {
    let row: Option<(i64, i32, Option<NaiveDateTime>)> = cursors::table
        .find(follower)
        .select((cursors::event_id, cursors::failures, cursors::next_try_at))
        .first(db.conn())
        .optional()?;
    let (event_id, failures, next_try_at) = row.unwrap_or((0, 0, None));
    Ok(Cursor {
        event: EventId(event_id),
        failures,
        next_try_at: next_try_at.map(|t| t.and_utc()),
    })
}

/// Moves a follower's cursor, in the transaction of what it did: exactly once.
///
/// Answers false, and moves nothing, if the cursor is not at `from` any more: another node was faster, and
/// the caller must take back what it did by returning an error.
pub fn advance(tx: &mut Tx, follower: &str, from: EventId, to: EventId) -> Result<bool, Error> {
    let before = cursor(tx, follower)?;
    if before.event != from {
        return Ok(false);
    }
    set_cursor(tx, follower, to, 0, None)?;
    Ok(true)
}

fn set_cursor(
    tx: &mut Tx,
    follower: &str,
    at: EventId,
    failures: i32,
    next_try_at: Option<Time>,
) -> Result<(), Error> {
    let next_try_at = next_try_at.map(|t| dugri_core::time::cut(t).naive_utc());
    let updated = diesel::update(cursors::table.find(follower))
        .set((
            cursors::event_id.eq(at.0),
            cursors::failures.eq(failures),
            cursors::next_try_at.eq(next_try_at),
        ))
        .execute(tx.conn())?;
    if updated == 0 {
        diesel::insert_into(cursors::table)
            .values((
                cursors::follower.eq(follower),
                cursors::event_id.eq(at.0),
                cursors::failures.eq(failures),
                cursors::next_try_at.eq(next_try_at),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// What became of an event that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// It will be tried again after this many failures.
    Retry(i32),
    /// It was set aside for the admin, and the follower goes on behind it.
    Parked,
}

/// After how many failures an event is set aside: with the waits of [`failed`] about ten minutes of trying.
const TRIES_MAX: i32 = 8;

/// Notes that a follower failed at `event`: waits twice as long each time, and parks it in the end.
pub fn failed(tx: &mut Tx, follower: &str, event: EventId, error: &str, now: Time) -> Result<Failed, Error> {
    let before = cursor(tx, follower)?;
    let failures = before.failures + 1;
    if failures < TRIES_MAX {
        let wait = chrono::Duration::seconds(5 << before.failures.clamp(0, 16));
        set_cursor(tx, follower, before.event, failures, Some(now + wait))?;
        return Ok(Failed::Retry(failures));
    }
    diesel::insert_into(parked_events::table)
        .values((
            parked_events::follower.eq(follower),
            parked_events::event_id.eq(event.0),
            parked_events::error.eq(error),
            parked_events::at.eq(dugri_core::time::cut(now).naive_utc()),
        ))
        .execute(tx.conn())?;
    set_cursor(tx, follower, event, 0, None)?;
    Ok(Failed::Parked)
}

/// An event that a follower gave up on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// Who gave up.
    pub follower: String,
    /// On what.
    pub event: EventId,
    /// What the last try said.
    pub error: String,
    /// When.
    pub at: Time,
}

/// All that is parked, oldest first, for the admin.
pub fn list_parked(db: &mut Db) -> Result<Vec<Parked>, Error> {
    let rows: Vec<(String, i64, String, NaiveDateTime)> = parked_events::table
        .order((parked_events::event_id, parked_events::follower))
        .load(db.conn())?;
    let read = |(follower, event, error, at): (String, i64, String, NaiveDateTime)| Parked {
        follower,
        event: EventId(event),
        error,
        at: at.and_utc(),
    };
    Ok(rows.into_iter().map(read).collect())
}
