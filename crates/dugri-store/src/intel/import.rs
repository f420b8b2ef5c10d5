//! Reports as an archive has them: with their number, their state and their conversation, as they were.

use diesel::prelude::*;
use dugri_core::intel::{IntelState, MessageKind};
use dugri_core::{IntelId, PageId, PersonId, PublicationId, Time};

use super::submit::{self, NewReport};
use crate::schema::{intel, intel_messages};
use crate::{Error, Tx};

/// A report with all that became of it.
#[derive(Debug, Clone)]
pub struct ImportedReport {
    /// Its number.
    pub number: IntelId,
    /// What came in.
    pub report: NewReport,
    /// Where it stands.
    pub state: IntelState,
    /// Who answers for it.
    pub assignee: Option<PersonId>,
    /// The first response.
    pub acknowledged: Option<(Time, Option<PersonId>)>,
    /// The outcome.
    pub closed: Option<(Time, Option<PersonId>)>,
    /// The answer or the reason.
    pub outcome: String,
    /// The publication that is its outcome.
    pub publication: Option<PublicationId>,
    /// The report it became part of; it must have been imported before.
    pub merged_into: Option<IntelId>,
    /// When the reporter last looked at it.
    pub seen_at: Option<Time>,
    /// The conversation, oldest first.
    pub messages: Vec<ImportedMessage>,
}

/// A line of the conversation.
#[derive(Debug, Clone)]
pub struct ImportedMessage {
    /// Who wrote it.
    pub author: PersonId,
    /// When.
    pub at: Time,
    /// To the reporter, or among those who triage.
    pub kind: MessageKind,
    /// The text.
    pub text: String,
}

/// Writes a report as it was. The caller records the import; a number that is taken is a duplicate.
pub fn import(tx: &mut Tx, imported: &ImportedReport) -> Result<(), Error> {
    let id = imported.number;
    submit::insert(tx, id, &imported.report)?;
    diesel::update(intel::table.find(id.0))
        .set((
            intel::state.eq(imported.state.as_str()),
            intel::assignee_id.eq(imported.assignee.map(|person| person.0)),
            intel::acknowledged_at.eq(imported.acknowledged.map(|(at, _)| at.naive_utc())),
            intel::acknowledged_by.eq(imported.acknowledged.and_then(|(_, by)| by).map(|by| by.0)),
            intel::closed_at.eq(imported.closed.map(|(at, _)| at.naive_utc())),
            intel::closed_by.eq(imported.closed.and_then(|(_, by)| by).map(|by| by.0)),
            intel::outcome.eq(&imported.outcome),
            intel::publication_id.eq(imported.publication.map(|publication| publication.0)),
            intel::merged_into.eq(imported.merged_into.map(|into| into.0)),
            intel::seen_at.eq(imported.seen_at.map(|at| at.naive_utc())),
        ))
        .execute(tx.conn())?;
    for message in &imported.messages {
        diesel::insert_into(intel_messages::table)
            .values((
                intel_messages::intel_id.eq(id.0),
                intel_messages::author_id.eq(message.author.0),
                intel_messages::kind.eq(message.kind.as_str()),
                intel_messages::text.eq(&message.text),
                intel_messages::at.eq(message.at.naive_utc()),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// What a closed report is tied to.
#[derive(Debug, Clone, Copy)]
pub enum Outcome {
    /// A publication.
    Published(PublicationId),
    /// Another report.
    Merged(IntelId),
}

/// Ties an imported report to what became of it, once that exists too.
pub fn connect(tx: &mut Tx, id: IntelId, outcome: &Outcome) -> Result<(), Error> {
    let report = diesel::update(intel::table.find(id.0));
    match outcome {
        Outcome::Published(publication) => report
            .set(intel::publication_id.eq(publication.0))
            .execute(tx.conn())?,
        Outcome::Merged(into) => report.set(intel::merged_into.eq(into.0)).execute(tx.conn())?,
    };
    Ok(())
}

/// Names the page of an imported report that names none yet.
pub fn link(tx: &mut Tx, id: IntelId, page: PageId) -> Result<(), Error> {
    diesel::update(intel::table.find(id.0).filter(intel::page_id.is_null()))
        .set(intel::page_id.eq(page.0))
        .execute(tx.conn())?;
    Ok(())
}
