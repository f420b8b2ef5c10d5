//! What a node remembers about people between requests. Nothing here is needed after a restart.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::chrome::Chromes;
use crate::ledger::Ledger;
use crate::search::KnownAliases;
use crate::sessions::SignIns;
use crate::settings::Known;
use crate::viewers::Viewers;

/// The memory of one node.
pub(crate) struct Memory {
    pub(crate) sign_ins: SignIns,
    pub(crate) viewers: Viewers,
    pub(crate) chromes: Chromes,
    pub(crate) company: Known,
    pub(crate) read_only: crate::read_only::Known,
    pub(crate) aliases: KnownAliases,
    pub(crate) ledger: Ledger,
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
            company: Known::default(),
            read_only: Mutex::default(),
            aliases: KnownAliases::default(),
            ledger: Ledger::default(),
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
