//! `search`: keeps this node's index at the present. Its cursor lies in the index's own commit.

use std::collections::BTreeSet;

use dugri_core::{Event, EventId, IntelId, PageId};
use dugri_search::Change;
use dugri_store::{events, intel, pages, texts};

use super::Went;
use crate::search::documents;
use crate::{App, Error};

/// How many pages or reports are put into the index with one commit while it is built.
const CHUNK: i64 = 500;

pub(super) fn follow(app: &App) -> Result<Went, Error> {
    match app.index().cursor() {
        None => build(app).map(|()| Went::On),
        Some(cursor) => go_on(app, EventId(cursor)),
    }
}

/// Builds the index from everything. What happens meanwhile is followed afterwards: the cursor is taken first.
fn build(app: &App) -> Result<(), Error> {
    let cursor = app.store().read(events::last)?;
    let mut after = PageId(0);
    loop {
        let ids = app.store().read(|db| pages::keys_unfiltered(db, after, CHUNK))?;
        let Some(last) = ids.last() else { break };
        after = *last;
        app.index()
            .load(documents::of_pages(app, &ids)?)
            .map_err(Error::internal)?;
    }
    let mut after = IntelId(0);
    loop {
        let reports = app.store().read(|db| intel::list_unfiltered(db, after, CHUNK))?;
        let Some(last) = reports.last() else { break };
        after = last.id;
        let ids: Vec<IntelId> = reports.iter().map(|report| report.id).collect();
        app.index()
            .load(documents::of_intel(app, &ids)?)
            .map_err(Error::internal)?;
    }
    app.index().apply(Vec::new(), cursor.0).map_err(Error::internal)
}

fn go_on(app: &App, cursor: EventId) -> Result<Went, Error> {
    let batch = app
        .store()
        .read(|db| events::events_after(db, cursor, super::BATCH))?;
    let Some(last) = batch.last().map(|entry| entry.id) else {
        return Ok(Went::ToTheEnd);
    };
    let mut pages = BTreeSet::new();
    let mut intel = BTreeSet::new();
    for entry in &batch {
        // The words of a gap stand in the page that they lead to.
        if let Event::GapClosed { page, .. } | Event::GapReopened { page, .. } = entry.event {
            pages.extend(page);
        }
        match entry.event.subject() {
            ("page", id) => {
                pages.insert(PageId(id));
            }
            ("intel", id) => {
                intel.insert(IntelId(id));
            }
            // Names of topics, spaces and owners stand in many documents; these stay findable while they are put in anew.
            ("topic" | "space", _) if documents::renames(&entry.event) => {
                app.index().start_over().map_err(Error::internal)?;
                return Ok(Went::On);
            }
            _ => {}
        }
        // What stands in a file is found on the pages that show it.
        if let Event::FileRead { file } = entry.event {
            pages.extend(app.store().read(|db| texts::used_by_unfiltered(db, file))?);
        }
    }
    let mut changes: Vec<Change> = documents::of_pages(app, &Vec::from_iter(pages))?;
    changes.extend(documents::of_intel(app, &Vec::from_iter(intel))?);
    app.index().apply(changes, last.0).map_err(Error::internal)?;
    Ok(Went::On)
}
