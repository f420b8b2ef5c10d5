//! The epoch: the last event that this node knows of, in memory.
//!
//! Caches keep it in their keys: whoever takes the epoch first and reads afterwards may keep what it read
//! under that epoch. Own commits move it before they are acknowledged; what other processes commit moves it
//! within a second. PostgreSQL is polled and not listened to: `NOTIFY` takes a lock that all commits of the
//! server share, and one index look-up each half second costs less.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use dugri_core::EventId;

use crate::conn::Purpose;
use crate::{Database, Db, Error, events};

/// How often another process's commits are looked for.
const POLL: Duration = Duration::from_millis(250);

/// The number of the last event known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Epoch(pub i64);

/// The epoch and when the database was last heard of; shared by writer, poller and store.
pub(crate) struct Clockwork {
    last: AtomicI64,
    heard: Mutex<Instant>,
    stop: Mutex<bool>,
    stopped: Condvar,
}

impl Clockwork {
    pub(crate) fn new(last: EventId) -> Arc<Clockwork> {
        Arc::new(Clockwork {
            last: AtomicI64::new(last.0),
            heard: Mutex::new(Instant::now()),
            stop: Mutex::new(false),
            stopped: Condvar::new(),
        })
    }

    pub(crate) fn epoch(&self) -> Epoch {
        Epoch(self.last.load(Ordering::Acquire))
    }

    /// The epoch never goes back.
    pub(crate) fn saw(&self, id: EventId) {
        self.last.fetch_max(id.0, Ordering::AcqRel);
    }

    /// How long ago the poll last reached the database.
    pub(crate) fn silence(&self) -> Duration {
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .elapsed()
    }

    fn heard(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Sleeps until the next poll; true when it is time to end.
    fn rest(&self) -> bool {
        let stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        let (stop, _) = self
            .stopped
            .wait_timeout_while(stop, POLL, |stop| !*stop)
            .unwrap_or_else(PoisonError::into_inner);
        *stop
    }
}

/// The thread that looks for what other processes committed.
pub(crate) struct Poller {
    clockwork: Arc<Clockwork>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Poller {
    pub(crate) fn start(database: Database, clockwork: Arc<Clockwork>) -> Result<Poller, Error> {
        let shared = clockwork.clone();
        let thread = std::thread::Builder::new()
            .name("dugri-epoch".into())
            .spawn(move || poll(&database, &shared))
            .map_err(|e| Error::Unavailable(format!("can't start the epoch thread: {e}")))?;
        Ok(Poller {
            clockwork,
            thread: Mutex::new(Some(thread)),
        })
    }

    pub(crate) fn close(&self) {
        *self.clockwork.stop.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.clockwork.stopped.notify_all();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the epoch thread ended by a panic");
        }
    }
}

fn poll(database: &Database, clockwork: &Clockwork) {
    let mut db: Option<Db> = None;
    let mut version = None;
    while !clockwork.rest() {
        match look(database, &mut db, &mut version) {
            Ok(last) => {
                clockwork.heard();
                if let Some(last) = last {
                    clockwork.saw(last);
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the epoch can't be looked up");
                (db, version) = (None, None);
            }
        }
    }
}

/// The last event, or `None` when SQLite says that no other connection wrote since the last look.
fn look(
    database: &Database,
    slot: &mut Option<Db>,
    version: &mut Option<i64>,
) -> Result<Option<EventId>, Error> {
    if slot.is_none() {
        *slot = Some(Db::new(database.connect(Purpose::Read)?));
    }
    let Some(db) = slot.as_mut() else {
        return Ok(None);
    };
    if matches!(database, Database::Sqlite(_)) {
        let now = data_version(db)?;
        if version.replace(now) == Some(now) {
            return Ok(None);
        }
    }
    events::last(db).map(Some)
}

#[derive(QueryableByName)]
struct DataVersionRow {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

fn data_version(db: &mut Db) -> Result<i64, Error> {
    let row: DataVersionRow = diesel::sql_query("PRAGMA data_version").get_result(db.conn())?;
    Ok(row.data_version)
}
