//! `notify`: tells people of what they watch, own or answer for. Its cursor moves in the transaction of the notices: exactly
//! once. Who may read what is looked up in the present, and again when a notice is shown.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use dugri_core::watching::{NoticeKind, Reason, WatchKind};
use dugri_core::{Access, ChangeId, Event, IntelId, PageId, PersonId, RevisionId, Role, Time};
use dugri_store::events::Entry;
use dugri_store::gaps::{self, GapRow};
use dugri_store::notices::{self, NewNotice};
use dugri_store::watches::{self, WatchRow};
use dugri_store::{Chore, Db, events, imports, intel, pages, people, revisions, topics};

use super::Went;
use crate::pages::in_read;
use crate::search::{self, Item, Question};
use crate::{Actor, App, Error};

const NAME: &str = "notify";

/// What is older is no news: an archive that is loaded, a follower that was away.
const NEWS: chrono::Duration = chrono::Duration::days(14);

pub(super) fn follow(app: &App) -> Result<Went, Error> {
    let (cursor, mut batch, searches) = app.store().read(|db| {
        let cursor = events::cursor(db, NAME)?;
        let batch = events::events_after(db, cursor.event, super::BATCH)?;
        Ok((cursor, batch, watches::searches_unfiltered(db)?))
    })?;
    if batch.is_empty() {
        return Ok(Went::ToTheEnd);
    }
    // Watched searches are asked of the index, which another follower keeps: what it does not know yet is told later.
    if !searches.is_empty() {
        let known = app.index().cursor().unwrap_or_default();
        batch.retain(|entry| entry.id.0 <= known);
    }
    let Some(last) = batch.last().map(|entry| entry.id) else {
        return Ok(Went::AsFarAsItCan);
    };
    let mut told = Vec::new();
    for entry in batch.iter().filter(|entry| app.now() - entry.at < NEWS) {
        match tell(app, entry, &searches) {
            Ok(news) => told.extend(news),
            Err(Error::Unavailable(why)) => return Err(Error::Unavailable(why)),
            // One event that can't be told must not stop all that come after it.
            Err(error) => tracing::error!(event = %entry.id, %error, "an event was not told to anybody"),
        }
    }
    let is_news = !told.is_empty();
    app.store()
        .housekeep(Chore::Cursors, move |tx| -> Result<(), Error> {
            for new in &told {
                notices::add(tx, new)?;
            }
            if events::advance(tx, NAME, cursor.event, last)? {
                Ok(())
            } else {
                Err(Error::Unavailable("another node tells the news".into()))
            }
        })?;
    if is_news {
        app.memory().turn();
    }
    Ok(Went::On)
}

/// Whom an event concerns, in the order of reasons, and what they are told.
struct News {
    kind: NoticeKind,
    page: Option<PageId>,
    intel: Option<IntelId>,
    change: Option<ChangeId>,
    /// Named to those who are told.
    actor: Option<PersonId>,
    at: Time,
    /// Who did it: nobody is told of their own changes.
    by: Option<PersonId>,
    to: Vec<(PersonId, Reason, i64, String)>,
}

impl News {
    fn new(kind: NoticeKind, entry: &Entry) -> News {
        News {
            kind,
            page: None,
            intel: None,
            change: None,
            actor: entry.actor,
            at: entry.at,
            by: entry.actor,
            to: Vec::new(),
        }
    }

    fn tell(&mut self, person: Option<PersonId>, reason: Reason) {
        self.to
            .extend(person.map(|person| (person, reason, 0, String::new())));
    }

    fn tell_watchers(&mut self, watches: &[WatchRow]) {
        for watch in watches.iter().filter(|watch| !watch.muted) {
            self.to.push((
                watch.person_id,
                watch.kind.into(),
                watch.target_id,
                watch.query.clone(),
            ));
        }
    }
}

