//! `history`: stores older texts of a page as differences from the newer ones.

use std::collections::BTreeSet;

use dugri_core::{Event, PageId};
use dugri_store::{BodyHash, Chore, bodies, events, revisions};

use super::Went;
use crate::{App, Error};

const NAME: &str = "history";

/// How many texts of a page are looked at: the new one and enough before it for a batch that saved it several times.
const TAIL: usize = 12;

pub(super) fn follow(app: &App) -> Result<Went, Error> {
    let (cursor, batch) = app.store().read(|db| {
        let cursor = events::cursor(db, NAME)?;
        let batch = events::events_after(db, cursor.event, super::BATCH)?;
        Ok((cursor, batch))
    })?;
    let Some(last) = batch.last().map(|entry| entry.id) else {
        return Ok(Went::ToTheEnd);
    };
    let mut saves: std::collections::BTreeMap<PageId, usize> = Default::default();
    for entry in &batch {
        if let Event::RevisionAdded { page, .. } = &entry.event {
            *saves.entry(*page).or_default() += 1;
        }
    }
    let pages: BTreeSet<PageId> = saves.keys().copied().collect();
    app.store()
        .housekeep(Chore::Cursors, move |tx| -> Result<(), Error> {
            for page in pages {
                let all = revisions::list(tx, page)?;
                let tail = all.len().saturating_sub(TAIL.max(saves[&page] + 1));
                let mut hashes: Vec<BodyHash> = all[tail..]
                    .iter()
                    .map(|(row, _)| BodyHash::from_row(row.body_hash.clone()))
                    .collect();
                hashes.dedup();
                bodies::recompress(tx, &hashes)?;
            }
            if events::advance(tx, NAME, cursor.event, last)? {
                Ok(())
            } else {
                Err(Error::Unavailable("another node follows the history".into()))
            }
        })?;
    Ok(Went::On)
}
