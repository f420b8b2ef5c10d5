//! What the frame of every screen shows of a reader's Dugri: the spaces with the number of their pages, and what waits.
//!
//! From memory while nothing happened in the same minute, so that a warm page runs no query. The minute counts because a
//! page may begin or end to be published by the clock alone.

use std::sync::Arc;

use chrono::{DurationRound as _, TimeDelta};
use dugri_core::{PersonId, Time};
use dugri_store::pages::PageLine;
use dugri_store::spaces::SpaceRow;
use dugri_store::{Db, Epoch, Error as StoreError, favourites, notices, spaces};

use crate::app::{Actor, App};
use crate::error::Error;
use crate::intel::{self, Counts};

/// How many people's frames are kept.
const KEPT_MAX: u64 = 10_000;
/// How many favourites stand in the sidebar.
const FAVOURITES_MAX: i64 = 8;

/// A space with the number of its pages.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The space.
    pub space: SpaceRow,
    /// How many pages have a published text now.
    pub pages: i64,
}

/// What the frame shows.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// The spaces that the reader may read, in their order.
    pub spaces: Vec<Counted>,
    /// The pages kept at hand, the first of them.
    pub favourites: Vec<PageLine>,
    /// What waits.
    pub counts: Counts,
    /// How many notices were not read.
    pub notices: i64,
}

/// The frames that this node keeps.
pub(crate) struct Chromes(moka::sync::Cache<PersonId, Kept>);

#[derive(Clone)]
struct Kept {
    epoch: Epoch,
    turns: u64,
    minute: Time,
    chrome: Arc<Chrome>,
}

impl Default for Chromes {
    fn default() -> Chromes {
        Chromes(moka::sync::Cache::new(KEPT_MAX))
    }
}

/// What the frame shows to the actor, if it is in memory.
pub fn remembered(app: &App, actor: &Actor) -> Option<Arc<Chrome>> {
    let kept = app.memory().chromes.0.get(&actor.person())?;
    let holds =
        kept.epoch == app.store().epoch() && kept.turns == app.turns() && kept.minute == minute(app.now());
    holds.then_some(kept.chrome)
}

/// What the frame shows to the actor.
///
/// # Errors
/// When it is not in memory and the database is not available.
pub fn of(app: &App, actor: &Actor) -> Result<Arc<Chrome>, Error> {
    if let Some(chrome) = remembered(app, actor) {
        return Ok(chrome);
    }
    // Taken before anything is read that is kept under it.
    let (epoch, turns, now) = (app.store().epoch(), app.turns(), app.now());
    let (spaces, favourites, notices) = app.store().read(|db| {
        Ok((
            counted(db, actor, now)?,
            favourites::list(db, &actor.access, now, FAVOURITES_MAX)?,
            notices::count_unread(db, &actor.access, now)?,
        ))
    })?;
    let chrome = Arc::new(Chrome {
        spaces,
        favourites,
        notices,
        counts: intel::counts(app, actor)?,
    });
    let kept = Kept {
        epoch,
        turns,
        minute: minute(now),
        chrome: chrome.clone(),
    };
    app.memory().chromes.0.insert(actor.person(), kept);
    Ok(chrome)
}

fn minute(now: Time) -> Time {
    now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now)
}

fn counted(db: &mut Db, actor: &Actor, now: Time) -> Result<Vec<Counted>, StoreError> {
    let counts = spaces::count_published(db, &actor.access, now)?;
    let rows = spaces::list(db, &actor.access)?;
    let pages = |space: &SpaceRow| counts.get(&space.id).copied().unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|space| Counted {
            pages: pages(&space),
            space,
        })
        .collect())
}
