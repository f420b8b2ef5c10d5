//! The ground under contention and faults, on both databases. Features test themselves beside their queries.

mod blobs;
mod bodies;
mod crash;
mod doors;
mod events;
mod faults;
mod migrations;
mod people;

use dugri_core::{Event, EventId, Time};

use crate::{Error, Tx, settings};

/// A moment; tests read no clock.
fn moment() -> Time {
    chrono::DateTime::from_timestamp_micros(1_795_000_000_123_456).expect("in range")
}

/// Records that something happened to `key`.
fn record(tx: &mut Tx, key: &str) -> Result<EventId, Error> {
    tx.record(None, moment(), Event::SettingChanged { key: key.into() })
}

/// Sets a setting and records it: the smallest honest write.
fn set(tx: &mut Tx, key: &str, value: &str) -> Result<EventId, Error> {
    settings::set(tx, key, value)?;
    record(tx, key)
}

/// The number that a setting holds.
fn number(db: &mut crate::Db, key: &str) -> Result<i64, Error> {
    Ok(settings::get(db, key)?.map_or(0, |text| text.parse().expect("a number was set")))
}
