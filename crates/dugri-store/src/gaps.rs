//! Gaps: words that somebody searched for in vain, once somebody asked marketing about them or decided what becomes of them.
//! They are the company's words, not a page's: whoever keeps topics sees all of them, everybody else what they asked.

use diesel::prelude::*;
use dugri_core::gaps::GapState;
use dugri_core::{AliasId, GapId, PageId, PersonId, Time};

use crate::columns::{OptId, Stamp, stamp};
use crate::schema::{gap_askers, gaps};
use crate::{Db, Error, Tx};

/// A gap.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = gaps)]
pub struct GapRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: GapId,
    /// The words.
    pub words: String,
    /// The words as they are compared.
    pub folded: String,
    /// Where it stands.
    #[diesel(deserialize_as = String)]
    pub state: GapState,
    /// The page that its words lead to.
    #[diesel(deserialize_as = OptId)]
    pub page_id: Option<PageId>,
    /// The group of words that came of it.
    #[diesel(deserialize_as = OptId)]
    pub alias_id: Option<AliasId>,
    /// Why it was declined.
    pub reason: String,
    /// Who decided it.
    #[diesel(deserialize_as = OptId)]
    pub decided_by: Option<PersonId>,
    /// When it was decided; of an open one, when it was asked first.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
}

/// Somebody who asked.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = gap_askers)]
pub struct AskerRow {
    /// What they asked.
    #[diesel(deserialize_as = i64)]
    pub gap_id: GapId,
    /// Who.
    #[diesel(deserialize_as = i64)]
    pub person_id: PersonId,
    /// What they need it for.
    pub note: String,
    /// When.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
}

/// What is decided of a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where it stands from here on.
    pub state: GapState,
    /// The page that its words lead to.
    pub page: Option<PageId>,
    /// The group of words that came of it.
    pub alias: Option<AliasId>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Option<PersonId>,
}

/// All gaps that have a row, the newest first.
pub fn list(db: &mut Db) -> Result<Vec<GapRow>, Error> {
    Ok(gaps::table
        .order((gaps::at.desc(), gaps::id.desc()))
        .select(GapRow::as_select())
        .load(db.conn())?)
}

/// One gap.
pub fn get(db: &mut Db, id: GapId) -> Result<Option<GapRow>, Error> {
    Ok(gaps::table
        .find(id.0)
        .select(GapRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The gap of these words, by their folded form.
pub fn of_words(db: &mut Db, folded: &str) -> Result<Option<GapRow>, Error> {
    Ok(gaps::table
        .filter(gaps::folded.eq(folded))
        .select(GapRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The gaps whose words lead to a page.
pub fn of_page(db: &mut Db, page: PageId) -> Result<Vec<GapRow>, Error> {
    Ok(gaps::table
        .filter(gaps::page_id.eq(page.0))
        .order(gaps::id.asc())
        .select(GapRow::as_select())
        .load(db.conn())?)
}

/// Who asked for these gaps, the first first.
pub fn askers(db: &mut Db, ids: &[GapId]) -> Result<Vec<AskerRow>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(gap_askers::table
        .filter(gap_askers::gap_id.eq_any(ids))
        .order(gap_askers::id.asc())
        .select(AskerRow::as_select())
        .load(db.conn())?)
}

/// When a person asked for these words, and where that stands.
pub fn asked(db: &mut Db, person: PersonId, folded: &str) -> Result<Option<(Time, GapRow)>, Error> {
    let found: Option<(AskerRow, GapRow)> = gap_askers::table
        .inner_join(gaps::table.on(gaps::id.eq(gap_askers::gap_id)))
        .filter(gaps::folded.eq(folded))
        .filter(gap_askers::person_id.eq(person.0))
        .select((AskerRow::as_select(), GapRow::as_select()))
        .first(db.conn())
        .optional()?;
    Ok(found.map(|(asker, gap)| (asker.at, gap)))
}

/// Adds a gap. The event is the caller's.
pub fn add(tx: &mut Tx, words: &str, folded: &str, at: Time) -> Result<GapId, Error> {
    Ok(GapId(
        diesel::insert_into(gaps::table)
            .values((
                gaps::words.eq(words),
                gaps::folded.eq(folded),
                gaps::state.eq(GapState::Open.as_str()),
                gaps::reason.eq(""),
                gaps::at.eq(stamp(at)),
            ))
            .returning(gaps::id)
            .get_result(tx.conn())?,
    ))
}

/// Adds somebody who asked. `false` where they had asked already. The event is the caller's.
pub fn add_asker(tx: &mut Tx, gap: GapId, person: PersonId, note: &str, at: Time) -> Result<bool, Error> {
    let known: Option<i64> = gap_askers::table
        .filter(gap_askers::gap_id.eq(gap.0))
        .filter(gap_askers::person_id.eq(person.0))
        .select(gap_askers::id)
        .first(tx.conn())
        .optional()?;
    if known.is_some() {
        return Ok(false);
    }
    diesel::insert_into(gap_askers::table)
        .values((
            gap_askers::gap_id.eq(gap.0),
            gap_askers::person_id.eq(person.0),
            gap_askers::note.eq(note),
            gap_askers::at.eq(stamp(at)),
        ))
        .execute(tx.conn())?;
    Ok(true)
}

/// Decides a gap, or takes a decision back. The event is the caller's.
pub fn decide(tx: &mut Tx, gap: GapId, decision: &Decision, at: Time) -> Result<(), Error> {
    diesel::update(gaps::table.find(gap.0))
        .set((
            gaps::state.eq(decision.state.as_str()),
            gaps::page_id.eq(decision.page.map(|id| id.0)),
            gaps::alias_id.eq(decision.alias.map(|id| id.0)),
            gaps::reason.eq(&decision.reason),
            gaps::decided_by.eq(decision.by.map(|id| id.0)),
            gaps::at.eq(stamp(at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}
