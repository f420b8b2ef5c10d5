//! Who is behind a session or a token, from memory: a warm request runs no query.
//!
//! An entry holds while no event that changes rights came after it was read. That is known by the store's epoch, which
//! own commits move before they are acknowledged and other nodes' within a second; so an ended session, a demotion or
//! a withdrawn token acts at once here and soon everywhere. Where the database is silent for longer than
//! [`SILENCE_MAX`], nothing is taken from memory.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use dugri_core::time::micros;
use dugri_core::{Access, EventId, SessionId, Time, TokenId};
use dugri_store::people::{self, PersonRow};
use dugri_store::tokens::Scopes;
use dugri_store::{Db, Epoch, Error as StoreError, events, sessions, tokens};

use crate::app::{Actor, App};
use crate::error::Error;

/// How long a session may lie unused.
pub const IDLE: TimeDelta = TimeDelta::days(14);
/// How long a session lasts however much it is used.
pub const ABSOLUTE: TimeDelta = TimeDelta::days(90);
/// How exactly the last use is known: one write per session and minute at the most.
const SEEN_STEP: TimeDelta = TimeDelta::seconds(60);
/// Rights must act within five seconds everywhere (`security.md` 15).
const SILENCE_MAX: Duration = Duration::from_secs(4);
/// How many viewers are kept in memory.
const KEPT_MAX: u64 = 50_000;
/// How many events are looked through for one that changes rights, before it is taken for granted.
const LOOKED_MAX: i64 = 1_000;

/// Somebody who was recognised.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Who it is.
    pub person: PersonRow,
    /// What they may do where.
    pub access: Arc<Access>,
    /// By what they were recognised.
    pub way: Way,
}

/// By what somebody was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// A signed-in browser.
    Session(SessionId),
    /// An API token.
    Token(TokenId, Scopes),
}

impl Viewer {
    /// The viewer as one who acts.
    pub fn actor(&self) -> Actor {
        Actor {
            access: self.access.clone(),
            language: self.person.language,
        }
    }

    /// The session, where a browser signed in.
    pub fn session(&self) -> Option<SessionId> {
        match self.way {
            Way::Session(session) => Some(session),
            Way::Token(..) => None,
        }
    }
}

/// What is asked for: a session by its key, a token by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Session(SessionId),
    Token(String),
}

struct Kept {
    /// The last change of rights that was known when this was read.
    rights: Epoch,
    viewer: Arc<Viewer>,
    expires_at: Option<Time>,
    /// The last use in microseconds, as far as it is known here.
    seen: AtomicI64,
}

/// The viewers that this node knows.
pub(crate) struct Viewers {
    kept: moka::sync::Cache<Key, Arc<Kept>>,
    /// Up to which event the log was looked through, and the last one among them that changed rights.
    looked: Mutex<Option<(Epoch, Epoch)>>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    sessions: HashMap<SessionId, Time>,
    tokens: HashMap<TokenId, Time>,
}

impl Default for Viewers {
    fn default() -> Viewers {
        Viewers {
            kept: moka::sync::Cache::new(KEPT_MAX),
            looked: Mutex::default(),
            seen: Mutex::default(),
        }
    }
}

/// Who is behind `key`, if that is known without asking the database and without waiting. `None` says nothing.
pub(crate) fn remembered(app: &App, key: &Key) -> Option<Arc<Viewer>> {
    let viewers = &app.memory().viewers;
    let looked = (*viewers.looked.try_lock().ok()?)?;
    let fresh = looked.0 >= app.store().epoch() && app.store().silence() < SILENCE_MAX;
    let kept = viewers.kept.get(key).filter(|_| fresh)?;
    let now = app.now();
    if kept.rights != looked.1 || !kept.lives(now) {
        return None;
    }
    viewers.see(&kept, now);
    Some(kept.viewer.clone())
}

/// Who is behind `key` now, if anybody.
pub(crate) fn find(app: &App, key: Key) -> Result<Option<Arc<Viewer>>, Error> {
    let viewers = &app.memory().viewers;
    let now = app.now();
    let rights = viewers.rights(app)?;
    if app.store().silence() < SILENCE_MAX
        && let Some(kept) = viewers.kept.get(&key)
        && kept.rights == rights
        && kept.lives(now)
    {
        viewers.see(&kept, now);
        return Ok(Some(kept.viewer.clone()));
    }
    let Some(kept) = app.store().read(|db| read(db, &key, rights))? else {
        viewers.kept.invalidate(&key);
        return Ok(None);
    };
    if !kept.lives(now) {
        viewers.kept.invalidate(&key);
        return Ok(None);
    }
    let kept = Arc::new(kept);
    viewers.see(&kept, now);
    viewers.kept.insert(key, kept.clone());
    Ok(Some(kept.viewer.clone()))
}

