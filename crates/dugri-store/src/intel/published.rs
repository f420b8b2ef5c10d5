//! The outcome of reports by publication: a published revision that cites them closes them, in its own transaction.

use diesel::prelude::*;
use dugri_core::intel::IntelState;
use dugri_core::{
    Access, Event, IntelId, Language, PageId, PersonId, PublicId, PublicationId, RevisionId, Role, Time,
};

use super::parts::public_id_of;
use super::steps::{self, Step};
use super::{Visible, visible, word};
use crate::schema::{intel, pages, publications, revision_intel, revisions};
use crate::visible::spaces;
use crate::{Db, Error, Tx};

/// What a [`Citation`] is read from.
macro_rules! citation_columns {
    () => {
        (
            intel::id,
            publications::id,
            publications::number,
            publications::from_at,
            publications::published_by,
            (pages::id, pages::public_id, pages::slug, pages::language),
            (revisions::id, revisions::title, revisions::summary),
            publications::reason,
        )
    };
}

/// A publication that a report led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The report.
    pub intel: IntelId,
    /// The publication.
    pub publication: PublicationId,
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: PersonId,
    /// The page.
    pub page: PageId,
    /// Its public id.
    pub public_id: PublicId,
    /// The readable end of its address.
    pub slug: String,
    /// The language it is written in.
    pub language: Language,
    /// The revision.
    pub revision: RevisionId,
    /// Its title.
    pub title: String,
    /// What changed, in the author's words.
    pub summary: String,
    /// Why, in the publisher's words.
    pub reason: String,
}

/// Gives every report that a revision cites its outcome: published, by this publication. Records the events.
///
/// Called in the transaction that publishes. A merged report passes the outcome on to the one it became part of;
/// what cannot be published (nothing, today) is left alone. Returns the reports that were closed.
pub fn publish_cited(
    tx: &mut Tx,
    actor: PersonId,
    now: Time,
    page: PageId,
    revision: RevisionId,
    publication: PublicationId,
    number: i64,
) -> Result<Vec<IntelId>, Error> {
    let mut closed = Vec::new();
    for id in cited_roots(tx, revision)? {
        if steps::publish(tx, actor, now, id, publication)? != Step::Done {
            continue;
        }
        diesel::update(
            intel::table
                .filter(intel::id.eq(id.0))
                .filter(intel::page_id.is_null()),
        )
        .set(intel::page_id.eq(page.0))
        .execute(tx.conn())?;
        tx.record(
            Some(actor),
            now,
            Event::IntelPublished {
                intel: id,
                page,
                revision,
                number,
            },
        )?;
        closed.push(id);
    }
    Ok(closed)
}

/// Marks every report that a saved, not yet published revision cites as in work. Records the events.
pub fn start_cited(tx: &mut Tx, actor: PersonId, now: Time, revision: RevisionId) -> Result<(), Error> {
    for id in cited_roots(tx, revision)? {
        let open = matches!(
            steps::state(tx, id)?,
            Some(IntelState::New | IntelState::Acknowledged)
        );
        if open {
            // An open report can always be taken in work.
            let _ = steps::start_work(tx, actor, now, id)?;
        }
    }
    Ok(())
}

/// The reports that a revision cites, each as the one it became part of.
fn cited_roots(tx: &mut Tx, revision: RevisionId) -> Result<Vec<IntelId>, Error> {
    let cited: Vec<i64> = revision_intel::table
        .filter(revision_intel::revision_id.eq(revision.0))
        .order(revision_intel::intel_id)
        .select(revision_intel::intel_id)
        .load(tx.conn())?;
    let mut roots = Vec::new();
    for id in cited {
        if let Some(root) = steps::root(tx, IntelId(id))?
            && !roots.contains(&root)
        {
            roots.push(root);
        }
    }
    Ok(roots)
}

