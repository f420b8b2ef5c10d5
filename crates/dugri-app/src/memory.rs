//! What a node remembers about people between requests. Nothing here is needed after a restart.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dugri_search::Aliases;
use dugri_store::Epoch;

use crate::chrome::Chromes;
use crate::ledger::Ledger;
use crate::read_only::Kept;
use crate::searches::Searches;
use crate::sessions::SignIns;
use crate::settings::Company;
use crate::viewers::Viewers;

/// The memory of one node.
pub(crate) struct Memory {
    pub(crate) sign_ins: SignIns,
    pub(crate) viewers: Viewers,
    pub(crate) chromes: Chromes,
    pub(crate) company: AtEpoch<Company>,
    pub(crate) read_only: AtEpoch<Option<Kept>>,
    pub(crate) aliases: AtEpoch<Aliases>,
    pub(crate) ledger: Ledger,
    pub(crate) searches: Searches,
    /// How often this node changed, without an event, what people see of their own: notices, marks.
    turns: AtomicU64,
    /// Whether somebody is known to have been added.
    pub(crate) set_up: AtomicBool,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory {
            sign_ins: SignIns::default(),
            viewers: Viewers::default(),
            chromes: Chromes::default(),
            company: AtEpoch::default(),
            read_only: AtEpoch::default(),
            aliases: AtEpoch::default(),
            ledger: Ledger::default(),
            searches: Searches::default(),
            turns: AtomicU64::new(0),
            set_up: AtomicBool::new(false),
        }
    }
}

impl Memory {
    /// Says that what is kept of people's own things is out of date.
    pub(crate) fn turn(&self) {
        self.turns.fetch_add(1, Ordering::Release);
    }

    /// Under what people's own things may be kept, beside the epoch.
    pub(crate) fn turns(&self) -> u64 {
        self.turns.load(Ordering::Acquire)
    }
}

/// One value as the database held it at an epoch.
pub(crate) struct AtEpoch<T>(Mutex<Option<(Epoch, Arc<T>)>>);

impl<T> Default for AtEpoch<T> {
    fn default() -> AtEpoch<T> {
        AtEpoch(Mutex::new(None))
    }
}

impl<T> AtEpoch<T> {
    /// The value, if it is the one of this epoch.
    pub(crate) fn at(&self, epoch: Epoch) -> Option<Arc<T>> {
        let kept = self.lock();
        let (_, value) = kept.as_ref().filter(|(at, _)| *at == epoch)?;
        Some(value.clone())
    }

    /// The last value that is known, of whatever epoch.
    pub(crate) fn last(&self) -> Option<Arc<T>> {
        self.lock().as_ref().map(|(_, value)| value.clone())
    }

    /// Keeps a value. `epoch` was taken before it was read.
    pub(crate) fn keep(&self, epoch: Epoch, value: T) -> Arc<T> {
        let value = Arc::new(value);
        *self.lock() = Some((epoch, value.clone()));
        value
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Epoch, Arc<T>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
