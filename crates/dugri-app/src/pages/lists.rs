//! Lists of pages, each with its badge.

use std::collections::HashMap;

use dugri_core::currency::{self, Badge};
use dugri_core::pages::State;
use dugri_core::{PageId, SpaceId, Time};
use dugri_store::pages::{self, DraftLine, InSpace, PageLine};
use dugri_store::{Db, publications};

use super::{check_after, in_read};
use crate::{Actor, App, Error};

/// A published page in a list with its badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The page.
    pub line: PageLine,
    /// Its badge.
    pub badge: Badge,
    /// Its next check.
    pub next_check: Option<Time>,
}

/// Gives each line its badge, in their order.
pub(crate) fn listed(db: &mut Db, lines: Vec<PageLine>, now: Time) -> Result<Vec<Listed>, Error> {
    let ids: Vec<PageId> = lines.iter().map(|line| line.page.id).collect();
    let mut last = HashMap::new();
    for (row, _) in publications::verifications(db, &ids)? {
        last.insert(row.page_id, row);
    }
    Ok(lines
        .into_iter()
        .map(|line| {
            let next_check = check_after(
                line.publication.from_at,
                line.kind.review_days,
                last.get(&line.page.id),
            );
            let state = State::of(
                true,
                line.page.successor_id.is_some(),
                line.page.archived_at.is_some(),
            );
            Listed {
                badge: currency::badge(state, false, next_check, now),
                next_check,
                line,
            }
        })
        .collect())
}

/// The published pages of a space (or of all that the reader may read) by title.
pub fn list(app: &App, actor: &Actor, space: Option<SpaceId>, which: &InSpace) -> Result<Vec<Listed>, Error> {
    let now = app.now();
    in_read(app, |db| {
        let lines = pages::list_in_space(db, &actor.access, space, which, now)?;
        listed(db, lines, now)
    })
}

/// What was published last, newest first.
pub fn list_changed(app: &App, actor: &Actor, limit: i64) -> Result<Vec<Listed>, Error> {
    let now = app.now();
    in_read(app, |db| {
        let lines = pages::list_changed(db, &actor.access, now, limit)?;
        listed(db, lines, now)
    })
}

/// Never published pages, for contributors of their spaces.
pub fn list_drafts(
    app: &App,
    actor: &Actor,
    space: Option<SpaceId>,
    limit: i64,
) -> Result<Vec<DraftLine>, Error> {
    in_read(app, |db| Ok(pages::list_drafts(db, &actor.access, space, limit)?))
}
