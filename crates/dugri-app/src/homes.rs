//! Home: what somebody must know, what changed since they looked, what they keep at hand, what waits for them; and, on a
//! page, which parts changed since they read it.

use std::collections::HashMap;

use chrono::Duration;
use dugri_core::currency::{Badge, DUE_DAYS};
use dugri_core::homes::HomeView;
use dugri_core::policy::Verb;
use dugri_core::{ChangeId, Event, PersonId, PublicId, Time};
pub use dugri_store::homes::Cited;
use dugri_store::homes::{self, HomeRow};
use dugri_store::names::{self, PersonName};
use dugri_store::pages::{DraftLine, PageLine};
use dugri_store::{Chore, Db, people, publications, revisions, visits};
use dugri_text::Rendered;

use crate::gaps::{self, Gap};
use crate::pages::{self, Listed, PageRead, Shown};
use crate::{Actor, App, Error, favourites, render, texts};

/// How far back home looks for who never marked all as read.
const LOOK_BACK: Duration = Duration::days(30);
/// How long the parts stay marked that changed since the visit before this one.
const MARKED_FOR: Duration = Duration::hours(1);
/// Rows of a list on home.
const ROWS_MAX: i64 = 12;
/// Rows of what one must know: more than a handful is nothing that anybody must.
const MUST_KNOW_MAX: usize = 5;
/// Rows of a panel on home.
const PANEL_MAX: i64 = 6;
/// Pages that are offered before anything is typed.
const OPENED_MAX: i64 = 6;
/// Gaps that marketing's home shows.
const GAPS_MAX: usize = 5;
/// Pages among which those to verify are looked for.
const VERIFY_MAX: i64 = 200;

/// Something that happened to a page.
#[derive(Debug, Clone)]
pub enum News {
    /// It was published anew, from these reports.
    Published(Box<Listed>, Cited),
    /// It got a successor, which is named where the reader may read it.
    Replaced {
        /// The page.
        listed: Box<Listed>,
        /// What replaced it.
        successor: Option<Box<PageLine>>,
        /// When.
        at: Time,
        /// By whom.
        by: Option<PersonId>,
    },
}

impl News {
    /// When it happened.
    pub fn at(&self) -> Time {
        match self {
            News::Published(listed, _) => listed.line.publication.from_at,
            News::Replaced { at, .. } => *at,
        }
    }

    /// Who did it.
    pub fn by(&self) -> Option<PersonId> {
        match self {
            News::Published(listed, _) => Some(listed.line.publication.published_by),
            News::Replaced { by, .. } => *by,
        }
    }
}

/// A change that waits for somebody to publish it.
#[derive(Debug, Clone)]
pub struct Review {
    /// The page.
    pub line: PageLine,
    /// The change.
    pub change: ChangeId,
    /// Who began it.
    pub author: Option<PersonName>,
    /// What it changes.
    pub summary: String,
    /// Its newest save.
    pub at: Time,
}

/// What home shows besides the reports.
#[derive(Debug, Clone)]
pub struct Home {
    /// Which one it is.
    pub view: HomeView,
    /// Since when changes are listed.
    pub since: Time,
    /// Material publications that the reader has not opened.
    pub must_know: Vec<News>,
    /// Other changes that the reader has not opened, newest first.
    pub changed: Vec<News>,
    /// Whether there are more than are shown.
    pub more: bool,
    /// What was published last, whether opened or not: where nothing is new, home still shows what there is.
    pub latest: Vec<Listed>,
    /// Pages kept at hand.
    pub favourites: Vec<Listed>,
    /// Pages whose check is due or late, which the reader answers for or may verify; the most pressing first.
    pub verify: Vec<Listed>,
    /// Changes that wait, which the reader may publish.
    pub reviews: Vec<Review>,
    /// Files whose words can't be found, on pages which the reader answers for or may publish.
    pub troubles: Vec<texts::Trouble>,
    /// Own pages that were never published.
    pub drafts: Vec<DraftLine>,
    /// What is searched for in vain, for marketing's home.
    pub gaps: Vec<Gap>,
    /// Names of those who did what is shown.
    pub names: HashMap<PersonId, PersonName>,
}

