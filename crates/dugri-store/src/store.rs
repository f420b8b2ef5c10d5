//! The store: one door to read, two to write.
//!
//! `write` is for what people do, and records an event; `housekeep` is for the closed list [`Chore`], and
//! records none. Every other way to a writing transaction would be a bug.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::r2d2::Pool;

use crate::conn::Purpose;
use crate::db::Door;
use crate::epoch::{Clockwork, Poller};
use crate::pool::{self, Manager};
use crate::trouble::{Trouble, Watch};
use crate::write::{Writer, WriterStats};
use crate::{Database, Db, Epoch, Error, Tx, events, migrate, settings};

/// The setting that a probe writes, and its size: enough that a disk with a last free page is not called well.
const PROBE: &str = "disk.probe";
const PROBE_BYTES: usize = 512 << 10;

/// How many connections read at once unless configured.
const READERS: u32 = 8;

/// Which database, and how many readers.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// Where the database is.
    pub database: Database,
    /// Connections for reading.
    pub readers: u32,
}

impl StoreConfig {
    /// The configuration for `sqlite:PATH` or `postgres://…`.
    pub fn new(address: &str) -> Result<StoreConfig, Error> {
        Ok(StoreConfig {
            database: Database::parse(address)?,
            readers: READERS,
        })
    }
}

/// What may be written without an event. A new chore needs a reason beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chore {
    /// Autosaved drafts: nobody else sees them.
    Drafts,
    /// Sessions touched and swept.
    Sessions,
    /// Followers' cursors and what followers derive.
    Cursors,
    /// Leases on mail, webhooks and timers.
    Leases,
    /// Batches of the exposure ledger.
    Ledger,
    /// Batches of the query log.
    QueryLog,
    /// What somebody has read of their own notices: nobody else's business.
    Notices,
}

impl Chore {
    /// All of them.
    pub const ALL: [Chore; 7] = [
        Chore::Drafts,
        Chore::Sessions,
        Chore::Cursors,
        Chore::Leases,
        Chore::Ledger,
        Chore::QueryLog,
        Chore::Notices,
    ];

    /// High-rate and unordered: on PostgreSQL it is written outside the writer's place.
    fn is_beside(self) -> bool {
        matches!(self, Chore::Ledger | Chore::QueryLog)
    }
}

/// A database, opened. Clones share it; the last one to go finishes the writes that wait.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    pool: Pool<Manager>,
    writer: Writer,
    clockwork: Arc<Clockwork>,
    poller: Poller,
    watch: Watch,
    /// PostgreSQL's second writer, for what needs no place in the order. Made at first use, remade after a fault.
    beside: Mutex<Option<Tx>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

impl Inner {
    fn close(&self) {
        self.writer.close();
        self.poller.close();
    }
}

impl Store {
    /// Opens a database that is there and up to date. It runs no migration and makes no file; what is wrong is said in a sentence.
    pub fn open(config: &StoreConfig) -> Result<Store, Error> {
        let database = config.database.clone();
        let mut tx = Tx::new(migrate::open(&database)?);
        let clockwork = Clockwork::new(events::last(&mut tx)?);
        let watch = Watch::default();
        Ok(Store {
            inner: Arc::new(Inner {
                pool: pool::open(&database, config.readers),
                writer: Writer::start(tx, database.clone(), clockwork.clone(), watch.clone())?,
                poller: Poller::start(database.clone(), clockwork.clone())?,
                clockwork,
                watch,
                beside: Mutex::new(None),
                database,
            }),
        })
    }

    /// Makes a new database. Refuses one that holds anything.
    pub fn create(config: &StoreConfig) -> Result<(), Error> {
        migrate::create(&config.database)
    }

    /// Brings a database that is there up to date. Returns the names of the migrations that ran.
    pub fn migrate(config: &StoreConfig) -> Result<Vec<String>, Error> {
        migrate::migrate(&config.database)
    }

    /// Reads an SQLite file through, before a start, and refuses a damaged one. Takes a second for some hundred megabytes.
    pub fn quick_check(config: &StoreConfig) -> Result<(), Error> {
        migrate::quick_check(&config.database)
    }

    /// Reads: all queries of the closure see one state of the database.
    pub fn read<T>(&self, work: impl FnOnce(&mut Db) -> Result<T, Error>) -> Result<T, Error> {
        let mut db = self.snapshot()?;
        let result = work(&mut db);
        // A snapshot that can't be ended breaks its connection, which the pool then throws away; what was read was read.
        if let Err(error) = db.end_snapshot() {
            tracing::debug!(%error, "a snapshot was not ended");
        }
        result
    }

