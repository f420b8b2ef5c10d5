//! Notices: what somebody is told, with the reason. They are made by the follower `notify` and, for checks, by a timer.
//!
//! Rights are looked at when one is made and again when it is shown: what one may not read does not exist.

use std::collections::HashMap;

use chrono::Duration;
use dugri_core::currency::{Badge, DUE_DAYS};
use dugri_core::gaps::GapState;
use dugri_core::watching::{NoticeKind, Reason};
use dugri_core::{Access, GapId, NoticeId, PageId, PersonId, PublicId, Role, SpaceId, Time, TopicId};
use dugri_store::intel::Report;
use dugri_store::names::{self, PersonName};
use dugri_store::notices::{self, NewNotice, NoticeRow};
use dugri_store::{Chore, Db, Error as StoreError, gaps, homes, intel, people, spaces, topics};

use crate::pages::{self, in_read};
use crate::watching::{self, State};
use crate::{Actor, App, Error};

/// Notices on a screen.
const LIST_MAX: i64 = 50;
/// How long a notice is kept that was read.
const KEPT: Duration = Duration::days(90);
/// Pages whose check is looked at in one go.
const CHECKS_MAX: i64 = 5_000;

/// The page that a notice is about, as its person may know it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The permanent id.
    pub public_id: PublicId,
    /// The readable end of the address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// Why it was published last.
    pub reason: String,
}

/// A notice as its person reads it.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The notice.
    pub row: NoticeRow,
    /// The page.
    pub page: Option<Subject>,
    /// The report.
    pub report: Option<Report>,
    /// Who did it, where that may be known.
    pub actor: Option<PersonName>,
    /// The name of what is watched: a topic, a space, a person, a search; the words that marketing was asked for.
    pub because_of: Option<String>,
    /// What was decided of those words, and why.
    pub gap: Option<(GapState, String)>,
}

/// What somebody is told.
#[derive(Debug, Clone)]
pub struct Notices {
    /// Not read yet, newest first.
    pub unread: Vec<Notice>,
    /// Read, newest first.
    pub read: Vec<Notice>,
}

/// What the actor is told.
pub fn list(app: &App, actor: &Actor) -> Result<Notices, Error> {
    let now = app.now();
    in_read(app, |db| {
        let unread = notices::list(db, &actor.access, true, None, now, LIST_MAX)?;
        let read = notices::list(db, &actor.access, false, None, now, LIST_MAX)?;
        Ok(Notices {
            unread: complete(db, actor, unread, now)?,
            read: complete(db, actor, read, now)?,
        })
    })
}

fn complete(db: &mut Db, actor: &Actor, rows: Vec<NoticeRow>, now: Time) -> Result<Vec<Notice>, Error> {
    let ids: Vec<PageId> = rows.iter().filter_map(|row| row.page_id).collect();
    let subjects = subjects(db, actor, &ids, now)?;
    let by: Vec<PersonId> = rows.iter().filter_map(|row| row.actor_id).collect();
    let people = names::people(db, &by)?;
    let mut complete = Vec::new();
    for row in rows {
        let page = row.page_id.and_then(|id| subjects.get(&id).cloned());
        let report = match row.intel_id {
            Some(id) => intel::get(db, &actor.access, id)?,
            None => None,
        };
        let gap = match row.kind {
            NoticeKind::Gap => gaps::get(db, GapId(row.reason_id))?.map(|gap| (gap.state, gap.reason)),
            _ => None,
        };
        // A gap may be answered by other words, or not at all: then it is told without a page.
        let is_whole = page.is_some() || report.is_some() || (gap.is_some() && row.page_id.is_none());
        if !is_whole {
            continue;
        }
        complete.push(Notice {
            actor: row.actor_id.and_then(|id| people.get(&id).cloned()),
            because_of: because_of(db, actor, &row)?,
            page,
            report,
            gap,
            row,
        });
    }
    Ok(complete)
}

/// The pages by key: published ones, and for contributors those that never were.
fn subjects(
    db: &mut Db,
    actor: &Actor,
    ids: &[PageId],
    now: Time,
) -> Result<HashMap<PageId, Subject>, Error> {
    let drafts = dugri_store::pages::drafts(db, &actor.access, ids)?
        .into_iter()
        .map(|draft| {
            let subject = Subject {
                public_id: draft.page.public_id,
                slug: draft.page.slug,
                title: draft.title,
                reason: String::new(),
            };
            (draft.page.id, subject)
        });
    let mut subjects: HashMap<PageId, Subject> = drafts.collect();
    for line in dugri_store::pages::lines(db, &actor.access, ids, now)? {
        let subject = Subject {
            public_id: line.page.public_id,
            slug: line.page.slug,
            title: line.title,
            reason: line.publication.reason,
        };
        subjects.insert(line.page.id, subject);
    }
    Ok(subjects)
}

