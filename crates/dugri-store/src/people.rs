//! People: colleagues and outsiders, their profile, and what each may do where.
//!
//! [`access`] is the one place where roles of one's own and of one's groups become an [`Access`].

use std::collections::BTreeMap;

use diesel::prelude::*;
use dugri_core::people::{Email, Theme};
use dugri_core::{Access, GroupId, Language, PersonId, Role, SpaceId, Time};

use crate::columns::{OptId, Stamp};
use crate::schema::{members, people, roles, spaces};
use crate::{Db, Error, Tx};

/// A person as the database has it, without the password.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct PersonRow {
    /// The key.
    #[diesel(deserialize_as = i64)]
    pub id: PersonId,
    /// The address, as it was written.
    pub email: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew, if it has another form there.
    pub name_he: Option<String>,
    /// What the person does.
    pub title: String,
    /// The same in Hebrew.
    pub title_he: Option<String>,
    /// The company of an outsider.
    pub organisation: Option<String>,
    /// Whether this is somebody from outside.
    pub outsider: bool,
    /// The language of the interface.
    #[diesel(deserialize_as = String)]
    pub language: Language,
    /// The colours of the interface.
    #[diesel(deserialize_as = String)]
    pub theme: Theme,
    /// Whether keys without a modifier act.
    pub shortcuts: bool,
    /// Whether this is a site admin.
    pub admin: bool,
    /// Whether the person may sign in.
    pub active: bool,
    /// The home team.
    #[diesel(deserialize_as = OptId)]
    pub home_group_id: Option<GroupId>,
    /// When the person was added.
    #[diesel(deserialize_as = Stamp)]
    pub created_at: Time,
    /// The telephone number, as it is dialled.
    pub phone: Option<String>,
    /// What colleagues can ask the person about, in their own words.
    pub expertise: Option<String>,
    /// The photo: the hash of its bytes.
    pub photo: Option<String>,
}

impl PersonRow {
    /// What is told about the person.
    pub fn about(&self) -> About {
        About {
            name: self.name.clone(),
            name_he: self.name_he.clone(),
            title: self.title.clone(),
            title_he: self.title_he.clone(),
            organisation: self.organisation.clone(),
            outsider: self.outsider,
            phone: self.phone.clone(),
            expertise: self.expertise.clone(),
        }
    }

    /// The name as a reader of `language` knows it.
    pub fn name_in(&self, language: Language) -> &str {
        in_language(&self.name, self.name_he.as_deref(), language)
    }

    /// The title as a reader of `language` knows it.
    pub fn title_in(&self, language: Language) -> &str {
        in_language(&self.title, self.title_he.as_deref(), language)
    }
}

/// The Hebrew form for readers of Hebrew where there is one, else the form that always is.
pub fn in_language<'a>(text: &'a str, hebrew: Option<&'a str>, language: Language) -> &'a str {
    match language {
        Language::He => hebrew.filter(|text| !text.is_empty()).unwrap_or(text),
        Language::En => text,
    }
}

/// A person to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The address.
    pub email: Email,
    /// What is told about the person.
    pub about: About,
    /// The language of the interface.
    pub language: Language,
    /// Whether this is a site admin.
    pub admin: bool,
    /// Whether the person may sign in.
    pub active: bool,
}

/// What is told about a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: Option<String>,
    /// What the person does.
    pub title: String,
    /// The same in Hebrew.
    pub title_he: Option<String>,
    /// The company of an outsider.
    pub organisation: Option<String>,
    /// Whether this is somebody from outside.
    pub outsider: bool,
    /// The telephone number, as it is dialled.
    pub phone: Option<String>,
    /// What colleagues can ask the person about.
    pub expertise: Option<String>,
}

/// How a person wants the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// Its language.
    pub language: Language,
    /// Its colours.
    pub theme: Theme,
    /// Whether keys without a modifier act.
    pub shortcuts: bool,
}

