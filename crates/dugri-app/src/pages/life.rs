//! The rest of a page's life: verifying, superseding, archiving, settings.

use chrono::Duration;
use dugri_core::pages::{Audience, SUMMARY_CHARS_MAX};
use dugri_core::policy::{self, Verb};
use dugri_core::{Event, Language, PublicId, RevisionId, StepId, Time};
use dugri_store::pages::{Page, PageSettings};
use dugri_store::publications::{self, VerificationRow};
use dugri_store::{Db, Tx, kinds, pages, people};

use super::publish::Publish;
use super::steps::{self, Before};
use crate::{Actor, App, Error, FieldError};

/// How long a verification holds where the kind names no review period.
pub(crate) const REVIEW_DAYS_DEFAULT: i32 = 180;
/// The longest time for which something can be verified.
const REVIEW_DAYS_MAX: i64 = 3 * 366;

/// Says that the published revision was checked; `until` is the kind's review period from now where it is not given.
pub fn verify(app: &App, actor: &Actor, id: &PublicId, until: Option<Time>, note: &str) -> Result<(), Error> {
    let at = app.now();
    let note: String = note.split_whitespace().collect::<Vec<_>>().join(" ");
    if note.chars().count() > SUMMARY_CHARS_MAX {
        return Err(Error::Invalid(vec![
            FieldError::new("note", "error-too-long").with("max", SUMMARY_CHARS_MAX),
        ]));
    }
    if until.is_some_and(|until| until <= at || until - at > Duration::days(REVIEW_DAYS_MAX)) {
        return Err(Error::field("until", "error-verify-until"));
    }
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = super::load(tx, &actor, &id, Verb::Verify, at)?;
        let Some(published) = &page.published else {
            return Err(Error::state(page.state()));
        };
        let days = page.kind.review_days.unwrap_or(REVIEW_DAYS_DEFAULT);
        let until = until.unwrap_or(at + Duration::days(days.into()));
        let row = VerificationRow {
            page_id: page.row.id,
            revision_id: published.revision_id,
            at,
            until,
            note,
        };
        write_verification(tx, &actor, row)
    })
}

/// Where the publisher checked the whole page, and may verify it, its publication is a verification, too.
pub(crate) fn count_as_check(
    tx: &mut Tx,
    actor: &Actor,
    page: &Page,
    revision: RevisionId,
    how: &Publish,
    now: Time,
) -> Result<(), Error> {
    if !how.verify {
        return Ok(());
    }
    if !policy::may(&actor.access, Verb::Verify, super::object(page)) {
        return Err(Error::Forbidden);
    }
    let days = page.kind.review_days.unwrap_or(REVIEW_DAYS_DEFAULT);
    let row = VerificationRow {
        page_id: page.row.id,
        revision_id: revision,
        at: now,
        until: now + Duration::days(days.into()),
        note: String::new(),
    };
    write_verification(tx, actor, row)
}

fn write_verification(tx: &mut Tx, actor: &Actor, row: VerificationRow) -> Result<(), Error> {
    publications::verify(tx, actor.person(), &row)?;
    let event = Event::PageVerified {
        page: row.page_id,
        revision: row.revision_id,
        until: row.until,
    };
    tx.record(Some(actor.person()), row.at, event)?;
    Ok(())
}

/// Names the page that replaces this one, or takes the name away.
pub fn supersede(app: &App, actor: &Actor, id: &PublicId, successor: Option<PublicId>) -> Result<(), Error> {
    let at = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = super::load(tx, &actor, &id, Verb::Verify, at)?;
        let successor = match successor {
            Some(successor) => {
                let found = pages::find(tx, &actor.access, &successor, at)?
                    .filter(|found| found.row.id != page.row.id)
                    .ok_or_else(|| Error::field("successor", "error-unknown-page"))?;
                if leads_back(tx, &found, &page, at)? {
                    return Err(Error::field("successor", "error-successor-circle"));
                }
                Some(found.row.id)
            }
            None => None,
        };
        pages::set_successor(tx, page.row.id, successor)?;
        tx.record(
            Some(actor.person()),
            at,
            Event::PageSuperseded {
                page: page.row.id,
                successor,
            },
        )?;
        Ok(())
    })
}

/// Whether the successors of `from` lead to `to`.
pub(super) fn leads_back(db: &mut Db, from: &Page, to: &Page, at: Time) -> Result<bool, Error> {
    let mut next = from.row.successor_id;
    while let Some(id) = next {
        if id == to.row.id {
            return Ok(true);
        }
        next = pages::find_unfiltered(db, id, at)?.and_then(|page| page.row.successor_id);
    }
    Ok(false)
}

/// Retires a page, or takes it back. Says what can be undone.
pub fn archive(app: &App, actor: &Actor, id: &PublicId, archived: bool) -> Result<Option<StepId>, Error> {
    let at = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = super::load(tx, &actor, &id, Verb::Manage, at)?;
        if page.row.archived_at.is_some() == archived {
            tx.unchanged();
            return Ok(None);
        }
        pages::set_archived(tx, page.row.id, archived.then_some(at))?;
        tx.record(
            Some(actor.person()),
            at,
            Event::PageArchived {
                page: page.row.id,
                archived,
            },
        )?;
        let step = steps::note(tx, &actor, page.row.id, None, &Before::Archived { archived }, at)?;
        Ok(Some(step))
    })
}

/// What a manager decides about a page besides its text.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The kind by slug.
    pub kind: String,
    /// The language.
    pub language: Language,
    /// For whom it is cleared.
    pub audience: Audience,
    /// The owner's e-mail; nobody where it is empty.
    pub owner: String,
}

/// Changes kind, language, audience and owner.
pub fn set_settings(app: &App, actor: &Actor, id: &PublicId, settings: Settings) -> Result<(), Error> {
    let at = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let page = super::load(tx, &actor, &id, Verb::Manage, at)?;
        let kind =
            kinds::find(tx, &settings.kind)?.ok_or_else(|| Error::field("kind", "error-unknown-kind"))?;
        let owner = match settings.owner.trim() {
            "" => None,
            email => Some(
                people::find_unfiltered(tx, &email.to_lowercase())?
                    .ok_or_else(|| Error::field("owner", "error-unknown-person"))?
                    .id,
            ),
        };
        pages::set_settings(
            tx,
            page.row.id,
            &PageSettings {
                kind_id: kind.id.0,
                language: settings.language.as_str().to_owned(),
                audience: settings.audience.as_str().to_owned(),
                owner_id: owner.map(|id| id.0),
                owner_group_id: page.row.owner_group_id.map(|id| id.0),
            },
        )?;
        tx.record(Some(actor.person()), at, Event::PageChanged { page: page.row.id })?;
        Ok(())
    })
}
