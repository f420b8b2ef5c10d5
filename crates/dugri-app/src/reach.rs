//! Who can come into a space, and why: site admin, a role of their own, a role of a group. Pages have no rights of their
//! own, so this answers 'why can X see this?' for every page of the space.

use std::collections::BTreeMap;

use dugri_core::{GroupId, Role};
use dugri_store::groups::{self, GroupRow};
use dugri_store::people::{self, PersonRow};
use dugri_store::spaces::{self, Holder, SpaceRow};

use crate::{Actor, App, Error};

/// By what somebody comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Looks after the whole installation.
    Admin,
    /// A role of their own.
    Own(Role),
    /// A role of a group that they are in.
    Group(Box<GroupRow>, Role),
}

impl Source {
    /// What it lets them be.
    pub fn role(&self) -> Role {
        match self {
            Source::Admin => Role::Manager,
            Source::Own(role) | Source::Group(_, role) => *role,
        }
    }
}

/// Somebody who comes in.
#[derive(Debug, Clone)]
pub struct Reaches {
    /// Who.
    pub person: PersonRow,
    /// The highest role.
    pub role: Role,
    /// By what, the strongest first.
    pub by: Vec<Source>,
}

/// Everybody who can come into a space, the highest role first, for its managers.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] for those who don't manage it.
pub fn list(app: &App, actor: &Actor, slug: &str) -> Result<(SpaceRow, Vec<Reaches>), Error> {
    let space = crate::spaces::rights(app, actor, slug)?.space;
    let reaching = app.store().read(|db| {
        let all: BTreeMap<GroupId, GroupRow> = groups::list_unfiltered(db)?
            .into_iter()
            .map(|group| (group.id, group))
            .collect();
        let members = groups::members_unfiltered(db)?;
        let roles = spaces::roles_in(db, space.id)?;
        let mut reaching = Vec::new();
        for person in people::list(db, &actor.access)?
            .into_iter()
            .filter(|person| person.active)
        {
            let mut by = Vec::new();
            if person.admin {
                by.push(Source::Admin);
            }
            for (holder, role) in &roles {
                match holder {
                    Holder::Person(id) if *id == person.id => by.push(Source::Own(*role)),
                    Holder::Group(id)
                        if members
                            .iter()
                            .any(|(group, row)| group == id && row.id == person.id) =>
                    {
                        by.extend(
                            all.get(id)
                                .map(|group| Source::Group(Box::new(group.clone()), *role)),
                        );
                    }
                    Holder::Person(_) | Holder::Group(_) => {}
                }
            }
            by.sort_by_key(|source| std::cmp::Reverse(source.role()));
            if let Some(first) = by.first() {
                reaching.push(Reaches {
                    role: first.role(),
                    person,
                    by,
                });
            }
        }
        reaching.sort_by_key(|reaches| std::cmp::Reverse(reaches.role));
        Ok::<_, dugri_store::Error>(reaching)
    })?;
    Ok((space, reaching))
}
