//! Groups of people: teams, departments, branches, regions. A role may be given to a group.

use diesel::prelude::*;
use dugri_core::spaces::GroupKind;
use dugri_core::{GroupId, Language, PersonId};

use crate::people::{PersonRow, in_language};
use crate::schema::{groups, members, people};
use crate::{Db, Error, Tx};

/// A group as the database has it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = groups)]
pub struct GroupRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: GroupId,
    /// The readable name in files and commands.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: Option<String>,
    /// What sort of group it is.
    #[diesel(deserialize_as = String)]
    pub kind: GroupKind,
}

impl GroupRow {
    /// The name as a reader of `language` knows it.
    pub fn name_in(&self, language: Language) -> &str {
        in_language(&self.name, self.name_he.as_deref(), language)
    }
}

/// A group to be added.
#[derive(Debug, Clone)]
pub struct NewGroup {
    /// The readable name in files and commands.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: Option<String>,
    /// What sort of group it is.
    pub kind: GroupKind,
}

/// Adds a group. A known slug is a [`Error::Duplicate`] of `slug`.
pub fn add(tx: &mut Tx, new: &NewGroup) -> Result<GroupId, Error> {
    let id: i64 = diesel::insert_into(groups::table)
        .values((
            groups::slug.eq(&new.slug),
            groups::name.eq(&new.name),
            groups::name_he.eq(&new.name_he),
            groups::kind.eq(new.kind.as_str()),
        ))
        .returning(groups::id)
        .get_result(tx.conn())?;
    Ok(GroupId(id))
}

/// A group by its readable name.
pub fn find_unfiltered(db: &mut Db, slug: &str) -> Result<Option<GroupRow>, Error> {
    Ok(groups::table
        .filter(groups::slug.eq(slug))
        .select(GroupRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// A group by key.
pub fn get_unfiltered(db: &mut Db, group: GroupId) -> Result<Option<GroupRow>, Error> {
    Ok(groups::table
        .find(group.0)
        .select(GroupRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// All groups by name; for admins and managers, who give roles to them.
pub fn list_unfiltered(db: &mut Db) -> Result<Vec<GroupRow>, Error> {
    Ok(groups::table
        .order((groups::name, groups::id))
        .select(GroupRow::as_select())
        .load(db.conn())?)
}

/// Who belongs to which group: pairs, by group and name.
pub fn members_unfiltered(db: &mut Db) -> Result<Vec<(GroupId, PersonRow)>, Error> {
    let rows: Vec<(i64, PersonRow)> = members::table
        .inner_join(people::table)
        .order((members::group_id, people::name, people::id))
        .select((members::group_id, PersonRow::as_select()))
        .load(db.conn())?;
    Ok(rows
        .into_iter()
        .map(|(group, person)| (GroupId(group), person))
        .collect())
}

/// The groups of a person, by name.
pub fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<GroupRow>, Error> {
    Ok(groups::table
        .inner_join(members::table)
        .filter(members::person_id.eq(person.0))
        .order((groups::name, groups::id))
        .select(GroupRow::as_select())
        .load(db.conn())?)
}

/// Puts a person into a group. False when the person was in it already.
pub fn join(tx: &mut Tx, group: GroupId, person: PersonId) -> Result<bool, Error> {
    let known: i64 = members::table
        .find((group.0, person.0))
        .count()
        .get_result(tx.conn())?;
    if known > 0 {
        return Ok(false);
    }
    diesel::insert_into(members::table)
        .values((members::group_id.eq(group.0), members::person_id.eq(person.0)))
        .execute(tx.conn())?;
    Ok(true)
}

/// Takes a person out of a group. False when the person was not in it.
pub fn leave(tx: &mut Tx, group: GroupId, person: PersonId) -> Result<bool, Error> {
    let gone = diesel::delete(members::table.find((group.0, person.0))).execute(tx.conn())?;
    Ok(gone > 0)
}
