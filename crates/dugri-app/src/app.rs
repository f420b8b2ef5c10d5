//! [`App`] holds what use cases need; [`Actor`] says who acts.

use std::sync::{Arc, Mutex};

use dugri_core::{Access, Language, Time, time};
use dugri_search::Index;
use dugri_store::{Blobs, Store};

use crate::memory::Memory;

/// Everything that use cases work with. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    blobs: Blobs,
    index: Index,
    clock: Clock,
    config: AppConfig,
    memory: Memory,
}

/// What the operator decides about use cases.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// The address under which people reach Dugri, without a slash at the end; links that leave the house begin with it.
    pub base_url: String,
    /// The largest file in bytes.
    pub file_bytes_max: u64,
}

impl Default for AppConfig {
    fn default() -> Self {
        AppConfig {
            base_url: "http://127.0.0.1:8080".into(),
            file_bytes_max: 50 << 20,
        }
    }
}

/// Where the time comes from: the system, or a test's hand.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// A clock that stands until it is set.
    Fixed(Arc<Mutex<Time>>),
}

/// Opens the search index in a folder of this node, which is made where it is missing. A damaged or lost index is
/// rebuilt by its follower.
///
/// # Errors
/// When the folder can't be used.
pub fn open_index(folder: &std::path::Path) -> Result<Index, crate::Error> {
    std::fs::create_dir_all(folder)
        .map_err(|error| crate::Error::Unavailable(format!("{}: {error}", folder.display())))?;
    Index::open(folder).map_err(crate::Error::internal)
}

impl App {
    /// Puts the parts together.
    pub fn new(store: Store, blobs: Blobs, index: Index, clock: Clock, config: AppConfig) -> App {
        App {
            inner: Arc::new(Inner {
                store,
                blobs,
                index,
                clock,
                config,
                memory: Memory::default(),
            }),
        }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Where the bytes of files lie.
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// The search index of this node.
    pub fn index(&self) -> &Index {
        &self.inner.index
    }

    /// What the operator decided.
    pub fn config(&self) -> &AppConfig {
        &self.inner.config
    }

    /// What this node remembers about people between requests.
    pub(crate) fn memory(&self) -> &Memory {
        &self.inner.memory
    }

    /// How often this node changed what people see of their own without an event. What is kept of a person's screens holds
    /// while neither this nor the epoch moves.
    pub fn turns(&self) -> u64 {
        self.inner.memory.turns()
    }

    /// Now, cut to microseconds.
    pub fn now(&self) -> Time {
        match &self.inner.clock {
            Clock::System => time::cut(chrono::Utc::now()),
            Clock::Fixed(time) => *time.lock().unwrap_or_else(|poisoned| poisoned.into_inner()),
        }
    }
}

/// Who acts, and in which language they read.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Whose eyes and hands.
    pub access: Arc<Access>,
    /// The language of the interface for this person.
    pub language: Language,
}

impl Actor {
    /// The person's key.
    pub fn person(&self) -> dugri_core::PersonId {
        self.access.person
    }
}
