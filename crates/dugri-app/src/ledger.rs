//! The exposure ledger's buffer: what is opened is gathered in memory and written in batches, about once a second and when
//! the server stops. So reading a page writes nothing, and a lost second of mere opens is all that a crash can cost.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use dugri_core::{PersonId, RevisionId};
pub use dugri_store::uses::Opened;
use dugri_store::{Chore, Error as StoreError, notices, uses, visits};

use crate::{App, Error};

/// Somebody who opens the same revision again within this time has opened it once.
const ONCE_IN: Duration = Duration::from_secs(60);
/// How many of those are remembered.
const RECENT_MAX: u64 = 100_000;
/// How many opens may wait for a database that is away. Beyond it the oldest go: the ledger says that it may lack some.
const WAITING_MAX: usize = 50_000;

/// What waits to be written.
pub(crate) struct Ledger {
    waiting: Mutex<Vec<Opened>>,
    recent: moka::sync::Cache<(PersonId, RevisionId), ()>,
}

impl Default for Ledger {
    fn default() -> Ledger {
        Ledger {
            waiting: Mutex::default(),
            recent: moka::sync::Cache::builder()
                .max_capacity(RECENT_MAX)
                .time_to_live(ONCE_IN)
                .build(),
        }
    }
}

impl Ledger {
    fn take(&self) -> Vec<Opened> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, opened: impl IntoIterator<Item = Opened>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(opened);
        let beyond = waiting.len().saturating_sub(WAITING_MAX);
        if beyond > 0 {
            tracing::warn!(
                lost = beyond,
                "opens wait for the database in vain; the oldest are given up"
            );
            waiting.drain(..beyond);
        }
    }
}

/// Takes note that somebody opened a page. Neither asks nor waits for the database.
pub fn opened(app: &App, opened: Opened) {
    let ledger = &app.memory().ledger;
    let key = (opened.person, opened.revision);
    if ledger.recent.contains_key(&key) {
        return;
    }
    ledger.recent.insert(key, ());
    ledger.put([opened]);
}

/// Writes down what was opened: in the ledger, as what its person saw last, and as read among their notices.
///
/// # Errors
/// When the database is not available; what was opened waits.
pub fn flush(app: &App) -> Result<(), Error> {
    let batch = app.memory().ledger.take();
    if batch.is_empty() {
        return Ok(());
    }
    let again = batch.clone();
    let written = app.store().housekeep(Chore::Ledger, move |tx| {
        uses::add_opened(tx, &batch)?;
        visits::note(tx, &batch)?;
        notices::note_opened(tx, &batch)
    });
    match written {
        Ok(read) => {
            if read > 0 {
                app.memory().turn();
            }
            Ok(())
        }
        Err(error) => {
            app.memory().ledger.put(again);
            Err(StoreError::into(error))
        }
    }
}