/// The publications of these reports that `access` may read: the outcome first, then other citing ones, newest first.
///
/// Whoever may not read the page learns nothing of it here, not even that it exists.
pub fn cited_by(db: &mut Db, access: &Access, now: Time, ids: &[IntelId]) -> Result<Vec<Citation>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut found = outcomes(db, access, now, &ids)?;
    let citing: Vec<CitationRow> = revision_intel::table
        .inner_join(intel::table)
        .inner_join(revisions::table.inner_join(pages::table))
        .inner_join(publications::table.on(publications::revision_id.eq(revision_intel::revision_id)))
        .filter(intel::id.eq_any(&ids))
        .filter(visible(access))
        .filter(pages::space_id.eq_any(spaces(access, Role::Reader)))
        .filter(publications::from_at.le(now.naive_utc()))
        .order(publications::id.desc())
        .select(citation_columns!())
        .load(db.conn())?;
    for row in citing {
        let citation = citation(row)?;
        let known = |c: &Citation| (c.intel, c.publication) == (citation.intel, citation.publication);
        if !found.iter().any(known) {
            found.push(citation);
        }
    }
    Ok(found)
}

type CitationRow = (
    i64,
    i64,
    i64,
    chrono::NaiveDateTime,
    i64,
    (i64, String, String, String),
    (i64, String, String),
    String,
);

/// The publications that stand in the reports' own rows as their outcome.
fn outcomes(db: &mut Db, access: &Access, now: Time, ids: &[i64]) -> Result<Vec<Citation>, Error> {
    let mine: Visible = visible(access);
    let rows: Vec<CitationRow> = intel::table
        .inner_join(publications::table.on(intel::publication_id.eq(publications::id.nullable())))
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .inner_join(pages::table.on(pages::id.eq(publications::page_id)))
        .filter(intel::id.eq_any(ids))
        .filter(mine)
        .filter(pages::space_id.eq_any(spaces(access, Role::Reader)))
        .filter(publications::from_at.le(now.naive_utc()))
        .order(intel::id)
        .select(citation_columns!())
        .load(db.conn())?;
    rows.into_iter().map(citation).collect()
}

fn citation(row: CitationRow) -> Result<Citation, Error> {
    let (intel, publication, number, at, by, page, revision, reason) = row;
    Ok(Citation {
        intel: IntelId(intel),
        publication: PublicationId(publication),
        number,
        at: at.and_utc(),
        by: PersonId(by),
        page: PageId(page.0),
        public_id: public_id_of(&page.1)?,
        slug: page.2,
        language: word(&page.3)?,
        revision: RevisionId(revision.0),
        title: revision.1,
        summary: revision.2,
        reason,
    })
}

/// The publication before a number on a page: its number and its revision.
pub fn previous_revision(db: &mut Db, page: PageId, number: i64) -> Result<Option<(i64, RevisionId)>, Error> {
    let row: Option<(i64, i64)> = publications::table
        .filter(publications::page_id.eq(page.0))
        .filter(publications::number.lt(number))
        .order(publications::number.desc())
        .select((publications::number, publications::revision_id))
        .first(db.conn())
        .optional()?;
    Ok(row.map(|(number, revision)| (number, RevisionId(revision))))
}

/// How the reports ended that these own, merged reports became part of. It is the merged one's own outcome too, so its
/// reporter may know it; nothing else of the other report is told.
pub fn ends_of_merged(
    db: &mut Db,
    access: &Access,
    ids: &[IntelId],
) -> Result<Vec<(IntelId, IntelState)>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let merged: Vec<i64> = intel::table
        .filter(intel::id.eq_any(ids))
        .filter(visible(access))
        .filter(intel::merged_into.is_not_null())
        .select(intel::id)
        .load(db.conn())?;
    let mut ends = Vec::new();
    for id in merged {
        if let Some(root) = steps::root(db, IntelId(id))? {
            let state: String = intel::table.find(root.0).select(intel::state).first(db.conn())?;
            ends.push((IntelId(id), word(&state)?));
        }
    }
    Ok(ends)
}
