//! Notices: what people are told, with the reason. Several of the same page or report that nobody read yet are one.
//!
//! Rights are part of the query when they are shown and counted, whatever was so when they were made.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use dugri_core::watching::{NoticeKind, Reason};
use dugri_core::{Access, ChangeId, IntelId, NoticeId, PageId, PersonId, Time};

use crate::columns::{OptId, OptStamp, Stamp, stamp};
use crate::schema::{intel, notices, pages};
use crate::uses::Opened;
use crate::visible::{self, page_visible};
use crate::{Db, Error, Tx};

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = notices)]
pub struct NoticeRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: NoticeId,
    /// What it tells.
    #[diesel(deserialize_as = String)]
    pub kind: NoticeKind,
    /// Why.
    #[diesel(deserialize_as = String)]
    pub reason: Reason,
    /// What is watched, by key.
    pub reason_id: i64,
    /// The words of a watched search.
    pub reason_text: String,
    /// The page.
    #[diesel(deserialize_as = OptId)]
    pub page_id: Option<PageId>,
    /// The report.
    #[diesel(deserialize_as = OptId)]
    pub intel_id: Option<IntelId>,
    /// The change that waits.
    #[diesel(deserialize_as = OptId)]
    pub change_id: Option<ChangeId>,
    /// Who did it last.
    #[diesel(deserialize_as = OptId)]
    pub actor_id: Option<PersonId>,
    /// How often it happened since it was last read.
    pub events: i64,
    /// When it happened last.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
    /// When it was read.
    #[diesel(deserialize_as = OptStamp)]
    pub read_at: Option<Time>,
}

/// Something to tell somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// Whom.
    pub person: PersonId,
    /// What it tells.
    pub kind: NoticeKind,
    /// Why.
    pub reason: Reason,
    /// What is watched, by key.
    pub reason_id: i64,
    /// The words of a watched search.
    pub reason_text: String,
    /// The page.
    pub page: Option<PageId>,
    /// The report.
    pub intel: Option<IntelId>,
    /// The change that waits.
    pub change: Option<ChangeId>,
    /// Who did it.
    pub actor: Option<PersonId>,
    /// When.
    pub at: Time,
}

/// True of a row of `notices` that is of this person and of things that they may read now.
macro_rules! shown {
    ($access:expr, $now:expr) => {
        notices::person_id
            .eq($access.person.0)
            .and(
                notices::page_id.is_null().or(exists(
                    pages::table
                        .filter(pages::id.nullable().eq(notices::page_id))
                        .filter(page_visible!($access, $now))
                        .filter(notices::kind.ne(NoticeKind::Waiting.as_str()).or(
                            pages::space_id.eq_any(visible::spaces($access, dugri_core::Role::Contributor)),
                        )),
                )),
            )
            .and(
                notices::intel_id.is_null().or(exists(
                    intel::table
                        .filter(intel::id.nullable().eq(notices::intel_id))
                        .filter(crate::intel::visible($access)),
                )),
            )
    };
}

