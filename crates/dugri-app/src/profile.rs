//! A person as colleagues see them: what they do, where they belong, what they answer for, and so what they know.

use std::collections::BTreeMap;

use dugri_core::{PersonId, RevisionId, TopicId};
use dugri_store::groups::{self, GroupRow};
use dugri_store::pages as store;
use dugri_store::people::{self, PersonRow};
use dugri_store::topics::{self, TopicRow};

use crate::pages::{Listed, in_read, listed};
use crate::{Actor, App, Error};

/// Pages on a profile.
const PAGES_MAX: i64 = 100;
/// Topics on a profile.
const TOPICS_MAX: usize = 10;

/// A person as others see them.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The person.
    pub person: PersonRow,
    /// Their groups.
    pub groups: Vec<GroupRow>,
    /// The published pages that they answer for, as far as the reader may read them.
    pub owns: Vec<Listed>,
    /// What they know: the topics of those pages, the most frequent first, with the number of pages.
    pub knows: Vec<(TopicRow, usize)>,
}

/// A person's profile. Colleagues see each other; somebody from outside sees who answers for a page that they may read.
///
/// # Errors
/// [`Error::NotFound`] for whom the reader may not know.
pub fn read(app: &App, actor: &Actor, person: PersonId) -> Result<Profile, Error> {
    let now = app.now();
    in_read(app, |db| {
        let row = people::get_unfiltered(db, person)?.ok_or(Error::NotFound)?;
        let lines = store::list_owned(db, &actor.access, person, now, PAGES_MAX)?;
        if actor.access.outsider && actor.person() != person && lines.is_empty() {
            return Err(Error::NotFound);
        }
        let revisions: Vec<RevisionId> = lines.iter().map(|line| line.publication.revision_id).collect();
        let mut counted: BTreeMap<TopicId, (TopicRow, usize)> = BTreeMap::new();
        for topic in topics::of_revisions(db, &revisions)?.into_values().flatten() {
            counted.entry(topic.id).or_insert((topic, 0)).1 += 1;
        }
        let mut knows: Vec<(TopicRow, usize)> = counted.into_values().collect();
        knows.sort_by_key(|(topic, pages)| (std::cmp::Reverse(*pages), topic.id));
        knows.truncate(TOPICS_MAX);
        Ok(Profile {
            groups: groups::of_person(db, person)?,
            owns: listed(db, lines, now)?,
            person: row,
            knows,
        })
    })
}
