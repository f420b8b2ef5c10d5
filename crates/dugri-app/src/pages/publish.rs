//! Publishing: pending changes, and restoring. The rest of a page's life is in `life`.

use dugri_core::pages::{ChangeState, SUMMARY_CHARS_MAX};
use dugri_core::policy::{self, Verb};
use dugri_core::{ChangeId, Event, PublicId, RevisionId, Time};
use dugri_store::pages::Page;
use dugri_store::publications::{self, NewPublication};
use dugri_store::revisions::{self, RevisionRow};
use dugri_store::{Tx, changes, intel, pages, topics};

use super::save::{self, PageEdit, PageText, Saved};
use super::{compose, merge};
use crate::{Actor, App, Conflict, Error, FieldError};

/// What the publisher says.
#[derive(Debug, Clone, Default)]
pub struct Publish {
    /// Why it changed.
    pub reason: String,
    /// Whether holders of older copies must be told.
    pub material: bool,
    /// Whether the publisher checked the whole page, so that this counts as its verification.
    pub verify: bool,
}

/// What came of publishing.
pub(crate) struct Done {
    /// The page's new number.
    pub number: i64,
    /// The readable end of the page's address, which follows the title.
    pub slug: String,
}

/// Makes a revision what readers get from now on. Ends its change and gives the reports that it cites their outcome.
pub(crate) fn now(
    tx: &mut Tx,
    actor: &Actor,
    page: &Page,
    revision: &RevisionRow,
    how: &Publish,
    now: Time,
) -> Result<Done, Error> {
    let me = actor.person();
    let publication = publications::add(
        tx,
        &NewPublication {
            page: page.row.id,
            revision: revision.id,
            from_at: now,
            until_at: None,
            by: me,
            at: now,
            reason: how.reason.clone(),
            material: how.material,
            digest: revision.digest.clone(),
        },
    )?;
    let number = publication.number;
    tx.record(
        Some(me),
        now,
        Event::PagePublished {
            page: page.row.id,
            revision: revision.id,
            publication: publication.id,
            number,
            from_at: now,
            until_at: None,
            material: how.material,
        },
    )?;
    if let Some(change) = revision.change_id {
        changes::close(tx, change, ChangeState::Published, now)?;
    }
    let slug = compose::name_page(tx, page, &revision.title, now)?;
    intel::publish_cited(tx, me, now, page.row.id, revision.id, publication.id, number)?;
    Ok(Done { number, slug })
}

/// Publishes a pending change.
///
/// `expected` is the revision that the publisher saw: an approval binds to its text. Where the page was published
/// meanwhile, the change is merged onto that by block, or its conflict comes back.
pub fn publish_change(
    app: &App,
    actor: &Actor,
    id: &PublicId,
    change: ChangeId,
    expected: RevisionId,
    how: Publish,
) -> Result<Saved, Error> {
    let at = app.now();
    let reason = how.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err(Error::field("reason", "error-summary-required"));
    }
    if reason.chars().count() > SUMMARY_CHARS_MAX {
        return Err(Error::Invalid(vec![
            FieldError::new("reason", "error-too-long").with("max", SUMMARY_CHARS_MAX),
        ]));
    }
    let how = Publish { reason, ..how };
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let (page, row) = load_change(tx, &actor, &id, change, at)?;
        if !policy::may(&actor.access, Verb::Publish, super::object(&page)) {
            return Err(Error::Forbidden);
        }
        if row.state != ChangeState::Open {
            return Err(Error::state(row.state));
        }
        let newest = revisions::newest_of_change(tx, page.row.id, change)?.ok_or(Error::NotFound)?;
        if newest.id != expected {
            return Err(Error::Conflict(Conflict::Stale { head: newest.id.0 }));
        }
        let (newest, merged) = onto_published(tx, &actor, &page, row.base_revision_id, newest, &how, at)?;
        let done = now(tx, &actor, &page, &newest, &how, at)?;
        super::life::count_as_check(tx, &actor, &page, newest.id, &how, at)?;
        Ok(Saved {
            page: page.row.public_id.clone(),
            slug: done.slug,
            revision: newest.id,
            change: None,
            number: Some(done.number),
            merged,
            unchanged: false,
        })
    })
}

