//! The audit: the event log as admins read it, with the names of whatever the events are about.

use std::collections::HashMap;

use dugri_core::{Event, EventId, GroupId, Language, PageId, PersonId, PublicId, SpaceId, TopicId};
use dugri_store::groups::{self, GroupRow};
use dugri_store::names::{self, PersonName};
use dugri_store::spaces::{self, SpaceRow};
use dugri_store::topics::{self, TopicRow};
use dugri_store::{Db, Error as StoreError, audit};

pub use dugri_store::audit::{About, AuditFilter};
pub use dugri_store::events::Entry;

use crate::{Actor, App, By, Error};

/// How many events an export reads at a time, so that the longest log takes little memory.
const EXPORT_STEP: i64 = 1_000;

/// A part of the log.
#[derive(Debug, Clone)]
pub struct Audit {
    /// The newest first.
    pub entries: Vec<Entry>,
    /// Whether there are older ones.
    pub more: bool,
    /// What the events are about.
    pub names: Names,
}

/// The names of what events are about.
#[derive(Debug, Clone, Default)]
pub struct Names {
    people: HashMap<PersonId, PersonName>,
    pages: HashMap<PageId, (PublicId, String)>,
    groups: HashMap<GroupId, GroupRow>,
    spaces: HashMap<SpaceId, SpaceRow>,
    topics: HashMap<TopicId, TopicRow>,
}

impl Names {
    /// A person's name.
    pub fn person(&self, id: PersonId, language: Language) -> Option<&str> {
        Some(self.people.get(&id)?.name_in(language))
    }

    /// A page's permanent id and its newest title.
    pub fn page(&self, id: PageId) -> Option<&(PublicId, String)> {
        self.pages.get(&id)
    }

    /// A group's name.
    pub fn group(&self, id: GroupId, language: Language) -> Option<&str> {
        Some(self.groups.get(&id)?.name_in(language))
    }

    /// A space's address and name.
    pub fn space(&self, id: SpaceId, language: Language) -> Option<(&str, &str)> {
        let space = self.spaces.get(&id)?;
        Some((&space.slug, space.name_in(language)))
    }

    /// A topic's name.
    pub fn topic(&self, id: TopicId, language: Language) -> Option<&str> {
        Some(self.topics.get(&id)?.name_in(language))
    }

    fn of(db: &mut Db, entries: &[Entry]) -> Result<Names, StoreError> {
        let mut people: Vec<PersonId> = entries.iter().filter_map(|entry| entry.actor).collect();
        let mut pages = Vec::new();
        for entry in entries {
            match (entry.event.subject(), &entry.event) {
                (("person", id), _) => people.push(PersonId(id)),
                (("page", id), _) => pages.push(PageId(id)),
                _ => {}
            }
            match entry.event {
                Event::MemberAdded { person, .. }
                | Event::MemberRemoved { person, .. }
                | Event::RoleChanged {
                    person: Some(person), ..
                }
                | Event::IntelAssigned {
                    assignee: Some(person),
                    ..
                } => people.push(person),
                Event::IntelLinked { page, .. }
                | Event::IntelPublished { page, .. }
                | Event::PageSuperseded {
                    successor: Some(page),
                    ..
                } => pages.push(page),
                _ => {}
            }
        }
        people.sort();
        people.dedup();
        pages.sort();
        pages.dedup();
        Ok(Names {
            people: names::people(db, &people)?,
            pages: audit::page_titles_unfiltered(db, &pages)?,
            groups: groups::list_unfiltered(db)?
                .into_iter()
                .map(|g| (g.id, g))
                .collect(),
            spaces: spaces::list_unfiltered(db)?
                .into_iter()
                .map(|s| (s.id, s))
                .collect(),
            topics: topics::list(db)?.into_iter().map(|t| (t.id, t)).collect(),
        })
    }
}

/// Reads the log, the newest first.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no admin.
pub fn list(app: &App, actor: &Actor, filter: &AuditFilter, limit: i64) -> Result<Audit, Error> {
    By::Person(actor).administers()?;
    Ok(app.store().read(|db| {
        let mut entries = audit::list_unfiltered(db, filter, limit + 1)?;
        let more = entries.len() as i64 > limit;
        entries.truncate(limit.max(0) as usize);
        Ok::<_, StoreError>(Audit {
            names: Names::of(db, &entries)?,
            entries,
            more,
        })
    })?)
}

/// The log as CSV, the newest first: id, time, who, kind, what it is about, and the event's own data as JSON.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no admin.
pub fn export(app: &App, actor: &Actor, filter: &AuditFilter) -> Result<Vec<u8>, Error> {
    By::Person(actor).administers()?;
    let mut csv = crate::csv::Writer::new(&["id", "at", "actor", "kind", "subject", "subject_id", "data"]);
    let mut filter = filter.clone();
    loop {
        let part = list(app, actor, &filter, EXPORT_STEP)?;
        for entry in &part.entries {
            let (kind, data) = entry.event.to_row();
            let (subject, subject_id) = entry.event.subject();
            let who = entry.actor.and_then(|id| part.names.person(id, Language::En));
            csv.row(&[
                &entry.id.to_string(),
                &entry.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
                who.unwrap_or_default(),
                &kind,
                subject,
                &subject_id.to_string(),
                &data,
            ])?;
        }
        match part.entries.last() {
            Some(last) if part.more => filter.before = Some(EventId(last.id.0)),
            _ => return csv.finish(),
        }
    }
}
