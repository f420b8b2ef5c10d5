//! Pending changes: saves that wait for a publisher. A page may have several, each with its base.

use diesel::prelude::*;
use dugri_core::pages::ChangeState;
use dugri_core::{ChangeId, PageId, PersonId, RevisionId, Time};

use crate::columns::{OptId, Stamp, stamp};
use crate::names::PersonName;
use crate::schema::{changes, people};
use crate::{Db, Error, Tx};

/// A pending change.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = changes)]
pub struct ChangeRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: ChangeId,
    /// The page.
    #[diesel(deserialize_as = i64)]
    pub page_id: PageId,
    /// The published revision that it began from.
    #[diesel(deserialize_as = OptId)]
    pub base_revision_id: Option<RevisionId>,
    /// Who began it.
    #[diesel(deserialize_as = i64)]
    pub author_id: PersonId,
    /// Where it stands.
    #[diesel(deserialize_as = String)]
    pub state: ChangeState,
    /// Since when.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: Time,
}

/// Begins a change. The event is the caller's.
pub fn open(
    tx: &mut Tx,
    page: PageId,
    base: Option<RevisionId>,
    author: PersonId,
    at: Time,
) -> Result<ChangeId, Error> {
    Ok(ChangeId(
        diesel::insert_into(changes::table)
            .values((
                changes::page_id.eq(page.0),
                changes::base_revision_id.eq(base.map(|id| id.0)),
                changes::author_id.eq(author.0),
                changes::state.eq(ChangeState::Open.as_str()),
                changes::created_at.eq(stamp(at)),
            ))
            .returning(changes::id)
            .get_result::<i64>(tx.conn())?,
    ))
}

/// Ends an open change; `false` where it was not open any more.
pub fn close(tx: &mut Tx, id: ChangeId, state: ChangeState, at: Time) -> Result<bool, Error> {
    let closed = diesel::update(
        changes::table
            .filter(changes::id.eq(id.0))
            .filter(changes::state.eq(ChangeState::Open.as_str())),
    )
    .set((
        changes::state.eq(state.as_str()),
        changes::closed_at.eq(stamp(at)),
    ))
    .execute(tx.conn())?;
    Ok(closed == 1)
}

/// Moves an open change onto a newer base, after its text was merged with what was published meanwhile.
pub fn rebase(tx: &mut Tx, id: ChangeId, base: RevisionId) -> Result<(), Error> {
    diesel::update(changes::table.filter(changes::id.eq(id.0)))
        .set(changes::base_revision_id.eq(base.0))
        .execute(tx.conn())?;
    Ok(())
}

/// A change of a page that was loaded under the reader's rights.
pub fn find(db: &mut Db, page: PageId, id: ChangeId) -> Result<Option<(ChangeRow, PersonName)>, Error> {
    Ok(changes::table
        .inner_join(people::table.on(people::id.eq(changes::author_id)))
        .filter(changes::page_id.eq(page.0))
        .filter(changes::id.eq(id.0))
        .select((ChangeRow::as_select(), PersonName::as_select()))
        .first(db.conn())
        .optional()?)
}

/// The open changes of a page, oldest first. For contributors of its space only.
pub fn list_open(db: &mut Db, page: PageId) -> Result<Vec<(ChangeRow, PersonName)>, Error> {
    Ok(changes::table
        .inner_join(people::table.on(people::id.eq(changes::author_id)))
        .filter(changes::page_id.eq(page.0))
        .filter(changes::state.eq(ChangeState::Open.as_str()))
        .order(changes::id.asc())
        .select((ChangeRow::as_select(), PersonName::as_select()))
        .load(db.conn())?)
}
