//! Pages: finding one and listing them. Adding and changing the row is in `write`, their texts are in `revisions`, what
//! readers get in `publications`.

mod relocate;
mod write;

use diesel::prelude::*;
use dugri_core::pages::{Audience, State};
use dugri_core::{Access, GroupId, Language, PageId, PersonId, PublicId, SpaceId, Time};

pub use crate::revisions::Content;
pub use relocate::{Name, count_predecessors, give_names, names, set_space, slug_in, take_names_back};
pub(crate) use write::NameKind;
pub use write::{
    NewPage, PageSettings, add, add_former_names, by_client_id, set_archived, set_names, set_settings,
    set_slug, set_successor, title_is_named,
};

use crate::columns::{OptId, OptStamp, Stamp};
use crate::names::{KindName, SpaceName};
use crate::publications::PublicationRow;
use crate::schema::{kinds, pages, publications, revisions, spaces};
use crate::visible::page_visible;
use crate::{Db, Error};

/// A page's own columns.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = pages)]
pub struct PageRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: PageId,
    /// The permanent id in addresses.
    #[diesel(deserialize_as = String)]
    pub public_id: PublicId,
    /// Where it lies.
    #[diesel(deserialize_as = i64)]
    pub space_id: SpaceId,
    /// The readable part of its address.
    pub slug: String,
    /// The language it is written in.
    #[diesel(deserialize_as = String)]
    pub language: Language,
    /// For whom it is cleared.
    #[diesel(deserialize_as = String)]
    pub audience: Audience,
    /// Who answers for it.
    #[diesel(deserialize_as = OptId)]
    pub owner_id: Option<PersonId>,
    /// The group behind the owner.
    #[diesel(deserialize_as = OptId)]
    pub owner_group_id: Option<GroupId>,
    /// What replaced it.
    #[diesel(deserialize_as = OptId)]
    pub successor_id: Option<PageId>,
    /// Since when it is retired.
    #[diesel(deserialize_as = OptStamp)]
    pub archived_at: Option<Time>,
    /// Views counted before Dugri, as imported.
    pub views_baseline: i64,
    /// Since when it exists.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: Time,
}

/// A page that the reader may know of, with its place, its kind and what is published of it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its own columns.
    pub row: PageRow,
    /// Where it lies.
    pub space: SpaceName,
    /// What it is.
    pub kind: KindName,
    /// What readers get now.
    pub published: Option<PublicationRow>,
}

impl Page {
    /// The state, derived.
    pub fn state(&self) -> State {
        State::of(
            self.published.is_some(),
            self.row.successor_id.is_some(),
            self.row.archived_at.is_some(),
        )
    }
}

/// A published page in a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct PageLine {
    /// Its own columns.
    pub page: PageRow,
    /// Where it lies.
    pub space: SpaceName,
    /// What it is.
    pub kind: KindName,
    /// What readers get now.
    pub publication: PublicationRow,
    /// The published title.
    pub title: String,
    /// The published key message.
    pub key_message: String,
}

/// A page that was never published, in a list for contributors.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DraftLine {
    /// Its own columns.
    pub page: PageRow,
    /// Where it lies.
    pub space: SpaceName,
    /// What it is.
    pub kind: KindName,
    /// The newest title.
    pub title: String,
}

/// All published pages that the reader may read, as [`PageLine`]s; narrow and order it further.
macro_rules! page_lines {
    ($access:expr, $now:expr) => {
        pages::table
            .inner_join(spaces::table)
            .inner_join(kinds::table)
            .inner_join(publications::table.inner_join(revisions::table))
            .filter(pages::space_id.eq_any($crate::visible::spaces($access, dugri_core::Role::Reader)))
            .filter($crate::visible::published_at!($now))
            .select((
                $crate::pages::PageRow::as_select(),
                $crate::names::SpaceName::as_select(),
                $crate::names::KindName::as_select(),
                $crate::publications::PublicationRow::as_select(),
                revisions::title,
                revisions::key_message,
            ))
    };
}
pub(crate) use page_lines;