fn tell(app: &App, entry: &Entry, searches: &[WatchRow]) -> Result<Vec<NewNotice>, Error> {
    let now = app.now();
    match entry.event {
        Event::PagePublished {
            page,
            revision,
            number,
            material,
            ..
        } => {
            let is_told = in_read(app, |db| {
                let minor = revisions::find(db, page, revision)?.is_some_and(|row| row.minor);
                let imported = imports::of_page(db, page)?.is_some_and(|row| row.revision_id == revision);
                Ok((material || !minor) && !(imported && number == 1))
            })?;
            if !is_told {
                return Ok(Vec::new());
            }
            let searches = found_by_searches(app, searches, page)?;
            in_read(app, |db| {
                let mut news = of_page(db, NoticeKind::Published, entry, page, Some(revision))?;
                news.tell_watchers(&searches);
                let mut told = addressed(db, news, now)?;
                if number == 1 {
                    for gap in gaps::of_page(db, page)? {
                        let news = of_gap(db, entry, &gap)?;
                        told.extend(addressed(db, news, now)?);
                    }
                }
                Ok(told)
            })
        }
        Event::PageSuperseded {
            page,
            successor: Some(_),
        } => in_read(app, |db| {
            let news = of_page(db, NoticeKind::Superseded, entry, page, None)?;
            addressed(db, news, now)
        }),
        Event::PageArchived { page, archived: true } => in_read(app, |db| {
            let news = of_page(db, NoticeKind::Archived, entry, page, None)?;
            addressed(db, news, now)
        }),
        Event::ChangeOpened { page, change } => in_read(app, |db| {
            let mut news = of_page(db, NoticeKind::Waiting, entry, page, None)?;
            news.change = Some(change);
            addressed(db, news, now)
        }),
        Event::GapClosed { gap, .. } => in_read(app, |db| match gaps::get(db, gap)? {
            Some(gap) => {
                let news = of_gap(db, entry, &gap)?;
                addressed(db, news, now)
            }
            None => Ok(Vec::new()),
        }),
        Event::IntelSubmitted { intel } => in_read(app, |db| {
            let news = of_report(db, entry, intel, None)?;
            addressed(db, news, now)
        }),
        Event::IntelLinked { intel, page } => in_read(app, |db| {
            let news = of_report(db, entry, intel, Some(page))?;
            addressed(db, news, now)
        }),
        Event::IntelAssigned {
            intel,
            assignee: Some(assignee),
        } => in_read(app, |db| {
            let mut news = News::new(NoticeKind::Assigned, entry);
            news.intel = Some(intel);
            news.tell(Some(assignee), Reason::Assignee);
            addressed(db, news, now)
        }),
        Event::IntelReplied { intel }
        | Event::IntelAnswered { intel }
        | Event::IntelDeclined { intel }
        | Event::IntelMerged { intel, .. }
        | Event::IntelPublished { intel, .. } => in_read(app, |db| {
            let mut news = News::new(NoticeKind::Outcome, entry);
            news.intel = Some(intel);
            let reporter = intel::reporter_unfiltered(db, intel)?;
            news.tell(reporter, Reason::Reporter);
            addressed(db, news, now)
        }),
        _ => Ok(Vec::new()),
    }
}

/// Owner and watchers of a page: of itself, its topics, its space, and of who published it.
fn of_page(
    db: &mut Db,
    kind: NoticeKind,
    entry: &Entry,
    page: PageId,
    published: Option<RevisionId>,
) -> Result<News, Error> {
    let mut news = News::new(kind, entry);
    news.page = Some(page);
    let Some(found) = pages::find_unfiltered(db, page, entry.at)? else {
        return Ok(news);
    };
    news.tell(found.row.owner_id, Reason::Owner);
    news.tell_watchers(&watches::of_targets_unfiltered(db, WatchKind::Page, &[page.0])?);
    let revision = match (published, &found.published) {
        (Some(revision), _) => Some(revision),
        (None, Some(publication)) => Some(publication.revision_id),
        (None, None) => None,
    };
    if let Some(revision) = revision {
        let keys: Vec<i64> = topics::of_revisions(db, &[revision])?
            .remove(&revision)
            .unwrap_or_default()
            .iter()
            .map(|topic| topic.id.0)
            .collect();
        news.tell_watchers(&watches::of_targets_unfiltered(db, WatchKind::Topic, &keys)?);
    }
    if published.is_some()
        && let Some(by) = entry.actor
    {
        news.tell_watchers(&watches::of_targets_unfiltered(db, WatchKind::Person, &[by.0])?);
    }
    news.tell_watchers(&watches::of_targets_unfiltered(
        db,
        WatchKind::Space,
        &[found.space.id.0],
    )?);
    Ok(news)
}

/// Those who asked marketing. Where a page is being written, they are told once it can be read.
fn of_gap(db: &mut Db, entry: &Entry, gap: &GapRow) -> Result<News, Error> {
    let mut news = News::new(NoticeKind::Gap, entry);
    news.page = gap.page_id;
    for asker in gaps::askers(db, &[gap.id])? {
        news.to
            .push((asker.person_id, Reason::Asker, gap.id.0, gap.words.clone()));
    }
    Ok(news)
}

