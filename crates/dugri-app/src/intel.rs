//! The field's reports: sending one, answering one, and what became of it.
//!
//! Whoever may report may report about anything: the page decides where the report goes if the reporter may read it,
//! and the inbox space takes it otherwise. A report is never refused for a page that is not there.

mod detail;
pub(crate) mod found;
mod input;
pub(crate) mod read;
mod steps;

use std::sync::Arc;

use dugri_core::intel::promise;
use dugri_core::pages::State;
use dugri_core::policy::{Object, Verb, may};
use dugri_core::{Access, IntelId, PageId, PublicId, RevisionId, SpaceId, Time};
use dugri_store::intel::{NewReport, submit as store_submit};
use dugri_store::{Db, Tx, intel as store, pages, publications, spaces, topics};

pub use detail::{About, Detail, Prefill, Similar, about_page, detail, prefill};
pub use dugri_store::files::FileRow;
pub use dugri_store::intel::{Citation, Message, MineFilter, MineTotals, QueueFilter, Report, Submitted};
pub use dugri_store::names::PersonName;
pub use dugri_store::pages::{Page, PageLine};
pub use dugri_store::spaces::SpaceRow;
pub use dugri_store::topics::TopicRow;
pub use input::Submission;
pub use read::{Board, Card, Changed, Column, Counts, Mine, Queue, Said, board, counts, list, mine, queue};
pub use steps::{
    acknowledge, answer, assign, decline, link, mark_seen, merge, move_to, note, reply, start_work, unmerge,
};

use crate::files::{self, Upload};
use crate::{Actor, App, Error};
use input::Checked;

/// How far back the board and 'looks like the same thing' go.
pub const BOARD_DAYS: i64 = 30;

/// Sends a report. The same client id of the same person sent twice is one report, and gets one answer.
pub fn submit(app: &App, actor: &Actor, submission: Submission) -> Result<Submitted, Error> {
    if !may(&actor.access, Verb::Report, Object::Site) {
        return Err(Error::Forbidden);
    }
    let checked = input::check(submission)?;
    let (access, now) = (Arc::clone(&actor.access), app.now());
    app.store().write(move |tx: &mut Tx| {
        let report = routed(tx, &access, now, checked)?;
        Ok(store_submit(tx, &report)?)
    })
}

/// Adds a file to a report: its reporter's, or that of somebody who triages it.
pub fn attach(app: &App, actor: &Actor, id: IntelId, upload: Upload) -> Result<FileRow, Error> {
    let object = app.store().read(|db| store::object(db, &actor.access, id))?;
    let Some(Object::Intel { space, .. }) = object else {
        return Err(Error::NotFound);
    };
    files::add(app, actor, space, files::Belongs::Intel(id), upload)
}

/// Finds where a report goes, what it is about and by when it is promised an answer.
fn routed(db: &mut Db, access: &Access, now: Time, checked: Checked) -> Result<NewReport, Error> {
    let target = target(db, access, now, checked.page.as_ref(), checked.number)?;
    let space = match &target {
        Some(target) => target.space,
        None => fallback(db, access)?,
    };
    let names = topics::names(db)?;
    let promise = promise(checked.kind, checked.urgent);
    Ok(NewReport {
        topics: found::topics(
            &checked.text(),
            names.iter().map(|(id, name, _)| (*id, name.as_str())),
        ),
        client_id: checked.client_id,
        reporter: access.person,
        space,
        subject: checked.subject,
        certainty: checked.certainty,
        kind: checked.kind,
        what: checked.what,
        channel: checked.channel,
        account: checked.account,
        quote: checked.quote,
        urgent: checked.urgent,
        confidential: checked.confidential,
        page: target.as_ref().map(|target| target.page),
        revision: target.and_then(|target| target.revision),
        section: checked.section,
        passage: checked.passage,
        at: now,
        first_response_due: now + promise.first_response,
        resolution_due: now + promise.resolution,
    })
}

/// The page that a report is about.
struct Target {
    page: PageId,
    space: SpaceId,
    revision: Option<RevisionId>,
}

/// The page of a public id with the revision of that number, or else the one that readers get; nothing if the reporter
/// may not read the page, which for the reporter does not exist then.
fn target(
    db: &mut Db,
    access: &Access,
    now: Time,
    page: Option<&PublicId>,
    number: Option<i64>,
) -> Result<Option<Target>, Error> {
    let Some(page) = page else { return Ok(None) };
    let Some(found) = pages::find(db, access, page, now)? else {
        return Ok(None);
    };
    let numbered = match number {
        Some(number) => publications::numbered(db, found.row.id, number, now)?,
        None => None,
    };
    let revision = numbered
        .or(found.published)
        .map(|publication| publication.revision_id);
    Ok(Some(Target {
        page: found.row.id,
        space: found.row.space_id,
        revision,
    }))
}

/// The inbox, or, where none is set, the first space in which the reporter may report.
fn fallback(db: &mut Db, access: &Access) -> Result<SpaceId, Error> {
    match spaces::inbox(db)?.or_else(|| access.roles.keys().next().copied()) {
        Some(space) => Ok(space),
        None => Err(Error::Unavailable("no space takes reports".into())),
    }
}

/// Whether a page can be worked on: neither superseded nor archived.
pub(crate) fn is_live(state: State) -> bool {
    matches!(state, State::Draft | State::Current)
}

/// The report as a decision on rights sees it; absent for whom it does not exist.
pub(crate) fn object(db: &mut Db, access: &Access, id: IntelId) -> Result<Object, Error> {
    store::object(db, access, id)?.ok_or(Error::NotFound)
}
