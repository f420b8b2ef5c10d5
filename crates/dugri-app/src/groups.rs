//! Groups: made by admins, filled with people, given roles.

use dugri_core::people::{NAME_CHARS_MAX, is_slug, slug_of};
use dugri_core::spaces::GroupKind;
use dugri_core::{Event, GroupId, PersonId};
use dugri_store::groups::{self, GroupRow, NewGroup};
use dugri_store::people::{self, PersonRow};

use crate::app::{Actor, App};
use crate::by::By;
use crate::error::{Error, FieldError};
use crate::fields::{optional, required, settle, word};

/// A group as a form, a file or the command line describes one.
#[derive(Debug, Clone, Default)]
pub struct GroupInput {
    /// The readable name; made from the name where it is empty.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The name in Hebrew.
    pub name_he: String,
    /// What sort of group it is, as a word.
    pub kind: String,
}

/// Adds a group.
///
/// # Errors
/// [`Error::Invalid`] for what has to be mended, a known slug included.
pub fn add(app: &App, by: By<'_>, input: &GroupInput) -> Result<GroupId, Error> {
    by.administers()?;
    let mut wrong = Vec::new();
    let name = required(&mut wrong, "name", &input.name, NAME_CHARS_MAX);
    let name_he = optional(&mut wrong, "name_he", &input.name_he, NAME_CHARS_MAX);
    let kind = word(&mut wrong, "kind", &input.kind);
    let slug = if input.slug.trim().is_empty() {
        slug_of(&name)
    } else {
        input.slug.trim().to_owned()
    };
    if !is_slug(&slug) && !name.is_empty() {
        wrong.push(FieldError::new("slug", "error-slug"));
    }
    settle(wrong)?;
    let new = NewGroup {
        slug,
        name,
        name_he,
        kind: kind.unwrap_or(GroupKind::Other),
    };
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        if groups::find_unfiltered(tx, &new.slug)?.is_some() {
            return Err(Error::field("slug", "error-slug-known"));
        }
        let group = groups::add(tx, &new)?;
        tx.record(by, now, Event::GroupAdded { group })?;
        Ok(group)
    })
}

/// Puts a person into a group. The first group of a person is their home team.
///
/// # Errors
/// [`Error::NotFound`] when there is no such group or person.
pub fn join(app: &App, by: By<'_>, group: GroupId, person: PersonId) -> Result<(), Error> {
    by.administers()?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        let row = people::get_unfiltered(tx, person)?.ok_or(Error::NotFound)?;
        groups::get_unfiltered(tx, group)?.ok_or(Error::NotFound)?;
        if !groups::join(tx, group, person)? {
            tx.unchanged();
            return Ok(());
        }
        if row.home_group_id.is_none() {
            people::set_home_group(tx, person, Some(group))?;
        }
        tx.record(by, now, Event::MemberAdded { group, person })?;
        Ok(())
    })
}

/// Takes a person out of a group.
///
/// # Errors
/// [`Error::NotFound`] when the person is not in it.
pub fn leave(app: &App, by: By<'_>, group: GroupId, person: PersonId) -> Result<(), Error> {
    by.administers()?;
    let (now, by) = (app.now(), by.person());
    app.store().write(move |tx| {
        if !groups::leave(tx, group, person)? {
            return Err(Error::NotFound);
        }
        let row = people::get_unfiltered(tx, person)?.ok_or(Error::NotFound)?;
        if row.home_group_id == Some(group) {
            let next = groups::of_person(tx, person)?.first().map(|group| group.id);
            people::set_home_group(tx, person, next)?;
        }
        tx.record(by, now, Event::MemberRemoved { group, person })?;
        Ok(())
    })
}

/// A group with its people, for the admin.
#[derive(Debug, Clone)]
pub struct GroupLine {
    /// The group.
    pub group: GroupRow,
    /// Who is in it.
    pub members: Vec<PersonRow>,
}

/// All groups, for the admin.
///
/// # Errors
/// [`Error::NotFound`] for others.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<GroupLine>, Error> {
    By::Person(actor).administers()?;
    Ok(app.store().read(|db| {
        let mut lines: Vec<GroupLine> = groups::list_unfiltered(db)?
            .into_iter()
            .map(|group| GroupLine {
                group,
                members: Vec::new(),
            })
            .collect();
        for (group, person) in groups::members_unfiltered(db)? {
            if let Some(line) = lines.iter_mut().find(|line| line.group.id == group) {
                line.members.push(person);
            }
        }
        Ok(lines)
    })?)
}

/// A group by its readable name, for the command line and imports.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(app: &App, by: By<'_>, slug: &str) -> Result<GroupRow, Error> {
    by.administers()?;
    app.store()
        .read(|db| groups::find_unfiltered(db, slug))?
        .ok_or(Error::NotFound)
}