/// Home as its reader has it now.
pub fn home(app: &App, actor: &Actor) -> Result<Home, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let row = homes::get(db, actor.person())?;
        let since = since(db, actor, &row, now)?;
        let view = row.chosen.unwrap_or_else(|| HomeView::by_role(&actor.access));
        let mut must_know = published(db, actor, since, true, now)?;
        let rest = must_know.split_off(must_know.len().min(MUST_KNOW_MAX));
        let mut changed = published(db, actor, since, false, now)?;
        changed.extend(rest);
        changed.extend(replaced(db, actor, since, now)?);
        changed.sort_by_key(|news| std::cmp::Reverse(news.at()));
        let more = changed.len() as i64 > ROWS_MAX;
        changed.truncate(ROWS_MAX as usize);
        let latest = if changed.is_empty() && must_know.is_empty() {
            let lines = dugri_store::pages::list_changed(db, &actor.access, now, ROWS_MAX / 2)?;
            pages::listed(db, lines, now)?
        } else {
            Vec::new()
        };
        let kept = dugri_store::favourites::list(db, &actor.access, now, favourites::FAVOURITES_MAX)?;
        let by: Vec<PersonId> = must_know
            .iter()
            .chain(&changed)
            .filter_map(News::by)
            .chain(latest.iter().map(|listed| listed.line.publication.published_by))
            .collect();
        Ok(Home {
            view,
            since,
            favourites: pages::listed(db, kept, now)?,
            verify: to_verify(db, actor, now)?,
            reviews: reviews(db, actor, now)?,
            troubles: texts::troubles(db, actor, now, PANEL_MAX)?,
            drafts: homes::list_own_drafts(db, &actor.access, PANEL_MAX)?,
            gaps: match view {
                HomeView::Marketing => gaps::top(db, actor, GAPS_MAX, now)?,
                HomeView::Sales => Vec::new(),
            },
            names: names::people(db, &by)?,
            must_know,
            changed,
            more,
            latest,
        })
    })
}

/// Since when changes are news to somebody: since they last marked all as read, or joined; not longer than a month.
fn since(db: &mut Db, actor: &Actor, row: &HomeRow, now: Time) -> Result<Time, Error> {
    let from = match row.caught_up_at {
        Some(at) => Some(at),
        None => people::get_unfiltered(db, actor.person())?.map(|person| person.created_at),
    };
    Ok(from.unwrap_or(now).max(now - LOOK_BACK))
}

fn published(db: &mut Db, actor: &Actor, since: Time, material: bool, now: Time) -> Result<Vec<News>, Error> {
    let lines = homes::list_unseen(db, &actor.access, since, material, now, ROWS_MAX + 1)?;
    let ids: Vec<_> = lines.iter().map(|line| line.publication.revision_id).collect();
    let cited = homes::cited_reports(db, actor.person(), &ids)?;
    Ok(pages::listed(db, lines, now)?
        .into_iter()
        .map(|listed| {
            let cited = cited
                .get(&listed.line.publication.revision_id)
                .copied()
                .unwrap_or_default();
            News::Published(Box::new(listed), cited)
        })
        .collect())
}

fn replaced(db: &mut Db, actor: &Actor, since: Time, now: Time) -> Result<Vec<News>, Error> {
    let mut news = Vec::new();
    for replaced in homes::list_replaced(db, &actor.access, since, now, ROWS_MAX)? {
        let successor = match replaced.line.page.successor_id {
            Some(id) => dugri_store::pages::line(db, &actor.access, id, now)?.map(Box::new),
            None => None,
        };
        for listed in pages::listed(db, vec![replaced.line], now)? {
            news.push(News::Replaced {
                listed: Box::new(listed),
                successor: successor.clone(),
                at: replaced.at,
                by: replaced.by,
            });
        }
    }
    Ok(news)
}

fn to_verify(db: &mut Db, actor: &Actor, now: Time) -> Result<Vec<Listed>, Error> {
    let horizon = now + Duration::days(DUE_DAYS);
    let lines = homes::list_to_verify(db, &actor.access, horizon, now, VERIFY_MAX)?;
    let mut listed = pages::listed(db, lines, now)?;
    // The badge decides: the query and it say the same, but only one of them is the rule.
    listed.retain(|page| matches!(page.badge, Badge::Due | Badge::Overdue));
    let owned = |page: &Listed| page.line.page.owner_id == Some(actor.person());
    listed.sort_by_key(|page| (page.next_check, !owned(page), page.line.page.id));
    Ok(listed)
}

