//! What the database said, sorted by what a caller can do about it.
//!
//! Absence is no error here (`Option`), and neither is a missing right: what one may not see is absent.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

/// What went wrong in the store. Cloned to every write of a batch whose commit failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A row with this key exists already. `key` names constraint or columns, as the database does.
    #[error("{key} exists already")]
    Duplicate {
        /// The constraint (PostgreSQL) or `table.column` list (SQLite) that refused the row.
        key: String,
    },
    /// The database can't do it now: unreachable, busy, read-only, or its disk is full. Nothing was acknowledged; trying again is right.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The operator has to do something first; the sentence says what.
    #[error("{0}")]
    Refused(String),
    /// A bug or a damaged database: trying again won't help.
    #[error("database error: {0}")]
    Database(String),
}

impl Error {
    /// Is this a duplicate in that column? Both databases name the column in the key.
    pub fn is_duplicate_of(&self, column: &str) -> bool {
        matches!(self, Error::Duplicate { key } if key.contains(column))
    }
}

/// Beginnings of messages that tell of a passing trouble. SQLite's texts are fixed; PostgreSQL's come from a server that speaks English.
const PASSING: &[&str] = &[
    // SQLite
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "database is locked",
    "database table is locked",
    "unable to open database file",
    "out of memory",
    // PostgreSQL
    "could not extend file",
    "could not write",
    "could not fsync",
    "canceling statement due to statement timeout",
    "canceling statement due to lock timeout",
    "terminating connection",
    "the database system is",
    "remaining connection slots",
    "sorry, too many clients",
    "deadlock detected",
    "server closed the connection",
    "connection to server",
    "no connection to the server",
    "SSL connection has been closed",
];

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Error {
        match error {
            Diesel::DatabaseError(kind, info) => sort(kind, info.message(), info.constraint_name()),
            // What the savepoint or the transaction is good for after a lost connection or an automatic rollback.
            Diesel::BrokenTransactionManager | Diesel::NotInTransaction => {
                Error::Unavailable("the transaction was lost".into())
            }
            Diesel::RollbackErrorOnCommit { commit_error, .. } => Error::from(*commit_error),
            other => Error::Database(other.to_string()),
        }
    }
}

fn sort(kind: DatabaseErrorKind, message: &str, constraint: Option<&str>) -> Error {
    match kind {
        DatabaseErrorKind::UniqueViolation => Error::Duplicate {
            key: constraint
                .or_else(|| message.strip_prefix("UNIQUE constraint failed: "))
                .unwrap_or(message)
                .to_owned(),
        },
        DatabaseErrorKind::ClosedConnection
        | DatabaseErrorKind::UnableToSendCommand
        | DatabaseErrorKind::SerializationFailure
        | DatabaseErrorKind::ReadOnlyTransaction => Error::Unavailable(message.to_owned()),
        _ if PASSING.iter().any(|text| message.contains(text)) => Error::Unavailable(message.to_owned()),
        _ => Error::Database(message.to_owned()),
    }
}

impl From<diesel::ConnectionError> for Error {
    fn from(error: diesel::ConnectionError) -> Error {
        Error::Unavailable(error.to_string())
    }
}
