//! `texts`: reads files for their text, one at a time. What is to be read stands in the store and not in a cursor, so that
//! files from before there were texts, and all of them after the rules changed, are read like new ones.

use dugri_core::Event;
use dugri_core::texts::TextState;
use dugri_store::files::FileRow;
use dugri_store::{BlobHash, Chore, Error as StoreError, texts};

use super::Went;
use crate::texts::{RULES, TRIES_MAX, is_free, read, without};
use crate::{App, Error, read_only};

pub(super) fn follow(app: &App) -> Result<Went, Error> {
    // Read-only, what is read could not be kept, and each try would count against the file.
    if !is_free() || read_only::state(app)?.is_some() {
        return Ok(Went::AsFarAsItCan);
    }
    let Some((file, tries)) = app.store().read(|db| texts::next_unfiltered(db, RULES))? else {
        return Ok(Went::ToTheEnd);
    };
    let reading = if tries >= TRIES_MAX {
        tracing::warn!(file = %file.public_id, tries, "a file is let be: reading it never came to an end");
        without(TextState::TooSlow)
    } else {
        // The bytes come first: a store of files that is away is no fault of the file.
        let bytes = bytes(app, &file)?;
        let id = file.id;
        app.store()
            .housekeep(Chore::Cursors, move |tx| texts::begin(tx, id))?;
        match bytes {
            Some(bytes) => read(&file.name, bytes),
            None => without(TextState::Damaged),
        }
    };
    keep(app, &file, reading)?;
    Ok(Went::On)
}

fn bytes(app: &App, file: &FileRow) -> Result<Option<Vec<u8>>, Error> {
    let hash = BlobHash::parse(&file.hash).ok_or_else(|| Error::internal("a malformed hash"))?;
    let bytes = app.blobs().get(&hash)?;
    if bytes.is_none() {
        tracing::error!(file = %file.public_id, "the bytes of a file are missing");
    }
    Ok(bytes.map(|bytes| bytes.to_vec()))
}

fn keep(app: &App, file: &FileRow, reading: texts::Reading) -> Result<(), Error> {
    let (now, id) = (app.now(), file.id);
    if reading.state.is_trouble() {
        tracing::info!(file = %file.public_id, state = reading.state.as_str(), "no text in a file");
    }
    // Of a picture there is nothing to tell anybody.
    if reading.state == TextState::None {
        return Ok(app.store().housekeep(Chore::Cursors, move |tx| {
            texts::keep(tx, id, &reading, now).map(drop)
        })?);
    }
    app.store().write(move |tx| -> Result<(), StoreError> {
        if texts::keep(tx, id, &reading, now)? {
            tx.record(None, now, Event::FileRead { file: id })?;
        } else {
            tx.unchanged();
        }
        Ok(())
    })?;
    Ok(())
}