fn reviews(db: &mut Db, actor: &Actor, now: Time) -> Result<Vec<Review>, Error> {
    let mut reviews = Vec::new();
    for (line, change) in homes::list_reviews(db, &actor.access, now, PANEL_MAX)? {
        let Some(newest) = revisions::newest_of_change(db, line.page.id, change)? else {
            continue;
        };
        reviews.push(Review {
            author: names::people(db, &[newest.author_id])?.remove(&newest.author_id),
            summary: newest.summary,
            at: newest.at,
            line,
            change,
        });
    }
    Ok(reviews)
}

/// The pages that the actor opened last, the newest first.
pub fn opened_last(app: &App, actor: &Actor) -> Result<Vec<PageLine>, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let ids = visits::last(db, actor.person(), OPENED_MAX)?;
        let mut lines = dugri_store::pages::lines(db, &actor.access, &ids, now)?;
        lines.sort_by_key(|line| ids.iter().position(|id| *id == line.page.id));
        Ok(lines)
    })
}

/// Chooses the home that is shown from now on.
pub fn choose(app: &App, actor: &Actor, view: HomeView) -> Result<(), Error> {
    let (now, person) = (app.now(), actor.person());
    app.store().write(move |tx| {
        let row = homes::get(tx, person)?;
        if row.chosen == Some(view) {
            tx.unchanged();
            return Ok(());
        }
        let chosen = Some(view);
        homes::set(tx, person, &HomeRow { chosen, ..row })?;
        tx.record(Some(person), now, Event::HomeChosen { person })?;
        Ok(())
    })
}

/// Marks all changes as read: home lists what happens from now on.
pub fn catch_up(app: &App, actor: &Actor) -> Result<(), Error> {
    let (now, person) = (app.now(), actor.person());
    app.store().housekeep(Chore::Notices, move |tx| {
        let row = homes::get(tx, person)?;
        let caught_up_at = Some(now);
        homes::set(tx, person, &HomeRow { caught_up_at, ..row })
    })?;
    app.memory().turn();
    Ok(())
}

/// What changed on a page since its reader was last there.
#[derive(Debug, Clone)]
pub struct Since {
    /// The number that they saw then.
    pub number: i64,
    /// When they were there last; now, if that is where they are still.
    pub at: Time,
    /// Why it changed since, by number, newest first.
    pub reasons: Vec<(i64, String)>,
    /// The text with the changed parts marked.
    pub rendered: Rendered,
}

/// What changed on a page since the reader's last visit; nothing on the first one, or where nothing did.
///
/// The marks stay for an hour, so that somebody who comes back from a link still finds them.
pub fn since_last_visit(app: &App, actor: &Actor, read: &PageRead) -> Result<Option<Since>, Error> {
    let Shown::Published(publication) = &read.shown else {
        return Ok(None);
    };
    let now = app.now();
    pages::in_read(app, |db| {
        let Some(visit) = visits::find(db, actor.person(), read.page.row.id)? else {
            return Ok(None);
        };
        let seen = if visit.number < publication.number {
            Some((visit.number, visit.at))
        } else {
            visit
                .earlier
                .filter(|_| visit.number == publication.number && now - visit.first_at < MARKED_FOR)
                .map(|earlier| (earlier, visit.first_at))
        };
        let Some((number, at)) = seen else { return Ok(None) };
        let all = publications::list(db, read.page.row.id, now)?;
        let Some((_, before, _)) = all.iter().find(|(row, ..)| row.number == number) else {
            return Ok(None);
        };
        let before = revisions::content(db, before)?;
        let rendered = render::changed_since(db, actor, &before.body, read, now)?;
        let reasons = all
            .iter()
            .filter(|(row, ..)| row.number > number && row.number <= publication.number)
            .map(|(row, ..)| (row.number, row.reason.clone()))
            .collect();
        Ok(Some(Since {
            number,
            at,
            reasons,
            rendered,
        }))
    })
}

/// Takes the marks off a page: its reader has seen what changed up to `number`, and what is published later is marked.
pub fn seen(app: &App, actor: &Actor, id: &PublicId, number: i64) -> Result<(), Error> {
    let now = app.now();
    let (page, published) = pages::in_read(app, |db| {
        let page = pages::load(db, actor, id, Verb::Read, now)?;
        let published = publications::published(db, page.row.id, now)?.map(|row| row.number);
        Ok((page, published))
    })?;
    let (person, page) = (actor.person(), page.row.id);
    let Some(published) = published else { return Ok(()) };
    app.store().housekeep(Chore::Notices, move |tx| {
        visits::see(tx, person, page, number.min(published), now)
    })?;
    app.memory().turn();
    Ok(())
}
