//! Homes: which one somebody chose, up to when they are up to date, and what happened to pages since.

use std::collections::HashMap;

use diesel::prelude::*;
use dugri_core::homes::HomeView;
use dugri_core::{Access, IntelId, PageId, PersonId, RevisionId, Role, Time};

use crate::columns::{OptStamp, OptWord, stamp};
use crate::pages::{DraftLine, PageLine, draft_lines, page_lines};
use crate::schema::{
    changes, events, homes, intel, kinds, pages, publications, revision_intel, revisions, spaces,
    verifications, visits, watches,
};
use crate::visible;
use crate::{Db, Error, Tx};

/// What is kept of somebody's home.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = homes)]
pub struct HomeRow {
    /// The home they chose.
    #[diesel(deserialize_as = OptWord)]
    pub chosen: Option<HomeView>,
    /// Up to when they marked all as read.
    #[diesel(deserialize_as = OptStamp)]
    pub caught_up_at: Option<Time>,
}

/// What is kept of a person's home.
pub fn get(db: &mut Db, person: PersonId) -> Result<HomeRow, Error> {
    Ok(homes::table
        .find(person.0)
        .select(HomeRow::as_select())
        .first(db.conn())
        .optional()?
        .unwrap_or_default())
}

/// Keeps what is given of a person's home. The event is the caller's.
pub fn set(tx: &mut Tx, person: PersonId, row: &HomeRow) -> Result<(), Error> {
    let values = (
        homes::chosen.eq(row.chosen.map(HomeView::as_str)),
        homes::caught_up_at.eq(row.caught_up_at.map(stamp)),
    );
    let updated = diesel::update(homes::table.find(person.0))
        .set(values)
        .execute(tx.conn())?;
    if updated == 0 {
        diesel::insert_into(homes::table)
            .values((homes::person_id.eq(person.0), values))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// What was published by others since a moment and the reader has not opened yet, newest first; minor changes are left out.
/// `material`: only those that holders of older copies must know of, or only the others.
pub fn list_unseen(
    db: &mut Db,
    access: &Access,
    since: Time,
    material: bool,
    now: Time,
    limit: i64,
) -> Result<Vec<PageLine>, Error> {
    Ok(page_lines!(access, now)
        .filter(publications::from_at.gt(stamp(since)))
        .filter(publications::published_by.ne(access.person.0))
        .filter(publications::material.eq(material))
        .filter(revisions::minor.eq(false))
        .filter(pages::successor_id.is_null())
        .filter(pages::archived_at.is_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(
            visits::table
                .filter(visits::person_id.eq(access.person.0))
                .filter(visits::page_id.eq(pages::id))
                .filter(visits::number.ge(publications::number)),
        )))
        .order((publications::from_at.desc(), publications::id.desc()))
        .limit(limit)
        .load(db.conn())?)
}

/// A page that got its successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The page.
    pub line: PageLine,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: Option<PersonId>,
}

/// Pages that were superseded by others since a moment and that the reader has not opened after it, newest first.
pub fn list_replaced(
    db: &mut Db,
    access: &Access,
    since: Time,
    now: Time,
    limit: i64,
) -> Result<Vec<Replaced>, Error> {
    let happened: Vec<(i64, chrono::NaiveDateTime, Option<i64>)> = events::table
        .filter(events::kind.eq("page_superseded"))
        .filter(events::at.gt(stamp(since)))
        .filter(
            events::actor_id
                .is_null()
                .or(events::actor_id.ne(access.person.0)),
        )
        .order(events::id.desc())
        .limit(limit)
        .select((events::subject_id, events::at, events::actor_id))
        .load(db.conn())?;
    let ids: Vec<i64> = happened.iter().map(|(page, ..)| *page).collect();
    let lines: Vec<PageLine> = page_lines!(access, now)
        .filter(pages::id.eq_any(&ids))
        .filter(pages::successor_id.is_not_null())
        .load(db.conn())?;
    let opened: Vec<(i64, chrono::NaiveDateTime)> = visits::table
        .filter(visits::person_id.eq(access.person.0))
        .filter(visits::page_id.eq_any(&ids))
        .select((visits::page_id, visits::at))
        .load(db.conn())?;
    let mut replaced: Vec<Replaced> = Vec::new();
    for (page, at, by) in happened {
        let is_known = replaced.iter().any(|known| known.line.page.id.0 == page);
        let is_seen = opened.iter().any(|(seen, when)| *seen == page && *when >= at);
        let line = lines.iter().find(|line| line.page.id.0 == page);
        if let Some(line) = line.filter(|_| !is_known && !is_seen) {
            replaced.push(Replaced {
                line: line.clone(),
                at: at.and_utc(),
                by: by.map(PersonId),
            });
        }
    }
    Ok(replaced)
}