/// The change's newest revision, merged with what was published since the change began.
fn onto_published(
    tx: &mut Tx,
    actor: &Actor,
    page: &Page,
    base: Option<RevisionId>,
    newest: RevisionRow,
    how: &Publish,
    at: Time,
) -> Result<(RevisionRow, bool), Error> {
    let Some(published) = page
        .published
        .as_ref()
        .filter(|published| Some(published.revision_id) != base)
    else {
        return Ok((newest, false));
    };
    let base = base.ok_or_else(|| Error::internal("a change of a published page without a base"))?;
    let find = |tx: &mut Tx, id| -> Result<RevisionRow, Error> {
        revisions::find(tx, page.row.id, id)?.ok_or_else(|| Error::internal("a missing revision"))
    };
    let (base, published) = (find(tx, base)?, find(tx, published.revision_id)?);
    let before = revisions::content(tx, &base)?;
    let mine = revisions::content(tx, &newest)?;
    let theirs = revisions::content(tx, &published)?;
    let content = merge::merged(before, mine, theirs, &published)?;
    if content.digest() == newest.digest {
        return Ok((newest, false));
    }
    let text = PageText {
        summary: how.reason.clone(),
        ..PageText::default()
    };
    let mut new = compose::compose(
        tx,
        actor,
        page,
        newest.change_id,
        Some(&newest),
        content,
        &text,
        at,
    )?;
    new.minor = newest.minor;
    let revision = revisions::add(tx, &new)?;
    tx.record(
        Some(actor.person()),
        at,
        Event::RevisionAdded {
            page: page.row.id,
            revision,
            change: newest.change_id,
        },
    )?;
    Ok((find(tx, revision)?, true))
}

fn load_change(
    tx: &mut Tx,
    actor: &Actor,
    id: &PublicId,
    change: ChangeId,
    at: Time,
) -> Result<(Page, changes::ChangeRow), Error> {
    let page = pages::find(tx, &actor.access, id, at)?.ok_or(Error::NotFound)?;
    if !policy::may(&actor.access, Verb::ReadPending, super::object(&page)) {
        return Err(Error::NotFound);
    }
    let (row, _) = changes::find(tx, page.row.id, change)?.ok_or(Error::NotFound)?;
    Ok((page, row))
}

/// Gives up a pending change. Its saves stay in the history.
pub fn withdraw_change(app: &App, actor: &Actor, id: &PublicId, change: ChangeId) -> Result<(), Error> {
    let at = app.now();
    let (actor, id) = (actor.clone(), id.clone());
    app.store().write(move |tx| {
        let (page, row) = load_change(tx, &actor, &id, change, at)?;
        if !policy::may(
            &actor.access,
            Verb::Withdraw,
            save::change_object(&page, row.author_id),
        ) {
            return Err(Error::Forbidden);
        }
        if page.published.is_none() {
            // A page that was never published is nothing but its change; it is archived instead.
            return Err(Error::field("change", "error-only-change"));
        }
        if !changes::close(tx, change, ChangeState::Withdrawn, at)? {
            return Err(Error::state(row.state));
        }
        tx.record(
            Some(actor.person()),
            at,
            Event::ChangeWithdrawn {
                page: page.row.id,
                change,
            },
        )?;
        Ok(())
    })
}

/// Makes an old revision's content a new revision: published where a save would publish, else a pending change.
pub fn restore(
    app: &App,
    actor: &Actor,
    id: &PublicId,
    revision: RevisionId,
    summary: &str,
) -> Result<Saved, Error> {
    let at = app.now();
    let (text, base) = super::in_read(app, |db| {
        let page = super::load(db, actor, id, Verb::Propose, at)?;
        let old = revisions::find(db, page.row.id, revision)?.ok_or(Error::NotFound)?;
        let base = match &page.published {
            Some(publication) => publication.revision_id,
            None => revisions::newest(db, page.row.id)?.ok_or(Error::NotFound)?.id,
        };
        let content = revisions::content(db, &old)?;
        // A field that the newest text has and the old one had not is emptied, not kept.
        let newest = revisions::find(db, page.row.id, base)?.ok_or(Error::NotFound)?;
        let mut fields: std::collections::BTreeMap<String, String> = revisions::fields(&newest)?
            .into_keys()
            .map(|name| (name, String::new()))
            .collect();
        fields.extend(content.fields);
        let topics = topics::of_revisions(db, &[old.id])?
            .remove(&old.id)
            .unwrap_or_default();
        let text = PageText {
            title: content.title,
            key_message: content.key_message,
            body: content.body,
            fields,
            topics: topics.into_iter().map(|topic| topic.slug).collect(),
            summary: summary.to_owned(),
            ..PageText::default()
        };
        Ok((text, base))
    })?;
    save::save(
        app,
        actor,
        id,
        PageEdit {
            text,
            base,
            change: None,
            exact_base: true,
        },
    )
}
