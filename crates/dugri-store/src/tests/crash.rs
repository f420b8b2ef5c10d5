//! kill -9 in the middle of writing: what was acknowledged is there, and nothing is torn.
//!
//! The parent starts this very test binary as a child that writes as fast as it can and prints each
//! acknowledged write; it kills the child at a random moment and looks. `DUGRI_TEST_LONG` makes it a thousand cycles.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::*;
use crate::{Store, StoreConfig, on_both};

const ADDRESS: &str = "DUGRI_CRASH_ADDRESS";
const ROUND: &str = "DUGRI_CRASH_ROUND";
const WRITERS: usize = 4;

/// The child. Does nothing as an ordinary test.
#[test]
fn child() {
    let (Ok(address), Ok(round)) = (std::env::var(ADDRESS), std::env::var(ROUND)) else {
        return;
    };
    let config = StoreConfig::new(&address).expect("an address");
    let store = Store::open(&config).expect("opens after a crash, with no hands");
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (store, round) = (&store, &round);
            scope.spawn(move || {
                for i in 0.. {
                    let key = format!("{round}/{writer}/{i}");
                    let (a, b) = (format!("a/{key}"), format!("b/{key}"));
                    // Two rows and an event, so that a torn write would show.
                    let id = store.write(move |tx| {
                        settings::set(tx, &a, "1")?;
                        settings::set(tx, &b, "1")?;
                        record(tx, &key)
                    });
                    let id = id.expect("written").0;
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "ack {round}/{writer}/{i} {id}").expect("the parent listens");
                    out.flush().expect("the parent listens");
                }
            });
        }
    });
}

fn address(config: &StoreConfig) -> String {
    match &config.database {
        crate::Database::Sqlite(path) => format!("sqlite:{}", path.display()),
        crate::Database::Postgres(url) => url.clone(),
    }
}

/// One child's life: the keys that it acknowledged.
fn run_and_kill(config: &StoreConfig, round: u64) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().expect("this test binary"))
        .args([
            "--exact",
            "tests::crash::child",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(ADDRESS, address(config))
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let out = BufReader::new(child.stdout.take().expect("piped"));
    let (began, wait) = std::sync::mpsc::channel();
    let listener = thread::spawn(move || {
        let mut acknowledged = Vec::new();
        for line in out.lines().map_while(Result::ok) {
            if let Some(rest) = line.split_once("ack ").map(|(_, rest)| rest) {
                began.send(()).ok();
                // A line cut off by the kill has no id behind the key.
                if let Some((key, _)) = rest.split_once(' ') {
                    acknowledged.push(key.to_owned());
                }
            }
        }
        acknowledged
    });
    wait.recv_timeout(Duration::from_secs(60))
        .expect("the child writes");
    // A different moment each round, without a random source: the machine adds the rest.
    thread::sleep(Duration::from_millis(5 + round * 13 % 60));
    child.kill().expect("killed");
    child.wait().expect("gone");
    listener.join().expect("listened")
}

on_both! {
    fn no_acknowledged_write_is_lost_by_a_kill(store) {
        let cycles = if std::env::var_os("DUGRI_TEST_LONG").is_some() { 1_000 } else { 10 };
        for round in 0..cycles {
            let acknowledged = run_and_kill(store.config(), round);
            assert!(!acknowledged.is_empty());
            store
                .read(|db| {
                    for key in &acknowledged {
                        assert_eq!(number(db, &format!("a/{key}"))?, 1, "{key} was acknowledged");
                    }
                    Ok(())
                })
                .expect("read");
        }
        store.read(|db| { check_whole(db); Ok(()) }).expect("read");
    }
}

/// Every event has its two rows, every row its event, and the ids are dense.
fn check_whole(db: &mut crate::Db) {
    let mut after = EventId(0);
    let mut events = 0;
    loop {
        let page = crate::events::events_after(db, after, 500).expect("the log");
        let Some(last) = page.last() else { break };
        for entry in &page {
            events += 1;
            assert_eq!(entry.id.0, events, "dense");
            let Event::SettingChanged { key } = &entry.event else {
                panic!("not ours")
            };
            for half in ["a", "b"] {
                assert_eq!(
                    number(db, &format!("{half}/{key}")).expect("row"),
                    1,
                    "{key} is whole"
                );
            }
        }
        after = last.id;
    }
    use diesel::prelude::*;
    let rows: i64 = crate::schema::settings::table
        .count()
        .get_result(db.conn())
        .expect("count");
    assert_eq!(rows, events * 2, "no row without its event");
}
