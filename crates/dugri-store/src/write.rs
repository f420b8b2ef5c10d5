//! The one writer thread of this node, and group commit.
//!
//! Writes queue up; the thread runs as many as are waiting in one transaction, each in its own savepoint,
//! commits once, and only then answers them all. So one flush to the disk serves many writers, an
//! acknowledged write is on the disk, and a write that fails or panics takes back only itself.
//! A commit that fails fails them all.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{JoinHandle, ThreadId};
use std::time::{Duration, Instant};

use crate::conn::Purpose;
use crate::db::Door;
use crate::epoch::Clockwork;
use crate::trouble::Watch;
use crate::{Database, Error, Tx};

/// How many writes may wait. Beyond it a caller is told to come back: a queue that only grows helps nobody.
const QUEUE_MAX: usize = 1_024;

/// How many writes share a commit, and for how long a batch is filled: the last one in it waits no longer than this for its answer.
const BATCH_MAX: usize = 256;
const BATCH_FILL_MAX: Duration = Duration::from_millis(25);

/// A write that takes longer is named in the log: everybody waits behind it.
const SLOW: Duration = Duration::from_millis(250);

/// Beyond this a failed begin was a time-out and not a dead connection.
const DEAD_AFTER: Duration = Duration::from_secs(1);

/// A queued write. Called once, with the transaction or with the reason why there is none.
type Job = Box<dyn FnOnce(Result<&mut Tx, Error>) -> Ran + Send>;

/// A write that ran and waits for the commit.
struct Ran {
    keeps: bool,
    answer: Box<dyn FnOnce(Result<(), Error>)>,
}

/// What the writer has done since the store was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriterStats {
    /// Writes that were committed.
    pub writes: u64,
    /// Commits that carried them.
    pub commits: u64,
}

#[derive(Default)]
struct Counts {
    writes: AtomicU64,
    commits: AtomicU64,
}

/// The door to the writer thread.
pub(crate) struct Writer {
    queue: Mutex<Option<SyncSender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    thread_id: ThreadId,
    counts: Arc<Counts>,
}

impl Writer {
    /// Starts the thread on a connection that was already made, so that opening a store reports what is wrong.
    pub(crate) fn start(
        mut tx: Tx,
        database: Database,
        clockwork: Arc<Clockwork>,
        watch: Watch,
    ) -> Result<Writer, Error> {
        watch.listen(tx.conn());
        let (queue, jobs) = sync_channel(QUEUE_MAX);
        let counts = Arc::new(Counts::default());
        let mut desk = Desk {
            tx: Some(tx),
            database,
            clockwork,
            watch,
            counts: counts.clone(),
        };
        let thread = std::thread::Builder::new()
            .name("dugri-writer".into())
            .spawn(move || desk.serve(&jobs))
            .map_err(|e| Error::Unavailable(format!("can't start the writer thread: {e}")))?;
        Ok(Writer {
            queue: Mutex::new(Some(queue)),
            thread_id: thread.thread().id(),
            thread: Mutex::new(Some(thread)),
            counts,
        })
    }

    /// Hands a write to the thread and waits until it is committed, or failed.
    pub(crate) fn run<T, E, F>(&self, door: Door, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = sync_channel(1);
        self.enqueue(Box::new(move |tx| {
            let result = match tx {
                Ok(tx) => attempt(tx, door, work),
                Err(error) => Err(E::from(error)),
            };
            Ran {
                keeps: result.is_ok(),
                answer: Box::new(move |committed| {
                    let result = result.and_then(|value| match committed {
                        Ok(()) => Ok(value),
                        Err(error) => Err(E::from(error)),
                    });
                    // The caller waits for exactly this; if its thread is gone, nobody is owed an answer.
                    drop(reply.send(result));
                }),
            }
        }))?;
        answer.recv().unwrap_or_else(|_| {
            Err(E::from(Error::Unavailable(
                "the writer gave this write up".into(),
            )))
        })
    }

    fn enqueue(&self, job: Job) -> Result<(), Error> {
        if std::thread::current().id() == self.thread_id {
            return Err(Error::Database(
                "a write was begun inside a write: it would wait for itself".into(),
            ));
        }
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(queue) = queue else {
            return Err(Error::Unavailable("the store is closed".into()));
        };
        queue.try_send(job).map_err(|full| match full {
            TrySendError::Full(_) => Error::Unavailable("too many writes are waiting".into()),
            TrySendError::Disconnected(_) => Error::Unavailable("the writer has stopped".into()),
        })
    }

    pub(crate) fn stats(&self) -> WriterStats {
        WriterStats {
            writes: self.counts.writes.load(Ordering::Relaxed),
            commits: self.counts.commits.load(Ordering::Relaxed),
        }
    }

