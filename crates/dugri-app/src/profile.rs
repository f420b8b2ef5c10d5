//! A person as colleagues see them: their face, what they do, how to reach them, where they belong, what they answer for
//! and so what they know; and what each says of themselves.

use std::collections::BTreeMap;

use dugri_core::people::EXPERTISE_CHARS_MAX;
use dugri_core::{Event, GroupId, PersonId, RevisionId, TopicId};
use dugri_store::BlobHash;
use dugri_store::groups;
pub use dugri_store::groups::GroupRow;
use dugri_store::pages as store;
use dugri_store::people::{self, About, PersonRow};
use dugri_store::topics::{self, TopicRow};

use crate::fields::{optional, settle};
use crate::pages::{Listed, in_read, listed};
use crate::{Actor, App, Error, FieldError, files, photos};

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

impl Profile {
    /// The home team.
    pub fn home(&self) -> Option<&GroupRow> {
        self.groups
            .iter()
            .find(|group| Some(group.id) == self.person.home_group_id)
    }
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

/// The groups of who asks, one of which is the home team.
///
/// # Errors
/// When the database is not available.
pub fn groups(app: &App, actor: &Actor) -> Result<Vec<GroupRow>, Error> {
    let person = actor.person();
    in_read(app, |db| Ok(groups::of_person(db, person)?))
}

/// What somebody says of themselves; what is not said stays.
#[derive(Debug, Clone, Default)]
pub struct ProfileInput {
    /// The telephone number; empty for none.
    pub phone: Option<String>,
    /// What colleagues can ask them about; empty for nothing.
    pub expertise: Option<String>,
    /// The home team: the slug of one of their groups.
    pub home: Option<String>,
    /// A new photo.
    pub photo: Photo,
}

/// What becomes of a photo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Photo {
    /// It stays.
    #[default]
    Stays,
    /// This one, in any size.
    Is(Vec<u8>),
    /// None.
    Gone,
}

/// Writes down what somebody says of themselves.
///
/// # Errors
/// [`Error::Invalid`] for a number that can't be dialled, a text that is too long, a team that the person is not in, and
/// what is no photo.
pub fn set(app: &App, actor: &Actor, input: ProfileInput) -> Result<(), Error> {
    let mut wrong = Vec::new();
    let phone = input.phone.map(|text| crate::people::phone(&mut wrong, &text));
    let expertise = input
        .expertise
        .map(|text| optional(&mut wrong, "expertise", &text, EXPERTISE_CHARS_MAX));
    let photo = match input.photo {
        Photo::Stays => None,
        Photo::Gone => Some(None),
        Photo::Is(bytes) => photos::square(&bytes).map(Some).or_else(|| {
            wrong.push(FieldError::new("photo", "error-photo"));
            None
        }),
    };
    settle(wrong)?;
    let keep = |bytes| files::put(app, bytes);
    let photo = photo.map(|face| face.map(keep).transpose()).transpose()?;
    let (now, person) = (app.now(), actor.person());
    app.store().write(move |tx| {
        let row = people::get_unfiltered(tx, person)?.ok_or(Error::NotFound)?;
        let home = match &input.home {
            None => row.home_group_id,
            Some(slug) => Some(team(&groups::of_person(tx, person)?, slug)?),
        };
        let about = About {
            phone: phone.unwrap_or_else(|| row.phone.clone()),
            expertise: expertise.unwrap_or_else(|| row.expertise.clone()),
            ..row.about()
        };
        let photo = photo.unwrap_or_else(|| row.photo.clone());
        if about == row.about() && photo == row.photo && home == row.home_group_id {
            tx.unchanged();
            return Ok(());
        }
        people::set_about(tx, person, &about)?;
        people::set_photo(tx, person, photo.as_deref())?;
        people::set_home_group(tx, person, home)?;
        tx.record(Some(person), now, Event::PersonChanged { person })?;
        Ok(())
    })
}

fn team(theirs: &[GroupRow], slug: &str) -> Result<GroupId, Error> {
    theirs
        .iter()
        .find(|group| group.slug == slug)
        .map(|group| group.id)
        .ok_or_else(|| Error::field("home", "error-unknown"))
}

/// The photo of a person, a JPEG, by the hash that stands wherever their name does. Whoever sees the name may see it.
///
/// # Errors
/// [`Error::NotFound`] where this is not the person's photo, or no longer.
pub fn photo(app: &App, person: PersonId, hash: &str) -> Result<Vec<u8>, Error> {
    let row = app
        .store()
        .read(|db| people::get_unfiltered(db, person))?
        .ok_or(Error::NotFound)?;
    let kept = row.photo.filter(|kept| kept == hash).ok_or(Error::NotFound)?;
    let hash = BlobHash::parse(&kept).ok_or(Error::NotFound)?;
    Ok(app.blobs().get(&hash)?.ok_or(Error::NotFound)?.to_vec())
}
