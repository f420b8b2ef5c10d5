//! Through whose eyes something is read or done: a person, and the role the person has in each space.

use std::collections::BTreeMap;

use crate::ids::{PersonId, SpaceId};

crate::words! {
    /// A role in a space; each includes the ones before it. The order is that of power.
    Role {
        /// May report from the field and see the own reports, nothing else.
        SubmitOnly = "submit-only",
        /// Reads published pages, searches, asks.
        Reader = "reader",
        /// Sees drafts and pending changes, proposes changes; never publishes.
        Contributor = "contributor",
        /// Publishes by saving in `open` spaces; triages.
        Editor = "editor",
        /// Publishes in `reviewed` spaces, verifies, supersedes.
        Publisher = "publisher",
        /// Rights, kinds, policy, archive, routing.
        Manager = "manager",
    }
}

impl Role {
    /// 1 for submit-only to 6 for manager: the number that the database and the index compare.
    pub const fn rank(self) -> i16 {
        self as i16 + 1
    }

    /// The role of a rank, if there is one.
    pub fn from_rank(rank: i16) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.rank() == rank)
    }
}

/// Whose eyes: everything that a rights decision needs, read once per request.
///
/// A site admin has the role of manager in every space; the store fills `roles` accordingly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Who it is.
    pub person: PersonId,
    /// Whether this is a site admin.
    pub admin: bool,
    /// Whether this is somebody from outside (customer, partner, agency).
    pub outsider: bool,
    /// The highest role in each space, own or by a group.
    pub roles: BTreeMap<SpaceId, Role>,
}

impl Access {
    /// The role in a space, if any.
    pub fn role_in(&self, space: SpaceId) -> Option<Role> {
        self.roles.get(&space).copied()
    }

    /// Whether the role in a space is at least `role`.
    pub fn has(&self, space: SpaceId, role: Role) -> bool {
        self.role_in(space).is_some_and(|own| own >= role)
    }

    /// The spaces in which the role is at least `role`, ascending.
    pub fn spaces(&self, role: Role) -> Vec<SpaceId> {
        self.roles
            .iter()
            .filter(|(_, own)| **own >= role)
            .map(|(space, _)| *space)
            .collect()
    }

    /// Whether the person has at least `role` somewhere.
    pub fn anywhere(&self, role: Role) -> bool {
        self.roles.values().any(|own| *own >= role)
    }

    /// Whether the person may do nothing but report: the form and the own reports are all that exists.
    pub fn submit_only(&self) -> bool {
        !self.admin && !self.anywhere(Role::Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_include_the_ones_before() {
        assert!(Role::SubmitOnly < Role::Reader && Role::Publisher < Role::Manager);
        for role in Role::ALL {
            assert_eq!(Role::from_rank(role.rank()), Some(*role));
        }
        assert_eq!(Role::from_rank(0), None);
    }

    #[test]
    fn spaces_are_those_with_at_least_the_role() {
        let access = Access {
            person: PersonId(1),
            admin: false,
            outsider: false,
            roles: [
                (SpaceId(1), Role::Reader),
                (SpaceId(2), Role::Editor),
                (SpaceId(3), Role::SubmitOnly),
            ]
            .into(),
        };
        assert_eq!(access.spaces(Role::Reader), [SpaceId(1), SpaceId(2)]);
        assert!(access.has(SpaceId(2), Role::Contributor));
        assert!(!access.has(SpaceId(3), Role::Reader) && !access.has(SpaceId(9), Role::SubmitOnly));
        assert!(!access.submit_only());
    }
}
