//! Publications: append-only rows that say what readers get, from when until when, and that give the numbers `vN`.

use diesel::prelude::*;
use dugri_core::{PageId, PersonId, PublicationId, RevisionId, Time};

use crate::columns::{OptStamp, Stamp, stamp};
use crate::names::PersonName;
use crate::revisions::RevisionRow;
use crate::schema::{people, publications, revisions, verifications};
use crate::visible::published_at;
use crate::{Db, Error, Tx};

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = publications)]
pub struct PublicationRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: PublicationId,
    /// The page.
    #[diesel(deserialize_as = i64)]
    pub page_id: PageId,
    /// What readers get.
    #[diesel(deserialize_as = i64)]
    pub revision_id: RevisionId,
    /// The N of `vN`, dense per page from 1.
    pub number: i64,
    /// From when.
    #[diesel(deserialize_as = Stamp)]
    pub from_at: Time,
    /// Until when, if it expires by itself.
    #[diesel(deserialize_as = OptStamp)]
    pub until_at: Option<Time>,
    /// Who published it.
    #[diesel(deserialize_as = i64)]
    pub published_by: PersonId,
    /// When that was done.
    #[diesel(deserialize_as = Stamp)]
    pub published_at: Time,
    /// Why it changed, in the publisher's words.
    pub reason: String,
    /// Whether holders of older copies must be told.
    pub material: bool,
}

/// A publication to add.
#[derive(Debug, Clone)]
pub struct NewPublication {
    /// The page.
    pub page: PageId,
    /// What readers will get.
    pub revision: RevisionId,
    /// From when.
    pub from_at: Time,
    /// Until when.
    pub until_at: Option<Time>,
    /// Who publishes.
    pub by: PersonId,
    /// When that is done.
    pub at: Time,
    /// Why.
    pub reason: String,
    /// Whether it is material.
    pub material: bool,
    /// The digest that the approval binds to.
    pub digest: String,
}

/// Publishes a revision under the page's next number. The event is the caller's.
pub fn add(tx: &mut Tx, new: &NewPublication) -> Result<PublicationRow, Error> {
    let last: Option<i64> = publications::table
        .filter(publications::page_id.eq(new.page.0))
        .select(diesel::dsl::max(publications::number))
        .first(tx.conn())?;
    let number = last.unwrap_or(0) + 1;
    let id = diesel::insert_into(publications::table)
        .values((
            publications::page_id.eq(new.page.0),
            publications::revision_id.eq(new.revision.0),
            publications::number.eq(number),
            publications::from_at.eq(stamp(new.from_at)),
            publications::until_at.eq(new.until_at.map(stamp)),
            publications::published_by.eq(new.by.0),
            publications::published_at.eq(stamp(new.at)),
            publications::reason.eq(&new.reason),
            publications::material.eq(new.material),
            publications::digest.eq(&new.digest),
        ))
        .returning(publications::id)
        .get_result::<i64>(tx.conn())?;
    Ok(PublicationRow {
        id: PublicationId(id),
        page_id: new.page,
        revision_id: new.revision,
        number,
        from_at: new.from_at,
        until_at: new.until_at,
        published_by: new.by,
        published_at: new.at,
        reason: new.reason.clone(),
        material: new.material,
    })
}

/// What readers of a page get at `now`: the one accessor of the published text.
///
/// The page must have been loaded under the reader's rights.
pub fn published(db: &mut Db, page: PageId, now: Time) -> Result<Option<PublicationRow>, Error> {
    Ok(publications::table
        .filter(publications::page_id.eq(page.0))
        .filter(published_at!(now))
        .select(PublicationRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// `vN` of a page, once it has begun: what was published stays readable for ever.
pub fn numbered(db: &mut Db, page: PageId, number: i64, now: Time) -> Result<Option<PublicationRow>, Error> {
    Ok(publications::table
        .filter(publications::page_id.eq(page.0))
        .filter(publications::number.eq(number))
        .filter(publications::from_at.le(stamp(now)))
        .select(PublicationRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// All begun publications of a page with what they published, who wrote it and who published it; newest first.
pub fn list(
    db: &mut Db,
    page: PageId,
    now: Time,
) -> Result<Vec<(PublicationRow, RevisionRow, PersonName)>, Error> {
    Ok(publications::table
        .inner_join(revisions::table)
        .inner_join(people::table.on(people::id.eq(publications::published_by)))
        .filter(publications::page_id.eq(page.0))
        .filter(publications::from_at.le(stamp(now)))
        .order(publications::number.desc())
        .select((
            PublicationRow::as_select(),
            RevisionRow::as_select(),
            PersonName::as_select(),
        ))
        .load(db.conn())?)
}

/// All publications of a page, begun or not, by number: for followers, export and editors.
pub fn list_unfiltered(db: &mut Db, page: PageId) -> Result<Vec<PublicationRow>, Error> {
    Ok(publications::table
        .filter(publications::page_id.eq(page.0))
        .order(publications::number.asc())
        .select(PublicationRow::as_select())
        .load(db.conn())?)
}

/// That somebody checked a revision.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = verifications)]
pub struct VerificationRow {
    /// The page.
    #[diesel(deserialize_as = i64)]
    pub page_id: PageId,
    /// What was checked.
    #[diesel(deserialize_as = i64)]
    pub revision_id: RevisionId,
    /// When.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
    /// Until when it holds.
    #[diesel(deserialize_as = Stamp)]
    pub until: Time,
    /// What was checked, in words.
    pub note: String,
}

/// Records a verification. The event is the caller's.
pub fn verify(tx: &mut Tx, by: PersonId, row: &VerificationRow) -> Result<(), Error> {
    diesel::insert_into(verifications::table)
        .values((
            verifications::page_id.eq(row.page_id.0),
            verifications::revision_id.eq(row.revision_id.0),
            verifications::verified_by.eq(by.0),
            verifications::at.eq(stamp(row.at)),
            verifications::until.eq(stamp(row.until)),
            verifications::note.eq(&row.note),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The verifications of the pages with who made them, oldest first. The pages must have been loaded under rights.
pub fn verifications(db: &mut Db, pages: &[PageId]) -> Result<Vec<(VerificationRow, PersonName)>, Error> {
    let keys: Vec<i64> = pages.iter().map(|id| id.0).collect();
    Ok(verifications::table
        .inner_join(people::table)
        .filter(verifications::page_id.eq_any(keys))
        .order(verifications::id.asc())
        .select((VerificationRow::as_select(), PersonName::as_select()))
        .load(db.conn())?)
}