    /// A connection inside a snapshot. After a restart of PostgreSQL every pooled connection is dead: try each.
    fn snapshot(&self) -> Result<diesel::r2d2::PooledConnection<Manager>, Error> {
        let mut failure = None;
        for _ in 0..=self.inner.pool.max_size() {
            let mut db = self
                .inner
                .pool
                .get()
                .map_err(|e| Error::Unavailable(e.to_string()))?;
            match db.begin_snapshot() {
                Ok(()) => return Ok(db),
                Err(error) => failure = Some(error),
            }
        }
        Err(failure.unwrap_or_else(|| Error::Unavailable("no connection".into())))
    }

    /// Writes: the closure runs on the writer thread, alone in the whole installation, and is acknowledged
    /// after the commit. It must [`record`](Tx::record) what it did. `Err` takes back what it wrote.
    ///
    /// It must be quick, and touch neither network nor disk: everybody waits behind it.
    pub fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.inner.writer.run(Door::Write, work)
    }

    /// The second door: writes of the closed list, which record no event.
    pub fn housekeep<T, E, F>(&self, chore: Chore, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        if chore.is_beside() && matches!(self.inner.database, Database::Postgres(_)) {
            return self.write_beside(chore, work);
        }
        self.inner.writer.run(Door::Housekeep(chore), work)
    }

    /// On PostgreSQL a batch of the ledger does not wait for the writer's place.
    fn write_beside<T, E, F>(&self, chore: Chore, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E>,
        E: From<Error>,
    {
        let mut slot = self.inner.beside.lock().unwrap_or_else(PoisonError::into_inner);
        // Taken out: whatever goes wrong on the way, panics included, leaves no half-used connection behind.
        let mut tx = match slot.take() {
            Some(mut tx) => match tx.begin_beside() {
                Ok(()) => tx,
                Err(_) => self.connect_beside()?,
            },
            None => self.connect_beside()?,
        };
        tx.enter(Door::Housekeep(chore))?;
        match work(&mut tx) {
            Ok(value) => {
                tx.keep()?;
                tx.commit()?;
                *slot = Some(tx);
                Ok(value)
            }
            Err(error) => {
                tx.undo();
                if tx.rollback().is_ok() {
                    *slot = Some(tx);
                }
                Err(error)
            }
        }
    }

    fn connect_beside(&self) -> Result<Tx, Error> {
        let mut tx = Tx::new(self.inner.database.connect(Purpose::Write)?);
        tx.begin_beside()?;
        Ok(tx)
    }

    /// The last event known on this node. Take it before reading what is cached under it.
    pub fn epoch(&self) -> Epoch {
        self.inner.clockwork.epoch()
    }

    /// How long the database was not heard of: beyond five seconds, what is cached may be out of date.
    pub fn silence(&self) -> Duration {
        self.inner.clockwork.silence()
    }

    /// Can it be written now? Waits its turn, takes the writer's place, and writes nothing.
    pub fn check_writable(&self) -> Result<(), Error> {
        self.inner.writer.run(Door::Write, |tx| {
            tx.unchanged();
            Ok(())
        })
    }

    /// What the disk last refused, until something is written again. In memory: asking costs nothing.
    pub fn trouble(&self) -> Option<Trouble> {
        self.inner.watch.trouble()
    }

    /// Writes something of some size, and takes it away again, to see whether the disk is well.
    pub fn probe(&self) -> Result<(), Error> {
        self.housekeep(Chore::Leases, |tx| {
            settings::set(tx, PROBE, &"x".repeat(PROBE_BYTES))
        })?;
        self.housekeep(Chore::Leases, |tx| settings::remove(tx, PROBE).map(drop))?;
        self.inner.watch.well();
        Ok(())
    }

    /// Notes what became of writing a file: they may lie on another disk than the database.
    pub fn note_files(&self, outcome: Result<(), &Error>) {
        self.inner.watch.files(outcome);
    }

    /// What the writer has done so far.
    pub fn writer_stats(&self) -> WriterStats {
        self.inner.writer.stats()
    }

    /// Where the database is.
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// Finishes the writes that wait and takes no more. Reading goes on until the last clone is dropped.
    pub fn close(&self) {
        self.inner.close();
    }
}
