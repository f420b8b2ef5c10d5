//! What was done to pages as a whole (renamed, moved, archived, merged, split), with what it takes to undo it.

use diesel::prelude::*;
use dugri_core::pages::StepKind;
use dugri_core::{PageId, PersonId, StepId, Time};

use crate::columns::{OptId, OptStamp, Stamp, stamp};
use crate::names::PersonName;
use crate::schema::{page_steps, people};
use crate::{Db, Error, Tx};

/// Something that was done to a page.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = page_steps)]
pub struct StepRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: StepId,
    /// The page it was done to.
    #[diesel(deserialize_as = i64)]
    pub page_id: PageId,
    /// What it was.
    #[diesel(deserialize_as = String)]
    pub kind: StepKind,
    /// The page that it became part of, or that was split off.
    #[diesel(deserialize_as = OptId)]
    pub other_id: Option<PageId>,
    /// Who did it.
    #[diesel(deserialize_as = i64)]
    pub by_id: PersonId,
    /// When.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
    /// What it was before, as JSON.
    pub data: String,
    /// When it was undone.
    #[diesel(deserialize_as = OptStamp)]
    pub undone_at: Option<Time>,
}

/// A step to write down.
#[derive(Debug, Clone)]
pub struct NewStep {
    /// The page it is done to.
    pub page: PageId,
    /// What it is.
    pub kind: StepKind,
    /// The other page of it.
    pub other: Option<PageId>,
    /// Who does it.
    pub by: PersonId,
    /// When.
    pub at: Time,
    /// What it was before, as JSON.
    pub data: String,
}

/// Writes a step down. The event is the caller's.
pub fn add(tx: &mut Tx, new: &NewStep) -> Result<StepId, Error> {
    Ok(StepId(
        diesel::insert_into(page_steps::table)
            .values((
                page_steps::page_id.eq(new.page.0),
                page_steps::kind.eq(new.kind.as_str()),
                page_steps::other_id.eq(new.other.map(|id| id.0)),
                page_steps::by_id.eq(new.by.0),
                page_steps::at.eq(stamp(new.at)),
                page_steps::data.eq(&new.data),
            ))
            .returning(page_steps::id)
            .get_result::<i64>(tx.conn())?,
    ))
}

/// What was done to a page, or through another page to it, newest first. The page must have been loaded under rights;
/// whether the other page may be known of is the caller's question.
pub fn list(db: &mut Db, page: PageId) -> Result<Vec<(StepRow, PersonName)>, Error> {
    Ok(page_steps::table
        .inner_join(people::table)
        .filter(page_steps::page_id.eq(page.0).or(page_steps::other_id.eq(page.0)))
        .order(page_steps::id.desc())
        .select((StepRow::as_select(), PersonName::as_select()))
        .load(db.conn())?)
}

/// A step of a page that was loaded under rights.
pub fn find(db: &mut Db, page: PageId, id: StepId) -> Result<Option<StepRow>, Error> {
    Ok(page_steps::table
        .filter(page_steps::id.eq(id.0))
        .filter(page_steps::page_id.eq(page.0))
        .select(StepRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The page that this one became part of, unless that was undone.
pub fn merged_into(db: &mut Db, page: PageId) -> Result<Option<PageId>, Error> {
    Ok(page_steps::table
        .filter(page_steps::page_id.eq(page.0))
        .filter(page_steps::kind.eq(StepKind::Merged.as_str()))
        .filter(page_steps::undone_at.is_null())
        .order(page_steps::id.desc())
        .select(page_steps::other_id)
        .first::<Option<i64>>(db.conn())
        .optional()?
        .flatten()
        .map(PageId))
}

/// Says that a step was undone; `false` where it was already.
pub fn set_undone(tx: &mut Tx, id: StepId, by: PersonId, at: Time) -> Result<bool, Error> {
    let undone = diesel::update(
        page_steps::table
            .filter(page_steps::id.eq(id.0))
            .filter(page_steps::undone_at.is_null()),
    )
    .set((
        page_steps::undone_at.eq(stamp(at)),
        page_steps::undone_by.eq(by.0),
    ))
    .execute(tx.conn())?;
    Ok(undone == 1)
}
