//! The log: a reader that polls misses nothing, cursors move exactly once, poison is set aside.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::*;
use crate::events::{self, Failed};
use crate::{Chore, Epoch, Store, on_both};

on_both! {
    fn a_polling_reader_misses_nothing(store) {
        const WRITERS: i64 = 6;
        const EACH: i64 = 30;
        let other = Store::open(store.config()).expect("opens beside");
        let done = AtomicBool::new(false);
        let seen = thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|w| {
                    let store: &Store = if w % 2 == 0 { &store } else { &other };
                    scope.spawn(move || {
                        for i in 0..EACH {
                            // Some are taken back: their ids must not be missed in between.
                            let answer = store.write(move |tx| -> Result<(), Error> {
                                record(tx, &format!("{w}/{i}"))?;
                                if i % 5 == 4 { Err(Error::Refused("taken back".into())) } else { Ok(()) }
                            });
                            assert_eq!(answer.is_ok(), i % 5 != 4, "{answer:?}");
                        }
                    })
                })
                .collect();
            let reader = scope.spawn(|| {
                let mut seen: Vec<i64> = Vec::new();
                loop {
                    let last_round = done.load(Ordering::SeqCst);
                    let after = EventId(seen.last().copied().unwrap_or(0));
                    let new = store.read(|db| events::events_after(db, after, 7)).expect("read");
                    if new.is_empty() && last_round {
                        return seen;
                    }
                    seen.extend(new.iter().map(|e| e.id.0));
                }
            });
            for writer in writers {
                writer.join().expect("writes");
            }
            done.store(true, Ordering::SeqCst);
            reader.join().expect("reads")
        });
        let all: Vec<i64> = (1..=WRITERS * EACH * 4 / 5).collect();
        assert_eq!(seen, all, "dense, in order, none missing");
    }

    fn an_event_reads_back(store) {
        let nanos = moment() + Duration::from_nanos(789);
        let event = Event::SettingChanged { key: "שם".into() };
        let (written, expected) = (event.clone(), event);
        let id = store.write(move |tx| tx.record(None, nanos, written)).expect("written");
        let log = store.read(|db| events::events_after(db, EventId(0), 10)).expect("read");
        assert_eq!(log.len(), 1);
        assert_eq!((log[0].id, log[0].at, log[0].actor, &log[0].event), (id, moment(), None, &expected));
    }

    fn the_epoch_moves_with_own_commits_at_once(store) {
        assert_eq!(store.epoch(), Epoch(0));
        let id = store.write(|tx| record(tx, "x")).expect("written");
        assert_eq!(store.epoch(), Epoch(id.0));
        assert_eq!(store.read(events::epoch).expect("read"), store.epoch());
    }

    fn the_epoch_moves_with_others_within_a_second(store) {
        let other = Store::open(store.config()).expect("opens beside");
        for _ in 0..3 {
            let id = other.write(|tx| record(tx, "x")).expect("written");
            let written = Instant::now();
            while store.epoch() < Epoch(id.0) {
                assert!(written.elapsed() < Duration::from_secs(5), "never seen");
                thread::yield_now();
            }
            // One second is the promise; a loaded machine gets a little more.
            assert!(written.elapsed() < Duration::from_millis(1_500), "{:?}", written.elapsed());
        }
        assert!(store.silence() < Duration::from_secs(5));
    }

    fn a_cursor_moves_once(store) {
        store.write(|tx| record(tx, "x")).expect("written");
        let step = |from: i64, to: i64| {
            store.housekeep(Chore::Cursors, move |tx| {
                events::advance(tx, "search", EventId(from), EventId(to))
            })
        };
        assert_eq!(step(0, 1), Ok(true));
        assert_eq!(step(0, 1), Ok(false), "somebody was faster");
        let cursor = store.read(|db| events::cursor(db, "search")).expect("read");
        assert_eq!((cursor.event, cursor.failures), (EventId(1), 0));
        let fresh = store.read(|db| events::cursor(db, "mail")).expect("read");
        assert_eq!(fresh.event, EventId(0));
    }

    fn poison_is_parked_and_stops_nobody(store) {
        let id = store.write(|tx| record(tx, "poison")).expect("written");
        let fail = || {
            store
                .housekeep(Chore::Cursors, move |tx| events::failed(tx, "mail", id, "no such host", moment()))
                .expect("noted")
        };
        let mut waits = Vec::new();
        while let Failed::Retry(_) = fail() {
            let cursor = store.read(|db| events::cursor(db, "mail")).expect("read");
            assert_eq!(cursor.event, EventId(0), "it is tried again");
            waits.push(cursor.next_try_at.expect("a wait").signed_duration_since(moment()).num_seconds());
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320]);
        let cursor = store.read(|db| events::cursor(db, "mail")).expect("read");
        assert_eq!((cursor.event, cursor.failures, cursor.next_try_at), (id, 0, None));
        let parked = store.read(events::list_parked).expect("read");
        assert_eq!(parked.len(), 1);
        assert_eq!((parked[0].follower.as_str(), parked[0].error.as_str()), ("mail", "no such host"));
    }
}
