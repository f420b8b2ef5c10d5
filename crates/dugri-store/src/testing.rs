//! Stores for tests: each test owns its database, on SQLite and on PostgreSQL.
//!
//! `on_both! { fn name(store) { … } }` makes two tests of one body. A store is a copy of a migrated template
//! (a file; `CREATE DATABASE … TEMPLATE`), so a test costs milliseconds. PostgreSQL is the server at
//! `DUGRI_TEST_POSTGRES`, an address whose user may make databases. Without it the second half says so and
//! does nothing; with `CI` set it fails instead. `./tests/run` always starts a server.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::{Database, Store, StoreConfig};

/// Makes a test for each database out of one body, which gets a [`TestStore`].
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* fn $name:ident($store:ident) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn body($store: $crate::testing::TestStore) $body

            $(#[$meta])*
            #[test]
            fn sqlite() {
                body($crate::testing::sqlite());
            }

            $(#[$meta])*
            #[test]
            fn postgres() {
                if let Some(store) = $crate::testing::postgres() {
                    body(store);
                }
            }
        }
    )+};
}

/// Readers of a test's store: enough to run side by side, few enough for a server that many tests share.
const READERS: u32 = 4;

/// A store whose database goes when it is dropped.
pub struct TestStore {
    store: Option<Store>,
    config: StoreConfig,
    dir: tempfile::TempDir,
    server: Option<String>,
}

impl TestStore {
    fn open(config: StoreConfig, dir: tempfile::TempDir, server: Option<String>) -> TestStore {
        let store = Store::open(&config).expect("a fresh store opens");
        TestStore {
            store: Some(store),
            config,
            dir,
            server,
        }
    }

    /// A folder of this test's own.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// How to open the same database once more, as another process would.
    pub fn config(&self) -> &StoreConfig {
        &self.config
    }

    /// Is this the PostgreSQL half?
    pub fn is_postgres(&self) -> bool {
        self.server.is_some()
    }

    /// Closes the store and opens it again, as a restart does.
    pub fn reopen(&mut self) {
        drop(self.store.take());
        self.store = Some(Store::open(&self.config).expect("the store opens again"));
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.store.as_ref().expect("open between calls")
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        drop(self.store.take());
        self.drop_database();
    }
}

impl TestStore {
    /// Takes the database away from under the store; SQLite's goes with its folder.
    pub(crate) fn drop_database(&self) {
        if let (Some(server), Database::Postgres(url)) = (&self.server, &self.config.database) {
            let name = database_name(url);
            if let Ok(mut conn) = PgConnection::establish(server) {
                drop(conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
            }
        }
    }
}

/// A store on SQLite.
pub fn sqlite() -> TestStore {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("template.db");
        Store::create(&sqlite_config(&path)).expect("the migrations run");
        std::fs::read(&path).expect("the template was closed and is whole")
    });
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("dugri.db");
    std::fs::write(&path, template).expect("the template is copied");
    TestStore::open(sqlite_config(&path), dir, None)
}

/// A store on PostgreSQL, if there is a server for tests.
pub fn postgres() -> Option<TestStore> {
    let Ok(server) = std::env::var("DUGRI_TEST_POSTGRES") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "DUGRI_TEST_POSTGRES is not set: run ./tests/run, which starts a server"
        );
        eprintln!("DUGRI_TEST_POSTGRES is not set: nothing was tested on PostgreSQL");
        return None;
    };
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let template = template(&server);
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("dugri_test_{}_{n}", std::process::id());
    let mut conn = PgConnection::establish(&server).expect("the test server answers");
    conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .expect("a database is made from the template");
    let config = StoreConfig {
        database: Database::Postgres(with_database(&server, &name)),
        readers: READERS,
    };
    let dir = tempfile::tempdir().expect("a temporary folder");
    Some(TestStore::open(config, dir, Some(server)))
}

fn sqlite_config(path: &Path) -> StoreConfig {
    StoreConfig {
        database: Database::Sqlite(path.to_owned()),
        readers: READERS,
    }
}

#[derive(QueryableByName)]
struct ThereRow {
    #[diesel(sql_type = Bool)]
    there: bool,
}

/// The template of these very migrations, made by whichever test process comes first.
fn template(server: &str) -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let name = format!("dugri_template_{}", crate::migrate::fingerprint());
        let mut conn = PgConnection::establish(server).expect("the test server answers");
        conn.batch_execute("SELECT pg_advisory_lock(7463)")
            .expect("the template's lock");
        let row: ThereRow = diesel::sql_query(format!(
            "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = '{name}') AS there"
        ))
        .get_result(&mut conn)
        .expect("the list of databases");
        if !row.there {
            make_template(server, &mut conn, &name);
        }
        name
    })
}

/// Made under another name first: a template that exists is a whole one.
fn make_template(server: &str, conn: &mut PgConnection, name: &str) {
    conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name}_new WITH (FORCE)"))
        .expect("remains of a killed run go");
    conn.batch_execute(&format!("CREATE DATABASE {name}_new"))
        .expect("the user may make databases");
    let config = StoreConfig {
        database: Database::Postgres(with_database(server, &format!("{name}_new"))),
        readers: 1,
    };
    Store::create(&config).expect("the migrations run");
    conn.batch_execute(&format!("ALTER DATABASE {name}_new RENAME TO {name}"))
        .expect("the template is named");
}

/// The SQLite files whose disk is full, as far as tests are concerned.
static FULL: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Whether a test has filled the disk of this file: every new connection asks.
pub(crate) fn is_full(path: &Path) -> bool {
    FULL.lock().unwrap_or_else(PoisonError::into_inner).contains(path)
}

/// Lets an SQLite file take no more than what is there, as a full disk would; or (`false`) gives it room again.
pub fn fill_disk(store: &Store, full: bool) -> Result<(), crate::Error> {
    if let Database::Sqlite(path) = store.database() {
        let mut files = FULL.lock().unwrap_or_else(PoisonError::into_inner);
        if full {
            files.insert(path.clone());
        } else {
            files.remove(path);
        }
    }
    let pages = if full { 1 } else { 1_000_000 };
    store.write(move |tx| -> Result<(), crate::Error> {
        tx.unchanged();
        tx.conn()
            .batch_execute(&format!("PRAGMA max_page_count = {pages}"))?;
        Ok(())
    })
}

/// The server's address with another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, query) = match server.split_once('?') {
        Some((address, query)) => (address, format!("?{query}")),
        None => (server, String::new()),
    };
    let host = address.find("://").map_or(0, |i| i + 3);
    let end = address[host..].find('/').map_or(address.len(), |i| host + i);
    format!("{}/{name}{query}", &address[..end])
}

fn database_name(url: &str) -> &str {
    let address = url.split('?').next().unwrap_or(url);
    address.rsplit('/').next().unwrap_or(address)
}
