//! What is done to a report after it came in. Each step asks the one table of states in core and changes the row
//! only from the state that it saw; whoever comes second is told the state instead.

use diesel::prelude::*;
use dugri_core::intel::{IntelState, MessageKind};
use dugri_core::{Event, IntelId, PageId, PersonId, PublicationId, RevisionId, SpaceId, Time};

use super::word;
use crate::schema::{intel, intel_messages};
use crate::{Db, Error, Tx};

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Step {
    /// It is done, or was done already by this very request.
    Done,
    /// The report is in a state in which this can't be done.
    Refused(IntelState),
}

/// How a report ends without a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With an answer.
    Answered,
    /// With a reason why not.
    Declined,
}

/// A line of the conversation to be added.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// The report.
    pub intel: IntelId,
    /// To the reporter, or among those who triage.
    pub kind: MessageKind,
    /// The text.
    pub text: String,
    /// The id made where it was written.
    pub client_id: Option<String>,
}

/// The state of a report; `None` if there is no such report.
pub fn state(db: &mut Db, id: IntelId) -> Result<Option<IntelState>, Error> {
    let state: Option<String> = intel::table
        .find(id.0)
        .select(intel::state)
        .first(db.conn())
        .optional()?;
    state.as_deref().map(word).transpose()
}

/// Moves a report to `next` if its state allows. The first step of a new report is its first response.
fn advance(tx: &mut Tx, actor: PersonId, now: Time, id: IntelId, next: IntelState) -> Result<Step, Error> {
    let Some(state) = state(tx, id)? else {
        return Err(Error::Database(format!("there is no report {id}")));
    };
    if !state.may_become(next) {
        return Ok(Step::Refused(state));
    }
    acknowledge_first(tx, actor, now, id)?;
    let changed = diesel::update(
        intel::table
            .filter(intel::id.eq(id.0))
            .filter(intel::state.eq(state.as_str())),
    )
    .set(intel::state.eq(next.as_str()))
    .execute(tx.conn())?;
    debug_assert_eq!(changed, 1, "the writer's place lets nobody between");
    Ok(Step::Done)
}

/// Sets the first response, if there was none.
fn acknowledge_first(tx: &mut Tx, actor: PersonId, now: Time, id: IntelId) -> Result<(), Error> {
    diesel::update(
        intel::table
            .filter(intel::id.eq(id.0))
            .filter(intel::acknowledged_at.is_null()),
    )
    .set((
        intel::acknowledged_at.eq(now.naive_utc()),
        intel::acknowledged_by.eq(actor.0),
    ))
    .execute(tx.conn())?;
    Ok(())
}

/// Somebody of marketing says: seen. Only of a new report: a merge is undone by [`unmerge`] alone.
pub fn acknowledge(tx: &mut Tx, actor: PersonId, now: Time, id: IntelId) -> Result<Step, Error> {
    if let Some(state) = state(tx, id)?
        && state != IntelState::New
    {
        return Ok(Step::Refused(state));
    }
    let step = advance(tx, actor, now, id, IntelState::Acknowledged)?;
    if step == Step::Done {
        tx.record(Some(actor), now, Event::IntelAcknowledged { intel: id })?;
    }
    Ok(step)
}

/// Work on a report begins; where it has begun already, nothing changes.
pub fn start_work(tx: &mut Tx, actor: PersonId, now: Time, id: IntelId) -> Result<Step, Error> {
    match advance(tx, actor, now, id, IntelState::InWork)? {
        Step::Done => {
            tx.record(Some(actor), now, Event::IntelWorkStarted { intel: id })?;
            Ok(Step::Done)
        }
        Step::Refused(IntelState::InWork) => {
            tx.unchanged();
            Ok(Step::Done)
        }
        refused => Ok(refused),
    }
}

/// Gives a report to somebody, or (`None`) to nobody.
pub fn assign(
    tx: &mut Tx,
    actor: PersonId,
    now: Time,
    id: IntelId,
    assignee: Option<PersonId>,
) -> Result<Step, Error> {
    if assignee.is_some()
        && let Step::Refused(state) = start_work(tx, actor, now, id)?
    {
        return Ok(Step::Refused(state));
    }
    diesel::update(intel::table.find(id.0))
        .set(intel::assignee_id.eq(assignee.map(|person| person.0)))
        .execute(tx.conn())?;
    tx.record(Some(actor), now, Event::IntelAssigned { intel: id, assignee })?;
    Ok(Step::Done)
}

