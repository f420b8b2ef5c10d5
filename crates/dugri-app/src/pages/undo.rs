//! Undoing what was done to a page as a whole.
//!
//! It is a step forward: it makes new revisions and events and takes nothing out of the history. It is refused where
//! something that happened since contradicts it.

use dugri_core::pages::{ChangeState, StepKind};
use dugri_core::policy::{self, Verb};
use dugri_core::{ChangeId, Event, PageId, PublicId, StepId, Time};
use dugri_store::pages::{self, Page};
use dugri_store::revisions::{self, Content, RevisionRow};
use dugri_store::steps::{self, StepRow};
use dugri_store::{Db, Tx, changes, files, links};

use super::compose::{call_page, store_revision};
use super::relocate;
use super::save::{self, PageText, Saved};
use super::steps::{Before, Made, Stepped, name_of};
use crate::{Actor, App, Error};

/// The verb that a step takes, to do it and to undo it.
fn verb(kind: StepKind) -> Verb {
    match kind {
        StepKind::Renamed => Verb::Publish,
        StepKind::Moved | StepKind::Archived | StepKind::Unarchived => Verb::Manage,
        StepKind::Merged => Verb::Verify,
        StepKind::Split => Verb::Propose,
    }
}

/// Why a step can't be undone: the key of the sentence. `None` where it can.
pub(super) fn refused(
    db: &mut Db,
    actor: &Actor,
    page: &Page,
    row: &StepRow,
    before: &Before,
    now: Time,
) -> Result<Option<&'static str>, Error> {
    if row.undone_at.is_some() {
        return Ok(Some("error-undo-undone"));
    }
    if !policy::may(&actor.access, verb(row.kind), super::object(page)) {
        return Ok(Some("error-undo-right"));
    }
    let stands = match before {
        Before::Renamed {
            now_title, now_slug, ..
        } => name_of(db, page)?.title == *now_title && page.row.slug == *now_slug,
        Before::Moved { from, to, .. } => {
            if page.space.id == *to && relocate::target(db, actor, page, *from)?.is_none() {
                return Ok(Some("error-undo-right"));
            }
            page.space.id == *to
        }
        Before::Archived { archived } => page.row.archived_at.is_some() == *archived,
        Before::Merged { made, .. } => {
            let into = match row.other_id {
                Some(other) => pages::find_by_key(db, &actor.access, other, now)?,
                None => None,
            };
            match into {
                Some(into) if page.row.successor_id == Some(into.row.id) => match made {
                    Some(made) => {
                        if !policy::may(&actor.access, Verb::Propose, super::object(&into)) {
                            return Ok(Some("error-undo-right"));
                        }
                        is_newest(db, &into, made)?
                    }
                    None => true,
                },
                _ => false,
            }
        }
        Before::Split { made, part_revision } => {
            let part = match row.other_id {
                Some(other) => pages::find_by_key(db, &actor.access, other, now)?,
                None => None,
            };
            match part {
                Some(part) => {
                    let newest = revisions::newest(db, part.row.id)?;
                    newest.is_some_and(|newest| newest.id == *part_revision) && is_newest(db, page, made)?
                }
                None => false,
            }
        }
    };
    Ok((!stands).then_some("error-undo-moved-on"))
}

/// Whether the text that a step made is the newest still: of its change while that waits, else of what readers get.
fn is_newest(db: &mut Db, page: &Page, made: &Made) -> Result<bool, Error> {
    if let Some(publication) = &page.published
        && publication.revision_id == made.revision
    {
        return Ok(true);
    }
    let Some(change) = made.change else {
        return Ok(false);
    };
    let open = changes::find(db, page.row.id, change)?.is_some_and(|(row, _)| row.state == ChangeState::Open);
    let newest = revisions::newest_of_change(db, page.row.id, change)?;
    Ok(open && newest.is_some_and(|newest| newest.id == made.revision))
}

/// Undoes a step. `summary` says so in the history of each text that is put back.
///
/// # Errors
/// [`Error::Invalid`] with the reason where something contradicts it.
pub fn undo(app: &App, actor: &Actor, id: &PublicId, step: StepId, summary: &str) -> Result<Stepped, Error> {
    let now = app.now();
    let (actor, id, summary) = (actor.clone(), id.clone(), summary.to_owned());
    app.store().write(move |tx| {
        let page = pages::find(tx, &actor.access, &id, now)?.ok_or(Error::NotFound)?;
        let row = steps::find(tx, page.row.id, step)?.ok_or(Error::NotFound)?;
        let before = Before::read(&row)?;
        if let Some(code) = refused(tx, &actor, &page, &row, &before, now)? {
            return Err(Error::field("step", code));
        }
        let undoing = Undoing {
            actor: &actor,
            page: &page,
            row: &row,
            summary: &summary,
            now,
        };
        let (slug, change) = undoing.run(tx, before)?;
        steps::set_undone(tx, row.id, actor.person(), now)?;
        let event = Event::PageStepUndone {
            page: page.row.id,
            step: row.id,
        };
        tx.record(Some(actor.person()), now, event)?;
        Ok(Stepped {
            page: page.row.public_id.clone(),
            slug,
            step: None,
            change,
            other: None,
        })
    })
}

