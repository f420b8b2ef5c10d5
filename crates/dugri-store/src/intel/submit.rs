//! A report comes in. Sent twice with the same id of the client, it exists once.

use diesel::prelude::*;
use dugri_core::intel::{Certainty, IntelKind, IntelState, Subject};
use dugri_core::{Event, IntelId, PageId, PersonId, RevisionId, SpaceId, Time, TopicId};

use crate::schema::{intel, intel_topics};
use crate::{Db, Error, Tx, on_conn};

/// A report that was checked and routed.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// The id made where the report was written.
    pub client_id: Option<String>,
    /// Who reports.
    pub reporter: PersonId,
    /// Where it goes.
    pub space: SpaceId,
    /// About whom it is.
    pub subject: Subject,
    /// How certain the reporter is.
    pub certainty: Certainty,
    /// What it is.
    pub kind: Option<IntelKind>,
    /// What happened.
    pub what: String,
    /// Where it was heard.
    pub channel: String,
    /// The customer.
    pub account: String,
    /// Words of somebody else.
    pub quote: String,
    /// Whether it is urgent.
    pub urgent: bool,
    /// Whether only managers see the reporter's name.
    pub confidential: bool,
    /// The page it concerns.
    pub page: Option<PageId>,
    /// The revision that the reporter saw.
    pub revision: Option<RevisionId>,
    /// The section.
    pub section: String,
    /// The words of the page.
    pub passage: String,
    /// The topics found in it.
    pub topics: Vec<TopicId>,
    /// When it came in.
    pub at: Time,
    /// Until when a first response is promised.
    pub first_response_due: Time,
    /// Until when an outcome is promised.
    pub resolution_due: Time,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submitted {
    /// The report's number.
    pub id: IntelId,
    /// Whether the report was there already.
    pub repeat: bool,
}

/// The number of the report that this person sent under this id, if there is one.
pub fn known(db: &mut Db, reporter: PersonId, client_id: &str) -> Result<Option<IntelId>, Error> {
    let id: Option<i64> = intel::table
        .filter(intel::reporter_id.eq(reporter.0))
        .filter(intel::client_id.eq(client_id))
        .select(intel::id)
        .first(db.conn())
        .optional()?;
    Ok(id.map(IntelId))
}

/// Writes a report, unless it is there. Its number is the next one: the writer's place makes that safe.
pub fn submit(tx: &mut Tx, new: &NewReport) -> Result<Submitted, Error> {
    if let Some(client_id) = &new.client_id
        && let Some(id) = known(tx, new.reporter, client_id)?
    {
        tx.unchanged();
        return Ok(Submitted { id, repeat: true });
    }
    let id = next_number(tx)?;
    insert(tx, id, new)?;
    tx.record(Some(new.reporter), new.at, Event::IntelSubmitted { intel: id })?;
    Ok(Submitted { id, repeat: false })
}

/// Writes the row of a new report under a number, with its topics.
pub(super) fn insert(tx: &mut Tx, id: IntelId, new: &NewReport) -> Result<(), Error> {
    diesel::insert_into(intel::table)
        .values((
            (
                intel::id.eq(id.0),
                intel::client_id.eq(&new.client_id),
                intel::reporter_id.eq(new.reporter.0),
                intel::space_id.eq(new.space.0),
                intel::state.eq(IntelState::New.as_str()),
                intel::subject.eq(new.subject.as_str()),
                intel::certainty.eq(new.certainty.as_str()),
                intel::kind.eq(new.kind.map(IntelKind::as_str)),
            ),
            (
                intel::what.eq(&new.what),
                intel::channel.eq(&new.channel),
                intel::account.eq(&new.account),
                intel::quote.eq(&new.quote),
                intel::urgent.eq(new.urgent),
                intel::confidential.eq(new.confidential),
            ),
            (
                intel::page_id.eq(new.page.map(|page| page.0)),
                intel::revision_id.eq(new.revision.map(|revision| revision.0)),
                intel::section.eq(&new.section),
                intel::passage.eq(&new.passage),
                intel::at.eq(new.at.naive_utc()),
                intel::first_response_due.eq(new.first_response_due.naive_utc()),
                intel::resolution_due.eq(new.resolution_due.naive_utc()),
                intel::outcome.eq(""),
            ),
        ))
        .execute(tx.conn())?;
    add_topics(tx, id, &new.topics)
}

fn next_number(tx: &mut Tx) -> Result<IntelId, Error> {
    let last: Option<i64> = intel::table
        .select(diesel::dsl::max(intel::id))
        .first(tx.conn())?;
    Ok(IntelId(last.unwrap_or(0) + 1))
}

/// Ties topics to a report; those that are tied already stay.
pub(super) fn add_topics(tx: &mut Tx, id: IntelId, topics: &[TopicId]) -> Result<(), Error> {
    if topics.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = topics
        .iter()
        .map(|topic| {
            (
                intel_topics::intel_id.eq(id.0),
                intel_topics::topic_id.eq(topic.0),
            )
        })
        .collect();
    on_conn!(tx.conn(), |c| diesel::insert_into(intel_topics::table)
        .values(&rows)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}
