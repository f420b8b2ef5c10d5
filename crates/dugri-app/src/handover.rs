//! Closing an account: what hangs on the person is shown first and goes to somebody who can answer for it, in the same
//! transaction. Nothing stays with somebody who is gone unless that was chosen.

use std::collections::{BTreeSet, HashMap};

use dugri_core::{Event, IntelId, PageId, PersonId, PublicId, Role, SpaceId};
use dugri_store::handover::{self, Holdings};
use dugri_store::people::{self, PersonRow};
use dugri_store::{Tx, audit, spaces};

use crate::{Actor, App, By, Error, FieldError};

/// What hangs on a person, with names.
#[derive(Debug, Clone)]
pub struct Hanging {
    /// The person.
    pub person: PersonRow,
    /// The pages that they own: permanent id and title.
    pub pages: Vec<(PublicId, String)>,
    /// The reports that they work on.
    pub intel: Vec<IntelId>,
    /// The pages that they have begun a change of.
    pub changes: Vec<(PublicId, String)>,
    /// Who can take all of it.
    pub takers: Vec<PersonRow>,
}

/// What hangs on a person, for the admin who closes the account.
///
/// # Errors
/// [`Error::NotFound`] for others, and when there is nobody.
pub fn hanging(app: &App, actor: &Actor, person: PersonId) -> Result<Hanging, Error> {
    By::Person(actor).administers()?;
    let now = app.now();
    crate::pages::in_read(app, |db| {
        let row = people::get_unfiltered(db, person)?.ok_or(Error::NotFound)?;
        let holdings = handover::holdings_unfiltered(db, person)?;
        let ids: Vec<PageId> = holdings.pages.iter().map(|(page, _)| *page).collect();
        let titles = audit::page_titles_unfiltered(db, &[&ids[..], &holdings.changes].concat())?;
        let named = |id: &PageId| titles.get(id).cloned();
        let takers = crate::people::lines(db, actor, now)?
            .into_iter()
            .filter(|line| line.person.id != person && line.person.active)
            .filter(|line| lacking(&holdings, |space, role| line.has(space, role)).is_empty())
            .map(|line| line.person)
            .collect();
        Ok(Hanging {
            person: row,
            pages: ids.iter().filter_map(named).collect(),
            changes: holdings.changes.iter().filter_map(named).collect(),
            intel: holdings.intel.iter().map(|(report, _)| *report).collect(),
            takers,
        })
    })
}

/// Closes an account and hands over what hangs on it; to nobody, where `to` is `None`.
///
/// # Errors
/// [`Error::Invalid`] when the receiver could not answer for it, [`Error::Conflict`] when no admin would be left.
pub fn close(app: &App, actor: &Actor, person: PersonId, to: Option<PersonId>) -> Result<(), Error> {
    By::Person(actor).administers()?;
    let (now, by) = (app.now(), actor.person());
    app.store().write(move |tx| {
        let holdings = handover::holdings_unfiltered(tx, person)?;
        if let Some(to) = to {
            may_take(tx, &holdings, person, to)?;
        }
        crate::people::close_account(tx, Some(by), person, now)?;
        for (page, _) in &holdings.pages {
            handover::set_owner(tx, *page, to)?;
            tx.record(Some(by), now, Event::PageChanged { page: *page })?;
        }
        for (intel, _) in &holdings.intel {
            handover::set_assignee(tx, *intel, to)?;
            let event = Event::IntelAssigned {
                intel: *intel,
                assignee: to,
            };
            tx.record(Some(by), now, event)?;
        }
        Ok(())
    })
}

fn may_take(tx: &mut Tx, holdings: &Holdings, from: PersonId, to: PersonId) -> Result<(), Error> {
    // Who is not active has no access.
    let access = people::access(tx, to)?
        .filter(|_| to != from)
        .ok_or_else(|| Error::field("to", "error-unknown-person"))?;
    let lacking = lacking(holdings, |space, role| access.has(space, role));
    if lacking.is_empty() {
        return Ok(());
    }
    let names: HashMap<SpaceId, String> = spaces::list_unfiltered(tx)?
        .into_iter()
        .map(|space| (space.id, space.name))
        .collect();
    let names: Vec<&str> = lacking
        .iter()
        .filter_map(|id| names.get(id).map(String::as_str))
        .collect();
    let wrong = FieldError::new("to", "error-handover-rights").with("spaces", names.join(", "));
    Err(Error::Invalid(vec![wrong]))
}

/// The spaces in which somebody with these rights could not answer for it: who owns a page must be able to change it,
/// and who works on a report to triage it.
fn lacking(holdings: &Holdings, has: impl Fn(SpaceId, Role) -> bool) -> BTreeSet<SpaceId> {
    let pages = holdings
        .pages
        .iter()
        .map(|(_, space)| (*space, Role::Contributor));
    let intel = holdings.intel.iter().map(|(_, space)| (*space, Role::Editor));
    pages
        .chain(intel)
        .filter(|(space, role)| !has(*space, *role))
        .map(|(space, _)| space)
        .collect()
}