    /// Takes no more writes, finishes those that wait, and ends the thread.
    pub(crate) fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The last handle of a store may be dropped by a write, on the thread itself.
        if let Some(thread) = thread
            && std::thread::current().id() != self.thread_id
            && thread.join().is_err()
        {
            tracing::error!("the writer thread ended by a panic");
        }
    }
}

/// One write in its savepoint.
fn attempt<T, E, F>(tx: &mut Tx, door: Door, work: F) -> Result<T, E>
where
    F: FnOnce(&mut Tx) -> Result<T, E>,
    E: From<Error>,
{
    tx.enter(door)?;
    let started = Instant::now();
    let result = match catch_unwind(AssertUnwindSafe(|| work(tx))) {
        Ok(Ok(value)) => tx.keep().map(|()| value).map_err(E::from),
        Ok(Err(error)) => Err(error),
        Err(panic) => Err(E::from(Error::Database(format!(
            "a write panicked: {}",
            panic_text(panic.as_ref())
        )))),
    };
    if result.is_err() {
        tx.undo();
    }
    let took = started.elapsed();
    if took > SLOW {
        tracing::warn!(
            ?took,
            write = std::any::type_name::<F>(),
            "a write held everybody up"
        );
    }
    result
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

/// What the thread owns.
struct Desk {
    /// `None` after a fault: the next batch makes a new connection, because a connection that saw a failed
    /// flush must not be trusted again.
    tx: Option<Tx>,
    database: Database,
    clockwork: Arc<Clockwork>,
    watch: Watch,
    counts: Arc<Counts>,
}

impl Desk {
    fn serve(&mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            // A panic here is our own bug. Writers of this batch see their channel close and report
            // 'unavailable'; the thread lives on with a new connection.
            if catch_unwind(AssertUnwindSafe(|| self.batch(first, jobs))).is_err() {
                tracing::error!("the writer panicked outside of a write");
                self.tx = None;
            }
        }
    }

    fn batch(&mut self, first: Job, jobs: &Receiver<Job>) {
        self.watch.begin();
        if let Err(error) = self.begin() {
            tracing::warn!(%error, "no write can begin");
            self.watch.hear(&error.to_string());
            self.tx = None;
            refuse(first, jobs, &error);
            return;
        }
        let Some(tx) = self.tx.as_mut() else { return };
        let ran = fill(tx, first, jobs);
        let kept = ran.iter().filter(|r| r.keeps).count() as u64;
        let outcome = if tx.is_lost() {
            Err(Error::Unavailable("the database gave up the transaction".into()))
        } else if kept == 0 {
            tx.rollback()
        } else {
            tx.commit()
        };
        match &outcome {
            Ok(()) if kept > 0 => {
                // Before the answers: whoever hears 'saved' finds the new epoch.
                if let Some(id) = tx.last_recorded() {
                    self.clockwork.saw(id);
                    self.watch.committed();
                }
                self.counts.writes.fetch_add(kept, Ordering::Relaxed);
                self.counts.commits.fetch_add(1, Ordering::Relaxed);
            }
            Ok(()) => {}
            Err(error) => {
                tracing::error!(%error, writes = kept, "a commit failed");
                self.watch.hear(&error.to_string());
                self.tx = None;
            }
        }
        for r in ran {
            (r.answer)(outcome.clone());
        }
    }

    /// Begins a transaction, on a new connection if the old one turns out to be dead.
    fn begin(&mut self) -> Result<(), Error> {
        let started = Instant::now();
        if let Some(tx) = self.tx.as_mut() {
            match tx.begin() {
                Ok(()) => return Ok(()),
                // A dead connection says so at once; whoever waited in vain for the writer's place need not wait twice.
                Err(error) if started.elapsed() > DEAD_AFTER => return Err(error),
                Err(error) => tracing::info!(%error, "the writer connects anew"),
            }
        }
        let mut tx = Tx::new(self.database.connect(Purpose::Write)?);
        self.watch.listen(tx.conn());
        tx.begin()?;
        self.tx = Some(tx);
        Ok(())
    }
}

/// Runs the first write and all that wait behind it, within the limits of a batch.
fn fill(tx: &mut Tx, first: Job, jobs: &Receiver<Job>) -> Vec<Ran> {
    let started = Instant::now();
    let mut ran = vec![first(Ok(&mut *tx))];
    while ran.len() < BATCH_MAX && !tx.is_lost() && started.elapsed() < BATCH_FILL_MAX {
        let Ok(job) = jobs.try_recv() else { break };
        ran.push(job(Ok(&mut *tx)));
    }
    ran
}

/// Answers everybody who waits: each alone would find the same trouble, one time-out after the other.
fn refuse(first: Job, jobs: &Receiver<Job>, error: &Error) {
    let waiting = std::iter::once(first).chain(jobs.try_iter().take(QUEUE_MAX));
    for job in waiting {
        (job(Err(error.clone())).answer)(Err(error.clone()));
    }
}