/// The page of a public id, if the reader may know of it.
pub fn find(db: &mut Db, access: &Access, id: &PublicId, now: Time) -> Result<Option<Page>, Error> {
    let found = pages::table
        .inner_join(spaces::table)
        .inner_join(kinds::table)
        .filter(pages::public_id.eq(id.as_str()))
        .filter(page_visible!(access, now))
        .select((
            PageRow::as_select(),
            SpaceName::as_select(),
            KindName::as_select(),
        ))
        .first::<(PageRow, SpaceName, KindName)>(db.conn())
        .optional()?;
    with_published(db, found, now)
}

/// The page of a key, if the reader may know of it.
pub fn find_by_key(db: &mut Db, access: &Access, id: PageId, now: Time) -> Result<Option<Page>, Error> {
    let found = pages::table
        .inner_join(spaces::table)
        .inner_join(kinds::table)
        .filter(pages::id.eq(id.0))
        .filter(page_visible!(access, now))
        .select((
            PageRow::as_select(),
            SpaceName::as_select(),
            KindName::as_select(),
        ))
        .first::<(PageRow, SpaceName, KindName)>(db.conn())
        .optional()?;
    with_published(db, found, now)
}

fn with_published(
    db: &mut Db,
    found: Option<(PageRow, SpaceName, KindName)>,
    now: Time,
) -> Result<Option<Page>, Error> {
    let Some((row, space, kind)) = found else {
        return Ok(None);
    };
    let published = crate::publications::published(db, row.id, now)?;
    Ok(Some(Page {
        row,
        space,
        kind,
        published,
    }))
}

/// The page of any key, whoever asks: for the indexer and other followers.
pub fn find_unfiltered(db: &mut Db, id: PageId, now: Time) -> Result<Option<Page>, Error> {
    let found = pages::table
        .inner_join(spaces::table)
        .inner_join(kinds::table)
        .filter(pages::id.eq(id.0))
        .select((
            PageRow::as_select(),
            SpaceName::as_select(),
            KindName::as_select(),
        ))
        .first::<(PageRow, SpaceName, KindName)>(db.conn())
        .optional()?;
    with_published(db, found, now)
}

/// The key of a page by its public id, whoever asks: for import.
pub fn key_unfiltered(db: &mut Db, id: &PublicId) -> Result<Option<PageId>, Error> {
    Ok(pages::table
        .filter(pages::public_id.eq(id.as_str()))
        .select(pages::id)
        .first::<i64>(db.conn())
        .optional()?
        .map(PageId))
}

/// The published page of a key as a line, if the reader may read it.
pub fn line(db: &mut Db, access: &Access, id: PageId, now: Time) -> Result<Option<PageLine>, Error> {
    Ok(page_lines!(access, now)
        .filter(pages::id.eq(id.0))
        .first(db.conn())
        .optional()?)
}

/// The published pages among `ids` that the reader may read, in no order.
pub fn lines(db: &mut Db, access: &Access, ids: &[PageId], now: Time) -> Result<Vec<PageLine>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(page_lines!(access, now)
        .filter(pages::id.eq_any(keys))
        .load(db.conn())?)
}

/// Which pages of a space a list shows.
#[derive(Debug, Clone, Default)]
pub struct InSpace {
    /// Only of this kind, by its slug.
    pub kind: Option<String>,
    /// Only with this topic.
    pub topic: Option<dugri_core::TopicId>,
    /// Also superseded and archived ones.
    pub retired: bool,
    /// Begin after this title and key: where the page before ended.
    pub after: Option<(String, PageId)>,
    /// The last published first, instead of by title.
    pub newest: bool,
    /// The most lines.
    pub limit: i64,
}

