//! Spaces, and who has which role in them.

use std::collections::BTreeMap;

use diesel::dsl::{count, max};
use diesel::prelude::*;
use dugri_core::spaces::Policy;
use dugri_core::{Access, GroupId, Language, PersonId, Role, SpaceId, Time};

use crate::columns::Stamp;
use crate::names::PersonName;
use crate::people::{in_language, role_of_rank};
use crate::schema::{members, pages, people, publications, roles, spaces};
use crate::{Db, Error, Tx, visible};

/// A space as the database has it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = spaces)]
pub struct SpaceRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: SpaceId,
    /// The readable name in addresses.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: Option<String>,
    /// What belongs here.
    pub description: String,
    /// The same in Hebrew.
    pub description_he: Option<String>,
    /// How a page becomes published.
    #[diesel(deserialize_as = String)]
    pub policy: Policy,
    /// The language of new pages.
    #[diesel(deserialize_as = String)]
    pub language: Language,
    /// The icon's name.
    pub icon: String,
    /// Its place in lists.
    pub position: i32,
    /// Whether reports that no rule sends elsewhere come here.
    pub intel_inbox: bool,
    /// When it was added.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: Time,
}

impl SpaceRow {
    /// The name as a reader of `language` knows it.
    pub fn name_in(&self, language: Language) -> &str {
        in_language(&self.name, self.name_he.as_deref(), language)
    }

    /// The description as a reader of `language` knows it.
    pub fn description_in(&self, language: Language) -> &str {
        in_language(&self.description, self.description_he.as_deref(), language)
    }
}

/// What can be said about a space when it is added, and changed later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceEdit {
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: Option<String>,
    /// What belongs here.
    pub description: String,
    /// The same in Hebrew.
    pub description_he: Option<String>,
    /// How a page becomes published.
    pub policy: Policy,
    /// The language of new pages.
    pub language: Language,
    /// The icon's name.
    pub icon: String,
}

/// Adds a space behind the others. The first one gets the reports that no rule sends elsewhere.
/// A known slug is a [`Error::Duplicate`] of `slug`.
pub fn add(tx: &mut Tx, now: Time, slug: &str, edit: &SpaceEdit) -> Result<SpaceId, Error> {
    let last: Option<i32> = spaces::table.select(max(spaces::position)).first(tx.conn())?;
    let first = inbox(tx)?.is_none();
    let id: i64 = diesel::insert_into(spaces::table)
        .values((
            spaces::slug.eq(slug),
            spaces::name.eq(&edit.name),
            spaces::name_he.eq(&edit.name_he),
            spaces::description.eq(&edit.description),
            spaces::description_he.eq(&edit.description_he),
            spaces::policy.eq(edit.policy.as_str()),
            spaces::language.eq(edit.language.as_str()),
            spaces::icon.eq(&edit.icon),
            spaces::position.eq(last.unwrap_or(0) + 1),
            spaces::intel_inbox.eq(first),
            spaces::created_at.eq(now.naive_utc()),
        ))
        .returning(spaces::id)
        .get_result(tx.conn())?;
    Ok(SpaceId(id))
}

