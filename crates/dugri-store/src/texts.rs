//! The texts of files: which file is to be read next, what became of it, and its pages. Derived from the bytes, so what is
//! lost is read again.

use std::collections::HashMap;

use diesel::prelude::*;
use dugri_core::texts::TextState;
use dugri_core::{Access, FileId, PageId, Role, Time};

use crate::columns::{OptStamp, stamp};
use crate::files::FileRow;
use crate::pages::{PageLine, page_lines};
use crate::schema::{
    file_pages, file_texts, files, kinds, pages, publications, revision_files, revisions, spaces,
};
use crate::visible;
use crate::{Db, Error, Tx};

/// What became of reading a file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = file_texts)]
pub struct FileTextRow {
    /// The file.
    #[diesel(deserialize_as = i64)]
    pub file_id: FileId,
    /// Whether its text can be found, and why not.
    #[diesel(deserialize_as = String)]
    pub state: TextState,
    /// The rules by which it was read; 0 before the first time.
    pub rules: i64,
    /// How often reading it was begun and did not end.
    pub tries: i64,
    /// Whether only the beginning of its text is kept.
    pub is_cut: bool,
    /// When it was read.
    #[diesel(deserialize_as = OptStamp)]
    pub read_at: Option<Time>,
}

/// A page of a file, or the whole text of one without pages.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = file_pages)]
pub struct FilePageRow {
    /// The number of the page or slide.
    pub number: Option<i64>,
    /// The text.
    pub text: String,
}

/// What came of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Whether there is a text.
    pub state: TextState,
    /// Its pages.
    pub pages: Vec<FilePageRow>,
    /// Whether only the beginning of the text is kept.
    pub is_cut: bool,
    /// The rules by which it was read.
    pub rules: i64,
}

/// A new file waits to be read.
pub(crate) fn wait(tx: &mut Tx, file: FileId) -> Result<(), Error> {
    diesel::insert_into(file_texts::table)
        .values((
            file_texts::file_id.eq(file.0),
            file_texts::state.eq(TextState::Waiting.as_str()),
            file_texts::rules.eq(0),
            file_texts::tries.eq(0),
            file_texts::is_cut.eq(false),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The next file that was not read by these rules, whoever may read it, and how often that was begun.
pub fn next_unfiltered(db: &mut Db, rules: i64) -> Result<Option<(FileRow, i64)>, Error> {
    Ok(files::table
        .inner_join(file_texts::table)
        .filter(file_texts::rules.lt(rules))
        .order((file_texts::rules.asc(), file_texts::file_id.asc()))
        .select((FileRow::as_select(), file_texts::tries))
        .first(db.conn())
        .optional()?)
}

/// Notes that reading a file begins: what ends the whole process must not do so for ever.
pub fn begin(tx: &mut Tx, file: FileId) -> Result<(), Error> {
    diesel::update(file_texts::table.find(file.0))
        .set(file_texts::tries.eq(file_texts::tries + 1))
        .execute(tx.conn())?;
    Ok(())
}

/// Keeps what came of reading a file, unless another node was faster. The event is the caller's.
pub fn keep(tx: &mut Tx, file: FileId, reading: &Reading, now: Time) -> Result<bool, Error> {
    let waiting = file_texts::table
        .find(file.0)
        .filter(file_texts::rules.lt(reading.rules));
    let changed = diesel::update(waiting)
        .set((
            file_texts::state.eq(reading.state.as_str()),
            file_texts::rules.eq(reading.rules),
            file_texts::tries.eq(0),
            file_texts::is_cut.eq(reading.is_cut),
            file_texts::read_at.eq(stamp(now)),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Ok(false);
    }
    diesel::delete(file_pages::table.filter(file_pages::file_id.eq(file.0))).execute(tx.conn())?;
    for (part, page) in (1..).zip(&reading.pages) {
        diesel::insert_into(file_pages::table)
            .values((
                file_pages::file_id.eq(file.0),
                file_pages::part.eq(part),
                file_pages::number.eq(page.number),
                file_pages::text.eq(&page.text),
            ))
            .execute(tx.conn())?;
    }
    Ok(true)
}

/// The pages of a file in order. It must have been loaded under the reader's rights.
pub fn pages(db: &mut Db, file: FileId) -> Result<Vec<FilePageRow>, Error> {
    Ok(file_pages::table
        .filter(file_pages::file_id.eq(file.0))
        .order(file_pages::part.asc())
        .select(FilePageRow::as_select())
        .load(db.conn())?)
}

/// What became of reading these files. They must have been loaded under the reader's rights.
pub fn of_files(db: &mut Db, ids: &[FileId]) -> Result<HashMap<FileId, FileTextRow>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<FileTextRow> = file_texts::table
        .filter(file_texts::file_id.eq_any(keys))
        .select(FileTextRow::as_select())
        .load(db.conn())?;
    Ok(rows.into_iter().map(|row| (row.file_id, row)).collect())
}

/// The pages of which any text uses a file, whoever may read them.
pub fn used_by_unfiltered(db: &mut Db, file: FileId) -> Result<Vec<PageId>, Error> {
    let keys: Vec<i64> = revision_files::table
        .inner_join(revisions::table)
        .filter(revision_files::file_id.eq(file.0))
        .select(revisions::page_id)
        .distinct()
        .load(db.conn())?;
    Ok(keys.into_iter().map(PageId).collect())
}

/// The published, living pages that the reader answers for, or may publish, with a file whose words can't be found.
pub fn list_trouble(
    db: &mut Db,
    access: &Access,
    now: Time,
    limit: i64,
) -> Result<Vec<(PageLine, FileRow, TextState)>, Error> {
    let troubles: Vec<&str> = TextState::ALL
        .iter()
        .filter(|state| state.is_trouble())
        .map(|state| state.as_str())
        .collect();
    let found: Vec<(i64, FileRow, String)> = revision_files::table
        .inner_join(files::table.inner_join(file_texts::table))
        .inner_join(revisions::table)
        .inner_join(publications::table.on(publications::revision_id.eq(revisions::id)))
        .inner_join(pages::table.on(pages::id.eq(publications::page_id)))
        .filter(file_texts::state.eq_any(troubles))
        .filter(visible::published_at!(now))
        .filter(pages::space_id.eq_any(visible::spaces(access, Role::Reader)))
        .filter(pages::successor_id.is_null())
        .filter(pages::archived_at.is_null())
        .filter(
            pages::space_id
                .eq_any(visible::spaces(access, Role::Publisher))
                .or(pages::owner_id.eq(access.person.0).assume_not_null()),
        )
        .order((publications::id.desc(), files::id.desc()))
        .limit(limit)
        .select((pages::id, FileRow::as_select(), file_texts::state))
        .load(db.conn())?;
    let ids: Vec<i64> = found.iter().map(|(page, ..)| *page).collect();
    let lines: Vec<PageLine> = page_lines!(access, now)
        .filter(pages::id.eq_any(ids))
        .load(db.conn())?;
    Ok(found
        .into_iter()
        .filter_map(|(page, file, state)| {
            let line = lines.iter().find(|line| line.page.id == PageId(page))?;
            Some((line.clone(), file, state.parse().ok()?))
        })
        .collect())
}
