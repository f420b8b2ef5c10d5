//! What marketing does with a report, and what its reporter writes back. Wrong state: a conflict that names the state.

use std::sync::Arc;

use dugri_core::intel::MessageKind;
use dugri_core::policy::{Object, Verb, may};
use dugri_core::{Access, IntelId, PersonId, PublicId, SpaceId, Time};
use dugri_store::intel::Step;
use dugri_store::intel::lists::list_assignable;
use dugri_store::intel::steps::{self, Ending, NewMessage};
use dugri_store::pages::Page;
use dugri_store::{Chore, Tx, pages};

use super::{input, is_live, object};
use crate::{Actor, App, Error};

/// Says: seen.
pub fn acknowledge(app: &App, actor: &Actor, id: IntelId) -> Result<(), Error> {
    triage(app, actor, id, move |tx, person, now| {
        Ok(steps::acknowledge(tx, person, now, id)?)
    })
}

/// Says that work on it began.
pub fn start_work(app: &App, actor: &Actor, id: IntelId) -> Result<(), Error> {
    triage(app, actor, id, move |tx, person, now| {
        Ok(steps::start_work(tx, person, now, id)?)
    })
}

/// Gives it to somebody who triages in its space, or (`None`) to nobody.
pub fn assign(app: &App, actor: &Actor, id: IntelId, assignee: Option<PersonId>) -> Result<(), Error> {
    let access = Arc::clone(&actor.access);
    triage(app, actor, id, move |tx, person, now| {
        if let Some(assignee) = assignee {
            let Object::Intel { space, .. } = object(tx, &access, id)? else {
                return Err(Error::NotFound);
            };
            if !list_assignable(tx, &access, space)?.contains(&assignee) {
                return Err(Error::field("assignee", "intel-error-assignee"));
            }
        }
        Ok(steps::assign(tx, person, now, id, assignee)?)
    })
}

/// Links it to a page that the actor may read, and says that work on it began.
pub fn link(app: &App, actor: &Actor, id: IntelId, page: &str) -> Result<Page, Error> {
    let page = PublicId::parse(page.trim()).ok_or_else(no_page)?;
    let now = app.now();
    let page = app
        .store()
        .read(|db| pages::find(db, &actor.access, &page, now))?
        .filter(|page| is_live(page.state()))
        .ok_or_else(no_page)?;
    let (key, revision) = (
        page.row.id,
        page.published.as_ref().map(|published| published.revision_id),
    );
    triage(app, actor, id, move |tx, person, now| {
        Ok(steps::link(tx, person, now, id, key, revision)?)
    })?;
    Ok(page)
}

fn no_page() -> Error {
    Error::field("page", "intel-error-page")
}

/// Moves it to another space in which the actor triages.
pub fn move_to(app: &App, actor: &Actor, id: IntelId, space: SpaceId) -> Result<(), Error> {
    if !actor.access.has(space, dugri_core::Role::Editor) {
        return Err(Error::field("space", "intel-error-space"));
    }
    triage(app, actor, id, move |tx, person, now| {
        steps::move_to(tx, person, now, id, space)?;
        Ok(Step::Done)
    })
}

/// Writes to the reporter; or the reporter writes back. Marketing's first reply is the first response.
pub fn reply(
    app: &App,
    actor: &Actor,
    id: IntelId,
    text: &str,
    client_id: Option<&str>,
) -> Result<(), Error> {
    let message = new_message(id, MessageKind::Reply, text, client_id)?;
    let (access, now) = (Arc::clone(&actor.access), app.now());
    app.store().write(move |tx: &mut Tx| {
        let object = object(tx, &access, id)?;
        match object {
            Object::Intel { reporter, .. } if reporter == access.person => {
                steps::say(tx, access.person, now, &message)?;
            }
            _ if may(&access, Verb::Triage, object) => steps::respond(tx, access.person, now, &message)?,
            _ => return Err(Error::Forbidden),
        }
        Ok(())
    })
}

/// Writes a note that the reporter does not see.
pub fn note(app: &App, actor: &Actor, id: IntelId, text: &str, client_id: Option<&str>) -> Result<(), Error> {
    let message = new_message(id, MessageKind::Note, text, client_id)?;
    triage(app, actor, id, move |tx, person, now| {
        steps::say(tx, person, now, &message)?;
        Ok(Step::Done)
    })
}

fn new_message(
    intel: IntelId,
    kind: MessageKind,
    text: &str,
    client_id: Option<&str>,
) -> Result<NewMessage, Error> {
    let mut wrong = Vec::new();
    let client_id = input::client_id(&mut wrong, client_id);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    Ok(NewMessage {
        intel,
        kind,
        text: input::message(text)?,
        client_id,
    })
}

/// Closes it with an answer.
pub fn answer(app: &App, actor: &Actor, id: IntelId, text: &str) -> Result<(), Error> {
    close(app, actor, id, Ending::Answered, text)
}

/// Closes it with a reason why nothing follows.
pub fn decline(app: &App, actor: &Actor, id: IntelId, text: &str) -> Result<(), Error> {
    close(app, actor, id, Ending::Declined, text)
}

fn close(app: &App, actor: &Actor, id: IntelId, ending: Ending, text: &str) -> Result<(), Error> {
    let text = input::message(text)?;
    triage(app, actor, id, move |tx, person, now| {
        Ok(steps::close(tx, person, now, id, ending, &text)?)
    })
}

/// Makes reports part of another one. All or none: each must be one that the actor triages.
pub fn merge(app: &App, actor: &Actor, ids: Vec<IntelId>, into: IntelId) -> Result<(), Error> {
    if ids.is_empty() {
        return Err(Error::field("reports", "intel-error-merge"));
    }
    let access = Arc::clone(&actor.access);
    triage(app, actor, into, move |tx, person, now| {
        for id in ids {
            triaged(tx, &access, id)?;
            let step = steps::merge(tx, person, now, id, into)?;
            if step != Step::Done {
                return Ok(step);
            }
        }
        Ok(Step::Done)
    })
}

/// Undoes a merge.
pub fn unmerge(app: &App, actor: &Actor, id: IntelId) -> Result<(), Error> {
    triage(app, actor, id, move |tx, person, now| {
        Ok(steps::unmerge(tx, person, now, id)?)
    })
}

/// The reporter looked at it: what is new in it is new no longer.
pub fn mark_seen(app: &App, actor: &Actor, id: IntelId) -> Result<(), Error> {
    let (person, now) = (actor.person(), app.now());
    let own = app.store().housekeep(Chore::Cursors, move |tx: &mut Tx| {
        steps::mark_seen(tx, person, now, id)
    })?;
    if own { Ok(()) } else { Err(Error::NotFound) }
}

/// One step by somebody who triages the report's space. A refused step takes back what it wrote.
fn triage(
    app: &App,
    actor: &Actor,
    id: IntelId,
    step: impl FnOnce(&mut Tx, PersonId, Time) -> Result<Step, Error> + Send + 'static,
) -> Result<(), Error> {
    let (access, now) = (Arc::clone(&actor.access), app.now());
    app.store().write(move |tx: &mut Tx| {
        triaged(tx, &access, id)?;
        match step(tx, access.person, now)? {
            Step::Done => Ok(()),
            Step::Refused(state) => Err(Error::state(state)),
        }
    })
}

fn triaged(tx: &mut Tx, access: &Access, id: IntelId) -> Result<(), Error> {
    let object = object(tx, access, id)?;
    if may(access, Verb::Triage, object) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}
