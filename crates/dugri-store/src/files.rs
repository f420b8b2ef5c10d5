//! Files: rows about bytes that lie in the blob store under their hash. Readable through any readable page that uses them.

use diesel::prelude::*;
use dugri_core::{Access, FileId, IntelId, PageId, PersonId, PublicId, Role, SpaceId, Time};

use crate::columns::{OptId, Stamp, stamp};
use crate::schema::{files, intel, publications, revision_files, revisions};
use crate::visible::{self, published_at};
use crate::{Db, Error, Tx};

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = files)]
pub struct FileRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: FileId,
    /// The permanent id in addresses.
    #[diesel(deserialize_as = String)]
    pub public_id: PublicId,
    /// Where it belongs.
    #[diesel(deserialize_as = i64)]
    pub space_id: SpaceId,
    /// The page that it was uploaded for.
    #[diesel(deserialize_as = OptId)]
    pub page_id: Option<PageId>,
    /// The report that it was sent with.
    #[diesel(deserialize_as = OptId)]
    pub intel_id: Option<IntelId>,
    /// The name as the uploader's machine had it; a label, never a path.
    pub name: String,
    /// The type, by content.
    pub media_type: String,
    /// SHA-256 of the bytes in hex: the name in the blob store.
    pub hash: String,
    /// The size in bytes.
    pub size: i64,
    /// Who uploaded it.
    #[diesel(deserialize_as = i64)]
    pub uploaded_by: PersonId,
    /// When.
    #[diesel(deserialize_as = Stamp)]
    pub at: Time,
}

/// A file to add; its bytes are durable already.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its permanent id.
    pub public_id: PublicId,
    /// Where it belongs.
    pub space: SpaceId,
    /// The page that it is for.
    pub page: Option<PageId>,
    /// The report that it came with.
    pub intel: Option<IntelId>,
    /// Its name.
    pub name: String,
    /// Its type, by content.
    pub media_type: String,
    /// SHA-256 of the bytes in hex.
    pub hash: String,
    /// The size in bytes.
    pub size: i64,
    /// Who uploads it.
    pub by: PersonId,
    /// When.
    pub at: Time,
    /// The client's own id of this request, unique per person.
    pub client_id: Option<String>,
}

/// Adds a file's row; it waits to be read for its text. The event is the caller's.
pub fn add(tx: &mut Tx, new: &NewFile) -> Result<FileId, Error> {
    let id = diesel::insert_into(files::table)
        .values((
            files::public_id.eq(new.public_id.as_str()),
            files::space_id.eq(new.space.0),
            files::page_id.eq(new.page.map(|id| id.0)),
            files::intel_id.eq(new.intel.map(|id| id.0)),
            files::name.eq(&new.name),
            files::media_type.eq(&new.media_type),
            files::hash.eq(&new.hash),
            files::size.eq(new.size),
            files::uploaded_by.eq(new.by.0),
            files::at.eq(stamp(new.at)),
            files::client_id.eq(new.client_id.as_deref()),
        ))
        .returning(files::id)
        .get_result::<i64>(tx.conn())?;
    crate::texts::wait(tx, FileId(id))?;
    Ok(FileId(id))
}

