//! What the disk last refused: noticed where it happens, forgotten when something is written again.
//!
//! The writer's connection tells of every statement that failed, so no use case has to pass the news on. Writes are not
//! held back meanwhile: each is tried and says so when it fails, and the first that succeeds ends the trouble.

use std::sync::{Arc, Mutex, PoisonError};

use diesel::connection::{Connection, InstrumentationEvent};

use crate::{AnyConn, Error};

dugri_core::words! {
    /// Why the disk takes nothing.
    Trouble {
        /// It is full.
        Full = "full",
        /// It, or the database, may only be read.
        ReadOnly = "read-only",
        /// It fails.
        Failing = "failing",
    }
}

/// What databases and file systems say, and what it means.
const SIGNS: &[(&str, Trouble)] = &[
    ("database or disk is full", Trouble::Full),
    ("No space left on device", Trouble::Full),
    ("Disk quota exceeded", Trouble::Full),
    ("could not extend file", Trouble::Full),
    ("attempt to write a readonly database", Trouble::ReadOnly),
    ("Read-only file system", Trouble::ReadOnly),
    ("read-only transaction", Trouble::ReadOnly),
    ("disk I/O error", Trouble::Failing),
    ("Input/output error", Trouble::Failing),
    ("could not write", Trouble::Failing),
    ("could not fsync", Trouble::Failing),
    ("unable to open database file", Trouble::Failing),
];

impl Trouble {
    /// The trouble with a disk that a message tells of, if it does.
    pub fn in_message(message: &str) -> Option<Trouble> {
        SIGNS
            .iter()
            .find(|(sign, _)| message.contains(sign))
            .map(|(_, trouble)| *trouble)
    }
}

/// What was noticed last, of the database and of the files. Shared by writer and store.
#[derive(Clone, Default)]
pub(crate) struct Watch(Arc<Mutex<Noticed>>);

#[derive(Default)]
struct Noticed {
    database: Option<Trouble>,
    files: Option<Trouble>,
    /// Whether something failed since the batch began.
    in_batch: bool,
}

impl Watch {
    fn noticed(&self) -> std::sync::MutexGuard<'_, Noticed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The trouble there is.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        let noticed = self.noticed();
        noticed.database.or(noticed.files)
    }

    /// Listens to every statement of a connection.
    pub(crate) fn listen(&self, conn: &mut AnyConn) {
        let watch = self.clone();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::FinishQuery {
                error: Some(error), ..
            } = event
            {
                watch.hear(&error.to_string());
            }
        });
    }

    /// Hears what went wrong with the database.
    pub(crate) fn hear(&self, message: &str) {
        if let Some(trouble) = Trouble::in_message(message) {
            let mut noticed = self.noticed();
            if noticed.database != Some(trouble) {
                tracing::error!(%trouble, message, "the disk refuses: nothing can be saved until it is well again");
            }
            noticed.database = Some(trouble);
            noticed.in_batch = true;
        }
    }

    /// A batch of writes begins.
    pub(crate) fn begin(&self) {
        self.noticed().in_batch = false;
    }

    /// Something was written and committed: unless a part of it failed, the disk is well. A commit of nothing needs no
    /// room and says nothing.
    pub(crate) fn committed(&self) {
        if !self.noticed().in_batch {
            self.well();
        }
    }

    /// The database was written.
    pub(crate) fn well(&self) {
        if self.noticed().database.take().is_some() {
            tracing::warn!("the disk takes writes again");
        }
    }

    /// What became of writing a file.
    pub(crate) fn files(&self, outcome: Result<(), &Error>) {
        let trouble = outcome
            .err()
            .and_then(|error| Trouble::in_message(&error.to_string()));
        if outcome.is_ok() || trouble.is_some() {
            self.noticed().files = trouble;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_tell_of_the_disk() {
        for (message, trouble) in [
            ("database or disk is full", Some(Trouble::Full)),
            (
                "write: No space left on device (os error 28)",
                Some(Trouble::Full),
            ),
            (
                "cannot execute INSERT in a read-only transaction",
                Some(Trouble::ReadOnly),
            ),
            ("disk I/O error", Some(Trouble::Failing)),
            ("UNIQUE constraint failed: pages.slug", None),
            ("database is locked", None),
        ] {
            assert_eq!(Trouble::in_message(message), trouble, "{message}");
        }
    }
}
