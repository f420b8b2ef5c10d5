//! Adding a page and changing its row and its names.

use std::collections::BTreeMap;

use diesel::prelude::*;
use dugri_core::pages::Audience;
use dugri_core::{GroupId, KindId, Language, PageId, PersonId, PublicId, SpaceId, Time};

use crate::columns::stamp;
use crate::schema::{page_names, pages};
use crate::{Db, Error, Tx};

dugri_core::words! {
    /// What kind of name a page has or had.
    NameKind {
        /// The title that readers see, or of a draft the newest.
        Title = "title",
        /// `space/slug` and `slug`.
        Path = "path",
        /// A title or path that it once had.
        Former = "former",
    }
}

/// A page to add.
#[derive(Debug, Clone)]
pub struct NewPage {
    /// Its permanent id.
    pub public_id: PublicId,
    /// Where it lies.
    pub space: SpaceId,
    /// What it is.
    pub kind: KindId,
    /// The wanted readable part of its address; a number is added where it is taken.
    pub slug: String,
    /// The language it is written in.
    pub language: Language,
    /// For whom it is cleared.
    pub audience: Audience,
    /// Who answers for it.
    pub owner: Option<PersonId>,
    /// The group behind the owner.
    pub owner_group: Option<GroupId>,
    /// Views counted before Dugri.
    pub views_baseline: i64,
    /// Who adds it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Time,
    /// The client's own id of this request, unique per person.
    pub client_id: Option<String>,
}

/// Adds a page's row. Its first revision and the events are the caller's.
pub fn add(tx: &mut Tx, new: &NewPage) -> Result<PageId, Error> {
    let slug = free_slug(tx, new.space, &new.slug, None)?;
    let id = diesel::insert_into(pages::table)
        .values((
            pages::public_id.eq(new.public_id.as_str()),
            pages::space_id.eq(new.space.0),
            pages::kind_id.eq(new.kind.0),
            pages::slug.eq(&slug),
            pages::language.eq(new.language.as_str()),
            pages::audience.eq(new.audience.as_str()),
            pages::owner_id.eq(new.owner.map(|id| id.0)),
            pages::owner_group_id.eq(new.owner_group.map(|id| id.0)),
            pages::views_baseline.eq(new.views_baseline),
            pages::created_by.eq(new.created_by.0),
            pages::created_at.eq(stamp(new.created_at)),
            pages::client_id.eq(new.client_id.as_deref()),
        ))
        .returning(pages::id)
        .get_result::<i64>(tx.conn())?;
    Ok(PageId(id))
}

/// The page that this person already added under this client id.
pub fn by_client_id(db: &mut Db, person: PersonId, client_id: &str) -> Result<Option<PageId>, Error> {
    Ok(pages::table
        .filter(pages::created_by.eq(person.0))
        .filter(pages::client_id.eq(client_id))
        .select(pages::id)
        .first::<i64>(db.conn())
        .optional()?
        .map(PageId))
}

/// The slug itself, or the first of `slug-2`, `slug-3`, … that no other page of the space has.
pub(super) fn free_slug(
    db: &mut Db,
    space: SpaceId,
    slug: &str,
    own: Option<PageId>,
) -> Result<String, Error> {
    let mut candidate = slug.to_owned();
    for n in 2.. {
        let taken: Option<i64> = pages::table
            .filter(pages::space_id.eq(space.0))
            .filter(pages::slug.eq(&candidate))
            .select(pages::id)
            .first(db.conn())
            .optional()?;
        if taken.is_none() || taken == own.map(|id| id.0) {
            break;
        }
        candidate = format!("{slug}-{n}");
    }
    Ok(candidate)
}

/// Gives a page a new readable path, after its title changed.
pub fn set_slug(tx: &mut Tx, page: PageId, space: SpaceId, slug: &str) -> Result<String, Error> {
    let free = free_slug(tx, space, slug, Some(page))?;
    diesel::update(pages::table.filter(pages::id.eq(page.0)))
        .set(pages::slug.eq(&free))
        .execute(tx.conn())?;
    Ok(free)
}

/// What may be changed of a page without a revision.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = pages, treat_none_as_null = true)]
pub struct PageSettings {
    /// The kind's key.
    pub kind_id: i64,
    /// The language, as written.
    pub language: String,
    /// The audience, as written.
    pub audience: String,
    /// The owner's key.
    pub owner_id: Option<i64>,
    /// The key of the group behind the owner.
    pub owner_group_id: Option<i64>,
}

