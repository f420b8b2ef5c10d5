//! Making, refusing, upgrading; and that the two databases and `schema.rs` are one.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::*;
use crate::conn::Purpose;
use crate::{AnyConn, Database, Store, StoreConfig, on_both, testing};

fn refusal(answer: Result<Store, Error>) -> String {
    match answer {
        Err(Error::Refused(sentence)) => sentence,
        Err(other) => panic!("refused in other words: {other}"),
        Ok(_) => panic!("not refused"),
    }
}

fn at_path(path: &std::path::Path) -> StoreConfig {
    StoreConfig::new(&format!("sqlite:{}", path.display())).expect("an address")
}

#[test]
fn a_missing_database_is_refused_and_not_made() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("none.db");
    assert!(refusal(Store::open(&at_path(&path))).contains("there is no database"));
    assert!(Store::migrate(&at_path(&path)).is_err());
    assert!(!path.exists());
}

#[test]
fn a_foreign_file_is_refused_and_not_touched() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = dir.path().join("text.db");
    let content = "this is no database\n".repeat(100);
    std::fs::write(&text, &content).expect("written");
    assert!(refusal(Store::open(&at_path(&text))).contains("another program"));
    assert!(matches!(Store::create(&at_path(&text)), Err(Error::Refused(_))));
    assert_eq!(std::fs::read_to_string(&text).expect("read"), content);

    let other = dir.path().join("other.db");
    let mut conn = at_path(&other).database.connect(Purpose::Create).expect("made");
    conn.batch_execute("CREATE TABLE events (id INTEGER); CREATE TABLE theirs (id INTEGER)")
        .expect("theirs");
    assert!(refusal(Store::open(&at_path(&other))).contains("another program"));
}

#[test]
fn a_damaged_file_is_found_by_the_quick_check() {
    let mut store = testing::sqlite();
    for i in 0..50 {
        store
            .write(move |tx| set(tx, &format!("k{i}"), &"x".repeat(3_000)))
            .expect("written");
    }
    store.reopen();
    Store::quick_check(store.config()).expect("whole");
    store.close();
    let Database::Sqlite(path) = &store.config().database else {
        panic!("SQLite")
    };
    let copy = store.dir().join("copy.db");
    let mut bytes = std::fs::read(path).expect("read");
    let at = bytes.len() / 8192 * 4096;
    bytes[at..at + 64].fill(0xff);
    std::fs::write(&copy, bytes).expect("written");
    assert!(matches!(Store::quick_check(&at_path(&copy)), Err(Error::Refused(s)) if s.contains("damaged")));
}

on_both! {
    fn what_exists_is_not_made_again(store) {
        assert!(matches!(Store::create(store.config()), Err(Error::Refused(s)) if s.contains("exists already")));
        assert_eq!(Store::migrate(store.config()), Ok(Vec::new()), "nothing to do");
    }

    fn a_newer_database_is_refused(store) {
        let mut conn = store.config().database.connect(Purpose::Write).expect("connects");
        conn.batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')")
            .expect("as a newer version would");
        assert!(refusal(Store::open(store.config())).contains("newer Dugri"));
        assert!(matches!(Store::migrate(store.config()), Err(Error::Refused(_))));
    }

    fn an_older_database_asks_for_migrate(store) {
        let mut conn = store.config().database.connect(Purpose::Write).expect("connects");
        conn.batch_execute("DELETE FROM __diesel_schema_migrations").expect("as an older version would");
        assert!(refusal(Store::open(store.config())).contains("dugri migrate"));
    }

    fn migrations_go_back_and_forth(store) {
        let mut conn = store.config().database.connect(Purpose::Write).expect("connects");
        store.close();
        let tables = |conn: &mut AnyConn| columns(conn);
        let before = tables(&mut conn);
        crate::migrate::revert_all(&mut conn, &store.config().database);
        assert_eq!(tables(&mut conn), Vec::<(String, String, bool)>::new(), "down.sql takes all away");
        drop(conn);
        let mut conn = store.config().database.connect(Purpose::Write).expect("connects");
        crate::migrate::run_all(&mut conn, &store.config().database);
        assert_eq!(tables(&mut conn), before);
    }
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

/// Table, column, may it be null; sorted.
fn columns(conn: &mut AnyConn) -> Vec<(String, String, bool)> {
    let sql = match conn {
        AnyConn::Sqlite(_) => {
            "SELECT t.name AS table_name, c.name AS column_name, c.\"notnull\" = 0 AS nullable
             FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'"
        }
        AnyConn::Pg(_) => {
            "SELECT table_name::text, column_name::text, is_nullable = 'YES' AS nullable
             FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'"
        }
    };
    let rows: Vec<ColumnRow> = diesel::sql_query(sql).load(conn).expect("the catalogue");
    let mut list: Vec<_> = rows
        .into_iter()
        .map(|r| (r.table_name, r.column_name, r.nullable))
        .collect();
    list.sort();
    list
}

/// What `schema.rs` says, read as text: the macros keep no list.
fn schema() -> Vec<(String, String, bool)> {
    let mut list = Vec::new();
    let mut table = None;
    for line in include_str!("../schema.rs").lines().map(str::trim) {
        if line.starts_with("joinable") {
            break;
        }
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = Some(name.to_owned());
        } else if let (Some(table), Some((column, kind))) = (&table, line.split_once(" -> ")) {
            list.push((table.clone(), column.to_owned(), kind.starts_with("Nullable<")));
        }
    }
    list.sort();
    list
}

on_both! {
    fn the_tables_are_what_the_schema_says(store) {
        let mut conn = store.config().database.connect(Purpose::Write).expect("connects");
        let (found, said) = (columns(&mut conn), schema());
        type Columns = Vec<(String, String, bool)>;
        let only = |a: &Columns, b: &Columns| -> Columns {
            a.iter().filter(|c| !b.contains(c)).cloned().collect()
        };
        assert_eq!(only(&found, &said), [], "in the database, not in schema.rs");
        assert_eq!(only(&said, &found), [], "in schema.rs, not in the database");
    }
}

#[test]
fn both_folders_hold_the_same_migrations() {
    let names = |database: &Database| crate::migrate::known(database).expect("embedded");
    let postgres = Database::Postgres("postgres://x".into());
    assert_eq!(names(&Database::Sqlite("x".into())), names(&postgres));
    drop(testing::sqlite());
}
