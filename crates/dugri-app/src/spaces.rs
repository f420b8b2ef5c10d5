//! Spaces: added by admins, looked after by their managers, who give roles in them.

use std::collections::BTreeMap;

use dugri_core::people::{NAME_CHARS_MAX, is_slug, slug_of};
use dugri_core::policy::{Object, Verb, may};
use dugri_core::spaces::Policy;
use dugri_core::{Event, GroupId, PersonId, Role, SpaceId};
use dugri_store::groups;
use dugri_store::groups::GroupRow;
use dugri_store::people::{self, PersonRow};
use dugri_store::spaces::{self, SpaceEdit};
pub use dugri_store::spaces::{Holder, SpaceRow};

use crate::app::{Actor, App};
use crate::by::By;
use crate::error::{Error, FieldError};
use crate::fields::{language, optional, required, settle, word};

/// The longest description in characters.
const DESCRIPTION_CHARS_MAX: usize = 500;
/// The icon of a space for which none was chosen.
const ICON: &str = "folder";

/// A space as a form, a file or the command line describes one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpaceInput {
    /// The readable name in addresses; made from the name where it is empty. Fixed once the space exists.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: String,
    /// What belongs here.
    pub description: String,
    /// The same in Hebrew.
    pub description_he: String,
    /// How a page becomes published, as a word.
    pub policy: String,
    /// The language of new pages, as a word.
    pub language: String,
    /// The icon's name.
    pub icon: String,
}

impl SpaceInput {
    fn parse(&self, wrong: &mut Vec<FieldError>) -> SpaceEdit {
        let policy = if self.policy.trim().is_empty() {
            Some(Policy::Open)
        } else {
            word(wrong, "policy", &self.policy)
        };
        SpaceEdit {
            name: required(wrong, "name", &self.name, NAME_CHARS_MAX),
            name_he: optional(wrong, "name_he", &self.name_he, NAME_CHARS_MAX),
            description: optional(wrong, "description", &self.description, DESCRIPTION_CHARS_MAX)
                .unwrap_or_default(),
            description_he: optional(
                wrong,
                "description_he",
                &self.description_he,
                DESCRIPTION_CHARS_MAX,
            ),
            policy: policy.unwrap_or(Policy::Open),
            language: language(wrong, "language", &self.language),
            icon: icon(wrong, &self.icon),
        }
    }
}

/// Icons are named by lower-case letters, digits and hyphens.
fn icon(wrong: &mut Vec<FieldError>, text: &str) -> String {
    match optional(wrong, "icon", text, 40) {
        None => ICON.to_owned(),
        Some(name) => {
            if !name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            {
                wrong.push(FieldError::new("icon", "error-unknown"));
            }
            name
        }
    }
}

/// Adds a space.
///
/// # Errors
/// [`Error::Invalid`] for what has to be mended, a known slug included.
pub fn add(app: &App, by: By<'_>, input: &SpaceInput) -> Result<SpaceId, Error> {
    by.administers()?;
    let mut wrong = Vec::new();
    let edit = input.parse(&mut wrong);
    let slug = if input.slug.trim().is_empty() {
        slug_of(&edit.name)
    } else {
        input.slug.trim().to_owned()
    };
    if !is_slug(&slug) && !edit.name.is_empty() {
        wrong.push(FieldError::new("slug", "error-slug"));
    }
    settle(wrong)?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        if spaces::find_unfiltered(tx, &slug)?.is_some() {
            return Err(Error::field("slug", "error-slug-known"));
        }
        let space = spaces::add(tx, now, &slug, &edit)?;
        tx.record(by, now, Event::SpaceAdded { space })?;
        Ok(space)
    })
}

/// Changes a space.
///
/// # Errors
/// [`Error::NotFound`] for those who may not read it, [`Error::Forbidden`] for those who don't manage it.
pub fn change(app: &App, by: By<'_>, slug: &str, input: &SpaceInput) -> Result<(), Error> {
    let space = managed(app, by, slug)?.id;
    let mut wrong = Vec::new();
    let edit = input.parse(&mut wrong);
    settle(wrong)?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        spaces::change(tx, space, &edit)?;
        tx.record(by, now, Event::SpaceChanged { space })?;
        Ok(())
    })
}

/// Sends the reports that no rule sends elsewhere to a space.
///
/// # Errors
/// [`Error::NotFound`] for those who are not site admins.
pub fn set_inbox(app: &App, by: By<'_>, slug: &str) -> Result<(), Error> {
    by.administers()?;
    let space = managed(app, by, slug)?.id;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        spaces::set_inbox(tx, space)?;
        tx.record(by, now, Event::SpaceChanged { space })?;
        Ok(())
    })
}

/// The spaces that the actor may read, in their order.
///
/// # Errors
/// When the database is not available.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<SpaceRow>, Error> {
    Ok(app.store().read(|db| spaces::list(db, &actor.access))?)
}

