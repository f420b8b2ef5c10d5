//! The one place that says who may do what: [`may`]. Whoever adds a verb adds its line here and in the test below.
//!
//! What one may not read does not exist for one: callers answer a refused read with 'not found'.

use crate::access::{Access, Role};
use crate::ids::{PersonId, SpaceId};
use crate::spaces::Policy;

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Read a page's published text, its published history, its backlinks and files.
    Read,
    /// Read drafts, pending changes and unpublished revisions.
    ReadPending,
    /// Save a revision, published or not; upload files.
    Propose,
    /// Publish a revision.
    Publish,
    /// Verify, supersede.
    Verify,
    /// Archive, move, change rights, kinds and policy.
    Manage,
    /// Give up a pending change.
    Withdraw,
    /// Report from the field.
    Report,
    /// Read a report.
    ReadIntel,
    /// See the name of a report's reporter.
    SeeReporter,
    /// Acknowledge, assign, link, reply, decline, merge.
    Triage,
    /// Add and change topics, their names and their external ids.
    KeepTopics,
    /// Make one topic of two.
    MergeTopics,
    /// People, groups, spaces, settings.
    Administer,
}

/// What it is done to, reduced to what the decision needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// The whole installation.
    Site,
    /// A space.
    Space(SpaceId, Policy),
    /// A page of a space.
    Page {
        /// Where it lies.
        space: SpaceId,
        /// The space's policy.
        policy: Policy,
        /// Whether it has a published revision now.
        published: bool,
    },
    /// A pending change.
    Change {
        /// Where its page lies.
        space: SpaceId,
        /// The space's policy.
        policy: Policy,
        /// Who began it.
        author: PersonId,
    },
    /// A report from the field.
    Intel {
        /// Where it lies.
        space: SpaceId,
        /// Who reported.
        reporter: PersonId,
        /// Whether only managers may see the reporter's name.
        confidential: bool,
    },
}

/// Whether `actor` may do `verb` to `object`. Everything that has no line here is refused.
pub fn may(actor: &Access, verb: Verb, object: Object) -> bool {
    use Object::*;
    let has = |space, role| actor.has(space, role);
    match (verb, object) {
        (Verb::Read, Space(space, _)) => has(space, Role::Reader),
        (Verb::Read, Page { space, published, .. }) => has(
            space,
            if published {
                Role::Reader
            } else {
                Role::Contributor
            },
        ),
        (Verb::ReadPending | Verb::Propose, Space(space, _) | Page { space, .. } | Change { space, .. }) => {
            has(space, Role::Contributor)
        }
        (Verb::Publish, Space(space, policy) | Page { space, policy, .. } | Change { space, policy, .. }) => {
            has(space, publishing_role(policy))
        }
        (Verb::Verify, Page { space, .. }) => has(space, Role::Publisher),
        (Verb::Withdraw, Change { space, author, .. }) => {
            has(space, Role::Editor) || (actor.person == author && has(space, Role::Contributor))
        }
        (Verb::Manage, Space(space, _) | Page { space, .. }) => has(space, Role::Manager),
        (Verb::Report, Site) => actor.anywhere(Role::SubmitOnly),
        (Verb::ReadIntel, Intel { space, reporter, .. }) => {
            actor.person == reporter || has(space, Role::Editor)
        }
        (
            Verb::SeeReporter,
            Intel {
                space,
                reporter,
                confidential,
            },
        ) => actor.person == reporter || has(space, if confidential { Role::Manager } else { Role::Editor }),
        (Verb::Triage, Intel { space, .. } | Space(space, _)) => has(space, Role::Editor),
        (Verb::KeepTopics, Site) => actor.anywhere(Role::Editor),
        (Verb::MergeTopics, Site) => actor.anywhere(Role::Manager),
        (Verb::Administer, Site) => actor.admin,
        _ => false,
    }
}

/// The role that publishes in a space: editors where saving publishes, publishers where it is reviewed.
pub fn publishing_role(policy: Policy) -> Role {
    match policy {
        Policy::Open => Role::Editor,
        Policy::Reviewed => Role::Publisher,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: SpaceId = SpaceId(7);
    const ME: PersonId = PersonId(1);
    const OTHER: PersonId = PersonId(2);

    fn with(role: Option<Role>) -> Access {
        Access {
            person: ME,
            admin: false,
            outsider: false,
            roles: role.map(|role| (SPACE, role)).into_iter().collect(),
        }
    }

    /// The lowest role that may; `None` where nobody may by role.
    fn lowest(verb: Verb, object: Object) -> Option<Role> {
        assert!(!may(&with(None), verb, object), "{verb:?} without a role");
        let first = Role::ALL
            .iter()
            .copied()
            .find(|role| may(&with(Some(*role)), verb, object));
        if let Some(first) = first {
            for role in Role::ALL.iter().filter(|role| **role >= first) {
                assert!(
                    may(&with(Some(*role)), verb, object),
                    "{role} includes {first} for {verb:?}"
                );
            }
        }
        first
    }

    #[test]
    fn each_verb_has_its_lowest_role() {
        use Policy::*;
        let page = |policy, published| Object::Page {
            space: SPACE,
            policy,
            published,
        };
        let change = |author| Object::Change {
            space: SPACE,
            policy: Reviewed,
            author,
        };
        let intel = |confidential| Object::Intel {
            space: SPACE,
            reporter: OTHER,
            confidential,
        };
        let table = [
            (Verb::Read, Object::Space(SPACE, Open), Some(Role::Reader)),
            (Verb::Read, page(Open, true), Some(Role::Reader)),
            (Verb::Read, page(Open, false), Some(Role::Contributor)),
            (Verb::ReadPending, page(Open, true), Some(Role::Contributor)),
            (Verb::Propose, page(Reviewed, true), Some(Role::Contributor)),
            (Verb::Publish, page(Open, true), Some(Role::Editor)),
            (Verb::Publish, page(Reviewed, true), Some(Role::Publisher)),
            (Verb::Publish, change(OTHER), Some(Role::Publisher)),
            (Verb::Withdraw, change(OTHER), Some(Role::Editor)),
            (Verb::Withdraw, change(ME), Some(Role::Contributor)),
            (Verb::Verify, page(Open, true), Some(Role::Publisher)),
            (Verb::Manage, Object::Space(SPACE, Open), Some(Role::Manager)),
            (Verb::Report, Object::Site, Some(Role::SubmitOnly)),
            (Verb::ReadIntel, intel(false), Some(Role::Editor)),
            (Verb::SeeReporter, intel(false), Some(Role::Editor)),
            (Verb::SeeReporter, intel(true), Some(Role::Manager)),
            (Verb::Triage, intel(false), Some(Role::Editor)),
            (Verb::KeepTopics, Object::Site, Some(Role::Editor)),
            (Verb::MergeTopics, Object::Site, Some(Role::Manager)),
            (Verb::Administer, Object::Site, None),
            (Verb::Manage, Object::Site, None),
        ];
        for (verb, object, expected) in table {
            assert_eq!(lowest(verb, object), expected, "{verb:?} {object:?}");
        }
    }

    #[test]
    fn a_reporter_always_sees_the_own_report() {
        let own = Object::Intel {
            space: SpaceId(99),
            reporter: ME,
            confidential: true,
        };
        assert!(may(&with(None), Verb::ReadIntel, own) && may(&with(None), Verb::SeeReporter, own));
        assert!(!may(&with(None), Verb::Triage, own));
    }

    #[test]
    fn only_admins_administer() {
        let admin = Access {
            admin: true,
            ..with(None)
        };
        assert!(may(&admin, Verb::Administer, Object::Site));
    }
}
