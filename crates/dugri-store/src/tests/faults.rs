//! Faults: a full disk, a busy neighbour, a database server that goes away. Writes say so, reads go on, writes resume.

use std::thread;
use std::time::{Duration, Instant};

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;

use super::*;
use crate::{Store, on_both, testing};

fn write_much(store: &Store) -> Result<(), Error> {
    store.write(|tx| set(tx, "much", &"x".repeat(400_000)).map(drop))
}

#[test]
fn a_full_disk_is_said_and_passes() {
    let store = testing::sqlite();
    store.write(|tx| set(tx, "a", "1")).expect("written");
    testing::fill_disk(&store, true).expect("SQLite takes what is there as the least");
    let full = write_much(&store);
    assert!(matches!(full, Err(Error::Unavailable(_))), "{full:?}");
    assert_eq!(store.read(|db| number(db, "a")), Ok(1), "reads go on");
    assert_eq!(store.trouble(), Some(crate::Trouble::Full), "it is known why");
    assert!(store.probe().is_err());
    assert_eq!(store.trouble(), Some(crate::Trouble::Full));
    testing::fill_disk(&store, false).expect("room again");
    store.probe().expect("room for a probe");
    assert_eq!(store.trouble(), None, "it is over without a restart");
    write_much(&store).expect("writes resume");
    let last = store.read(crate::events::last).expect("read");
    assert_eq!(last, EventId(2));
}

#[test]
fn a_full_disk_fails_a_batch_but_no_acknowledged_write() {
    let store = testing::sqlite();
    store
        .write(|tx| -> Result<(), Error> {
            tx.unchanged();
            tx.conn().batch_execute("PRAGMA max_page_count = 200")?;
            Ok(())
        })
        .expect("limited");
    let acknowledged: Vec<i64> = thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|w| {
                let store = &store;
                scope.spawn(move || {
                    let write = move |i: i64| {
                        let key = format!("{w}/{i}");
                        store.write(move |tx| set(tx, &key, &"x".repeat(6_000)))
                    };
                    (0..20)
                        .filter_map(|i| write(i).ok().map(|id| id.0))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        writers
            .into_iter()
            .flat_map(|w| w.join().expect("no panic"))
            .collect()
    });
    let there = store
        .read(|db| crate::events::events_after(db, EventId(0), 1_000))
        .expect("read");
    let there: Vec<i64> = there.iter().map(|e| e.id.0).collect();
    assert!(
        !acknowledged.is_empty() && acknowledged.len() < 160,
        "the disk filled up on the way"
    );
    for id in &acknowledged {
        assert!(there.contains(id), "{id} was acknowledged");
    }
    assert_eq!(there.len(), acknowledged.len(), "and nothing else is there");
}

#[test]
fn a_read_only_file_is_unavailable() {
    let store = testing::sqlite();
    let answer = store.write(|tx| -> Result<(), Error> {
        tx.conn().batch_execute("PRAGMA query_only = ON")?;
        set(tx, "a", "1").map(drop)
    });
    assert!(matches!(answer, Err(Error::Unavailable(_))), "{answer:?}");
    assert_eq!(store.trouble(), Some(crate::Trouble::ReadOnly));
}

on_both! {
    fn kept_read_only_nothing_is_changed_but_people_come_and_go(store) {
        use dugri_core::READ_ONLY;
        let other = Store::open(store.config()).expect("another node");
        store.write(|tx| set(tx, READ_ONLY, "{}").map(drop)).expect("switched on");
        for node in [&*store, &other] {
            let answer = node.write(|tx| set(tx, "a", "1"));
            assert!(matches!(answer, Err(Error::Unavailable(_))), "{answer:?}");
            assert_eq!(node.read(|db| number(db, "a")), Ok(0));
            assert_eq!(node.trouble(), None, "the disk is well");
        }
        other
            .write(|tx| -> Result<(), Error> {
                tx.record(None, moment(), Event::SignInFailed { person: dugri_core::PersonId(1) })?;
                Ok(())
            })
            .expect("who comes in is written down");
        store
            .write(|tx| -> Result<(), Error> {
                settings::remove(tx, READ_ONLY)?;
                record(tx, READ_ONLY)?;
                Ok(())
            })
            .expect("switched off");
        other.write(|tx| set(tx, "a", "2")).expect("at once everywhere");
    }
}

/// What the server tells of its connections.
fn kill_all_connections(config: &crate::StoreConfig) {
    let mut conn = config
        .database
        .connect(crate::conn::Purpose::Write)
        .expect("connects");
    diesel::sql_query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .execute(&mut conn)
    .expect("killed");
}

#[test]
fn a_database_server_that_restarts_is_found_again() {
    let Some(store) = testing::postgres() else { return };
    store.write(|tx| set(tx, "a", "1")).expect("written");
    for round in 0..3 {
        thread::scope(|scope| {
            for _ in 0..4 {
                let store = &store;
                scope.spawn(move || store.read(|db| number(db, "a")).expect("pooled connections"));
            }
        });
        kill_all_connections(store.config());
        let answer = store.write(move |tx| set(tx, "a", &round.to_string()));
        assert!(answer.is_ok(), "the writer connects anew: {answer:?}");
        assert_eq!(
            store.read(|db| number(db, "a")),
            Ok(round),
            "and so do the readers"
        );
    }
}

#[test]
fn a_connection_lost_in_the_middle_of_a_write_is_unavailable() {
    let Some(store) = testing::postgres() else { return };
    let config = store.config().clone();
    let answer = store.write(move |tx| -> Result<(), Error> {
        set(tx, "a", "1")?;
        kill_all_connections(&config);
        set(tx, "b", "1").map(drop)
    });
    assert!(matches!(answer, Err(Error::Unavailable(_))), "{answer:?}");
    assert_eq!(store.read(|db| number(db, "a")), Ok(0), "nothing of it is there");
    store.write(|tx| set(tx, "a", "2")).expect("writes resume");
}

#[test]
fn a_database_that_is_gone_is_unavailable_soon() {
    let Some(store) = testing::postgres() else { return };
    store.write(|tx| set(tx, "a", "1")).expect("written");
    store.drop_database();
    let started = Instant::now();
    assert!(matches!(
        store.write(|tx| set(tx, "a", "2")),
        Err(Error::Unavailable(_))
    ));
    assert!(matches!(
        store.read(|db| number(db, "a")),
        Err(Error::Unavailable(_))
    ));
    assert!(matches!(store.check_writable(), Err(Error::Unavailable(_))));
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
}

on_both! {
    fn a_neighbour_that_holds_the_place_makes_us_unavailable_not_stuck(store) {
        let other = Store::open(store.config()).expect("opens beside");
        let (entered, wait) = std::sync::mpsc::channel();
        let (leave, stay) = std::sync::mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(|| {
                other
                    .write(move |tx| -> Result<(), Error> {
                        record(tx, "held")?;
                        entered.send(()).expect("the test waits");
                        stay.recv().ok();
                        Ok(())
                    })
                    .expect("the neighbour's own write is good")
            });
            wait.recv().expect("the place is taken");
            let started = Instant::now();
            let answer = store.write(|tx| set(tx, "a", "1"));
            assert!(matches!(answer, Err(Error::Unavailable(_))), "{answer:?}");
            assert!(started.elapsed() < Duration::from_secs(20));
            assert_eq!(store.read(|db| number(db, "a")), Ok(0), "reads go on");
            drop(leave);
        });
        store.write(|tx| set(tx, "a", "1")).expect("writes resume");
    }
}