/// The file that this person already uploaded under this client id.
pub fn by_client_id(db: &mut Db, person: PersonId, client_id: &str) -> Result<Option<FileRow>, Error> {
    Ok(files::table
        .filter(files::uploaded_by.eq(person.0))
        .filter(files::client_id.eq(client_id))
        .select(FileRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The file of a public id, if the reader may read it: through a published text that uses it, as a contributor of its
/// space, as its uploader, or through a report that the reader may read.
pub fn find(db: &mut Db, access: &Access, id: &PublicId, now: Time) -> Result<Option<FileRow>, Error> {
    let through_a_page = diesel::dsl::exists(
        revision_files::table
            .inner_join(revisions::table)
            .inner_join(publications::table.on(publications::revision_id.eq(revision_files::revision_id)))
            .inner_join(crate::schema::pages::table.on(crate::schema::pages::id.eq(publications::page_id)))
            .filter(revision_files::file_id.eq(files::id))
            .filter(crate::schema::pages::space_id.eq_any(visible::spaces(access, Role::Reader)))
            .filter(published_at!(now)),
    );
    let through_a_report = diesel::dsl::exists(
        intel::table
            .filter(files::intel_id.eq(intel::id.nullable()))
            .filter(
                intel::reporter_id
                    .eq(access.person.0)
                    .or(intel::space_id.eq_any(visible::spaces(access, Role::Editor))),
            ),
    );
    let in_the_space = files::intel_id
        .is_null()
        .and(files::space_id.eq_any(visible::spaces(access, Role::Contributor)));
    Ok(files::table
        .filter(files::public_id.eq(id.as_str()))
        .filter(
            files::uploaded_by
                .eq(access.person.0)
                .or(in_the_space)
                .or(through_a_page)
                .or(through_a_report),
        )
        .select(FileRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The files that a revision uses, by name. The revision must have been loaded under the reader's rights.
pub fn of_revision(db: &mut Db, revision: dugri_core::RevisionId) -> Result<Vec<FileRow>, Error> {
    Ok(files::table
        .inner_join(revision_files::table)
        .filter(revision_files::revision_id.eq(revision.0))
        .order(files::name.asc())
        .select(FileRow::as_select())
        .load(db.conn())?)
}

/// The files uploaded for a page, newest first. For contributors of its space only.
pub fn of_page(db: &mut Db, page: PageId) -> Result<Vec<FileRow>, Error> {
    Ok(files::table
        .filter(files::page_id.eq(page.0))
        .order(files::id.desc())
        .select(FileRow::as_select())
        .load(db.conn())?)
}

/// The files sent with a report. The report must have been loaded under the reader's rights.
pub fn of_intel(db: &mut Db, intel: IntelId) -> Result<Vec<FileRow>, Error> {
    Ok(files::table
        .filter(files::intel_id.eq(intel.0))
        .order(files::id.asc())
        .select(FileRow::as_select())
        .load(db.conn())?)
}

/// Which of the files a page of this space may use: those of the space, and those the writer uploaded.
pub fn usable(
    db: &mut Db,
    access: &Access,
    space: SpaceId,
    ids: &[PublicId],
) -> Result<Vec<(PublicId, FileId)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = ids.iter().map(PublicId::to_string).collect();
    let rows = files::table
        .filter(files::public_id.eq_any(ids))
        .filter(
            files::space_id
                .eq(space.0)
                .or(files::uploaded_by.eq(access.person.0)),
        )
        .filter(
            files::space_id
                .eq_any(visible::spaces(access, Role::Contributor))
                .or(files::uploaded_by.eq(access.person.0)),
        )
        .select((files::public_id, files::id))
        .load::<(String, i64)>(db.conn())?;
    Ok(rows
        .into_iter()
        .filter_map(|(public, id)| Some((PublicId::parse(&public)?, FileId(id))))
        .collect())
}

/// Puts the files that belong to a page alone into another space: those uploaded for it, and those of its space that its
/// texts use and no other page's do. Says which they were.
pub fn move_with_page(tx: &mut Tx, page: PageId, from: SpaceId, to: SpaceId) -> Result<Vec<FileId>, Error> {
    let here = diesel::dsl::exists(
        revision_files::table
            .inner_join(revisions::table)
            .filter(revision_files::file_id.eq(files::id))
            .filter(revisions::page_id.eq(page.0)),
    );
    let elsewhere = diesel::dsl::exists(
        revision_files::table
            .inner_join(revisions::table)
            .filter(revision_files::file_id.eq(files::id))
            .filter(revisions::page_id.ne(page.0)),
    );
    let moved: Vec<i64> = files::table
        .filter(files::space_id.eq(from.0))
        .filter(files::intel_id.is_null())
        .filter(
            files::page_id
                .eq(page.0)
                .assume_not_null()
                .or(here.and(diesel::dsl::not(elsewhere))),
        )
        .select(files::id)
        .load(tx.conn())?;
    let moved: Vec<FileId> = moved.into_iter().map(FileId).collect();
    set_space(tx, &moved, to)?;
    Ok(moved)
}

/// Lets a revision use those files of another revision that are named, wherever they lie: who may read the text may read
/// what it shows. Both revisions must have been loaded under rights.
pub fn carry(
    tx: &mut Tx,
    from: dugri_core::RevisionId,
    to: dugri_core::RevisionId,
    named: &[PublicId],
) -> Result<(), Error> {
    let there = of_revision(tx, to)?;
    for file in of_revision(tx, from)? {
        if named.contains(&file.public_id) && there.iter().all(|known| known.id != file.id) {
            diesel::insert_into(revision_files::table)
                .values((
                    revision_files::revision_id.eq(to.0),
                    revision_files::file_id.eq(file.id.0),
                ))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}

/// Puts files into a space.
pub fn set_space(tx: &mut Tx, ids: &[FileId], space: SpaceId) -> Result<(), Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    diesel::update(files::table.filter(files::id.eq_any(keys)))
        .set(files::space_id.eq(space.0))
        .execute(tx.conn())?;
    Ok(())
}

/// The rows of public ids, whoever asks: for import and export.
pub fn rows_unfiltered(db: &mut Db, ids: &[PublicId]) -> Result<Vec<FileRow>, Error> {
    let ids: Vec<String> = ids.iter().map(PublicId::to_string).collect();
    Ok(files::table
        .filter(files::public_id.eq_any(ids))
        .select(FileRow::as_select())
        .load(db.conn())?)
}

/// Every distinct hash that a row names, for sweeping bytes without a row.
pub fn hashes_unfiltered(db: &mut Db) -> Result<Vec<String>, Error> {
    Ok(files::table.select(files::hash).distinct().load(db.conn())?)
}
