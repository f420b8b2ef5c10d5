//! Followers of the event log: a name and one function each. They look up the present, so running twice, late or after
//! a gap gives the same; they may be killed at any point.
//!
//! `search` keeps its cursor in the index's own commit, so each node has its own and a lost index is rebuilt.
//! `texts` has no cursor: what it has to read stands in the store.
//! `history` and `notify` move their cursors in the transaction of their work.

mod history;
mod notify;
mod search;
mod texts;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::{App, Error};

/// How many events a follower takes at once.
const BATCH: i64 = 500;

/// How often a follower looks at the epoch. A page is findable within this and one commit of the index.
const LOOK: Duration = Duration::from_millis(50);

/// How long to wait after a failure that is not an event's fault (a full disk, a database that is away).
const PAUSE: Duration = Duration::from_secs(2);

/// What came of one go of a follower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Went {
    /// It did something; there may be more.
    On,
    /// It is at the end of the log.
    ToTheEnd,
    /// What comes next must wait for another follower.
    AsFarAsItCan,
}

/// A follower's function: does what is there to do.
type Follow = fn(&App) -> Result<Went, Error>;

/// All followers.
const FOLLOWERS: [(&str, Follow); 4] = [
    ("texts", texts::follow),
    ("search", search::follow),
    ("history", history::follow),
    ("notify", notify::follow),
];

impl App {
    /// Writes down what was opened and searched for, and runs all followers to the end of the log.
    ///
    /// # Errors
    /// When one of them can't go on.
    pub fn catch_up(&self) -> Result<(), Error> {
        crate::ledger::flush(self)?;
        crate::searches::flush(self)?;
        for (_, follow) in FOLLOWERS {
            while follow(self)? == Went::On {}
        }
        Ok(())
    }

    /// Builds the index from the database again. What was there answers until it is done.
    pub fn reindex(&self) -> Result<(), Error> {
        self.index().renew().map_err(Error::internal)?;
        while search::follow(self)? == Went::On {}
        Ok(())
    }
}

/// Looks whether the files of the index are there and readable; where not, it is begun anew, and its follower builds it.
pub fn tend_index(app: &App) {
    match app.index().mend(false) {
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "the search index can't be built again; it is tried again"),
    }
}

/// The threads on which followers run. Dropping it stops them.
pub struct Followers {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Followers {
    /// Starts a thread for each follower.
    pub fn start(app: &App) -> std::io::Result<Followers> {
        let stop = Arc::new(AtomicBool::new(false));
        let mut threads = Vec::new();
        for (name, follow) in FOLLOWERS {
            let (app, stop) = (app.clone(), stop.clone());
            let run = move || run(name, follow, &app, &stop);
            threads.push(
                std::thread::Builder::new()
                    .name(format!("dugri-{name}"))
                    .spawn(run)?,
            );
        }
        Ok(Followers { stop, threads })
    }
}

impl Drop for Followers {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            // A panic of a follower was logged by `run`; there is nothing to add when stopping.
            let _ = thread.join();
        }
    }
}

fn run(name: &'static str, follow: Follow, app: &App, stop: &AtomicBool) {
    let mut seen = None;
    while !stop.load(Ordering::Relaxed) {
        // An index that began anew must be followed without an event, too.
        let at = (app.store().epoch(), app.index().beginnings());
        if seen == Some(at) {
            std::thread::sleep(LOOK);
            continue;
        }
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| follow(app)));
        match result {
            Ok(Ok(Went::On)) => {}
            Ok(Ok(Went::ToTheEnd)) => seen = Some(at),
            Ok(Ok(Went::AsFarAsItCan)) => std::thread::sleep(LOOK),
            Ok(Err(error)) => {
                tracing::error!(follower = name, %error, "a follower stumbles and will try again");
                rest(stop);
            }
            Err(_) => {
                tracing::error!(follower = name, "a follower panicked and will try again");
                rest(stop);
            }
        }
    }
}

fn rest(stop: &AtomicBool) {
    let until = std::time::Instant::now() + PAUSE;
    while std::time::Instant::now() < until && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(LOOK);
    }
}
