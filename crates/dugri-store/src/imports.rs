//! Where imported pages came from and how they looked, so that a second import knows them and an export gives them back.

use diesel::prelude::*;
use dugri_core::{PageId, RevisionId};

use crate::schema::imports;
use crate::{Db, Error, Tx};

/// An imported page as it came.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = imports)]
pub struct ImportRow {
    /// The page that it became.
    #[diesel(deserialize_as = i64)]
    pub page_id: PageId,
    /// The revision that it became last.
    #[diesel(deserialize_as = i64)]
    pub revision_id: RevisionId,
    /// What it is known by when it comes again: its space with its own id or path.
    pub source_key: String,
    /// Where it lay in the folder.
    pub path: String,
    /// Its head with all bytes.
    pub front_matter: String,
    /// Its body, where the revision's differs: links to files and pages were rewritten.
    pub original: Option<String>,
    /// Which file each path in it became, as JSON: from paths in the folder to public ids.
    pub files: String,
}

/// The page that came under this key.
pub fn by_key(db: &mut Db, source_key: &str) -> Result<Option<ImportRow>, Error> {
    Ok(imports::table
        .filter(imports::source_key.eq(source_key))
        .select(ImportRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// How a page came, if it was imported.
pub fn of_page(db: &mut Db, page: PageId) -> Result<Option<ImportRow>, Error> {
    Ok(imports::table
        .find(page.0)
        .select(ImportRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// Keeps how a page came, or came again. The event is the caller's.
pub fn put(tx: &mut Tx, row: &ImportRow) -> Result<(), Error> {
    let values = || {
        (
            imports::revision_id.eq(row.revision_id.0),
            imports::source_key.eq(&row.source_key),
            imports::path.eq(&row.path),
            imports::front_matter.eq(&row.front_matter),
            imports::original.eq(row.original.as_deref()),
            imports::files.eq(&row.files),
        )
    };
    let updated = diesel::update(imports::table.find(row.page_id.0))
        .set(values())
        .execute(tx.conn())?;
    if updated == 0 {
        diesel::insert_into(imports::table)
            .values((imports::page_id.eq(row.page_id.0), values()))
            .execute(tx.conn())?;
    }
    Ok(())
}