/// Owner and watchers of the page that a report is about, watchers of its topics. The reporter is not named: whether one may
/// know who that is, is asked when it is shown.
fn of_report(db: &mut Db, entry: &Entry, id: IntelId, linked: Option<PageId>) -> Result<News, Error> {
    let mut news = News::new(NoticeKind::Intel, entry);
    news.intel = Some(id);
    news.actor = None;
    let page = match linked {
        Some(page) => Some(page),
        None => intel::page_unfiltered(db, id)?,
    };
    if let Some(page) = page {
        if let Some(found) = pages::find_unfiltered(db, page, entry.at)? {
            news.tell(found.row.owner_id, Reason::Owner);
        }
        news.tell_watchers(&watches::of_targets_unfiltered(db, WatchKind::Page, &[page.0])?);
        news.page = Some(page);
    }
    if linked.is_none() {
        let keys: Vec<i64> = intel::parts::topics_of(db, &[id])?
            .remove(&id)
            .unwrap_or_default()
            .iter()
            .map(|topic| topic.id.0)
            .collect();
        news.tell_watchers(&watches::of_targets_unfiltered(db, WatchKind::Topic, &keys)?);
    }
    Ok(news)
}

/// Each person once, with the first reason; without who did it, who muted the page, and who may not read it.
fn addressed(db: &mut Db, news: News, now: Time) -> Result<Vec<NewNotice>, Error> {
    let muted: HashSet<PersonId> = match news.page {
        Some(page) => watches::of_targets_unfiltered(db, WatchKind::Page, &[page.0])?
            .into_iter()
            .filter(|watch| watch.muted)
            .map(|watch| watch.person_id)
            .collect(),
        None => HashSet::new(),
    };
    let mut known: HashMap<PersonId, bool> = HashMap::new();
    let mut told = Vec::new();
    for (person, reason, reason_id, reason_text) in &news.to {
        if news.by == Some(*person) || muted.contains(person) || known.contains_key(person) {
            continue;
        }
        let may_know = match people::access(db, *person)? {
            Some(access) => may_know(db, &access, &news, now)?,
            None => false,
        };
        known.insert(*person, may_know);
        if may_know {
            told.push(NewNotice {
                person: *person,
                kind: news.kind,
                reason: *reason,
                reason_id: *reason_id,
                reason_text: reason_text.clone(),
                // A page that a report is about is named only to those who may read it too: the report says which.
                page: if news.intel.is_some() { None } else { news.page },
                intel: news.intel,
                change: news.change,
                actor: news.actor,
                at: news.at,
            });
        }
    }
    Ok(told)
}

fn may_know(db: &mut Db, access: &Access, news: &News, now: Time) -> Result<bool, Error> {
    if let Some(id) = news.intel {
        return Ok(!intel::readable(db, access, &[id])?.is_empty());
    }
    let Some(page) = news.page else {
        return Ok(news.kind == NoticeKind::Gap);
    };
    let Some(found) = pages::find_by_key(db, access, page, now)? else {
        return Ok(false);
    };
    Ok(match news.kind {
        NoticeKind::Waiting => access.has(found.space.id, Role::Contributor),
        _ => found.published.is_some(),
    })
}

/// The watched searches that find a page.
fn found_by_searches(app: &App, searches: &[WatchRow], page: PageId) -> Result<Vec<WatchRow>, Error> {
    let mut found = Vec::new();
    for watch in searches {
        let reader = app.store().read(|db| {
            let access = people::access(db, watch.person_id)?;
            Ok((access, people::get_unfiltered(db, watch.person_id)?))
        })?;
        let (Some(access), Some(person)) = reader else {
            continue;
        };
        let actor = Actor {
            access: Arc::new(access),
            language: person.language,
        };
        let question = Question {
            text: watch.query.clone(),
            limit: search::LIMIT_MAX,
            ..Question::default()
        };
        let answers = search::find(app, &actor, &question)?;
        let is_found = !answers.relaxed
            && answers.answers.iter().any(|answer| match &answer.item {
                Item::Page(listed) => listed.line.page.id == page && answer.missing_words.is_empty(),
                _ => false,
            });
        if is_found {
            found.push(watch.clone());
        }
    }
    Ok(found)
}