/// Changes what is said about a space.
pub fn change(tx: &mut Tx, space: SpaceId, edit: &SpaceEdit) -> Result<(), Error> {
    diesel::update(spaces::table.find(space.0))
        .set((
            spaces::name.eq(&edit.name),
            spaces::name_he.eq(&edit.name_he),
            spaces::description.eq(&edit.description),
            spaces::description_he.eq(&edit.description_he),
            spaces::policy.eq(edit.policy.as_str()),
            spaces::language.eq(edit.language.as_str()),
            spaces::icon.eq(&edit.icon),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Sends the reports that no rule sends elsewhere to this space.
pub fn set_inbox(tx: &mut Tx, space: SpaceId) -> Result<(), Error> {
    diesel::update(spaces::table.filter(spaces::intel_inbox.eq(true)))
        .set(spaces::intel_inbox.eq(false))
        .execute(tx.conn())?;
    diesel::update(spaces::table.find(space.0))
        .set(spaces::intel_inbox.eq(true))
        .execute(tx.conn())?;
    Ok(())
}

/// The space to which reports go that no rule sends elsewhere.
pub fn inbox(db: &mut Db) -> Result<Option<SpaceId>, Error> {
    let key: Option<i64> = spaces::table
        .filter(spaces::intel_inbox.eq(true))
        .select(spaces::id)
        .first(db.conn())
        .optional()?;
    Ok(key.map(SpaceId))
}

/// The spaces that a reader may read, in their order.
pub fn list(db: &mut Db, access: &Access) -> Result<Vec<SpaceRow>, Error> {
    list_with(db, access, Role::Reader)
}

/// The spaces in which somebody has at least `role`, in their order.
pub fn list_with(db: &mut Db, access: &Access, role: Role) -> Result<Vec<SpaceRow>, Error> {
    Ok(spaces::table
        .filter(spaces::id.eq_any(visible::spaces(access, role)))
        .order((spaces::position, spaces::id))
        .select(SpaceRow::as_select())
        .load(db.conn())?)
}

/// A space by its readable name, if the reader may read it.
pub fn find(db: &mut Db, access: &Access, slug: &str) -> Result<Option<SpaceRow>, Error> {
    Ok(spaces::table
        .filter(spaces::slug.eq(slug))
        .filter(spaces::id.eq_any(visible::spaces(access, Role::Reader)))
        .select(SpaceRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// A space by key, if the reader may read it.
pub fn get(db: &mut Db, access: &Access, space: SpaceId) -> Result<Option<SpaceRow>, Error> {
    Ok(spaces::table
        .find(space.0)
        .filter(spaces::id.eq_any(visible::spaces(access, Role::Reader)))
        .select(SpaceRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// A space by its readable name, for the command line and imports.
pub fn find_unfiltered(db: &mut Db, slug: &str) -> Result<Option<SpaceRow>, Error> {
    Ok(spaces::table
        .filter(spaces::slug.eq(slug))
        .select(SpaceRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// All spaces in their order, for the indexer and exports.
pub fn list_unfiltered(db: &mut Db) -> Result<Vec<SpaceRow>, Error> {
    Ok(spaces::table
        .order((spaces::position, spaces::id))
        .select(SpaceRow::as_select())
        .load(db.conn())?)
}

/// How many pages of each readable space have a published text now and were not put into the archive.
pub fn count_published(db: &mut Db, access: &Access, now: Time) -> Result<BTreeMap<SpaceId, i64>, Error> {
    let rows: Vec<(i64, i64)> = pages::table
        .inner_join(publications::table)
        .filter(pages::space_id.eq_any(visible::spaces(access, Role::Reader)))
        .filter(pages::archived_at.is_null())
        .filter(visible::published_at!(now))
        .group_by(pages::space_id)
        .select((pages::space_id, count(pages::id)))
        .load(db.conn())?;
    Ok(rows
        .into_iter()
        .map(|(space, count)| (SpaceId(space), count))
        .collect())
}

/// Who has a role: a person or a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holder {
    /// One person.
    Person(PersonId),
    /// Everybody in a group.
    Group(GroupId),
}

/// The active people who may read a space, by an own role, a group's or as admin.
macro_rules! readers {
    ($space:expr) => {{
        let own = roles::table
            .filter(roles::space_id.eq($space.0))
            .filter(roles::rank.ge(Role::Reader.rank()))
            .filter(roles::person_id.is_not_null())
            .select(roles::person_id.assume_not_null());
        let grouped = members::table
            .inner_join(roles::table.on(roles::group_id.eq(members::group_id.nullable())))
            .filter(roles::space_id.eq($space.0))
            .filter(roles::rank.ge(Role::Reader.rank()))
            .select(members::person_id);
        people::table.filter(people::active.eq(true)).filter(
            people::admin
                .eq(true)
                .or(people::id.eq_any(own))
                .or(people::id.eq_any(grouped)),
        )
    }};
}

/// How many people may read a space, and how many of them are from outside.
pub fn count_readers(db: &mut Db, space: SpaceId) -> Result<(i64, i64), Error> {
    let readers: Vec<(bool, i64)> = readers!(space)
        .group_by(people::outsider)
        .select((people::outsider, diesel::dsl::count_star()))
        .load(db.conn())?;
    let of = |outsiders: bool| {
        readers
            .iter()
            .filter(|(is, _)| *is == outsiders)
            .map(|(_, n)| n)
            .sum::<i64>()
    };
    Ok((of(false) + of(true), of(true)))
}

/// The roles in a space.
pub fn roles_in(db: &mut Db, space: SpaceId) -> Result<Vec<(Holder, Role)>, Error> {
    let rows: Vec<(Option<i64>, Option<i64>, i16)> = roles::table
        .filter(roles::space_id.eq(space.0))
        .order((roles::rank.desc(), roles::id))
        .select((roles::person_id, roles::group_id, roles::rank))
        .load(db.conn())?;
    rows.into_iter()
        .map(|(person, group, rank)| Ok((holder(person, group)?, role_of_rank(rank)?)))
        .collect()
}

/// Everybody who may read the published pages of a space, by name: for its managers.
pub fn readers_unfiltered(db: &mut Db, space: SpaceId) -> Result<Vec<PersonName>, Error> {
    Ok(readers!(space)
        .order((people::name.asc(), people::id.asc()))
        .select(PersonName::as_select())
        .load(db.conn())?)
}

/// All roles of everybody everywhere, for the list of people and for exports.
pub fn roles_unfiltered(db: &mut Db) -> Result<Vec<(SpaceId, Holder, Role)>, Error> {
    let rows: Vec<(i64, Option<i64>, Option<i64>, i16)> = roles::table
        .order((roles::space_id, roles::rank.desc(), roles::id))
        .select((roles::space_id, roles::person_id, roles::group_id, roles::rank))
        .load(db.conn())?;
    rows.into_iter()
        .map(|(space, person, group, rank)| Ok((SpaceId(space), holder(person, group)?, role_of_rank(rank)?)))
        .collect()
}

fn holder(person: Option<i64>, group: Option<i64>) -> Result<Holder, Error> {
    match (person, group) {
        (Some(person), None) => Ok(Holder::Person(PersonId(person))),
        (None, Some(group)) => Ok(Holder::Group(GroupId(group))),
        _ => Err(Error::Database("a role belongs to a person or to a group".into())),
    }
}

/// Gives a role, or another one than before. False when it was so already.
pub fn set_role(tx: &mut Tx, space: SpaceId, holder: Holder, role: Role) -> Result<bool, Error> {
    let before = role_of(tx, space, holder)?;
    if before == Some(role) {
        return Ok(false);
    }
    take_role(tx, space, holder)?;
    let (person, group) = match holder {
        Holder::Person(person) => (Some(person.0), None),
        Holder::Group(group) => (None, Some(group.0)),
    };
    diesel::insert_into(roles::table)
        .values((
            roles::space_id.eq(space.0),
            roles::person_id.eq(person),
            roles::group_id.eq(group),
            roles::rank.eq(role.rank()),
        ))
        .execute(tx.conn())?;
    Ok(true)
}

/// Takes a role. False when there was none.
pub fn take_role(tx: &mut Tx, space: SpaceId, holder: Holder) -> Result<bool, Error> {
    let taken = match holder {
        Holder::Person(person) => diesel::delete(
            roles::table
                .filter(roles::space_id.eq(space.0))
                .filter(roles::person_id.eq(person.0)),
        )
        .execute(tx.conn())?,
        Holder::Group(group) => diesel::delete(
            roles::table
                .filter(roles::space_id.eq(space.0))
                .filter(roles::group_id.eq(group.0)),
        )
        .execute(tx.conn())?,
    };
    Ok(taken > 0)
}

fn role_of(db: &mut Db, space: SpaceId, holder: Holder) -> Result<Option<Role>, Error> {
    let mut query = roles::table
        .filter(roles::space_id.eq(space.0))
        .select(roles::rank)
        .into_boxed();
    query = match holder {
        Holder::Person(person) => query.filter(roles::person_id.eq(person.0)),
        Holder::Group(group) => query.filter(roles::group_id.eq(group.0)),
    };
    let rank: Option<i16> = query.first(db.conn()).optional()?;
    rank.map(role_of_rank).transpose()
}
