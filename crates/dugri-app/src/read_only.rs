//! Read-only: reading and searching go on, and nothing can be saved. By the operator's word, which stands in the database
//! and so acts on every node; or because the disk refuses, which a node notices by itself, and which ends by itself.

use dugri_core::pages::SUMMARY_CHARS_MAX;
use dugri_core::{Event, READ_ONLY, Time};
pub use dugri_store::Trouble;
use dugri_store::settings;
use serde::{Deserialize, Serialize};

use crate::{App, By, Error, FieldError};

/// Why nothing can be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// The operator said so.
    Kept(Kept),
    /// The disk refuses.
    Disk(Trouble),
}

/// The operator's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Since when.
    pub since: Time,
    /// Why, in the operator's words; may be empty.
    pub reason: String,
}

/// Whether nothing can be saved, and why.
///
/// # Errors
/// When it is not in memory and the database can't be read.
pub fn state(app: &App) -> Result<Option<ReadOnly>, Error> {
    let (epoch, known) = (app.store().epoch(), &app.memory().read_only);
    let kept = match known.at(epoch) {
        Some(kept) => kept,
        None => {
            let text = app.store().read(|db| settings::get(db, READ_ONLY))?;
            let unreadable = |_| Kept {
                since: app.now(),
                reason: String::new(),
            };
            let kept = text.map(|text| serde_json::from_str(&text).unwrap_or_else(unreadable));
            known.keep(epoch, kept)
        }
    };
    Ok(with_disk(app, kept.as_ref()))
}

/// As [`state`], without ever waiting: `None` where it is not in memory.
pub fn remembered(app: &App) -> Option<Option<ReadOnly>> {
    let kept = app.memory().read_only.at(app.store().epoch())?;
    Some(with_disk(app, kept.as_ref()))
}

/// The last that this node knows, for whoever was just refused: that must not wait for the database.
pub fn last_known(app: &App) -> Option<ReadOnly> {
    with_disk(app, app.memory().read_only.last().as_deref().unwrap_or(&None))
}

fn with_disk(app: &App, kept: &Option<Kept>) -> Option<ReadOnly> {
    let kept = kept.clone().map(ReadOnly::Kept);
    kept.or_else(|| app.store().trouble().map(ReadOnly::Disk))
}

/// Keeps Dugri read-only, or (`None`) lets it be written again. Says whether that changed anything.
///
/// # Errors
/// [`Error::Invalid`] when the reason is too long.
pub fn keep(app: &App, by: By<'_>, reason: Option<&str>) -> Result<bool, Error> {
    by.administers()?;
    let (now, by) = (app.now(), by.person());
    let kept = match reason {
        Some(reason) => {
            let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
            if reason.chars().count() > SUMMARY_CHARS_MAX {
                return Err(Error::Invalid(vec![
                    FieldError::new("reason", "error-too-long").with("max", SUMMARY_CHARS_MAX),
                ]));
            }
            let kept = Kept { since: now, reason };
            Some(serde_json::to_string(&kept).map_err(Error::internal)?)
        }
        None => None,
    };
    app.store().write(move |tx| {
        let changed = match &kept {
            Some(kept) => {
                settings::set(tx, READ_ONLY, kept)?;
                true
            }
            None => settings::remove(tx, READ_ONLY)?,
        };
        if changed {
            let key = READ_ONLY.to_owned();
            tx.record(by, now, Event::SettingChanged { key })?;
        } else {
            tx.unchanged();
        }
        Ok(changed)
    })
}

/// Looks whether a disk that refused takes writes again. To be called every second or so; does nothing while all is well.
pub fn tend(app: &App) {
    if app.store().trouble().is_none() {
        return;
    }
    if let Err(error) = app.store().probe() {
        tracing::debug!(%error, "the disk still refuses");
    }
    if app.store().trouble().is_some() {
        let outcome = app.blobs().probe();
        app.store().note_files(outcome.as_ref().map(drop));
    }
}