/// Tells somebody; where a notice of the same waits unread, that one tells of one thing more.
pub fn add(tx: &mut Tx, new: &NewNotice) -> Result<(), Error> {
    let mut same = notices::table
        .filter(notices::person_id.eq(new.person.0))
        .filter(notices::kind.eq(new.kind.as_str()))
        .filter(notices::read_at.is_null())
        .select(notices::id)
        .into_boxed();
    same = match (new.page, new.intel) {
        (Some(page), None) => same
            .filter(notices::page_id.eq(page.0))
            .filter(notices::intel_id.is_null()),
        // Reports about a page stand each for itself: each is somebody's words.
        (_, Some(intel)) => same.filter(notices::intel_id.eq(intel.0)),
        (None, None) => same.filter(notices::id.lt(0)),
    };
    let known: Option<i64> = same.first(tx.conn()).optional()?;
    if let Some(known) = known {
        diesel::update(notices::table.find(known))
            .set((
                notices::events.eq(notices::events + 1),
                notices::at.eq(stamp(new.at)),
                notices::actor_id.eq(new.actor.map(|id| id.0)),
                notices::change_id.eq(new.change.map(|id| id.0)),
            ))
            .execute(tx.conn())?;
        return Ok(());
    }
    diesel::insert_into(notices::table)
        .values((
            notices::person_id.eq(new.person.0),
            notices::kind.eq(new.kind.as_str()),
            notices::reason.eq(new.reason.as_str()),
            notices::reason_id.eq(new.reason_id),
            notices::reason_text.eq(&new.reason_text),
            notices::page_id.eq(new.page.map(|id| id.0)),
            notices::intel_id.eq(new.intel.map(|id| id.0)),
            notices::change_id.eq(new.change.map(|id| id.0)),
            notices::actor_id.eq(new.actor.map(|id| id.0)),
            notices::events.eq(1_i64),
            notices::at.eq(stamp(new.at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether somebody was told this of a page since a moment, read or not: for what a timer tells once.
pub fn was_told(
    db: &mut Db,
    person: PersonId,
    kind: NoticeKind,
    page: PageId,
    since: Time,
) -> Result<bool, Error> {
    let found: Option<i64> = notices::table
        .filter(notices::person_id.eq(person.0))
        .filter(notices::page_id.eq(page.0))
        .filter(notices::kind.eq(kind.as_str()))
        .filter(notices::at.ge(stamp(since)))
        .select(notices::id)
        .first(db.conn())
        .optional()?;
    Ok(found.is_some())
}

/// What a person is told, unread first and the newest first, below `before`.
pub fn list(
    db: &mut Db,
    access: &Access,
    unread: bool,
    before: Option<(Time, NoticeId)>,
    now: Time,
    limit: i64,
) -> Result<Vec<NoticeRow>, Error> {
    let mut query = notices::table.filter(shown!(access, now)).into_boxed();
    query = if unread {
        query.filter(notices::read_at.is_null())
    } else {
        query.filter(notices::read_at.is_not_null())
    };
    if let Some((at, id)) = before {
        query = query.filter(
            notices::at
                .lt(stamp(at))
                .or(notices::at.eq(stamp(at)).and(notices::id.lt(id.0))),
        );
    }
    Ok(query
        .order((notices::at.desc(), notices::id.desc()))
        .limit(limit)
        .select(NoticeRow::as_select())
        .load(db.conn())?)
}

/// One notice of a person.
pub fn get(db: &mut Db, access: &Access, id: NoticeId, now: Time) -> Result<Option<NoticeRow>, Error> {
    Ok(notices::table
        .filter(notices::id.eq(id.0))
        .filter(shown!(access, now))
        .select(NoticeRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// How many notices a person has not read.
pub fn count_unread(db: &mut Db, access: &Access, now: Time) -> Result<i64, Error> {
    Ok(notices::table
        .filter(notices::read_at.is_null())
        .filter(shown!(access, now))
        .count()
        .get_result(db.conn())?)
}

/// Marks one notice of a person as read, or all. Gives how many were not.
pub fn mark_read(tx: &mut Tx, person: PersonId, one: Option<NoticeId>, at: Time) -> Result<usize, Error> {
    let unread = notices::table
        .filter(notices::person_id.eq(person.0))
        .filter(notices::read_at.is_null());
    let read = notices::read_at.eq(stamp(at));
    Ok(match one {
        Some(id) => diesel::update(unread.filter(notices::id.eq(id.0)))
            .set(read)
            .execute(tx.conn())?,
        None => diesel::update(unread).set(read).execute(tx.conn())?,
    })
}

/// Whoever opened a page knows what was to be told of its text. Gives how many notices that were.
pub fn note_opened(tx: &mut Tx, batch: &[Opened]) -> Result<usize, Error> {
    let told = [
        NoticeKind::Published,
        NoticeKind::Superseded,
        NoticeKind::Archived,
    ]
    .map(NoticeKind::as_str);
    let mut read = 0;
    for opened in batch {
        let mine = notices::table
            .filter(notices::person_id.eq(opened.person.0))
            .filter(notices::page_id.eq(opened.page.0))
            .filter(notices::read_at.is_null())
            .filter(notices::kind.eq_any(told))
            .filter(notices::at.le(stamp(opened.at)));
        read += diesel::update(mine)
            .set(notices::read_at.eq(stamp(opened.at)))
            .execute(tx.conn())?;
    }
    Ok(read)
}

/// Forgets what was read long ago.
pub fn sweep(tx: &mut Tx, read_before: Time) -> Result<usize, Error> {
    let old = notices::table
        .filter(not(notices::read_at.is_null()))
        .filter(notices::at.lt(stamp(read_before)));
    Ok(diesel::delete(old).execute(tx.conn())?)
}