/// Adds a person. A known address is a [`Error::Duplicate`] of `email_folded`.
pub fn add(tx: &mut Tx, now: Time, new: &NewPerson) -> Result<PersonId, Error> {
    let id: i64 = diesel::insert_into(people::table)
        .values((
            people::email.eq(new.email.as_str()),
            people::email_folded.eq(new.email.folded()),
            people::name.eq(&new.about.name),
            people::name_he.eq(&new.about.name_he),
            people::title.eq(&new.about.title),
            people::title_he.eq(&new.about.title_he),
            people::organisation.eq(&new.about.organisation),
            people::outsider.eq(new.about.outsider),
            people::phone.eq(&new.about.phone),
            people::expertise.eq(&new.about.expertise),
            people::language.eq(new.language.as_str()),
            people::theme.eq(Theme::Auto.as_str()),
            people::shortcuts.eq(true),
            people::admin.eq(new.admin),
            people::active.eq(new.active),
            people::created_at.eq(now.naive_utc()),
        ))
        .returning(people::id)
        .get_result(tx.conn())?;
    Ok(PersonId(id))
}

/// Changes what is told about a person.
pub fn set_about(tx: &mut Tx, person: PersonId, about: &About) -> Result<(), Error> {
    diesel::update(people::table.find(person.0))
        .set((
            people::name.eq(&about.name),
            people::name_he.eq(&about.name_he),
            people::title.eq(&about.title),
            people::title_he.eq(&about.title_he),
            people::organisation.eq(&about.organisation),
            people::outsider.eq(about.outsider),
            people::phone.eq(&about.phone),
            people::expertise.eq(&about.expertise),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Changes the name alone.
pub fn set_name(tx: &mut Tx, person: PersonId, name: &str) -> Result<(), Error> {
    diesel::update(people::table.find(person.0))
        .set(people::name.eq(name))
        .execute(tx.conn())?;
    Ok(())
}

/// Changes how a person wants the interface.
pub fn set_preferences(tx: &mut Tx, person: PersonId, wants: Preferences) -> Result<(), Error> {
    diesel::update(people::table.find(person.0))
        .set((
            people::language.eq(wants.language.as_str()),
            people::theme.eq(wants.theme.as_str()),
            people::shortcuts.eq(wants.shortcuts),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Makes a site admin, or an ordinary person again.
pub fn set_admin(tx: &mut Tx, person: PersonId, admin: bool) -> Result<(), Error> {
    diesel::update(people::table.find(person.0))
        .set(people::admin.eq(admin))
        .execute(tx.conn())?;
    Ok(())
}

/// Lets a person sign in, or no longer.
pub fn set_active(tx: &mut Tx, person: PersonId, active: bool) -> Result<(), Error> {
    diesel::update(people::table.find(person.0))
        .set(people::active.eq(active))
        .execute(tx.conn())?;
    Ok(())
}

/// Sets the photo, by the hash of its bytes; `None` takes it away.
pub fn set_photo(tx: &mut Tx, person: PersonId, hash: Option<&str>) -> Result<(), Error> {
    diesel::update(people::table.find(person.0))
        .set(people::photo.eq(hash))
        .execute(tx.conn())?;
    Ok(())
}

/// Sets the home team.
pub fn set_home_group(tx: &mut Tx, person: PersonId, group: Option<GroupId>) -> Result<(), Error> {
    diesel::update(people::table.find(person.0))
        .set(people::home_group_id.eq(group.map(|group| group.0)))
        .execute(tx.conn())?;
    Ok(())
}

/// Sets the hash of the password.
pub fn set_password_hash(tx: &mut Tx, person: PersonId, hash: &str) -> Result<(), Error> {
    diesel::update(people::table.find(person.0))
        .set(people::password_hash.eq(hash))
        .execute(tx.conn())?;
    Ok(())
}

/// What a sign-in is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Who it is.
    pub person: PersonId,
    /// The hash, once a password was set.
    pub hash: Option<String>,
    /// Whether the person may sign in.
    pub active: bool,
}

/// The credential of an address in its folded form.
pub fn credential(db: &mut Db, email_folded: &str) -> Result<Option<Credential>, Error> {
    let found: Option<(i64, Option<String>, bool)> = people::table
        .filter(people::email_folded.eq(email_folded))
        .select((people::id, people::password_hash, people::active))
        .first(db.conn())
        .optional()?;
    Ok(found.map(|(id, hash, active)| Credential {
        person: PersonId(id),
        hash,
        active,
    }))
}

/// The credential of a person.
pub fn credential_of(db: &mut Db, person: PersonId) -> Result<Option<Credential>, Error> {
    let found: Option<(Option<String>, bool)> = people::table
        .find(person.0)
        .select((people::password_hash, people::active))
        .first(db.conn())
        .optional()?;
    Ok(found.map(|(hash, active)| Credential { person, hash, active }))
}

/// A person by key, for what names people (an author, an owner) and for the person's own profile.
pub fn get_unfiltered(db: &mut Db, person: PersonId) -> Result<Option<PersonRow>, Error> {
    Ok(people::table
        .find(person.0)
        .select(PersonRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// A person by address in its folded form, for sign-in, the command line and imports.
pub fn find_unfiltered(db: &mut Db, email_folded: &str) -> Result<Option<PersonRow>, Error> {
    Ok(people::table
        .filter(people::email_folded.eq(email_folded))
        .select(PersonRow::as_select())
        .first(db.conn())
        .optional()?)
}

/// The people whom a reader may see, by name: all for colleagues, oneself for outsiders.
pub fn list(db: &mut Db, access: &Access) -> Result<Vec<PersonRow>, Error> {
    let mut query = people::table
        .select(PersonRow::as_select())
        .order((people::name, people::id))
        .into_boxed();
    if access.outsider {
        query = query.filter(people::id.eq(access.person.0));
    }
    Ok(query.load(db.conn())?)
}

/// Several people by key, for lists that name them.
pub fn by_ids_unfiltered(db: &mut Db, ids: &[PersonId]) -> Result<BTreeMap<PersonId, PersonRow>, Error> {
    let keys: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<PersonRow> = people::table
        .filter(people::id.eq_any(keys))
        .select(PersonRow::as_select())
        .load(db.conn())?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Whether nobody has been added yet.
pub fn is_empty(db: &mut Db) -> Result<bool, Error> {
    let first: Option<i64> = people::table
        .select(people::id)
        .limit(1)
        .first(db.conn())
        .optional()?;
    Ok(first.is_none())
}

/// The site admin who has been here longest: who acts when the command line must name somebody.
pub fn first_admin_unfiltered(db: &mut Db) -> Result<Option<PersonId>, Error> {
    let key: Option<i64> = people::table
        .filter(people::admin.eq(true).and(people::active.eq(true)))
        .order(people::id)
        .select(people::id)
        .first(db.conn())
        .optional()?;
    Ok(key.map(PersonId))
}

/// How many site admins may sign in: the last one must not be taken away.
pub fn count_admins(db: &mut Db) -> Result<i64, Error> {
    Ok(people::table
        .filter(people::admin.eq(true).and(people::active.eq(true)))
        .count()
        .get_result(db.conn())?)
}

/// What a person may do where; `None` for whom there is nothing: unknown, or no longer active.
pub fn access(db: &mut Db, person: PersonId) -> Result<Option<Access>, Error> {
    let found: Option<(bool, bool, bool)> = people::table
        .find(person.0)
        .select((people::active, people::admin, people::outsider))
        .first(db.conn())
        .optional()?;
    let Some((true, admin, outsider)) = found else {
        return Ok(None);
    };
    let roles = if admin {
        all_as_manager(db)?
    } else {
        highest_roles(db, person)?
    };
    Ok(Some(Access {
        person,
        admin,
        outsider,
        roles,
    }))
}

fn all_as_manager(db: &mut Db) -> Result<BTreeMap<SpaceId, Role>, Error> {
    let keys: Vec<i64> = spaces::table.select(spaces::id).load(db.conn())?;
    Ok(keys
        .into_iter()
        .map(|key| (SpaceId(key), Role::Manager))
        .collect())
}

fn highest_roles(db: &mut Db, person: PersonId) -> Result<BTreeMap<SpaceId, Role>, Error> {
    let groups = members::table
        .filter(members::person_id.eq(person.0))
        .select(members::group_id.nullable());
    let rows: Vec<(i64, i16)> = roles::table
        .filter(roles::person_id.eq(person.0).or(roles::group_id.eq_any(groups)))
        .select((roles::space_id, roles::rank))
        .load(db.conn())?;
    let mut highest = BTreeMap::new();
    for (space, rank) in rows {
        let role = role_of_rank(rank)?;
        highest
            .entry(SpaceId(space))
            .and_modify(|own: &mut Role| *own = role.max(*own))
            .or_insert(role);
    }
    Ok(highest)
}

pub(crate) fn role_of_rank(rank: i16) -> Result<Role, Error> {
    Role::from_rank(rank).ok_or_else(|| Error::Database(format!("{rank} is not the rank of a role")))
}