/// The published pages of a space, as far as the reader may read it.
pub fn list_in_space(
    db: &mut Db,
    access: &Access,
    space: Option<SpaceId>,
    which: &InSpace,
    now: Time,
) -> Result<Vec<PageLine>, Error> {
    let mut query = page_lines!(access, now).into_boxed();
    if let Some(space) = space {
        query = query.filter(pages::space_id.eq(space.0));
    }
    if let Some(kind) = &which.kind {
        query = query.filter(kinds::slug.eq(kind.clone()));
    }
    if let Some(topic) = which.topic {
        use crate::schema::revision_topics;
        let family = crate::topics::family(db, topic)?;
        query = query.filter(diesel::dsl::exists(
            revision_topics::table
                .filter(revision_topics::revision_id.eq(revisions::id))
                .filter(revision_topics::topic_id.eq_any(family)),
        ));
    }
    if !which.retired {
        query = query
            .filter(pages::successor_id.is_null())
            .filter(pages::archived_at.is_null());
    }
    if let Some((title, id)) = &which.after {
        query = query.filter(
            revisions::title
                .gt(title.clone())
                .or(revisions::title.eq(title.clone()).and(pages::id.gt(id.0))),
        );
    }
    let query = if which.newest {
        query.order((publications::from_at.desc(), publications::id.desc()))
    } else {
        query.order((revisions::title.asc(), pages::id.asc()))
    };
    Ok(query.limit(which.limit).load(db.conn())?)
}

/// What was published last, newest first, as far as the reader may read it. Minor changes are left out.
pub fn list_changed(db: &mut Db, access: &Access, now: Time, limit: i64) -> Result<Vec<PageLine>, Error> {
    Ok(page_lines!(access, now)
        .filter(revisions::minor.eq(false))
        .filter(pages::successor_id.is_null())
        .filter(pages::archived_at.is_null())
        .order((publications::from_at.desc(), publications::id.desc()))
        .limit(limit)
        .load(db.conn())?)
}

/// All never published pages that the reader sees as a contributor, as [`DraftLine`]s; narrow and order it further.
macro_rules! draft_lines {
    ($access:expr) => {
        pages::table
            .inner_join(spaces::table)
            .inner_join(kinds::table)
            .inner_join(revisions::table)
            .filter(pages::space_id.eq_any($crate::visible::spaces($access, dugri_core::Role::Contributor)))
            .filter(pages::archived_at.is_null())
            .filter(diesel::dsl::not(diesel::dsl::exists(
                publications::table.filter(publications::page_id.eq(pages::id)),
            )))
            .filter(diesel::dsl::sql::<diesel::sql_types::Bool>(
                "revisions.id = (SELECT MAX(newest.id) FROM revisions newest WHERE newest.page_id = pages.id)",
            ))
            .select(($crate::pages::PageRow::as_select(), $crate::names::SpaceName::as_select(), $crate::names::KindName::as_select(), revisions::title))
    };
}
pub(crate) use draft_lines;

/// The published pages that a person answers for, as far as the reader may read them, by title.
pub fn list_owned(
    db: &mut Db,
    access: &Access,
    owner: PersonId,
    now: Time,
    limit: i64,
) -> Result<Vec<PageLine>, Error> {
    Ok(page_lines!(access, now)
        .filter(pages::owner_id.eq(owner.0))
        .filter(pages::successor_id.is_null())
        .filter(pages::archived_at.is_null())
        .order((revisions::title, pages::id))
        .limit(limit)
        .load(db.conn())?)
}

/// Never published pages, newest first; of one space or of all.
pub fn list_drafts(
    db: &mut Db,
    access: &Access,
    space: Option<SpaceId>,
    limit: i64,
) -> Result<Vec<DraftLine>, Error> {
    let mut query = draft_lines!(access).into_boxed();
    if let Some(space) = space {
        query = query.filter(pages::space_id.eq(space.0));
    }
    Ok(query.order(revisions::id.desc()).limit(limit).load(db.conn())?)
}

/// The never published pages among `ids`, in no order.
pub fn drafts(db: &mut Db, access: &Access, ids: &[PageId]) -> Result<Vec<DraftLine>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Ok(draft_lines!(access)
        .filter(pages::id.eq_any(keys))
        .load(db.conn())?)
}

/// Every page's key, ascending, after `after`: for the indexer, export and backup.
pub fn keys_unfiltered(db: &mut Db, after: PageId, limit: i64) -> Result<Vec<PageId>, Error> {
    Ok(pages::table
        .filter(pages::id.gt(after.0))
        .select(pages::id)
        .order(pages::id.asc())
        .limit(limit)
        .load::<i64>(db.conn())?
        .into_iter()
        .map(PageId)
        .collect())
}
