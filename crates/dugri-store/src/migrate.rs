//! Making a database, bringing it up to date, and refusing one that is not ours, not there, or too new.
//!
//! Each migration runs in a transaction of its own together with the row that says so: killed at any moment,
//! a database is at one version or the next. A landed migration is never edited.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::conn::{MultiBackend, Purpose, SQLITE_APPLICATION_ID};
use crate::{AnyConn, Database, Error};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Held while migrations run on PostgreSQL: two nodes may be started at once.
const MIGRATORS_PLACE: i64 = 0x44_7567_7270;

fn source(database: &Database) -> EmbeddedMigrations {
    match database {
        Database::Sqlite(_) => SQLITE,
        Database::Postgres(_) => POSTGRES,
    }
}

/// What is found at the address.
enum Found {
    Missing,
    Empty,
    Foreign,
    /// Ours; the versions of its migrations.
    Ours(AnyConn, Vec<String>),
}

/// A connection to our own database at the very version of this program; everything else is refused.
pub(crate) fn open(database: &Database) -> Result<AnyConn, Error> {
    let (conn, applied) = ours(database)?;
    let known = known(database)?;
    refuse_newer(database, &applied, &known)?;
    if known.iter().any(|(version, _)| !applied.contains(version)) {
        return Err(Error::Refused(format!(
            "the database {database} is of an older version: make a backup and run `dugri migrate`"
        )));
    }
    Ok(conn)
}

/// Reads an SQLite file through and says whether its pages fit together. PostgreSQL looks after itself.
pub(crate) fn quick_check(database: &Database) -> Result<(), Error> {
    if matches!(database, Database::Postgres(_)) {
        return Ok(());
    }
    let mut conn = database.connect(Purpose::Read)?;
    let found: QuickCheckRow = diesel::sql_query("PRAGMA quick_check(1)").get_result(&mut conn)?;
    if found.quick_check == "ok" {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "the database {database} is damaged ({}): stop here, keep the file, and restore a backup",
        found.quick_check
    )))
}

/// Makes a database where there is none, or fills an empty one.
pub(crate) fn create(database: &Database) -> Result<(), Error> {
    match find(database)? {
        Found::Missing | Found::Empty => {}
        Found::Ours(..) => {
            return Err(Error::Refused(format!("the database {database} exists already")));
        }
        Found::Foreign => return Err(foreign(database)),
    }
    let mut conn = database.connect(Purpose::Create)?;
    if let AnyConn::Sqlite(c) = &mut conn {
        c.batch_execute(&format!("PRAGMA application_id = {SQLITE_APPLICATION_ID};"))?;
    }
    run(&mut conn, database).map(drop)
}

/// Runs the migrations that an existing database lacks.
pub(crate) fn migrate(database: &Database) -> Result<Vec<String>, Error> {
    let (mut conn, applied) = ours(database)?;
    refuse_newer(database, &applied, &known(database)?)?;
    run(&mut conn, database)
}

fn run(conn: &mut AnyConn, database: &Database) -> Result<Vec<String>, Error> {
    if let AnyConn::Pg(c) = conn {
        // A session's lock: it goes with the connection, whatever happens. Migrations may take their time.
        c.batch_execute(&format!(
            "SET statement_timeout = 0; SELECT pg_advisory_lock({MIGRATORS_PLACE})"
        ))?;
    }
    let failed = |e: Box<dyn std::error::Error + Send + Sync>| {
        Error::Database(format!("a migration of {database} failed: {e}"))
    };
    let ran = conn.run_pending_migrations(source(database)).map_err(failed)?;
    Ok(ran.iter().map(ToString::to_string).collect())
}

/// A connection and the versions that this database has, or why it can't be used.
fn ours(database: &Database) -> Result<(AnyConn, Vec<String>), Error> {
    match find(database)? {
        Found::Ours(conn, versions) => Ok((conn, versions)),
        Found::Missing => Err(Error::Refused(format!(
            "there is no database at {database}: check the address, restore a backup, or let Dugri make a new one"
        ))),
        Found::Empty => Err(Error::Refused(format!(
            "the database {database} is empty: restore a backup, or let Dugri make a new one"
        ))),
        Found::Foreign => Err(foreign(database)),
    }
}

fn foreign(database: &Database) -> Error {
    Error::Refused(format!(
        "the database {database} belongs to another program: give Dugri one of its own"
    ))
}