/// Links a report to the page it concerns, as it is published now.
///
/// A passage of another page, where the reporter gave one, is kept as a note: it says nothing about the new page.
pub fn link(
    tx: &mut Tx,
    actor: PersonId,
    now: Time,
    id: IntelId,
    page: PageId,
    revision: Option<RevisionId>,
) -> Result<Step, Error> {
    if let Step::Refused(state) = start_work(tx, actor, now, id)? {
        return Ok(Step::Refused(state));
    }
    let (before, passage): (Option<i64>, String) = intel::table
        .find(id.0)
        .select((intel::page_id, intel::passage))
        .first(tx.conn())?;
    if before != Some(page.0) {
        if before.is_some() && !passage.is_empty() {
            let kept = NewMessage {
                intel: id,
                kind: MessageKind::Note,
                text: format!("> {}", passage.replace('\n', "\n> ")),
                client_id: None,
            };
            insert_message(tx, actor, now, &kept)?;
        }
        diesel::update(intel::table.find(id.0))
            .set((
                intel::page_id.eq(page.0),
                intel::revision_id.eq(revision.map(|revision| revision.0)),
                intel::section.eq(""),
                intel::passage.eq(if before.is_some() { "" } else { passage.as_str() }),
            ))
            .execute(tx.conn())?;
    }
    tx.record(Some(actor), now, Event::IntelLinked { intel: id, page })?;
    Ok(Step::Done)
}

/// Moves a report to another space.
pub fn move_to(tx: &mut Tx, actor: PersonId, now: Time, id: IntelId, space: SpaceId) -> Result<(), Error> {
    diesel::update(intel::table.find(id.0))
        .set((intel::space_id.eq(space.0), intel::assignee_id.eq(None::<i64>)))
        .execute(tx.conn())?;
    tx.record(Some(actor), now, Event::IntelMoved { intel: id, space })?;
    Ok(())
}

/// Marketing writes to the reporter. On a new report that is its first response.
pub fn respond(tx: &mut Tx, actor: PersonId, now: Time, message: &NewMessage) -> Result<(), Error> {
    if !message_known(tx, actor, message.client_id.as_deref())?
        && state(tx, message.intel)? == Some(IntelState::New)
    {
        // A new report can always be acknowledged.
        let _ = acknowledge(tx, actor, now, message.intel)?;
    }
    say(tx, actor, now, message)
}

/// Adds a line to the conversation, unless it is there.
pub fn say(tx: &mut Tx, actor: PersonId, now: Time, message: &NewMessage) -> Result<(), Error> {
    if message_known(tx, actor, message.client_id.as_deref())? {
        tx.unchanged();
        return Ok(());
    }
    insert_message(tx, actor, now, message)?;
    let event = match message.kind {
        MessageKind::Reply => Event::IntelReplied { intel: message.intel },
        MessageKind::Note => Event::IntelNoted { intel: message.intel },
    };
    tx.record(Some(actor), now, event)?;
    Ok(())
}

fn message_known(db: &mut Db, author: PersonId, client_id: Option<&str>) -> Result<bool, Error> {
    let Some(client_id) = client_id else {
        return Ok(false);
    };
    let known: Option<i64> = intel_messages::table
        .filter(intel_messages::author_id.eq(author.0))
        .filter(intel_messages::client_id.eq(client_id))
        .select(intel_messages::id)
        .first(db.conn())
        .optional()?;
    Ok(known.is_some())
}