struct Undoing<'a> {
    actor: &'a Actor,
    page: &'a Page,
    row: &'a StepRow,
    summary: &'a str,
    now: Time,
}

impl Undoing<'_> {
    /// Puts back what was before. Says the page's address then, and which change waits.
    fn run(&self, tx: &mut Tx, before: Before) -> Result<(String, Option<ChangeId>), Error> {
        let page = self.page;
        match before {
            Before::Renamed {
                title,
                slug,
                now_title,
                ..
            } => {
                let mut change = None;
                if title != now_title {
                    let head = save::head(tx, page, None)?;
                    let content = Content {
                        title: title.clone(),
                        ..revisions::content(tx, &head)?
                    };
                    change = self.save(tx, page, &head, content)?.change;
                }
                let slug = pages::set_slug(tx, page.row.id, page.space.id, &slug)?;
                call_page(tx, page.row.id, &page.space.slug, &slug, &title, self.now)?;
                self.record(tx, Event::PageRenamed { page: page.row.id })?;
                Ok((slug, change))
            }
            Before::Moved {
                from,
                to,
                slug,
                files,
            } => {
                let space = relocate::target(tx, self.actor, page, from)?.ok_or(Error::Forbidden)?;
                let title = name_of(tx, page)?.title;
                let slug = pages::set_space(tx, page.row.id, from, &slug)?;
                files::set_space(tx, &files, from)?;
                call_page(tx, page.row.id, &space.slug, &slug, &title, self.now)?;
                self.record(
                    tx,
                    Event::PageMoved {
                        page: page.row.id,
                        from: to,
                        to: from,
                    },
                )?;
                Ok((slug, None))
            }
            Before::Archived { archived } => {
                self.archive(tx, page.row.id, !archived)?;
                Ok((page.row.slug.clone(), None))
            }
            Before::Merged {
                names,
                successor,
                made,
            } => {
                let into = self.other(tx)?;
                pages::set_successor(tx, page.row.id, successor)?;
                pages::take_names_back(tx, page.row.id, into.row.id, &names, self.now)?;
                let mut folded: Vec<String> = names.into_iter().map(|(_, folded)| folded).collect();
                folded.push(page.row.public_id.to_string());
                links::repoint_named(tx, into.row.id, page.row.id, &folded)?;
                self.record(
                    tx,
                    Event::PageSuperseded {
                        page: page.row.id,
                        successor,
                    },
                )?;
                let change = match made {
                    Some(made) => self.take_back(tx, &into, &made)?,
                    None => None,
                };
                Ok((page.row.slug.clone(), change))
            }
            Before::Split { made, .. } => {
                let part = self.other(tx)?;
                let change = self.take_back(tx, page, &made)?;
                pages::set_successor(tx, part.row.id, Some(page.row.id))?;
                self.record(
                    tx,
                    Event::PageSuperseded {
                        page: part.row.id,
                        successor: Some(page.row.id),
                    },
                )?;
                self.archive(tx, part.row.id, true)?;
                Ok((page.row.slug.clone(), change))
            }
        }
    }

    fn other(&self, tx: &mut Tx) -> Result<Page, Error> {
        let other = self.row.other_id.ok_or(Error::NotFound)?;
        pages::find_by_key(tx, &self.actor.access, other, self.now)?.ok_or(Error::NotFound)
    }

    fn archive(&self, tx: &mut Tx, page: PageId, archived: bool) -> Result<(), Error> {
        pages::set_archived(tx, page, archived.then_some(self.now))?;
        self.record(tx, Event::PageArchived { page, archived })
    }

    /// Takes back a text that a step made: gives up its change, or puts the text before it on top.
    fn take_back(&self, tx: &mut Tx, page: &Page, made: &Made) -> Result<Option<ChangeId>, Error> {
        let published = page.published.as_ref().map(|publication| publication.revision_id);
        // A draft is nothing but its change: the text before goes on top of it.
        if let Some(change) = made.change.filter(|_| published != Some(made.revision))
            && page.published.is_some()
        {
            changes::close(tx, change, ChangeState::Withdrawn, self.now)?;
            self.record(
                tx,
                Event::ChangeWithdrawn {
                    page: page.row.id,
                    change,
                },
            )?;
            return Ok(None);
        }
        let find = |tx: &mut Tx, id| -> Result<RevisionRow, Error> {
            revisions::find(tx, page.row.id, id)?.ok_or_else(|| Error::internal("a missing revision"))
        };
        let (head, before) = (find(tx, made.revision)?, find(tx, made.before)?);
        let content = revisions::content(tx, &before)?;
        Ok(self.save(tx, page, &head, content)?.change)
    }

    fn save(&self, tx: &mut Tx, page: &Page, head: &RevisionRow, content: Content) -> Result<Saved, Error> {
        let text = PageText {
            summary: self.summary.to_owned(),
            ..PageText::default()
        };
        let change = head.change_id.filter(|_| page.published.is_none());
        store_revision(tx, self.actor, page, change, Some(head), content, &text, self.now)
    }

    fn record(&self, tx: &mut Tx, event: Event) -> Result<(), Error> {
        tx.record(Some(self.actor.person()), self.now, event)?;
        Ok(())
    }
}