fn refuse_newer(database: &Database, applied: &[String], known: &[(String, String)]) -> Result<(), Error> {
    let unknown = applied
        .iter()
        .find(|version| !known.iter().any(|(v, _)| v == *version));
    match unknown {
        Some(version) => Err(Error::Refused(format!(
            "the database {database} was made by a newer Dugri (its version {version} is unknown here): \
             use that version, or restore a backup of before"
        ))),
        None => Ok(()),
    }
}

/// Version and name of each migration of this program, in order.
pub(crate) fn known(database: &Database) -> Result<Vec<(String, String)>, Error> {
    let list: Vec<Box<dyn Migration<MultiBackend>>> = source(database)
        .migrations()
        .map_err(|e| Error::Database(e.to_string()))?;
    let mut list: Vec<(String, String)> = list
        .iter()
        .map(|m| (m.name().version().to_string(), m.name().to_string()))
        .collect();
    list.sort();
    Ok(list)
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct ApplicationIdRow {
    #[diesel(sql_type = Integer)]
    application_id: i32,
}

#[derive(QueryableByName)]
struct QuickCheckRow {
    #[diesel(sql_type = Text)]
    quick_check: String,
}

#[derive(QueryableByName)]
struct VersionRow {
    #[diesel(sql_type = Text)]
    version: String,
}

fn find(database: &Database) -> Result<Found, Error> {
    if let Database::Sqlite(path) = database
        && !path.exists()
    {
        return Ok(Found::Missing);
    }
    let mut conn = match database.connect(Purpose::Write) {
        Ok(conn) => conn,
        // A file that is no SQLite database fails at the first PRAGMA.
        Err(Error::Database(_)) if matches!(database, Database::Sqlite(_)) => {
            return Ok(Found::Foreign);
        }
        Err(e) => return Err(e),
    };
    let tables = match &conn {
        AnyConn::Sqlite(_) => "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'",
        AnyConn::Pg(_) => {
            "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = current_schema()"
        }
    };
    if count(&mut conn, tables)? == 0 {
        return Ok(Found::Empty);
    }
    let signs = match &conn {
        AnyConn::Sqlite(_) => {
            "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'
             AND name IN ('__diesel_schema_migrations', 'events', 'revisions')"
        }
        AnyConn::Pg(_) => {
            "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = current_schema()
             AND table_name IN ('__diesel_schema_migrations', 'events', 'revisions')"
        }
    };
    if count(&mut conn, signs)? != 3 || !carries_our_mark(&mut conn)? {
        return Ok(Found::Foreign);
    }
    let versions: Vec<VersionRow> =
        diesel::sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version")
            .load(&mut conn)?;
    let versions = versions.into_iter().map(|r| r.version).collect();
    Ok(Found::Ours(conn, versions))
}

fn count(conn: &mut AnyConn, sql: &str) -> Result<i64, Error> {
    let row: CountRow = diesel::sql_query(sql).get_result(conn)?;
    Ok(row.n)
}

/// SQLite keeps a mark for this in the file's head; PostgreSQL has nothing like it, the tables must do.
fn carries_our_mark(conn: &mut AnyConn) -> Result<bool, Error> {
    match conn {
        AnyConn::Sqlite(c) => {
            let row: ApplicationIdRow = diesel::sql_query("PRAGMA application_id").get_result(c)?;
            Ok(row.application_id == SQLITE_APPLICATION_ID)
        }
        AnyConn::Pg(_) => Ok(true),
    }
}

/// Names the migrations of PostgreSQL, text and all: a template made of other ones must not be used.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn fingerprint() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/postgres");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the sources are there while tests run")
        .filter_map(|entry| Some(entry.ok()?.path().join("up.sql")))
        .collect();
    paths.sort();
    let mut texts = String::new();
    for path in paths {
        texts.push_str(&std::fs::read_to_string(path).unwrap_or_default());
    }
    crate::BodyHash::of(&texts).as_str()[..12].to_owned()
}

/// Takes all migrations back, newest first.
#[cfg(test)]
pub(crate) fn revert_all(conn: &mut AnyConn, database: &Database) {
    conn.revert_all_migrations(source(database))
        .expect("every down.sql works");
}

/// Runs all migrations.
#[cfg(test)]
pub(crate) fn run_all(conn: &mut AnyConn, database: &Database) {
    run(conn, database).expect("every up.sql works");
}
