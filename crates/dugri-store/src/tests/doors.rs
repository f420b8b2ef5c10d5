//! What the doors promise: one write at a time, all or nothing, one flush for many, one state for a read.

use std::sync::{Arc, Barrier};
use std::thread;

use super::*;
use crate::{Chore, Store, on_both};

/// Runs `f(i)` on threads that start together.
fn together(n: usize, f: impl Fn(usize) + Send + Sync) {
    let barrier = Barrier::new(n);
    thread::scope(|scope| {
        for i in 0..n {
            let (barrier, f) = (&barrier, &f);
            scope.spawn(move || {
                barrier.wait();
                f(i);
            });
        }
    });
}

fn count_up(store: &Store) {
    store
        .write(|tx| -> Result<(), Error> {
            let n = number(tx, "n")?;
            set(tx, "n", &(n + 1).to_string())?;
            Ok(())
        })
        .expect("written");
}

on_both! {
    fn no_update_is_lost(store) {
        const THREADS: usize = 12;
        const EACH: usize = 25;
        together(THREADS, |_| (0..EACH).for_each(|_| count_up(&store)));
        let n = store.read(|db| number(db, "n")).expect("read");
        assert_eq!(n, (THREADS * EACH) as i64);
        let stats = store.writer_stats();
        assert_eq!(stats.writes, n as u64);
        assert!(stats.commits < stats.writes, "writes share commits: {stats:?}");
    }

    fn two_processes_lose_no_update_either(store) {
        let other = Store::open(store.config()).expect("opens beside");
        together(8, |i| {
            let store: &Store = if i % 2 == 0 { &store } else { &other };
            (0..15).for_each(|_| count_up(store));
        });
        assert_eq!(store.read(|db| number(db, "n")).expect("read"), 8 * 15);
    }

    fn what_fails_or_panics_takes_back_only_itself(store) {
        // One batch is sure to hold all of them: the first write holds the thread until all others wait.
        let gate = Arc::new(Barrier::new(2));
        thread::scope(|scope| {
            let (inside, store) = (gate.clone(), &store);
            scope.spawn(move || {
                store
                    .write(move |tx| -> Result<(), Error> {
                        inside.wait();
                        set(tx, "first", "1").map(drop)
                    })
                    .expect("the first is not harmed");
            });
            for i in 0..9 {
                scope.spawn(move || {
                    let key = format!("k{i}");
                    let answer = store.write(move |tx| -> Result<i32, Error> {
                        set(tx, &key, "1")?;
                        match i % 3 {
                            0 => Ok(i),
                            1 => Err(Error::Refused("no".into())),
                            _ => panic!("on purpose"),
                        }
                    });
                    match i % 3 {
                        0 => assert_eq!(answer, Ok(i)),
                        1 => assert_eq!(answer, Err(Error::Refused("no".into()))),
                        _ => assert!(matches!(answer, Err(Error::Database(s)) if s.contains("on purpose"))),
                    }
                });
            }
            thread::sleep(std::time::Duration::from_millis(50));
            gate.wait();
        });
        for i in 0..9 {
            let there = store.read(|db| number(db, &format!("k{i}"))).expect("read");
            assert_eq!(there, i64::from(i % 3 == 0), "k{i}");
        }
        let log = store.read(|db| crate::events::events_after(db, EventId(0), 100)).expect("read");
        let ids: Vec<i64> = log.iter().map(|e| e.id.0).collect();
        assert_eq!(ids, [1, 2, 3, 4], "a write taken back leaves no hole");
    }

    fn an_error_of_the_database_takes_back_only_itself(store) {
        let write = |key: &'static str| {
            store.write(move |tx| -> Result<(), Error> {
                set(tx, "kept?", "no")?;
                diesel::RunQueryDsl::execute(
                    diesel::sql_query(format!("INSERT INTO settings (key, value) VALUES ('{key}', '')")),
                    tx.conn(),
                )?;
                Ok(())
            })
        };
        write("twice").expect("the first");
        let second = write("twice");
        assert!(second.as_ref().is_err_and(|e| e.is_duplicate_of("key") || e.is_duplicate_of("settings_pkey")), "{second:?}");
        count_up(&store);
    }

    fn a_panic_inside_a_nested_transaction_does_no_harm(store) {
        let answer = store.write(|tx| -> Result<(), Error> {
            diesel::Connection::transaction(tx.conn(), |_| -> Result<(), Error> { panic!("deep") })
        });
        assert!(answer.is_err());
        count_up(&store);
    }

    fn a_read_sees_one_state(store) {
        count_up(&store);
        store
            .read(|db| {
                let before = number(db, "n")?;
                count_up(&store);
                assert_eq!(number(db, "n")?, before, "the snapshot does not move");
                Ok(())
            })
            .expect("read");
        assert_eq!(store.read(|db| number(db, "n")).expect("read"), 2);
    }

    fn a_reader_can_not_write(store) {
        let answer = store.read(|db| {
            diesel::RunQueryDsl::execute(diesel::sql_query("DELETE FROM settings"), db.conn())?;
            Ok(())
        });
        assert!(answer.is_err());
        count_up(&store);
    }

    fn a_panicking_reader_leaves_the_pool_whole(store) {
        for _ in 0..6 {
            let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                store.read(|_| -> Result<(), Error> { panic!("on purpose") })
            }));
            assert!(panicked.is_err());
        }
        store.read(|db| number(db, "n")).expect("read");
    }

    fn a_write_records_or_says_why_not(store) {
        let silent = store.write(|tx| -> Result<(), Error> { settings::set(tx, "a", "1") });
        assert!(matches!(silent, Err(Error::Database(s)) if s.contains("without recording")));
        assert_eq!(store.read(|db| settings::get(db, "a")).expect("read"), None);
        store
            .write(|tx| -> Result<(), Error> {
                tx.unchanged();
                Ok(())
            })
            .expect("a repeat needs no event");
        store.check_writable().expect("and neither does a look");
    }

    fn every_chore_writes_and_none_records(store) {
        for chore in Chore::ALL {
            let key = format!("{chore:?}");
            store
                .housekeep(chore, move |tx| -> Result<(), Error> { settings::set(tx, &key, "1") })
                .expect("kept");
            let recorded = store.housekeep(chore, |tx| record(tx, "x"));
            assert!(matches!(recorded, Err(Error::Database(s)) if s.contains("may not record")));
            let there = store.read(|db| number(db, &format!("{chore:?}"))).expect("read");
            assert_eq!(there, 1);
        }
    }

    fn a_write_inside_a_write_is_refused_not_stuck(store) {
        let inner = Store::clone(&store);
        let answer = store.write(move |tx| -> Result<(), Error> {
            record(tx, "outer")?;
            inner.write(|tx| record(tx, "inner").map(drop))
        });
        assert!(matches!(answer, Err(Error::Database(s)) if s.contains("wait for itself")));
    }

    fn closing_finishes_what_waits(store) {
        let gate = Arc::new(Barrier::new(2));
        thread::scope(|scope| {
            let (inside, store) = (gate.clone(), &store);
            scope.spawn(move || {
                store
                    .write(move |tx| -> Result<(), Error> {
                        inside.wait();
                        set(tx, "first", "1").map(drop)
                    })
                    .expect("written");
            });
            for i in 0..5 {
                scope.spawn(move || store.write(move |tx| set(tx, &format!("k{i}"), "1")).expect("written"));
            }
            thread::sleep(std::time::Duration::from_millis(50));
            gate.wait();
            store.close();
        });
        let late = store.write(|tx| set(tx, "late", "1"));
        assert!(matches!(late, Err(Error::Unavailable(_))));
        let last = store.read(crate::events::last).expect("reads go on");
        assert_eq!(last, EventId(6));
    }
}

