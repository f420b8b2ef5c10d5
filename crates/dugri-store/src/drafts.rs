//! What people are writing and have not saved, and who has which page open for writing.
//!
//! A draft is its writer's alone: every function asks for the person, and nobody else's row can be reached. It lies
//! under the key that the form's save will carry, so that a save and its draft find each other.

use diesel::prelude::*;
use dugri_core::{ChangeId, PageId, PersonId, RevisionId, Time};

use crate::columns::{OptId, OptStamp, Stamp, stamp};
use crate::names::PersonName;
use crate::schema::{drafts, editing, pages, people, revisions};
use crate::{Db, Error, Tx};

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = drafts)]
pub struct DraftRow {
    /// The key: that of the form, and of the save that will come of it.
    pub client_id: String,
    /// The page; none where it does not exist yet.
    #[diesel(deserialize_as = OptId)]
    pub page_id: Option<PageId>,
    /// The revision that the writer began from.
    #[diesel(deserialize_as = OptId)]
    pub base_revision_id: Option<RevisionId>,
    /// The pending change that it goes on with.
    #[diesel(deserialize_as = OptId)]
    pub change_id: Option<ChangeId>,
    /// Counts its saves.
    pub version: i64,
    /// The tab that wrote it last.
    pub tab: String,
    /// The fields of the form, as JSON.
    pub form: String,
    /// When it was begun.
    #[diesel(deserialize_as = Stamp)]
    pub begun_at: Time,
    /// When it was last saved.
    #[diesel(deserialize_as = Stamp)]
    pub saved_at: Time,
    /// When it was given up.
    #[diesel(deserialize_as = OptStamp)]
    pub discarded_at: Option<Time>,
}

/// A draft to keep.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// The key.
    pub client_id: String,
    /// The page.
    pub page: Option<PageId>,
    /// The revision that the writer began from.
    pub base: Option<RevisionId>,
    /// The pending change that it goes on with.
    pub change: Option<ChangeId>,
    /// The tab that writes.
    pub tab: String,
    /// The fields of the form, as JSON.
    pub form: String,
}

