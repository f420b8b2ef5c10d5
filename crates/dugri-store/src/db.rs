//! What a reader and a writer hold in their hand.
//!
//! [`Db`] is a connection inside a read snapshot or a write; [`Tx`] is a `Db` inside a write, so that
//! "must be in a transaction" is a type. Neither can be made outside this crate.

use std::ops::{Deref, DerefMut};

use diesel::RunQueryDsl as _;
use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use dugri_core::EventId;

use crate::conn::AnyConn;
use crate::{Chore, Error};

type Tm = <AnyConn as Connection>::TransactionManager;

/// The key of the lock that makes PostgreSQL's writers take turns: `Dugri` in ASCII.
const WRITERS_PLACE: i64 = 0x44_7567_7269;

/// A connection to read with.
pub struct Db {
    conn: AnyConn,
}

impl Db {
    pub(crate) fn new(conn: AnyConn) -> Db {
        Db { conn }
    }

    /// The connection, for diesel's `load` and friends.
    pub fn conn(&mut self) -> &mut AnyConn {
        &mut self.conn
    }

    /// Begins a read: all that follows sees one state of the database.
    pub(crate) fn begin_snapshot(&mut self) -> Result<(), Error> {
        match &mut self.conn {
            AnyConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
            AnyConn::Pg(c) => AnsiTransactionManager::begin_transaction_sql(
                c,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            ),
        }
        .map_err(Error::from)
    }

    /// Ends a read.
    pub(crate) fn end_snapshot(&mut self) -> Result<(), Error> {
        Ok(Tm::rollback_transaction(&mut self.conn)?)
    }

    /// How many rows this connection has changed so far, where a debug build can know it.
    fn count_changes(&mut self) -> Option<i64> {
        match &mut self.conn {
            AnyConn::Sqlite(c) if cfg!(debug_assertions) => {
                let row: ChangesRow = diesel::sql_query("SELECT total_changes() AS n")
                    .get_result(c)
                    .ok()?;
                Some(row.n)
            }
            _ => None,
        }
    }

    /// How deep the transaction is nested; 0 outside of one. `None` when the connection is of no more use.
    fn depth(&mut self) -> Option<u32> {
        let depth = Tm::transaction_manager_status_mut(&mut self.conn).transaction_depth();
        depth.ok().map(|d| d.map_or(0, u32::from))
    }
}

#[derive(diesel::QueryableByName)]
struct ChangesRow {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

/// Which door a write came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    Write,
    Housekeep(Chore),
}

/// A connection inside a write. It reads like a [`Db`], and what it writes is committed or undone as one.
pub struct Tx {
    db: Db,
    door: Door,
    /// The last event id, once known in this transaction; the writer's place makes `+ 1` safe.
    pub(crate) last_event: Option<i64>,
    /// `last_event` as it was when the savepoint was set, to go back to.
    last_event_before: Option<i64>,
    pub(crate) recorded: bool,
    /// Whether this write is known to be none that is kept from writing.
    pub(crate) is_let: bool,
    unchanged: bool,
    lost: bool,
    /// SQLite's count of changed rows when the savepoint was set; debug builds only.
    changes_before: Option<i64>,
}

impl Deref for Tx {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.db
    }
}

impl Tx {
    pub(crate) fn new(conn: AnyConn) -> Tx {
        Tx {
            db: Db::new(conn),
            door: Door::Write,
            last_event: None,
            last_event_before: None,
            recorded: false,
            is_let: false,
            unchanged: false,
            lost: false,
            changes_before: None,
        }
    }

    /// Says that this write found nothing to do (a repeat of a known request), so that it need not record.
    /// A debug build on SQLite checks that this is so.
    pub fn unchanged(&mut self) {
        self.unchanged = true;
    }

    pub(crate) fn door(&self) -> Door {
        self.door
    }

    /// Begins a transaction and takes the writer's place, before anything is read.
    pub(crate) fn begin(&mut self) -> Result<(), Error> {
        self.lost = false;
        self.last_event = None;
        match &mut self.db.conn {
            AnyConn::Sqlite(c) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?;
            }
            AnyConn::Pg(c) => {
                // Read committed: each statement after the lock sees what the writer before us committed.
                AnsiTransactionManager::begin_transaction_sql(
                    c,
                    &format!(
                        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \
                         SELECT pg_advisory_xact_lock({WRITERS_PLACE})"
                    ),
                )?;
            }
        }
        Ok(())
    }

    /// Begins a transaction beside the writer's place. SQLite has no such thing; the caller knows.
    pub(crate) fn begin_beside(&mut self) -> Result<(), Error> {
        self.lost = false;
        self.last_event = None;
        Ok(Tm::begin_transaction(&mut self.db.conn)?)
    }

    pub(crate) fn commit(&mut self) -> Result<(), Error> {
        Ok(Tm::commit_transaction(&mut self.db.conn)?)
    }

    pub(crate) fn rollback(&mut self) -> Result<(), Error> {
        Ok(Tm::rollback_transaction(&mut self.db.conn)?)
    }

    /// Opens the savepoint of one write.
    pub(crate) fn enter(&mut self, door: Door) -> Result<(), Error> {
        self.door = door;
        self.recorded = false;
        self.is_let = false;
        self.unchanged = false;
        self.last_event_before = self.last_event;
        let entered = Tm::begin_transaction(&mut self.db.conn).map_err(Error::from);
        self.lost |= entered.is_err();
        self.changes_before = self.db.count_changes();
        entered
    }

    /// Closes the savepoint and keeps what was written.
    pub(crate) fn keep(&mut self) -> Result<(), Error> {
        if self.db.depth() != Some(2) {
            return Err(Error::Database(
                "a write ended inside another transaction than it began in".into(),
            ));
        }
        if cfg!(debug_assertions) && self.door == Door::Write && !self.recorded && !self.unchanged {
            return Err(Error::Database(
                "a write ended without recording an event: call tx.record, tx.unchanged, or use housekeep"
                    .into(),
            ));
        }
        let unrecorded = self.door == Door::Write && !self.recorded;
        if unrecorded && self.db.count_changes() != self.changes_before {
            return Err(Error::Database(
                "a write said that it changed nothing, but it did".into(),
            ));
        }
        Ok(Tm::commit_transaction(&mut self.db.conn)?)
    }

    /// Undoes everything since the savepoint, also what a panic left open inside of it.
    pub(crate) fn undo(&mut self) {
        self.last_event = self.last_event_before;
        loop {
            match self.db.depth() {
                Some(1) => return,
                Some(depth) if depth > 1 && Tm::rollback_transaction(&mut self.db.conn).is_ok() => {}
                _ => break,
            }
        }
        // The whole transaction is gone: SQLite rolls it back by itself on a full disk, PostgreSQL when it goes away.
        self.lost = true;
    }

    /// Is there no transaction left to commit?
    pub(crate) fn is_lost(&self) -> bool {
        self.lost
    }

    /// The last event id that this transaction gave out, if it gave one out.
    pub(crate) fn last_recorded(&self) -> Option<EventId> {
        self.last_event.map(EventId)
    }
}
