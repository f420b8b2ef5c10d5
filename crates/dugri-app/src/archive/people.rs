//! Groups, people, spaces with their roles, and topics: what pages and reports refer to.

use dugri_core::people::Email;
use dugri_core::spaces::Policy;
use dugri_core::{Event, SpaceId};
use dugri_store::groups::{self, NewGroup};
use dugri_store::people::{self, About, NewPerson};
use dugri_store::spaces::{self, Holder, SpaceEdit};
use dugri_store::topics::{self, NewTopic};
use dugri_store::{Tx, intel, pages};
use dugri_text::links::fold_title;

use super::{Failure, Loader, find};

/// A space that was written.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpaceHere {
    pub(super) id: SpaceId,
    pub(super) policy: Policy,
}

impl Loader {
    /// Two companies in one database would be told apart by nobody.
    pub(super) fn refuse_what_is_there(&self, tx: &mut Tx) -> Result<(), Failure> {
        for person in &self.archive.people {
            if people::find_unfiltered(tx, email(&person.email)?.folded())?.is_some() {
                return Err(Failure::Taken(person.email.clone()));
            }
        }
        for space in &self.archive.spaces {
            if spaces::find_unfiltered(tx, &space.slug)?.is_some() {
                return Err(Failure::Taken(format!("the space {}", space.slug)));
            }
        }
        for folder in &self.archive.pages {
            if pages::key_unfiltered(tx, &folder.page.id)?.is_some() {
                return Err(Failure::Taken(format!(
                    "the page {} ({})",
                    folder.page.id, folder.slug
                )));
            }
        }
        let first = intel::list_unfiltered(tx, dugri_core::IntelId(0), 1)?;
        match first.first() {
            Some(report) if !self.archive.reports.is_empty() => Err(Failure::Taken(format!(
                "a report from the field, #{},",
                report.id
            ))),
            _ => Ok(()),
        }
    }

    pub(super) fn add_groups(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let at = self.at(archive.begins());
        for group in &archive.groups {
            let id = match groups::find_unfiltered(tx, &group.slug)? {
                Some(known) => known.id,
                None => {
                    let new = NewGroup {
                        slug: group.slug.clone(),
                        name: group.name.clone(),
                        name_he: group.name_he.clone(),
                        kind: group.kind,
                    };
                    let id = groups::add(tx, &new)?;
                    tx.record(None, at, Event::GroupAdded { group: id })?;
                    id
                }
            };
            self.groups.insert(group.slug.clone(), id);
        }
        Ok(())
    }

    pub(super) fn add_people(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let at = self.at(archive.begins());
        for person in &archive.people {
            let new = NewPerson {
                email: email(&person.email)?,
                about: About {
                    name: person.name.clone(),
                    name_he: person.name_he.clone(),
                    title: person.title.clone(),
                    title_he: person.title_he.clone(),
                    organisation: person.organisation.clone(),
                    outsider: person.outsider,
                    phone: person.phone.clone(),
                    expertise: person.expertise.clone(),
                },
                language: person.language,
                admin: person.admin,
                active: person.active,
            };
            let id = people::add(tx, at, &new)?;
            tx.record(None, at, Event::PersonAdded { person: id })?;
            for (n, slug) in person.groups.iter().enumerate() {
                let group = find(&self.groups, "people.toml", slug, "a group", "groups.toml")?;
                groups::join(tx, group, id)?;
                tx.record(None, at, Event::MemberAdded { group, person: id })?;
                if n == 0 {
                    people::set_home_group(tx, id, Some(group))?;
                }
            }
            if self.people.insert(person.email.clone(), id).is_some() {
                return Err(Failure::file(
                    "people.toml",
                    format!("{} is there twice", person.email),
                ));
            }
        }
        self.loaded.people = self.people.len();
        Ok(())
    }

    pub(super) fn set_passwords(&self, tx: &mut Tx, hash: &str) -> Result<(), Failure> {
        for person in self.people.values() {
            people::set_password_hash(tx, *person, hash)?;
        }
        Ok(())
    }

    pub(super) fn add_spaces(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let at = self.at(archive.begins());
        for space in &archive.spaces {
            let edit = SpaceEdit {
                name: space.name.clone(),
                name_he: space.name_he.clone(),
                description: space.description.clone(),
                description_he: space.description_he.clone(),
                policy: space.policy,
                language: space.language,
                icon: space.icon.clone(),
            };
            let id = spaces::add(tx, at, &space.slug, &edit)?;
            tx.record(None, at, Event::SpaceAdded { space: id })?;
            if space.inbox {
                spaces::set_inbox(tx, id)?;
            }
            for role in &space.role {
                let holder = match (&role.person, &role.group) {
                    (Some(email), None) => Holder::Person(self.person("spaces.toml", email)?),
                    (None, Some(slug)) => {
                        Holder::Group(find(&self.groups, "spaces.toml", slug, "a group", "groups.toml")?)
                    }
                    _ => {
                        let why = format!("a role in {} names a person or a group, one of them", space.slug);
                        return Err(Failure::file("spaces.toml", why));
                    }
                };
                spaces::set_role(tx, id, holder, role.role)?;
                let (person, group) = match holder {
                    Holder::Person(person) => (Some(person), None),
                    Holder::Group(group) => (None, Some(group)),
                };
                tx.record(
                    None,
                    at,
                    Event::RoleChanged {
                        space: id,
                        person,
                        group,
                        role: Some(role.role),
                    },
                )?;
            }
            let policy = space.policy;
            self.spaces.insert(space.slug.clone(), SpaceHere { id, policy });
        }
        self.loaded.spaces = self.spaces.len();
        Ok(())
    }

    pub(super) fn add_topics(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let at = self.at(archive.begins());
        for topic in &archive.topics {
            let id = match topics::find(tx, &topic.slug)? {
                Some(known) => known.id,
                None => {
                    let names = [Some(&topic.name), topic.name_he.as_ref()];
                    let new = NewTopic {
                        slug: topic.slug.clone(),
                        kind: topic.kind,
                        name: topic.name.clone(),
                        name_he: topic.name_he.clone(),
                        names: names
                            .into_iter()
                            .flatten()
                            .chain(&topic.aliases)
                            .map(|name| (name.clone(), fold_title(name)))
                            .collect(),
                        external_ids: serde_json::to_string(&topic.external_ids)
                            .map_err(crate::Error::internal)?,
                        at,
                    };
                    let id = topics::add(tx, &new)?;
                    tx.record(None, at, Event::TopicAdded { topic: id })?;
                    id
                }
            };
            self.topics.insert(topic.slug.clone(), id);
        }
        self.loaded.topics = self.topics.len();
        Ok(())
    }
}

fn email(text: &str) -> Result<Email, Failure> {
    Email::parse(text).ok_or_else(|| Failure::file("people.toml", format!("{text} is no e-mail address")))
}