/// A draft of this person, given up or not.
pub fn find(db: &mut Db, person: PersonId, client_id: &str) -> Result<Option<DraftRow>, Error> {
    Ok(drafts::table
        .filter(drafts::person_id.eq(person.0))
        .filter(drafts::client_id.eq(client_id))
        .select(DraftRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// All drafts of this person, the last saved first; those given up too.
pub fn list(db: &mut Db, person: PersonId) -> Result<Vec<DraftRow>, Error> {
    Ok(drafts::table
        .filter(drafts::person_id.eq(person.0))
        .order((drafts::saved_at.desc(), drafts::id.desc()))
        .select(DraftRow::as_select())
        .load(db.conn())?)
}

/// The drafts of a page that this person has not given up, the last saved first.
pub fn list_of_page(db: &mut Db, person: PersonId, page: PageId) -> Result<Vec<DraftRow>, Error> {
    Ok(drafts::table
        .filter(drafts::person_id.eq(person.0))
        .filter(drafts::page_id.eq(page.0))
        .filter(drafts::discarded_at.is_null())
        .order((drafts::saved_at.desc(), drafts::id.desc()))
        .select(DraftRow::as_select())
        .load(db.conn())?)
}

/// How many drafts this person has that were not given up.
pub fn count(db: &mut Db, person: PersonId) -> Result<i64, Error> {
    Ok(drafts::table
        .filter(drafts::person_id.eq(person.0))
        .filter(drafts::discarded_at.is_null())
        .count()
        .get_result(db.conn())?)
}

/// Whether a save already came of this key: a page that was begun, or a revision.
pub fn is_saved(db: &mut Db, person: PersonId, client_id: &str) -> Result<bool, Error> {
    let page = pages::table
        .filter(pages::created_by.eq(person.0))
        .filter(pages::client_id.eq(client_id));
    let revision = revisions::table
        .filter(revisions::author_id.eq(person.0))
        .filter(revisions::client_id.eq(client_id));
    Ok(
        diesel::select(diesel::dsl::exists(page)).get_result::<bool>(db.conn())?
            || diesel::select(diesel::dsl::exists(revision)).get_result::<bool>(db.conn())?,
    )
}

/// Keeps a draft and gives its version. One that was given up is one again.
pub fn put(tx: &mut Tx, person: PersonId, new: &NewDraft, now: Time) -> Result<i64, Error> {
    let own = drafts::table
        .filter(drafts::person_id.eq(person.0))
        .filter(drafts::client_id.eq(&new.client_id));
    let known: Option<i64> = diesel::update(own)
        .set((
            drafts::base_revision_id.eq(new.base.map(|id| id.0)),
            drafts::change_id.eq(new.change.map(|id| id.0)),
            drafts::version.eq(drafts::version + 1),
            drafts::tab.eq(&new.tab),
            drafts::form.eq(&new.form),
            drafts::saved_at.eq(stamp(now)),
            drafts::discarded_at.eq(None::<chrono::NaiveDateTime>),
        ))
        .returning(drafts::version)
        .get_result(tx.conn())
        .optional()?;
    if let Some(version) = known {
        return Ok(version);
    }
    Ok(diesel::insert_into(drafts::table)
        .values((
            drafts::person_id.eq(person.0),
            drafts::client_id.eq(&new.client_id),
            drafts::page_id.eq(new.page.map(|id| id.0)),
            drafts::base_revision_id.eq(new.base.map(|id| id.0)),
            drafts::change_id.eq(new.change.map(|id| id.0)),
            drafts::version.eq(1),
            drafts::tab.eq(&new.tab),
            drafts::form.eq(&new.form),
            drafts::begun_at.eq(stamp(now)),
            drafts::saved_at.eq(stamp(now)),
        ))
        .returning(drafts::version)
        .get_result(tx.conn())?)
}

/// Gives a draft up, or takes that back. The tab that wrote it holds it no more. False where there is none.
pub fn set_discarded(
    tx: &mut Tx,
    person: PersonId,
    client_id: &str,
    discarded: Option<Time>,
) -> Result<bool, Error> {
    let own = drafts::table
        .filter(drafts::person_id.eq(person.0))
        .filter(drafts::client_id.eq(client_id));
    let changed = diesel::update(own)
        .set((
            drafts::discarded_at.eq(discarded.map(stamp)),
            drafts::version.eq(drafts::version + 1),
            drafts::tab.eq(""),
        ))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Takes the draft of a save that is done away.
pub fn finish(tx: &mut Tx, person: PersonId, client_id: &str) -> Result<usize, Error> {
    let own = drafts::table
        .filter(drafts::person_id.eq(person.0))
        .filter(drafts::client_id.eq(client_id));
    Ok(diesel::delete(own).execute(tx.conn())?)
}

/// Forgets drafts that were given up, and signs of life, before `before`. Gives how many.
pub fn sweep(tx: &mut Tx, before: Time) -> Result<usize, Error> {
    let given_up = drafts::table.filter(drafts::discarded_at.lt(stamp(before)));
    let silent = editing::table.filter(editing::seen_at.lt(stamp(before)));
    Ok(diesel::delete(given_up).execute(tx.conn())? + diesel::delete(silent).execute(tx.conn())?)
}

/// Somebody who has a page open for writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Who.
    pub person: PersonName,
    /// In which tab.
    pub tab: String,
}

/// A sign of life of a tab that has a page open for writing.
pub fn beat(tx: &mut Tx, person: PersonId, page: PageId, tab: &str, now: Time) -> Result<(), Error> {
    let own = editing::table
        .filter(editing::page_id.eq(page.0))
        .filter(editing::person_id.eq(person.0))
        .filter(editing::tab.eq(tab));
    let known = diesel::update(own)
        .set(editing::seen_at.eq(stamp(now)))
        .execute(tx.conn())?;
    if known == 0 {
        diesel::insert_into(editing::table)
            .values((
                editing::page_id.eq(page.0),
                editing::person_id.eq(person.0),
                editing::tab.eq(tab),
                editing::seen_at.eq(stamp(now)),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// A tab leaves a page.
pub fn leave(tx: &mut Tx, person: PersonId, page: PageId, tab: &str) -> Result<(), Error> {
    let own = editing::table
        .filter(editing::page_id.eq(page.0))
        .filter(editing::person_id.eq(person.0))
        .filter(editing::tab.eq(tab));
    diesel::delete(own).execute(tx.conn())?;
    Ok(())
}

/// Who has shown signs of life on a page since a moment, by name. The page must have been loaded under the reader's rights.
pub fn writers(db: &mut Db, page: PageId, since: Time) -> Result<Vec<Writer>, Error> {
    let rows = editing::table
        .inner_join(people::table)
        .filter(editing::page_id.eq(page.0))
        .filter(editing::seen_at.ge(stamp(since)))
        .filter(people::active.eq(true))
        .order((people::name, editing::id))
        .select((PersonName::as_select(), editing::tab))
        .load::<(PersonName, String)>(db.conn())?;
    Ok(rows
        .into_iter()
        .map(|(person, tab)| Writer { person, tab })
        .collect())
}
