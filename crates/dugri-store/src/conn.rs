//! One connection type for two databases, and the settings without which no connection is used.
//!
//! A query is written once on [`AnyConn`]; what diesel can't do there (batch inserts, upserts, `returning`
//! a struct) goes through [`on_conn!`](crate::on_conn). The derived `establish` is never called: it would take
//! any string for the name of an SQLite file, and make that file.

use std::path::{Path, PathBuf};

use diesel::Connection;
use diesel::connection::SimpleConnection;

use crate::Error;

pub use any::{AnyConn, MultiBackend};

#[allow(missing_docs, unused_qualifications)]
mod any {
    use diesel::pg::PgConnection;
    use diesel::sqlite::SqliteConnection;

    /// A connection to PostgreSQL or to SQLite.
    #[derive(diesel::MultiConnection)]
    pub enum AnyConn {
        Pg(PgConnection),
        Sqlite(SqliteConnection),
    }
}

/// Runs one source text on the concrete connection: `on_conn!(db.conn(), |c| query.execute(c))`.
#[macro_export]
macro_rules! on_conn {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::AnyConn::Pg($c) => $body,
            $crate::AnyConn::Sqlite($c) => $body,
        }
    };
}

/// How long a statement may take, and a writer wait for its place.
const STATEMENT_MS_MAX: u32 = 5_000;

/// `Dugr`: marks an SQLite file as ours (`PRAGMA application_id`).
pub(crate) const SQLITE_APPLICATION_ID: i32 = 0x4475_6772;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// An SQLite file.
    Sqlite(PathBuf),
    /// The address of a PostgreSQL database.
    Postgres(String),
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
    /// As `Write`, and the SQLite file is made if there is none.
    Create,
}

impl Database {
    /// Reads `sqlite:PATH` or `postgres://…`.
    pub fn parse(address: &str) -> Result<Database, Error> {
        if let Some(path) = address.strip_prefix("sqlite:").filter(|p| !p.is_empty()) {
            return Ok(Database::Sqlite(PathBuf::from(path)));
        }
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            refuse_unkept_promise(address)?;
            return Ok(Database::Postgres(address.to_owned()));
        }
        Err(Error::Refused(
            "the database address must be sqlite:PATH or postgres://USER@HOST/NAME".into(),
        ))
    }

    /// Opens a connection with all settings.
    pub(crate) fn connect(&self, purpose: Purpose) -> Result<AnyConn, Error> {
        match self {
            Database::Sqlite(path) => connect_sqlite(path, purpose).map(AnyConn::Sqlite),
            Database::Postgres(url) => connect_postgres(url).map(AnyConn::Pg),
        }
    }
}

impl std::fmt::Display for Database {
    /// The address without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Database::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Database::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
                write!(f, "postgres://{}", host.split('?').next().unwrap_or(host))
            }
        }
    }
}

/// Without TLS compiled in libpq would refuse `sslmode=require` too, but in words that help nobody.
fn refuse_unkept_promise(address: &str) -> Result<(), Error> {
    let asked = address
        .split_once('?')
        .and_then(|(_, query)| query.split('&').find_map(|p| p.strip_prefix("sslmode=")))
        .map(str::to_owned)
        .or_else(|| std::env::var("PGSSLMODE").ok());
    match asked.as_deref() {
        Some(mode @ ("require" | "verify-ca" | "verify-full")) if !cfg!(feature = "postgres-tls") => {
            Err(Error::Refused(format!(
                "the database address asks for sslmode={mode}, but this Dugri was built without TLS to \
                 PostgreSQL: use the image, or build with --features postgres-tls"
            )))
        }
        _ => Ok(()),
    }
}

fn connect_sqlite(path: &Path, purpose: Purpose) -> Result<diesel::SqliteConnection, Error> {
    let mode = if purpose == Purpose::Create { "rwc" } else { "rw" };
    let mut conn = diesel::SqliteConnection::establish(&sqlite_uri(path, mode)?)?;
    // busy_timeout first: the switch to WAL takes a lock itself.
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = {STATEMENT_MS_MAX};
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA journal_size_limit = 67108864;"
    ))?;
    if purpose == Purpose::Read {
        conn.batch_execute("PRAGMA query_only = ON;")?;
    }
    #[cfg(any(test, feature = "testing"))]
    if crate::testing::is_full(path) {
        conn.batch_execute("PRAGMA max_page_count = 1;")?;
    }
    Ok(conn)
}

/// SQLite takes a URI, which is the way to say that a missing file is an error.
fn sqlite_uri(path: &Path, mode: &str) -> Result<String, Error> {
    let text = path.to_str().ok_or_else(|| {
        Error::Refused(format!(
            "the path of the database is not UTF-8: {}",
            path.display()
        ))
    })?;
    let mut uri = String::from("file:");
    for c in text.chars() {
        match c {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            c => uri.push(c),
        }
    }
    uri.push_str("?mode=");
    uri.push_str(mode);
    Ok(uri)
}

fn connect_postgres(url: &str) -> Result<diesel::PgConnection, Error> {
    let mut conn = diesel::PgConnection::establish(&with_timeouts(url))?;
    conn.batch_execute(&format!(
        "SET statement_timeout = {STATEMENT_MS_MAX};
         SET idle_in_transaction_session_timeout = 60000;
         SET synchronous_commit = on;
         SET client_min_messages = warning;
         SET TIME ZONE 'UTC';"
    ))?;
    Ok(conn)
}

/// A server that vanished must not hold a thread: libpq's own limits, unless the address sets them.
fn with_timeouts(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in [
        ("connect_timeout", "5"),
        ("keepalives_idle", "5"),
        ("keepalives_interval", "2"),
        ("keepalives_count", "3"),
        ("tcp_user_timeout", "10000"),
        ("application_name", "dugri"),
    ] {
        if !url.contains(&format!("{name}=")) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(name);
            url.push('=');
            url.push_str(value);
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_by_scheme() {
        assert_eq!(
            Database::parse("sqlite:/a/b.db"),
            Ok(Database::Sqlite("/a/b.db".into()))
        );
        assert!(matches!(
            Database::parse("postgres://u@h/n"),
            Ok(Database::Postgres(_))
        ));
        for wrong in ["", "sqlite:", "/a/b.db", "mysql://x", "postgres:x"] {
            assert!(
                matches!(Database::parse(wrong), Err(Error::Refused(_))),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let shown = Database::Postgres("postgres://u:se@cret@host:5/n?x=1".into()).to_string();
        assert_eq!(shown, "postgres://host:5/n");
    }

    #[cfg(not(feature = "postgres-tls"))]
    #[test]
    fn tls_that_is_not_there_is_refused_with_a_sentence() {
        let refused = Database::parse("postgres://u@h/n?sslmode=require");
        assert!(matches!(refused, Err(Error::Refused(s)) if s.contains("postgres-tls")));
    }

    #[test]
    fn a_missing_file_is_not_made() {
        let dir = tempfile::tempdir().expect("temp dir");
        let path = dir.path().join("a ?#%.db");
        assert!(Database::Sqlite(path.clone()).connect(Purpose::Write).is_err());
        assert!(!path.exists());
        Database::Sqlite(path.clone())
            .connect(Purpose::Create)
            .map(drop)
            .expect("made");
        assert!(path.exists());
    }
}