/// The spaces in which the actor has any role, with the role, in their order.
///
/// # Errors
/// When the database is not available.
pub fn roles_of(app: &App, actor: &Actor) -> Result<Vec<(String, Role)>, Error> {
    let rows = app
        .store()
        .read(|db| spaces::list_with(db, &actor.access, Role::SubmitOnly))?;
    let role = |row: &SpaceRow| actor.access.role_in(row.id);
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.slug.clone(), role(&row)?)))
        .collect())
}

/// A space by its readable name.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the actor may not read it.
pub fn find(app: &App, actor: &Actor, slug: &str) -> Result<SpaceRow, Error> {
    app.store()
        .read(|db| spaces::find(db, &actor.access, slug))?
        .ok_or(Error::NotFound)
}

/// Somebody, or a group, with a role in a space.
#[derive(Debug, Clone)]
pub struct RoleLine {
    /// Who has it.
    pub holder: Named,
    /// The role.
    pub role: Role,
}

/// Who can have a role.
#[derive(Debug, Clone)]
pub enum Named {
    /// A person.
    Person(Box<PersonRow>),
    /// A group.
    Group(GroupRow),
}

/// What the manager of a space sees of its rights.
#[derive(Debug, Clone)]
pub struct Rights {
    /// The space.
    pub space: SpaceRow,
    /// Who has which role, the highest first.
    pub roles: Vec<RoleLine>,
    /// All groups, to choose from.
    pub groups: Vec<GroupRow>,
    /// All people, to choose from.
    pub people: Vec<PersonRow>,
}

/// The rights in a space, for its managers.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] as in [`change`].
pub fn rights(app: &App, actor: &Actor, slug: &str) -> Result<Rights, Error> {
    let space = managed(app, By::Person(actor), slug)?;
    Ok(app.store().read(|db| {
        let groups = groups::list_unfiltered(db)?;
        let people = people::list(db, &actor.access)?;
        let roles = named(spaces::roles_in(db, space.id)?, &people, &groups);
        Ok(Rights {
            space,
            roles,
            groups,
            people,
        })
    })?)
}

fn named(roles: Vec<(Holder, Role)>, people: &[PersonRow], groups: &[GroupRow]) -> Vec<RoleLine> {
    let people: BTreeMap<PersonId, &PersonRow> = people.iter().map(|row| (row.id, row)).collect();
    let groups: BTreeMap<GroupId, &GroupRow> = groups.iter().map(|row| (row.id, row)).collect();
    let name = |holder| match holder {
        Holder::Person(id) => people.get(&id).map(|row| Named::Person(Box::new((*row).clone()))),
        Holder::Group(id) => groups.get(&id).map(|row| Named::Group((*row).clone())),
    };
    roles
        .into_iter()
        .filter_map(|(holder, role)| {
            Some(RoleLine {
                holder: name(holder)?,
                role,
            })
        })
        .collect()
}

/// Gives a role in a space, or (`None`) takes it.
///
/// # Errors
/// As [`change`]; [`Error::NotFound`] also when there is no such person or group.
pub fn set_role(app: &App, by: By<'_>, slug: &str, holder: Holder, role: Option<Role>) -> Result<(), Error> {
    let space = managed(app, by, slug)?.id;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        let (person, group) = match holder {
            Holder::Person(person) => {
                people::get_unfiltered(tx, person)?.ok_or(Error::NotFound)?;
                (Some(person), None)
            }
            Holder::Group(group) => {
                groups::get_unfiltered(tx, group)?.ok_or(Error::NotFound)?;
                (None, Some(group))
            }
        };
        let changed = match role {
            Some(role) => spaces::set_role(tx, space, holder, role)?,
            None => spaces::take_role(tx, space, holder)?,
        };
        if !changed {
            tx.unchanged();
            return Ok(());
        }
        tx.record(
            by,
            now,
            Event::RoleChanged {
                space,
                person,
                group,
                role,
            },
        )?;
        Ok(())
    })
}

/// The space, for those who manage it.
fn managed(app: &App, by: By<'_>, slug: &str) -> Result<SpaceRow, Error> {
    let space = app.store().read(|db| match by.access() {
        Some(access) => spaces::find(db, access, slug),
        None => spaces::find_unfiltered(db, slug),
    })?;
    let space = space.ok_or(Error::NotFound)?;
    if by.may(Verb::Manage, Object::Space(space.id, space.policy)) {
        Ok(space)
    } else {
        Err(Error::Forbidden)
    }
}

/// The spaces that the actor manages, in their order.
///
/// # Errors
/// When the database is not available.
pub fn list_managed(app: &App, actor: &Actor) -> Result<Vec<SpaceRow>, Error> {
    let rows = app
        .store()
        .read(|db| spaces::list_with(db, &actor.access, Role::Manager))?;
    debug_assert!(
        rows.iter()
            .all(|row| may(&actor.access, Verb::Manage, Object::Space(row.id, row.policy)))
    );
    Ok(rows)
}