fn because_of(db: &mut Db, actor: &Actor, row: &NoticeRow) -> Result<Option<String>, Error> {
    let language = actor.language;
    Ok(match row.reason {
        Reason::Topic => {
            topics::get(db, TopicId(row.reason_id))?.map(|topic| topic.name_in(language).to_owned())
        }
        Reason::Space => spaces::get(db, &actor.access, SpaceId(row.reason_id))?
            .map(|space| space.name_in(language).to_owned()),
        Reason::Person => {
            let id = PersonId(row.reason_id);
            names::people(db, &[id])?
                .remove(&id)
                .map(|person| person.name_in(language).to_owned())
        }
        Reason::Search | Reason::Asker => Some(row.reason_text.clone()),
        Reason::Owner | Reason::Assignee | Reason::Reporter | Reason::Page => None,
    })
}

/// Marks one notice of the actor as read, or all of them.
///
/// # Errors
/// [`Error::NotFound`] when the actor has no such notice.
pub fn mark_read(app: &App, actor: &Actor, one: Option<NoticeId>) -> Result<(), Error> {
    let (now, actor) = (app.now(), actor.clone());
    app.store().housekeep(Chore::Notices, move |tx| {
        if let Some(id) = one
            && notices::get(tx, &actor.access, id, now)?.is_none()
        {
            return Err(Error::NotFound);
        }
        notices::mark_read(tx, actor.person(), one, now)?;
        Ok(())
    })?;
    app.memory().turn();
    Ok(())
}

/// Ends what a notice comes from: the watch behind it, or, where one is told as owner or by watching the page, all of that page.
/// Marks it as read.
pub fn mute(app: &App, actor: &Actor, id: NoticeId) -> Result<(), Error> {
    let now = app.now();
    let (row, watched) = in_read(app, |db| {
        let row = notices::get(db, &actor.access, id, now)?.ok_or(Error::NotFound)?;
        let watched = match row.reason {
            Reason::Topic => topics::get(db, TopicId(row.reason_id))?.map(|topic| topic.slug),
            Reason::Space => spaces::get(db, &actor.access, SpaceId(row.reason_id))?.map(|space| space.slug),
            Reason::Person => Some(row.reason_id.to_string()),
            Reason::Search => Some(row.reason_text.clone()),
            Reason::Page | Reason::Owner => match row.page_id {
                Some(page) => dugri_store::pages::find_by_key(db, &actor.access, page, now)?
                    .map(|page| page.row.public_id.to_string()),
                None => None,
            },
            Reason::Assignee | Reason::Reporter | Reason::Asker => None,
        };
        Ok((row, watched))
    })?;
    if let Some(what) = watched {
        match row.reason.watch() {
            Some(kind) if row.reason != Reason::Page => watching::set(app, actor, kind, &what, State::Off)?,
            _ => watching::set(
                app,
                actor,
                dugri_core::watching::WatchKind::Page,
                &what,
                State::Muted,
            )?,
        }
    }
    mark_read(app, actor, Some(id))
}

/// Tells owners of pages whose check is due or late, each once; and forgets what was read long ago. Now and then, by the timer.
pub fn tend(app: &App) -> Result<(), Error> {
    let now = app.now();
    let due = in_read(app, |db| {
        // Through eyes that see everything: what each owner may read is looked at below.
        let all = Access {
            person: PersonId(0),
            admin: true,
            outsider: false,
            roles: spaces::list_unfiltered(db)?
                .into_iter()
                .map(|space| (space.id, Role::Manager))
                .collect(),
        };
        let horizon = now + Duration::days(DUE_DAYS);
        let lines = homes::list_to_verify(db, &all, horizon, now, CHECKS_MAX)?;
        let mut due = Vec::new();
        for listed in pages::listed(db, lines, now)? {
            let kind = match listed.badge {
                Badge::Due => NoticeKind::Due,
                Badge::Overdue => NoticeKind::Overdue,
                _ => continue,
            };
            let (Some(owner), Some(check)) = (listed.line.page.owner_id, listed.next_check) else {
                continue;
            };
            let since = if kind == NoticeKind::Due {
                check - Duration::days(DUE_DAYS)
            } else {
                check
            };
            let page = listed.line.page.id;
            if notices::was_told(db, owner, kind, page, since)? {
                continue;
            }
            let may_read = match people::access(db, owner)? {
                Some(access) => dugri_store::pages::line(db, &access, page, now)?.is_some(),
                None => false,
            };
            if may_read {
                due.push((owner, kind, page, since));
            }
        }
        Ok(due)
    })?;
    let told = app.store().housekeep(Chore::Notices, move |tx| {
        let mut told = notices::sweep(tx, now - KEPT)?;
        for (owner, kind, page, since) in due {
            // Looked at again in the writer's place: another node's timer may have been faster.
            if notices::was_told(tx, owner, kind, page, since)? {
                continue;
            }
            let new = NewNotice {
                person: owner,
                kind,
                reason: Reason::Owner,
                reason_id: 0,
                reason_text: String::new(),
                page: Some(page),
                intel: None,
                change: None,
                actor: None,
                at: now,
            };
            notices::add(tx, &new)?;
            told += 1;
        }
        Ok::<_, StoreError>(told)
    })?;
    if told > 0 {
        app.memory().turn();
    }
    Ok(())
}
