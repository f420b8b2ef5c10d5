//! The reference of search: SQLite's own full text search, asked for the same pages with the same rights.
//!
//! It has no stems, no typing mistakes and no idea of what is out of date; it is here for speed and size. Its index
//! lies beside no copy of the text (`content=''`), as ours does.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::corpus::Page;

/// An FTS5 table with title and body, and the spaces of its rows.
pub struct Fts5 {
    connection: SqliteConnection,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    #[diesel(column_name = id)]
    _id: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// An error of the reference.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

impl Fts5 {
    /// Opens the file, or makes it.
    pub fn open(path: &Path) -> Result<Fts5, Error> {
        let mut connection = SqliteConnection::establish(&path.display().to_string())?;
        connection.batch_execute(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;
             CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(title, body, content='');
             CREATE TABLE IF NOT EXISTS places (id INTEGER PRIMARY KEY, space INTEGER NOT NULL);",
        )?;
        Ok(Fts5 { connection })
    }

    /// Adds pages in one transaction.
    pub fn add(&mut self, pages: &[Page]) -> Result<(), Error> {
        self.connection.batch_execute("BEGIN")?;
        for page in pages {
            diesel::sql_query("INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)")
                .bind::<BigInt, _>(page.number as i64)
                .bind::<Text, _>(&page.title)
                .bind::<Text, _>(page.body())
                .execute(&mut self.connection)?;
            diesel::sql_query("INSERT INTO places (id, space) VALUES (?, ?)")
                .bind::<BigInt, _>(page.number as i64)
                .bind::<BigInt, _>(page.space as i64)
                .execute(&mut self.connection)?;
        }
        self.connection.batch_execute("COMMIT")?;
        Ok(())
    }

    /// Puts everything into one part, as a quiet night would.
    pub fn finish(&mut self) -> Result<(), Error> {
        let all = "INSERT INTO texts(texts) VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE);";
        Ok(self.connection.batch_execute(all)?)
    }

    /// The best twenty in spaces 1 to 3, and how many there are: what a page of results needs.
    pub fn find(&mut self, query: &str) -> Result<usize, Error> {
        let matching =
            "FROM texts JOIN places ON places.id = texts.rowid WHERE texts MATCH ? AND space IN (1, 2, 3)";
        let best = format!("SELECT texts.rowid AS id {matching} ORDER BY bm25(texts, 3.0, 1.0) LIMIT 20");
        let rows: Vec<Row> = diesel::sql_query(best)
            .bind::<Text, _>(query)
            .load(&mut self.connection)?;
        let count: Count = diesel::sql_query(format!("SELECT count(*) AS n {matching}"))
            .bind::<Text, _>(query)
            .get_result(&mut self.connection)?;
        assert!(rows.len() <= count.n as usize, "the best are among all");
        Ok(count.n as usize)
    }
}