fn insert_message(tx: &mut Tx, author: PersonId, now: Time, message: &NewMessage) -> Result<(), Error> {
    diesel::insert_into(intel_messages::table)
        .values((
            intel_messages::intel_id.eq(message.intel.0),
            intel_messages::author_id.eq(author.0),
            intel_messages::kind.eq(message.kind.as_str()),
            intel_messages::text.eq(&message.text),
            intel_messages::at.eq(now.naive_utc()),
            intel_messages::client_id.eq(&message.client_id),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Closes a report with an answer or a reason, and with it all that were merged into it.
pub fn close(
    tx: &mut Tx,
    actor: PersonId,
    now: Time,
    id: IntelId,
    ending: Ending,
    text: &str,
) -> Result<Step, Error> {
    let (next, event) = match ending {
        Ending::Answered => (IntelState::Answered, Event::IntelAnswered { intel: id }),
        Ending::Declined => (IntelState::Declined, Event::IntelDeclined { intel: id }),
    };
    let step = advance(tx, actor, now, id, next)?;
    if step == Step::Done {
        set_outcome(tx, actor, now, id, text, None)?;
        tx.record(Some(actor), now, event)?;
    }
    Ok(step)
}

/// A published revision cites the report: that is its outcome.
pub(super) fn publish(
    tx: &mut Tx,
    actor: PersonId,
    now: Time,
    id: IntelId,
    publication: PublicationId,
) -> Result<Step, Error> {
    let step = advance(tx, actor, now, id, IntelState::Published)?;
    if step == Step::Done {
        set_outcome(tx, actor, now, id, "", Some(publication))?;
    }
    Ok(step)
}

/// Writes the outcome on a report and on all that were merged into it, whose reporters wait for the same answer.
fn set_outcome(
    tx: &mut Tx,
    actor: PersonId,
    now: Time,
    id: IntelId,
    text: &str,
    publication: Option<PublicationId>,
) -> Result<(), Error> {
    let mut family = vec![id.0];
    family.extend(descendants(tx, id)?);
    diesel::update(intel::table.filter(intel::id.eq_any(family)))
        .set((
            intel::closed_at.eq(now.naive_utc()),
            intel::closed_by.eq(actor.0),
            intel::outcome.eq(text),
            intel::publication_id.eq(publication.map(|publication| publication.0)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// All reports that were merged into this one, directly or by way of another.
fn descendants(db: &mut Db, id: IntelId) -> Result<Vec<i64>, Error> {
    let (mut all, mut level) = (Vec::new(), vec![id.0]);
    // No circle is possible: only a report that is not merged can be merged into.
    while !level.is_empty() {
        level = intel::table
            .filter(intel::merged_into.eq_any(level))
            .select(intel::id)
            .load(db.conn())?;
        all.extend(&level);
    }
    Ok(all)
}

/// The report that this one became part of in the end; itself, if it was not merged.
pub(super) fn root(db: &mut Db, id: IntelId) -> Result<Option<IntelId>, Error> {
    let mut at = id.0;
    loop {
        let into: Option<Option<i64>> = intel::table
            .find(at)
            .select(intel::merged_into)
            .first(db.conn())
            .optional()?;
        match into {
            None => return Ok(None),
            Some(None) => return Ok(Some(IntelId(at))),
            Some(Some(into)) => at = into,
        }
    }
}

/// Makes a report part of another one. Text and reporter stay as they are. Refused if the other is itself merged.
pub fn merge(tx: &mut Tx, actor: PersonId, now: Time, id: IntelId, into: IntelId) -> Result<Step, Error> {
    if id == into || root(tx, into)? != Some(into) {
        return Ok(Step::Refused(IntelState::Merged));
    }
    let step = advance(tx, actor, now, id, IntelState::Merged)?;
    if step == Step::Refused(IntelState::Merged) {
        return Ok(step);
    }
    if step == Step::Done {
        let (closed_at, closed_by, outcome, publication): (
            Option<chrono::NaiveDateTime>,
            Option<i64>,
            String,
            Option<i64>,
        ) = intel::table
            .find(into.0)
            .select((
                intel::closed_at,
                intel::closed_by,
                intel::outcome,
                intel::publication_id,
            ))
            .first(tx.conn())?;
        let mut family = vec![id.0];
        family.extend(descendants(tx, id)?);
        // An outcome that is there already reaches the new reporters as of now.
        diesel::update(intel::table.filter(intel::id.eq_any(family)))
            .set((
                intel::closed_at.eq(closed_at.map(|_| now.naive_utc())),
                intel::closed_by.eq(closed_by),
                intel::outcome.eq(outcome),
                intel::publication_id.eq(publication),
            ))
            .execute(tx.conn())?;
        diesel::update(intel::table.find(id.0))
            .set(intel::merged_into.eq(into.0))
            .execute(tx.conn())?;
        tx.record(Some(actor), now, Event::IntelMerged { intel: id, into })?;
    }
    Ok(step)
}

/// Undoes a merge: the report is open again, as acknowledged.
pub fn unmerge(tx: &mut Tx, actor: PersonId, now: Time, id: IntelId) -> Result<Step, Error> {
    let from: Option<i64> = intel::table
        .find(id.0)
        .select(intel::merged_into)
        .first(tx.conn())?;
    let (Some(from), Step::Done) = (from, undo_merge(tx, actor, now, id)?) else {
        return Ok(Step::Refused(state(tx, id)?.unwrap_or(IntelState::New)));
    };
    tx.record(
        Some(actor),
        now,
        Event::IntelUnmerged {
            intel: id,
            from: IntelId(from),
        },
    )?;
    Ok(Step::Done)
}

fn undo_merge(tx: &mut Tx, actor: PersonId, now: Time, id: IntelId) -> Result<Step, Error> {
    match state(tx, id)? {
        Some(IntelState::Merged) => {}
        other => return Ok(Step::Refused(other.unwrap_or(IntelState::New))),
    }
    let step = advance(tx, actor, now, id, IntelState::Acknowledged)?;
    let mut family = vec![id.0];
    family.extend(descendants(tx, id)?);
    diesel::update(intel::table.filter(intel::id.eq_any(family)))
        .set((
            intel::closed_at.eq(None::<chrono::NaiveDateTime>),
            intel::closed_by.eq(None::<i64>),
            intel::outcome.eq(""),
            intel::publication_id.eq(None::<i64>),
        ))
        .execute(tx.conn())?;
    diesel::update(intel::table.find(id.0))
        .set(intel::merged_into.eq(None::<i64>))
        .execute(tx.conn())?;
    Ok(step)
}

/// The reporter looked at a report. A reading position, no event: it goes through the second door.
pub fn mark_seen(tx: &mut Tx, person: PersonId, now: Time, id: IntelId) -> Result<bool, Error> {
    let changed = diesel::update(
        intel::table
            .filter(intel::id.eq(id.0))
            .filter(intel::reporter_id.eq(person.0)),
    )
    .set(intel::seen_at.eq(now.naive_utc()))
    .execute(tx.conn())?;
    Ok(changed > 0)
}