/// Changes owner, audience, language and kind.
pub fn set_settings(tx: &mut Tx, page: PageId, settings: &PageSettings) -> Result<(), Error> {
    diesel::update(pages::table.filter(pages::id.eq(page.0)))
        .set(settings)
        .execute(tx.conn())?;
    Ok(())
}

/// Names the page that replaced this one, or takes the name away.
pub fn set_successor(tx: &mut Tx, page: PageId, successor: Option<PageId>) -> Result<(), Error> {
    diesel::update(pages::table.filter(pages::id.eq(page.0)))
        .set(pages::successor_id.eq(successor.map(|id| id.0)))
        .execute(tx.conn())?;
    Ok(())
}

/// Retires a page, or takes it back (`None`).
pub fn set_archived(tx: &mut Tx, page: PageId, at: Option<Time>) -> Result<(), Error> {
    diesel::update(pages::table.filter(pages::id.eq(page.0)))
        .set(pages::archived_at.eq(at.map(stamp)))
        .execute(tx.conn())?;
    Ok(())
}

/// Says that a page is now called so; what it was called before stays known as a former name. `false` where it is called
/// so already.
pub fn set_names(
    tx: &mut Tx,
    page: PageId,
    title_folded: &str,
    paths_folded: &[String],
    at: Time,
) -> Result<bool, Error> {
    // The title last: where it equals a path, it is the title that counts.
    let paths = paths_folded.iter().map(|path| (path.as_str(), NameKind::Path));
    let wanted: BTreeMap<&str, NameKind> = paths.chain([(title_folded, NameKind::Title)]).collect();
    let here: Vec<(String, String)> = page_names::table
        .filter(page_names::page_id.eq(page.0))
        .filter(page_names::kind.ne(NameKind::Former.as_str()))
        .select((page_names::folded, page_names::kind))
        .load(tx.conn())?;
    let stays = |(folded, kind): &(String, String)| {
        wanted
            .get(folded.as_str())
            .is_some_and(|wanted| wanted.as_str() == kind)
    };
    if here.len() == wanted.len() && here.iter().all(stays) {
        return Ok(false);
    }
    diesel::update(page_names::table.filter(page_names::page_id.eq(page.0)))
        .set(page_names::kind.eq(NameKind::Former.as_str()))
        .execute(tx.conn())?;
    for (folded, kind) in wanted {
        let known = diesel::update(
            page_names::table
                .filter(page_names::page_id.eq(page.0))
                .filter(page_names::folded.eq(folded)),
        )
        .set(page_names::kind.eq(kind.as_str()))
        .execute(tx.conn())?;
        if known == 0 {
            diesel::insert_into(page_names::table)
                .values((
                    page_names::page_id.eq(page.0),
                    page_names::kind.eq(kind.as_str()),
                    page_names::folded.eq(folded),
                    page_names::at.eq(stamp(at)),
                ))
                .execute(tx.conn())?;
        }
    }
    Ok(true)
}

/// Adds names under which links find a page though it was never called so here: what an import says of it.
pub fn add_former_names(tx: &mut Tx, page: PageId, folded: &[String], at: Time) -> Result<(), Error> {
    for name in folded {
        let known: i64 = page_names::table
            .filter(page_names::page_id.eq(page.0))
            .filter(page_names::folded.eq(name))
            .count()
            .get_result(tx.conn())?;
        if known == 0 {
            diesel::insert_into(page_names::table)
                .values((
                    page_names::page_id.eq(page.0),
                    page_names::kind.eq(NameKind::Former.as_str()),
                    page_names::folded.eq(name),
                    page_names::at.eq(stamp(at)),
                ))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}

/// Whether a page is called so now: then its path needs no change.
pub fn title_is_named(db: &mut Db, page: PageId, title_folded: &str) -> Result<bool, Error> {
    Ok(diesel::select(diesel::dsl::exists(
        page_names::table
            .filter(page_names::page_id.eq(page.0))
            .filter(page_names::kind.eq(NameKind::Title.as_str()))
            .filter(page_names::folded.eq(title_folded)),
    ))
    .get_result(db.conn())?)
}