/// The published, living pages whose next check is not after `horizon`, in spaces where the reader may verify or that the
/// reader answers for. The next check is the end of the last verification, else publication plus the kind's review period.
pub fn list_to_verify(
    db: &mut Db,
    access: &Access,
    horizon: Time,
    now: Time,
    limit: i64,
) -> Result<Vec<PageLine>, Error> {
    macro_rules! mine {
        () => {
            page_lines!(access, now)
                .filter(pages::successor_id.is_null())
                .filter(pages::archived_at.is_null())
                .filter(
                    pages::space_id
                        .eq_any(visible::spaces(access, Role::Publisher))
                        .or(pages::owner_id.eq(access.person.0).assume_not_null()),
                )
        };
    }
    let mut found: Vec<PageLine> = mine!()
        .filter(diesel::dsl::exists(
            verifications::table
                .filter(verifications::page_id.eq(pages::id))
                .filter(verifications::until.le(stamp(horizon)))
                .filter(diesel::dsl::sql::<diesel::sql_types::Bool>(
                    "verifications.id = (SELECT MAX(last.id) FROM verifications last WHERE last.page_id = pages.id)",
                )),
        ))
        .order(publications::from_at.asc())
        .limit(limit)
        .load(db.conn())?;
    for kind in crate::kinds::list(db)? {
        let Some(days) = kind.review_days else { continue };
        let published_until = horizon - chrono::Duration::days(days.into());
        found.extend(
            mine!()
                .filter(kinds::id.eq(kind.id.0))
                .filter(publications::from_at.le(stamp(published_until)))
                .filter(diesel::dsl::not(diesel::dsl::exists(
                    verifications::table.filter(verifications::page_id.eq(pages::id)),
                )))
                .order(publications::from_at.asc())
                .limit(limit)
                .load::<PageLine>(db.conn())?,
        );
    }
    Ok(found)
}

/// Never published pages that the reader began, newest first.
pub fn list_own_drafts(db: &mut Db, access: &Access, limit: i64) -> Result<Vec<DraftLine>, Error> {
    Ok(draft_lines!(access)
        .filter(pages::created_by.eq(access.person.0))
        .order(revisions::id.desc())
        .limit(limit)
        .load(db.conn())?)
}

/// The pages with a change that waits and that the reader may publish, by the change opened first. In open spaces those of
/// others, in reviewed ones too; never published pages are drafts and no reviews.
pub fn list_reviews(
    db: &mut Db,
    access: &Access,
    now: Time,
    limit: i64,
) -> Result<Vec<(PageLine, dugri_core::ChangeId)>, Error> {
    let open: Vec<(i64, i64)> = changes::table
        .inner_join(pages::table.inner_join(spaces::table))
        .filter(changes::state.eq("open"))
        .filter(changes::author_id.ne(access.person.0))
        .filter(pages::archived_at.is_null())
        .filter(
            pages::space_id
                .eq_any(visible::spaces(access, Role::Publisher))
                .or(spaces::policy
                    .eq("open")
                    .and(pages::space_id.eq_any(visible::spaces(access, Role::Editor)))),
        )
        .order(changes::id.asc())
        .limit(limit)
        .select((changes::page_id, changes::id))
        .load(db.conn())?;
    let ids: Vec<i64> = open.iter().map(|(page, _)| *page).collect();
    let lines: Vec<PageLine> = page_lines!(access, now)
        .filter(pages::id.eq_any(ids))
        .load(db.conn())?;
    Ok(open
        .into_iter()
        .filter_map(|(page, change)| {
            let line = lines.iter().find(|line| line.page.id == PageId(page))?;
            Some((line.clone(), dugri_core::ChangeId(change)))
        })
        .collect())
}

/// What the reader follows among the published pages: watched themselves, by topic, by space, by publisher; newest first.
pub fn list_watched(db: &mut Db, access: &Access, now: Time, limit: i64) -> Result<Vec<PageLine>, Error> {
    use crate::schema::{revision_topics, topics};
    let own = || {
        watches::table
            .filter(watches::person_id.eq(access.person.0))
            .filter(watches::muted.eq(false))
    };
    let targets = |kind: &'static str| own().filter(watches::kind.eq(kind)).select(watches::target_id);
    Ok(page_lines!(access, now)
        .filter(
            pages::id
                .eq_any(targets("page"))
                .or(pages::space_id.eq_any(targets("space")))
                .or(publications::published_by.eq_any(targets("person")))
                .or(diesel::dsl::exists(
                    revision_topics::table
                        .inner_join(topics::table)
                        .filter(revision_topics::revision_id.eq(revisions::id))
                        .filter(
                            topics::id
                                .eq_any(targets("topic"))
                                .or(topics::merged_into.eq_any(targets("topic").nullable())),
                        ),
                )),
        )
        .order((publications::from_at.desc(), publications::id.desc()))
        .limit(limit)
        .load(db.conn())?)
}

/// Which of the reader's own reports, and how many reports in all, each revision cites.
pub fn cited_reports(
    db: &mut Db,
    person: PersonId,
    ids: &[RevisionId],
) -> Result<HashMap<RevisionId, Cited>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<(i64, i64, i64)> = revision_intel::table
        .inner_join(intel::table)
        .filter(revision_intel::revision_id.eq_any(keys))
        .order(intel::id.asc())
        .select((revision_intel::revision_id, intel::id, intel::reporter_id))
        .load(db.conn())?;
    let mut cited: HashMap<RevisionId, Cited> = HashMap::new();
    for (revision, report, reporter) in rows {
        let entry = cited.entry(RevisionId(revision)).or_default();
        entry.reports += 1;
        if reporter == person.0 {
            entry.own.get_or_insert(IntelId(report));
        }
    }
    Ok(cited)
}

/// The reports behind a revision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cited {
    /// How many. What they say and who wrote them is not told here.
    pub reports: usize,
    /// One of the reader's own among them.
    pub own: Option<IntelId>,
}
