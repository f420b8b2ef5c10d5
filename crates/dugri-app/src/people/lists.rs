//! Everybody with their groups and roles, for the admin.

use std::collections::BTreeMap;

use dugri_core::{GroupId, PersonId, Role, SpaceId, Time};
use dugri_store::groups::GroupRow;
use dugri_store::people::{self, PersonRow};
use dugri_store::spaces::{self, Holder};
use dugri_store::{Db, Error as StoreError, groups, invitations, sessions};

use crate::{Actor, App, By, Error};

/// A person in the admin's list.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The person.
    pub person: PersonRow,
    /// Their groups.
    pub groups: Vec<GroupRow>,
    /// The highest role in each space, own or by a group. Empty for site admins, who manage all.
    pub roles: BTreeMap<SpaceId, Role>,
    /// When they were last seen.
    pub seen_at: Option<Time>,
    /// Whether they have an invitation that they have not used yet.
    pub invited: bool,
}

impl PersonLine {
    /// Whether the role in a space is at least `role`.
    pub(crate) fn has(&self, space: SpaceId, role: Role) -> bool {
        self.person.admin || self.roles.get(&space).is_some_and(|own| *own >= role)
    }
}

/// Everybody, for the admin.
///
/// # Errors
/// [`Error::NotFound`] for others.
pub fn list(app: &App, actor: &Actor) -> Result<Vec<PersonLine>, Error> {
    By::Person(actor).administers()?;
    let now = app.now();
    Ok(app.store().read(|db| lines(db, actor, now))?)
}

/// Everybody with groups and roles.
pub(crate) fn lines(db: &mut Db, actor: &Actor, now: Time) -> Result<Vec<PersonLine>, StoreError> {
    let all: BTreeMap<GroupId, GroupRow> = groups::list_unfiltered(db)?
        .into_iter()
        .map(|group| (group.id, group))
        .collect();
    let mut groups_of: BTreeMap<PersonId, Vec<GroupRow>> = BTreeMap::new();
    for (group, person) in groups::members_unfiltered(db)? {
        groups_of
            .entry(person.id)
            .or_default()
            .extend(all.get(&group).cloned());
    }
    let roles = spaces::roles_unfiltered(db)?;
    let mut seen = sessions::last_seen_unfiltered(db)?;
    let invited = invitations::invited(db, now)?;
    let mut lines = Vec::new();
    for person in people::list(db, &actor.access)? {
        let groups = groups_of.remove(&person.id).unwrap_or_default();
        lines.push(PersonLine {
            roles: highest(&roles, person.id, &groups),
            seen_at: seen.remove(&person.id),
            invited: invited.contains(&person.id),
            groups,
            person,
        });
    }
    Ok(lines)
}

fn highest(
    roles: &[(SpaceId, Holder, Role)],
    person: PersonId,
    groups: &[GroupRow],
) -> BTreeMap<SpaceId, Role> {
    let mut highest = BTreeMap::new();
    for (space, holder, role) in roles {
        let theirs = match holder {
            Holder::Person(id) => *id == person,
            Holder::Group(id) => groups.iter().any(|group| group.id == *id),
        };
        if theirs {
            let own = highest.entry(*space).or_insert(*role);
            *own = (*own).max(*role);
        }
    }
    highest
}
