//! On whose behalf a use case of administration runs: a person with rights, or the operator at the command line,
//! who has the database in hand and may do everything.

use dugri_core::policy::{Object, Verb, may};
use dugri_core::{Access, PersonId};

use crate::app::Actor;
use crate::error::Error;

/// Who wants it done.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// A person; the log names them.
    Person(&'a Actor),
    /// Whoever runs the command line; the log names nobody.
    Operator,
}

impl By<'_> {
    /// Whom the log names.
    pub fn person(self) -> Option<PersonId> {
        match self {
            By::Person(actor) => Some(actor.person()),
            By::Operator => None,
        }
    }

    /// Whether it may be done.
    pub fn may(self, verb: Verb, object: Object) -> bool {
        match self {
            By::Person(actor) => may(&actor.access, verb, object),
            By::Operator => true,
        }
    }

    /// Passes who looks after the whole installation; for others its administration does not exist.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn administers(self) -> Result<(), Error> {
        self.may(Verb::Administer, Object::Site)
            .then_some(())
            .ok_or(Error::NotFound)
    }

    /// Through whose eyes it reads, where a person asks.
    pub(crate) fn access(&self) -> Option<&Access> {
        match self {
            By::Person(actor) => Some(&actor.access),
            By::Operator => None,
        }
    }
}
