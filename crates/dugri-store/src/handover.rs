//! What hangs on a person: the pages they answer for, the reports they work on, the changes they have begun.

use diesel::prelude::*;
use dugri_core::intel::IntelState;
use dugri_core::pages::ChangeState;
use dugri_core::{IntelId, PageId, PersonId, SpaceId};

use crate::schema::{changes, intel, pages};
use crate::{Db, Error, Tx};

/// What hangs on a person. For admins: nothing here asks whose eyes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holdings {
    /// The pages that they own, with the space of each.
    pub pages: Vec<(PageId, SpaceId)>,
    /// The reports that are assigned to them and not closed, with the space of each.
    pub intel: Vec<(IntelId, SpaceId)>,
    /// The pages that they have begun a change of.
    pub changes: Vec<PageId>,
}

/// What hangs on a person.
pub fn holdings_unfiltered(db: &mut Db, person: PersonId) -> Result<Holdings, Error> {
    let owned: Vec<(i64, i64)> = pages::table
        .filter(pages::owner_id.eq(person.0))
        .order(pages::id)
        .select((pages::id, pages::space_id))
        .load(db.conn())?;
    let open = IntelState::ALL.iter().filter(|state| !state.is_closed());
    let open: Vec<&str> = open.map(|state| state.as_str()).collect();
    let assigned: Vec<(i64, i64)> = intel::table
        .filter(intel::assignee_id.eq(person.0))
        .filter(intel::state.eq_any(open))
        .order(intel::id)
        .select((intel::id, intel::space_id))
        .load(db.conn())?;
    let begun: Vec<i64> = changes::table
        .filter(changes::author_id.eq(person.0))
        .filter(changes::state.eq(ChangeState::Open.as_str()))
        .order(changes::page_id)
        .select(changes::page_id)
        .load(db.conn())?;
    Ok(Holdings {
        pages: owned
            .into_iter()
            .map(|(page, space)| (PageId(page), SpaceId(space)))
            .collect(),
        intel: assigned
            .into_iter()
            .map(|(report, space)| (IntelId(report), SpaceId(space)))
            .collect(),
        changes: begun.into_iter().map(PageId).collect(),
    })
}

/// Makes somebody else, or nobody, the owner of a page.
pub fn set_owner(tx: &mut Tx, page: PageId, owner: Option<PersonId>) -> Result<(), Error> {
    diesel::update(pages::table.find(page.0))
        .set(pages::owner_id.eq(owner.map(|id| id.0)))
        .execute(tx.conn())?;
    Ok(())
}

/// Gives a report to somebody else, or to nobody, whatever its state.
pub fn set_assignee(tx: &mut Tx, report: IntelId, assignee: Option<PersonId>) -> Result<(), Error> {
    diesel::update(intel::table.find(report.0))
        .set(intel::assignee_id.eq(assignee.map(|id| id.0)))
        .execute(tx.conn())?;
    Ok(())
}