/// Writes down when sessions and tokens were last used.
pub(crate) fn flush_seen(app: &App) -> Result<(), Error> {
    let seen = std::mem::take(&mut *app.memory().viewers.lock_seen());
    if seen.sessions.is_empty() && seen.tokens.is_empty() {
        return Ok(());
    }
    let sessions: Vec<_> = seen.sessions.into_iter().collect();
    let tokens: Vec<_> = seen.tokens.into_iter().collect();
    let (again_sessions, again_tokens) = (sessions.clone(), tokens.clone());
    let written = app.store().housekeep(dugri_store::Chore::Sessions, move |tx| {
        sessions::touch(tx, &sessions)?;
        tokens::touch(tx, &tokens)
    });
    if let Err(error) = written {
        // What came meanwhile is newer and stays.
        let mut seen = app.memory().viewers.lock_seen();
        for (session, at) in again_sessions {
            seen.sessions.entry(session).or_insert(at);
        }
        for (token, at) in again_tokens {
            seen.tokens.entry(token).or_insert(at);
        }
        return Err(StoreError::into(error));
    }
    Ok(())
}

impl Viewers {
    /// The last change of rights that this node knows of. Taken before anything is read that is kept under it.
    fn rights(&self, app: &App) -> Result<Epoch, Error> {
        let now = app.store().epoch();
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((checked, changed)) = *looked else {
            *looked = Some((now, now));
            return Ok(now);
        };
        if checked >= now {
            return Ok(changed);
        }
        let changed = match app.store().read(|db| last_change(db, checked, now)) {
            Ok(found) => found.unwrap_or(changed),
            Err(StoreError::Unavailable(why)) => return Err(Error::Unavailable(why)),
            // A kind that only a newer version knows: take it for a change.
            Err(_) => now,
        };
        *looked = Some((now, changed));
        Ok(changed)
    }

    fn see(&self, kept: &Kept, now: Time) {
        let before = kept.seen.load(Ordering::Relaxed);
        if micros(now) - before < SEEN_STEP.num_microseconds().unwrap_or(i64::MAX) {
            return;
        }
        kept.seen.store(micros(now), Ordering::Relaxed);
        let mut seen = self.lock_seen();
        match &kept.viewer.way {
            Way::Session(session) => drop(seen.sessions.insert(*session, now)),
            Way::Token(token, _) => drop(seen.tokens.insert(*token, now)),
        }
    }

    fn lock_seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The last event after `checked` that changed rights. With too many to look through, the newest counts as one.
fn last_change(db: &mut Db, checked: Epoch, now: Epoch) -> Result<Option<Epoch>, StoreError> {
    let entries = events::events_after(db, EventId(checked.0), LOOKED_MAX)?;
    if entries.len() as i64 >= LOOKED_MAX {
        return Ok(Some(now));
    }
    let last = entries.iter().rev().find(|entry| entry.event.changes_access());
    Ok(last.map(|entry| Epoch(entry.id.0)))
}

impl Kept {
    fn lives(&self, now: Time) -> bool {
        let expired = self.expires_at.is_some_and(|at| at <= now);
        let idle = match self.viewer.way {
            Way::Session(_) => {
                micros(now) - self.seen.load(Ordering::Relaxed) > IDLE.num_microseconds().unwrap_or(i64::MAX)
            }
            Way::Token(..) => false,
        };
        !expired && !idle
    }
}

fn read(db: &mut Db, key: &Key, rights: Epoch) -> Result<Option<Kept>, StoreError> {
    let found = match key {
        Key::Session(session) => sessions::get(db, *session)?
            .filter(|row| row.ended_at.is_none())
            .map(|row| {
                (
                    row.person_id,
                    Way::Session(row.id),
                    Some(row.expires_at),
                    Some(row.seen_at),
                )
            }),
        Key::Token(hash) => tokens::find(db, hash)?
            .filter(|row| row.ended_at.is_none())
            .map(|row| {
                (
                    row.person_id,
                    Way::Token(row.id, row.scopes),
                    row.expires_at,
                    row.seen_at,
                )
            }),
    };
    let Some((person, way, expires_at, seen_at)) = found else {
        return Ok(None);
    };
    let (Some(access), Some(person)) = (people::access(db, person)?, people::get_unfiltered(db, person)?)
    else {
        return Ok(None);
    };
    Ok(Some(Kept {
        rights,
        viewer: Arc::new(Viewer {
            person,
            access: Arc::new(access),
            way,
        }),
        expires_at,
        seen: AtomicI64::new(seen_at.map_or(0, micros)),
    }))
}