#[cfg(debug_assertions)]
#[test]
fn who_says_unchanged_but_changed_is_found_out() {
    let store = crate::testing::sqlite();
    let answer = store.write(|tx| -> Result<(), Error> {
        tx.unchanged();
        settings::set(tx, "a", "1")
    });
    assert!(matches!(answer, Err(Error::Database(s)) if s.contains("changed nothing")));
    assert_eq!(store.read(|db| settings::get(db, "a")), Ok(None));
}

#[test]
fn a_full_queue_says_so() {
    let store = crate::testing::sqlite();
    let gate = Arc::new(Barrier::new(2));
    let full = std::sync::atomic::AtomicU32::new(0);
    thread::scope(|scope| {
        let (inside, store, full) = (gate.clone(), &store, &full);
        scope.spawn(move || {
            store.write(move |tx| -> Result<(), Error> {
                inside.wait();
                record(tx, "x").map(drop)
            })
        });
        thread::sleep(std::time::Duration::from_millis(20));
        let mut waiting = Vec::new();
        for _ in 0..1_100 {
            waiting.push(
                thread::Builder::new()
                    .stack_size(128 << 10)
                    .spawn_scoped(scope, move || {
                        if let Err(Error::Unavailable(s)) = store.write(|tx| record(tx, "y")) {
                            assert!(s.contains("too many writes"));
                            full.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        }
                    })
                    .expect("a thread"),
            );
        }
        while full.load(std::sync::atomic::Ordering::Relaxed) == 0 {
            thread::yield_now();
        }
        gate.wait();
    });
    count_up(&store);
}
